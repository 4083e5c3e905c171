"""Marks that were meant for Markdown and that readers would see: found where they stand."""

from __future__ import annotations

import pytest

from .shown import body_of

LEFT = [
    ("See [the guide][who].", "1:5 warning links"),
    ("- a\n- b [x][y]", "2:5 warning links"),
    ("**5 mg（每日）**每天 and more", "1:1 warning emphasis"),
    ("a ** b ** c", "1:3 warning emphasis"),
    ("##Heading\n\nText", "1:1 warning heading"),
    ("---\ntitle: B\n---\nText", "1:1 error front-matter"),
    ("\n---\ntitle: B\ndate: 2024-01-01\n---\n", "2:1 error front-matter"),
]
FINE = [
    "See [the guide][who].\n\n[who]: https://www.who.int",
    "`[a][b]` and \\[a][b",
    "A^[note] [^1][^2]\n\n[^1]: a\n\n[^2]: b",
    "**5 mg** and **6 mg**",
    "p < 0.01**",
    "`**` and `**`",
    "#MSAwareness is a tag",
    "Text\n\n---\n\nHeading: one\n---\n",
    "---\n\nText: here",
]
RULES = ("links", "emphasis", "heading", "front-matter")


def told(text: str) -> list[str]:
    problems = body_of(text).facts.problems
    return [f"{p.line}:{p.column} {p.severity} {p.rule}" for p in problems if p.rule in RULES]


@pytest.mark.parametrize(("text", "finding"), LEFT, ids=[text for text, _ in LEFT])
def test_mark_that_readers_would_see_is_found(text: str, finding: str) -> None:
    assert told(text) == [finding]


@pytest.mark.parametrize("text", FINE)
def test_mark_that_is_read_or_meant_is_no_finding(text: str) -> None:
    assert told(text) == []
