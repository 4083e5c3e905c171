"""Which pages there are: each with its output path and a way to make its view, so that views are made when wanted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from generator.cards import Card
from generator.pagination import page_path, paginate
from generator.permalinks import Root
from generator.site import Article, Condition, Person, serves_person
from generator.views import hubs, listings, shapes
from generator.views.articles import article_card, article_page
from generator.views.frame import Frame
from generator.views.material import Material, language_prefix, person_languages, person_path
from generator.views.people_pages import people_page, person_page
from generator.views.planned import Frames, Planned
from generator.views.polls import polls_by_id
from generator.views.searching import search_page


def plan_pages(material: Material, frames: Frames, only: Sequence[str] = ()) -> Iterator[Planned]:
    """Every page of the site; with *only*, those of the conditions named and of their own hosts."""
    site = material.site
    for condition in site.conditions.values():
        if only and condition.id not in only:
            continue
        for language in condition.hubs:
            yield from _condition_pages(material, frames.get(condition.root, language, condition), condition)
    for root in site.permalinks.roots:
        if only and root.condition not in only:
            continue
        yield from _root_pages(material, frames, root)


def _condition_pages(material: Material, frame: Frame, condition: Condition) -> Iterator[Planned]:
    site, language = material.site, frame.language
    edition = (condition.id, language)
    hub = condition.hubs[language]
    listed = site.listed.get(edition, ())
    size = site.config.pagination.per_page
    hub_source = hub.document.source_path if hub.document else f"content/{condition.id}"
    others = tuple((tag, condition.root.permalink(other.url_path)) for tag, other in condition.hubs.items())
    newest = max((a.matter.updated[:10] or a.matter.date[:10] for a in listed[:size]), default="")
    yield _page(
        frame,
        hub.url_path,
        hub_source,
        partial(hubs.hub_page, frame, condition, hub),
        bodies=(hub_source,) if hub.document else (),
        entry=None if hub.matter.noindex else _entry(frame, hub.url_path, newest, others),
    )
    for page in paginate(len(listed), size)[1:]:
        make = partial(listings.condition_listing, frame, hub, listed, page)
        yield _page(frame, page_path(hub.url_path, page.number), hub_source, make)
    for article in site.by_edition.get(edition, ()):
        yield _article(material, frame, article)
    topics = site.topics.get(edition, {})
    for topic in topics.values():
        for page in paginate(len(topic.articles), size):
            yield _page(
                frame,
                page_path(topic.url_path, page.number),
                f"topic '{topic.label}'",
                partial(listings.topic_page, frame, topic, page),
                entry=_entry(frame, topic.url_path) if page.number == 0 else None,
            )
    base = frame.prefix
    yield _page(
        frame,
        f"{base}topics/",
        "topics",
        partial(listings.topics_page, frame, tuple(topics.values())),
        entry=_entry(frame, f"{base}topics/"),
    )
    yield _page(
        frame,
        f"{base}search/",
        "search",
        partial(search_page, frame, tuple(topics.values()), index_url(frame)),
    )
    yield from _archive(frame, listed)
    if any(
        language in versions and versions[language].article.condition == condition.id
        for versions in polls_by_id(material).values()
    ):
        yield _page(
            frame,
            f"{base}polls/",
            "polls",
            partial(listings.polls_page, frame, condition),
            entry=_entry(frame, f"{base}polls/"),
        )
    for path in hub.matter.aliases if hub.document else ():
        yield _redirect(frame, path, hub.url_path, hub_source, hub.matter.title)


def _article(material: Material, frame: Frame, article: Article) -> Planned:
    matter = article.matter
    updated = max(matter.date[:10], matter.updated[:10], matter.last_reviewed[:10])
    versions = material.site.translations.get(article.key, {})
    entry = None
    if not matter.noindex and article.status == "published":
        entry = _entry(
            frame, article.url_path, updated, tuple((tag, a.permalink) for tag, a in versions.items())
        )
    make = partial(article_page, frame, article)
    card = article_card(frame, article) if entry else None
    return _page(frame, article.url_path, article.source_path, make, (article.source_path,), entry, card)


def article_aliases(frames: Frames, material: Material, only: Sequence[str] = ()) -> Iterator[Planned]:
    """Redirect pages for the old addresses of articles and policies."""
    site = material.site
    for article in site.articles.values():
        if article.matter.aliases and (not only or article.condition in only):
            frame = frames.get(article.root, article.language, site.conditions[article.condition])
            for path in article.matter.aliases:
                yield _redirect(frame, path, article.url_path, article.source_path, article.matter.title)
    for policies in site.policies.values():
        for policy in policies:
            for root in site.permalinks.roots:
                if only and root.condition not in only:
                    continue
                frame = frames.get(root, policy.language, site.conditions.get(root.condition))
                for path in policy.matter.aliases:
                    yield _redirect(
                        frame, path, policy.url_path, policy.document.source_path, policy.matter.title
                    )


def alias_path(alias: str) -> str:
    """The url_path of an alias: from the root, a folder unless it names a file."""
    path = "/" + alias.strip("/")
    return path if path.endswith((".html", ".htm", ".php")) else path + "/"


def _redirect(frame: Frame, alias: str, target: str, origin: str, title: str) -> Planned:
    url_path = alias_path(alias)
    output_path = frame.root.output_path(url_path)
    make = partial(listings.redirect_page, frame, output_path, url_path, frame.root.permalink(target), title)
    return Planned(output_path, origin, make, frame.encoded_chrome, root=frame.root)


def _archive(frame: Frame, listed: Sequence[Article]) -> Iterator[Planned]:
    years: dict[str, list[Article]] = defaultdict(list)
    for article in listed:
        if article.day is not None:
            years[f"{article.day.year:04d}"].append(article)
    base = f"{frame.prefix}archive/"
    newest_first = tuple(sorted(years, reverse=True))
    yield _page(
        frame, base, "archive", partial(listings.archive_page, frame, newest_first), entry=_entry(frame, base)
    )
    size = frame.material.site.config.pagination.per_page * listings.ARCHIVE_FACTOR
    for year in newest_first:
        for page in paginate(len(years[year]), size):
            url_path = page_path(f"{base}{year}/", page.number)
            make = partial(listings.year_page, frame, year, newest_first, years[year], page)
            yield _page(frame, url_path, f"archive {year}", make)


def _root_pages(material: Material, frames: Frames, root: Root) -> Iterator[Planned]:
    """People, policies, glossary, portfolio, search, 404: once for each host."""
    site = material.site
    condition = site.conditions.get(root.condition)
    languages = tuple(condition.hubs) if condition else site.languages
    people = [person for person in site.people.values() if serves_person(site, root, person.id)]
    for language in languages:
        frame = frames.get(root, language, condition)
        prefix = language_prefix(material, language)
        if condition is None:
            urls = tuple((tag, root.permalink(f"{language_prefix(material, tag)}/")) for tag in languages)
            yield _page(
                frame,
                f"{prefix}/",
                "portfolio",
                partial(hubs.portfolio_page, frame),
                entry=_entry(frame, f"{prefix}/", "", urls),
            )
            topics = [
                topic
                for (_, tag), group in site.topics.items()
                if tag == language
                for topic in group.values()
            ]
            plain = [topic for topic in topics if not site.conditions[topic.condition].root.condition]
            yield _page(
                frame, f"{prefix}/search/", "search", partial(search_page, frame, plain, index_url(frame))
            )
        if people:
            yield _page(
                frame,
                f"{prefix}/people/",
                "people",
                partial(people_page, frame, people),
                entry=_entry(frame, f"{prefix}/people/") if condition is None else None,
            )
        for person in people:
            yield from _person(material, frame, person, condition is None)
        if site.glossary:
            yield _page(
                frame,
                f"{prefix}/glossary/",
                "content/_glossary.yaml",
                partial(listings.glossary_page, frame),
                entry=_entry(frame, f"{prefix}/glossary/") if condition is None else None,
            )
        for policy in site.policies.get(language, ()):
            path = policy.document.source_path
            entry = _entry(frame, policy.url_path, policy.matter.updated[:10]) if condition is None else None
            yield _page(
                frame,
                policy.url_path,
                path,
                partial(listings.policy_page, frame, policy),
                (path,),
                None if policy.matter.noindex else entry,
            )
        if site.config.widgets.endpoint:
            yield _page(frame, f"{prefix}/you/", "you", partial(listings.you_page, frame))
    fallbacks = [tag for tag in site.policies if tag not in languages]
    for language in fallbacks:
        frame = frames.get(root, language, condition)
        for policy in site.policies[language]:
            path = policy.document.source_path
            yield _page(frame, policy.url_path, path, partial(listings.policy_page, frame, policy), (path,))
    frame = frames.get(root, languages[0], condition)
    yield _page(frame, "/404.html", "404", partial(listings.not_found_page, frame))


def _person(material: Material, frame: Frame, person: Person, canonical: bool) -> Iterator[Planned]:
    if frame.language not in person_languages(material, person.id):
        return
    base = person_path(material, person.id, frame.language)
    document = person.documents.get(frame.language) or next(iter(person.documents.values()))
    items = [
        article for article in material.site.written.get(person.id, ()) if article.language == frame.language
    ]
    if not canonical:
        items = [article for article in items if article.condition == frame.root.condition]
    for page in paginate(len(items), material.site.config.pagination.per_page):
        first = page.number == 0
        indexed = first and canonical and not person.matter(frame.language).noindex
        yield _page(
            frame,
            page_path(base, page.number),
            document.source_path,
            partial(person_page, frame, person, items, page),
            (document.source_path,) if first else (),
            _entry(frame, base) if indexed else None,
        )


def index_url(frame: Frame) -> str:
    """Where this host's search index lies; empty where none is built."""
    return (
        frame.root.href("search/index/")
        if frame.material.site.config.search and frame.material.searchable
        else ""
    )


def _entry(
    frame: Frame, url_path: str, updated: str = "", versions: tuple[tuple[str, str], ...] = ()
) -> shapes.SitemapEntry:
    return shapes.SitemapEntry(frame.root.permalink(url_path), updated, versions if len(versions) > 1 else ())


def _page(
    frame: Frame,
    url_path: str,
    origin: str,
    make: Callable[[], shapes.AnyView],
    bodies: tuple[str, ...] = (),
    entry: shapes.SitemapEntry | None = None,
    card: Card | None = None,
) -> Planned:
    path = frame.root.output_path(url_path)
    return Planned(path, origin, make, frame.encoded_chrome, bodies, entry, frame.root, card or frame.card)
