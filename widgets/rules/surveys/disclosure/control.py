"""Owns the strength of the disclosure control, each part of which can be switched off to see that it is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

Draw: TypeAlias = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Control:
    """`k`: fewer people are not shown, nor make a difference between two publications. `base`: numbers are multiples of it, off
    by less than two of it. `least`: no number below it is shown but 0. `own`: so many answers may be the attacker's.

    Parts: all numbers are those of one imagined community (`joined`); of two numbers one is kept back where own answers may be
    most of what lies between (`nested`); none is kept back alone (`company`), and a true 0 may be the second (`zeros`); all is
    published again or nothing (`changes`); a number stays where nobody came or went (`steady`).
    """

    k: int = 11
    base: int = 5
    least: int = 15
    own: int = 20
    joined: bool = True
    nested: bool = True
    company: bool = True
    zeros: bool = True
    changes: bool = True
    steady: bool = True

    @property
    def farthest(self) -> int:
        """How far from the truth a number may be."""
        return 2 * self.base - 1


CONTROL: Final = Control()
