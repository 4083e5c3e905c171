"""The mark of a wording: a digest that stands in the file, so that questions reworded under an old version are noticed."""

from __future__ import annotations

import msgspec

from generator.content.surveys.instrument import Question, Words
from generator.ground.text import digest


def wording_mark(version: int, questions: tuple[Question, ...], words: Words) -> str:
    """``w`` and seven digits that depend on what is asked: words of questions and answers, keys, kinds, and version.

    Titles, purpose, help texts and routing are left out: they may be mended while people answer.
    """
    asked = [
        [
            question.key,
            question.kind,
            question.answers,
            _limits(question),
            found.text,
            found.unit,
            found.options,
        ]
        for question in questions
        if (found := words.questions.get(question.key)) is not None
    ]
    return "w" + digest(msgspec.json.encode([version, asked]))[:7]


def _limits(question: Question) -> list[float | None]:
    edges = [edge for band in question.bands for edge in (band.least, band.below)]
    return [question.least, question.most, question.min, question.max, *edges]
