"""Owns the words beside a number that say what it is: a day of the month, a rule's weekday, an end."""

from __future__ import annotations

import re

DAY_OF_MONTH = re.compile(r"(?:día|dia|giorno)\s\d{1,2}(?![\d.:h])")
WEEKDAY_BEHIND = re.compile(r"(?:día|dia|giorno)\s(?:[1-9]|[12]\d|3[01])\s?[,(]\s?(?=[^\W\d_])")
ARTICLE = re.compile(r"(?i)(?:[:,]|\b(?:o|no|do|ao|el|del|al|il|este|próximo))\s$")
PART_OF = re.compile(r"(?i)\b(?:morning|afternoon|evening|night) of the $")
ON_THE = "on the "
TIME_BEHIND = re.compile(r",? (?:at|from) \d")
PART = 20
"""Letters of "afternoon of the"."""

LEAST, FEW = 8, 10
"""No event is counted to an eighth day; before that "día 1, jueves" is one, "el día 1, jueves" a date."""
OF_MONTH = re.compile(
    r"(?i)(?:of (?:the|each|every|a) month|each month|every month|(?:im|eines jeden|jedes|des|jeden) monats?|"
    r"(?:du|de chaque) mois|(?:del|de cada) mes|(?:del|di ogni) mese|(?:do|de cada) mês|"
    r"(?:van|in) (?:de|elke|iedere) maand)(?!\w)"
)
AND_ENDS = re.compile(
    r"(?:and\s(?:will\s)?(?:ends?|ending|finish(?:es|ing)?|clos(?:es?|ing)|wraps?\sup|wrapping\sup)(?:\sat|\sby)|"
    r"und\s(?:endet|schließt)(?:\sum|\sgegen)|et\s(?:se\stermine(?:ra)?|finit|prend\sfin)\s(?:à|vers)|"
    r"y\s(?:termina(?:rá)?|acaba(?:rá)?)(?:\sa|\ssobre)?(?:\sla)?s?|e\s(?:termina|acaba|finisce|si\sconclude)"
    r"(?:\sàs|\sas|\salle)|en\s(?:eindigt|stopt|sluit)(?:\som|\srond))(?!\w)"
)
