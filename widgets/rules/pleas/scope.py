"""Owns what governs a phrase of the core: the negation, the figure of speech and the past time of its own verb.

Whatever else stands in a text governs nothing. A negation reaches forward over auxiliaries and over verbs that only
report a thought (``I don't think I want to``), a figure must touch the phrase itself, a time must stand in its clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from widgets.rules.phrases import Span
from widgets.rules.phrases.files import PhraseFile
from widgets.rules.phrases.finder import Finder
from widgets.rules.words import Word, Words

_FAR: Final = 10  # words back to a negation, all of which it must reach over
_BEFORE: Final = 4  # words between a time at the head of its clause and the verb
_LONG: Final = 5  # words of a figure that a comma does not part
_BEFORE_COMMA: Final = 1  # the same, where a comma stands between: else the time is another verb's
_TIME: Final = 8  # words of a time
_PART: Final = 25  # words of a clause on each side of a phrase, at most
_AFTER: Final = 5  # words between a verb and its time
_NEAR: Final = 1  # sentences from a figure in which something grave speaks against it


class Scope(Finder):
    """One text, read with one file of the core."""

    def __init__(self, words: Words, file: PhraseFile) -> None:
        super().__init__(words, file)
        self._joints = file.sets["joints"]

    def silenced(self, span: Span) -> bool:
        """Whether its own negation, subject or question, or a figure of speech, makes the phrase mean something else."""
        return self.figure(span) or self.denied(span) or self._asked(span) or self._of_others(span)

    def figure(self, span: Span) -> bool:
        """Whether a figure of speech takes the end of the phrase; a doubtful one gives way where something grave
        stands near."""
        last = span.end - 1
        return last in self.figures or any(not self._grave(one, span) for one in self._doubtful.get(last, ()))

    def unharmed(self, span: Span) -> bool:
        """Whether what somebody took tells of no danger where the phrase ends, and nothing grave stands near."""
        last = span.end - 1
        return any(one.begin <= last < one.end and not self._grave(one, span) for one in self._unharmed)

    def _grave(self, figure: Span, span: Span) -> bool:
        """Whether means, a farewell or death stand beside both, in the same sentence or the next."""
        first, last = min(figure.begin, span.begin), max(figure.end, span.end)
        sentence = self.words[span.begin].sentence
        return any(
            (one.end <= first or last <= one.begin)
            and abs(self.words[one.begin].sentence - sentence) <= _NEAR
            for one in self.find("grave")
        )

    def denied(self, span: Span) -> bool:
        """Whether an odd number of negations stands before the phrase, each reaching as far as it."""
        times = 0
        clause = self.words[span.begin].clause
        for at in range(span.begin - 1, max(-1, span.begin - 1 - _FAR), -1):
            word = self.words[at]
            if word.clause != clause:
                break
            if word.text in self.file.sets["negations"]:
                times += at not in self._seeming
            elif word.text not in self.file.sets["through"] or word.text in self._joints:
                break
        return times % 2 == 1

    def _asked(self, span: Span) -> bool:
        """Whether somebody only asks for it (``the form asks about ...``, ``he asked if I ...``)."""
        before = self.clause_before(span)
        if not before or before[0].text not in self.file.sets["whether"]:
            return False
        return any(word.text in self.file.sets["asks"] for word in before[1:5])

    def _of_others(self, span: Span) -> bool:
        """Whether a phrase without a subject has one before it that is not its writer (``if you feel ...``)."""
        own = self.file.sets["first"]
        if any(word.text in own for word in self.words[span.begin : span.end]):
            return False
        for word in self.clause_before(span):
            if word.text in own:
                return False
            if word.text in self.file.sets["others"]:
                return True
            if word.text not in self.file.sets["through"]:
                return False
        return False

    def clause_before(self, span: Span) -> list[Word]:
        """The words of the same clause before the phrase, the nearest first."""
        found: list[Word] = []
        for at in range(span.begin - 1, max(-1, span.begin - 1 - _FAR), -1):
            if self.words[at].clause != self.words[span.begin].clause:
                break
            found.append(self.words[at])
        return found

    def past(self, span: Span) -> bool:
        """Whether a past time stands with the phrase: in its clause and after it, or at the head of its sentence
        part right before it. A word for now (`still`) in the same clause wins."""
        first, last = self._part(span)
        still = self.file.sets["still"]
        if any(self.words[at].text in still or at in self._words_of_now for at in range(first, last)):
            return False
        near = range(max(0, span.begin - _BEFORE - _TIME), span.end + _AFTER + 1)
        return any(self._own(time, span) for at in near for time in self._times.get(at, ()))

    def reported(self, span: Span) -> bool:
        """Whether the words before it say that somebody else says so (``she said I want to die``)."""
        reports, own = self.file.sets["reports"], self.file.sets["first"]
        for at in range(span.begin - 1, max(-1, span.begin - 4), -1):
            word = self.words[at]
            if word.sentence != self.words[span.begin].sentence:
                return False
            if word.text in reports:
                before = self.words[max(0, at - 3) : at]
                return not any(one.text in own for one in before)
        return False

    def supposed(self, span: Span) -> bool:
        """Whether it is said of anybody whom it may concern (``if someone says ...``)."""
        subject = self.words[span.begin].text
        for word in self.clause_before(span):
            if word.text in self.file.sets["first"]:
                return False
            if word.text in self.file.sets["supposing"]:
                return subject in self.file.sets["others"]
            subject = word.text
        return False

    def real(self, span: Span) -> bool:
        """Whether nothing in the sentence tells that it is of a film or a book."""
        return self.words[span.begin].sentence not in self._sentences_of_fiction

    def soon(self, span: Span) -> bool:
        """Whether its sentence says tonight, or on the way."""
        return self.words[span.begin].sentence in self._sentences_of_now

    @cached_property
    def urgent(self) -> bool:
        return self.has("urgent")

    @cached_property
    def resolved(self) -> bool:
        return self.has("resolved")

    @cached_property
    def _sentences_of_fiction(self) -> frozenset[int]:
        return frozenset(self.words[one.begin].sentence for one in self.find("fiction"))

    @cached_property
    def _sentences_of_now(self) -> frozenset[int]:
        return frozenset(self.words[at].sentence for at in self._words_of_now)

    @cached_property
    def _words_of_now(self) -> frozenset[int]:
        return frozenset(at for one in self.find("soon") for at in range(one.begin, one.end))

    def _own(self, time: Span, span: Span) -> bool:
        words = self.words
        if words[time.begin].sentence != words[span.begin].sentence:
            return False
        if time.begin >= span.begin:
            between = words[span.end : time.begin]
            same = words[time.begin].clause == words[span.end - 1].clause
            return same and len(between) <= _AFTER and not self._starts_anew(between)
        between = words[time.end : span.begin]
        same = words[time.end - 1].clause == words[span.begin].clause
        near = len(between) <= (_BEFORE if same else _BEFORE_COMMA)
        return near and self._heads(time) and not self._starts_anew(between[:-1])

    def _heads(self, time: Span) -> bool:
        """Whether the time is the first of its clause."""
        before = self.words[time.begin - 1] if time.begin else None
        clause = self.words[time.begin].clause
        return before is None or before.clause != clause or before.text in self._joints

    def _starts_anew(self, between: Sequence[Word]) -> bool:
        """Whether another subject or a joint stands between: then the time is that one's."""
        texts = {one.text for one in between}
        return not self._joints.isdisjoint(texts) or not self.file.sets["first"].isdisjoint(texts)

    def _part(self, span: Span) -> tuple[int, int]:
        """The words around a phrase up to the next comma or joint."""
        first, last = span.begin, span.end
        while first and span.begin - first < _PART and self._goes_on(first - 1, span.begin):
            first -= 1
        while last < len(self.words) and last - span.end < _PART and self._goes_on(last, span.end - 1):
            last += 1
        return first, last

    def _goes_on(self, at: int, within: int) -> bool:
        """Whether a word belongs to the clause of another, before any joint."""
        return self.words[at].clause == self.words[within].clause and self.words[at].text not in self._joints

    @cached_property
    def figures(self) -> frozenset[int]:
        """Places of words in figures of speech."""
        return frozenset(at for one in self._figures_of("figures") for at in range(one.begin, one.end))

    @cached_property
    def _doubtful(self) -> Mapping[int, Sequence[Span]]:
        """Doubtful figures by the places of their words."""
        found: dict[int, list[Span]] = {}
        for one in self._figures_of("doubtful"):
            for at in range(one.begin, one.end):
                found.setdefault(at, []).append(one)
        return found

    @cached_property
    def _unharmed(self) -> Sequence[Span]:
        return tuple(self._figures_of("unharmed"))

    def _figures_of(self, name: str) -> Iterator[Span]:
        """A short one reaches over no comma (``I want to die, laughing at ...``)."""
        for one in self.find(name):
            if self.words[one.begin].clause == self.words[one.end - 1].clause or one.end - one.begin >= _LONG:
                yield one

    @cached_property
    def _seeming(self) -> frozenset[int]:
        return frozenset(at for span in self.find("no_negation") for at in range(span.begin, span.end))

    @cached_property
    def _times(self) -> Mapping[int, Sequence[Span]]:
        """Past times by the place where they begin."""
        found: dict[int, list[Span]] = {}
        for one in self.find("own_past"):
            found.setdefault(one.begin, []).append(one)
        return found
