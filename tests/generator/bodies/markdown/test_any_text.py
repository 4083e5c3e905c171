"""Whatever a writer commits: no exception, well-formed HTML, the same each time, problems with places."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.bodies.markdown import render_body

from .samples import anything
from .shown import PLAIN, RAW, body_of, fill

ODD = [
    "",
    "\n",
    "\0",
    "a\rb\r\nc",
    "\ud800 half a pair \udc00",
    "\ufeff# mark",
    "\u202e right to left",
    "a\u2028b\u0085c",
    "\x0b\x0c\x1b",
    "[" * 3000,
    "> " * 3000,
    "- " * 500,
    ":::note\n" * 500,
    ":term[" * 500,
    "^[" * 500,
    "![" * 500,
    "*a **b " * 500,
    "|" * 500 + "\n" + "|-" * 500 + "|",
    "[^a]: [^a]\n" * 50,
    "<" * 3000,
    "{" * 3000,
    "[a](b){" * 500,
    "[a](//[::1) <http://[> [b](http://[::1]:x/) [c](https://xn--\u00df.example)",
    "&#xD800; &#x110000; &#0;",
]


@given(st.one_of(anything, st.text(st.characters(), max_size=60)))
@settings(max_examples=400, deadline=None, derandomize=True)
def test_html_is_well_formed_whatever_the_text(text: str) -> None:
    body = body_of(text)
    for fragment in (body.html, *(note.html for note in body.facts.footnotes)):
        parser = html5lib.HTMLParser()
        parser.parseFragment(fill(body, fragment))
        # Control characters in a text are its own; they break no structure.
        assert [error for error in parser.errors if error[1] != "invalid-codepoint"] == []


@given(anything)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_every_problem_has_a_place_in_the_text_and_a_remedy(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for options in (PLAIN, RAW):
        for problem in body_of(text, "en", options).facts.problems:
            assert 1 <= problem.line <= len(lines)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
            assert problem.message
            assert problem.hint
            assert problem.rule


@given(anything, anything)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_bodies_depend_on_nothing_but_their_text(text: str, other: str) -> None:
    first = body_of(text)
    body_of(other)
    assert body_of(text) == first


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("options", [PLAIN, RAW], ids=["plain", "raw"])
def test_odd_texts_come_out_whole(text: str, options: object) -> None:
    body = render_body(text, "en", RAW if options is RAW else PLAIN)
    html = "".join(body.html.parts)
    assert "\0" not in html
    html.encode()
    assert len(body.html.parts) == len(body.html.holes) + 1
