"""The organized site as frozen types: conditions, articles, people, topics, pages, and what time does to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Literal, Protocol, dataclass_transform

import msgspec

from generator.config import Config
from generator.matter import ArticleMatter, HubMatter, PageMatter, PersonMatter
from generator.permalinks import Permalinks, Root
from generator.read import Document

Status = Literal["published", "draft", "scheduled", "expired"]


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))
class Value(msgspec.Struct, frozen=True, gc=False):
    """A frozen value of the organized site; compared by content, never encoded."""


class Article(Value):
    """A published article (or a draft that is shown on request), and where it lives.

    *key* names it over all its translations: condition, folder and name. *thread* is the identity of its comments.
    *day* is the local day of ``date``, ``None`` where it has none; *moment* sorts (UTC ISO text, empty first).
    *topics* are slugs.
    """

    document: Document
    matter: ArticleMatter
    condition: str
    language: str
    root: Root
    url_path: str
    key: str
    thread: str
    slug: str
    moment: str
    day: dt.date | None
    topics: tuple[str, ...]
    status: Status = "published"

    @property
    def source_path(self) -> str:
        return self.document.source_path

    @property
    def permalink(self) -> str:
        return self.root.permalink(self.url_path)


class Hub(Value):
    """A condition's home in one language; *document* is None for a default hub."""

    document: Document | None
    matter: HubMatter
    language: str
    url_path: str


class Condition(Value):
    """A condition, its root and its hubs by language (the site's language first)."""

    id: str
    root: Root
    hubs: Mapping[str, Hub]
    accent: str
    policy: str
    quiet_hours: str = "off"
    slow_mode: int = 0

    def hub(self, language: str) -> Hub:
        """The hub in *language*, else the first there is."""
        return self.hubs.get(language) or next(iter(self.hubs.values()))


class Person(Value):
    """Somebody with a profile; documents by language."""

    id: str
    documents: Mapping[str, Document]
    matters: Mapping[str, PersonMatter]
    url_path: str

    def matter(self, language: str) -> PersonMatter:
        return self.matters.get(language) or next(iter(self.matters.values()))


class Policy(Value):
    """A page of ``_pages/`` in one language."""

    document: Document
    matter: PageMatter
    language: str
    slug: str
    key: str
    url_path: str


class Topic(Value):
    """A topic of one condition and language: *label* as first written, *articles* newest first."""

    slug: str
    label: str
    condition: str
    language: str
    url_path: str
    articles: tuple[Article, ...]


class Term(Value):
    """A glossary term: text and meaning by language; *also* are other words for it."""

    id: str
    term: Mapping[str, str]
    plain: Mapping[str, str]
    also: Mapping[str, tuple[str, ...]]
    conditions: tuple[str, ...]


class CrisisEntry(Value):
    """A crisis line as ``_crisis.yaml`` has it."""

    name: str
    number: str = ""
    url: str = ""
    hours: str = ""
    note: str = ""
    source: str = ""
    checked: str = ""


Edition = tuple[str, str]


class Company(Protocol):
    """Who stands near an article: worked out when asked for, since most builds ask for few."""

    def related(self, article: Article) -> tuple[Article, ...]: ...

    def neighbours(self, article: Article) -> tuple[Article | None, Article | None]: ...


class Site(Value):
    """Everything organized: what exists, where it lives, in which order it is listed, and when that changes.

    An edition is (condition, language). *articles* are all shown ones by source path; *listed* those of an
    edition, newest first, cross-listed ones included; *moments* are the instants at which anything flips.
    """

    config: Config
    permalinks: Permalinks
    now: dt.datetime
    conditions: Mapping[str, Condition]
    articles: Mapping[str, Article]
    withheld: Mapping[str, Article]
    by_edition: Mapping[Edition, tuple[Article, ...]]
    listed: Mapping[Edition, tuple[Article, ...]]
    translations: Mapping[str, Mapping[str, Article]]
    topics: Mapping[Edition, Mapping[str, Topic]]
    people: Mapping[str, Person]
    written: Mapping[str, tuple[Article, ...]]
    reviewed: Mapping[str, tuple[Article, ...]]
    policies: Mapping[str, tuple[Policy, ...]]
    glossary: Mapping[str, Term]
    crisis: Mapping[str, tuple[CrisisEntry, ...]]
    company: Company
    languages: tuple[str, ...]
    moments: tuple[str, ...]


def serves_person(site: Site, root: Root, person: str) -> bool:
    """Whether *root* repeats this profile: the portfolio has all, a condition's host those who belong to it."""
    return not root.condition or _belongs_to(site, root.condition, person)


def _belongs_to(site: Site, condition: str, person: str) -> bool:
    profile = site.people[person]
    named = any(condition in matter.conditions for matter in profile.matters.values())
    return named or any(article.condition == condition for article in _works(site, person))


def _works(site: Site, person: str) -> tuple[Article, ...]:
    return (*site.written.get(person, ()), *site.reviewed.get(person, ()))


def guests(site: Site, condition: str) -> Iterator[Article]:
    """Articles of other conditions that lists on a condition's host show: those listed under it, and the works of
    people whose profiles stand there too.
    """
    for (owner, _), articles in site.listed.items():
        if owner == condition:
            yield from (article for article in articles if article.condition != condition)
    for person in site.people:
        if _belongs_to(site, condition, person):
            yield from (article for article in _works(site, person) if article.condition != condition)
