"""The words of the pipeline as frozen types: what each stage hands to the next."""

from __future__ import annotations

from typing import dataclass_transform

import msgspec

from generator.errors import Problem

# --- bodies -------------------------------------------------------------------------------------


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))
class Struct(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A frozen value without cycles; encodes small, since defaults are left out."""


class LinkSlot(Struct, tag="link"):
    """Stands for the escaped value of one ``href``; *target* as written, not yet resolved."""

    target: str
    line: int
    column: int


class ImageSlot(Struct, tag="image"):
    """Stands for one whole image element; *attributes* are those that the allow-list let through."""

    source: str
    alt: str
    line: int
    column: int
    title: str = ""
    decorative: bool = False
    attributes: tuple[tuple[str, str], ...] = ()


class PollSlot(Struct, tag="poll"):
    """Stands for a poll's form; *poll* is the local id, to be found in the facts."""

    poll: str
    line: int


class ResultsSlot(Struct, tag="results"):
    """Stands for a poll's results; *poll* as written: an id of this condition or ``condition~id``."""

    poll: str
    line: int
    column: int


class TermSlot(Struct, tag="term"):
    """Stands for a glossary term in running text; *label* is its HTML as written."""

    term: str
    label: str
    line: int
    column: int


class CrisisSlot(Struct, tag="crisis"):
    """Stands for the crisis lines of the page's locale."""

    line: int


class StringSlot(Struct, tag="string"):
    """Stands for one of the theme's strings, escaped (the title of a note that has no label, say)."""

    key: str


Slot = LinkSlot | ImageSlot | PollSlot | ResultsSlot | TermSlot | CrisisSlot | StringSlot


class Fragment(Struct):
    """HTML with holes: ``parts[0] + slots[holes[0]] + parts[1] + …``; one part more than holes."""

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
    """A poll as it lies in the article; *slug* is unique in its condition and language."""

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


class Citation(Struct):
    """The *number*-th note or reference cited in the body (from 1, in order of first mention).

    ``count`` mentions stand in the body with the anchors ``cite-{number}``, ``cite-{number}-2`` …;
    each links to ``#ref-{number}``.
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


class Facts(Struct):
    """What a body tells about itself; lines count from the body's first line, which is 1."""

    headings: tuple[Heading, ...] = ()
    anchors: tuple[str, ...] = ()
    polls: tuple[Poll, ...] = ()
    citations: tuple[Citation, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    summary: str = ""
    word_count: int = 0
    problems: tuple[Problem, ...] = ()


class Body(Struct):
    """An article's HTML with slots, a pure function of its own text; slots are shared by all fragments."""

    html: Fragment
    slots: tuple[Slot, ...]
    facts: Facts


class MarkdownOptions(Struct):
    """The site's choices that change a body's HTML."""

    raw_html: bool = False
    typographer: bool = True
