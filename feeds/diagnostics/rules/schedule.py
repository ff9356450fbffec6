"""Owns the rules of the linked schedule and of the revision record."""

from __future__ import annotations

from feeds.diagnostics.rules.rule import Rule

SCHEDULE = (
    Rule(
        name="room-double-booked",
        severity="warning",
        summary="Two sessions are in the same room at the same time.",
        why="One of the rooms or times is wrong, and an audience waits in front of the wrong door.",
        example=(
            "## Example Summit in Oslo, 4-6 May 2027\n\n"
            "### Opening words\n\n"
            "When: 4 May 2027, 09:00 - 10:00\n"
            "Where: Hall B\n\n"
            "### Welcome\n\n"
            "When: 4 May 2027, 09:30 - 10:00\n"
            "Where: Hall B"
        ),
        remedy=(
            "## Example Summit in Oslo, 4-6 May 2027\n\n"
            "### Opening words\n\n"
            "When: 4 May 2027, 09:00 - 10:00\n"
            "Where: Hall B\n\n"
            "### Welcome\n\n"
            "When: 4 May 2027, 09:30 - 10:00\n"
            "Where: Hall C"
        ),
    ),
    Rule(
        name="speaker-double-booked",
        severity="warning",
        summary="One person speaks in two sessions at the same time.",
        why="Subscribers of that speaker see a clash, and one of the two entries is wrong.",
        example=(
            "## Example Summit in Oslo, 4-6 May 2027\n\n"
            "### Compilers\n\n"
            "When: 4 May 2027, 10:00 - 10:30\n"
            "Speaker: Ada Example\n\n"
            "### Linkers\n\n"
            "When: 4 May 2027, 10:15 - 10:45\n"
            "Speaker: Ada Example"
        ),
        remedy=(
            "## Example Summit in Oslo, 4-6 May 2027\n\n"
            "### Compilers\n\n"
            "When: 4 May 2027, 10:00 - 10:30\n"
            "Speaker: Ada Example\n\n"
            "### Linkers\n\n"
            "When: 4 May 2027, 10:30 - 11:00\n"
            "Speaker: Ada Example"
        ),
    ),
    Rule(
        name="duplicate-session",
        severity="note",
        summary="Two posts tell of the same session, and it is published once.",
        why="Nothing is wrong, but a later change has to be made in both posts.",
        example="posts/a.md: ### Opening: 4 May 2027, 09:00\nposts/b.md: ### Opening: 4 May 2027, 09:00",
        remedy="posts/a.md: ### Opening: 4 May 2027, 09:00\nposts/b.md: (a link to the first post)",
    ),
    Rule(
        name="ambiguous-city",
        severity="warning",
        summary="More than one city has this name; the most likely one is taken.",
        why="The wrong city gives the wrong zone, and every session moves by hours.",
        example="## Example Summit in Valencia, 4-6 May 2027",
        remedy="## Example Summit in Valencia, Spain, 4-6 May 2027",
    ),
    Rule(
        name="unknown-city",
        severity="note",
        summary="The city is not known, so it gives neither a zone nor a place on the map.",
        why="Without a zone the sessions cannot be published.",
        example=(
            "---\n"
            "event: {name: Example Summit, city: Little Sampleham, start: 2027-05-04, end: 2027-05-06}\n"
            "sessions:\n"
            "  - title: Opening words\n"
            "    start: 2027-05-04 09:00\n"
            "---"
        ),
        remedy=(
            "---\n"
            "event: {name: Example Summit, city: London, start: 2027-05-04, end: 2027-05-06}\n"
            "sessions:\n"
            "  - title: Opening words\n"
            "    start: 2027-05-04 09:00\n"
            "---"
        ),
    ),
    Rule(
        name="similar-names",
        severity="warning",
        summary="Two names differ by a letter or an accent and are probably one person, room or event.",
        why="Subscribers of one spelling miss the sessions of the other.",
        example=(
            "## Example Summit in Oslo, 4-6 May 2027\n\n"
            "### Opening words\n\n"
            "When: 4 May 2027, 09:00 - 10:00\n"
            "Speaker: Zoe Sample\n\n"
            "### Closing words\n\n"
            "When: 6 May 2027, 16:00 - 17:00\n"
            "Speaker: Zoë Sampel"
        ),
        remedy=(
            "## Example Summit in Oslo, 4-6 May 2027\n\n"
            "### Opening words\n\n"
            "When: 4 May 2027, 09:00 - 10:00\n"
            "Speaker: Zoë Sample\n\n"
            "### Closing words\n\n"
            "When: 6 May 2027, 16:00 - 17:00\n"
            "Speaker: Zoë Sample"
        ),
    ),
    Rule(
        name="looks-like-a-session",
        severity="note",
        summary="This looks like a session but is not one of the forms that are read.",
        why="The author believes it is published, and no subscriber ever sees it.",
        example=(
            "---\n"
            "date: 2027-06-01\n"
            "---\n\n"
            "## Example Summit in Oslo, 4-6 May 2027\n\n"
            "### Opening words\n\n"
            "When: 4 May 2027, 9:30 - 11:00"
        ),
        remedy=(
            "---\n"
            "date: 2027-04-01\n"
            "---\n\n"
            "## Example Summit in Oslo, 4-6 May 2027\n\n"
            "### Opening words\n\n"
            "When: 4 May 2027, 9:30 - 11:00"
        ),
    ),
    Rule(
        name="feed-too-large",
        severity="warning",
        summary="The feed is larger than calendar programs take; only the newest sessions are kept.",
        why="Google Calendar stops at about one megabyte and then shows no update at all.",
        example="https://example.org/all.ics  (1,400 sessions)",
        remedy="https://example.org/events/example-summit-2027.ics  (120 sessions)",
    ),
)

REVISIONS = (
    Rule(
        name="ambiguous-identity",
        severity="warning",
        summary="Two sessions could both be the one that was published before.",
        why="A subscriber's entry could turn into another talk, with its reminders and its answers.",
        example=(
            "## Example Summit in Oslo, 4-6 May 2027\n\n"
            "### Office hours\n\n"
            "When: 4 May 2027, 10:00\n\n"
            "### Office hours\n\n"
            "When: 4 May 2027, 10:30"
        ),
        remedy=("---\nsessions:\n  - match: Office hours\n    uid: office-hours-morning\n---"),
    ),
    Rule(
        name="mass-cancellation",
        severity="error",
        summary="This change would cancel many sessions at once, so it is held back.",
        why="A moved folder or a broken heading would empty the calendars of all subscribers.",
        example="(40 of 45 published sessions are gone from posts/)",
        remedy="git restore posts/\n\n(or, when they really are cancelled: ~~### Opening~~ in the post)",
    ),
    Rule(
        name="stale-record",
        severity="error",
        summary="The revision record is not up to date with the posts.",
        why="Calendar programs skip an entry whose revision stood still, so the change reaches nobody.",
        example="feeds record --check",
        remedy="feeds record\ngit add posts/ && git commit",
    ),
    Rule(
        name="damaged-record",
        severity="error",
        summary="The revision record cannot be read.",
        why="Without it every session would become a new entry and every subscriber would see all of them "
        "twice.",
        example="<<<<<<< HEAD\n(a merge conflict was committed)",
        remedy="git checkout -- RECORD\nfeeds record",
    ),
)
