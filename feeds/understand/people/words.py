"""Owns the tables of words that tell names, roles and organisations apart: true of language, not of any post."""

from __future__ import annotations

from pathlib import Path


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _resource(name: str) -> frozenset[str]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


GIVEN = _resource("given.txt")
"""Given names met in many languages, folded. Evidence for a name, never a condition of one."""

FAMILY = _resource("family.txt")
"""Frequent family names, folded."""

PARTICLES = _words(
    "van von der den het de del della dello degli dei di da dal dalla do dos das du des la las le los"
    " bin ibn bint ben al el ul ur ter ten te tot zu zum zur vom af av y e i st. st 't 's op in't ap mac san"
)
STRONG_PARTICLES = _words("van von der den bin ibn bint ter ten zu zum zur af av al del della di da dos du")
"""Particles that hardly ever stand between two capitalised words outside a name."""

PREFIXES = ("mc", "mac", "o'", "d'", "l'", "de", "di", "da", "du", "la", "le", "van", "von", "fitz", "al", "st")
"""What may stand before a capital inside a name (McNealy, O'Brien, DeMartin)."""

TITLES = _words(
    "dr dr. prof prof. professor mr mr. mrs mrs. ms ms. mx mx. sir dame herr frau mme mme. m. mlle sr. sra. dott."
    " dott.ssa ing. ir. drs. dipl.-ing. doctor"
)
SUFFIXES = _words("jr jr. sr sr. ii iii iv phd ph.d ph.d. md esq esq. msc")

ROLES = _words(
    "engineer engineers director directors manager managers developer developers architect architects founder"
    " founders co-founder co-founders cofounder cofounders ceo cto coo cfo cio ciso cpo cmo vp svp evp president"
    " vice-president chair chairs co-chair co-chairs cochair chairman chairwoman chairperson maintainer"
    " maintainers co-maintainer contributor contributors committer committers lead leads leader leaders head"
    " officer scientist scientists researcher researchers fellow professor lecturer student students teacher"
    " analyst advocate advocates evangelist evangelists ambassador ambassadors consultant consultants author"
    " authors editor specialist technologist programmer administrator sysadmin sre designer strategist owner"
    " creator creators host hosts moderator moderators organizer organizers organiser organisers facilitator"
    " facilitators coordinator principal postdoc staff expert experts hacker hackers volunteer journalist writer"
    " attorney lawyer economist physicist intern apprentice entrepreneur investor partner member members guru"
    " panelist panelists panellist panellists speaker speakers devrel chief executive"
    # German, French, Spanish, Italian, Portuguese, Dutch
    " entwickler entwicklerin ingenieur ingenieurin geschaftsfuhrer geschaftsfuhrerin grunder grunderin leiter"
    " leiterin vorstand vorsitzender vorsitzende professorin berater beraterin forscher forscherin autorin autor"
    " ingenieure developpeur developpeuse directeur directrice fondateur fondatrice cofondateur cofondatrice"
    " responsable chercheur chercheuse mainteneur consultante ingeniero ingeniera desarrollador desarrolladora"
    " directora fundador fundadora cofundador cofundadora investigador investigadora profesor profesora"
    " ingegnere sviluppatore sviluppatrice direttore direttrice fondatore fondatrice ricercatore ricercatrice"
    " engenheiro engenheira desenvolvedor desenvolvedora diretor diretora pesquisador pesquisadora"
    " ontwikkelaar oprichter oprichtster onderzoeker directeurin hoogleraar adviseur"
)
"""Words that say what somebody does: a phrase with one is a role, not a person or an organisation."""

DEPARTMENTS = _words(
    "engineering product products marketing research development design operations technology security data"
    " infrastructure platform platforms people community sales growth education science developer cloud open"
    " software ai ml it staff devops reliability relations experience strategy architecture innovation"
)
"""What follows "director of" without being an organisation."""

CORPORATE = _words(
    "llc inc inc. ltd ltd. limited gmbh ag kg ug se sa s.a. s.a sas s.a.s. sarl s.r.l. srl spa s.p.a. bv b.v. nv"
    " n.v. e.v. ev plc corp corp. co co. ab oy as a/s aps pty llp lp ohg mbh ggmbh kk k.k. sro s.r.o. oyj asa lda"
    " s.l. sl cv"
)
"""Suffixes that belong to the organisation before them, also after a comma."""

