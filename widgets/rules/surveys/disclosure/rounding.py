"""Owns random rounding: one number, and numbers that add to a total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from widgets.rules.surveys.disclosure.control import Draw

_TRIES: Final = 24
_FINE: Final = 1 << 32
_STIRRED: Final = 4  # one number of so many is moved by a base before it is rounded


class Dice:
    """Numbers that nobody else can know, the same for the same label."""

    def __init__(self, draw: Draw, *label: object) -> None:
        self._draw = draw
        self._label = "\n".join(map(str, label))
        self._thrown = 0

    def below(self, bound: int) -> int:
        self._thrown += 1
        return int.from_bytes(self._draw(f"{self._label}\n{self._thrown}")[:16], "big") % bound


def round_one(count: int, base: int, dice: Dice) -> int:
    """A multiple of the base, at most `2 * base - 1` from the count, right in the mean; 0 stays 0."""
    stirred = dice.below(2 * _STIRRED)
    if count >= 2 * base and stirred < 2:
        count += base if stirred else -base
    return (count + dice.below(base)) // base * base


def split(
    total: int, counts: Sequence[int], base: int, dice: Dice, kept: Mapping[int, int] | None = None
) -> list[int]:
    """`total`, a multiple of the base, in multiples of it, one for each count and near it; 0 stays 0.

    In the mean over the draws each is its count's share of the total. `kept` are those, by position, that are to stay
    as they are, where that can be.
    """
    kept = kept or {}
    rest = [at for at in range(len(counts)) if at not in kept]
    left = total - sum(kept.values())
    if left < 0 or (left > 0 and not any(counts[at] for at in rest)):
        rest, left, kept = list(range(len(counts))), total, {}
    best: list[int] = []
    for _ in range(_TRIES):
        shares = _shares(left, [counts[at] for at in rest], base, dice)
        if not best or _farthest(shares, rest, counts) < _farthest(best, rest, counts):
            best = shares
        if _farthest(best, rest, counts) < 2 * base:
            break
    found = {**kept, **dict(zip(rest, best, strict=True))}
    return [found[at] for at in range(len(counts))]


def _farthest(shares: Sequence[int], rest: Sequence[int], counts: Sequence[int]) -> int:
    return max((abs(share - counts[at]) for share, at in zip(shares, rest, strict=True)), default=0)


def _shares(total: int, counts: Sequence[int], base: int, dice: Dice) -> list[int]:
    """Sums of the first, the first two, … are rounded with one draw; what lies between two of them is a share."""
    order = sorted(range(len(counts)), key=counts.__getitem__)
    stirred = _stir(counts, base, dice)
    whole = sum(stirred)
    found = [0] * len(counts)
    if not whole:
        if order:
            found[order[-1]] = total
        return found
    offset = dice.below(_FINE)
    below = reached = 0
    for at in order:
        reached += stirred[at]
        edge = base * ((reached * total * _FINE + whole * base * offset) // (whole * base * _FINE))
        found[at], below = edge - below, edge
    return found


def _stir(counts: Sequence[int], base: int, dice: Dice) -> list[int]:
    """Sometimes two counts, one raised and one lowered by the base."""
    found = list(counts)
    large = [at for at, count in enumerate(counts) if count >= 2 * base]
    if len(large) >= 2 and dice.below(_STIRRED) == 0:
        first = dice.below(len(large))
        second = (first + 1 + dice.below(len(large) - 1)) % len(large)
        found[large[first]] += base
        found[large[second]] -= base
    return found
