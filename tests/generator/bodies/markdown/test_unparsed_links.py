"""Links and images with a blank in them are told with what to write; prose in parentheses is not."""

from __future__ import annotations

import pytest

from .shown import body_of

TOLD = [
    ("![p](my photo.png)", "images", "1:1", "write ![p](<my photo.png>)"),
    ("See [p](my file.md#a b)", "links", "1:5", "write [p](<my file.md#a b>)"),
    ("a\n[p](https://x.example/a b)", "links", "2:1", "write [p](<https://x.example/a b>)"),
    ('[p](my file.pdf "Title")', "links", "1:1", 'write [p](<my file.pdf> "Title")'),
    ("[p] (file.md)", "links", "1:1", "write [p](file.md)"),
    ("[p] (https://x.example)", "links", "1:1", "write [p](https://x.example)"),
]
FINE = [
    "[p](<my file.md>)",
    '[p](a.md "a title.md")',
    "[p](a.md 'a title.md')",
    "[p]( a.md )",
    "`[p](my file.md)`",
    "[1](see the text)",
    "\\[p](my file.md)",
    "[a] (see below)",
    "```\n[p](my file.md)\n```",
]


@pytest.mark.parametrize(("text", "rule", "place", "remedy"), TOLD)
def test_link_with_a_blank_is_an_error_with_its_remedy(text: str, rule: str, place: str, remedy: str) -> None:
    (problem,) = body_of(text).facts.problems
    assert (problem.rule, f"{problem.line}:{problem.column}", problem.hint) == (rule, place, remedy)


@pytest.mark.parametrize("text", FINE)
def test_link_and_prose_are_left_alone(text: str) -> None:
    assert body_of(text).facts.problems == ()
