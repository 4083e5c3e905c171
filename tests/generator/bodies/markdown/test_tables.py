"""Tables whose cells do not fit, and text that was meant as a table: each told with its line and a remedy."""

from __future__ import annotations

import pytest

from .shown import PLAIN, RAW, body_of

HEAD = "| Sign | When |\n|---|---|\n"
LOST = [
    (HEAD + "| rash | day 3 | call at once |", [3]),
    (HEAD + "| rash | day 3 |\n| fever | day 1 | x | y |\n| a | b | c |", [4, 5]),
    ("Sign | When\n--- | ---\nrash | day 3 | call at once", [3]),
    ("> " + (HEAD + "| a | b | c |").replace("\n", "\n> "), [3]),
    ("- " + (HEAD + "| a | b | c |").replace("\n", "\n  "), [3]),
    (":::note\n" + HEAD + "| a | b | c |\n:::", [4]),
    ("Text.\n" + HEAD + "| a | `b|c` |", [4]),
]
UNFIT = [
    (HEAD + "| rash |", [3], "has 1 cell, its header 2"),
    (HEAD + "| rash | day 3 | |", [3], "has 3 cells, its header 2"),
    (HEAD + "| a | b |\nCall us.", [4], "becomes a row"),
    ("| a |\n|---|\n| b |\nCall us.", [4], "becomes a row"),
    (HEAD + "| `a|b` |", [3], "bar inside code"),
    (HEAD.replace("|---|---|", "|---|") + "| a | b |", [2], "header has 2 cells, the line of dashes below 1"),
    (HEAD.replace("|---|---|", "|---|:-:|--:|") + "| a | b |", [2], "the line of dashes below 3"),
    ("| `a|b` | c |\n|---|---|\n| d | e |", [2], "header has 3 cells, the line of dashes below 2"),
    (HEAD.replace("-", "\u2014") + "| a | b |", [2], "may hold only"),
    (HEAD.replace("-", "=") + "| a | b |", [2], "may hold only"),
    ("Sign | When\n---\nrash | day 3", [1], "the line of dashes below 1"),
    ("Sign | When\n===\nrash | day 3", [1], "the line of dashes below 1"),
    ("Sign\n|---|\nrash", [2], "header holds no bar"),
    ("| Sign | When |\n| rash | day 3 |", [1], "no line of dashes"),
    ("Sign | When\nrash | day 3", [1], "no line of dashes"),
    ("+---+---+\n| a | b |\n+---+---+", [2], "no line of dashes"),
    (HEAD + "| a | b |\n\n| c | d |", [5], "no line of dashes"),
    ("Text.\n\n- | a | b |", [3], "no line of dashes"),
    ("Sign\tWhen\nrash\tday 3\nfever\tday 1", [1], "spreadsheet"),
    ("Text.\nSign\tWhen\tWhat\nrash\tday 3", [2], "spreadsheet"),
]
FIT = [
    HEAD + "| rash | day 3 |\n\nCall us.",
    HEAD + "| `a\\|b` | c \\| d |",
    "Sign | When\n--- | ---\nrash | day 3\n",
    "| a |\n|---|\n| b |",
    "a | b is a choice.\nAnother line.",
    "`a | b`\n`c | d`",
    "a \\| b\nc \\| d",
    "```\n| a | b |\n```",
    "    | a | b |",
    "## Causes | Signs",
    "a\tb",
    "a\n\tb\n\tc",
    "- a\n\n\tb",
]


def told(text: str, raw: bool = False) -> list[tuple[int, str, str]]:
    problems = body_of(text, "en", RAW if raw else PLAIN).facts.problems
    return [(p.line, p.severity, p.message) for p in problems if p.rule == "tables"]


@pytest.mark.parametrize(("text", "lines"), LOST)
def test_cell_that_would_be_lost_is_an_error(text: str, lines: list[int]) -> None:
    found = told(text)
    assert [(line, severity) for line, severity, _ in found] == [(line, "error") for line in lines]
    assert all(message.endswith("would be lost") for _, _, message in found)
    assert told(text, raw=True) == found


@pytest.mark.parametrize(("text", "lines", "message"), UNFIT)
def test_table_that_does_not_fit_is_a_warning(text: str, lines: list[int], message: str) -> None:
    found = told(text)
    assert [(line, severity) for line, severity, _ in found] == [(line, "warning") for line in lines]
    assert message in found[0][2]


@pytest.mark.parametrize("text", FIT)
def test_table_that_fits_and_text_that_is_none_are_left_alone(text: str) -> None:
    assert told(text) == []