ORGANISATION = _words(
    "university universitat universite universidad universita universidade universiteit college school institute"
    " institut instituto istituto instituut foundation stiftung fondation fundacion bank banks bank's labs lab"
    " laboratory laboratories group gruppe groupe corporation company systems technologies technology software"
    " solutions consulting networks network services partners ventures capital media studio studios academy"
    " association verein society union alliance consortium council ministry department agency centre center"
    " hospital library museum press digital security insurance airlines motors energy telecom telekom pharma"
    " robotics games interactive international global holdings industries enterprise enterprises community"
    " project projects team clinic authority commission federation parliament government collective cooperative"
    " polytechnic eth mit cern nasa ibm sap aws cncf usa"
)

FUNCTION = _words(
    "the a an and or but of for in on at to into onto over under about with without within from by as is are was"
    " were be been being it its it's this that these those there here how what why when where who whom whose which"
    " we you they he she i me my our your their his her us them not no yes do does did done can could would"
    " should shall might must has have had if then than so such all any some each every both either more most"
    " less least other another new first last next own same very just only also too up down out off back again"
    " via per vs versus beyond between through across against among toward towards after before during since"
    " until while because let let's get getting got go going goes make makes making made use using used uses"
    " build building builds run running runs come coming join see meet meets take takes taking give gives giving"
    " hear find say says said think know known want need needs needed learn learning look looks keep keeps bring"
    " show shows showing tell talk talks try good better best-practice great many much few several lots lot"
    " der die das ein eine einen einem einer und oder mit ohne fur auf aus bei nach uber unter vor zwischen wie"
    " warum wer wo wann ist sind wird werden nicht auch noch nur im am zum zur vom beim als wenn dass"
    " le les un une des aux dans pour par sur sous avec sans est sont et ou mais comment pourquoi quand qui que"
    " quoi ce cette ces nos notre votre leur au vers chez"
    " el los las una unos unas para por con sin sobre entre como que cuando donde quien es son y o pero su sus"
    " nuestro nuestra lo al"
    " il gli uno nel nella nei sul sulla per tra fra come perche quando dove chi cosa sono nostro nostra"
    " um uma os as na nos nas pelo pela com sem sobre porque onde quem nosso nossa ao"
    " het een of voor naar met zonder op uit bij hoe waarom wie wat wanneer zijn wordt niet ook onze"
)
"""Words that hold sentences together: never a part of a name when they stand in it as whole words."""

NAMEABLE = _words("will may do don art su al el la le as my an lo can en na li bo no he she you so")
"""Function words that, capitalised, can be a name as well."""

