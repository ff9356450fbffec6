"""Owns the examples of times that say when something can be attended, and of those that do not."""

from __future__ import annotations

import pytest

from feeds.understand.attended import whens_of
from tests.unit.understand_lines import draft_of, line_of


@pytest.mark.parametrize(
    "text",
    [
        "It starts at `02:30` and look for `2027-03-02 02:30:01 INFO`.",
        "Version 2 was released on 2 March 2027 at 14:30 UTC.",
        "The fix was rolled out at 09:15.",
        "Es wurde am 2. März 2027 veröffentlicht.",
        "La version a été publiée le 2 mars 2027.",
        "Fue publicada el 2 de marzo de 2027.",
        "È stata pubblicata il 2 marzo 2027.",
        "Foi publicada em 2 de março de 2027.",
        "De vergadering begon om 10:00.",
        "Core hours are 10:00 to 15:00, Monday to Thursday.",
        "Die Kernarbeitszeit ist 10:00 bis 15:00 Uhr.",
        "Horaires de travail : du lundi au jeudi, 9h00 à 17h00",
        "Horario de atención: 9:00 a 17:00",
        "Orari di apertura: 9:00 - 17:00",
        "Horário de funcionamento: 9:00 - 17:00",
        "Openingstijden: 9:00 - 17:00",
        "Come and join us. Apply until 31 March 2027, 23:59.",
        "Komm zu uns. Bewirb dich bis 31. März 2027, 23:59 Uhr.",
    ],
)
def test_nothing_to_attend(text: str) -> None:
    assert whens_of(line_of(text)) == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("`10:00` Opening", 1),
        ("`10:00` Opening, `10:30` in the log", 1),
        ("The talk on `cron` is at 10:00", 1),
        ("It was great. See you on 5 March 2027 at 10:00!", 1),
        ("The talk was moved to 5 March 2027, 10:00", 1),
        ("Opening hours of the exhibition: 5 March 2027, 10:00", 1),
        ("Doors open at 10:00. Registration closes at 9:00.", 1),
    ],
)
def test_something_to_attend(text: str, count: int) -> None:
    assert len(whens_of(line_of(text))) == count


def _post(title: str, body: str) -> str:
    return f'---\ntitle: "{title}"\ndate: 2027-03-20\n---\n\n{body}\n'


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Bread", "1. Mix at 8:00.\n2. Rest until 9:30."),
        ("Times", "- 12.30 Mix\n- 13:30 Rest"),
        ("Benchmarks", "| Run | Wall time |\n|--|--|\n| a | 12:30 |\n| b | 11:45 |"),
        ("Ten years", "On 3 June 2021 at 04:12 everything fell over.\n\n1. Sleep from 23:00 to 07:00."),
        ("Contact", "## Business hours\n\n- Monday: 9:00 - 17:00\n- Tuesday: 9:00 - 17:00"),
        ("Opening hours", "| Day | Hours |\n|--|--|\n| Monday | 9:00 - 17:00 |"),
        ("This month", "## Merged\n\n- Thu, 25 March 2027, 11:30 [Faster](https://x.example/pull/1)"),
        ("Python 3.12 is out", "Python 3.12 is here.\n\n- Builds take 12:30 now"),
        ("Recap: our meetup", "It was full.\n\n## Thursday\n\n- 19:00 Bo Two: Knots\n- 20:00 Pizza"),
        ("Recap: our meetup", "Our meetup on Thursday was full.\n\n- 19:00 Knots"),
        ("Jobs", "The nightly test job runs on Saturday 20:00."),
        ("Calls", "The Thursday 5pm community call was cancelled."),
    ],
)
def test_post_without_anything_to_attend_is_read_in_silence(title: str, body: str) -> None:
    draft = draft_of(_post(title, body))
    dated = [event for event in draft.events if event.first]
    assert (draft.sessions, dated, draft.findings) == ((), [], ())


def test_day_of_a_call_for_papers_is_not_that_of_the_event() -> None:
    draft = draft_of(_post("Gravel Days: call for papers", "- Notification: 15 May 2027"))
    assert [event.first for event in draft.events] == [None]


def test_look_back_may_announce_what_comes_next() -> None:
    body = "It was full.\n\n## Next: 25 March 2027\n\n- 19:00 UTC Bo Two: Knots"
    assert len(draft_of(_post("Recap: our meetup", body)).sessions) == 1


def test_labelled_time_without_a_day_is_listed_and_told() -> None:
    draft = draft_of(_post("Join us", "## Community call\n\nWhen: 16:00–17:00 UTC"))
    told = [(session.title, session.start) for session in draft.sessions]
    assert (told, [one.rule for one in draft.findings]) == ([("Community call", None)], ["undated-session"])
