"""Owns the labels authors put before a fact ("When:", "Ort:", "Intervenants :") in the seven languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

LabelKind = Literal[
    "when", "where", "who", "url", "title", "track", "format", "end", "duration", "city", "what"
]

_WORDS: dict[LabelKind, str] = {
    "when": "when and where|where and when|when & where|where & when|time and place|wann und wo|wo und wann|quand et où|cuándo y dónde|quando e dove|quando e onde|wanneer en waar|when|date|dates|date and time|date & time|date/time|day|days|day and time|time|times|hours|hour|start|"
    "starts|start time|starting|schedule|datum|wann|zeit|uhrzeit|termin|datum und uhrzeit|beginn|quand|heure|heures|"
    "horaire|horaires|date et heure|cuándo|cuando|fecha|fechas|hora|horario|fecha y hora|quando|data|date|ora|orario|"
    "orari|data e ora|horário|data e hora|dia|wanneer|tijd|datum en tijd|tijdstip|dag|jour|tag|día|giorno",
    "end": "end|ends|end time|finish|until|ende|fin|fine|fim|einde",
    "duration": "duration|length|dauer|durée|duración|durata|duração|duur",
    "where": "where|location|venue|room|place|locations|booth location|address|wo|ort|raum|saal|veranstaltungsort|"
    "adresse|où|lieu|salle|endroit|dónde|donde|lugar|sala|ubicación|sede|dove|luogo|aula|onde|local|endereço|"
    "waar|locatie|zaal|plaats|stage|hall|stand|booth|desk|meeting room|room/location|location/room|building",
    "city": "city|stadt|ville|ciudad|città|cidade|stad",
    "who": "who|speaker|speakers|presenter|presenters|presented by|talk by|by|with|host|hosts|hosted by|"
    "facilitator|facilitators|facillitators|panelist|panelists|panellists|moderator|moderators|instructor|"
    "instructors|led by|lead|leads|trainer|trainers|guest|guests|keynote speaker|keynote speakers|wer|referent|"
    "referenten|referentin|referentinnen|sprecher|sprecherin|vortragende|vortragender|mit|moderation|qui|"
    "intervenant|intervenants|intervenante|intervenantes|orateur|orateurs|oratrice|conférencier|conférenciers|"
    "avec|quién|quien|quiénes|ponente|ponentes|con|ponentes|chi|relatore|relatori|relatrice|quem|palestrante|"
    "palestrantes|orador|oradora|oradores|wie|spreker|sprekers|met",
    "url": "url|link|links|website|web site|web|more info|more information|details|register|registration|rsvp|"
    "sign up|tickets|schedule link|session page|event page|meeting link|join|join link|zoom|zoom link|stream|livestream|"
    "anmeldung|webseite|inscription|inscriptions|lien|site|enlace|inscripción|registro|sito|iscrizione|iscrizioni|"
    "inscrição|inscrições|aanmelden|inschrijven",
    "title": "title|talk|talk title|session|session title|name|presentation|talks|sessions|titel|vortrag|titre|titolo|"
    "título|titulo|session name|event|programme item|activity|subject|conférence|"
    "charla|ponencia|intervento|palestra|lezing|sessie|sessione|sesión|sessão|sitzung|programmpunkt|aktivität|workshop|"
    "veranstaltung|what|was|quoi|qué|cosa|wat|agenda item|item",
    "track": "track|stream|strand|co-located event|schiene|parcours|pista|traccia|trilha|spoor",
    "format": "format|type|session type|kind|art|formato|tipo|type de session|soort",
    "what": "description|beschreibung|topic|thema|sujet|tema|onderwerp|abstract|summary|about|note|notes|slides|video|recording|level|language|audience|cost|price|capacity|"
    "requirements|prerequisites|tags|hashtag|sponsor|sponsors|contact|organizer|organizers|organiser|tl;dr|update|"
    "hinweis|remarque|nota|opmerking|wichtig|important",
}
_KINDS: dict[str, LabelKind] = {
    word: kind for kind, words in reversed(_WORDS.items()) for word in words.split("|")
}
_LABEL = re.compile(r"[^\w\n]{0,6}([^\W\d_][\w &/'’.;()-]{0,38}?)\s{0,2}[:：]\s*", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the beginning of a line: what it announces, and the text offset where the fact begins."""

    kind: LabelKind
    word: str
    end: int


def find_label(text: str) -> Label | None:
    """The label a line begins with, None where it begins with anything else."""
    found = _LABEL.match(text)
    if not found:
        return None
    kind = label_kind(found[1])
    return Label(kind, found[1], found.end()) if kind else None


def label_kind(words: str) -> LabelKind | None:
    """What a label or a column header announces ("Date & Time (PST)" -> when), None for any other words."""
    plain = re.sub(r"\(.{0,60}?\)|\[.{0,60}?\]", " ", words.casefold())
    plain = re.sub(r"\s+", " ", plain.replace("(s)", "s")).strip(" *_:.·•-–—?!")
    return _KINDS.get(plain) or _compound(plain)


_LAST = frozenset({"time", "times", "date", "dates", "link", "url", "speaker", "speakers", "presenter", "presenters",
                   "hours"})  # fmt: skip


def _compound(plain: str) -> LabelKind | None:
    """ "Talk time", "session link", "start date": where the last word is a fact's name, it decides."""
    words = plain.split(" ")
    return _KINDS.get(words[-1]) if len(words) == 2 and words[-1] in _LAST else None