_THINGS = (
    # computing
    "cloud native kubernetes linux docker container containers containerd cluster clusters service services mesh"
    " serverless server servers web website webassembly wasm api apis app apps application applications data"
    " database databases code coding source open platform platforms system systems interface component components"
    " module modules plugin plugins pipeline pipelines deployment deployments deploy workload workloads policy"
    " policies security secure secrets supply chain observability telemetry tracing metrics logs logging"
    " monitoring performance scale scaling scalable edge storage network networking traffic proxy gateway ingress"
    " runtime kernel compiler language languages framework frameworks library libraries package packages release"
    " releases version update updates upgrade upgrades migration migrations automation testing test tests"
    " debugging chaos engineering developer developers devops gitops finops platform infrastructure machine"
    " intelligence artificial model models agent agents agentic learning deep neural stream streams streaming"
    " queue event events driven architecture design pattern patterns protocol standard standards specification"
    " hardware software firmware driver drivers virtual machines desktop mobile browser cache memory multi"
    " hybrid distributed federated fast real time modern simple easy hard live full stack zero trust identity"
    " access control plane feature features flag flags function functions tools tool toolkit sdk cli operator"
    " operators controller controllers registry image images build builds git github gitlab google microsoft"
    " amazon azure apache mozilla debian ubuntu fedora suse oracle cisco intel nvidia samsung huawei alibaba"
    " postgres postgresql mysql mongodb redis kafka python rust golang javascript typescript java ruby perl php"
    " prometheus grafana istio envoy helm argo flux knative cilium jenkins terraform ansible spark hadoop"
    # gatherings
    " conference summit day days week weekend month year meetup camp fest festival con hackathon hackfest"
    " workshop workshops tutorial tutorials keynote keynotes session sessions panel panels talk talks lightning"
    " poster demo demos booth booths kiosk pavilion hall room stage track tracks theater theatre theme welcome"
    " opening closing remarks introduction intro overview outlook agenda schedule program programme break lunch"
    " coffee dinner breakfast reception party networking social registration doors contribfest unconference"
    " office hours webinar livestream recording slides video discussion discussions questions answers"
    " conclusion wrap summary announcement awards ceremony deep-dive dive case study studies story stories"
    " lessons learned guide journey success future past present state adoption practice practices principles"
    " tips tricks basics fundamentals advanced beginner beginners experience experiences challenges challenge"
    " working group groups sig tag committee board governance maintainers contributors user users community"
    " communities team teams project projects ecosystem industry business enterprise production customer customers"
    " details here more info information link links hello world human humans people things thing"
    # common nouns and adjectives that make company and product names
    " red blue green black white gold silver orange second state hat star sun moon sky sea ocean river bridge"
    " road street tower castle house home city north south east west central united national international global"
    " european european american digital smart green clean early late big small long short high low next"
    " general public private social free young old rock stone light dark fire water air earth metal iron steel"
    " octopus python elephant lion tiger bear wolf fox eagle panda penguin dragon apple banana cherry lemon"
    " power energy engine motor space rocket ship boat train car drive flow wave signal pulse spring summer autumn"
    " winter morning afternoon evening night today tomorrow tonight weekly monthly annual daily"
    " one two three four five six seven eight nine ten hundred thousand million third fourth fifth"
    " research science university school education health care finance money bank market trade law policy"
    " plus pro max prime core base point line box kit hub lab labs works studio spaces"
    " king prince queen page field park hill mark price best rich hope grace joy bill chase grant case cook brown"
    # days and months
    " monday tuesday wednesday thursday friday saturday sunday january february march april june july august"
    " september october november december spring"
    " montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar marz mai juni juli oktober"
    " dezember lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril juin juillet aout"
    " septembre octobre novembre decembre lunes martes miercoles jueves viernes sabado domingo enero febrero marzo"
    " abril mayo junio julio agosto septiembre octubre noviembre diciembre lunedi martedi mercoledi giovedi"
    " venerdi domenica gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre segunda terca"
    " quarta quinta sexta janeiro fevereiro marco maio junho julho setembro outubro dezembro maandag dinsdag"
    " woensdag donderdag vrijdag zaterdag zondag januari februari maart mei augustus"
    # conference words in the other languages
    " einfuhrung begrussung eroffnung vortrag vortrage pause mittagspause abschluss sicherheit entwicklung"
    " datenbank datenbanken architektur zukunft werkstatt atelier conference conferences presentation accueil"
    " ouverture cloture dejeuner securite donnees developpement logiciel logiciels introduccion bienvenida"
    " apertura clausura charla taller seguridad datos desarrollo gestion introduzione benvenuto pranzo sicurezza"
    " dati sviluppo gestione introducao boas-vindas abertura encerramento palestra oficina seguranca dados"
    " desenvolvimento gestao inleiding welkom opening afsluiting beveiliging ontwikkeling gegevens"
)
THINGS = _words(_THINGS)
"""Ordinary words of titles, products and companies: a phrase with one is not a name unless names hold it up."""

PLACES = _words(
    "paris austin london sydney florence milan vienna berlin lima madison jackson dallas houston madrid roma rome"
    " cairo india china asia kenya africa america europe carolina georgia virginia victoria alexandria lyon"
    " brooklyn phoenix denver jordan israel salvador santiago san los santa saint sierra orlando diego angeles"
    " york francisco barcelona amsterdam brussels lisbon dublin oslo stockholm copenhagen helsinki tokyo seoul"
    " singapore beijing shanghai delhi mumbai bangalore boston chicago seattle portland atlanta vancouver toronto"
    " montreal mexico brazil brasil spain france germany italy portugal netherlands belgium austria switzerland"
    " sweden norway denmark finland poland ireland scotland england wales kingdom states texas california ohio"
    " washington oregon colorado florida arizona nevada valencia munich hamburg cologne zurich geneva prague"
    " warsaw budapest athens istanbul dubai nairobi lagos accra japan korea vietnam thailand canada australia"
    " zealand argentina chile peru colombia turkey greece russia ukraine utah salt lake las vegas hong kong tel"
    " aviv cape rio buenos aires sao paulo porto sevilla malaga bilbao torino firenze venezia"
)
PRODUCTS = _words(
    "julia ruby crystal pascal ada jade meta nova alexa siri cassandra travis hudson jenkins django phoenix"
    " gatsby jupyter maven gradle kong harbor ceph claude gemini watson swift dart kotlin scala haskell elixir"
    " erlang clojure"
)
"""Given names that technology took: alone they are no evidence for a person."""

DEPARTING = ("tion", "tions", "ment", "ments", "ness", "ware", "ability", "ibility", "ities", "less", "ology")
"""Endings of abstract nouns, which names hardly ever have."""
