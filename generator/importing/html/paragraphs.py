"""Paragraphs of classic posts: a blank line parts them, a line end breaks a line, as the old editor showed them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from generator.importing.html.tree import elements, inside

BLOCKS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "center",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
        ),
        *(
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "nav",
            "noscript",
        ),
        *(
            "ol",
            "p",
            "pre",
            "script",
            "section",
            "style",
            "summary",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
        ),
        *("ul", "iframe", "video", "audio", "object", "form"),
    }
)
_FILLED = ("[document]", "article", "blockquote", "body", "center", "div", "li", "section", "td", "th")
_BLANK = re.compile(r"\n[ \t]*\n\s*")


def add_paragraphs(soup: BeautifulSoup) -> None:
    """Wrap the running text of each container in paragraphs; whatever stands in a <pre> stays."""
    for container in [soup, *elements(soup, _FILLED)]:
        if inside(container, "pre"):
            continue
        loose = container.name in ("li", "td", "th", "figcaption")
        if loose and not any(
            isinstance(text, NavigableString) and _BLANK.search(text) for text in container.contents
        ):
            _break_lines(soup, list(container.children))
            continue
        _fill(soup, container)
    for paragraph in elements(soup, ("p",)):
        if not inside(paragraph, "pre"):
            for tag in [node for node in paragraph.descendants if isinstance(node, Tag)]:
                if tag.name not in BLOCKS and tag.name != "br":
                    _break_lines(soup, list(tag.children), edges=False)
            _break_lines(soup, list(paragraph.children))


def _fill(soup: BeautifulSoup, container: Tag) -> None:
    run: list[PageElement] = []
    for child in list(container.children):
        if isinstance(child, PreformattedString):
            child.extract()
        elif isinstance(child, Tag) and child.name in BLOCKS:
            _wrap(soup, run)
            run = []
        else:
            run.append(child)
    _wrap(soup, run)


def _wrap(soup: BeautifulSoup, run: Iterable[PageElement]) -> None:
    """Put a run of text and inline elements into paragraphs, in place."""
    paragraph: Tag | None = None
    for node in run:
        pieces: list[PageElement] = [node]
        if isinstance(node, NavigableString) and _BLANK.search(node):
            pieces = [NavigableString(piece) for piece in _BLANK.split(node)]
        for index, piece in enumerate(pieces):
            if index or paragraph is None:
                paragraph = soup.new_tag("p")
                node.insert_before(paragraph)
            if piece is not node:
                paragraph.append(piece)
        if pieces != [node]:
            node.extract()
        elif paragraph is not None:
            paragraph.append(node.extract())


def _break_lines(soup: BeautifulSoup, nodes: Iterable[PageElement], edges: bool = True) -> None:
    """Make <br> of the line ends in *nodes*, but for those beside blocks and, with *edges*, the first and the last."""
    nodes = list(nodes)
    for index, node in enumerate(nodes):
        if not isinstance(node, NavigableString) or isinstance(node, PreformattedString):
            continue
        text = str(node)
        if _ends_line(nodes[index - 1]) if index else edges:
            text = text.lstrip("\n \t")
        if _ends_line(nodes[index + 1]) if index + 1 < len(nodes) else edges:
            text = text.rstrip("\n \t")
        for number, piece in enumerate(text.split("\n")):
            if number:
                node.insert_before(soup.new_tag("br"))
            node.insert_before(NavigableString(piece.strip("\r")))
        node.extract()


def _ends_line(neighbour: PageElement) -> bool:
    return isinstance(neighbour, Tag) and (neighbour.name in BLOCKS or neighbour.name == "br")
