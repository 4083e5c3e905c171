"""HTML to our Markdown, in one call."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from html import escape

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning
from bs4.element import Tag

from generator.importing.clean import with_closed_tags
from generator.importing.entries import Links
from generator.importing.html.markdown import write_markdown
from generator.importing.html.paragraphs import add_paragraphs
from generator.importing.html.tidy import tidy
from generator.importing.html.tree import depth, elements, end_unclosed

# Both forms of a break side by side are misread by older versions of Beautiful Soup.
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)

_DEEPEST = 100


def html_to_markdown(
    html: str,
    links: Links,
    *,
    classic: bool = False,
    notes: str = "",
    describe: Callable[[Tag], None] | None = None,
) -> str:
    """The Markdown of *html*. In *classic* posts line ends have a meaning; *describe* completes pictures."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        soup = BeautifulSoup(with_closed_tags(_BREAK.sub("<br>", html)), "html.parser")
    end_unclosed(soup)
    if depth(soup, _DEEPEST) > _DEEPEST:
        links.note("lost", 1, "its elements lie too deep in each other; only the words came")
        soup = BeautifulSoup(escape(" ".join(soup.stripped_strings)), "html.parser")
    if classic:
        add_paragraphs(soup)
    tidy(soup, links.note, notes)
    if describe is not None:
        for image in elements(soup, ("img",)):
            describe(image)
    return write_markdown(soup, links)
