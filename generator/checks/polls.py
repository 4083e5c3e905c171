"""Poll ids are unique, translations agree in all but words, closing dates are dates, and results name a poll that exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.content.read import Document
from generator.ground.errors import Problem
from generator.ground.model import ResultsSlot
from generator.ground.text import did_you_mean
from generator.schema.convert import Invalid
from generator.schema.dates import canonical_moment
from generator.site.context import SiteContext
from generator.site.polls import Asked, asked_polls, find_poll


def check_asked_polls(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """What is wrong with polls that *documents* ask, beside those of all others: which are asked is compared as a whole between
    builds.
    """
    for asked, problem in _asked(context):
        if asked.article.source_path in documents:
            yield problem


def _asked(context: SiteContext) -> Iterator[tuple[Asked, Problem]]:
    first: dict[tuple[str, str], Asked] = {}
    originals: dict[str, Asked] = {}
    for asked in asked_polls(context.site, context.bodies):
        for problem in _closing(asked):
            yield asked, problem
        other = first.setdefault((asked.id, asked.article.language), asked)
        if other is not asked:
            message = f"the poll '{asked.poll.slug}' lies in {other.article.source_path} already"
            hint = "give it another id, or show its results with ::results{poll=…}"
            yield asked, _problem(asked, message, hint)
        original = originals.setdefault(asked.id, asked)
        if _shape(original) != _shape(asked):
            message = f"this translation of the poll differs from {original.article.source_path} in keys, version or choices"
            hint = "keep the same option keys, version, min and max in every language"
            yield asked, _problem(asked, message, hint)


def check_polls(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for path, document in documents.items():
        for slot in context.bodies.of(path).slots:
            if isinstance(slot, ResultsSlot) and not find_poll(
                context.polls, slot.poll, document.condition, document.language
            ):
                known = [name.split("~", 1)[1] for name in context.polls]
                hint = (
                    did_you_mean(slot.poll, known)
                    or "name a poll by its id, or one of another condition as condition~id"
                )
                line = slot.line + document.parsed.body_line - 1
                yield Problem(f"there is no poll '{slot.poll}'", line, slot.column, hint, path, rule="polls")


def _shape(asked: Asked) -> tuple[object, ...]:
    """What must be equal in all translations of a poll: votes are counted together."""
    poll = asked.poll
    keys = tuple(sorted(option.key for option in poll.options))
    return (keys, poll.version, poll.multiple, poll.minimum, poll.maximum, poll.sensitive, poll.results)


def _closing(asked: Asked) -> Iterator[Problem]:
    if asked.poll.closes:
        try:
            canonical_moment(asked.poll.closes)
        except Invalid as error:
            yield _problem(asked, str(error), error.hint)


def _problem(asked: Asked, message: str, hint: str) -> Problem:
    line = asked.poll.line + asked.article.document.parsed.body_line - 1
    return Problem(message, line, 1, hint, asked.article.source_path, rule="polls")
