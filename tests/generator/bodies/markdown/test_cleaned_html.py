"""With `raw_html: clean` readers see the text and harmless tags; everything else is left out, each kind told once."""

from __future__ import annotations

import pytest

from generator.bodies.terms.parts import parts_of
from generator.ground.model import MarkdownOptions

from .shown import RAW, body_of, show

CLEAN = MarkdownOptions(raw_html="clean")
WORD = """<p class=MsoNormal style='margin:0cm'><span lang=EN-GB>Take <b>rest</b>.<o:p></o:p></span></p>
<!--[if gte mso 9]><xml>x</xml><![endif]-->
"""


def cleaned(text: str) -> str:
    """The HTML of a text."""
    return show(body_of(text, options=CLEAN)).partition("! ")[0].strip()


def told(text: str, options: MarkdownOptions = CLEAN) -> list[str]:
    return [problem.message for problem in body_of(text, options=options).facts.problems]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a <span class='x'>b</span> c", "<p>a b c</p>"),
        ("a <b class='x'>b</b> c", "<p>a <b>b</b> c</p>"),
        ("a <b>b", "<p>a b</p>"),
        ("x<br class='y'>y", "<p>x<br>y</p>"),
        ("a <script>alert(1)</script> b", "<p>a  b</p>"),
        ("a <iframe src='https://x.example/'></iframe> b", "<p>a  b</p>"),
        ("a <q>b</q>", "<p>a <q>b</q></p>"),
        ("<a href='https://x.example/'>b</a>", '<p><a href="https://x.example/">b</a></p>'),
        ("<a href='other.md'>b</a>", '<p><a href="{link other.md}">b</a></p>'),
        ("<st1:place>Bonn</st1:place>", "<p>Bonn</p>"),
        ("<div align=center>\n\nText *a*\n\n</div>", "<div>\n</div><p>Text <em>a</em></p>"),
        ("<table><tr><td colspan=2 style='x'>a</table>", '<table><tbody><tr><td colspan="2">a'),
        ("<ul><li onclick='x'>a</ul>", "<ul><li>a</li></ul>"),
        ("<style>p {color: red}</style>", ""),
        ("<plaintext>a", ""),
        ("<button class='x'>The question</button>", "<p>The question</p>"),
        ("`<b class=x>`", "<p><code>&lt;b class=x&gt;</code></p>"),
    ],
)
def test_harmless_tags_stay_and_others_go(text: str, html: str) -> None:
    assert cleaned(text).startswith(html)
    assert "<script" not in cleaned(text)


def test_script_addresses_are_refused_as_in_markdown() -> None:
    assert told("<a href='javascript:alert(1)'>b</a>") == ["links of the kind 'javascript:' are not allowed"]
    assert "javascript" not in cleaned("<p><a href='javascript:alert(1)'>b</a></p>")


def test_each_kind_is_told_once() -> None:
    text = "<p class=a>x</p>\n\n<p class=b>y</p>\n\na <font>b</font> <font>c</font> <iframe></iframe>\n"
    assert told(text) == [
        "the attribute 'class' is left out",
        "<font> is left out; its text stays",
        "<iframe> is left out with all that is in it",
    ]


def test_paste_of_word_becomes_plain() -> None:
    body = body_of(WORD, options=CLEAN)
    assert show(body).startswith("<p>Take <b>rest</b>.</p>")
    assert body.facts.summary == "Take rest."
    assert "mso" not in show(body).partition("! ")[0].lower()


@pytest.mark.parametrize("options", [CLEAN, MarkdownOptions()])
@pytest.mark.parametrize(
    "text", ["<p class=MsoNormal>Take <font color='red'>rest</font>.</p>", 'Take <x-y a="b c">rest</x-y>.']
)
def test_no_tag_reaches_a_description_or_the_search(text: str, options: MarkdownOptions) -> None:
    body = body_of(text, options=options)
    assert body.facts.summary == "Take rest."
    assert " ".join(part.text for part in parts_of(body)).split() == ["Take", "rest", "."] or [
        part.text for part in parts_of(body)
    ] == ["Take rest."]


@pytest.mark.parametrize("text", ["a <b class=x>c", "<p class=MsoNormal>a</p>", "## A <font>b</font>"])
def test_heading_and_picture_descriptions_hold_no_tag(text: str) -> None:
    body = body_of(f"{text}\n\n![a <font>b</font>](x.png)")
    assert all("<" not in heading.text for heading in body.facts.headings)
    assert all("<" not in getattr(slot, "alt", "") for slot in body.slots)


def test_every_opening_tag_is_told_where_html_is_off() -> None:
    found = body_of("<p class=MsoNormal>a</p>\n\nb <iframe src=x></iframe> <o:p></o:p>").facts.problems
    assert [(problem.line, problem.column) for problem in found] == [(1, 1), (3, 3), (3, 27)]


@pytest.mark.parametrize(
    "tag",
    ["plaintext", "xmp", "listing", "noembed", "noframes", "noscript", "textarea", "title", "template"],
)
def test_tag_that_swallows_the_page_never_passes(tag: str) -> None:
    found = body_of(f"a\n\n<{tag}>b", options=RAW).facts.problems
    assert [(problem.severity, problem.rule) for problem in found] == [("error", "raw-html")]
