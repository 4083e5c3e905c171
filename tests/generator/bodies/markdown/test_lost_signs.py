"""Signs of numbers that Markdown takes away: found, because readers would see another dose."""

from __future__ import annotations

import pytest

from .shown import PLAIN, RAW, body_of

LOST = [
    ("Take 2*5 mg and 3*2 mg.", "1:7 error"),
    ("Take 5 mg*2 and 6*3.", "1:18 error"),
    ("a\n\n- 10*20*30", "3:5 error"),
    ("| a |\n|---|\n| 2*5 and 3*2 |", "3:4 error"),
    ("2**5 and 3**2", "1:2 error"),
    ("Call above\n> 140 mmHg.", "2:1 warning"),
    ("Call above\n  >39 degrees.", "2:1 warning"),
]
KEPT = [
    "Take 2*5 mg.",
    r"Take 2\*5 mg and 3\*2 mg.",
    "Take 2×5 mg and 3×2 mg.",
    "`2*5` and `3*2`",
    "**5** of 6 and *6*",
    "B*12* and C*2*",
    "He said:\n> Rest.",
    "He said:\n\n> 140 people came.",
    "    2*5 and 3*2",
    "2_5 and 3_2",
]


def told(text: str, raw: bool = False) -> list[str]:
    problems = body_of(text, "en", RAW if raw else PLAIN).facts.problems
    return [f"{p.line}:{p.column} {p.severity}" for p in problems if p.rule == "numbers"]


@pytest.mark.parametrize(("text", "finding"), LOST, ids=[text for text, _ in LOST])
def test_sign_that_is_lost_is_found_where_it_stands(text: str, finding: str) -> None:
    assert told(text) == told(text, raw=True) == [finding]


@pytest.mark.parametrize("text", KEPT)
def test_sign_that_readers_see_is_none(text: str) -> None:
    assert told(text) == []
