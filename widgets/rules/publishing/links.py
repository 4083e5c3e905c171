"""Owns how many links a text may hold before a person reads it first."""

from __future__ import annotations

from typing import Final

from widgets.rules.publishing.draft import Draft, Finding

MOST_LINKS: Final = 2


def links(draft: Draft) -> Finding | None:
    return Finding("links", 2) if draft.links > MOST_LINKS else None
