"""Markdown of others, in one call: headings, HTML, links, pictures, addresses of people, signs of other dialects."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt

from generator.importing.clean import EMAIL, fit, holds_email
from generator.importing.entries import Links
from generator.importing.html.convert import html_to_markdown
from generator.importing.markdown.code import Code, Tools
from generator.importing.markdown.references import inline_references, relink
from generator.importing.outline import outlined

_HARMLESS = frozenset(
    {"sub", "sup", "br", "kbd", "abbr", "mark", "small", "b", "i", "em", "strong", "u", "s"}
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SCRIPT = re.compile(
    r"<(?P<name>script|style|noscript|template)\b[^<>]{0,2000}>.*?(?:</(?P=name)\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
# kramdown reads Markdown in such an element; where it ends, a tag alone is left, which says nothing.
_MARKDOWN_IN = re.compile(
    r"<[A-Za-z][\w-]*\b[^<>]{0,500}\bmarkdown=[\"']?(?:1|block|span)\b[^<>]{0,500}>\n?", re.IGNORECASE
)
_WHOLE = re.compile(r"<(table|figure|ul|ol|dl|pre|iframe|video|audio|blockquote|form)\b", re.IGNORECASE)
_INLINE = re.compile(
    r"<(?P<name>a|code|cite|q|del|span)\b(?P<rest>[^<>]{0,2000})>(?P<inner>(?:(?!<(?P=name)\b|\n[ \t]*\n).){0,4000}?)</(?P=name)\s*>"
    r"|<(?P<alone>img|iframe|hr|wbr)\b[^<>]{0,2000}>(?:\s*</(?P=alone)>)?"
    r"|</?(?P<other>[A-Za-z][A-Za-z0-9-]*)(?P<attributes>(?:\s[^<>]{0,2000})?)/?>",
    re.DOTALL | re.IGNORECASE,
)
_ATX = re.compile(r"^( {0,3})(#{1,6})(?=[ \t]|$)", re.MULTILINE)
_SETEXT = re.compile(
    r"^(?! {4}|[ \t]*(?:[-*+>|#]|\d+[.)])|\s*$)([^\n]+)\n {0,3}(=+|-{2,})[ \t]*$", re.MULTILINE
)
_NO_BLANK = re.compile(r"^( {0,3}#{1,6})(?=[^\s#])", re.MULTILINE)
_TOC = re.compile(r"^[ \t]*(?:\[\[?_?TOC_?\]\]?|\{\{?:?\s*toc\s*\}?\})[ \t]*$", re.MULTILINE | re.IGNORECASE)
_MARK = re.compile(r"(?<![=\w])==(?=[^\s=])([^=\n]*[^\s=])==(?!=)")
_SUB = re.compile(r"(?<=[\w)])(?<!~)~([\w+-]{1,12})~(?!~)")
_SUP = re.compile(r"(?<=[\w)])\^([\w+-]{1,12})\^")
_BARE = re.compile(r"(?<![\w(<\[\"'=/:\]])https?://[^\s<>\"'()\[\]\x00]+[^\s<>\"'()\[\]\x00.,;:!?*_]")
_parse = MarkdownIt("commonmark").enable("table").parse


def markdown_to_ours(
    text: str,
    links: Links,
    translate: Callable[[str, Tools], str],
    absolute: Callable[[str], str],
    *,
    bare_links: bool = False,
) -> str:
    """*text* in our Markdown. *translate* changes what only its generator knows; *absolute* is given each address."""
    code = Code()
    converter = _Html(code, links, absolute)
    text = code.hide(fit(text))
    text = code.hide(translate(text, Tools(code, converter.block, links.note)))
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    text = _SCRIPT.sub(lambda found: _without_script(found, text, links), text)
    text = _MARKDOWN_IN.sub("\n", text)
    text = converter.convert(text)
    text = _TOC.sub("", text)
    text = _shifted(text)
    text = relink(inline_references(text), links, absolute)
    if bare_links:
        text = _BARE.sub(r"<\g<0>>", text)
    text = _without_emails(text, links)
    text = _SUP.sub(r"<sup>\1</sup>", _SUB.sub(r"<sub>\1</sub>", _MARK.sub(r"<mark>\1</mark>", text)))
    text = re.sub(r"\n{3,}", "\n\n", code.show(text)).strip("\n")
    return f"{text}\n" if text else ""


def _without_script(found: re.Match[str], text: str, links: Links) -> str:
    name = found["name"].lower()
    if name == "script":
        links.note("lost", text.count("\n", 0, found.start()) + 1, "a <script> was taken out")
    return "\n" * found[0].count("\n")


def _shifted(text: str) -> str:
    """Headings in one form, below the title, none of which skips a level."""
    text = _SETEXT.sub(lambda found: f"{'#' if found[2][0] == '=' else '##'} {found[1].strip()}\n", text)
    text = _NO_BLANK.sub(r"\1 ", text)
    levels = outlined([len(found[2]) for found in _ATX.finditer(text)])
    return _ATX.sub(lambda found: f"{found[1]}{'#' * next(levels)}", text)


def _without_emails(text: str, links: Links) -> str:
    def taken(found: re.Match[str]) -> str:
        links.note(
            "changed", text.count("\n", 0, found.start()) + 1, "an e-mail address was taken out of the text"
        )
        return "…"

    return re.sub(rf"<?{EMAIL.pattern}>?", taken, text, flags=EMAIL.flags) if holds_email(text) else text


# --- HTML ---------------------------------------------------------------------------------------------


class _Html:
    """Turns HTML in Markdown into Markdown; what is made is set aside, since it is finished."""

    def __init__(self, code: Code, links: Links, absolute: Callable[[str], str]) -> None:
        self._code = code
        self._links = links
        self._absolute = absolute

    def convert(self, text: str) -> str:
        lines = text.split("\n")
        done: list[str] = []
        at = 0
        for start, end in _html_blocks(text, lines):
            if start >= at:
                done += lines[at:start]
                done.append(self.block("\n".join(lines[start:end]), start + 1))
                at = end
        return self._inline("\n".join((*done, *lines[at:])))

    def block(self, html: str, line: int) -> str:
        """A sign for the Markdown of *html*, which begins on *line* and stands in paragraphs of its own."""
        made = self._markdown(html, line)
        return self._code.keep(f"\n\n{made}\n\n" if made else "", html.count("\n"))

    def _markdown(self, html: str, line: int) -> str:
        return html_to_markdown(html, _Shifted(self._links, line - 1, self._absolute)).strip("\n")

    def _inline(self, text: str) -> str:
        def changed(found: re.Match[str]) -> str:
            line = text.count("\n", 0, found.start()) + 1
            name = (found["name"] or found["alone"] or found["other"]).lower()
            if found["name"] == "span":
                return self._inline(found["inner"])
            if found["name"] or found["alone"]:
                return self._code.keep(self._markdown(found[0], line), found[0].count("\n"))
            if name in _HARMLESS:
                return "<br>" if name == "br" else f"<{'/' if found[0][1] == '/' else ''}{name}>"
            if not found[0].startswith("</") and name not in ("p", "div", "font", "center", "span", "wbr"):
                self._links.note("changed", line, f"a <{name}> was taken off")
            return ""

        return _INLINE.sub(changed, text)


def _html_blocks(text: str, lines: list[str]) -> list[tuple[int, int]]:
    """Lines of HTML blocks at the margin, each with all of the element that it begins."""
    found: list[tuple[int, int]] = []
    for token in _parse(text):
        if token.type != "html_block" or token.level or token.map is None:
            continue
        start, end = token.map
        if found and start < found[-1][1]:
            continue
        if opened := _WHOLE.match(lines[start].lstrip()):
            closing = f"</{opened[1].lower()}"
            while (
                end < len(lines) and end - start < 500 and closing not in "\n".join(lines[start:end]).lower()
            ):
                end += 1
        while end > start + 1 and not lines[end - 1].strip():
            end -= 1
        found.append((start, end))
    return found


class _Shifted:
    """Links of a part of a text, whose lines begin after *line*, and whose addresses are made whole first."""

    def __init__(self, links: Links, line: int, absolute: Callable[[str], str]) -> None:
        self._links = links
        self._line = line
        self._absolute = absolute

    def link(self, address: str, line: int) -> str | None:
        return self._links.link(self._absolute(address), self._line + line)

    def picture(self, address: str, line: int) -> str | None:
        return self._links.picture(address, self._line + line)

    def note(self, cause: str, line: int, what: str) -> None:
        self._links.note(cause, self._line + line if line else self._line + 1, what)
