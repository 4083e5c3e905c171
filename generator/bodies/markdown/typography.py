"""Typographic quotes by language, dashes and ellipses: markdown-it's typographer without its ``(c)`` and ``±`` signs, and
without a change of signs that belong to a number.
"""

from __future__ import annotations

import functools
import re
import string
from collections.abc import Sequence
from typing import NamedTuple

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.bodies.markdown.signs import holds_any
from generator.bodies.markdown.states import BLANK, LETTER, MARK, side

_PROSE = (string.ascii_letters + string.digits + " \n").encode()
MARKS = ("--", "..", ",,", "????", "!!!!")
# A row of marks between two digits is a slip in a number: `1,,5 mg` must not become 1,5.
_ELLIPSIS = re.compile(r"(?:(?<!\d)|(?=\.+(?!\.)\D)|(?=\.+\Z))(?<!\.)\.{2,}")
_EXCITED = re.compile(r"([?!]){4,}")
_COMMAS = re.compile(r"(?:(?<!\d)|(?=,+(?!,)\D)|(?=,+\Z))(?<!,),{2,}")
_DASHES = re.compile(r"-{2,}")
_QUOTE = re.compile("['\"]")
_BREAKS = ("softbreak", "hardbreak")
# A single quote between two letters or digits is an apostrophe; most single quotes of a text are.
# The pattern begins with the quote, because that is rarer than a letter and so found faster.
_APOSTROPHE = re.compile(r"'(?<=[^\W_]')(?=[^\W_])")

_NNBSP = "\u202f"
_ENGLISH = ("“", "”", "‘", "’")
_GUILLEMETS = ("«", "»", "“", "”")
_LOW_HIGH = ("„", "“", "‚", "‘")
_CJK = ("「", "」", "『", "』")
_QUOTES: dict[str, tuple[str, str, str, str]] = {
    "ar": _GUILLEMETS,
    "bg": ("„", "“", "’", "’"),
    "ca": _GUILLEMETS,
    "cs": _LOW_HIGH,
    "da": ("»", "«", "›", "‹"),
    "de": _LOW_HIGH,
    "de-ch": ("«", "»", "‹", "›"),
    "el": _GUILLEMETS,
    "es": _GUILLEMETS,
    "et": ("„", "“", "«", "»"),
    "eu": _GUILLEMETS,
    "fa": ("«", "»", "‹", "›"),
    "fi": ("”", "”", "’", "’"),
    "fr": (f"«{_NNBSP}", f"{_NNBSP}»", "“", "”"),
    "fr-ch": ("«", "»", "‹", "›"),
    "gl": _GUILLEMETS,
    "hr": ("„", "”", "‘", "’"),
    "hu": ("„", "”", "»", "«"),
    "is": _LOW_HIGH,
    "it": _GUILLEMETS,
    "ja": _CJK,
    "lt": _LOW_HIGH,
    "lv": ("«", "»", "„", "”"),
    "nb": ("«", "»", "‘", "’"),
    "nn": ("«", "»", "‘", "’"),
    "no": ("«", "»", "‘", "’"),
    "pl": ("„", "”", "«", "»"),
    "pt": _GUILLEMETS,
    "pt-br": _ENGLISH,
    "ro": ("„", "”", "«", "»"),
    "ru": ("«", "»", "„", "“"),
    "sk": _LOW_HIGH,
    "sl": _LOW_HIGH,
    "sr": ("„", "”", "’", "’"),
    "sv": ("”", "”", "’", "’"),
    "uk": ("«", "»", "„", "“"),
    "zh-hant": _CJK,
    "zh-hk": _CJK,
    "zh-tw": _CJK,
}


def quotes_of(language: str) -> tuple[str, str, str, str]:
    """Opening and closing double, then single quotes of a language; English ones for a language that is not listed."""
    code = language.replace("_", "-").lower()
    return _QUOTES.get(code) or _QUOTES.get(code.partition("-")[0]) or _ENGLISH


@functools.lru_cache(maxsize=1)
def punctuation_of(text: str) -> str:
    """*text* without ASCII letters, digits, spaces and line feeds.

    Signs are searched here first, because the text itself is about twenty times as long.
    """
    return text.encode().translate(None, _PROSE).decode()


def dashes(state: StateCore) -> None:
    """Core rule: replaces ``--``, ``---``, ``...`` and other rows of marks as markdown-it's ``replace_rare`` does."""
    punctuation = punctuation_of(state.src)
    marks = [mark for mark in MARKS if mark in punctuation and mark in state.src]
    for token in state.tokens:
        if token.type == "inline" and token.children and holds_any(token.content, marks):
            in_address = False
            for child in token.children:
                if child.type == "text" and not in_address:
                    child.content = dashed(child.content, marks)
                elif child.info == "auto":
                    in_address = child.type == "link_open"


def dashed(text: str, marks: Sequence[str] = MARKS) -> str:
    """*text* with dashes, ellipses and shortened rows of marks: the replacements of ``replace_rare``, in its order, but for those
    that would change the sign of a number: ``+-5`` stays, ``--5`` at the head of a line, and rows of marks between digits.

    A text with none of *marks* is returned unchanged. Each replacement is tried only where its mark is found; a plain
    search is fifty times as fast as a pattern that can begin with any character.
    """
    if not holds_any(text, marks):
        return text
    if ".." in text:
        text = _ELLIPSIS.sub("…", text)
    text = text.replace("?…", "?..").replace("!…", "!..")
    if "?" in text or "!" in text:
        text = _EXCITED.sub(r"\1\1\1", text)
    if ",," in text:
        text = _COMMAS.sub(",", text)
    if "--" in text:
        text = _DASHES.sub(_dash, text)
    return text


