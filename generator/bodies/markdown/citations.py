"""Citations ``[^id]`` and inline notes ``^[text]``: their syntax, their numbers and their order."""

from __future__ import annotations

import re

from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from generator.bodies.markdown.findings import Findings
from generator.ground.errors import Position
from generator.ground.model import Citation

_MENTION = re.compile(r"\[\^([^\s\[\]^]+)\]")


def citation(state: StateInline, silent: bool) -> bool:
    """Inline rule: ``[^id]`` is a citation whether or not this body defines it."""
    found = _MENTION.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = found.group(1)
        token.meta["at"] = state.pos
    state.pos = found.end()
    return True


def inline_note(state: StateInline, silent: bool) -> bool:
    """Inline rule: ``^[text]`` is a note that is written where it is cited."""
    position, maximum = state.pos, state.posMax
    if not state.src.startswith("^[", position):
        return False
    end = parseLinkLabel(state, position + 1)
    if end < 0 or end == position + 2:
        return False
    if not silent:
        opening = state.push("inline_note_open", "", 1)
        opening.meta["at"] = position
        state.pos, state.posMax = position + 2, end
        state.md.inline.tokenize(state)
        state.push("inline_note_close", "", -1)
    state.pos, state.posMax = end + 1, maximum
    return True


class Definition:
    """The token indices of the text of ``[^id]: …``, and its line in the body."""

    __slots__ = ("end", "line", "start")

    def __init__(self, start: int, line: int) -> None:
        self.start = start
        self.end = start
        self.line = line


def collect_definitions(tokens: list[Token], findings: Findings) -> dict[str, Definition]:
    """The footnotes that a body defines; stores in each opening token the index of its closing one."""
    found: dict[str, Definition] = {}
    open_ones: list[tuple[Token, Definition]] = []
    for index, token in enumerate(tokens):
        if token.type == "footnote_reference_open":
            label = token.meta["label"]
            definition = Definition(index + 1, (token.map[0] if token.map else 0) + 1)
            open_ones.append((token, definition))
            if label in found:
                findings.add(
                    "footnote",
                    Position(definition.line, 1),
                    f"the footnote '{label}' is defined twice",
                    f"the first is {definition.line - found[label].line} lines above; rename or remove one of them",
                )
            else:
                found[label] = definition
        elif token.type == "footnote_reference_close":
            opening, definition = open_ones.pop()
            definition.end = index
            opening.meta["end"] = index
    return found


class Mentions:
    """Numbers citations in the order of their first mention."""

    def __init__(self) -> None:
        self.order: list[str] = []
        self._number: dict[str, int] = {}
        self._count: dict[str, int] = {}
        self._place: dict[str, Position] = {}
        self.notes: dict[str, list[Token]] = {}
        self.parents: dict[str, Token] = {}

    def __contains__(self, label: str) -> bool:
        return label in self._number

    def line_of(self, label: str) -> int:
        return self._place[label].line

    def mention(self, label: str, place: Position) -> str:
        """The HTML of one more mention of *label*."""
        count = self._count.get(label, 0) + 1
        self._count[label] = count
        if count == 1:
            self.order.append(label)
            self._number[label] = len(self.order)
            self._place[label] = place
        number = self._number[label]
        anchor = f"cite-{number}" if count == 1 else f"cite-{number}-{count}"
        return (
            f'<sup class="cite" id="{anchor}"><a href="#ref-{number}" role="doc-noteref"'
            f' aria-label="[{number}]">{number}</a></sup>'
        )

    def inline(self, note: list[Token], parent: Token, place: Position, taken: dict[str, Definition]) -> str:
        """The HTML of the mention of an inline note; its text is kept in ``notes`` and written at the end."""
        number = len(self.notes) + 1
        label = f"inline-{number}"
        while label in taken:
            label += "-note"
        self.notes[label] = note
        self.parents[label] = parent
        return self.mention(label, place)

    def citations(self) -> tuple[Citation, ...]:
        return tuple(
            Citation(label, number, self._count[label], *self._place[label])
            for number, label in enumerate(self.order, 1)
        )


def report_uncited(defined: dict[str, Definition], mentions: Mentions, findings: Findings) -> None:
    """Warn of each footnote that is never cited, because it is not shown."""
    for label, definition in defined.items():
        if label not in mentions:
            near = findings.suggestion(label, (name for name in mentions.order if name not in defined))
            findings.add(
                "footnote",
                Position(definition.line, 1),
                f"the footnote '{label}' is never cited",
                near or f"cite it with [^{label}] or remove it",
                "warning",
            )
