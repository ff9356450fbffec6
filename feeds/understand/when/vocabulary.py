"""Owns the words of the grammar that CLDR has no table for, each line by kind, in all seven languages.

Kinds. Dates: M month, m month that needs its day before it, n month that is also an ordinary word and needs a
year or weekday, J and j "Mar" and "mar" (month, or Tuesday in Spanish, French and Italian), W weekday,
w abbreviated weekday, v weekday that is also an ordinary word, S plural weekday, R today or tomorrow,
N next or this, k weekend, y day, P last, V every, q first to fourth, Q "of the month".
Times: A meridiem, E part of the day, U hour word, B noon or midnight, h unit of duration, e how many,
L late, l onwards.
Connecting: T to, a at or to, g "alle", t at, u and, F from, f from, of, o article, i preposition, b between.
"""

from __future__ import annotations

CONNECTING = {
    "T": "to till until til through thru bis au al até tot hasta fino jusqu",
    "a": "a à á ao about around circa ca roughly environ vers etwa ungefähr rond ongeveer",
    "g": "alle às",
    "t": "at um om gegen starting beginning starts begins ab",
    "u": "and und et y e en or oder ou plus",
    "F": "from von vom van desde dal dalle dall das vanaf",
    "f": "de du del des di do da d",
    "o": "of the s month den der dem zum zur le la las los les el il",
    "i": "on in for with im für pour per por para em no na op",
    "b": "between zwischen entre tra tussen",
    "U": "uhr uur ore heures heure horas hora h hrs hs oclock",
    "L": "late close open ende end tard laat",
    "l": "onwards onward",
    "y": "day dia tag",
    "k": "weekend wochenende",
    "V": "every each jeden jede jeder chaque cada ogni elke elk",
    "q": "first second third fourth erste ersten erster zweite zweiten zweiter dritten dritter vierten "
    "vierter premier deuxième troisième quatrième primer tercer último primo terzo ultimo eerste tweede "
    "derde vierde laatste",
    "P": "last past letzten letzter dernier pasado scorso vorigen afgelopen",
}
# (kind, what it means): the words that mean it
MEANING = {
    ("A", "am"): "am",
    ("A", "pm"): "pm",
    ("E", "am"): "morning morgens vormittags matin manhã mattina ochtends mañana",
    ("E", "pm"): "afternoon evening abends nachmittags soir tarde noche noite sera pomeriggio avonds middags",
    ("B", "noon"): "noon midday mittag midi mediodía mezzogiorno",
    ("B", "midnight"): "midnight mitternacht minuit medianoche mezzanotte middernacht",
    ("e", "1"): "one",
    ("e", "2"): "two zwei deux dos due duas twee",
    ("e", "3"): "three drei trois tres tre três drie",
    ("e", "4"): "four vier quatre cuatro quattro quatro",
    ("h", "minute"): "min mins minute minutes minuten minuti minutos minuto",
    ("h", "hour"): "hour hours hr stunde stunden std uren",
    ("R", "today"): "today tonight heute hoy oggi hoje vandaag",
    ("R", "tomorrow"): "tomorrow morgen demain domani amanhã",
    ("N", "this"): "this diesen dieser diese ce este questo deze",
    ("N", "next"): "next nächsten nächster próximo prossimo volgende coming kommenden kommender komende",
    ("N", "following"): "following",
}

WEEKDAYS_BESIDE_CLDR = {
    "tues": (1, ("en",)),
    "weds": (2, ("en",)),
    "thur": (3, ("en",)),
    "thurs": (3, ("en",)),
    "segunda": (0, ("pt",)),
    "terça": (1, ("pt",)),
    "quarta": (2, ("pt",)),
    "quinta": (3, ("pt",)),
    "sexta": (4, ("pt",)),
}
_COMPOUND = {
    "de": (
        "montag dienstag mittwoch donnerstag freitag samstag sonntag",
        "morgen früh vormittag mittag nachmittag abend nacht",
    ),
    "nl": (
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "ochtend morgen middag namiddag avond nacht",
    ),
}
COMPOUND_WEEKDAYS = {
    day + part: (number, (language,))
    for language, (days, parts) in _COMPOUND.items()
    for number, day in enumerate(days.split())
    for part in parts.split()
}
"""Weekdays and parts of the day that German and Dutch write in one word: "Samstagabend", "vrijdagmiddag"."""

MONTHS_BESIDE_CLDR = {"sept": (9, ("en", "fr", "es", "de"))}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


CLOCK_WORDS = _set("noon midday midnight")
"""A capital Midnight is as often a name, "midi" an interface: those need a date or "at" beside them."""

WEAK_MONTHS = _set("set ago out gen mag lug marco")
"""Months that are ordinary words of another language: they need a year or a weekday beside them."""

WEAK_LOWER_MONTHS = _set("may march")
"""Months that are ordinary words in lower case."""

WEAK_WEEKDAYS = _set(
    "mo di mi do fr sa so ma wo vr za zo mer mar dom ven dim sam sex ter seg qui qua lun "
    "segunda terça quarta quinta sexta"
)
"""Weekdays that are ordinary words: they count beside a date of their own language, or with a dot."""

WEAK_LOWER_WEEKDAYS = _set("sun sat mon wed")

LABELS = _set(
    "room hall booth level floor stage track day part session talk no number nr saal raum halle etage salle "
    "tag jour journée día dia giorno dag giornata "
    "sala zaal stand pavilion building gate table kiosk tier version chapter step phase week episode issue "
    "volume vol section block slot area unit suite theater theatre auditorium bus line platform page figure"
)
"""Words that number something else: "Hall 3 - 10:00" is no range of hours, "Day 1 March 5" no 1 March."""

DAY_WORDS = _set("día dia giorno jour tag dag")
"""Those that stand before a date as well: "el día 12 de junio"."""

DAYS_WITH_NAMES = _set("black good cyber easter palm ash holy super fat casual ruby")
"""Words that make a weekday a name: "Black Friday", "Cyber Monday"."""
