"""HTML of old comments as Markdown, shown to the function's own renderer."""

from __future__ import annotations

import pytest

from generator.importing.comments.markup import html_as_comment, markdown_as_comment
from widgets.rules.text import render


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("One\ntwo\n\nthree", "<p>One<br>two</p>\n<p>three</p>"),
        ("<p>One<br>two</p><p>three</p>", "<p>One<br>two</p>\n<p>three</p>"),
        ("a <b>bold</b> <em>word</em>", "<p>a <strong>bold</strong> <em>word</em></p>"),
        ("<b><i>both</b></i> on", "<p><em><strong>both</strong></em> on</p>"),
        ("*no* _no_ `no` [no](x) # no", "<p>*no* _no_ `no` [no](x) # no</p>"),
        ("- no\n1. no\n> no", "<p>- no<br>1. no<br>&gt; no</p>"),
        ("&lt;b&gt; &amp;amp; ~~~", "<p>&lt;b&gt; &amp;amp; ~~~</p>"),
        (
            "<blockquote>old\n\nwords</blockquote>new",
            "<blockquote>\n<p>old</p>\n<p>words</p>\n</blockquote>\n<p>new</p>",
        ),
        ("<ul><li>one<li>two</ul>", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("<ol><li>one</li></ol>", "<ol>\n<li>one</li>\n</ol>"),
        ("<code>a`b</code>", "<p><code>a`b</code></p>"),
        ("<pre>a\n  <b>b</b></pre>", "<pre><code>a\n  b\n</code></pre>"),
        (
            '<a href="https://x.example/a_(b)">see</a>',
            '<p><a href="https://x.example/a_%28b%29" rel="nofollow ugc noopener">see</a></p>',
        ),
        ('<a href="javascript:alert(1)">see</a>', "<p>see</p>"),
        ('<a href="mailto:a@b.example">see</a>', "<p>see</p>"),
        ("<script>alert(1)</script>kept<iframe>no</iframe>", "<p>kept</p>"),
        ("from 203.0.113.9 and a@b.example", "<p>from … and …</p>"),
        ("from 2001:db8::77, fe80::1 at 10:30", "<p>from …, … at 10:30</p>"),
        ("josé@b.example m@ü.example m<span>@</span>b.example", "<p>… … …</p>"),
        ("version 1.2.3 at 12:30:45", "<p>version 1.2.3 at 12:30:45</p>"),
        ("<q>so</q> he said", "<p>“so” he said</p>"),
        ("<b>never closed", "<p><strong>never closed</strong></p>"),
    ],
)
def test_html_is_shown_as_readers_saw_it(html: str, shown: str) -> None:
    markdown = html_as_comment(html, lines=True)
    expected = shown.replace("<br>", "<br>\n")
    assert render(markdown).strip() == expected


def test_what_is_nested_without_end_is_no_trouble() -> None:
    assert html_as_comment("<blockquote>" * 5_000 + "deep", lines=True).endswith("deep")


def test_markdown_loses_tags_pictures_and_addresses() -> None:
    text = "**Yes** ![cat](https://x.example/c.png) <img src=x> a@b.example"
    assert markdown_as_comment(text) == "**Yes** cat  …"
