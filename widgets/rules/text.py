"""Owns a comment's text: what characters it may hold, and the Markdown subset it becomes."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Final

import nh3

from widgets.contract.problems import Problem
from widgets.rules.marks import normal
from widgets.rules.names.invisible import is_invisible

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

TAGS: Final = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre"}
LONG_TAGS: Final = TAGS | {"h2", "h3"}  # of stories and questions
_SCHEMES: Final = {"http", "https", "mailto"}
_RULES: Final = [
    *(
        "emphasis",
        "link",
        "list",
        "blockquote",
        "backticks",
        "fence",
        "escape",
        "entity",
        "newline",
        "autolink",
    ),
]
# C0 but tab and line feed, DEL, C1, surrogates, noncharacters: nothing that anybody writes.
_UNSHOWABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# What Markdown may read as more than words in lines: a mark, the beginning of an item, a blank at an end of a line.
_MARKED: Final = re.compile(
    r"[\\`*_\[\]<>&~#\0]|[^\S \n]|^[ +-]|^\d{1,9}[.)]| $|\A\n|\n\Z|\A\Z", re.MULTILINE
)
_BREAK: Final = "<br>\n"
_BLANK_LINES: Final = re.compile(r"\n{2,}")
_LINK: Final = re.compile(r'<a href="')
_EMPTY_LINK: Final = re.compile(r'(<a href="([^"]+)"[^>]*>)\s*</a>')
_HEADING: Final = re.compile(r"(</?)h([1-6])\b")
_BARE_LINK: Final = re.compile(r"(?:https?://|www\.)", re.IGNORECASE)


def normalise(text: str, limit: int) -> str:
    """The text as it is kept: NFC, line feeds, no blank edges. Raises Problem."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _UNSHOWABLE.search(text):
        raise Problem("text-characters")
    text = normal("NFC", text).strip()
    if not any(_says_something(character) for character in text):
        raise Problem("text-empty")
    if len(text) > limit:
        detail = f"At most {limit:,} characters; these are {len(text):,}."
        raise Problem("text-too-long", detail, length=(len(text), limit))
    return text


def _says_something(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS" and not is_invisible(character)


def render(text: str) -> str:
    """Clean HTML of the Markdown subset; raw HTML in it shows as the text it is."""
    return clean(_rendered(text) if _MARKED.search(text) else _paragraphs(text))


def _paragraphs(text: str) -> str:
    """What Markdown makes of a text without any mark of it."""
    paragraphs = _BLANK_LINES.split(escape(text, quote=False))
    return "".join(f"<p>{lines.replace(chr(10), _BREAK)}</p>\n" for lines in paragraphs)


def _rendered(text: str, *, headings: bool = False) -> str:
    """Not clean yet. A link without words shows where it leads."""
    return _EMPTY_LINK.sub(r"\1\2</a>", _markdown(headings).render(text))


def clean(html: str) -> str:
    """*html* without what :func:`render` could not have made: other elements, attributes and schemes of links."""
    return _cleaner().clean(html)


def render_long(text: str) -> str:
    """Clean HTML of a story or question: the same subset, and headings of two levels, since a page has one title."""
    html = _rendered(text, headings=True)
    return clean_long(_HEADING.sub(lambda found: f"{found[1]}h{min(3, max(2, int(found[2])))}", html))


def clean_long(html: str) -> str:
    """*html* without what :func:`render_long` could not have made."""
    return _cleaner(headings=True).clean(html)


@cache
def _cleaner(*, headings: bool = False) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=LONG_TAGS if headings else TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=_SCHEMES,
        link_rel="nofollow ugc noopener",
    )


def link_count(text: str, html: str) -> int:
    """Links that the HTML holds, and addresses that are merely written out."""
    return max(len(_LINK.findall(html)), len(_BARE_LINK.findall(text)))


@cache
def _markdown(headings: bool = False) -> MarkdownIt:
    from markdown_it import MarkdownIt  # loaded with the first comment: reading does not pay for it
    from markdown_it.rules_inline import StateInline, link

    def picture(state: StateInline, silent: bool) -> bool:
        """`![x](y)`: nothing is shown from elsewhere, so it is the link `[x](y)`."""
        if not state.src.startswith("![", state.pos):
            return False
        state.pos += 1
        if link(state, silent):
            return True
        state.pos -= 1
        return False

    options = {"html": False, "linkify": False, "typographer": False, "breaks": True, "maxNesting": 20}
    rules = [*_RULES, "heading"] if headings else _RULES
    markdown = MarkdownIt("zero", options).enable(rules)
    markdown.inline.ruler.before("link", "picture", picture)
    return markdown
