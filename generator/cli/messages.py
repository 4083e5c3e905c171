"""How commands print counts, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def told_left_out(left_out: Mapping[str, int]) -> str:
    """One line about the articles without a page; empty where there are none."""
    counts = ", ".join(
        count(number, "draft") if status == "draft" else f"{number:,} {status}"
        for status, number in left_out.items()
    )
    return f"Left out: {counts} (`--drafts` shows them)." if counts else ""
