"""Owns what editors could do next: lists of topics, pages, polls and questions, with bands instead of exact numbers."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from generator.insights.levels import Counts, page_reads, page_responses
from generator.insights.months import Month
from generator.insights.threshold import LEAST, band_of, shown
from generator.site.types import Article, Site
from generator.site.voices import voice_path

_FEW_PAGES: Final = 2  # a topic with no more of them has little content
_GROWTH: Final = 1.25
_MOST: Final = 20
_WORTH: Final = 3 * LEAST  # votes in a month


class Band(NamedTuple):
    low: int
    high: int | None


class TopicLine(NamedTuple):
    """A topic, how many pages it has and how much response those had."""

    condition: str
    label: str
    pages: int
    band: Band


class PageLine(NamedTuple):
    title: str
    url: str
    source_path: str
    band: Band


class PollLine(NamedTuple):
    poll: str
    question: str
    band: Band


class AskedLine(NamedTuple):
    """A post with a question that nobody answered: where it stands and since which day; none of its words."""

    title: str
    url: str
    day: str


class QuestionLine(NamedTuple):
    """A question that a member sent and nobody answered: its condition, its page and its day; none of its words."""

    condition: str
    url: str
    day: str


class Lists(NamedTuple):
    growing: tuple[TopicLine, ...]
    wanting: tuple[TopicLine, ...]
    silent: tuple[PageLine, ...]
    polls: tuple[PollLine, ...]
    asked: tuple[AskedLine, ...]
    questions: tuple[QuestionLine, ...]


class Sent(NamedTuple):
    """A published question of a member without an answer."""

    id: str
    condition: str
    language: str
    day: str


class Open(NamedTuple):
    """A post that asks and has no answer."""

    id: str
    thread: str
    created: int


class _Topic(NamedTuple):
    """A topic with its response of this month and of the one before."""

    condition: str
    label: str
    pages: int
    now: int
    before: int

    @property
    def line(self) -> TopicLine:
        return TopicLine(self.condition, self.label, self.pages, Band(*band_of(self.now)))

    @property
    def grows(self) -> bool:
        return self.before >= LEAST and self.now >= _GROWTH * self.before


def lists_of(
    site: Site,
    month: Month,
    now: Counts,
    before: Counts,
    questions: Mapping[str, str],
    asked: Sequence[Open],
    sent: Sequence[Sent],
) -> Lists:
    """*questions* are the wordings of polls, by id."""
    topics = _topics(site, page_responses(site, now), page_responses(site, before))
    answered = [topic for topic in topics if topic.now >= LEAST]
    return Lists(
        growing=tuple(topic.line for topic in answered if topic.grows)[:_MOST],
        wanting=tuple(topic.line for topic in answered if topic.pages <= _FEW_PAGES)[:_MOST],
        silent=_silent(site, month, now, before),
        polls=_polls(now, questions),
        asked=_asked(site, asked),
        questions=_sent(site, sent),
    )


def _topics(site: Site, now: Counter[str], before: Counter[str]) -> list[_Topic]:
    """Topics of the site's language, the most response first."""
    found = []
    for (condition, language), topics in site.topics.items():
        if language == site.config.language:
            for topic in topics.values():
                paths = [article.source_path for article in topic.articles]
                counts = (sum(every[path] for path in paths) for every in (now, before))
                found.append(_Topic(condition, topic.label, len(paths), *counts))
    return sorted(found, key=lambda topic: (-topic.now, topic.condition, topic.label))


def _silent(site: Site, month: Month, now: Counts, before: Counts) -> tuple[PageLine, ...]:
    """Pages that were there for both months and had no response in either, the most read first; only of conditions whose
    members respond at all. Nothing from 1 to 10 follows from a page without any."""
    responses = page_responses(site, now) + page_responses(site, before)
    respond: defaultdict[str, int] = defaultdict(int)
    for path, number in responses.items():
        respond[site.articles[path].condition] += number
    threads = {site.articles[path].thread for path in responses}
    silent = [
        article
        for article in site.articles.values()
        if article.is_public and article.language == site.config.language
        if article.day is not None and article.day < month.moved(-1).first
        if article.thread not in threads and shown(respond[article.condition])
    ]
    reads = page_reads(silent, now) or {}
    silent.sort(key=lambda article: (-reads.get(article.source_path, 0), article.day or dt.date.min))
    return tuple(_page(article, reads.get(article.source_path, 0)) for article in silent[:_MOST])


def _page(article: Article, count: int) -> PageLine:
    title = article.front_matter.title
    return PageLine(title, article.permalink, article.source_path, Band(*band_of(count)))


def _polls(now: Counts, questions: Mapping[str, str]) -> tuple[PollLine, ...]:
    """Polls that many answered: their answers deserve a page."""
    found = sorted((-votes, poll) for poll, votes in now.votes.items() if votes >= _WORTH)
    return tuple(
        PollLine(poll, questions.get(poll, poll), Band(*band_of(-votes))) for votes, poll in found[:_MOST]
    )


def _asked(site: Site, asked: Sequence[Open]) -> tuple[AskedLine, ...]:
    """The oldest first; a post whose page is gone is left out."""
    pages: dict[str, Article] = {}
    for article in site.articles.values():
        pages.setdefault(article.thread, article)
    return tuple(
        AskedLine(
            pages[one.thread].front_matter.title,
            f"{pages[one.thread].permalink}#c-{one.id}",
            dt.datetime.fromtimestamp(one.created, dt.UTC).date().isoformat(),
        )
        for one in sorted(asked, key=lambda one: (one.created, one.id))
        if one.thread in pages
    )[:_MOST]


def _sent(site: Site, sent: Sequence[Sent]) -> tuple[QuestionLine, ...]:
    """The oldest first, every one of them; one of a condition that is gone is left out."""
    return tuple(
        QuestionLine(site.conditions[one.condition].hub(one.language).front_matter.title, url, one.day)
        for one in sorted(sent, key=lambda one: (one.day, one.id))
        if (url := _page_of(site, one))
    )


def _page_of(site: Site, one: Sent) -> str:
    condition = site.conditions.get(one.condition)
    return (
        condition.root.permalink(voice_path(condition, "question", one.id, one.language)) if condition else ""
    )
