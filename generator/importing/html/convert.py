"""HTML to our Markdown, in one call."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from html import escape

from bs4 import MarkupResemblesLocatorWarning
from bs4.element import Tag

from generator.importing.clean import with_closed_tags
from generator.importing.entries import Links
from generator.importing.html.markdown import write_markdown
from generator.importing.html.paragraphs import add_paragraphs
from generator.importing.html.tidy import tidy
from generator.importing.html.tree import Soup, depth, elements, end_unclosed

# Both forms of a break side by side are misread by older versions of Beautiful Soup.
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)

_DEEPEST = 100
_MOST_SIGNS = 60_000  # of "<", two an element: a tree takes some kilobytes for each, and no post that people wrote has as many
_TAG = re.compile(r"<[^<>]*>")


def html_to_markdown(
    html: str,
    links: Links,
    *,
    classic: bool = False,
    notes: str = "",
    describe: Callable[[Tag], None] | None = None,
) -> str:
    """The Markdown of *html*. In *classic* posts line ends have a meaning; *describe* completes pictures."""
    if html.count("<") > _MOST_SIGNS:
        links.note("lost", 1, f"it has more than {_MOST_SIGNS // 2:,} elements; only the words came")
        html = _TAG.sub(" ", html)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        soup = Soup(with_closed_tags(_BREAK.sub("<br>", html)))
    end_unclosed(soup)
    if depth(soup, _DEEPEST) > _DEEPEST:
        links.note("lost", 1, "its elements lie too deep in each other; only the words came")
        soup = Soup(escape(" ".join(soup.stripped_strings)))
    if classic:
        add_paragraphs(soup)
    tidy(soup, links.note, notes)
    if describe is not None:
        for image in elements(soup, ("img",)):
            describe(image)
    return write_markdown(soup, links)
