"""Pieces of Markdown that are finished, code above all: set aside while the text around them changes, and put back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from markdown_it import MarkdownIt

from generator.importing.clean import without_emails

_INLINE = MarkdownIt("commonmark", {"html": False})
_FENCE = re.compile(r"^([ \t]*(?:>[ \t]?)*(?:[-*+][ \t]+|\d+[.)][ \t]+)?)(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*\2[`~]*[ \t]*$|\Z)",
                    re.DOTALL | re.MULTILINE)  # fmt: skip
_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n[ \t]*\n).){1,4000}?(?<!`)\1(?!`)", re.DOTALL)
_PLACE = re.compile("\x00(\\d+)\x00(\n*)")


class Code:
    """A sign without meaning stands for each piece, with as many line ends as the source has there, so that places told
    of what follows are those of the source.
    """

    def __init__(self) -> None:
        self._kept: list[tuple[str, int]] = []

    def hide(self, text: str) -> str:
        """*text* with its fences and code spans set aside; what was set aside before stays so."""
        return _SPAN.sub(self._code, _FENCE.sub(self._code, text))

    def keep(self, made: str, lines: int) -> str:
        """A sign for *made*, which stands where the source has *lines* line ends."""
        self._kept.append((made, lines))
        return f"\x00{len(self._kept) - 1}\x00" + "\n" * lines

    def show(self, text: str) -> str:
        """*text* with all pieces in their places; pieces may lie within others."""
        while "\x00" in text:
            shown = _PLACE.sub(self._shown, text)
            if shown == text:
                break
            text = shown
        return text

    def _code(self, found: re.Match[str]) -> str:
        return self.keep(without_emails(found[0]), found[0].count("\n"))

    def _shown(self, found: re.Match[str]) -> str:
        made, lines = self._kept[int(found[1])]
        return made + found[2][lines:]


def caption_html(written: str) -> str:
    """A caption, which generators read as a line of Markdown, as HTML."""
    return str(_INLINE.renderInline(written))


class Tools(NamedTuple):
    """What a translation of another generator's tags may use: *block* takes HTML and its line and returns a sign for it."""

    code: Code
    block: Callable[[str, int], str]
    told: Callable[[str, int, str], None]
