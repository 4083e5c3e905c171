"""Polls that everybody can answer, and that lead nobody to an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from generator.checks.rule import RuleInfo
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.ground.model import Poll
from generator.ground.text import folded
from generator.site.context import SiteContext

POLL_HYGIENE = RuleInfo(
    "poll_hygiene",
    "the poll '{slug}' {fault}",
    "{remedy}",
    "Pew Research Center, “Writing Survey Questions”",
)
_MOST = 12
_RANGE = re.compile(r"^\D{0,12}?(\d+)\s*(?:-|–|to|a|and|y)\s*(\d+)\b", re.IGNORECASE)
_LEADING = re.compile(
    r"\b(?:don['’]t|do not|isn['’]t|wouldn['’]t|shouldn['’]t|aren['’]t)\s+(?:you|it|we)\b.*\?|\b(?:agree|admit) that\b"
    r"|\b(?:no crees|no es verdad|verdad que|estás de acuerdo en)\b",
    re.IGNORECASE,
)
_OPT_OUT = re.compile(
    r"prefer not|rather not|don['’]t want to|not say|skip|prefiero no|no quiero|sin responder", re.IGNORECASE
)


def check_poll_hygiene(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for path, document in documents.items():
        for poll in context.bodies.of(path).facts.polls:
            for fault, remedy in _faults(poll):
                yield POLL_HYGIENE.at(document, poll.line, 1, slug=poll.slug, fault=fault, remedy=remedy)


def _faults(poll: Poll) -> Iterator[tuple[str, str]]:
    labels = [option.label for option in poll.options]
    if len({folded(label) for label in labels}) < len(labels):
        yield "offers one answer twice", "give each option words of its own"
    if len(labels) > _MOST:
        yield f"offers {len(labels)} answers", f"offer at most {_MOST}: nobody weighs more on a phone"
    ranges = [(int(match[1]), int(match[2])) for label in labels if (match := _RANGE.match(label))]
    if any(before[1] >= after[0] for before, after in pairwise(sorted(ranges))):
        yield "has ranges that overlap", "let each begin after the one before ends: 1 to 4, 5 to 9"
    if _LEADING.search(poll.question):
        yield "leads to an answer", "ask without saying what you expect: `How …`, `How often …`"
    if poll.sensitive and not any(_OPT_OUT.search(label) for label in labels):
        yield (
            "is sensitive and has no way out",
            "add an option such as `I would rather not say {#rather-not}`",
        )
