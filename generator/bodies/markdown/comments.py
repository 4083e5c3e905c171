"""HTML comments: removed from the body, so that writers can leave notes to each other."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from generator.bodies.markdown.findings import block_place, findings_of
from generator.bodies.markdown.unparsed_comments import ABRUPT, NESTED


def comment_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Block rule: a comment at the beginning of a line, with all its lines (CommonMark's HTML block 2)."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("<!--", start) or state.is_code_block(start_line):
        return False
    first_end = state.src.find("-->", start + 2, state.eMarks[start_line])
    if first_end >= 0 and state.src[first_end + 3 : state.eMarks[start_line]].strip():
        return False  # text follows on the same line, so the inline rule removes the comment
    if silent:
        return True
    state.line = start_line + 1 if first_end >= 0 else _line_after(state, start_line, start, end_line)
    inner = state.src[start + 4 : state.eMarks[state.line - 1]]
    fault = ABRUPT if 0 <= first_end < start + 4 else NESTED if "<!--" in inner else None
    if fault:
        findings_of(state).add("comment", block_place(state, start_line, start), *fault)
    return True


def _line_after(state: StateBlock, start_line: int, start: int, end_line: int) -> int:
    for line in range(start_line + 1, end_line):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            end_line = line
            break
        end = state.src.find("-->", state.bMarks[line], state.eMarks[line])
        if end >= 0:
            if state.src[end + 3 : state.eMarks[line]].strip():
                findings_of(state).add(
                    "comment",
                    block_place(state, line, end + 3),
                    "text after the end of a comment would be lost",
                    "begin a new line after -->",
                )
            return line + 1
    findings_of(state).add(
        "comment",
        block_place(state, start_line, start),
        "this comment is never closed",
        "close it with -->",
    )
    return end_line


def comment_inline(state: StateInline, silent: bool) -> bool:
    """Inline rule: a comment in running text."""
    position = state.pos
    source = state.src
    if not source.startswith("<!--", position):
        return False
    if state.html_terminator_last("-->") < position + 2:
        return False
    end = source.find("-->", position + 2, state.posMax)
    if end < 0:
        return False
    state.pos = end + 3
    return True
