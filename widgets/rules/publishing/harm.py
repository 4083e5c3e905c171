"""Owns what becomes of a text that harms its readers: it waits, and somebody is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from widgets.rules.harm import Kind
from widgets.rules.publishing.draft import Draft, Finding

# Its own reason for each: the answer to their writer, and the page of rules that it leads to, differ.
REASONS: Final[Mapping[Kind, str]] = {
    "incitement": "incitement",
    "pact": "pact",
    "method": "method-shared",
}


def harm(draft: Draft) -> Finding | None:
    return Finding(REASONS[draft.harm.kind], 7, alert="coalesced") if draft.harm is not None else None
