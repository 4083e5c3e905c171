"""The checks that run before anything is written: one rule a file, in one ordered list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from generator.bodies.render import body_problems
from generator.bodies.wording import WORD_RULES
from generator.checks.allowed import without_allowed
from generator.checks.answers import check_answers
from generator.checks.citations import check_citations
from generator.checks.dates import check_dates
from generator.checks.disclosures import DISCLOSURES, check_disclosures
from generator.checks.headings import HEADINGS, check_headings
from generator.checks.images import check_images
from generator.checks.link_texts import LINK_TEXTS, check_link_texts
from generator.checks.links import check_links
from generator.checks.media import check_media
from generator.checks.poll_hygiene import POLL_HYGIENE, check_poll_hygiene
from generator.checks.polls import check_asked_polls, check_polls
from generator.checks.reading import READING, check_reading
from generator.checks.retractions import RETRACTIONS, check_retractions
from generator.checks.reviews import check_reviews
from generator.checks.rule import RuleInfo, words_info
from generator.checks.statements import check_statements
from generator.checks.summaries import check_summaries
from generator.checks.survey_results import check_survey_results
from generator.checks.terms import check_terms
from generator.checks.tracking import TRACKING, check_tracking
from generator.checks.translations import check_translations
from generator.checks.wording import check_wording
from generator.content.config import Checks
from generator.content.levels import apply_levels
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.site.context import SiteContext

Rule = Callable[[SiteContext, Mapping[str, Document]], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    check_links,
    check_answers,
    check_images,
    check_media,
    check_citations,
    check_polls,
    check_survey_results,
    check_terms,
    check_dates,
    check_reviews,
    check_summaries,
    check_statements,
    check_translations,
    check_retractions,
    check_disclosures,
    check_headings,
    check_link_texts,
    check_tracking,
    check_poll_hygiene,
    check_wording,
    check_reading,
)
# The rules that protect readers, which docs/checks.md explains.
PROTECTING: tuple[RuleInfo, ...] = (
    RETRACTIONS,
    DISCLOSURES,
    HEADINGS,
    LINK_TEXTS,
    TRACKING,
    POLL_HYGIENE,
    *(words_info(rule.code) for rule in WORD_RULES),
    READING,
)
# Rules whose warnings a writer can allow with a reason: those that settings can give a level.
_ALLOWED = frozenset(Checks.__struct_fields__)


class Checked(NamedTuple):
    """The *problems* of some documents, and what was *looked_up* to find those of each (see :mod:`generator.ground.reads`)."""

    problems: list[Problem]
    looked_up: dict[str, set[str]]


def run_checks(context: SiteContext, documents: Mapping[str, Document]) -> Checked:
    """All findings on *documents* (those that have pages), with the levels that ``checks:`` sets.

    Each document is checked alone, so that it is known what its findings follow from.
    """
    looked_up: dict[str, set[str]] = {}
    problems = list(check_asked_polls(context, documents))
    for path, document in documents.items():
        context.site.reads.begin()
        looked_up[path] = context.site.reads.names
        alone = {path: document}
        problems.extend(body_problems(document, context.bodies.of(path).facts))
        for rule in RULES:
            problems.extend(rule(context, alone))
    context.site.reads.begin()
    levels = context.site.config.checks
    found = without_allowed(apply_levels(problems, levels), context, documents, levels, _ALLOWED)
    return Checked(found, looked_up)
