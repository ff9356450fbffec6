"""Owns scopes that stand side by side and say one thing: a title and its time, a run of labelled facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from feeds.understand.labels import find_label
from feeds.understand.line_kinds import whole_mark
from feeds.understand.outline import Scope, as_time, is_bare_time
from feeds.understand.rooms import is_bare_room


def paired(scopes: Sequence[Scope]) -> Iterator[Scope]:
    """A title and the bare time beside it become one scope, whichever comes first; so do labelled lines."""
    time_first = _bare_time_first(scopes)
    pending: Scope | None = None
    for scope in with_facts(joined_labels(scopes)):
        if pending is None:
            pending = scope
        elif not time_first and _bare_time(scope) and _untimed_title(pending):
            body = [*pending.body, as_time(scope), *scope.body]
            pending = replace(pending, body=body)
        elif (
            time_first
            and not pending.body
            and not only_labels(pending)
            and _bare_time(pending)
            and _untimed_title(scope)
        ):
            pending = replace(scope, body=[as_time(pending), *scope.body])
        else:
            yield pending
            pending = scope
    if pending is not None:
        yield pending


def with_facts(scopes: Iterable[Scope]) -> Iterator[Scope]:
    """Bullets, of which the ones behind a bold title are its time and its room, as one."""
    title: Scope | None = None
    for scope in scopes:
        if title is not None and _is_fact_of(scope, title):
            title = replace(title, body=[*title.body, as_time(scope)])
            continue
        if title is not None:
            yield title
        title = scope
    if title is not None:
        yield title


def _is_fact_of(scope: Scope, title: Scope) -> bool:
    """Whether a bullet is only the time or the room of the bold title that its list begins with."""
    if scope.kind != "item" or scope.body or title.kind != "item" or not title.lines or title.facts.timed:
        return False
    if not whole_mark(title.lines[0], "strong"):
        return False
    told = any(child.facts.timed for child in title.body)
    rooms = bool(scope.facts.texts) and all(is_bare_room(part.text) for part, _ in scope.facts.texts)
    return (is_bare_time(scope) and not told) or (rooms and not scope.facts.moments)


def joined_labels(scopes: Sequence[Scope]) -> Iterator[Scope]:
    """Neighbours that are nothing but labelled facts say them of one thing, up to the next title."""
    run: list[Scope] = []
    for at, scope in enumerate(scopes):
        named = at + 1 < len(scopes) and _names_what_follows(scope, scopes[at + 1])
        labels = named or only_labels(scope)
        if run and (not labels or named or "title" in scope.facts.labelled):
            yield _one(run)
            run = []
        if labels:
            run.append(scope)
        else:
            yield scope
    if run:
        yield _one(run)


def _names_what_follows(scope: Scope, after: Scope) -> bool:
    """Whether "Talk: …" is a title because the next line is who speaks or when ("Speaker: …")."""
    if scope.kind not in ("text", "item", "lead") or scope.body or len(scope.lines) != 1:
        return False
    label = find_label(scope.lines[0].text)
    return (
        label is not None
        and label.kind == "title"
        and only_labels(after)
        and bool(_SAID & after.facts.labelled.keys())
    )


_SAID = frozenset({"who", "when"})


def _one(run: Sequence[Scope]) -> Scope:
    first, *others = run
    return replace(first, lines=tuple(line for one in run for line in one.lines)) if others else first


def only_labels(scope: Scope) -> bool:
    """Whether lines are nothing but labelled facts ("When: …", "Where: …"), with nothing below."""
    if scope.kind not in ("text", "item", "lead") or scope.body:
        return False
    return bool(scope.facts.labelled) and not scope.facts.texts


def _bare_time(scope: Scope) -> bool:
    """A lead that is a time, perhaps with a room, but no title."""
    return scope.kind in ("lead", "text", "section") and is_bare_time(scope)


def _untimed_title(scope: Scope) -> bool:
    """A heading or a lead with words, and no time in it or right below it."""
    if scope.kind not in ("lead", "section") or not scope.facts.texts or scope.facts.timed:
        return False
    return not any(child.facts.timed for child in scope.body)


def _bare_time_first(scopes: Sequence[Scope]) -> bool:
    """Whether in this run of siblings the time comes before the title it belongs to."""
    for scope in scopes:
        if _bare_time(scope):
            return not only_labels(scope)
        if _untimed_title(scope):
            return False
    return False
