"""How tests look at bodies: fixtures read from files, bodies shown as text, slots filled with plain HTML."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import escapeHtml

from generator.bodies.markdown import render_body
from generator.ground.model import (
    Body,
    CrisisSlot,
    FiguresSlot,
    Fragment,
    ImageSlot,
    LinkSlot,
    MarkdownOptions,
    MediaSlot,
    PollSlot,
    ResultsSlot,
    Slot,
    StringSlot,
    TermSlot,
    VoiceSlot,
)

FIXTURES = Path(__file__).parent / "fixtures"
PLAIN = MarkdownOptions()
RAW = MarkdownOptions(raw_html=True)


class Fixture(NamedTuple):
    """One case of a fixture file; tabs are written as arrows there."""

    title: str
    source: str
    expected: str


def read_fixtures(name: str) -> list[Fixture]:
    """The cases of ``fixtures/<name>.md``: title, a dot, input, a dot, expected output, a dot."""
    lines = (FIXTURES / f"{name}.md").read_text("utf-8").split("\n")
    dots = [number for number, line in enumerate(lines) if line == "."]
    cases = []
    for first, second, third in zip(dots[::3], dots[1::3], dots[2::3], strict=True):
        source = "".join(f"{line}\n" for line in lines[first + 1 : second])
        expected = "".join(f"{line}\n" for line in lines[second + 1 : third])
        cases.append(Fixture(lines[first - 1], source.replace("→", "\t"), expected.replace("→", "\t")))
    return cases


def body_of(source: str, language: str = "en", options: MarkdownOptions = PLAIN) -> Body:
    return render_body(source, language, options)


def show(body: Body) -> str:
    """A body as text: HTML with its slots in braces, then notes, polls and problems a line each."""
    lines = [_with_slots(body.html, body.slots)]
    lines += [f"note {note.id}: {_with_slots(note.html, body.slots)}" for note in body.facts.footnotes]
    for poll in body.facts.polls:
        lines.append(f"poll {poll.slug}: {poll.question_html}\n")
        lines += [f"  {option.key}: {option.html}\n" for option in poll.options]
    for form in body.facts.forms:
        lines += [f"prompt: {prompt}\n" for prompt in form.prompts]
    for problem in body.facts.problems:
        place = f"{problem.line}:{problem.column}"
        lines.append(f"! {place} {problem.severity} {problem.rule}: {problem.message} ({problem.hint})\n")
    return "".join(lines)


def _with_slots(fragment: Fragment, slots: tuple[Slot, ...]) -> str:
    shown = [fragment.parts[0]]
    for hole, part in zip(fragment.holes, fragment.parts[1:], strict=True):
        shown += [_shown(slots[hole]), part]
    return "".join(shown)


def _shown(slot: Slot) -> str:
    match slot:
        case LinkSlot():
            return f"{{link {slot.target}}}"
        case ImageSlot():
            values = "".join(f" {name}={value}" for name, value in slot.attributes)
            alt = "decorative" if slot.decorative else f"'{slot.alt}'"
            title = f" title='{slot.title}'" if slot.title else ""
            return f"{{image {slot.source} {alt}{title}{values}}}"
        case PollSlot() | ResultsSlot():
            return f"{{{'poll' if isinstance(slot, PollSlot) else 'results'} {slot.poll}}}"
        case FiguresSlot():
            return f"{{figures {slot.survey or '-'} {slot.question or '-'} {slot.by or '-'}}}"
        case TermSlot():
            return f"{{term {slot.term}: {slot.label}}}"
        case CrisisSlot():
            return "{crisis}"
        case VoiceSlot():
            return f"{{form for a {slot.kind}}}"
        case MediaSlot():
            return f"{{{_media(slot)}}}"
        case StringSlot():
            return f"{{string {slot.key}}}"


def _media(slot: MediaSlot) -> str:
    said = [slot.kind, slot.source, f"'{slot.label}'"]
    said += [f"captions={','.join(slot.captions)}"] if slot.captions else []
    values = {"poster": slot.poster, "width": slot.width, "height": slot.height}
    said += [f"{name}={value}" for name, value in values.items() if value]
    return " ".join([*said, *(name for name in ("silent", "transcribed") if getattr(slot, name))])


def fill(body: Body, fragment: Fragment | None = None) -> str:
    """The HTML of a body, or of one of its notes, with plain elements in the slots."""
    fragment = fragment or body.html
    filled = [fragment.parts[0]]
    for hole, part in zip(fragment.holes, fragment.parts[1:], strict=True):
        filled += [_filled(body.slots[hole]), part]
    return "".join(filled)


def _filled(slot: Slot) -> str:
    match slot:
        case LinkSlot():
            return escapeHtml(normalizeLink(slot.target))
        case ImageSlot():
            title = f' title="{escapeHtml(slot.title)}"' if slot.title else ""
            return f'<img src="{escapeHtml(normalizeLink(slot.source))}" alt="{escapeHtml(slot.alt)}"{title}>'
        case TermSlot():
            return f"<button>{slot.label}</button>"
        case StringSlot():
            return slot.key
        case _:
            return "<section></section>"
