"""Bodies as frozen types: HTML with slots, and the facts about a text."""

from __future__ import annotations

from typing import Literal, dataclass_transform

import msgspec

from generator.ground.errors import Problem

# Ids that every article's page has outside of its body; texts may link to them.
PAGE_IDS = frozenset({"comments", "reactions"})


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))
class Struct(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Base of frozen values without reference cycles; fields with default values are left out when encoded."""


class LinkSlot(Struct, tag="link"):
    """A placeholder for the escaped value of one ``href``; *target* as written, not yet resolved."""

    target: str
    line: int
    column: int


class ImageSlot(Struct, tag="image"):
    """A placeholder for one image element; *attributes* are those that passed the allow-list."""

    source: str
    alt: str
    line: int
    column: int
    title: str = ""
    decorative: bool = False
    attributes: tuple[tuple[str, str], ...] = ()


class PollSlot(Struct, tag="poll"):
    """A placeholder for a poll's form; *poll* is its slug in ``facts.polls``."""

    poll: str
    line: int


class ResultsSlot(Struct, tag="results"):
    """A placeholder for a poll's results; *poll* as written: an id of this condition or ``condition~id``."""

    poll: str
    line: int
    column: int


class FiguresSlot(Struct, tag="figures"):
    """A placeholder for figures of a survey; *survey* as written: an id of this condition or ``condition~id``, empty for
    the one that the article reports on. *question* is empty for all of them, *by* is empty without a breakdown."""

    survey: str
    question: str
    by: str
    line: int
    column: int


class TermSlot(Struct, tag="term"):
    """A placeholder for a glossary term in running text; *label* is the HTML of its text as written."""

    term: str
    label: str
    line: int
    column: int


class CrisisSlot(Struct, tag="crisis"):
    """A placeholder for the crisis lines of the page's locale."""

    line: int


class VoiceSlot(Struct, tag="voice"):
    """A placeholder for the form by which members send a *kind* of text: ``story`` or ``question``."""

    kind: str
    line: int


class MediaSlot(Struct, tag="media"):
    """A placeholder for a film or a recording of the site's own, played in the page.

    *source*, *poster* and *captions* are paths as written; *label* is plain text. *silent* says that nothing is heard in
    it, *transcribed* that a transcript stands below it or is linked.
    """

    kind: Literal["video", "audio"]
    source: str
    label: str
    line: int
    column: int
    poster: str = ""
    captions: tuple[str, ...] = ()
    width: int = 0
    height: int = 0
    silent: bool = False
    transcribed: bool = False


class StringSlot(Struct, tag="string"):
    """A placeholder for one of the theme's strings, escaped (for example the title of a note without a label)."""

    key: str


Slot = (
    LinkSlot
    | ImageSlot
    | PollSlot
    | ResultsSlot
    | FiguresSlot
    | TermSlot
    | CrisisSlot
    | VoiceSlot
    | MediaSlot
    | StringSlot
)


def picture_of(slot: Slot) -> str:
    """The path of the image that a slot shows, as written; empty where it shows none."""
    if isinstance(slot, ImageSlot):
        return slot.source
    return slot.poster if isinstance(slot, MediaSlot) else ""


class Fragment(Struct):
    """HTML with holes: ``parts[0] + slots[holes[0]] + parts[1] + …``; there is one part more than holes."""

    parts: tuple[str, ...] = ("",)
    holes: tuple[int, ...] = ()


class Heading(Struct):
    """One heading of a body: *text* is plain, *anchor* unique within the body."""

    level: int
    text: str
    anchor: str
    line: int


class PollOption(Struct):
    """One answer: *key* is stable and shared by translations, *label* plain text, *html* inline HTML."""

    key: str
    label: str
    html: str


class Poll(Struct):
    """A poll as an article defines it; *slug* is unique in its condition and language."""

    slug: str
    question: str
    question_html: str
    options: tuple[PollOption, ...]
    line: int
    multiple: bool = False
    minimum: int = 1
    maximum: int = 1
    closes: str = ""
    version: int = 1
    results: str = "always"
    sensitive: bool = False


class VoiceForm(Struct):
    """A form for stories or questions as a page has it; *prompts* lead its writer, in plain text."""

    kind: str
    line: int
    prompts: tuple[str, ...] = ()


class Citation(Struct):
    """The *number*-th note or reference cited in the body (from 1, in order of first mention).

    The body mentions it *count* times, with the anchors ``cite-{number}``, ``cite-{number}-2`` …; each mention links to
    ``#ref-{number}``.
    """

    id: str
    number: int
    count: int
    line: int
    column: int


class Footnote(Struct):
    """The text of ``[^id]: …`` as written in the body."""

    id: str
    html: Fragment
    line: int


class Hit(Struct):
    """Words in a text that a rule looks for: *found* as written; *key* narrows the rule, to a condition for example."""

    rule: str
    found: str
    line: int
    column: int
    key: str = ""


class Allowed(Struct):
    """A comment that allows what a rule finds on the lines from *line* to *until*, with the reason."""

    rule: str
    reason: str
    line: int
    until: int


class Reading(Struct):
    """What formulas of readability ask of a text: *long_words* have three or more syllables."""

    words: int
    sentences: int
    syllables: int
    long_words: int


class Wording(Struct):
    """How a body is worded: what rules may find fault with, what its writer allows, how hard it is to read."""

    hits: tuple[Hit, ...] = ()
    allowed: tuple[Allowed, ...] = ()
    reading: Reading | None = None


class Facts(Struct):
    """What other stages need to know about a body's content; lines count from the body's first line, which is 1."""

    headings: tuple[Heading, ...] = ()
    anchors: tuple[str, ...] = ()
    polls: tuple[Poll, ...] = ()
    citations: tuple[Citation, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    summary: str = ""
    word_count: int = 0
    wording: Wording = Wording()
    problems: tuple[Problem, ...] = ()
    forms: tuple[VoiceForm, ...] = ()


class Body(Struct):
    """An article's HTML with slots, a pure function of its own text; all fragments refer to the same *slots*."""

    html: Fragment
    slots: tuple[Slot, ...]
    facts: Facts


class MarkdownOptions(Struct):
    """The site's options that change a body's HTML."""

    raw_html: bool | Literal["clean"] = False
    typographer: bool = True
    bare_addresses: bool = False
