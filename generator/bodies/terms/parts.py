"""A body's plain text in parts: what stands under each heading, as results show it and as the index reads it."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from generator.ground.model import Body, PollSlot, TermSlot

_HEADING = re.compile(r"<h([23])\b([^>]*)>(.*?)</h\1>", re.DOTALL)
_ANCHOR = re.compile(r'\bid="([^"]*)"')
# Tags inside of words leave no blank behind: H<sub>2</sub>O.
_INLINE = re.compile(
    r"</?(?:a|abbr|b|em|i|kbd|mark|s|small|strong|sub|sup|u|span|code|cite|q|wbr)(?=[\s>/])[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")
# A tag that readers see as text, since raw HTML is off.
_SHOWN_TAG = re.compile(r"&lt;/?[A-Za-z][\w:-]*(?:\s(?:(?!&[lg]t;).)*)?/?&gt;")
# The number of a reference behind "60 minutes" would read as "60 minutes.1".
_CITE = re.compile(r'<sup class="cite".*?</sup>')


class Part(NamedTuple):
    """A heading with its anchor, both empty before the first heading, and the plain text under it."""

    anchor: str
    heading: str
    text: str


def parts_of(body: Body) -> tuple[Part, ...]:
    """The parts of a body in order; deeper headings belong to the text."""
    content = _with_slots(body)
    parts: list[Part] = []
    anchor = heading = ""
    end = 0
    for found in _HEADING.finditer(content):
        parts.append(Part(anchor, heading, plain(content[end : found.start()])))
        named = _ANCHOR.search(found[2])
        anchor, heading, end = html.unescape(named[1]) if named else "", plain(found[3]), found.end()
    parts.append(Part(anchor, heading, plain(content[end:])))
    return tuple(part for part in parts if part.heading or part.text)


def plain(markup: str) -> str:
    """The text of some HTML, on one line."""
    if 'class="cite"' in markup:
        markup = _CITE.sub("", markup)
    text = _TAG.sub(" ", _INLINE.sub("", markup))
    if "&" in text:
        text = html.unescape(_SHOWN_TAG.sub(" ", text))
    text = text.replace("\n", " ")
    while "  " in text:
        text = text.replace("  ", " ")
    # Among printable characters the blank alone is white space, so that nothing is left to do.
    return text.strip() if text.isprintable() else " ".join(text.split())


def _with_slots(body: Body) -> str:
    """A body's HTML: terms by their label, polls by their question and answers; other slots stay empty."""
    if not body.html.holes:
        return body.html.parts[0]
    polls = {poll.slug: poll for poll in body.facts.polls}
    pieces = [body.html.parts[0]]
    for part, hole in zip(body.html.parts[1:], body.html.holes, strict=True):
        slot = body.slots[hole]
        if isinstance(slot, TermSlot):
            pieces.append(slot.label)
        elif isinstance(slot, PollSlot) and slot.poll in polls:
            pieces.append(f"<p>{html.escape(polls[slot.poll].question)}</p>")
        pieces.append(part)
    return "".join(pieces)
