"""Bare addresses are links where the settings ask for it: the examples of GFM's specification, and who comes near them."""

from __future__ import annotations

import re

import pytest

from generator.bodies.markdown import render_body
from generator.ground.model import LinkSlot, MarkdownOptions

BARE = MarkdownOptions(bare_addresses=True, typographer=False)


def linked(text: str, options: MarkdownOptions = BARE) -> list[str]:
    """The addresses that a text links to."""
    html = "".join(render_body(text, "en", options).html.parts)
    return re.findall(r'href="([^"]+)"', html)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("www.commonmark.org", "http://www.commonmark.org"),
        ("Visit www.commonmark.org/help for more.", "http://www.commonmark.org/help"),
        ("Visit www.commonmark.org.", "http://www.commonmark.org"),
        ("Visit www.commonmark.org/a.b.", "http://www.commonmark.org/a.b"),
        (
            "www.google.com/search?q=Markup+(business)",
            "http://www.google.com/search?q=Markup+(business)",
        ),
        ("(www.google.com/search?q=Markup+(business))", "http://www.google.com/search?q=Markup+(business)"),
        ("www.google.com/search?q=(business))+ok", "http://www.google.com/search?q=(business))+ok"),
        ("www.google.com/search?q=commonmark&hl;", "http://www.google.com/search?q=commonmark"),
        ("www.commonmark.org/he<lp", "http://www.commonmark.org/he"),
        ("http://commonmark.org", "http://commonmark.org"),
        ("**https://x.example/a_b**", "https://x.example/a_b"),
        ("foo@bar.baz", "mailto:foo@bar.baz"),
        ("hello+xyz@mail.example isn't", "mailto:hello+xyz@mail.example"),
        ("a.b-c.d@a.b.", "mailto:a.b-c.d@a.b"),
    ],
)
def test_bare_address_is_a_link(text: str, address: str) -> None:
    assert linked(text) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "`https://x.example`",
        "ahttps://x.example",
        "https://localhost",
        "www.a_b.c_d",
        "hello@mail+xyz.example",
        "a.b-c_d@a.b-",
        "a.b-c_d@a.b_",
        "http://",
        "at @home",
        "half_a_name@x.example",
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert linked(text) == []


def test_link_is_not_linked_again() -> None:
    assert linked("[see https://x.example/](https://y.example/)") == ["https://y.example/"]


def test_addresses_stay_as_text_where_nobody_asked() -> None:
    assert linked("https://x.example/ and a@x.example", MarkdownOptions()) == []


def test_text_of_the_link_is_what_was_written() -> None:
    body = render_body("See www.x.example/a--b.", "en", MarkdownOptions(bare_addresses=True))
    assert ">www.x.example/a--b</a>." in "".join(body.html.parts)
    assert not [slot for slot in body.slots if isinstance(slot, LinkSlot)]
