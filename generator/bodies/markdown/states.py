"""The parser's states: markdown-it's, but they make tokens in half the time; an article has about 170."""

from __future__ import annotations

import functools
import re
from typing import Any, Literal

from markdown_it import MarkdownIt, helpers
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.helpers.parse_link_destination import parseLinkDestination
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter, Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

Nesting = Literal[-1, 0, 1]
_INDENTS = ("", " ", "\t")
_new = Token.__new__
# A link's destination of only these characters has no escapes, entities, parentheses or angle brackets to parse.
_PLAIN = re.compile(r"[A-Za-z0-9./_#:?=%~+,;@!$*'\[\]^{|}\"-]+(?=[ \n)]|$)")


def make_token(kind: str, tag: str, nesting: Nesting) -> Token:
    """``Token(kind, tag, nesting)``, without its checks of default values."""
    token = _new(Token)
    token.type, token.tag, token.nesting = kind, tag, nesting
    token.attrs, token.map, token.level, token.children = {}, None, 0, None
    token.content = token.markup = token.info = ""
    token.meta, token.block, token.hidden = {}, False, False
    return token


class BlockState(StateBlock):
    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        super().__init__("", md, env, tokens)
        self.src = src
        self._mark_lines(src)

    def _mark_lines(self, src: str) -> None:
        """Note of each line where it begins and ends, and its indentation in characters and in columns, as the parent does."""
        begins, ends, shifts, columns = self.bMarks, self.eMarks, self.tShift, self.sCount
        for marks in (begins, ends, shifts, columns):
            marks.clear()
        lines = src.split("\n")
        if not lines[-1].strip(" \t"):
            lines.pop()
        start = 0
        for line in lines:
            shift = column = 0
            if line[:1] in _INDENTS:
                shift = len(line) - len(line.lstrip(" \t"))
                column = len(line[:shift].expandtabs(4))
            begins.append(start)
            start += len(line)
            ends.append(start)
            start += 1
            shifts.append(shift)
            columns.append(column)
        # One more, so that rules may look at the line behind the last.
        begins.append(len(src))
        ends.append(len(src))
        shifts.append(0)
        columns.append(0)
        self.bsCount = [0] * len(begins)
        self.lineMax = len(lines)

    def push(self, ttype: str, tag: str, nesting: Nesting) -> Token:
        token = make_token(ttype, tag, nesting)
        token.block = True
        if nesting < 0:
            self.level -= 1
        token.level = self.level
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token


class InlineState(StateInline):
    def pushPending(self) -> Token:  # noqa: N802 - the parent's name
        token = make_token("text", "", 0)
        # Does what the property `pending` does, without its call for every token.
        token.content = self._pending + "".join(self._pending_buffer)
        token.level = self.pendingLevel
        self.tokens.append(token)
        self._pending = ""
        self._pending_buffer.clear()
        return token

    def push(self, ttype: str, tag: str, nesting: Nesting) -> Token:
        if self._pending_buffer or self._pending:
            self.pushPending()
        token = make_token(ttype, tag, nesting)
        inner: dict[str, Any] | None = None
        if nesting < 0:
            self.level -= 1
            self.delimiters = self._prev_delimiters.pop()
        token.level = self.level
        if nesting > 0:
            self.level += 1
            self._prev_delimiters.append(self.delimiters)
            self.delimiters = []
            inner = {"delimiters": self.delimiters}
        self.pendingLevel = self.level
        self.tokens.append(token)
        self.tokens_meta.append(inner)
        return token

    def push_delimiters(self, marker: str, scanned: Scanned) -> None:
        """Push each character of a run of markers as a text token that may become a tag."""
        if self._pending_buffer or self._pending:
            self.pushPending()
        code, (can_open, can_close, length) = ord(marker), scanned
        self.pendingLevel = self.level
        for _ in range(length):
            token = make_token("text", "", 0)
            token.content, token.level = marker, self.level
            self.delimiters.append(Delimiter(code, length, len(self.tokens), -1, can_open, can_close))
            self.tokens.append(token)
            self.tokens_meta.append(None)

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - the parent's names
        source, end = self.src, self.posMax
        marker = source[start]
        pos = start + 1
        while pos < end and source[pos] == marker:
            pos += 1
        before = side(source[start - 1]) if start else BLANK
        after = side(source[pos]) if pos < end else BLANK
        left = after != BLANK and (after != MARK or before != LETTER)
        right = before != BLANK and (before != MARK or after != LETTER)
        can_open = left and (canSplitWord or not right or before == MARK)
        can_close = right and (canSplitWord or not left or after == MARK)
        return Scanned(can_open, can_close, pos - start)


LETTER, MARK, BLANK = range(3)


@functools.lru_cache(maxsize=4096)
def side(character: str) -> int:
    """The class of a character beside a run of ``*`` or ``_``, or beside a quote: BLANK, MARK (punctuation) or LETTER."""
    if isMdAsciiPunct(ord(character)) or isPunctChar(character):
        return MARK
    return BLANK if isWhiteSpace(ord(character)) else LETTER


class _Destination:
    __slots__ = ("ok", "pos", "str")

    def __init__(self, pos: int, text: str) -> None:
        self.ok, self.pos, self.str = True, pos, text


class Helpers:
    """markdown-it's helpers, with a shortcut for plain destinations of links."""

    parseLinkLabel = staticmethod(helpers.parseLinkLabel)  # noqa: N815 - the parent's names
    parseLinkTitle = staticmethod(helpers.parseLinkTitle)  # noqa: N815

    @staticmethod
    def parseLinkDestination(string: str, pos: int, maximum: int) -> Any:  # noqa: N802
        found = _PLAIN.match(string, pos, maximum)
        return _Destination(found.end(), found[0]) if found else parseLinkDestination(string, pos, maximum)
