"""Owns the rules of dates, times and zones."""

from __future__ import annotations

from feeds.diagnostics.rules.rule import Rule

TIME = (
    Rule(
        name="impossible-date",
        severity="error",
        summary="The date does not exist in the calendar.",
        why="The session is held back, because any day we chose instead would be a guess.",
        example=(
            "## Example Summit in Oslo, 4-6 May 2027\n\n"
            "### Opening words\n\n"
            "When: 31 April 2027, 10:00 - 11:00"
        ),
        remedy=(
            "## Example Summit in Oslo, 4-6 May 2027\n\n### Opening words\n\nWhen: 4 May 2027, 10:00 - 11:00"
        ),
    ),
    Rule(
        name="impossible-time",
        severity="error",
        summary="The time of day does not exist on any clock.",
        why="The session is held back, because any hour we chose instead would be a guess.",
        example=("## Example Summit in Oslo, 4-6 May 2027\n\n### Opening words\n\nWhen: 4 May 2027, 24:30"),
        remedy=("## Example Summit in Oslo, 4-6 May 2027\n\n### Opening words\n\nWhen: 4 May 2027, 12:30"),
    ),
    Rule(
        name="time-in-gap",
        severity="error",
        summary="The time falls into the hour that the clocks skip that night.",
        why="Calendar programs disagree about where such a time goes, so people would come an hour early or "
        "late.",
        example=(
            "## Night of Samples in Berlin, 28 March 2027\n\n### Opening words\n\nWhen: 28 March 2027, 02:30"
        ),
        remedy=(
            "## Night of Samples in Berlin, 28 March 2027\n\n### Opening words\n\nWhen: 28 March 2027, 03:30"
        ),
    ),
    Rule(
        name="ambiguous-time",
        severity="note",
        summary="The time falls into the hour that happens twice that night; the first one is taken.",
        why="Half of the readers may think of the second one and come an hour late.",
        example=(
            "## Night of Samples in Berlin, 31 October 2027\n\n"
            "### Opening words\n\n"
            "When: 31 October 2027, 02:30"
        ),
        remedy=(
            "## Night of Samples in Berlin, 31 October 2027\n\n"
            "### Opening words\n\n"
            "When: 31 October 2027, 00:30 UTC"
        ),
    ),
    Rule(
        name="end-before-start",
        severity="error",
        summary="The session ends before it starts, or the moment it starts.",
        why="Calendar programs drop such an entry or show it on the wrong day, so the session is held back.",
        example=(
            "## Example Summit in Oslo, 4-6 May 2027\n\n### Opening words\n\nWhen: 4 May 2027, 14:30 - 13:00"
        ),
        remedy=(
            "## Example Summit in Oslo, 4-6 May 2027\n\n### Opening words\n\nWhen: 4 May 2027, 13:00 - 14:30"
        ),
    ),
    Rule(
        name="weekday-mismatch",
        severity="warning",
        summary="The weekday and the date do not belong together; the date is published.",
        why="One of the two is wrong, and a subscriber may travel on the wrong day.",
        example=(
            "## Example Summit in Oslo, 4-6 May 2027\n\n### Opening words\n\nWhen: Monday, 4 May 2027, 10:00"
        ),
        remedy=(
            "## Example Summit in Oslo, 4-6 May 2027\n\n### Opening words\n\nWhen: Tuesday, 4 May 2027, 10:00"
        ),
    ),
    Rule(
        name="zone-mismatch",
        severity="warning",
        summary="The zone abbreviation does not fit the city or the season; the time of the city is taken.",
        why="A reader abroad who trusts the abbreviation joins an hour early or late.",
        example=(
            "## Example Days in Madrid, 6 July 2027\n\n### Opening words\n\nWhen: 6 July 2027, 10:00 CET"
        ),
        remedy=(
            "## Example Days in Madrid, 6 July 2027\n\n### Opening words\n\nWhen: 6 July 2027, 10:00 CEST"
        ),
    ),
    Rule(
        name="zone-conflict",
        severity="warning",
        summary="One moment is written in two zones and the two do not agree.",
        why="Readers of one of the zones come at the wrong hour.",
        example=("### Community call\n\nWhen: 4 May 2027, 10:00 PT / 12:00 ET"),
        remedy=("### Community call\n\nWhen: 4 May 2027, 10:00 PT / 13:00 ET"),
    ),
    Rule(
        name="zone-unknown",
        severity="warning",
        summary="No zone and no city is known, so the session is listed but not published.",
        why="A time without a zone moves with every subscriber: 10:00 in Tokyo and 10:00 in Toronto are "
        "different moments.",
        example=("### Community call\n\nWhen: 4 May 2027, 10:00"),
        remedy=("### Community call\n\nWhen: 4 May 2027, 10:00 UTC"),
    ),
    Rule(
        name="year-missing",
        severity="warning",
        summary="The year is not written and the post does not settle it.",
        why="A year that is guessed can put the session a year away from the event.",
        example=("### Workshop\n\nWhen: 4 May, 10:00 UTC"),
        remedy=("### Workshop\n\nWhen: 4 May 2027, 10:00 UTC"),
    ),
    Rule(
        name="undated-session",
        severity="warning",
        summary="Nothing says when the session starts, so it is listed but not published.",
        why="It is missing from every calendar until it has a day.",
        example=("### Opening words\n\nWhen: until 10:00 UTC"),
        remedy=("### Opening words\n\nWhen: 4 May 2027, 09:00 - 10:00 UTC"),
    ),
    Rule(
        name="ambiguous-date",
        severity="warning",
        summary="The date can be read day first or month first.",
        why="Half of the world reads 03/04 as 3 April and the other half as 4 March.",
        example=("### Workshop\n\nWhen: 03/04/2027, 10:00 UTC"),
        remedy=("### Workshop\n\nWhen: 3 April 2027, 10:00 UTC"),
    ),
    Rule(
        name="ambiguous-meridiem",
        severity="warning",
        summary="The time can be read as morning or as evening.",
        why="A subscriber may be twelve hours late.",
        example=("### Meetup\n\nWhen: 4 May 2027, 6:30 - 8:00 UTC"),
        remedy=("### Meetup\n\nWhen: 4 May 2027, 6:30 - 8:00 PM UTC"),
    ),
    Rule(
        name="outside-event",
        severity="warning",
        summary="The session is on a day on which its event does not take place.",
        why="Either the day is mistyped or the session stands under the wrong heading; a subscriber finds "
        "closed doors.",
        example=("## Example Summit in Oslo, 4-6 May 2027\n\n### Opening words\n\nWhen: 14 May 2027, 10:00"),
        remedy=("## Example Summit in Oslo, 4-6 May 2027\n\n### Opening words\n\nWhen: 4 May 2027, 10:00"),
    ),
    Rule(
        name="unlikely-length",
        severity="warning",
        summary="The session is shorter or longer than sessions are.",
        why="Most often one digit or an AM/PM is wrong, and the entry fills a whole day of the calendar.",
        example=(
            "## Example Summit in Oslo, 4-6 May 2027\n\n"
            "### Opening words\n\n"
            "When: 4 May 2027, 9:00 AM - 11:30 PM"
        ),
        remedy=(
            "## Example Summit in Oslo, 4-6 May 2027\n\n"
            "### Opening words\n\n"
            "When: 4 May 2027, 9:00 - 11:30 AM"
        ),
    ),
    Rule(
        name="time-out-of-order",
        severity="warning",
        summary="The time steps back in a list whose other times rise.",
        why="Most often one digit of the hour is wrong, and the session would be missed by an hour.",
        example=(
            "## Example Summit in Oslo, 4-6 May 2027\n\n### Tuesday 4 May\n\n"
            "- 10:00 Opening words\n- 11:00 First song\n- 12:00 Second song\n- 13:00 Third song\n"
            "- 11:30 Fourth song\n- 15:00 Last song"
        ),
        remedy=(
            "## Example Summit in Oslo, 4-6 May 2027\n\n### Tuesday 4 May\n\n"
            "- 10:00 Opening words\n- 11:00 First song\n- 12:00 Second song\n- 13:00 Third song\n"
            "- 14:30 Fourth song\n- 15:00 Last song"
        ),
    ),
    Rule(
        name="time-style",
        severity="note",
        summary="The time is written in another style than the other times of the post.",
        why="The time is understood, but a reader stumbles and another tool may read a number.",
        example=(
            "## Example Summit in Oslo, 4-6 May 2027\n\n"
            "### Opening words\n\n"
            "When: 4 May 2027, 10:00 - 10:30\n\n"
            "### Closing words\n\n"
            "When: 4 May 2027, 14.40 - 15.15"
        ),
        remedy=(
            "## Example Summit in Oslo, 4-6 May 2027\n\n"
            "### Opening words\n\n"
            "When: 4 May 2027, 10:00 - 10:30\n\n"
            "### Closing words\n\n"
            "When: 4 May 2027, 14:40 - 15:15"
        ),
    ),
)
