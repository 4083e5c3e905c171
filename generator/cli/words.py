"""How commands word what they found."""

from __future__ import annotations

import os
from collections.abc import Iterable

import click

from generator.errors import Problem


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def echo_warnings(warnings: Iterable[Problem]) -> None:
    for problem in warnings:
        click.secho(str(problem), fg="yellow", err=True, color=False if os.environ.get("NO_COLOR") else None)
