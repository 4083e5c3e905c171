"""Polls of the organized site: which article asks which, under what identity, and when it closes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.bodies.table import BodyTable
from generator.ground.model import Poll
from generator.schema.dates import canonical_moment
from generator.site.schedule import end_of
from generator.site.types import Article, Site


class Asked(NamedTuple):
    """A poll and the article that asks it, which is noted where it is used: which article asks which is compared as a whole
    between builds.
    """

    poll: Poll
    unnoted: Article

    @property
    def article(self) -> Article:
        self.unnoted.reads.names.add(self.unnoted.source_path)
        return self.unnoted

    @property
    def condition(self) -> str:
        return self.unnoted.condition

    @property
    def id(self) -> str:
        return poll_id(self.condition, self.poll.slug)


# Polls by id, each by language.
Polls = Mapping[str, Mapping[str, Asked]]


def poll_id(condition: str, slug: str) -> str:
    """The identity of a poll: ``migraine~weather-trigger``; a written id that names its condition stays."""
    return slug if "~" in slug else f"{condition}~{slug}"


def asked_polls(site: Site, bodies: BodyTable) -> Iterable[Asked]:
    """Every poll of every shown article, in order of path."""
    for path, article in sorted(site.articles.items()):
        if article.document.parsed.asks:
            for poll in bodies.of(path).facts.polls:
                yield Asked(poll, article)


def polls_by_id(asked: Iterable[Asked]) -> Polls:
    """Polls by id and language; of two with the same id and language the first."""
    found: dict[str, dict[str, Asked]] = {}
    for each in asked:
        found.setdefault(each.id, {}).setdefault(each.unnoted.language, each)
    return found


def find_poll(polls: Polls, reference: str, condition: str, language: str) -> Asked | None:
    """The poll that ``results`` names, in *language* if it is asked in it."""
    versions = polls.get(poll_id(condition, reference), {})
    return versions.get(language) or next(iter(versions.values()), None)


def closing_moment(poll: Poll, site: Site) -> str:
    """UTC ISO text of the moment at which a poll closes, a named day to its end; empty where it stays open."""
    return end_of(canonical_moment(poll.closes), site.config.zone) if poll.closes else ""
