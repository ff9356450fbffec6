"""Owns the patterns of prose in which people present, in seven languages; all take linear time."""

from __future__ import annotations

import re

from feeds.understand.people.leads import GIVEN_BY
from feeds.understand.people.words import ANNOUNCING, HONORIFIC, PRESENTERS

_UPPER = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x530)) if c.isupper())
_CAPITAL = (
    rf"(?:[{_UPPER}](?:\.[{_UPPER}]){{0,3}}\.(?=\s)"
    rf"|(?:[dlDL]['’])?[{_UPPER}][^\W_]*(?:['’\-‑](?!s\b)[^\W_]+)*)"
)
_PARTICLE = (
    r"(?:van|von|der|den|de|del|della|di|da|dos|do|du|la|le|bin|ibn|al|el|ter|ten|zu|zum|zur|af|av|"
    r"[\"“][^\s\"”]{1,20}[\"”])"
)

_FIRST = (
    # The class comes first, so that the search skips to the next capital; the look back follows it.
    rf"[{_UPPER}](?<![\w'’].)(?:(?:\.[{_UPPER}]){{0,3}}\.(?=\s)"
    rf"|[^\W_]*(?:['’\-‑](?!s\b)[^\W_]+)*)"
)
RUN = re.compile(rf"{_FIRST}(?: (?:{_PARTICLE} ){{0,2}}{_CAPITAL}){{1,6}}")
"""Two and more capitalised words, with the particles of names between them."""

_NO_CLOCK = r"(?!\d{1,2}(?:[:.h]\d|\s?[ap]\.?m))"
_ORG = (
    rf"{_NO_CLOCK}[{_UPPER}0-9][\w.&+’'\-]*"
    rf"(?: (?:of |the |for |& )?[{_UPPER}0-9][\w.&+\-]*){{0,4}}(?<!\.)"
)

APPOSITION = re.compile(
    rf"(?:\s?\((?P<paren>[^()]{{1,60}})\))?(?:\s(?:from|at|of|@|von|bei|chez|van|de chez|della|da"
    rf"|di) (?:the )?(?:(?:our|their|its|unserem|notre) (?:[a-z-]{{3,20}} ){{1,2}})?(?P<org>{_ORG}))?"
    r"(?P<house>\s(?:from|of|at)\s(?:the|our)\s[a-z-]{3,20}(?:\s(?!will\b)[a-z-]{3,20})?(?=\s))?"
    r"(?:,\s(?P<one>[^,.;:!?()]{2,70})(?:,\s(?P<two>[^,.;:!?()]{2,50}))?,)?"
)
"""What may follow a name before the verb: an organisation, a role, or both."""

