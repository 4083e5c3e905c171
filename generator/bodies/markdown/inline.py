"""The inline parser: markdown-it's rules, each tried only at the characters that it begins with."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline, RuleFuncInline2Type, RuleFuncInlineType
from markdown_it.ruler import Ruler
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from generator.bodies.markdown.states import InlineState, make_token

_NEVER = re.compile(r"(?!)")


class InlineByCharacter(ParserInline):
    """Gives the same tokens as markdown-it's inline parser with the same rules in the same order.

    Every rule first compares one character with a few. To know these saves nine of ten calls that would fail, and a
    character that begins no rule does not end a run of text.
    """

    def __init__(
        self,
        rules: Iterable[tuple[str, RuleFuncInlineType, str]],
        pairs: Iterable[tuple[str, RuleFuncInline2Type]],
    ) -> None:
        """*rules* are (name, rule, the characters that it begins with); *pairs* run after them."""
        super().__init__()
        self.ruler = Ruler[RuleFuncInlineType]()
        self.ruler2 = Ruler[RuleFuncInline2Type]()
        starters: dict[str, tuple[RuleFuncInlineType, ...]] = {}
        for name, rule, characters in rules:
            self.ruler.push(name, rule)
            for character in characters:
                starters[character] = (*starters.get(character, ()), rule)
        for name, pair in pairs:
            self.ruler2.push(name, pair)
        # The end of a link's label is searched token by token, so a closing bracket must end a run of text.
        stops = "".join(starters) + ("]" if "[" in starters else "")
        self.starters = starters
        self.terminator_re = re.compile(f"[{re.escape(stops)}]") if stops else _NEVER

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = InlineState(src, md, env, tokens)
        self.tokenize(state)
        if state.delimiters or any(meta and meta["delimiters"] for meta in state.tokens_meta):
            for rule in self.ruler2.getRules(""):
                rule(state)
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        source, end = state.src, state.posMax
        search, starters = self.terminator_re.search, self.starters
        if state.level >= state.md.options["maxNesting"]:
            state.append_pending(source[state.pos : end])
            state.pos = end
        while state.pos < end:
            position = state.pos
            found = search(source, position, end)
            if found is None:
                state.append_pending(source[position:end])
                state.pos = end
                break
            start = found.start()
            if start > position:
                state.append_pending(source[position:start])
                state.pos = start
            for rule in starters.get(source[start], ()):
                if rule(state, False):
                    break
            else:
                state.append_pending(source[start])
                state.pos = start + 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - the name is the parent's
        position = state.pos
        known = state.cache.get(position)
        if known is not None:
            state.pos = known
            return
        state.pos = self._after_token(state, position)
        state.cache[position] = state.pos

    def _after_token(self, state: StateInline, position: int) -> int:
        if state.level >= state.md.options["maxNesting"]:
            # As in markdown-it: nested too deeply, so the rest of the text and one more character are one token.
            return state.posMax + 1
        found = self.terminator_re.search(state.src, position, state.posMax)
        start = found.start() if found else state.posMax
        if start > position:
            return start
        for rule in self.starters.get(state.src[position], ()):
            state.level += 1
            matched = rule(state, True)
            state.level -= 1
            if matched:
                return state.pos
        return position + 1


def emphasis(state: InlineState, silent: bool) -> bool:
    """Inline rule: markdown-it's ``emphasis``; a later rule decides which tags a run of ``*`` or ``_`` becomes."""
    if silent:
        return False
    marker = state.src[state.pos]
    scanned = state.scanDelims(state.pos, marker == "*")
    state.push_delimiters(marker, scanned)
    state.pos += scanned.length
    return True


def _text(content: str) -> Token:
    token = make_token("text", "", 0)
    token.content = content
    return token


def parse_inlines(state: StateCore) -> None:
    """Core rule: parses the inline text of every block; a text without markup becomes one token at once."""
    parser = state.md.inline
    search = parser.terminator_re.search
    for token in state.tokens:
        if token.type == "inline":
            content = token.content
            if search(content):
                children: list[Token] = []
                parser.parse(content, state.md, state.env, children)
                token.children = children
            elif content:
                token.children = [_text(content)]
            else:
                token.children = []
