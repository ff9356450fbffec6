"""Owns small pieces of English: numbers of things, and spans of days."""

from __future__ import annotations

from datetime import date


def counted(number: int, noun: str) -> str:
    """`1 post`, `2 posts`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def days_in_words(first: date, last: date) -> str:
    """`19-22 March 2024`, both days inclusive; only what differs is said twice."""
    end = f"{last.day} {last:%B %Y}"
    if first >= last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    start = f"{first.day} {first:%B}" if first.year == last.year else f"{first.day} {first:%B %Y}"
    return f"{start} – {end}"
