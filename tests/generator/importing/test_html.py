"""HTML of other systems becomes our Markdown."""

from __future__ import annotations

import html as entities
import re

import pytest
from bs4.element import PageElement, Tag
from hypothesis import given
from hypothesis import strategies as st

from generator.bodies.markdown.render import render_body
from generator.ground.model import MarkdownOptions
from generator.importing.clean import with_closed_tags
from generator.importing.html.convert import html_to_markdown
from generator.importing.html.shortcodes import GalleryItem, translate


class Here:
    """Links as a test needs them: every one is known, every picture but those called missing."""

    def __init__(self) -> None:
        self.notes: list[tuple[str, int]] = []

    def link(self, address: str, line: int) -> str | None:
        return address or None

    def picture(self, address: str, line: int) -> str | None:
        return None if "missing" in address else f"files/{address.rpartition('/')[2]}"

    def note(self, cause: str, line: int, what: str) -> None:
        self.notes.append((cause, line))


def gallery(ids: tuple[str, ...]) -> tuple[GalleryItem, ...]:
    return tuple(GalleryItem(f"/{number}.png", f"Picture {number}", "") for number in ids)


def markdown(html: str, classic: bool = False) -> str:
    return html_to_markdown(html, Here(), classic=classic)


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>a <b>b</b> <i>c</i> <em> d </em>e</p>", "a **b** *c*  *d* e"),
        ("<p><b>Note:</b>text</p>", "<strong>Note:</strong>text"),
        ("<p><b>a</b><b>b</b></p>", "<strong>a</strong><strong>b</strong>"),
        ("<p>H<sub>2</sub>O <u>x</u> <del>y</del></p>", "H<sub>2</sub>O <u>x</u> ~~y~~"),
        ("<p>a<br>b</p>", "a\\\nb"),
        ("<p>a<br><br/>b</p>", "a\n\nb"),
        ("<p>a<br></p><p>&nbsp;</p>", "a"),
        ("<h1>A</h1><h2>B</h2>", "## A\n\n### B"),
        ("<h4 id='x'>A</h4><h5>B</h5>", "## A {#x}\n\n### B"),
        ("<h2 id='x'>A</h2><h2 id='x'>B</h2>", "## A {#x}\n\n## B"),
        ("<h2 id='comments'>A</h2>", "## A"),
        ("<h2><b>A</b></h2>", "## A"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b"),
        ("<ol start='3'><li>a</li></ol>", "3. a"),
        ("<blockquote><p>a</p><cite>B</cite></blockquote>", "> a\n>\n> *B*"),
        ("<pre><code class='language-py'>a  *b*\n```\n</code></pre>", "````py\na  *b*\n```\n````"),
        ("<p><code>a`b</code></p>", "`` a`b ``"),
        ("<a href='https://a.example/x'>https://a.example/x</a>", "<https://a.example/x>"),
        ("<a href='/a (b).pdf'>c</a>", "[c](</a (b).pdf>)"),
        ("<a href='#no'>c</a>", "c"),
        ("<h2 id='yes'>A</h2><a href='#yes'>c</a>", "## A {#yes}\n\n[c](#yes)"),
        ("<img src='/a.png' alt='b [c]'>", "![b \\[c\\]](files/a.png)"),
        ("<img src='/missing.png' alt='b'>", ""),
        ("<a href='/a.png'><img src='/a-300x200.png' alt='b'></a>", "![b](files/a-300x200.png)"),
        (
            "<figure><img src='/a.png' alt='b'><figcaption>C <i>d</i></figcaption></figure>",
            ":::figure\n![b](files/a.png)\n\nC *d*\n:::",
        ),
        (
            "<figure><img src='/a.png'><figcaption>C</figcaption></figure>",
            ":::figure\n![C](files/a.png)\n\nC\n:::",
        ),
        ("<figure><img src='/missing.png'><figcaption>C</figcaption></figure>", "C"),
        ("<table><tr><th>A</th></tr><tr><td>b|c</td></tr></table>", "| A |\n| --- |\n| b\\|c |"),
        (
            "<table><tr><td colspan=2>a</td></tr><tr><td>b</td><td>c</td></tr></table>",
            "| a |  |\n| --- | --- |\n| b | c |",
        ),
        (
            "<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c<br>d</td></tr></table>",
            "| a | b |\n| --- | --- |\n|  | c<br>d |",
        ),
        ("<table><caption>T</caption><tr><td>a</td></tr></table>", "T\n\n| a |\n| --- |"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a\n:   b"),
        # Nothing ends these but what comes next.
        (
            "<table><tr><td>Week<td>Dose<tr><td>1<td>5 mg</table>",
            "| Week | Dose |\n| --- | --- |\n| 1 | 5 mg |",
        ),
        (
            "<table><tr><td>a<table><tr><td>b<td>c</table><td>d</table>",
            "a\n\n| b | c |\n| --- | --- |\n\nd",
        ),
        ("<ul><li>a<li>b<ul><li>c<li>d</ul><li>e</ul>", "- a\n- b\n  - c\n  - d\n- e"),
        ("<dl><dt>a<dd>b<dt>c<dd>d</dl>", "a\n:   b\n\nc\n:   d"),
        ("<h1>a</h1><h3>b</h3><h4>c</h4><h3>d</h3>", "## a\n\n### b\n\n#### c\n\n### d"),
        ("<h4>a</h4><h3>b</h3>", "## a\n\n## b"),
        (
            "<figure><audio src='/a.mp3'></audio><figcaption>The talk</figcaption></figure>",
            "[The talk](/a.mp3)",
        ),
        (
            "<figure><audio src='/a.mp3'></audio><figcaption>By <a href='/b'>b</a></figcaption></figure>",
            "[a.mp3](/a.mp3)\n\nBy [b](/b)",
        ),
        (
            "<div class='wp-block-file'><a href='/a.pdf'>Diary</a><a class='wp-block-file__button' href='/a.pdf'>Download</a></div>",
            "[Diary](/a.pdf)",
        ),
        ("<pre class='wp-block-verse'>a\n  b <em>c</em></pre>", "a\\\nb *c*"),
        (
            "<iframe src='//www.youtube.com/embed/abcdefg?x=1' title='Film'></iframe>",
            "[Film](https://www.youtube.com/watch?v=abcdefg)",
        ),
        ("<p>https://vimeo.com/1</p>", "<https://vimeo.com/1>"),
        ("<video><source src='/a.mp4'></video>", "[a.mp4](/a.mp4)"),
        ("<script>x</script><style>y</style><form><input></form><!-- z -->a", "a"),
        (
            "<p>a<sup><a href='#n1'>1</a></sup></p><ol><li id='n1'>Note <a href='#r'>↩</a></li></ol>",
            "a^[Note]",
        ),
        ("<p>Write to me@example.org</p>", "Write to …"),
        ("<tr><td>a</td></tr>", "a"),
        ("<b><p>a</p><p>b</p></b>", "a\n\nb"),
        ("<code>a<img src='/b.png' alt='c'></code>", "a![c](files/b.png)"),
        ("<p>&nbsp;# a</p>", "\xa0\\# a"),
        ("<div>" * 200 + "a & b" + "</div>" * 200, "a & b"),
        ("<details><summary>A</summary><p>b</p></details>", "**A**\n\nb"),
    ],
)
def test_html_becomes_markdown(html: str, wanted: str) -> None:
    assert markdown(html).rstrip("\n") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a\nb\n\nc", "a\\\nb\n\nc"),
        ("a <b>b\nc</b> d", "a **b\\\nc** d"),
        ("a\n<h2>B</h2>\nc", "a\n\n## B\n\nc"),
        ("<blockquote>a\n\nb</blockquote>", "> a\n>\n> b"),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>\nc", "- a\n- b\n\nc"),
        ("<pre>a\n\nb</pre>", "```\na\n\nb\n```"),
        ("<p>a\nb</p>", "a\\\nb"),
    ],
)
def test_line_ends_of_classic_posts_have_a_meaning(text: str, wanted: str) -> None:
    assert markdown(text, classic=True).rstrip("\n") == wanted


