"""The organized site as frozen types: conditions, articles, people, topics, pages, and what time does to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Literal, Protocol, dataclass_transform

import msgspec

from generator.content.config import Config
from generator.content.front_matter.schema import (
    ArticleFrontMatter,
    HubFrontMatter,
    PageFrontMatter,
    PersonFrontMatter,
    SectionFrontMatter,
)
from generator.content.read import Document
from generator.content.surveys.instrument import Instrument, Words
from generator.content.surveys.results import SurveyResults
from generator.site.permalinks import Permalinks, Root
from generator.ground.reads import Lookups, Reads

Status = Literal["published", "draft", "scheduled", "expired"]
SurveyState = Literal["coming", "open", "closed"]


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))
class Value(msgspec.Struct, frozen=True, gc=False):
    """A frozen value of the organized site; compared by content, never encoded."""


class Article(Value):
    """A published article (or a draft that is shown on request), and where it lives.

    *key* names it over all its translations: condition, folder and name. *thread* is the identity of its comments.
    *day* is the local day of ``date``, ``None`` where it has none; *moment* sorts (UTC ISO text, empty first).
    *topics* are slugs. Where it is *suspended*, its page shows that it waits for a review, and nothing of its text.
    *unnoted* is its front matter: views, outputs and checks ask for it by :attr:`front_matter`, which is noted in *reads*;
    who organizes the site takes it directly, before anything is noted.
    """

    document: Document
    unnoted: ArticleFrontMatter
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
    suspended: bool = False
    reads: Reads = msgspec.field(default_factory=Reads)

    @property
    def front_matter(self) -> ArticleFrontMatter:
        self.reads.names.add(self.document.source_path)
        return self.unnoted

    @property
    def is_public(self) -> bool:
        """Whether everybody may read its text: feeds, search, polls and comments have it."""
        return self.status == "published" and not self.suspended

    @property
    def source_path(self) -> str:
        return self.document.source_path

    @property
    def permalink(self) -> str:
        return self.root.permalink(self.url_path)


class Hub(Value):
    """A condition's home in one language; *document* is None for a default hub."""

    document: Document | None
    front_matter: HubFrontMatter
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
    minimum_age: int = 0

    def hub(self, language: str) -> Hub:
        """The hub in *language*, else the first there is."""
        return self.hubs.get(language) or next(iter(self.hubs.values()))


class Section(Value):
    """A folder below a condition's that has an ``_index.md``, in one language."""

    document: Document
    front_matter: SectionFrontMatter
    condition: str
    language: str
    root: Root
    url_path: str

    @property
    def folder(self) -> str:
        return self.document.folder


class Person(Value):
    """Somebody with a profile; documents by language."""

    id: str
    documents: Mapping[str, Document]
    front_matters: Mapping[str, PersonFrontMatter]
    url_path: str

    def front_matter(self, language: str) -> PersonFrontMatter:
        return self.front_matters.get(language) or next(iter(self.front_matters.values()))


class Policy(Value):
    """A page of ``_pages/`` in one language."""

    document: Document
    front_matter: PageFrontMatter
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
    """A crisis line as ``_crisis.yaml`` has it; *line* is where it stands there."""

    name: str
    number: str = ""
    text: str = ""
    url: str = ""
    hours: str = ""
    note: str = ""
    source: str = ""
    checked: str = ""
    kinds: tuple[str, ...] = ()
    search_words: tuple[str, ...] = ()
    line: int = 0


class Survey(Value):
    """A survey as of the site's moment. *opens*, *closes* and *interim* are UTC ISO text, *interim* empty without one.

    *url_paths* are the addresses of its page by language: one for each language that it has words in.
    """

    instrument: Instrument
    root: Root
    opens: str
    closes: str
    interim: str
    state: SurveyState
    url_paths: Mapping[str, str]

    @property
    def id(self) -> str:
        return self.instrument.id

    @property
    def condition(self) -> str:
        return self.instrument.condition

    def words(self, language: str) -> Words:
        """The wording in *language*, else the instrument's own."""
        return self.instrument.words.get(language) or next(iter(self.instrument.words.values()))

    def url_path(self, language: str) -> str:
        """The address of the page in *language*, else that of the instrument's own."""
        return self.url_paths.get(language) or next(iter(self.url_paths.values()))


Edition = tuple[str, str]


class Neighbours(Protocol):
    """Who stands near an article: worked out when asked for, since most builds ask for few."""

    def related(self, article: Article) -> tuple[Article, ...]: ...

    def previous_and_next(self, article: Article) -> tuple[Article | None, Article | None]: ...


class Site(Value):
    """Everything organized: what exists, where it lives, in which order it is listed, and when that changes.

    An edition is (condition, language). *articles* are all shown ones by source path; *listed* those of an
    edition, newest first, cross-listed ones included; *sections* are by source path; *surveys* are those with a
    page, by id; *survey_results* are the reviewed ones, by survey; *moments* are the instants at which anything flips.
    *reads* notes what is looked up in the mappings that hold articles, and which articles' front matter is read.
    """

    config: Config
    permalinks: Permalinks
    now: dt.datetime
    conditions: Mapping[str, Condition]
    articles: Lookups[str, Article]
    withheld: Lookups[str, Article]
    by_edition: Lookups[Edition, tuple[Article, ...]]
    listed: Lookups[Edition, tuple[Article, ...]]
    translations: Lookups[str, Mapping[str, Article]]
    topics: Lookups[Edition, Mapping[str, Topic]]
    people: Mapping[str, Person]
    written: Lookups[str, tuple[Article, ...]]
    reviewed: Lookups[str, tuple[Article, ...]]
    policies: Mapping[str, tuple[Policy, ...]]
    glossary: Mapping[str, Term]
    crisis: Mapping[str, tuple[CrisisEntry, ...]]
    neighbours: Neighbours
    languages: tuple[str, ...]
    moments: tuple[str, ...]
    sections: Mapping[str, Section] = msgspec.field(default_factory=dict)
    surveys: Mapping[str, Survey] = msgspec.field(default_factory=dict)
    survey_results: Mapping[str, SurveyResults] = msgspec.field(default_factory=dict)
    retracted: Mapping[str, str] = msgspec.field(default_factory=dict)
    reads: Reads = msgspec.field(default_factory=Reads)


def serves_person(site: Site, root: Root, person: str) -> bool:
    """Whether *root* repeats this profile: the portfolio has all, a condition's host those who belong to it."""
    return not root.condition or _belongs_to(site, root.condition, person)


def _belongs_to(site: Site, condition: str, person: str) -> bool:
    """Compared as a whole between builds, for each host and person: it is noted nowhere."""
    profile = site.people[person]
    named = any(condition in front_matter.conditions for front_matter in profile.front_matters.values())
    with site.reads.aside():
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
