"""The parser's states: markdown-it's, with tokens made in half the time; an article has some hundred and seventy."""

from __future__ import annotations

import functools
import re
from typing import Any, Literal

from markdown_it import helpers
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.helpers.parse_link_destination import parseLinkDestination
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

Nesting = Literal[-1, 0, 1]
_new = Token.__new__
# A destination of these characters alone is what is written: no escape, entity, parenthesis or angle bracket.
_PLAIN = re.compile(r"[A-Za-z0-9./_#:?=%~+,;@!$*'\[\]^{|}\"-]+(?=[ \n)]|$)")


def make_token(kind: str, tag: str, nesting: Nesting) -> Token:
    """What ``Token(kind, tag, nesting)`` makes, without the checks of values that are only defaults."""
    token = _new(Token)
    token.type, token.tag, token.nesting = kind, tag, nesting
    token.attrs, token.map, token.level, token.children = {}, None, 0, None
    token.content = token.markup = token.info = ""
    token.meta, token.block, token.hidden = {}, False, False
    return token


class BlockState(StateBlock):
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
        token.content = self.pending
        token.level = self.pendingLevel
        self.tokens.append(token)
        self.pending = ""
        return token

    def push(self, ttype: str, tag: str, nesting: Nesting) -> Token:
        if self.pending:
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

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - the parent's names
        source, end = self.src, self.posMax
        marker = source[start]
        pos = start + 1
        while pos < end and source[pos] == marker:
            pos += 1
        before = _side(source[start - 1]) if start else _BLANK
        after = _side(source[pos]) if pos < end else _BLANK
        left = after != _BLANK and (after != _MARK or before != _LETTER)
        right = before != _BLANK and (before != _MARK or after != _LETTER)
        can_open = left and (canSplitWord or not right or before == _MARK)
        can_close = right and (canSplitWord or not left or after == _MARK)
        return Scanned(can_open, can_close, pos - start)


_LETTER, _MARK, _BLANK = range(3)


@functools.lru_cache(maxsize=4096)
def _side(character: str) -> int:
    """What stands beside a run of ``*`` or ``_``: a blank, a mark of punctuation, or anything else."""
    if isMdAsciiPunct(ord(character)) or isPunctChar(character):
        return _MARK
    return _BLANK if isWhiteSpace(ord(character)) else _LETTER


class _Destination:
    __slots__ = ("ok", "pos", "str")

    def __init__(self, pos: int, text: str) -> None:
        self.ok, self.pos, self.str = True, pos, text


class Helpers:
    """markdown-it's helpers; destinations of links are seen at a glance where nothing in them needs more."""

    parseLinkLabel = staticmethod(helpers.parseLinkLabel)  # noqa: N815 - the parent's names
    parseLinkTitle = staticmethod(helpers.parseLinkTitle)  # noqa: N815

    @staticmethod
    def parseLinkDestination(string: str, pos: int, maximum: int) -> Any:  # noqa: N802
        found = _PLAIN.match(string, pos, maximum)
        return _Destination(found.end(), found[0]) if found else parseLinkDestination(string, pos, maximum)
