"""Owns the run of the specification: each post means what a careful reader takes from it, no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.compile import compile_posts
from feeds.diagnostics import RULES
from feeds.settings import load_settings
from tests.spec.agenda import agenda_of, findings_of
from tests.spec.cases import Case, all_cases, not_yet

CASES = all_cases()
NOT_YET = not_yet()
# What no post can cause: the folder, the disk, the size of feeds, and what was published before.
ELSEWHERE = {
    "outside-posts", "unreadable-post", "no-posts", "feed-too-large",
    "ambiguous-identity", "mass-cancellation", "stale-record", "damaged-record",
}  # fmt: skip


def _parameter(case: Case) -> object:
    reason = NOT_YET.get(case.name)
    # Strict: whoever teaches the reader to understand a case takes it off the list.
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", [_parameter(case) for case in CASES])
def test_post_means_what_a_careful_reader_takes_from_it(case: Case, tmp_path: Path) -> None:
    posts = case.write(tmp_path)
    settings, _ = load_settings(tmp_path, environ={})
    compiled = compile_posts(posts, settings=settings)
    told = f"{agenda_of(compiled.schedule)}\n\n{findings_of(compiled.diagnostics, files=list(case.posts))}"
    assert told == f"{case.agenda}\n\n{case.findings}"


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_case_is_whole(case: Case) -> None:
    assert (bool(case.posts), case.agenda is None, bool(case.text)) == (True, False, True)


def test_names_of_cases_are_unique() -> None:
    names = [case.name for case in CASES]
    assert sorted(set(names)) == sorted(names)


def test_list_of_what_is_not_understood_yet_names_cases() -> None:
    assert sorted(set(NOT_YET) - {case.name for case in CASES}) == []


def test_every_rule_that_a_post_can_cause_has_a_case() -> None:
    told = {line.split()[-1] for case in CASES for line in case.findings.splitlines()}
    assert sorted(set(RULES) - told - ELSEWHERE) == []