def _dash(found: re.Match[str]) -> str:
    """The replacement of a row of hyphens: two between spaces or between words, and three anywhere, become a dash."""
    hyphens, text = found.group(), found.string
    end = found.end()
    if text[end : end + 1].isdigit() and (found.start() == 0 or text[found.start() - 1].isspace()):
        return hyphens  # it may be the sign of the number
    if len(hyphens) == 3:
        return "—"
    if len(hyphens) != 2:
        return hyphens
    start, end = found.span()
    before, after = text[start - 1 : start] if start else "\n", text[end : end + 1] or "\n"
    # The edge of a line counts as a blank and as a word.
    alike = before == "\n" or after == "\n" or before.isspace() == after.isspace()
    return "–" if alike else hyphens


def quotes(state: StateCore) -> None:
    """Core rule: straight quotes and apostrophes become those of the language."""
    marks = state.md.options.quotes
    for token in state.tokens:
        if token.type != "inline" or not token.children:
            continue
        content = token.content
        if "'" not in content and '"' not in content:
            continue
        left = False
        for child in token.children:
            if child.type == "text":
                if "'" in child.content:
                    child.content = _APOSTROPHE.sub("’", child.content)
                left = left or "'" in child.content or '"' in child.content
        if left:
            _pair(token.children, marks)


class _Opening(NamedTuple):
    """A quote that may be an opening one: the index of its token, its index in the text, the mark, and the level."""

    token: int
    at: int
    mark: str
    level: int


class _Openings:
    """Quotes that wait for their closing ones, levels rising; the places of each mark apart, so that none is searched."""

    def __init__(self) -> None:
        self.waiting: list[_Opening] = []
        self._places: dict[str, list[int]] = {"'": [], '"': []}

    def open(self, opening: _Opening) -> None:
        self._places[opening.mark].append(len(self.waiting))
        self.waiting.append(opening)

    def leave(self, level: int) -> None:
        """Forget what was opened above *level*."""
        while self.waiting and self.waiting[-1].level > level:
            self._places[self.waiting.pop().mark].pop()

    def close(self, mark: str, level: int) -> _Opening | None:
        """The nearest quote that a closing *mark* belongs to; it and all behind it are forgotten."""
        places = self._places[mark]
        if not places or self.waiting[places[-1]].level < level:
            return None
        place = places[-1]
        opening = self.waiting[place]
        while len(self.waiting) > place:
            self._places[self.waiting.pop().mark].pop()
        return opening


def _pair(tokens: list[Token], marks: Sequence[str]) -> None:
    """Replace the quotes in inline *tokens* as markdown-it's ``process_inlines`` does, in one pass.

    Replacements are collected and made at the end, so that they do not count as neighbours of other quotes.
    """
    opened = _Openings()
    changes: dict[int, list[tuple[int, str]]] = {}
    for index, token in enumerate(tokens):
        level = token.level
        if opened.waiting:
            opened.leave(level)
        if token.type != "text":
            continue
        text = token.content
        for found in _QUOTE.finditer(text):
            at, mark = found.start(), found.group()
            last = text[at - 1] if at else _beside(tokens, range(index - 1, -1, -1), -1)
            following = (
                text[at + 1] if at + 1 < len(text) else _beside(tokens, range(index + 1, len(tokens)), 0)
            )
            can_open, can_close = _roles(mark, last, following)
            opening = opened.close(mark, level) if can_close else None
            if opening is not None:
                start, end = marks[:2] if mark == '"' else marks[2:]
                changes.setdefault(opening.token, []).append((opening.at, start))
                changes.setdefault(index, []).append((at, end))
            elif can_open:
                opened.open(_Opening(index, at, mark, level))
            elif mark == "'":
                changes.setdefault(index, []).append((at, "’"))
    for index, replacements in changes.items():
        text, done = tokens[index].content, 0
        parts: list[str] = []
        for at, replacement in sorted(replacements):
            parts += (text[done:at], replacement)
            done = at + 1
        tokens[index].content = "".join((*parts, text[done:]))


def _beside(tokens: Sequence[Token], indices: range, edge: int) -> str:
    """The character at the *edge* of the nearest text among *indices*; a space where the line begins or ends first."""
    for index in indices:
        token = tokens[index]
        if token.type in _BREAKS:
            break
        if token.content:
            return token.content[edge]
    return " "


def _roles(mark: str, last: str, following: str) -> tuple[bool, bool]:
    """Whether a quote between two characters can open, and whether it can close."""
    if mark == following == '"' and "0" <= last <= "9":
        return False, False  # 1"": the first is an inch
    before, after = side(last), side(following)
    can_open = after != BLANK and (after != MARK or before != LETTER)
    can_close = before != BLANK and (before != MARK or after != LETTER)
    # A quote between punctuation marks may open and close, one within a word may do neither.
    return (before == MARK, after == MARK) if can_open and can_close else (can_open, can_close)
