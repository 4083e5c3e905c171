"""Writes a token stream as HTML with slots and collects the facts, in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from generator.bodies.markdown.citations import Definition, Mentions, collect_definitions, report_uncited
from generator.bodies.markdown.findings import Findings
from generator.bodies.markdown.headings import Anchors
from generator.bodies.markdown.prose import count_words, summary_of, without_tags
from generator.ground.errors import Position
from generator.ground.model import PAGE_IDS, Body, Facts, Footnote, Fragment, Heading, Poll, Slot, VoiceForm

WriteBlock = Callable[["BodyWriter", list[Token], int], int]
"""Writes the block token at an index; returns the index of the next token to write."""

WriteInline = Callable[["BodyWriter", Token, Iterator[Token]], None]
"""Writes one inline token; may take further siblings from the iterator."""


class Captured(NamedTuple):
    """The HTML and the plain text of inline tokens."""

    html: str
    text: str


class _NotedHeading(NamedTuple):
    """A heading that was written; its anchor goes into ``out[at]``."""

    level: int
    explicit: str
    text: str
    line: int
    out: list[str]
    at: int


class _WrittenNote(NamedTuple):
    """A note that was written: its label, its HTML, and its line in the body."""

    label: str
    out: list[str]
    line: int


class BodyWriter:
    """The state while one body is written; HTML is appended to ``out``, plain text to ``prose``.

    In ``out``, a slot is marked by its number between two NUL characters, which no text contains.
    """

    def __init__(
        self,
        tokens: list[Token],
        findings: Findings,
        blocks: dict[str, WriteBlock],
        inlines: dict[str, WriteInline],
        fixed: dict[str, str],
    ) -> None:
        self.tokens, self.findings = tokens, findings
        self._blocks, self._inlines, self._fixed = blocks, inlines, fixed
        self.out: list[str] = []
        self.prose: list[str] = []
        self.slots: list[Slot] = []
        self.anchors = Anchors(findings)
        self.mentions = Mentions()
        self.definitions: dict[str, Definition] = {}
        self.polls: dict[str, Poll] = {}
        self.forms: dict[str, VoiceForm] = {}
        self.parent = Token("inline", "", 0)
        self.first_paragraph = ""
        self.inside = 0  # the number of open directives and notes
        self.plain = ""  # while a text is written that cannot hold links: its owner, as problems name it
        self.task = ""  # the checkbox to write before the next inline text
        self.open_links: list[str] = []
        self.tags_shown = False  # whether the prose holds the marks of tags that are shown as text
        self.labels: dict[str, int] = {}
        self.nearest_heading = ""
        self._care = 0
        self._headings: list[_NotedHeading] = []
        self._fragments: list[tuple[str, Position]] = []

    # --- writing ------------------------------------------------------------------------------

    def blocks(self, start: int, end: int) -> None:
        """Write the block tokens from *start* to before *end*."""
        tokens, fixed, write = self.tokens, self._fixed, self._blocks
        while start < end:
            kind = tokens[start].type
            constant = fixed.get(kind)
            if constant is None:
                start = write[kind](self, tokens, start)
            else:
                self.out.append(constant)
                start += 1

    def inline(self, token: Token) -> None:
        """Write the children of an inline token, after the checkbox of a task, if there is one."""
        if self.task:
            box, self.task = self.task, ""
            self.out.append(box)
            self._inline(token)
            self.out.append("</label>")
        else:
            self._inline(token)

    def _inline(self, token: Token) -> None:
        children = token.children
        if children:
            self.parent = token
            self.spans(iter(children))
        self.prose.append("\n")

    def spans(self, children: Iterator[Token]) -> None:
        """Write inline tokens."""
        add, tell, fixed = self.out.append, self.prose.append, self._fixed
        start = len(self.prose)
        for child in children:
            kind = child.type
            if kind == "text":
                content = child.content
                tell(content)
                if "<" in content or "&" in content or '"' in content or ">" in content:
                    content = escapeHtml(content)
                add(content)
            elif kind == "softbreak":
                tell("\n")
                add("\n")
            else:
                constant = fixed.get(kind)
                if constant is None:
                    self._inlines[kind](self, child, children)
                else:
                    add(constant)
        if self.tags_shown:
            self.prose[start:] = [without_tags("".join(self.prose[start:]))]
            self.tags_shown = False

    def captured(self, children: Sequence[Token], parent: Token, owner: str) -> Captured:
        """The HTML of inline tokens, which may not contain slots; *owner* is named in problems."""
        out, prose, plain, before = self.out, self.prose, self.plain, self.parent
        self.out, self.prose, self.plain, self.parent = [], [], owner, parent
        self.spans(iter(children))
        html, text = "".join(self.out), "".join(self.prose)
        self.out, self.prose, self.plain, self.parent = out, prose, plain, before
        return Captured(html, text)

    def slot(self, slot: Slot) -> str:
        """Add a slot; returns its mark for ``out``."""
        self.slots.append(slot)
        return f"\0{len(self.slots) - 1}\0"

    def place(self, token: Token, key: str = "at") -> Position:
        """The position of an inline token in the body."""
        return self.findings.place(self.parent, token.meta.get(key, 0))

    def refuse(self, what: str, token: Token, in_links: bool = False) -> bool:
        """Whether the text that is being written cannot contain *what*, which is then reported.

        A link can contain *what* only if *in_links* is set.
        """
        owner = self.plain or ("a link" if self.open_links and not in_links else "")
        if owner:
            self.findings.add("inline", self.place(token), f"{owner} cannot hold {what}", "move it out")
        return bool(owner)

    def heading(self, level: int, explicit: str, text: str, line: int, index: int) -> None:
        """Record a heading whose id belongs into ``out[index]``; one without an explicit id gets it at the end."""
        self._headings.append(_NotedHeading(level, explicit, text, line, self.out, index))

    def link_within(self, fragment: str, place: Position) -> None:
        """Record a link to an anchor of this body; it is checked at the end, when all anchors are known."""
        self._fragments.append((fragment, place))

    def unique(self, label: str) -> str:
        """`` (2)``, `` (3)`` … from the second use of *label* on, because names of landmarks must differ."""
        count = self.labels.get(label, 0) + 1
        self.labels[label] = count
        return "" if count == 1 else f" ({count})"

    def care_id(self) -> str:
        """A free id for the title of an emergency or crisis section; writers' ids cannot contain its dot."""
        self._care += 1
        return f"care.{self._care}"

    # --- the whole body -----------------------------------------------------------------------

    def body(self, defines_notes: bool) -> Body:
        """Write all tokens, then the notes; then name headings, check links to anchors, and collect the facts."""
        if defines_notes:
            self.definitions = collect_definitions(self.tokens, self.findings)
        self.blocks(0, len(self.tokens))
        html, prose = self.out, self.prose
        notes = self._notes()
        report_uncited(self.definitions, self.mentions, self.findings)
        headings = self._name_headings()
        self._check_fragments()
        facts = Facts(
            headings=headings,
            anchors=self.anchors.names,
            polls=tuple(self.polls.values()),
            citations=self.mentions.citations(),
            footnotes=tuple(Footnote(label, _fragment(out), line) for label, out, line in notes),
            summary=summary_of(self.first_paragraph),
            word_count=count_words(prose),
            forms=tuple(self.forms.values()),
            problems=tuple(sorted(self.findings.problems, key=lambda p: (p.line, p.column, p.message))),
        )
        return Body(_fragment(html), tuple(self.slots), facts)

    def _notes(self) -> list[_WrittenNote]:
        """Write the cited notes in order of number; notes that are cited only in notes get the next numbers."""
        written: list[_WrittenNote] = []
        self.inside += 1
        for label in self.mentions.order:  # grows while notes cite more
            self.out, self.prose, self.nearest_heading = [], [], ""
            if label in self.mentions.notes:
                self.parent = self.mentions.parents[label]
                self.out.append("<p>")
                self.spans(iter(self.mentions.notes[label]))
                self.out.append("</p>\n")
                line = self.mentions.line_of(label)
            elif label in self.definitions:
                definition = self.definitions[label]
                self.blocks(definition.start, definition.end)
                line = definition.line
            else:
                continue
            written.append(_WrittenNote(label, self.out, line))
        self.inside -= 1
        return written

    def _name_headings(self) -> tuple[Heading, ...]:
        named: list[Heading] = []
        for level, explicit, text, line, out, index in self._headings:
            anchor = explicit or self.anchors.make(text, line)
            out[index] = anchor
            named.append(Heading(level, text, anchor, line))
        return tuple(named)

    def _check_fragments(self) -> None:
        for fragment, place in self._fragments:
            if fragment not in self.anchors and fragment not in PAGE_IDS:
                hint = self.findings.suggestion(fragment, self.anchors.names)
                self.findings.add(
                    "links",
                    place,
                    f"nothing here has the id '{fragment}'",
                    hint or f"give the heading that you mean an id: ## Heading {{#{fragment}}}",
                )


def _fragment(out: list[str]) -> Fragment:
    pieces = "".join(out).split("\0")
    return Fragment(tuple(pieces[::2]), tuple(map(int, pieces[1::2])))
