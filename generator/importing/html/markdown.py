"""Writes a tidied tree of HTML as our Markdown, by markdownify with converters of our own."""

from __future__ import annotations

import posixpath
import re
from typing import Any
from urllib.parse import quote

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from markdownify import MarkdownConverter

from generator.files.images import SUFFIXES
from generator.importing.clean import holds_email, without_emails
from generator.importing.entries import Links
from generator.importing.html.tidy import heading_id
from generator.importing.html.tree import HEADINGS, classes_of, elements, line_of

_SIGNS = re.compile(
    r"[\\`*\[\]<~^|]|(?<!\w)_|_(?!\w)|\{(?=[{%>+~=:#.<*/-])|(?<==)=|%(?=%)|&(?=#?\w+;)|(?<=[+~=-])\}|--(?=>)|\*/"
)
_LINE_START = re.compile(
    r"^([ \t\xa0]*)(#{1,6}(?=\s|$)|>|[-+=](?=[\s=-]|$)|:{1,3}(?=[\s:a-z]|$)|!!!|\?\?\?|~|\.\.(?=\s))",
    re.MULTILINE,
)
_NUMBER_START = re.compile(r"^([ \t\xa0]*\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
# Marks in text that is still being made; the source holds no control characters.
_BREAK = "\x05"
_SENTINELS = {2: None, 3: None, 4: None}
_LINES = re.compile(r"\n{3,}")
_CAPTION = re.compile("\x02(.*?)\x03", re.DOTALL)
_LANGUAGE = re.compile(r"(?:language|lang|brush:)-?\s*([\w+#-]+)")
_BLOCK_PARENTS = frozenset({"li", "td", "th", "dd", "dt", "table"})


def write_markdown(soup: BeautifulSoup, links: Links) -> str:
    """The Markdown of *soup*, which ends in a line end; empty for a tree without words and pictures."""
    text: str = _Writer(soup, links).convert_soup(soup)
    text = text.translate(_SENTINELS)
    lines = text.split("\n")
    text = "\n".join(_with_break(line, after) for line, after in zip(lines, [*lines[1:], ""], strict=True))
    text = _LINES.sub("\n\n", text).strip("\n")
    if holds_email(text):  # one whose parts had tags of their own: mara<span>@</span>example.org
        links.note("changed", 0, "an e-mail address was taken out of the text")
        text = without_emails(text)
    return f"{text}\n" if text else ""


def _with_break(line: str, after: str) -> str:
    """*line* with the mark that breaks it, where something follows in the same paragraph."""
    words = line.rstrip(f" \t{_BREAK}")
    if words.strip() == "\\[":  # alone on a line it would begin a formula
        words = "&#91;"
    broken = _BREAK in line[len(words) :] and after.strip(f" \t>{_BREAK}") and words.strip(" \t>")
    return words.replace(_BREAK, " ") + ("\\" if broken else "")


class _Writer(MarkdownConverter):
    """markdownify with the dialect of ``docs/markdown.md``."""

    def __init__(self, soup: BeautifulSoup, links: Links) -> None:
        super().__init__(
            heading_style="atx",
            bullets="-",
            newline_style="backslash",
            autolinks=False,
            sub_symbol="<sub>",
            sup_symbol="<sup>",
            table_infer_header=True,
        )
        self._links = links
        self._ids: dict[str, int] = {}
        for tag in elements(soup, HEADINGS):
            self._ids.setdefault(heading_id(tag), id(tag))

    # --- text ----------------------------------------------------------------------------------------

    def escape(self, text: str, parent_tags: set[str]) -> str:
        if holds_email(text):
            self._links.note("changed", 0, "an e-mail address was taken out of the text")
            text = without_emails(text)
        text = _SIGNS.sub(lambda found: "\\" + found[0], text)
        if text.count("$") > 1:
            text = text.replace("$", "\\$")
        text = _LINE_START.sub(r"\1\\\2", text)
        return _NUMBER_START.sub(r"\1\\\2", text)

    def _marked(self, el: Tag, text: str, parent_tags: set[str], sign: str, tag: str) -> str:
        """Emphasis by *sign*; by *tag* where a letter beside it would keep the sign from being read."""
        if "_noformat" in parent_tags or "\n\n" in text or not text.strip(f" {_BREAK}\n"):
            return text
        before = " " if text[0] in " \n" else ""
        after = " " if text[-1] in " \n" else ""
        words = text.strip(f"{_BREAK} \n")
        if {el.name} & parent_tags or (sign == "**" and {"b", "strong"} & parent_tags):
            return text
        if (not before and _touches(el.previous_sibling, -1)) or (not after and _touches(el.next_sibling, 0)):
            return f"{before}<{tag}>{words}</{tag}>{after}" if "\n" not in words else text
        return f"{before}{sign}{words}{sign}{after}"

    def convert_b(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        heading = {f"h{n}" for n in range(1, 7)} & parent_tags
        return text if heading else self._marked(el, text, parent_tags, "**", "strong")

    convert_strong = convert_b

    def convert_em(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self._marked(el, text, parent_tags, "*", "em")

    convert_i = convert_em
    convert_cite = convert_em

    def _kept(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A tag of running text that our Markdown reads as it is."""
        words = text.strip()
        if not words or "\n" in words or "_noformat" in parent_tags:
            return text
        return text.replace(words, f"<{el.name}>{words}</{el.name}>")

    convert_u = convert_mark = convert_small = convert_abbr = _kept

    def convert_summary(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        words = text.strip()
        return f"\n\n{words if chr(10) in words else f'**{words}**'}\n\n" if words else ""

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "td" in parent_tags:
            return "<br>"
        return " " if "_inline" in parent_tags else f"{_BREAK}\n"

    def convert_gw_break(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return "<br>" if "td" in parent_tags else " " if "_inline" in parent_tags else "\n\n"

    def convert_gw_note(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        words = " ".join(text.replace(_BREAK, " ").split())
        return f"^[{words}]" if words else ""

    # --- blocks --------------------------------------------------------------------------------------

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: N802
        words = " ".join(text.split())
        if not words or "_inline" in parent_tags:
            return words
        name = heading_id(el)
        mark = f" {{#{name}}}" if name and self._ids.get(name) == id(el) else ""
        return f"\n\n{'#' * n} {words}{mark}\n\n"

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        for line in el.find_all("br"):
            line.replace_with("\n")
        code = el.get_text().strip("\n")
        if not code.strip():
            return ""
        if "_inline" in parent_tags:
            return f" `{' '.join(code.split())}` "
        classes = " ".join(
            (*classes_of(el), *(name for tag in el.find_all("code") for name in classes_of(tag)))
        )
        found = _LANGUAGE.search(classes)
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", code)), default=0))
        return f"\n\n{fence}{found[1] if found else ''}\n{without_emails(code)}\n{fence}\n\n"

    def convert_code(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        code: str = super().convert_code(el, without_emails(text), parent_tags)  # type: ignore[misc]
        return code.replace("|", "\\|") if "td" in parent_tags else code

    convert_kbd = convert_samp = convert_tt = convert_code

    def convert_hr(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return " " if "_inline" in parent_tags else "\n\n---\n\n"

    def convert_figcaption(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n\x02{text.strip()}\x03\n\n" if text.strip() else ""

    def convert_figure(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        caption = "\n\n".join(found.strip() for found in _CAPTION.findall(text))
        rest = _CAPTION.sub("", text).strip()
        if "_inline" in parent_tags:
            return f"{rest} {caption}"
        if (
            not caption
            or not rest.startswith("\x04")
            or rest.count("\x04") > 1
            or _BLOCK_PARENTS & parent_tags
        ):
            return f"\n\n{rest}\n\n{caption}\n\n"
        return f"\n\n:::figure\n{rest}\n\n{caption}\n:::\n\n"

    # --- links and pictures --------------------------------------------------------------------------

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        href, words = str(el.get("href") or ""), text.strip()
        if (
            not href
            or not words
            or "_noformat" in parent_tags
            or "a" in parent_tags
            or "\n\n" in words
            or "```" in words
        ):
            return text
        if el.find("img") and href.lower().partition("?")[0].endswith(SUFFIXES):
            return text
        found = self._links.link(href, line_of(el))
        if found and found.startswith("#") and found[1:] not in self._ids:
            self._links.note(
                "changed", line_of(el), f"a link to '{found}', which is no heading here, was taken out"
            )
            found = None
        if not found:
            return text
        if _unescaped(words) == href and "://" not in found and not found.startswith("#"):
            words = self.escape(
                posixpath.basename(found), parent_tags
            )  # an address of the old site says nothing here
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        if _unescaped(words) == found and "://" in found and not _ODD.search(found):
            return f"{before}<{quote(found, safe=_SAFE)}>{after}"
        return f"{before}[{words}]({_destination(found)}){after}"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        source = next((str(el[name]) for name in ("data-src", "data-lazy-src", "src") if el.get(name)), "")
        path = self._links.picture(source, line_of(el)) if source else None
        alt = " ".join(without_emails(str(el.get("alt") or "")).split())
        if path is None:
            return ""
        if not alt:
            alt = _caption_of(el)
        if not alt:
            self._links.note("look", line_of(el), "a picture has no description; write what it shows")
        return f"\x04![{self._label(alt)}]({_destination(path)})"

    @staticmethod
    def _label(alt: str) -> str:
        return re.sub(r"[\\\[\]<`*_|]", lambda found: "\\" + found[0], alt)

    def convert_video(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return text


# Signs that mean something in an address between < and > to readers of other dialects.
_ODD = re.compile(r"[~^\[\]]|-$")
_SAFE = "%/:?#@!$&'*+,;=~.-_()[]"


def _destination(address: str) -> str:
    if "://" in address:
        address = quote(address, safe=_SAFE)
    return f"<{address}>" if re.search(r"[\s()\[\]\\]", address) else address


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _caption_of(image: Tag) -> str:
    figure = image.find_parent("figure")
    caption = figure.find("figcaption") if isinstance(figure, Tag) else None
    return " ".join(without_emails(caption.get_text()).split()) if isinstance(caption, Tag) else ""


def _touches(neighbour: Any, end: int) -> bool:
    """Whether a letter, a digit or emphasis stands right beside an element."""
    if isinstance(neighbour, NavigableString):
        return bool(neighbour) and (neighbour[end].isalnum() or neighbour[end] == "*")
    return isinstance(neighbour, Tag) and neighbour.name in ("b", "strong", "em", "i", "a", "code", "cite")
