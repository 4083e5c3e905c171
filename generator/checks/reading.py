"""Texts that are hard to read, by a formula for the language: never more than a warning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import sqrt

from generator.checks.rule import RuleInfo
from generator.content.front_matter.schema import ArticleFrontMatter
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.ground.model import Reading
from generator.site.context import SiteContext

READING = RuleInfo(
    "reading",
    "the text is hard to read: {scale} {value}",
    "shorter sentences, everyday words, one thought at a time; {aim}",
    "McLaughlin, “SMOG Grading”, Journal of Reading 12 (1969)",
    "words",
)
# McLaughlin's SMOG of 1969 estimates the years of school that a full understanding takes; it asks for thirty sentences.
_SMOG_SENTENCES, _SMOG_MOST = 30, 11.0
# Szigriszt-Pazos 1993 on the scale of Barrio-Cantalejo 2008: below 55 is what most adults find rather difficult.
_INFLESZ_LEAST = 55.0
_SPARED = frozenset({"story", "we-did", "question", "survey-report"})


def check_reading(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for path, document in documents.items() if context.site.config.medical else ():
        front_matter = document.front_matter
        if not isinstance(front_matter, ArticleFrontMatter) or front_matter.type in _SPARED:
            continue
        counts = context.bodies.of(path).facts.wording.reading
        if counts is None:
            continue
        if document.language.partition("-")[0] == "es":
            ease = inflesz(counts)
            if ease < _INFLESZ_LEAST:
                yield READING.of(
                    document, "title", scale="INFLESZ", value=f"{ease:.0f}", aim="aim for 55 or more"
                )
        elif counts.sentences >= _SMOG_SENTENCES and (grade := smog(counts)) > _SMOG_MOST:
            yield READING.of(document, "title", scale="SMOG", value=f"{grade:.1f}", aim="aim for 9 or less")


def smog(counts: Reading) -> float:
    """Years of school: 1.0430 √(long words per 30 sentences) + 3.1291."""
    return 1.0430 * sqrt(counts.long_words * 30 / counts.sentences) + 3.1291


def inflesz(counts: Reading) -> float:
    """Ease from 0 to 100: 206.835 − 62.3 · syllables per word − words per sentence."""
    return 206.835 - 62.3 * counts.syllables / counts.words - counts.words / counts.sentences
