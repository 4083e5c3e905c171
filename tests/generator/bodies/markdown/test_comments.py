"""Notes among writers: taken out, or reported where they cannot be; never shown in silence."""

from __future__ import annotations

import pytest

from .shown import PLAIN, RAW, body_of

PARSED = [
    "a <!-- QQ --> b",
    "a <!-- QQ\nQQ --> b",
    "<!-- QQ -->",
    "<!-- QQ\n\nQQ -->\n\nb",
    "a\n<!-- QQ\n\nQQ -->",
    "- a\n\n  <!-- QQ\n\n  QQ -->\n- b",
    "> a\n>\n> <!-- QQ -->",
    "| a | b |\n|---|---|\n| c <!-- QQ --> | d |",
    "## A <!-- QQ --> b {#c}",
    ":::note[A <!-- QQ -->]\nb\n:::",
    "![a <!-- QQ --> b](c.png)",
    "a[^b]\n\n[^b]: c <!-- QQ -->",
    "a <!-- QQ ` --> b ` c",
    "a <!--- QQ ---> b",
    "[//]: # (QQ)\n\na",
    "[//]: <> (QQ)\n[comment]: # 'QQ'\n\na",
    "a <!----> b",
]
SHOWN = [
    ("a <!-- QQ\n\nQQ --> b", ["1:3 error"]),
    ("a <!-- QQ\n\nQQ\n\nQQ --> b --> c", ["1:3 error", "5:10 warning"]),
    ("<!-- QQ\nQQ", ["1:1 error"]),
    ("a <!-- QQ", ["1:3 error"]),
    ("- a <!-- QQ\n- QQ --> b", ["1:5 error"]),
    ("> a <!-- QQ\n\nQQ --> b", ["1:5 error"]),
    ("1. a\n\n   <!-- QQ\n\nQQ -->", ["3:4 error", "5:4 warning"]),
    ("| a | b |\n|---|---|\n| <!-- QQ | QQ --> |", ["3:3 error"]),
    ("## a <!-- QQ\nQQ -->", ["1:6 error"]),
    ("<!-- QQ <!-- QQ --> QQ -->", ["1:1 error", "1:24 warning"]),
    ("<!-- QQ\n<!-- QQ -->\nQQ -->", ["1:1 error", "3:4 warning"]),
    ("a <!--> QQ -->", ["1:3 error", "1:12 warning"]),
    ("<!--->\nQQ -->", ["1:1 error", "2:4 warning"]),
    ("a <!- QQ -> b", ["1:3 error"]),
    ("a < !-- QQ --> b", ["1:3 error"]),
    ("a <! QQ > b", ["1:3 error"]),
    ("a <?php QQ ?> b", ["1:3 error"]),
    ("a {# QQ #} b", ["1:3 error"]),
    ("/* QQ */\n\na", ["1:1 error"]),
    ("a <!\u2013 QQ \u2013> b", ["1:3 error"]),
    ("a\n[//]: # (QQ)", ["2:1 error"]),
    ("[//]: # (QQ (QQ) QQ)", ["1:1 error"]),
    ("[//]: # (QQ)\n\nSee [//].", ["3:5 error"]),
    ("a {>> QQ <<} b", ["1:3 error"]),
    ("a {++ QQ\n\nQQ ++} b", ["1:3 error"]),
    ("a {--QQ--}{++b++}", ["1:3 error", "1:11 error"]),
    ("a {~~QQ~>b~~} c", ["1:3 error"]),
    ("a {==b==}{>>QQ<<}", ["1:3 error", "1:10 error"]),
    ("QQ <<} a", ["1:4 error"]),
    ("a {/* QQ */} b", ["1:3 error"]),
    ("QQ --> a", ["1:4 warning"]),
    ("    <!-- QQ -->", ["1:1 warning"]),
    ('[a](https://b.example "<!-- QQ -->")', ["1:1 error"]),
    (':::quote{author="a <!-- QQ -->"}\nb\n:::', ["1:10 error"]),
]
EXAMPLES = [
    "`<!-- a`, ``{++ `b ++}``",
    "```\n<!-- a\n\n[//]: # (b (c))\n{>> d <<}\n```",
    "\\<!-- a, \\{++ b",
    "&lt;!-- a",
    "a - b -> c, d – e",
    "[a]: https://b.example/#c\n\n[a]",
    '[a](https://b.example "&lt;!-- c")',
]


def found(text: str, raw: bool = False) -> list[str]:
    problems = body_of(text, "en", RAW if raw else PLAIN).facts.problems
    return [f"{p.line}:{p.column} {p.severity}" for p in problems if p.rule == "comment"]


@pytest.mark.parametrize("text", PARSED)
def test_comment_reaches_neither_page_nor_summary(text: str) -> None:
    body = body_of(text)
    assert found(text) == []
    assert "QQ" not in str(body)


@pytest.mark.parametrize(("text", "places"), SHOWN)
def test_what_looks_like_a_comment_and_is_none_is_reported(text: str, places: list[str]) -> None:
    assert found(text) == places
    if "|" not in text:
        assert found(text, raw=True)[:1] == places[:1]


@pytest.mark.parametrize("text", EXAMPLES)
def test_example_of_a_comment_is_no_comment(text: str) -> None:
    assert found(text) == []


def test_comment_in_a_block_of_raw_html_is_taken_out() -> None:
    body = body_of("<div>\n<!-- QQ -->\na\n</div>\n", "en", RAW)
    assert "".join(body.html.parts) == "<div>\n\na\n</div>\n"
    assert body.facts.problems == ()


def test_comment_that_a_block_of_raw_html_cuts_in_two_is_reported() -> None:
    assert found("<div>\n<!-- QQ\n\nQQ -->\n", raw=True)[0] == "1:1 error"
