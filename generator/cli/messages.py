"""How commands print counts and warnings."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

import click

from generator.cli.typed import as_typed
from generator.ground.errors import Problem


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def told_left_out(left_out: Mapping[str, int]) -> str:
    """One line about the articles without a page; empty where there are none."""
    counts = ", ".join(
        count(number, "draft") if status == "draft" else f"{number:,} {status}"
        for status, number in left_out.items()
    )
    return f"Left out: {counts} (`--drafts` shows them)." if counts else ""


def echo_warnings(warnings: Sequence[Problem]) -> None:
    """Print warnings, many of one cause as a group."""
    if warnings:
        from generator.cli.grouped import shortened

        text = as_typed(shortened(warnings))
        click.secho(text, fg="yellow", err=True, color=False if os.environ.get("NO_COLOR") else None)
