"""How long a plan and the findings of a check hold, where nobody edits anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from generator.content.read import Document
from generator.site.context import SiteContext
from generator.site.first_answers import month_moments
from generator.site.polls import closing_moment
from generator.site.schedule import Epoch, epoch_of, moment_of
from generator.site.statements import statement_moments


def site_epoch(context: SiteContext) -> Epoch:
    """The stretch of time in which nothing flips: articles' moments and polls' closings."""
    return epoch_of(context.now, _moments(context))


def findings_epoch(context: SiteContext, documents: Iterable[Document]) -> Epoch:
    """The stretch of time in which no finding on *documents* changes: that an `updated` lies in the future too."""
    zone = context.site.config.zone
    days = (getattr(document.front_matter, "updated", "") for document in documents)
    return epoch_of(context.now, [*_moments(context), *(moment_of(day, zone) for day in days if day)])


def _moments(context: SiteContext) -> Iterator[str]:
    site = context.site
    yield from site.moments
    yield from month_moments(site.articles.values(), site.config.zone, context.now)
    yield from statement_moments(chain.from_iterable(site.policies.values()), site.config.zone)
    for versions in context.polls.values():
        for asked in versions.values():
            if closing := closing_moment(asked.poll, site):
                yield closing
