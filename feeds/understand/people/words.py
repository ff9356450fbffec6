"""Owns the tables of words that tell names, roles and organisations apart."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def resource(name: str) -> list[str]:
    """The lines of a table beside this module, without comments and blanks."""
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _tables() -> dict[str, frozenset[str]]:
    tables: dict[str, list[str]] = {}
    section: list[str] = []
    for line in resource("words.txt"):
        if line.startswith("["):
            section = tables.setdefault(line.strip("[]"), [])
        else:
            section.extend(line.split())
    return {name: frozenset(words) for name, words in tables.items()}


GIVEN = frozenset(" ".join(resource("given.txt")).split())
"""Given names met in many languages, folded. Evidence for a name, never a condition of one."""

FAMILY = frozenset(" ".join(resource("family.txt")).split())
"""Frequent family names, folded."""

_TABLES = _tables()
PARTICLES = _TABLES["particles"]
STRONG_PARTICLES = _TABLES["strong_particles"]
"""Particles that hardly ever stand between two capitalised words outside a name."""

TITLES = _TABLES["titles"]
HONORIFIC = "Dr|Prof|Mr|Mrs|Ms|Mme|Ing|Dra|Dott|Avv|avv"
"""Titles as they are written with a full stop before a name, as alternatives of a pattern."""

SYLLABLES = _TABLES["syllables"]
"""Second halves of Korean given names, written in lower case behind a hyphen ("Sun-hee")."""

SUFFIXES = _TABLES["suffixes"]
ROLES = _TABLES["roles"]
"""Words that say what somebody does: a phrase with one is a role, not a person or an organisation."""

DEPARTMENTS = _TABLES["departments"]
"""What follows "director of" without being an organisation."""

CORPORATE = _TABLES["corporate"]
"""Suffixes that belong to the organisation before them, also after a comma."""

FIRM = _TABLES["firm"]
"""What behind an "&" ends the name of a firm ("Lim & Sons")."""

ORGANISATION = _TABLES["organisation"]
FUNCTION = _TABLES["function"]
"""Words that hold sentences together: never a part of a name."""

NAMEABLE = _TABLES["nameable"]
"""Function words that, capitalised, can be a name as well."""

THINGS = _TABLES["things"]
"""Ordinary words of titles, products and companies: no name unless a given name holds it up."""

PLACES = _TABLES["places"]
PRODUCTS = _TABLES["products"]
"""Given names that technology took: alone they are no evidence for a person."""

RANKS = _TABLES["ranks"]
"""Words before a role that name no employer."""

QUALIFIERS = _TABLES["qualifiers"]
"""Words before a format that say which: opening, sponsored, virtual."""

ANNOUNCING = _TABLES["announcing"]
"""Words that can stand right before a person who is announced."""

PRESENTERS = _TABLES["presenters"]
LEADS = _TABLES["leads"]
"""Words that lead a list of speakers in."""

ARTICLES = _TABLES["articles"]
CALENDAR = _TABLES["calendar"]
PREFIXES = _TABLES["prefixes"]
"""What may stand before a capital inside a name (McNealy, O'Brien, DeMartin)."""

DEPARTING = tuple(_TABLES["departing"])
"""Endings of abstract nouns, which names hardly ever have."""
