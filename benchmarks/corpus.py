"""A site of many posts for benchmarks, the same everywhere: the seed's structure and size, other facts."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

SEED = Path(__file__).parent.parent / "posts" / "2024-03-14-two-conferences-one-week.md"
SIZE = 12_000
"""Bytes of a post."""


def write_posts(folder: Path, *, count: int) -> None:
    """`count` posts, the same on every machine."""
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"2024-{number:05}-on-the-road.md").write_text(post(number), encoding="utf-8")


def post(number: int) -> str:
    """One post: the project's own, with the facts of others."""
    dice = random.Random(number)  # noqa: S311 - for variety, not for secrets
    weeks = timedelta(weeks=dice.choice([-9, -8, -7, -6, -5, 0, 1, 4, 5, 8, 9, 12, 26, 27, 30, 31, 34, 35]))
    text = SEED.read_text(encoding="utf-8")
    style = dice.choice(_STYLES)
    text = _DAY.sub(lambda found: moved(found, weeks, style), text)
    text = _URL.sub(lambda found: f"{found[0]}{'&' if '?' in found[0] else '?'}n={number}", text)
    published = date(2024, 3, 14) + weeks
    text = text.replace("date: 2024-03-14T09:00:00+01:00", f"date: {published}T09:00:00+01:00")
    if date(2024, 3, 31) <= published < date(2024, 10, 20):
        text = text.replace("CET", "CEST").replace("+01:00", "+02:00")
    for old, new in renamed(dice, number):
        text = text.replace(old, new)
    return padded(text, dice)


def moved(found: re.Match[str], weeks: timedelta, style: str) -> str:
    """A day, or days in a row, some weeks later: the weekday stays."""
    first = date(2024, 3, int(found[2])) + weeks
    last = first + timedelta(days=int(found[3] or found[2]) - int(found[2]))
    weekday = f"{found[1]}, " if found[1] else ""
    if first.month != last.month:
        return f"{weekday}{first.day} {first:%B} - {last.day} {last:%B}"
    days = f"{first.day}" if first == last else f"{first.day}-{last.day}"
    return style.format(weekday=weekday, day=days, month=f"{first:%B}")


def renamed(dice: random.Random, number: int) -> Iterator[tuple[str, str]]:
    """Old and new titles, and names of conferences, cities, people and organisations."""
    for title in _TITLES:
        nouns = " and ".join(dice.sample(NOUNS, 2))
        yield (
            title,
            f"{dice.choice(VERBS)} {nouns} {dice.choice(('with', 'for', 'in'))} {dice.choice(TOPICS)}",
        )
    one, two = dice.sample(CITIES, 2)
    big = f"{SYLLABLES[number % 20]}{dice.choice(ENDINGS)}Con"
    yield "WASM I/O", f"{dice.choice(SYLLABLES)}{ENDINGS[number % 16]} {dice.choice(FORMS)}"
    yield "KubeCon + CloudNativeCon EU", big
    yield "KubeCon EU", big
    yield "Barcelona", one
    yield "Paris", two
    for person in _PEOPLE:
        given, family = dice.choice(GIVEN), dice.choice(FAMILY)
        yield person, f"{given} {family}"
        yield f"{person.split()[0]} ", f"{given} "
    for organisation in ("Cosmonic", "Fastly", "Shopify", "Orange", "MachineMetrics, LLC", "Second State"):
        yield organisation, dice.choice(ORGANISATIONS)


def padded(text: str, dice: random.Random) -> str:
    """More to read below each session, until the post has the seed's size."""
    paragraphs = text.split("\n\n")
    plain = [at for at, one in enumerate(paragraphs) if one[:1] not in ("#", "-") and at > 1]
    size = len(text.encode())
    while size < SIZE:
        aside = dice.choice(ASIDES).format(noun=dice.choice(NOUNS).lower())
        paragraphs[dice.choice(plain)] += f" {aside}"
        size += len(aside.encode()) + 1
    return "\n\n".join(paragraphs)


def _words(text: str) -> list[str]:
    return text.split("|")


