"""Tables as our Markdown has them: rows of one length, running text in cells, nothing that spans several."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Tag

from generator.importing.html.shortcodes import Told
from generator.importing.html.tree import HEADINGS, line_of

_MAX_SPAN = 100
_MAX_SPARE = 5_000  # empty cells beside those that span several, in one table


def square(soup: BeautifulSoup, table: Tag, told: Told) -> None:
    """Rows of equal length directly below the table, its caption above it, nothing but running text in cells."""
    if table.find("table"):
        told("changed", line_of(table), "a table that held others was laid out as text")
        for part in [*table.find_all(["tr", "thead", "tbody", "tfoot", "td", "th"], recursive=True)]:
            if part.find_parent("table") is table:
                part.name = "div"
        table.name = "div"
        return
    caption = table.find("caption")
    if isinstance(caption, Tag):
        caption.name = "p"
        table.insert_before(caption.extract())
    rows = [row.extract() for row in table.find_all("tr")]
    grid = [row for row in _grid(soup, rows) if row]
    table.clear()
    if any(cell.get("data-spans") for row in grid for cell in row):
        told("changed", line_of(table), "cells that spanned several were given empty neighbours")
    if grid and not any(cell.name == "th" for cell in grid[0]):
        told("changed", line_of(table), "the first row of a table became its header; is it one?")
    width = max((len(row) for row in grid), default=0)
    for row in grid:
        line = soup.new_tag("tr")
        for cell in (*row, *(soup.new_tag("td") for _ in range(width - len(row)))):
            cell.name = "td"
            _flatten(soup, cell)
            line.append(cell)
        table.append(line)


def _grid(soup: BeautifulSoup, rows: list[Tag]) -> Iterator[list[Tag]]:
    hanging: dict[int, int] = {}
    spare = _MAX_SPARE
    for row in rows:
        cells: list[Tag] = []
        for cell in row.find_all(["td", "th"], recursive=False):
            while hanging.get(len(cells), 0):
                hanging[len(cells)] -= 1
                cells.append(soup.new_tag("td"))
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            if wide > 1 or high > 1:
                cell["data-spans"] = "1"
            wide = min(wide, 1 + max(spare, 0))
            spare -= wide - 1
            for column in range(len(cells), len(cells) + wide):
                hanging[column] = high - 1
            cells += [cell.extract(), *(soup.new_tag("td") for _ in range(wide - 1))]
        yield cells


def _span(cell: Tag, name: str) -> int:
    written = str(cell.get(name) or "1")
    del cell[name]
    return min(max(int(written), 1), _MAX_SPAN) if written.isdecimal() else 1


def _flatten(soup: BeautifulSoup, cell: Tag) -> None:
    for block in cell.find_all(["p", "div", "li"]):
        if block.find_next_sibling():
            block.append(soup.new_tag("br"))
        block.unwrap()
    for block in cell.find_all(["ul", "ol", "blockquote", *HEADINGS]):
        block.unwrap()
