"""Which feeds there are, and what is in them: the portfolio's, and those of each condition, topic and person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from generator import __version__
from generator.ground.reads import Kept
from generator.outputs.correction_entries import correction_entries
from generator.outputs.feed_content import feed_content
from generator.schema.dates import with_offset
from generator.site.permalinks import Root
from generator.site.types import Article, Condition, Person, Site, serves_person
from generator.views import types as shapes
from generator.views.context import ViewContext
from generator.views.frame import Frame
from generator.views.planned import Frames, Planned
from generator.views.shared_parts import language_prefix, person_languages, person_path, summary_of

FeedKind = type[shapes.AtomFeed] | type[shapes.JsonFeed]


class FeedSource(NamedTuple):
    """What a feed follows: the page at *url_path* of *frame*, with its articles, newest first."""

    frame: Frame
    url_path: str
    title: str
    description: str
    articles: Sequence[Article]


def plan_feeds(context: ViewContext, frames: Frames, pages: Sequence[Planned]) -> Iterator[Planned]:
    entries = _Entries(context, frames)
    for sources in (*_of_conditions(context, frames), *_of_hosts(context, frames)):
        yield from context.site.reads.apart(_planned(entries, sources))


def _planned(entries: _Entries, sources: Iterable[FeedSource]) -> Iterator[Planned]:
    """Both forms of the feed of each of *sources*, which are made here: what they look up is noted for them alone."""
    for source in sources:
        for name, kind in (("feed.atom", shapes.AtomFeed), ("feed.json", shapes.JsonFeed)):
            root, url_path = source.frame.root, f"{source.url_path}{name}"
            make = partial(_feed, kind, entries, source, url_path)
            bodies = tuple(article.source_path for article in source.articles) if entries.whole else ()
            path, origin = root.output_path(url_path), f"feed of {source.title}"
            group = source.frame.context.site.reads.group
            yield Planned(path, origin, make, bodies=bodies, root=root, traced=True, group=group)


def _of_conditions(context: ViewContext, frames: Frames) -> Iterator[Iterator[FeedSource]]:
    """The feeds of each condition, in each language."""
    for name, language in context.site.listed.known():
        if context.part.has(name):
            condition = context.site.conditions[name]
            yield _of_condition(context, frames.get(condition.root, language, condition), condition)


def _of_condition(context: ViewContext, frame: Frame, condition: Condition) -> Iterator[FeedSource]:
    """A condition and its topics."""
    edition = (condition.id, frame.language)
    hub = condition.hub(frame.language)
    title = hub.front_matter.title
    yield FeedSource(frame, hub.url_path, title, hub.front_matter.description, context.site.listed[edition])
    for topic in context.site.topics[edition].values():
        yield FeedSource(frame, topic.url_path, f"{topic.label} – {title}", "", topic.articles)


def _of_hosts(context: ViewContext, frames: Frames) -> Iterator[Iterator[FeedSource]]:
    """The portfolio's newest articles, and on each host the articles of each person."""
    site = context.site
    for root in context.part.roots:
        condition = site.conditions.get(root.condition)
        for language in tuple(condition.hubs) if condition else site.languages:
            frame = frames.get(root, language, condition)
            if condition is None:
                yield _of_portfolio(frame)
            for person in site.people.values():
                if _has_page(context, root, person, language):
                    yield _of_person(frame, person)


def _of_portfolio(frame: Frame) -> Iterator[FeedSource]:
    site, url_path = frame.context.site, f"{language_prefix(frame.context, frame.language)}/"
    articles = _newest(site, frame.language, site.config.feeds.items)
    yield FeedSource(frame, url_path, frame.chrome.site_title, frame.description, articles)


def _newest(site: Site, language: str, most: int) -> list[Article]:
    """The newest articles of every condition, and those with corrections, newest first."""
    found = []
    for (_, tag), articles in site.by_edition.items():
        if tag == language:
            public = [article for article in articles if not article.suspended]
            found += public[:most]
            found += (article for article in public[most:] if article.front_matter.corrections)
    return sorted(found, key=lambda a: (a.moment, a.source_path), reverse=True)


def _has_page(context: ViewContext, root: Root, person: Person, language: str) -> bool:
    return serves_person(context.site, root, person.id) and language in person_languages(context, person.id)


def _of_person(frame: Frame, person: Person) -> Iterator[FeedSource]:
    """What somebody wrote in the frame's language; on a condition's own host what they wrote about it."""
    context, language, condition = frame.context, frame.language, frame.condition
    written = [
        article
        for article in context.site.written.get(person.id, ())
        if article.language == language and (condition is None or article.condition == condition.id)
    ]
    url_path = person_path(context, person.id, language)
    yield FeedSource(frame, url_path, person.front_matter(language).name, "", written)


