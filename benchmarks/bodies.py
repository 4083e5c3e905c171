"""The body of one article as parts; what each generator writes differently is a part of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.portfolio import Outline, Portfolio, slug_of
from benchmarks.prose import Prose

# What a body holds beyond its paragraphs (headings, tables, the end of the last section), in words.
_OVERSHOOT = 140
_EXTERNAL = "https://www.example.org/health/{}"


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """A link to the article with the index *target*."""

    label: str
    target: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that lies beside the article; *suffix* is ``.png`` or ``.svg``."""

    alt: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Poll:
    """A question with (key, label) answers."""

    slug: str
    question: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A source, cited in the body as ``[^id]``."""

    id: str
    title: str
    body: str
    year: int
    url: str


Part = str | ArticleLink | Picture | Poll


@dataclass(frozen=True, slots=True)
class Article:
    """One article, ready for any dialect; *closing* is its last sentence, seen in no other."""

    outline: Outline
    summary: str
    stage: tuple[str, ...]
    references: tuple[Reference, ...]
    parts: tuple[Part, ...]
    picture: Picture | None
    closing: str


def draw_article(portfolio: Portfolio, outline: Outline, prose: Prose) -> Article:
    """The article of *outline*; it depends on seed and index alone, so any can be drawn by itself."""
    plan = portfolio.plan
    rng = Random(f"{plan.seed}/article/{outline.index}")
    picture = None
    if rng.random() < plan.images:
        picture = Picture(prose.phrase(rng, 4, 9), ".svg" if rng.random() < 0.25 else ".png")
    references = _references(rng, prose) if rng.random() < 0.3 else ()
    closing = f"This page is number {outline.index} of the corpus."
    writer = _Writer(rng, prose, portfolio, outline, references)
    writer.write(round(plan.words * rng.uniform(0.6, 1.4)) - _OVERSHOOT, picture)
    writer.parts.append(f"{closing}\n" + "".join(writer.notes))
    stage = (
        tuple(rng.sample(("undiagnosed", "new", "long-term", "caregiver"), 2)) if rng.random() < 0.4 else ()
    )
    return Article(outline, prose.sentence(rng), stage, references, tuple(writer.parts), picture, closing)


def _references(rng: Random, prose: Prose) -> tuple[Reference, ...]:
    return tuple(
        Reference(
            id=f"source-{number}",
            title=prose.phrase(rng, 5, 10),
            body=f"Institute of {prose.phrase(rng, 1, 2)}",
            year=rng.randint(2005, 2025),
            url=_EXTERNAL.format(f"source-{rng.randrange(100_000)}"),
        )
        for number in range(1, rng.randint(2, 5))
    )


class _Writer:
    """Collects parts until the words suffice; *notes* are the footnotes' texts, which stand at the end."""

    def __init__(
        self,
        rng: Random,
        prose: Prose,
        portfolio: Portfolio,
        outline: Outline,
        references: tuple[Reference, ...],
    ) -> None:
        self.rng, self.prose, self.outline = rng, prose, outline
        self.parts: list[Part] = []
        self.notes: list[str] = []
        self._last = len(portfolio.outlines) - 1
        self._uncited = [reference.id for reference in references]
        self._words = 0

    def write(self, words: int, picture: Picture | None) -> None:
        extras = self._extras()
        self._paragraph()
        section = 0
        while self._words < words or extras or self._uncited:
            section += 1
            self.parts.append(f"## {self.prose.phrase(self.rng, 2, 6)}\n\n")
            for _ in range(self.rng.randint(1, 3)):
                self._paragraph()
            if section == 1 and picture:
                self.parts += [picture, "\n\n"]
            if extras:
                extras.pop()()
            elif self.rng.random() < 0.25:
                self.parts.append(f"### {self.prose.phrase(self.rng, 2, 5)}\n\n")
                self._paragraph()

    def _extras(self) -> list[Callable[[], None]]:
        chances = (
            (0.60, self._bullets),
            (0.25, self._steps),
            (0.15, self._table),
            (0.30, self._quotation),
            (0.05, self._definitions),
            (0.03, self._poll),
        )
        found = [draw for chance, draw in chances if self.rng.random() < chance]
        self.rng.shuffle(found)
        return found

    def _sentence(self) -> str:
        sentence = self.prose.sentence(self.rng)
        self._words += sentence.count(" ") + 1
        return sentence

    def _paragraph(self) -> None:
        for _ in range(self.rng.randint(3, 6)):
            self._place(self._sentence())
            self.parts.append(" ")
        self.parts[-1] = "\n\n"

    def _place(self, sentence: str) -> None:
        """*sentence*, perhaps with emphasis, a link or a note."""
        rng, chance = self.rng, self.rng.random()
        words = sentence.split(" ")
        at = rng.randrange(1, len(words) - 1)
        if self._uncited and chance < 0.5:
            self.parts.append(f"{sentence}[^{self._uncited.pop(0)}]")
        elif chance < 0.10:
            words[at] = f"**{words[at]}**"
            self.parts.append(" ".join(words))
        elif chance < 0.17:
            words[at] = f"*{words[at]}*"
            self.parts.append(" ".join(words))
        elif chance < 0.24:
            link = ArticleLink(self.prose.phrase(rng, 1, 4).lower(), rng.randint(0, self._last))
            self.parts += [" ".join(words[:at]), " ", link, " ", " ".join(words[at:])]
        elif chance < 0.27:
            words[at] = f"[{words[at].strip(',')}]({_EXTERNAL.format(rng.randrange(100_000))})"
            self.parts.append(" ".join(words))
        elif chance < 0.285:
            name = f"note-{len(self.notes) + 1}"
            self.notes.append(f"\n[^{name}]: {self._sentence()}\n")
            self.parts.append(f"{sentence}[^{name}]")
        else:
            self.parts.append(sentence)

    def _bullets(self) -> None:
        for _ in range(self.rng.randint(3, 7)):
            self.parts.append("- ")
            self._place(self._sentence())
            self.parts.append("\n")
        self.parts.append("\n")

    def _steps(self) -> None:
        lines = [f"{number}. {self._sentence()}\n" for number in range(1, self.rng.randint(4, 7))]
        self.parts.append("".join(lines) + "\n")

    def _table(self) -> None:
        columns = self.rng.randint(2, 4)
        rows = [
            [self.prose.phrase(self.rng, 1, 4) for _ in range(columns)] for _ in range(self.rng.randint(4, 9))
        ]
        self._words += 10 * len(rows)
        lines = [f"| {' | '.join(row)} |\n" for row in rows]
        lines.insert(1, f"|{' --- |' * (columns - 1)} ---: |\n")
        self.parts.append("".join(lines) + "\n")

    def _quotation(self) -> None:
        self.parts.append(f"> {self._sentence()} {self._sentence()}\n>\n> {self._sentence()}\n\n")

    def _definitions(self) -> None:
        lines = [f"{self.prose.phrase(self.rng, 1, 2)}\n: {self._sentence()}\n\n" for _ in range(3)]
        self.parts.append("".join(lines))

    def _poll(self) -> None:
        options: dict[str, str] = {}
        while len(options) < 4:
            label = self.prose.phrase(self.rng, 1, 3)
            options[slug_of(label)] = label
        question = self.prose.phrase(self.rng, 6, 12) + "?"
        self.parts += [Poll(f"poll-{self.outline.index}", question, tuple(options.items())), "\n\n"]
