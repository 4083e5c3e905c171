"""Polls as pages show them: question, choices, what is known of the votes, whether one may still vote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.bodies import Digest
from generator.model import Poll
from generator.moments import canonical_moment, local_day
from generator.permalinks import Root
from generator.schedule import end_of
from generator.site import Article, Site
from generator.views import shapes
from generator.views.material import Material, day_view, time_view


class Asked(NamedTuple):
    """A poll and the article that asks it."""

    poll: Poll
    article: Article

    @property
    def id(self) -> str:
        return poll_id(self.article.condition, self.poll.slug)


def poll_id(condition: str, slug: str) -> str:
    """The identity of a poll: ``migraine~weather-trigger``; a written id that names its condition stays."""
    return slug if "~" in slug else f"{condition}~{slug}"


def asked_polls(site: Site, bodies: Mapping[str, Digest]) -> Iterable[Asked]:
    """Every poll of every shown article, in order of path."""
    for path, article in sorted(site.articles.items()):
        if article.document.parsed.asks:
            for poll in bodies[path].facts.polls:
                yield Asked(poll, article)


def closing_moment(poll: Poll, site: Site) -> str:
    """UTC ISO text of the moment at which a poll closes, a named day to its end; empty where it stays open."""
    return end_of(canonical_moment(poll.closes), site.config.zone) if poll.closes else ""


def find_poll(material: Material, reference: str, condition: str, language: str) -> Asked | None:
    """The poll that ``results`` names, in *language* if it is asked in it."""
    versions = polls_by_id(material).get(poll_id(condition, reference), {})
    return versions.get(language) or next(iter(versions.values()), None)


def polls_by_id(material: Material) -> dict[str, dict[str, Asked]]:
    """Polls by id and language."""
    if ("polls",) not in material.memo:
        found: dict[str, dict[str, Asked]] = {}
        for asked in asked_polls(material.site, material.bodies):
            found.setdefault(asked.id, {}).setdefault(asked.article.language, asked)
        material.memo["polls",] = found
    known: dict[str, dict[str, Asked]] = material.memo["polls",]
    return known


def poll_view(material: Material, root: Root, asked: Asked) -> shapes.Poll:
    """A poll as pages on *root* show it, with the snapshot's tally where one may be shown."""
    poll, article, site = asked.poll, asked.article, material.site
    answer = material.snapshot.polls.get(asked.id)
    results = answer.results if answer is not None and answer.version == poll.version else None
    votes = {option.key: option.votes for option in results.options} if results else {}
    total = results.voters if results else -1
    closing = closing_moment(poll, site)
    endpoint = site.config.widgets.endpoint
    fetched = material.snapshot.fetched
    return shapes.Poll(
        id=asked.id,
        anchor=f"poll-{poll.slug}",
        question_html=poll.question_html,
        choices=tuple(
            _choice(option.key, option.html, option.label, votes, total) for option in poll.options
        ),
        action=f"{endpoint}/polls/{asked.id}/votes" if endpoint and site.config.widgets.polls else "",
        multiple=poll.multiple,
        minimum=poll.minimum,
        maximum=poll.maximum,
        version=poll.version,
        closes=time_view(canonical_moment(poll.closes), article.language, material) if poll.closes else None,
        closed=bool(closing) and closing <= material.now,
        results=poll.results,
        sensitive=poll.sensitive,
        total=total,
        as_of=day_view(local_day(canonical_moment(fetched), site.config.zone), article.language)
        if results and fetched
        else None,
        article=shapes.Link(article.matter.title, material.href(root, article.root, article.url_path)),
    )


def percent(part: int, whole: int) -> int:
    """A share in whole percent, halves rounded up as the elements do."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def _choice(key: str, html: str, label: str, votes: Mapping[str, int], total: int) -> shapes.PollChoice:
    if total < 0:
        return shapes.PollChoice(key, html, label)
    count = votes.get(key, 0)
    return shapes.PollChoice(key, html, label, count, percent(count, total))