_BASE = (
    "present|give|speak|talk|discuss|share|show|demonstrate|demo|explain|join|lead|host|moderate|walk|take"
    "|deliver"
    "|cover|explore|introduce|run|teach|answer|look|dive|describe|tell|open|close|keynote|participate|kick"
    "|conduct"
    "|facilitate|chair|highlight|outline|argue|reveal|examine|provide|offer|bring|guide|focus|address|go"
    "|return"
    "|appear|represent|unpack|break|debate|reflect|headline|hold|do|announce|compare|review|summari[sz]e"
    "|lecture|onboard|welcome|help|train|coach|perform|play|sing"
)
_THIRD = (
    "presents|gives|speaks|talks|discusses|shares|shows|demonstrates|explains|joins|leads|hosts|moderates"
    "|walks|takes"
    "|delivers|covers|explores|introduces|teaches|answers|describes|tells|opens|closes|keynotes|chairs"
    "|reveals|examines"
    "|returns|appears|argues|outlines|unpacks|asks|recounts|confesses"
)
_GERUND = (
    "presenting|giving|speaking|talking|discussing|sharing|showing|demonstrating|explaining|joining"
    "|leading|hosting"
    "|moderating|delivering|covering|introducing|running|teaching|keynoting|chairing|participating"
    "|facilitating"
)
_ADVERB = r"(?:\w+ly |also |then |again |both |all |each |soon |together |jointly |once again |now ){0,2}"
_OTHERS = (
    "wird|werden|spricht|sprechen|hält|halten|präsentiert|präsentieren|zeigt|zeigen|stellt|stellen|erklärt"
    "|erklären"
    "|erzählt|erzählen|berichtet|berichten|führt|führen|gibt|geben|moderiert|moderieren|diskutiert"
    "|diskutieren"
    "|présentera|présenteront|présente|présentent|parlera|parleront|parle|parlent|donnera|donneront"
    "|animera|animeront"
    "|expliquera|expliqueront|montrera|montreront|partagera|partageront|racontera|raconteront|discutera"
    "|discuteront"
    "|interviendra|interviendront|nous|vous|va|vont"
    "|presentará|presentarán|presenta|presentan|hablará|hablarán|habla|hablan|dará|darán|explicará|explicarán"
    "|mostrará|mostrarán|compartirá|compartirán|contará|contarán|impartirá|impartirán|moderará|nos"
    "|presenterà|presenteranno|presentano|parlerà|parleranno|parla|parlano|terrà|terranno|mostrerà"
    "|mostreranno"
    "|spiegherà|spiegheranno|racconterà|racconteranno|condividerà|modererà|discuterà|discuteranno|ci"
    "|apresentará|apresentarão|apresenta|apresentam|falará|falarão|fala|falam|darão|mostrarão|explicarão"
    "|compartilhará|ministrará|ministrarão|vai|vão"
    "|presenteert|presenteren|spreekt|spreken|vertelt|vertellen|geeft|geven|zal|zullen|toont|tonen|laat"
    "|laten|deelt"
    "|bespreekt|bespreken|leidt|modereert|neemt|verzorgt|verzorgen"
    r"|(?:has|have|got) (?:a|the|his|her|their|two|three) (?:\w+ ){0,2}(?:slots?|talks?|sessions?|posters?)"
)
_VERB = (
    rf"(?:(?:will|'ll|’ll|is going to|are going to|is set to|are set to|plans? to) {{1,2}}{_ADVERB}"
    rf"(?:{_BASE}|be (?:\w+ly |also ){{0,1}}(?:{_GERUND}|on stage|on a panel|on the panel|joined))\b"
    rf"|(?:is|are) (?:at|in) [^.;!?]{{2,60}}?,? (?:talking|speaking|presenting|showing|giving|teaching)\b"
    r"|(?:is|are) your (?:hosts?|speakers?|instructors?|guides?|moderators?|trainers?)\b"
    rf"|(?:is|are) {_ADVERB}(?:{_GERUND}|on (?:the|a|our) (?:panel|stage|jury))\b|as (?:our|a"
    rf"|the) (?:\w+ ){{0,2}}speaker\b"
    rf"|{_ADVERB}(?:{_BASE}|{_THIRD}|{_GERUND})\b|(?:{_OTHERS})\b)"
)

_WHO = r"(?:,? who(?:(?:['’]\w+)?\s[^,.;!?]{2,60},)?)?"
VERB = re.compile(rf"{_WHO},?\s{{1,2}}(?:\([^()]{{1,90}}\) )?{_VERB}|[’']ll (?:{_BASE})\b")
"""The verb that makes the name before it somebody who presents."""

ONLY_PEOPLE = re.compile(
    r"(?:,? who)?,?\s(?:(?:will |is going to )?(?:teach|speak|moderate|lecture)|teaches|speaks|moderates|"
    r"lectures|asks|recounts|wird sprechen|spricht|sprechen|erzählt|moderiert|parle(?:ra)?|animera|racontera|"
    r"habla(?:rá)?|impartirá|parla|parlerà|racconterà|fala(?:rá)?|ministrará|spreekt|vertelt)\b"
)
"""What no company and no program does: before it two capitalised words are a name, however rare."""

HONORIFICS = re.compile(rf"(?:(?:{HONORIFIC})\.\s){{0,2}}")
"""What may stand before a name."""

ABOUT = re.compile(r",?\s(?:on|about|über|sur|sobre|su|over)\s*$")
"""What joins a speaker to a title without a verb ("Ivan Mukasa, freelance, on …")."""

_TALK = (
    "talks?|sessions?|keynotes?|presentations?|workshops?|tutorials?|demos?|panels?|webinars?|lecture"
    "|posters?|slot"
    "|vortrag|conférence|charla|ponencia|intervento|palestra|lezing"
)
TALK_OF = re.compile(rf"(?:[’']s|[’'])\s(?:[\w\-]{{1,20}} ){{0,3}}(?:{_TALK})\b", re.IGNORECASE)
"""A talk that belongs to the name before it."""

