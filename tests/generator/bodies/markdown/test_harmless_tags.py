"""Tags of running text: read where they pair and nest, text everywhere else, and never part of plain text."""

from __future__ import annotations

import pytest

from generator.bodies.markdown.harmless_tags import NAMES

from .shown import body_of, show

SHOWN = {
    "x<br>y<br/>z<BR />": "<p>x<br>y<br>z<br></p>",
    "*a <b>c</b>*": "<p><em>a <b>c</b></em></p>",
    "<b>a *c*</b>": "<p><b>a <em>c</em></b></p>",
    "<u><s>a</s></u>": "<p><u><s>a</s></u></p>",
    "`<b>a</b>`": "<p><code>&lt;b&gt;a&lt;/b&gt;</code></p>",
}
TEXT = {
    "<b>a": "<p>&lt;b&gt;a</p>",
    "a</b>": "<p>a&lt;/b&gt;</p>",
    "*<b>a* c</b>": "<p><em>&lt;b&gt;a</em> c&lt;/b&gt;</p>",
    "<b><i>a</b></i>": "<p><b>&lt;i&gt;a</b>&lt;/i&gt;</p>",
    "<b/>a": "<p>&lt;b/&gt;a</p>",
}


@pytest.mark.parametrize("name", NAMES)
def test_tag_of_running_text_is_read(name: str) -> None:
    body = body_of(f"H<{name}>2</{name.upper()}>O")
    assert show(body) == f"<p>H<{name}>2</{name}>O</p>\n"
    assert body.facts.summary == "H2O"


@pytest.mark.parametrize(("text", "html"), SHOWN.items(), ids=SHOWN)
def test_tags_nest_with_other_markup(text: str, html: str) -> None:
    assert show(body_of(text)) == f"{html}\n"


@pytest.mark.parametrize(("text", "html"), TEXT.items(), ids=TEXT)
def test_tag_without_its_partner_stays_text_and_is_told(text: str, html: str) -> None:
    body = body_of(text)
    assert show(body).startswith(f"{html}\n")
    assert [problem.rule for problem in body.facts.problems] == ["html"]


def test_break_is_read_in_a_cell() -> None:
    assert "<td>x<br>y</td>" in show(body_of("| a |\n|---|\n| x<br>y |"))
