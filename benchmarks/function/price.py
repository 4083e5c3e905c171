"""What fakery costs at least, in networks and in CPU time, by the default limits and puzzles: ``python -m
benchmarks.function.price`` prints the tables of docs/function.md.

A network counts as fully the attacker's: every address in it, for one day. CPU time is that of the expected number of tries,
at the rate that a browser's WebCrypto had on the machine of docs/elements.md; an attacker may own faster hardware.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from widgets.function.state.settings import ProofSettings
from widgets.rules.limits import DAY, DEFAULT_LIMITS, Limit
from widgets.rules.networks import Width

ROUNDS_A_SECOND: Final = 80 * 5_000 / 0.11  # PBKDF2, one core
SLOWER_PHONE: Final = 6  # times, as docs/elements.md reckons
VOTES, COMMENTS = 10_000, 500

# Addresses (IPv6: /64) in each network, and the widths whose limits bound what they do together.
ADDRESSES: Final[Mapping[Width | None, int]] = {None: 1, "/56": 2**8, "/48": 2**16, "/24": 2**8}
_WITHIN: Final[Mapping[Width | None, tuple[Width | None, ...]]] = {
    None: (None,),
    "/56": (None, "/56"),
    "/48": (None, "/56", "/48"),
    "/24": (None, "/24"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """A way to fake: each act draws on all of these limits, and asks for `tries` keys of `cost` rounds in the mean."""

    name: str
    limits: Sequence[Sequence[Limit]]
    tries: float
    cost: int = 5_000

    def networks(self, acts: int, width: Width | None) -> int:
        """How many networks of that width so many acts take at least, if all is done in one day."""
        return -(-acts // min(_most(limits, width) for limits in self.limits))

    def cpu_seconds(self, acts: int) -> float:
        return acts * self.tries * self.cost / ROUNDS_A_SECOND


def _most(limits: Sequence[Limit], width: Width | None) -> int:
    daily = [limit for limit in limits if limit.seconds == DAY and limit.width in _WITHIN[width]]
    parts = {one: ADDRESSES[width] // ADDRESSES[one] for one in _WITHIN[width]}
    return min(limit.count * parts[limit.width] for limit in daily)


def expected_tries(most: int, least: int = 0) -> float:
    """Keys that are tried in the mean by somebody who leaves out what cannot be the answer."""
    return (most - least) / 2 + 1


_PROOF: Final = ProofSettings()
VOTE_BEFORE: Final = Way("a vote, before", [[Limit(20, DAY)]], 0)
VOTE: Final = Way("a vote", [DEFAULT_LIMITS["new-voter"]], expected_tries(_PROOF.vote_most), _PROOF.cost)
VOTE_BY_FORM: Final = Way("a vote by a form", [DEFAULT_LIMITS["new-voter"], DEFAULT_LIMITS["form-voter"]], 0)
COMMENT_BEFORE: Final = Way("a comment, before", [[Limit(60, DAY)]], expected_tries(120, 40))
COMMENT: Final = Way(
    "a comment",
    [DEFAULT_LIMITS["comment"], DEFAULT_LIMITS["unread"]],
    expected_tries(_PROOF.most),
    _PROOF.cost,
)


def phone_seconds(most: int, cost: int) -> float:
    """The longest that the reckoned slow phone works: every counter is tried."""
    return (most + 1) * cost / ROUNDS_A_SECOND * SLOWER_PHONE


def rows() -> list[str]:
    found = ["| act | addresses, or /64 | /56 | /48 | /24 | CPU seconds |", "|---|---|---|---|---|---|"]
    ways = [(VOTE_BEFORE, VOTES), (VOTE, VOTES), (VOTE_BY_FORM, VOTES)]
    ways += [(COMMENT_BEFORE, COMMENTS), (COMMENT, COMMENTS)]
    for way, acts in ways:
        widths: tuple[Width | None, ...] = (None, "/56", "/48", "/24")
        cells = [f"{acts:,} × {way.name}", *(f"{way.networks(acts, width):,}" for width in widths)]
        found.append(f"| {' | '.join([*cells, f'{way.cpu_seconds(acts):,.0f}'])} |")
    return found


if __name__ == "__main__":
    print("\n".join(rows()))
    for name, most in (("text", _PROOF.most), ("first vote", _PROOF.vote_most)):
        print(f"slow phone, {name}: at most {phone_seconds(most, _PROOF.cost):.2f} s")
