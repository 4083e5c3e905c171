"""What a writer is shown of proposed words: rendered as they would be published, with what changed marked and said."""

from __future__ import annotations

import re

import pytest

from widgets.rules.text import render_long
from widgets.rules.voices.compared import compared
from widgets.store.voices import Words

REMOVED, ADDED = ("[out: ", "]"), ("[in: ", "]")
OUT = '<del><span class="visually-hidden">[out: </span>{}<span class="visually-hidden">]</span></del>'
IN = '<ins><span class="visually-hidden">[in: </span>{}<span class="visually-hidden">]</span></ins>'
TITLE = "<p><strong>A winter</strong></p>\n"


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        ("It was cold.", "It was cold.", "<p>It was cold.</p>", "<p>It was cold.</p>"),
        (
            "It was cold.",
            "It was very cold.",
            "<p>It was cold.</p>",
            f"<p>It was {IN.format('very')} cold.</p>",
        ),
        (
            "It was so very cold.",
            "It was cold.",
            f"<p>It was {OUT.format('so very')} cold.</p>",
            "<p>It was cold.</p>",
        ),
        (
            "Doctor *Lee* came.",
            "My *doctor* came.",
            f"<p>{OUT.format('Doctor')} <em>{OUT.format('Lee')}</em> came.</p>",
            f"<p>{IN.format('My')} <em>{IN.format('doctor')}</em> came.</p>",
        ),
        ("One.", "One.\n\n## Then", "<p>One.</p>", f"<p>One.</p>\n<h4>{IN.format('Then')}</h4>"),
        (
            "<b>a & b</b>",
            "a & b",
            f"<p>{OUT.format('&lt;b&gt;a')} &amp; {OUT.format('b&lt;/b&gt;')}</p>",
            f"<p>{IN.format('a')} &amp; {IN.format('b')}</p>",
        ),
    ],
)
def test_each_side_marks_its_own(before: str, after: str, old: str, new: str) -> None:
    found = compared(Words("A winter", before), Words("A winter", after), REMOVED, ADDED)
    assert tuple(one.removeprefix(TITLE).strip() for one in found) == (old, new)


def test_without_its_marks_each_side_is_what_would_be_published() -> None:
    before = Words("Old", "A [link](https://example.org/?a=1>2) and\n\n- one\n- two\n\n> said")
    after = Words("New", "Another [link](https://example.org/?a=1>2)\n\n1. three\n\n## Head *of* it")
    for words, html in zip((before, after), compared(before, after, REMOVED, ADDED), strict=True):
        plain = re.sub(r'</?(?:ins|del)>|<span class="visually-hidden">.*?</span>', "", html)
        plain = plain.replace("h4>", "h2>").replace("h5>", "h3>")
        assert plain == f"<p><strong>{words.title}</strong></p>\n{render_long(words.text)}"


def test_a_changed_title_is_marked_too() -> None:
    old, new = compared(Words("A <b> winter", "x"), Words("A winter", "x"), REMOVED, ADDED)
    assert old.startswith(f"<p><strong>A {OUT.format('&lt;b&gt;')} winter</strong></p>")
    assert new.startswith(TITLE)
