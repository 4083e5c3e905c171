"""Which articles, events, people and polls the hubs and the portfolio show."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from generator.site.permalinks import Root
from generator.site.polls import Asked, closing_moment
from generator.site.types import Article, Hub, Person, Site
from generator.views import types as shapes
from generator.views.context import ViewContext
from generator.views.shared_parts import card

# The types of articles that have a section of their own on a hub, in reading order.
SECTION_TYPES = (
    "basics",
    "symptom",
    "diagnosis",
    "treatment",
    "living-with",
    "question",
    "article",
    "survey-report",
)
STORY_TYPE = "story"
UPCOMING_CARDS = 4


def stories_of(articles: Iterable[Article]) -> list[Article]:
    """The stories among *articles*, in the order given."""
    return [article for article in articles if article.front_matter.type == STORY_TYPE]


def start_here(context: ViewContext, hub: Hub) -> list[Article]:
    """The articles that a hub's ``start_here`` names, in its order; those that are not shown are left out."""
    if hub.document is None:
        return []
    found = []
    for path in hub.front_matter.start_here:
        target = context.links.target_of(hub.document, path)
        article = context.site.articles.get(target.source_path) if target else None
        if article is not None:
            found.append(article)
    return found


def newest(site: Site, language: str, each: int) -> list[Article]:
    """The *each* newest articles of every condition in *language*, all of them newest first."""
    found = [
        article
        for (_, tag), articles in site.by_edition.items()
        if tag == language
        for article in articles[:each]
    ]
    return sorted(found, key=lambda a: (a.moment, a.source_path), reverse=True)


def upcoming(
    context: ViewContext, root: Root, articles: Iterable[Article], with_condition: bool
) -> tuple[shapes.Card, ...]:
    """Cards of the events among *articles* that are not over, the next one first."""
    events = [
        article for article in articles if article.front_matter.type == "event" and article.front_matter.start
    ]
    events.sort(key=lambda a: (a.front_matter.start, a.source_path))
    cards = (card(context, root, article, with_condition) for article in events)
    ahead = (shown for shown in cards if shown.event is not None and not shown.event.over)
    return tuple(itertools.islice(ahead, UPCOMING_CARDS))


def people_of(site: Site, condition: str) -> list[Person]:
    """The people whose profile names *condition*, in order of id."""
    return [
        person
        for person in site.people.values()
        if any(condition in front_matter.conditions for front_matter in person.front_matters.values())
    ]


def polls_of(context: ViewContext, condition: str, language: str) -> list[Asked]:
    """The polls of a condition in *language*, the newest article's first."""
    found = [versions[language] for versions in context.polls.values() if language in versions]
    own = [asked for asked in found if asked.condition == condition and not asked.article.suspended]
    return sorted(own, key=lambda asked: (asked.article.moment, asked.article.source_path), reverse=True)


def featured_poll(context: ViewContext, condition: str, language: str) -> Asked | None:
    """The newest poll of a condition that is open, not sensitive and answered by somebody.

    Where there is no such poll: one that is closed and answered, one that is open, the newest of all.
    """
    polls = polls_of(context, condition, language)
    plain = [asked for asked in polls if not asked.poll.sensitive]
    ranks = [
        (not _is_answered(context, asked), _is_closed(context, asked), at) for at, asked in enumerate(plain)
    ]
    return plain[min(ranks)[2]] if plain else next(iter(polls), None)


def _is_answered(context: ViewContext, asked: Asked) -> bool:
    """Whether the snapshot has votes of this version that pages may show."""
    answer = context.snapshot.polls.get(asked.id)
    known = answer is not None and answer.version == asked.poll.version
    return bool(known and answer and answer.results and answer.results.voters)


def _is_closed(context: ViewContext, asked: Asked) -> bool:
    closing = closing_moment(asked.poll, context.site)
    return bool(closing) and closing <= context.now