@pytest.mark.parametrize(
    ("text", "wanted", "notes"),
    [
        (
            '[caption width="3"]<img src="/a.png" alt="b"> C[/caption]',
            ":::figure\n![b](files/a.png)\n\nC\n:::",
            [],
        ),
        ('[gallery ids="1,2"]', "![Picture 1](files/1.png)\n\n![Picture 2](files/2.png)", ["changed"]),
        ("[gallery]", "", ["lost"]),
        ("[embed]https://vimeo.com/1[/embed]", "<https://vimeo.com/1>", ["changed"]),
        ("[youtube abcdefg]", "<https://www.youtube.com/watch?v=abcdefg>", ["changed"]),
        ('[audio mp3="/a.mp3"][/audio]', "[a.mp3](/a.mp3)", ["changed"]),
        ("a[ref]b <i>c</i>[/ref]", "a^[b *c*]", []),
        ("[vc_row][vc_column]a[/vc_column][/vc_row]", "a", ["changed", "changed"]),
        ('a [contact-form-7 id="1"] b', "a b", ["lost"]),
        ("a [sic] [1] [Ed. note] b", "a \\[sic\\] \\[1\\] \\[Ed. note\\] b", []),
        ("[[gallery]]", "\\[gallery\\]", []),
        ("<code>[gallery]</code>", "`[gallery]`", []),
        ("[x don't", "\\[x don't", []),
    ],
)
def test_shortcodes_are_translated_or_told(text: str, wanted: str, notes: list[str]) -> None:
    here = Here()
    found = html_to_markdown(translate(text, gallery, here.note), here, classic=True)
    assert " ".join(found.split(" ")).replace("  ", " ").rstrip("\n") == wanted
    assert [cause for cause, _ in here.notes] == notes


