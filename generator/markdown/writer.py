"""Writes a token stream as HTML with slots and gathers the facts on the way, in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from generator.markdown.citations import Definition, Mentions, collect_definitions, report_uncited
from generator.markdown.findings import Findings, Place
from generator.markdown.headings import PAGE_IDS, Anchors
from generator.markdown.words import count_words, summary_of
from generator.model import Body, Facts, Footnote, Fragment, Heading, Poll, Slot

WriteBlock = Callable[["BodyWriter", list[Token], int], int]
"""Writes the block token at an index; returns the index of the next token to write."""

WriteInline = Callable[["BodyWriter", Token, Iterator[Token]], None]
"""Writes one inline token; may take more of its siblings from the iterator."""


class BodyWriter:
    """Holds what grows while one body is written; HTML goes to ``out``, plain text to ``prose``.

    A slot stands in ``out`` as its number between two NUL characters: no text can hold one.
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
        self.parent = Token("inline", "", 0)
        self.first_paragraph = ""
        self.inside = 0  # how many directives or notes are open around what is being written
        self.plain = ""  # the owner of text that can hold no links, while such text is written
        self.task = ""  # the checkbox that the next inline text belongs to
        self.open_links: list[str] = []
        self.labels: dict[str, int] = {}
        self.nearest_heading = ""
        self._care = 0
        self._headings: list[tuple[int, str, str, int, list[str], int]] = []
        self._fragments: list[tuple[str, Place]] = []

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
        """Write the children of an inline token, with the checkbox that waits for them."""
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

    def captured(self, children: Sequence[Token], parent: Token, owner: str) -> tuple[str, str]:
        """The HTML of inline tokens without any slot, and their plain text; *owner* is named in problems."""
        out, prose, plain, before = self.out, self.prose, self.plain, self.parent
        self.out, self.prose, self.plain, self.parent = [], [], owner, parent
        self.spans(iter(children))
        html, text = "".join(self.out), "".join(self.prose)
        self.out, self.prose, self.plain, self.parent = out, prose, plain, before
        return html, text

    def slot(self, slot: Slot) -> str:
        """Keep a slot; returns its mark, which stands for it in the HTML."""
        self.slots.append(slot)
        return f"\0{len(self.slots) - 1}\0"

    def place(self, token: Token, key: str = "at") -> Place:
        """Where an inline token stands in the body."""
        return self.findings.place(self.parent, token.meta.get(key, 0))

    def refuse(self, what: str, token: Token, in_links: bool = False) -> bool:
        """Report that the text being written cannot hold *what*, if that is so.

        What is a link itself, or a button, cannot stand in a link either, unless *in_links*.
        """
        owner = self.plain or ("a link" if self.open_links and not in_links else "")
        if owner:
            self.findings.add("inline", self.place(token), f"{owner} cannot hold {what}", "move it out")
        return bool(owner)

    def heading(self, level: int, explicit: str, text: str, line: int, index: int) -> None:
        """Note a heading; without an explicit id it gets one, into ``out[index]``, at the end."""
        self._headings.append((level, explicit, text, line, self.out, index))

    def link_within(self, fragment: str, place: Place) -> None:
        """Note a link to an anchor of this body, to be looked at when all of them are known."""
        self._fragments.append((fragment, place))

    def unique(self, label: str) -> str:
        """`` (2)``, `` (3)`` … from the second use of *label* on: landmarks must differ in their names."""
        count = self.labels.get(label, 0) + 1
        self.labels[label] = count
        return "" if count == 1 else f" ({count})"

    def care_id(self) -> str:
        """A free id for the title of a section of care, which writers cannot have chosen."""
        self._care += 1
        return f"care.{self._care}"

    # --- the whole ----------------------------------------------------------------------------

    def body(self, defines_notes: bool) -> Body:
        """Write everything, notes last, and settle what could only be known at the end."""
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
            problems=tuple(sorted(self.findings.problems, key=lambda p: (p.line, p.column, p.message))),
        )
        return Body(_fragment(html), tuple(self.slots), facts)

    def _notes(self) -> list[tuple[str, list[str], int]]:
        """Write the cited notes by number; a note may cite others, which are numbered after all before it."""
        written: list[tuple[str, list[str], int]] = []
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
            written.append((label, self.out, line))
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
