"""Owns the table of session formats: the labels people write, in seven languages, and the format they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from feeds.understand.people.names import kind_of
from feeds.understand.people.values import fold

_TABLE = {
    "Keynote": "keynote, keynotes, key note, keynote talk, keynote speech, keynote address, keynote session, plenary,"
    " plenary talk, plenary session, eröffnungsvortrag, hauptvortrag, plenarvortrag, conférence plénière,"
    " conférence d'ouverture, plénière, ponencia inaugural, ponencia magistral, conferencia magistral, plenaria,"
    " sessione plenaria, palestra principal, palestra de abertura, palestra magna, plenária, hoofdlezing,"
    " openingslezing",
    "Panel": "panel, panel discussion, panel talk, panel session, industry panel, roundtable, round table,"
    " round-table, fireside chat, podiumsdiskussion, paneldiskussion, gesprächsrunde, table ronde,"
    " mesa redonda, panel de discusión, tavola rotonda, painel, debate, rondetafel, paneldiscussie, panelgesprek",
    "Workshop": "workshop, hands-on workshop, hands-on lab, hands-on session, hands on, lab, masterclass,"
    " master class, training, bootcamp, codelab, atelier, taller, laboratorio, oficina, werkstatt, praxisworkshop",
    "Tutorial": "tutorial, tutorials, tutoriel, tutorium, tutoría, tutorialsitzung, hands-on tutorial",
    "Lightning Talk": "lightning talk, lightning talks, lightning, lightning session, flash talk, ignite talk, ignite,"
    " blitzvortrag, kurzvortrag, blitztalk, présentation éclair, conférence éclair, conférence-éclair, quickie,"
    " charla relámpago, charla rápida, talk lampo, palestra relâmpago, palestra relampago, bliksempraatje,"
    " bliksemlezing, short talk, speed talk, pecha kucha",
    "User Talk": "user talk, user story, user stories, case study, customer story, anwenderbericht, erfahrungsbericht,"
    " retour d'expérience, rex, caso de éxito, caso de uso, caso de estudio, caso di studio, estudo de caso,"
    " praktijkverhaal",
    "Maintainer Talk": "maintainer talk, maintainer track, maintainer track talk, maintainer's talk, maintainer session",
    "Talk": "talk, talks, session, breakout, breakout session, lecture, tech talk, community talk, invited talk,"
    " sponsor talk, sponsored talk, conference talk, vortrag, fachvortrag, conférence, exposé, charla, ponencia,"
    " conferencia, discorso, intervento, conferenza, palestra, lezing, praatje, voordracht",
    "Live Presentation": "live presentation",
    "Presentation": "presentation, presentations, präsentation, présentation, presentación,"
    " presentazione, apresentação, presentatie",
    "Demo": "demo, demos, demonstration, live demo, demo session, demo theater, demo theatre, vorführung,"
    " démo, démonstration, demostración, dimostrazione, demonstração, demonstratie",
    "Poster": "poster, posters, poster session, poster presentation, postersession, posterpräsentation,"
    " session d'affiches, sesión de pósteres, pôster, poster sessie",
    "BoF": "bof, bofs, bof session, birds of a feather, birds of a feather session, meet the maintainers,"
    " ask me anything, ama",
    "Contribfest": "contribfest, sprint, sprints, code sprint, hackfest, hackathon",
    "Office Hours": "office hours, office hour, sprechstunde, permanence, horas de oficina, orario di ricevimento,"
    " spreekuur",
    "Webinar": "webinar, webinars, webinaire, webcast, live webinar, seminario web, seminário web, webinario",
    "Livestream": "livestream, live stream, stream, livesendung, directo",
    "Meetup": "meetup, meet-up, meet up, stammtisch, treffen, rencontre, encuentro, quedada, incontro, encontro,"
    " bijeenkomst, borrel",
    "Podcast": "podcast",
    "Interview": "interview, entrevista, intervista, entretien",
}


def _folded() -> dict[str, str]:
    return {fold(label.strip()): name for name, labels in _TABLE.items() for label in labels.split(",")}


FORMATS: Mapping[str, str] = _folded()
"""Folded label to canonical format."""

_QUALIFIERS = frozenset(
    "opening closing morning afternoon evening sponsored sponsor cl project cncf community industry technical"
    " invited virtual online live hands-on short long full extended introductory advanced beginner beginners"
    " interactive guided free public joint special featured mini maintainer user contributor student research"
    " breakout deep-dive tech lunch regular main day welcome pre-conference co-located remote in-person the our"
    " eroffnung abschluss online- eroffnungs ouverture cloture apertura clausura abertura encerramento".split()
)
_CARRIERS = frozenset({"stream", "lab", "sprint", "sprints", "session", "talks", "training", "debate", "rex", "lightning"})
"""Labels too common as words of a title to carry an unknown qualifier."""
_MAX_WORDS = 5
_EDGES = " \t\xa0\u200b\ufe0f*_[]()#!.:-–—"
_LENGTH = re.compile(r"\d{1,3}(?:[-‑ ]?min(?:ute|utes|s)?|[-‑]hour|h)?\.?|min(?:ute|utes|s)?\.?", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(?:#\s?)?\d{1,3}$")


@lru_cache(maxsize=2048)
def format_of(label: str) -> str | None:
    """The canonical format of a label such as "Opening Keynote" or "Atelier"; None where it is none."""
    if len(label) > 80:
        return None
    words = _NUMBER.sub("", label.strip(_EDGES)).split()
    if not 1 <= len(words) <= _MAX_WORDS:
        return None
    folded = [fold(word) for word in words]
    for start in range(len(words)):
        found = FORMATS.get(" ".join(folded[start:]))
        if found is not None:
            return found if _qualify(words[:start], folded[start:]) else None
    return None


def _qualify(qualifiers: list[str], core: list[str]) -> bool:
    """Whether what stands before a label only says whose or which: known words or names with a capital."""
    unknown = [word for word in qualifiers if fold(word) not in _QUALIFIERS and not _LENGTH.fullmatch(word)]
    if not unknown:
        return True
    if " ".join(core) in _CARRIERS or len(unknown) > 2:
        return False
    return all(word[0].isupper() and kind_of(word) not in {"function", "role", "given"} for word in unknown)
