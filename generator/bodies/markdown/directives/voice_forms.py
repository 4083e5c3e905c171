"""``:::story-form`` and ``::ask-form``: forms by which members tell a story or ask a question; a list in one holds its prompts."""

from __future__ import annotations

from markdown_it.token import Token

from generator.bodies.markdown.directives.form import Call, Directive
from generator.bodies.markdown.prose import plain_text
from generator.bodies.markdown.writer import BodyWriter
from generator.ground.errors import Position
from generator.ground.model import VoiceForm, VoiceSlot

MOST = 12
LONGEST = 300  # characters of a prompt
_KINDS = {"story-form": "story", "ask-form": "question"}
_LISTS = {"bullet_list_open", "ordered_list_open"}


def _write(writer: BodyWriter, call: Call) -> None:
    kind = _KINDS[call.name]
    if kind in writer.forms:
        hint = f"the first is on line {writer.forms[kind].line}; one page has one such form"
        writer.findings.add("directive", call.place, f"'{call.name}' stands here twice", hint)
        return
    prompts = _prompts(writer, call) if call.form == "container" else ()
    writer.forms[kind] = VoiceForm(kind, call.place.line, prompts)
    writer.out.append(writer.slot(VoiceSlot(kind, call.place.line)) + "\n")


def _prompts(writer: BodyWriter, call: Call) -> tuple[str, ...]:
    """The items of the one list that the form may hold, each a line of text."""
    found: list[str] = []
    tokens = writer.tokens[call.start : call.end]
    if tokens and tokens[0].type not in _LISTS:
        hint = "write a list of prompts in it, or nothing: - How did it begin?"
        writer.findings.add("directive", _start(tokens[0]), f"'{call.name}' holds prompts alone", hint)
        return ()
    for token in tokens:
        if token.type == "inline":
            written = writer.captured(token.children or [], token, "a prompt")
            found.append(plain_text(written.text)[:LONGEST])
    if len(found) > MOST:
        message = f"a form has at most {MOST} prompts; this one has {len(found)}"
        writer.findings.add("directive", call.place, message, "few prompts are answered best: remove some")
    return tuple(text for text in found if text)[:MOST]


def _start(token: Token) -> Position:
    return Position((token.map or [0])[0] + 1, 1)


STORY_FORM, ASK_FORM = (Directive(name, ("container", "leaf"), _write) for name in _KINDS)
