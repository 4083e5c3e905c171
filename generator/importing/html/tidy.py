"""Tidies a tree of HTML before it is written as Markdown: footnotes, players, forms, tables, breaks, headings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, PreformattedString, Tag

from generator.importing.html.paragraphs import BLOCKS
from generator.importing.html.shortcodes import Told
from generator.importing.html.tables import square
from generator.importing.html.tree import HEADINGS, classes_of, elements, inside, line_of
from generator.importing.outline import outlined

_GONE = ("script", "style", "noscript", "template", "svg", "canvas", "map", "head", "link", "meta")
_FORMS = ("form", "input", "button", "select", "textarea")
_PLAYERS = ("iframe", "video", "audio", "object", "embed")
_TABLE_PARTS = ("thead", "tbody", "tfoot", "tr", "td", "th", "caption")
# Tags of running text mean nothing around blocks; old pages have such.
_CODES = ("code", "kbd", "samp", "tt")
_INLINE = (
    *_CODES,
    "abbr",
    "b",
    "cite",
    "del",
    "em",
    "i",
    "mark",
    "q",
    "s",
    "small",
    "strong",
    "sub",
    "sup",
    "u",
)
_BLOCKS = frozenset({*BLOCKS, "gw-break"})
_CODE_ENDS = frozenset({*_BLOCKS, "img", "a"})
_YOUTUBE = re.compile(r"(?:youtube(?:-nocookie)?\.com/embed/|youtu\.be/)([\w-]{6,20})")
_VIMEO = re.compile(r"player\.vimeo\.com/video/(\d+)")
_ALONE = re.compile(r"https?://[^\s<>\"]+")
_ID = re.compile(r"\w[\w:-]*")
_KEPT_IDS = re.compile(r"(?:cite|ref)-\d+(?:-\d+)?|comments|reactions|page-.+")


def tidy(soup: BeautifulSoup, told: Told, notes: str = "") -> None:
    """Change *soup* in place; *notes* is the list of footnotes that the block editor keeps apart, as JSON."""
    for text in [node for node in soup.descendants if isinstance(node, PreformattedString)]:
        text.extract()
    for tag in elements(soup, _GONE):
        if not tag.decomposed:
            if tag.name in ("script", "svg"):
                told("lost", line_of(tag), f"a <{tag.name}> was taken out")
            tag.decompose()
    _number_footnotes(soup, notes)
    _simplify_blocks(soup)
    _link_players(soup, told)
    for tag in elements(soup, _FORMS):
        if not tag.decomposed:
            if tag.name == "form":
                told("lost", line_of(tag), "a form was taken out")
            tag.decompose()
    for table in elements(soup, ("table",)):
        square(soup, table, told)
    for part in elements(soup, _TABLE_PARTS):
        if not inside(part, "table"):
            part.name = "div"
    _join_breaks(soup)
    for tag in elements(soup, _INLINE):
        if elements(tag, _CODE_ENDS if tag.name in _CODES and not inside(tag, "pre") else _BLOCKS):
            tag.unwrap()
    _shift_headings(soup)


def heading_id(tag: Tag) -> str:
    """The id of a heading that links may lead to here; empty where it has none that is allowed."""
    found = tag.get("id")
    if not isinstance(found, str):
        inner = tag.find(["a", "span"], id=True)
        found = inner.get("id") if isinstance(inner, Tag) else None
    usable = isinstance(found, str) and _ID.fullmatch(found) and not _KEPT_IDS.fullmatch(found)
    return str(found) if usable else ""


def _simplify_blocks(soup: BeautifulSoup) -> None:
    """Parts of blocks that repeat a link for the mouse, and verse, whose lines are lines of text."""
    for tag in elements(soup, ("a", "object")):
        names = classes_of(tag)
        if "wp-block-file__embed" in names or "wp-block-file__button" in names:
            file = tag.find_parent(class_="wp-block-file")
            if isinstance(file, Tag) and len(elements(file, ("a",))) > 1:
                tag.decompose()
    for verse in elements(soup, ("pre",)):
        if "wp-block-verse" in classes_of(verse):
            verse.name = "p"
            for text in [node for node in verse.descendants if isinstance(node, NavigableString)]:
                first, *others = str(text).strip("\n").split("\n")
                for line in reversed(others):
                    text.insert_after(soup.new_tag("br"), line.lstrip(" "))
                text.replace_with(first)


def _number_footnotes(soup: BeautifulSoup, notes: str) -> None:
    """Make <gw-note> of marks whose text stands elsewhere; the list of these texts goes."""
    texts = dict(_block_notes(notes))
    for mark in elements(soup, ("sup",)):
        inner = mark.find("a", href=True)
        if not isinstance(inner, Tag):
            continue
        target = str(inner["href"]).rpartition("#")[2]
        words = texts.get(target)
        if words is None and str(inner["href"]).startswith("#") and re.search(r"\d|\*", mark.get_text()):
            words = _note_text(soup, target)
        if words is not None:
            texts[target] = words
            note = soup.new_tag("gw-note")
            note.append(BeautifulSoup(words, "html.parser"))
            mark.replace_with(note)
    for target in texts:
        item = soup.find(["li", "p", "div"], id=target)
        if isinstance(item, Tag):
            holder = item.parent
            item.decompose()
            if holder is not None and holder.name in ("ol", "ul") and not holder.find("li"):
                holder.decompose()


def _block_notes(notes: str) -> Iterator[tuple[str, str]]:
    try:
        found = json.loads(notes) if notes else []
    except ValueError:
        return
    for each in found if isinstance(found, list) else []:
        if isinstance(each, dict) and isinstance(each.get("id"), str):
            yield each["id"], str(each.get("content", ""))


def _note_text(soup: BeautifulSoup, target: str) -> str | None:
    item = soup.find(["li", "p", "div"], id=target)
    if not isinstance(item, Tag):
        return None
    copy = BeautifulSoup(item.decode_contents(), "html.parser")
    for back in copy.find_all("a", href=re.compile("^#")):
        back.decompose()
    return copy.decode_contents().strip()


def _link_players(soup: BeautifulSoup, told: Told) -> None:
    for player in elements(soup, _PLAYERS):
        if player.decomposed:
            continue
        address = _address_of(player)
        if not address or not urlsplit(address).path.strip("/"):
            told("lost", line_of(player), f"a <{player.name}> without an address was taken out")
            player.decompose()
            continue
        told("changed", line_of(player), "what played or stood in a frame is a link now")
        link = soup.new_tag("a", href=address)
        link.string = _caption_alone(player) or str(player.get("title") or "") or address
        paragraph = soup.new_tag("p")
        paragraph.append(link)
        player.replace_with(paragraph)
    for text in [
        node for node in soup.descendants if isinstance(node, NavigableString) and _ALONE.search(node)
    ]:
        parent = text.parent
        if parent is None or parent.name not in ("p", "div") or parent.find("a"):
            continue
        if _ALONE.fullmatch(parent.get_text().strip()):
            link = soup.new_tag("a", href=str(text).strip())
            link.string = str(text).strip()
            text.replace_with(link)


def _caption_alone(player: Tag) -> str:
    """The caption of a figure that holds nothing but a player: it becomes the words of the link."""
    figure = player.find_parent("figure")
    caption = figure.find("figcaption") if isinstance(figure, Tag) else None
    if not isinstance(caption, Tag) or caption.find(True) or len(elements(figure, (*_PLAYERS, "img"))) > 1:  # type: ignore[arg-type]
        return ""
    words = " ".join(caption.get_text().split())
    if words:
        caption.decompose()
    return words


def _address_of(player: Tag) -> str:
    source = player.find("source", src=True)
    names = ("src", "data-src", "data")
    found = next((str(player[name]) for name in names if player.get(name)), "")
    if not found and isinstance(source, Tag):
        found = str(source["src"])
    found = f"https:{found}" if found.startswith("//") else found
    if known := _YOUTUBE.search(found):
        return f"https://www.youtube.com/watch?v={known[1]}"
    if known := _VIMEO.search(found):
        return f"https://vimeo.com/{known[1]}"
    return found


def _join_breaks(soup: BeautifulSoup) -> None:
    """Two breaks in a row part paragraphs."""
    for line in elements(soup, ("br",)):
        following = line.next_sibling
        blank: list[NavigableString] = []
        while (
            isinstance(following, NavigableString)
            and not isinstance(following, Comment)
            and not following.strip()
        ):
            blank.append(following)
            following = following.next_sibling
        if isinstance(following, Tag) and following.name == "br":
            for text in blank:
                text.extract()
            line.name = "gw-break"
            following.extract() if following.next_sibling is None else None


def _shift_headings(soup: BeautifulSoup) -> None:
    """The title is the first level, and no heading skips one."""
    found = elements(soup, HEADINGS)
    levels = outlined(int(tag.name[1]) for tag in found)
    for tag, level in zip(found, levels, strict=True):
        tag.name = f"h{level}"
