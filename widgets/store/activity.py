"""Owns how much was contributed in a span of days: counts for editors' reports, without a word or a hash of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """From one day (YYYY-MM-DD) to the day before another one; `since` and `until` are their midnights (seconds, UTC)."""

    first: str
    end: str
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Activity:
    """What stands in the store of a span: what was taken back since does not count.

    `votes`: poll → rows, of all its versions. `reactions`: thread → people who reacted there. `comments`: thread → posts
    that everybody sees. `writers`: condition → how many people wrote those. `responses`: survey → rows.
    """

    votes: Mapping[str, int] = field(default_factory=dict)
    reactions: Mapping[str, int] = field(default_factory=dict)
    comments: Mapping[str, int] = field(default_factory=dict)
    writers: Mapping[str, int] = field(default_factory=dict)
    responses: Mapping[str, int] = field(default_factory=dict)
