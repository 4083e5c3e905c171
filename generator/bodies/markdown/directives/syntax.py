"""The syntax of generic directives: ``:::name[label]{attrs}`` … ``:::``, ``::name``, ``:name[text]``."""

from __future__ import annotations

import re

from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from generator.bodies.markdown.alerts import KINDS
from generator.bodies.markdown.attributes import Braces, checked, parse_attributes
from generator.bodies.markdown.directives import BLOCKS, DIRECTIVES, TEXTS
from generator.bodies.markdown.directives.form import Call
from generator.bodies.markdown.findings import Findings, block_place, findings_of
from generator.ground.errors import Position
from generator.ground.text import did_you_mean

_MOST_NESTED = 16
_HEAD = re.compile(r"(:{2,})([ \t]*)([A-Za-z][\w-]*)?")
_TEXT = re.compile(r":([a-z][a-z-]*)\[")
_FRAMES = {
    "list_item_open": "list_item_close",
    "blockquote_open": "blockquote_close",
    "dd_open": "dd_close",
    "footnote_reference_open": "footnote_reference_close",
}
_FRAME_ENDS = frozenset(_FRAMES.values())


def directive_line(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Block rule: a line that opens or closes a container, or holds a leaf.

    Opening and closing lines become tokens, which :func:`pair_directives` pairs. The lines between are parsed like any
    other text, so that colons in code stay code.
    """
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("::", start) or state.is_code_block(start_line):
        return False
    line = state.src[start : state.eMarks[start_line]].rstrip()
    head = _HEAD.match(line)
    if head is None:
        return False
    colons, name = len(head.group(1)), head.group(3)
    container = colons > 2
    rest = _Rest(line, head.end())
    if name is None and (not container or head.end() < len(line)):
        return False
    if not container and (rest.trailing or (head.group(2) and name not in BLOCKS)):
        return False
    if silent:
        return True
    state.line = start_line + 1
    place = block_place(state, start_line, start)
    if name is None:
        token = state.push("directive_close", "", 0)
        token.meta["call"] = Call("", "container", place, colons)
        token.map = [start_line, start_line + 1]
        return True
    call = Call(name, "container" if container else "leaf", place, colons)
    _check(call, rest, bool(head.group(2)), findings_of(state))
    token = state.push("directive_open" if container else "directive_leaf", "", 0)
    token.meta["call"] = call
    token.map = [start_line, start_line + 1]
    if rest.label:
        call.label = state.push("inline", "", 0)
        call.label.content = rest.label
        call.label.map = [start_line, start_line + 1]
        call.label.children = []
    return True


class _Rest:
    """The parts of a line after a directive's name: ``[label]``, ``{attributes}``, and anything else as *trailing*."""

    __slots__ = ("attributes", "braces", "label", "trailing")

    def __init__(self, line: str, position: int) -> None:
        self.label: str | None = None
        end = _label_end(line, position)
        if end:
            self.label = line[position + 1 : end].strip()
            position = end + 1
        parsed = parse_attributes(line, position)
        self.braces = position
        self.attributes, position = parsed or Braces((), position)
        self.trailing = line[position:].strip()


def _label_end(line: str, position: int) -> int:
    """The index of the bracket that closes the one at *position*; 0 where either is missing."""
    if line[position : position + 1] != "[":
        return 0
    depth = 0
    while position < len(line):
        character = line[position]
        if character == "\\":
            position += 1
        elif character == "[":
            depth += 1
        elif character == "]":
            depth -= 1
            if depth == 0:
                return position
        position += 1
    return 0


def _check(call: Call, rest: _Rest, spaced: bool, findings: Findings) -> None:
    """Set the directive of that name and the valid attributes; report all that is wrong with the line."""
    directive = DIRECTIVES.get(call.name)
    if directive is None:
        same = KINDS.get(call.name.lower())
        near = (
            f"write '{same}'" if same else did_you_mean(call.name, BLOCKS)
        ) or f"known: {', '.join(sorted(BLOCKS))}"
        hint = f"{near} (for plain text, put a backslash before the first colon)"
        findings.add("directive", call.place, f"unknown directive '{call.name}'", hint)
        return
    if call.form not in directive.forms:
        findings.add(
            "directive", call.place, f"'{call.name}' cannot be used like this", f"write {directive.usage}"
        )
        return
    call.directive = directive
    line, column = call.place
    if spaced:
        message = f"a space between the colons and '{call.name}'"
        findings.add("directive", call.place, message, f"write {':' * call.colons}{call.name}")
    if rest.trailing:
        _report_trailing(call, rest, findings)
    call.given = frozenset(attribute.name for attribute in rest.attributes)
    call.values = checked(
        rest.attributes,
        directive.attributes,
        f"'{call.name}'",
        Position(line, column + rest.braces),
        findings,
    )
    if directive.label == "none" and rest.label is not None:
        findings.add("directive", call.place, f"'{call.name}' takes no label in brackets", "remove it")
    elif directive.label == "required" and not rest.label:
        hint = f"write {':' * call.colons}{call.name}[text]"
        findings.add("directive", call.place, f"'{call.name}' needs a label in brackets", hint)


def _report_trailing(call: Call, rest: _Rest, findings: Findings) -> None:
    if rest.trailing[0] == "{":
        hint = 'attributes look like {#id .class key=value key="two words"}'
    elif rest.trailing[0] == "[":
        hint = "close the label with ]"
    else:
        hint = f"write a label as {':' * call.colons}{call.name}[label], and the content on the next line"
    findings.add("directive", call.place, f"'{call.name}': cannot read '{rest.trailing[:60]}'", hint)


def pair_directives(state: StateCore) -> None:
    """Core rule: finds the end of each container, within its list item or quote."""
    findings: Findings = state.env["findings"]
    frames: list[list[Call]] = [[]]
    depth = 0
    ready: list[Call] = []
    for index, token in enumerate(state.tokens):
        kind = token.type
        if kind == "directive_open":
            call: Call = token.meta["call"]
            call.start = index + (2 if call.label else 1)
            if depth >= _MOST_NESTED:
                findings.add(
                    "directive", call.place, "directives are nested too deeply", "nest fewer of them"
                )
                token.type, call.end = "directive_leaf", call.start
                call.directive = None
                continue
            frames[-1].append(call)
            depth += 1
            ready.append(call)
        elif kind == "directive_close":
            depth -= _close(frames[-1], token.meta["call"], index, findings)
        elif kind in _FRAMES:
            frames.append([])
        elif kind in _FRAME_ENDS:
            depth -= _abandon(frames.pop(), index, findings)
    _abandon(frames.pop(), len(state.tokens), findings)
    for call in ready:
        if call.directive and call.directive.prepare:
            call.directive.prepare(state.tokens, call, findings)


def _close(frame: list[Call], closing: Call, index: int, findings: Findings) -> int:
    """Close the innermost container that *closing* can close; returns the number of containers closed by it."""
    exact = [at for at, call in enumerate(frame) if call.colons == closing.colons]
    fitting = exact or [at for at, call in enumerate(frame) if call.colons < closing.colons]
    if not fitting:
        findings.add(
            "directive", closing.place, "nothing is open that these colons could close", "remove the line"
        )
        return 0
    inner = frame[fitting[-1] + 1 :]
    frame[fitting[-1]].end = index
    count = len(frame) - fitting[-1]
    del frame[fitting[-1] :]
    _abandon(inner, index, findings)
    return count


def _abandon(frame: list[Call], index: int, findings: Findings) -> int:
    for call in frame:
        call.end = index
        colons = ":" * call.colons
        findings.add(
            "directive",
            call.place,
            f"'{call.name}' is never closed",
            f"close it with {colons} on a line of its own; one around others has more colons than they",
        )
    return len(frame)


def text_directive(state: StateInline, silent: bool) -> bool:
    """Inline rule: ``:name[text]{attrs}`` of a known name; anything else stays text."""
    position, source, maximum = state.pos, state.src, state.posMax
    found = _TEXT.match(source, position, maximum)
    if found is None or found.group(1) not in TEXTS or source[position - 1 : position] == ":":
        return False
    end = parseLinkLabel(state, found.end() - 1)
    if end < 0 or not source[found.end() : end].strip():
        return False
    braces = parse_attributes(source, end + 1) if source[end + 1 : end + 2] == "{" else None
    if not silent:
        opening = state.push("text_directive_open", "", 1)
        opening.meta.update(
            at=position, name=found.group(1), braces=end + 1, attributes=braces.attributes if braces else ()
        )
        state.pos, state.posMax = found.end(), end
        state.md.inline.tokenize(state)
        state.push("text_directive_close", "", -1)
    state.pos = braces.end if braces else end + 1
    state.posMax = maximum
    return True


def call_of(token: Token, place: Position, braces: Position, findings: Findings) -> Call:
    """The call of a text directive, its attributes checked."""
    name = token.meta["name"]
    directive = TEXTS[name]
    values = checked(token.meta["attributes"], directive.attributes, f"'{name}'", braces, findings)
    return Call(name, "text", place, 1, directive, values=values)