def test_what_is_told_of_a_shortcode_names_its_line() -> None:
    here = Here()
    translate('a\n\n[caption]\n<img src="x">\nb[/caption]\n[poll id="3"]', gallery, here.note)
    assert here.notes == [("lost", 6)]


def test_pictures_in_the_text_itself_are_told() -> None:
    here = Here()
    html_to_markdown("<p>a</p>\n<img src='/a.png'>", here)
    assert here.notes == [("look", 2)]


SIGNS = st.text(st.sampled_from("ab1 *_`[](){}<>#~^|$=%!:+-.&;\\/@\"'?"), max_size=30)


@given(SIGNS)
def test_every_text_is_shown_as_it_was(text: str) -> None:
    """What stood in a paragraph stands there again, and no sign in it means anything."""
    if "@" in text:
        text = text.replace("@", "")
    text = " ".join(text.split())
    written = markdown(f"<p>{entities.escape(text)}</p>")
    body = render_body(written, "en", MarkdownOptions(typographer=False))
    shown = re.sub(r"^<p>|</p>$", "", "".join(body.html.parts).strip())
    assert entities.unescape(shown) == text
    assert body.facts.problems == ()


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ("", ""),
        ("a < b", "a &lt; b"),
        ("<p>a</p><a <a <a", "<p>a</p>&lt;a &lt;a &lt;a"),
        ("<!-- a --><p>b</p>", "<!-- a --><p>b</p>"),
        ("<!-- a --><p>b</p><!-- c", "<!-- a --><p>b</p>&lt;!-- c"),
        ("<!-- <p>b</p>", "&lt;!-- <p>b</p>"),
    ],
)
def test_what_nothing_ends_is_text(markup: str, wanted: str) -> None:
    assert with_closed_tags(markup) == wanted


def test_words_after_a_tag_that_nothing_ends_stay() -> None:
    assert markdown("<p>a</p>b <i c").strip() == "a\n\nb \\<i c"


def test_a_table_of_spans_stays_of_a_size() -> None:
    row = "<td colspan=100>x</td>" * 100
    assert markdown(f"<table><tr>{row}</tr></table>").count("|") < 11_000


def test_a_long_post_is_read_in_steps_that_grow_with_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beautiful Soup's own search for a child begins at the first one."""
    searched: list[PageElement] = []
    search = Tag.index

    def counted(tag: Tag, child: PageElement) -> int:
        searched.append(child)
        return search(tag, child)

    monkeypatch.setattr(Tag, "index", counted)
    written = markdown("<p>A <b>b</b>.</p>\n" * 500 + "x\n\ny\n" * 500, classic=True)
    assert written.count("A **b**.") == 500
    assert len(searched) < 50


def test_a_post_of_more_elements_than_anybody_writes_keeps_its_words() -> None:
    links = Here()
    assert html_to_markdown("<b>a</b><i>" * 25_000, links).split() == ["a"] * 25_000
    assert links.notes == [("lost", 1)]