PEOPLE = SEED.parent.parent / "feeds" / "understand" / "people"
GIVEN, FAMILY = (
    [name.capitalize() for name in (PEOPLE / file).read_text(encoding="utf-8").split() if name.isalpha()]
    for file in ("given.txt", "family.txt")
)
SYLLABLES = _words("Zor|Vel|Tam|Nim|Kor|Bri|Sal|Mar|Dun|Fen|Lor|Pax|Rho|Ter|Ulm|Var|Wel|Yar|Gal|Hes")
ENDINGS = _words("vik|dale|ron|mere|stan|bury|holt|wick|gate|ford|ham|mont|ville|dorf|stad|havn")
ORGANISATIONS = _words(
    "Lighthouse Software|Northwind Labs|Quarrystone|Blue Heron|Tidewater Systems|Fernhill|"
    "Redcap Data|Oakline|Halfmoon Robotics|Saltmarsh"
)
TOPICS = _words(
    "Rust|Postgres|Kafka|GraphQL|Kubernetes|Observability|Django|eBPF|Quantum|Robotics|"
    "Accessibility|Privacy|Terraform|Swift|Kotlin|Elixir|Haskell|Zig"
)
FORMS = _words("Conf|Summit|Days|Con|World|Forum|Congress|Week")
CITIES = _words(
    "Berlin|Vienna|Amsterdam|Copenhagen|Madrid|Rome|Milan|Prague|Warsaw|Stockholm|Oslo|"
    "Zurich|Brussels|Budapest|Munich|Hamburg|Barcelona|Paris|Lyon|Valencia"
)
NOUNS = _words(
    "Pipelines|Schemas|Queues|Sandboxes|Compilers|Clusters|Sensors|Ledgers|Caches|Protocols|"
    "Interfaces|Gateways|Streams|Indexes"
)
VERBS = _words(
    "Taming|Testing|Shipping|Tracing|Migrating|Securing|Explaining|Scaling|Measuring|"
    "Teaching|Rewriting|Composing"
)
ASIDES = [
    "Bring a question; the best ones about {noun} have changed our roadmap before.",
    "There is a recording of last year's edition, and it is still worth an evening.",
    "The first ten minutes on {noun} assume nothing, the last ten assume that you were awake in the first.",
    "Whoever runs something like this in production will recognise each of the mistakes with {noun}.",
    "Nothing in it is a product pitch, and all of the {noun} are open source.",
    "We rehearsed it twice, and the second time the live part worked.",
    "The slides on {noun} will be linked here once the speakers have slept.",
    "It builds on what the community wrote down about {noun} over the winter, with measurements this time.",
    "If the room is full, the corridor track afterwards is where the answers are.",
    "Expect {noun}, small examples, real numbers and one story that did not end well.",
]
_DAY = re.compile(r"(?:(\w+day),? )?(\d{1,2})(?:-(\d{1,2}))?(?:st|nd|rd|th)? March")
_URL = re.compile(r"https://[^)\s]+")
_TITLES = (
    "Mind the Gap Between the Wasm Future and the Present",
    "Wasm Warriors: Conquering Real-World Problems in Production",
    "Components, WebAssembly’s Docker’s Moment",
    "Choosing Customizability and Distributing Dependencies with Wasm Components",
    "Edge Evolution: Orange's Edge Strategy with WebAssembly & CNCF wasmCloud",
    "WebAssembly on the Factory Floor: Efficient and Secure Processing of High Velocity Machine Data",
    "GitOps for the Edge: Delivering WebAssembly with Argo CD",
    "Observability at the Edge: Instrumenting WebAssembly with OpenTelemetry",
    "Assembling a Bigger Band: Backstage Plugins in Any Language with WebAssembly",
    "Declarative WebAssembly Orchestration for Cloud Native Applications",
    "Building the distributed applications of the future with wasmCloud",
    "Cloud Native WebAssembly and How to Use It",
)
_STYLES = ("{weekday}{day} {month}", "{weekday}{month} {day}")
_PEOPLE = ("Taylor Thomas", "Nigel Poulton", "Daniel Caballero", "Oscar Spencer", "Saúl Cabrera",
           "Bailey Hayes", "Yann Cardon", "Jochen Rau", "Tyler Schoppe", "Dan Norris", "Joonas Bergius",
           "Victor Adossi", "Brooks Townsend", "Michael Yuan", "Liam Randall")  # fmt: skip
