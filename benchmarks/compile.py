"""Compiling a site of many posts: cold, with nothing changed and with one post changed, beside bare parsers.

    python benchmarks/compile.py [--posts N] [--rounds N] [--stages] [--profile]

Every time is CPU time of this process, without the interpreter's start. The posts are made here, the same
on every run: the seed's structure and size, with other conferences, cities, weeks, people and titles.
"""

from __future__ import annotations

import argparse
import cProfile
import importlib.util
import pstats
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import pyromark
from corpus import SIZE, write_posts

import feeds.compile.site as pipeline
from feeds.compile import Compiled, Site
from feeds.settings import Settings

SETTINGS = Settings(title="Benchmark", base_url="https://feeds.example.org")


def main() -> None:
    """Print medians and ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--stages", action="store_true", help="the share of each stage of a cold compile")
    parser.add_argument("--profile", action="store_true", help="the functions that a cold compile spends on")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        posts = Path(name) / "posts"
        write_posts(posts, count=given.posts)
        if given.profile:
            profile(posts)
        elif given.stages:
            tell_stages(posts)
        else:
            tell([measured(posts, number) for number in range(given.rounds)], count=given.posts)


def measured(posts: Path, number: int) -> dict[str, float]:
    """Seconds of CPU of one round."""
    catalog = posts.parent / f"catalog-{number}"
    texts = [path.read_text(encoding="utf-8") for path in sorted(posts.iterdir())]
    seconds = {"pyromark, parsing alone": spent(lambda: [pyromark.events(text) for text in texts])}
    if importlib.util.find_spec("markdown_it"):
        from markdown_it import MarkdownIt  # noqa: PLC0415 - a peer that need not be installed

        parser = MarkdownIt("commonmark")
        some = texts[:50]
        share = len(texts) / len(some)
        seconds["markdown-it-py, parsing alone"] = share * spent(
            lambda: [parser.parse(text) for text in some]
        )
    forget()
    site = Site(posts, settings=SETTINGS, catalog=catalog)
    seconds["cold"] = spent(site.compile)
    seconds["nothing changed, anew"] = spent(Site(posts, settings=SETTINGS, catalog=catalog).compile)
    seconds["nothing changed, watching"] = spent(site.compile)
    changed = [spent_on_change(posts, site, at) for at in range(5)]
    seconds["one post changed"] = median(changed)
    return seconds


def spent_on_change(posts: Path, site: Site, number: int) -> float:
    """Seconds for one post whose first session was moved by five minutes and whose prose got a word."""
    path = sorted(posts.iterdir())[number * 7 % len(list(posts.iterdir()))]
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("14:40", "14:35") + f"\n\nChanged {number}.\n", encoding="utf-8")
    seconds = spent(site.compile)
    path.write_text(before, encoding="utf-8")
    site.compile()
    return seconds


def spent(work: Callable[[], object]) -> float:
    """Seconds of CPU."""
    start = time.process_time()
    work()
    return time.process_time() - start


def forget() -> None:
    """Empty every cache of the program, so that a second round is as cold as the first."""
    import gc  # noqa: PLC0415
    from functools import _lru_cache_wrapper  # noqa: PLC0415

    for found in gc.get_objects():
        if isinstance(found, _lru_cache_wrapper) and (found.__module__ or "").startswith("feeds."):
            found.cache_clear()
    gc.collect()


def tell(rounds: list[dict[str, float]], *, count: int) -> None:
    """Medians, and medians of the ratios within each round."""
    print(f"{count:,} posts of {SIZE / 1000:.0f} kB and 13 sessions, CPU, median of {len(rounds)}")
    print(f"{'':32}{'seconds':>9}{'ms a post':>11}{'÷ cold':>9}{'cold ÷ it':>11}")
    for what in rounds[0]:
        seconds = median(one[what] for one in rounds)
        ratio = median(one[what] / one["cold"] for one in rounds)
        print(f"{what:32}{seconds:9.3f}{seconds / count * 1000:11.3f}{ratio:9.3f}{1 / ratio:11.1f}")


STAGES = (
    "list_posts", "read_bytes", "read_post", "understand", "link", "revise", "publish", "follow",
    "write_catalog",
)  # fmt: skip


def tell_stages(posts: Path) -> None:
    """CPU of each stage of a cold compile and of one after a change."""
    site = Site(posts, settings=SETTINGS, catalog=posts.parent / "catalog")
    with staged() as cold:
        whole = spent(site.compile)
    path = sorted(posts.iterdir())[3]
    path.write_text(path.read_text(encoding="utf-8") + "\n\nOne more line.\n", encoding="utf-8")
    with staged() as changed:
        again = spent(site.compile)
    print(f"{'':16}{'cold s':>9}{'changed s':>11}")
    for stage in STAGES:
        print(f"{stage:16}{cold[stage]:9.3f}{changed[stage]:11.3f}")
    print(f"{'all':16}{whole:9.3f}{again:11.3f}")


@contextmanager
def staged() -> Iterator[dict[str, float]]:
    """Count the time within each stage of the pipeline, as the pipeline calls them."""
    seconds = dict.fromkeys(STAGES, 0.0)
    kept = {stage: getattr(pipeline, stage) for stage in STAGES}

    def timed(stage: str, work: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **named: object) -> object:
            start = time.process_time()
            try:
                return work(*args, **named)
            finally:
                seconds[stage] += time.process_time() - start

        return call

    for stage, work in kept.items():
        setattr(pipeline, stage, timed(stage, work))
    try:
        yield seconds
    finally:
        for stage, work in kept.items():
            setattr(pipeline, stage, work)


def profile(posts: Path) -> Compiled:
    """Print what a cold compile spends its time on."""
    site = Site(posts, settings=SETTINGS, catalog=posts.parent / "catalog")
    with cProfile.Profile() as found:
        compiled = site.compile()
    pstats.Stats(found).sort_stats("tottime").print_stats(45)
    return compiled


if __name__ == "__main__":
    main()
