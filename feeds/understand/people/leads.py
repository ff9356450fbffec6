"""Owns what leads to people in a phrase: "by", "Speakers:", "Lightning talk by"."""

from __future__ import annotations

import re

_LABELS = (
    r"(?:speakers?|presenters?|presented by|hosts?|hosted by|moderators?|moderated by|panell?ists?"
    r"|facill?itators?|instructors?|trainers?|guests?|authors?|referent(?:in|en|innen)?|referierende"
    r"|vortragende[r]?|sprecher(?:in|innen)?|intervenante?s?|orateurs?|oratrices?|conf[ée]renci[eè]re?s?"
    r"|ponentes?|orador(?:es|as|a)?|palestrantes?|relator[ei]|relatrice|sprekers?)\s*:\s*"
)
LABEL = re.compile(_LABELS, re.IGNORECASE)
"""The label of a line that is a list of speakers."""

_KIND_BY = (
    r"(?:[\w-]{1,20}\s){0,2}(?:talk|workshop|tutorial|keynote|session|demo|panel|presentation|lecture|poster|bof|"
    r"reading|concert|vortrag|lesung|atelier|conférence|présentation|lecture|charla|taller|ponencia|presentación|"
    r"intervento|laboratorio|conferenza|palestra|oficina|lezing|praatje)s?\s"
    r"(?:by|with|from|von|mit|par|de|avec|por|con|di|com|door|van|met)\s+"
)
"""What leads to people in a line that says the kind of session as well ("Lightning talk by Ada Ek")."""

_SAYS_KIND = re.compile(_KIND_BY, re.IGNORECASE)


def says_kind(text: str) -> bool:
    """Whether a list of people begins with the kind of session, which is a title where none else stands."""
    return _SAYS_KIND.match(text) is not None


GIVEN = "presented|hosted|moderated|led|given|run|taught|facilitated"
"""What somebody does with a session, as alternatives of a pattern; each rule adds what only it may trust."""

GIVEN_BY = rf"(?:{GIVEN}|chaired|held|delivered|conducted|organi[sz]ed) by"
"""The same as it stands before the name."""

LEAD = re.compile(
    rf"\s*(?:(?:{GIVEN_BY}"
    r"|by|with|w/|featuring|feat\.?|ft\.?|a cargo d[eo]|a cura di"
    r"|avec|anim[ée]e? par|pr[ée]sent[ée]e? par|par|por|con|com|mit|von"
    r"|moderiert(?: von)?|modera(?:to da|do por)?|mod[ée]r[ée]e? par|o\.?l\.?v\.?"
    rf"|door|met|di|da)\s+|{_KIND_BY}|{_LABELS}|(?:panel|who|by|with|mit|von|par|por)\s*:\s*)",
    re.IGNORECASE,
)
"""What leads to people, and is no name."""