def _public(kind: FeedKind, source: FeedSource) -> list[Article]:
    """The articles that a feed may hold. Atom requires a date of every entry: those without one are in JSON feeds alone."""
    return [
        article
        for article in source.articles
        if not article.suspended and (kind is not shapes.AtomFeed or _dates(article)[1])
    ]


def _dates(article: Article) -> tuple[str, str]:
    """When *article* was published and when it was changed, as written; what it does not say is empty."""
    front_matter = article.front_matter
    return front_matter.date, front_matter.updated or front_matter.date or front_matter.last_reviewed


def _feed(
    kind: FeedKind, entries: _Entries, source: FeedSource, url_path: str
) -> shapes.AtomFeed | shapes.JsonFeed:
    frame, root = source.frame, source.frame.root
    shown = entries.newest(_public(kind, source), frame.context.site.config.feeds.items)
    icon = frame.chrome.assets.icon
    return kind(
        output_path=root.output_path(url_path),
        title=source.title,
        description=" ".join(source.description.split()),
        language=frame.language,
        page_url=root.permalink(source.url_path),
        feed_url=root.permalink(url_path),
        changed=_latest(entry.changed for entry in shown) or _beginning(frame.context.site.config.feeds.tag),
        entries=shown,
        icon=root.origin + icon if icon else "",
        generator=f"Gatherwell {__version__}",
    )


class _Entries:
    """The entries of articles, each made once: an article is in about six feeds."""

    def __init__(self, context: ViewContext, frames: Frames) -> None:
        self.whole = context.site.config.feeds.content == "full"
        self._context, self._frames = context, frames
        self._made: dict[str, Kept[shapes.FeedEntry]] = {}

    def newest(self, articles: Sequence[Article], most: int) -> tuple[shapes.FeedEntry, ...]:
        """The *most* newest entries: of articles in the order given, and of corrections of any of them."""
        found = [self.of(article) for article in articles[:most]]
        corrected = self._context.corrected
        if corrected:
            for article in articles:
                if article.source_path in corrected:
                    found += correction_entries(self._context, article, self.of(article))
            found.sort(key=_published, reverse=True)
        return tuple(found[:most])

    def of(self, article: Article) -> shapes.FeedEntry:
        return self._context.site.reads.kept(self._made, article.source_path, lambda: self._entry(article))

    def _entry(self, article: Article) -> shapes.FeedEntry:
        content = feed_content(self._frame(article), article) if self.whole else None
        return _entry(self._context, article, content)

    def _frame(self, article: Article) -> Frame:
        return self._frames.get(
            article.root, article.language, self._context.site.conditions[article.condition]
        )


def _entry(context: ViewContext, article: Article, content: shapes.FeedContent | None) -> shapes.FeedEntry:
    site, front_matter = context.site, article.front_matter
    published, changed = (with_offset(text, site.config.zone) if text else "" for text in _dates(article))
    topics = site.topics.get((article.condition, article.language), {})
    names = []
    for name in front_matter.authors:
        person = site.people.get(name)
        names.append(person.front_matter(article.language).name if person else name)
    return shapes.FeedEntry(
        id=entry_id(site.config.feeds.tag, article),
        title=front_matter.title,
        url=article.permalink,
        summary=summary_of(context, article),
        published=published,
        changed=_latest((published, changed)),
        authors=tuple(names),
        topics=tuple(topics[slug].label for slug in article.topics if slug in topics),
        content=content,
    )


def entry_id(tag: str, article: Article) -> str:
    """A tag URI (RFC 4151) of the article's ``id`` and language: no slug, address or host is in it, all of which may change."""
    return f"tag:{tag}:{article.language}/{article.thread}"


def _beginning(tag: str) -> str:
    """The moment of a tag's day. Atom requires a date of a feed with no entry too: it is as when its name was taken."""
    day = tag.rpartition(",")[2]
    return f"{day}{'-01-01'[len(day) - 4 :]}T00:00:00Z"


def _published(entry: shapes.FeedEntry) -> tuple[bool, dt.datetime]:
    """Sorts entries by the moment of publication, whatever their offsets; undated ones first."""
    moment = entry.published or entry.changed
    return (bool(moment), dt.datetime.fromisoformat(moment or "0001-01-01T00:00:00Z"))


def _latest(moments: Iterable[str]) -> str:
    """The latest of RFC 3339 *moments*, whatever their offsets; empty where there is none."""
    return max(filter(None, moments), key=dt.datetime.fromisoformat, default="")
