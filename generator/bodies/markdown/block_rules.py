"""Block rules in markdown-it's order, each tried only on lines that begin with one of its characters."""

from __future__ import annotations

from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType

from generator.bodies.markdown.states import BlockState


class BlockParser(ParserBlock):
    """markdown-it's block parser with our state and *rules*."""

    def __init__(self, rules: BlockRules) -> None:
        super().__init__()
        self.ruler = rules

    def parse(
        self,
        src: str,
        md: MarkdownIt,
        env: EnvType,
        outTokens: list[Token],  # noqa: N803 - the parent's names
    ) -> list[Token] | None:
        if not src:
            return None
        state = BlockState(src, md, env, outTokens)
        self.tokenize(state, state.line, state.lineMax)
        return state.tokens


class BlockRules(Ruler[RuleFuncBlockType]):
    """Combines the rules of each chain to one function, which tries only those that can match.

    Nearly every block rule first compares a line's first character with a few; ten of them would reject a line of prose.
    """

    def __init__(self, rules: Iterable[tuple[str, RuleFuncBlockType, str, tuple[str, ...]]]) -> None:
        """*rules* are (name, rule, the characters that it begins with, the chains that it interrupts).

        A rule without characters is tried on every line.
        """
        super().__init__()
        self._starts: dict[RuleFuncBlockType, str] = {}
        for name, rule, starts, ends in rules:
            self.push(name, rule, {"alt": list(ends)})
            self._starts[rule] = starts
        self._chains: dict[str, list[RuleFuncBlockType]] = {}

    def getRules(self, chainName: str = "") -> list[RuleFuncBlockType]:  # noqa: N802, N803 - the parent's names
        found = self._chains.get(chainName)
        if found is None:
            rules = super().getRules(chainName)
            found = self._chains[chainName] = [self._first_of(rules)] if rules else []
        return found

    def _first_of(self, rules: list[RuleFuncBlockType]) -> RuleFuncBlockType:
        anywhere = tuple(rule for rule in rules if not self._starts[rule])
        characters = {character for rule in rules for character in self._starts[rule]}
        by_character = {
            character: tuple(
                rule for rule in rules if not self._starts[rule] or character in self._starts[rule]
            )
            for character in characters
        }

        def first_of(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
            position = state.bMarks[line] + state.tShift[line]
            for rule in by_character.get(state.src[position : position + 1], anywhere):
                if rule(state, line, end_line, silent):
                    return True
            return False

        return first_of
