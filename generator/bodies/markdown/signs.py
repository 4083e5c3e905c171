"""Whether a text holds any of some signs: asked of every block by rules that nearly always find nothing."""

from __future__ import annotations

from collections.abc import Iterable


def holds_any(text: str, signs: Iterable[str]) -> bool:
    """Whether *text* contains one of *signs*."""
    for sign in signs:  # noqa: SIM110 - `any` takes longer than the search
        if sign in text:
            return True
    return False
