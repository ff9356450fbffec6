"""Owns what this room tells authors, in words and with the line to paste."""

from __future__ import annotations

from collections.abc import Sequence

from feeds.diagnostics import Diagnostic, Severity
from feeds.model import Event, Session
from feeds.revisions.matching import Doubt
from feeds.revisions.record import Record, SessionEntry


def ambiguous(doubt: Doubt) -> Diagnostic:
    """A session that could as well be another one that was published before."""
    chosen, other = doubt.chosen, doubt.other
    title = doubt.session.title
    if chosen.revision.uid == other.revision.uid:
        return _at(
            doubt.session,
            rule="ambiguous-identity",
            severity=Severity.WARNING,
            message=f"`{title}` may be {_published(chosen)}, published before; another session may as well",
            help_=f"if it is that one, write `uid: {chosen.revision.uid}` here",
        )
    return _at(
        doubt.session,
        rule="ambiguous-identity",
        severity=Severity.WARNING,
        message=f"`{title}` could be {_published(chosen)} or {_published(other)}, both published before",
        help_=f"for the first write `uid: {chosen.revision.uid}` here, else `uid: {other.revision.uid}`",
    )


def _published(entry: SessionEntry) -> str:
    start = entry.session.start
    return f"`{entry.session.title}` of {str(start)[:16]}" if start else f"`{entry.session.title}`"


def uid_twice(subject: Session | Event) -> Diagnostic:
    """A UID that something else owns already."""
    return _at(
        subject,
        rule="invalid-value",
        severity=Severity.ERROR,
        message=f"`uid: {subject.uid}` is written twice, and two entries of a calendar cannot share it",
        help_="remove this one, or give it a UID of its own",
    )


def uid_unfit(subject: Session | Event) -> Diagnostic:
    """A UID that some calendar could not hold."""
    return _at(
        subject,
        rule="invalid-value",
        severity=Severity.ERROR,
        message=f"`uid: {(subject.uid or '')[:40]}` cannot be kept by every calendar",
        help_="use at most 191 letters, digits and `-._@:`",
    )


def mass_cancellation(entries: Sequence[SessionEntry], *, record: Record, of: int) -> Diagnostic:
    """More than half of everything vanished at once."""
    names = ", ".join(f"`{entry.session.title}`" for entry in entries[:3])
    return Diagnostic(
        path=record.path,
        line=1,
        column=1,
        end_line=1,
        end_column=1,
        severity=Severity.ERROR,
        rule="mass-cancellation",
        message=f"{len(entries)} of {of} published sessions are gone from the posts at once: {names} …",
        help="nothing was cancelled; if it is meant, run `feeds record --yes`",
    )


def _at(subject: Session | Event, *, rule: str, severity: Severity, message: str, help_: str) -> Diagnostic:
    line = subject.line if isinstance(subject, Session) else 1
    return Diagnostic(
        path=subject.posts[0] if subject.posts else "",
        line=line,
        column=1,
        end_line=line,
        end_column=1,
        severity=severity,
        rule=rule,
        message=message,
        help=help_,
    )