BEFORE = re.compile(
    rf"(?:\b(?:{_TALK}|interview|conversation|discussion|chat|vorträge?n?|exposés?|remarks|stories"
    rf"|insights|q&a)"
    r"[,:]? (?:planned |scheduled )?(?:(?:will be|is|are|was) )?(?:(?:presented|hosted|moderated|led|given"
    r"|delivered|taught) )?"
    r"(?:by|with|from|featuring|of|von|mit|par|avec|de|por|con|di|com|door|met|van)"
    r"|\b(?:featuring|feat\.|ft\.|alongside|joined by|hear from|hear|see|meet|catch|join|welcome"
    rf"|{GIVEN_BY}"
    r"|moderiert von|gehalten von"
    r"|präsentiert von"
    r"|a cargo de|a cura di"
    r"|animée? par|présentée? par|presentad[oa] por|impartid[oa] por|tenut[oa] da|presentat[oa] da"
    r"|moderat[oa] da"
    r"|apresentad[oa] por|ministrad[oa] por|gegeven door|gepresenteerd door|begrüßen|entdecken sie|hören sie"
    r"|spricht|sprechen|präsentiert|präsentieren|zeigt|zeigen|erzählt|erzählen|hält|halten|hablará"
    r"|hablarán|presentará"
    r"|presentarán|parlerà|parleranno|falará|falarão|vertelt|vertellen|spreekt|spreken|presenteert"
    r"|presenteren)"
    r"|\b(?:speakers?|presenters?|panell?ists?|guests?|hosts?|referent(?:en|innen|in)?|ponentes|intervenants"
    r"|relatori|palestrantes|sprekers)(?: (?:include|includes|are|is|will be|like|such as|sind|sont|son"
    r"|sono|são|zijn))?:?)"
    r"(?: back)?(?: the| my)?(?: our(?: very)?(?: own)?| unser[en]*| notre| nuestro| nuestra| nostro"
    r"| nosso| onze)?(?: friends?| colleagues?)?\s$",
    re.IGNORECASE,
)
"""Words right before a name that announce who presents."""

JOINED = re.compile(
    r"(?:,\s(?P<own>[^,;.:!?()]{2,60}?))??(?:\s?[,;]\s?(?:and |& |und |et |y |e |en )?|\s(?:and|&|und|et|y"
    r"|e|en|as well as"
    r"|along with|sowie|ainsi que)\s)(?:also )?(?:our )?(?:(?:Prof|Dr|Ing|Mag)\.\s){0,2}"
)
"""What may stand between two names of one list."""

SHARED_VERB = re.compile(
    rf"(?:\s?[,;]\s?(?:and |& |und |et |y |e |en )?|\s(?:and|&|und|et|y|e"
    rf"|en)\s)(?P<first>[{_UPPER}][^\W\d_]{{1,20}})\s{_VERB}"
)
"""A list that goes on with one first name and the verb of all: "… ; and Eva will discuss"."""

WILL = re.compile(
    rf" (?:will {_ADVERB}(?:{_BASE}|be (?:{_GERUND}))\b"
    r"|(?:wird|werden|présentera|présenteront|parlera|hablará|presentará|presenterà|parlerà|apresentará"
    r"|falará|zal)\s)"
)
"""A verb of the future, before which a first name alone can be a person."""

FIRST_NAMES = re.compile(
    rf"(?<![\w'’])(?P<one>[{_UPPER}][^\W\d_]{{1,20}})(?: (?:and|&|und|et|y|e"
    rf"|en) (?P<two>[{_UPPER}][^\W\d_]{{1,20}}))?"
    rf"(?: (?:from|of|at|von|bei|chez|van|da|de) (?P<org>{_ORG}))?(?:,? who)?$"
)
"""One or two first names right before such a verb."""

OWNER = re.compile(
    r"(?<![\w’'])((?:[A-Z0-9][\w.&+-]*\s){0,3}[\w.&+-]*[A-Z0-9][\w.&+-]*(?:\s[a-z][\w.-]*)?)[’']s\s$"
)
"""A company that owns the name after it: "Acme’s", "F5 nginx's"."""

LAST_BEFORE = ANNOUNCING | frozenset(
    f"{word}{ending}" for word in PRESENTERS for ending in ("", "s", ":", "s:")
)
"""The last words that BEFORE can end with: a cheap look before the pattern is tried."""
