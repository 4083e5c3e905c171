"""A comment's text: which characters it may hold, how long it may be, which HTML and links come of it."""

from __future__ import annotations

import re

import pytest

from widgets.contract.problems import Problem
from widgets.rules.text import TAGS, _rendered, clean, link_count, normalise, render


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a", "a"),
        (" a \n\n", "a"),
        ("a\r\nb\rc\n\nd", "a\nb\nc\n\nd"),
        ("a\tb", "a\tb"),
        ("e\u0301", "é"),
        ("5", "5"),
        ("?", "?"),
        ("+", "+"),
        ("😀", "😀"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("\ue000", None),
        ("a\ufdcfb", "a\ufdcfb"),
        ("a\ufdf0b", "a\ufdf0b"),
        ("a\xa0b", "a\xa0b"),
        ("a\ufffdb", "a\ufffdb"),
    ],
    ids=ascii,
)
def test_text_is_kept_in_one_form(text: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(Problem, match="text-empty"):
            normalise(text, 5_000)
    else:
        assert normalise(text, 5_000) == kept


@pytest.mark.parametrize(
    "character",
    [
        *("\x00", "\x08", "\x0b", "\x0c", "\x0e", "\x1f", "\x7f", "\x80", "\x85", "\x9f"),
        *("\ud800", "\udfff", "\ufdd0", "\ufdef", "\ufffe", "\uffff"),
    ],
    ids=ascii,
)
def test_characters_that_cannot_be_shown_are_refused(character: str) -> None:
    with pytest.raises(Problem) as raised:
        normalise(f"a{character}b", 5_000)
    assert raised.value.code == "text-characters"


@pytest.mark.parametrize(
    ("text", "fits"),
    [("abcde", True), ("abcdef", False), ("  abcde  ", True), ("😀😀😀😀😀", True), ("e\u0301" * 5, True)],
)
def test_text_is_measured_in_characters_as_it_is_kept(text: str, fits: bool) -> None:
    if fits:
        assert len(normalise(text, 5)) == 5
    else:
        with pytest.raises(Problem) as raised:
            normalise(text, 5)
        assert (raised.value.code, raised.value.detail) == (
            "text-too-long",
            "At most 5 characters; these are 6.",
        )


LINK = 'rel="nofollow ugc noopener"'
RENDERED = {
    "*a* __b__": "<p><em>a</em> <strong>b</strong></p>\n",
    "- a\n- b": "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n",
    "1. a\n2. b": "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n",
    "```\na < b\n```": "<pre><code>a &lt; b\n</code></pre>\n",
    "```html\n<b>\n```": "<pre><code>&lt;b&gt;\n</code></pre>\n",
    r"\*a\*": "<p>*a*</p>\n",
    "&amp; &lt; &eacute;": "<p>&amp; &lt; é</p>\n",
    "<https://a.example>": f'<p><a href="https://a.example" {LINK}>https://a.example</a></p>\n',
    "<ana@a.example>": f'<p><a href="mailto:ana@a.example" {LINK}>ana@a.example</a></p>\n',
    "[a](http://a.example)": f'<p><a href="http://a.example" {LINK}>a</a></p>\n',
    '[a](https://a.example "title")': f'<p><a href="https://a.example" title="title" {LINK}>a</a></p>\n',
    "https://a.example": "<p>https://a.example</p>\n",
    "[a](javascript:alert(1))": "<p>[a](javascript:alert(1))</p>\n",
    "[a](data:text/html,b)": "<p>[a](data:text/html,b)</p>\n",
    "[a](ftp://a.example)": f"<p><a {LINK}>a</a></p>\n",
    "## a": "<p>## a</p>\n",
    "a\n---": "<p>a<br>\n---</p>\n",
    "| a |\n|---|\n| b |": "<p>| a |<br>\n|---|<br>\n| b |</p>\n",
    "~~a~~": "<p>~~a~~</p>\n",
    "    a": "<p>a</p>\n",
    "<script>a</script>": "<p>&lt;script&gt;a&lt;/script&gt;</p>\n",
    "(c) -- 'a'": "<p>(c) -- 'a'</p>\n",
}


@pytest.mark.parametrize(("text", "html"), RENDERED.items(), ids=RENDERED)
def test_markdown_subset(text: str, html: str) -> None:
    assert render(text) == html
    assert set(re.findall(r"</?([a-z]+)", html)) <= TAGS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A ![map](https://e.org/y.png) of it", 'A <a href="https://e.org/y.png">map</a> of it'),
        ("![](https://e.org/y.png)", '<a href="https://e.org/y.png">https://e.org/y.png</a>'),
        ("[ ](https://e.org/)", '<a href="https://e.org/">https://e.org/</a>'),
        (r"\![map](https://e.org/)", '!<a href="https://e.org/">map</a>'),
        ("`![map](https://e.org/)`", "<code>![map](https://e.org/)</code>"),
        ("Look! [map", "Look! [map"),
    ],
)
def test_a_picture_is_the_link_to_it(text: str, words: str) -> None:
    """And a link without words shows where it leads."""
    assert render(text).replace(' rel="nofollow ugc noopener"', "") == f"<p>{words}</p>\n"


@pytest.mark.parametrize(("written", "made"), [(1, 1), (19, 19), (20, 20), (21, 20), (400, 20)])
def test_quotations_are_nested_so_deep_and_no_deeper(written: int, made: int) -> None:
    assert render("> " * written + "a").count("<blockquote>") == made


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("none", 0),
        ("[a](https://a.example)", 1),
        ("[a](https://a.example) and <https://b.example>", 2),
        ("https://a.example http://b.example", 2),
        ("www.a.example WWW.B.EXAMPLE", 2),
        ("HTTPS://A.EXAMPLE", 1),
        ("[a](mailto:ana@a.example) [b](mailto:ben@a.example)", 2),
        ("[a](https://a.example) www.b.example", 2),
        ("`https://a.example`", 1),
        ("https:/a", 0),
    ],
)
def test_links_are_counted_that_are_made_or_written_out(text: str, count: int) -> None:
    assert link_count(text, render(text)) == count


@pytest.mark.parametrize(
    "text", ["\u3164", "\u115f \u1160", "\u2800\n\u2800", "\uffa0", "\u00ad", "\U0001d159"], ids=ascii
)
def test_letters_that_nobody_sees_are_no_text(text: str) -> None:
    with pytest.raises(Problem) as raised:
        normalise(text, 100)
    assert raised.value.code == "text-empty"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "one line",
            'two "lines"\nand it\'s',
            "a\n\nb\n\n\nc",
            "-5 °C",
            "- an item",
            "+ one",
            "1. one",
            "12) one",
        ),
        *(
            "blank at the end \nof a line",
            "\n at the beginning",
            "tab\there",
            "a&b",
            "a<b",
            "\u00a0a",
            "",
            "x\n",
        ),
    ],
)
def test_a_text_without_marks_becomes_what_markdown_makes_of_it(text: str) -> None:
    assert render(text) == clean(_rendered(text))
