"""Documents → site: conditions, articles with their addresses, people, topics, listings, and what time has made of them."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

from generator.company import Company
from generator.conditions import language_segment, make_conditions, with_all_hubs
from generator.config import Config
from generator.errors import Problem, raise_errors
from generator.matter import RESERVED_SLUGS, ArticleMatter, PageMatter
from generator.moments import local_day
from generator.people import by_person, make_people, unknown_people
from generator.permalinks import Permalinks
from generator.read import Document
from generator.schedule import end_of, iso, later_moments, moment_of, status_of
from generator.site import Article, Condition, CrisisEntry, Edition, Policy, Site, Term
from generator.taxonomies import make_topics, topic_slugs
from generator.text import did_you_mean, digest, slugify

_LONGEST_SLUG = 255
_LONGEST_THREAD = 200
_NOT_THREAD = re.compile(r"[^a-z0-9._~-]")


def organize(
    documents: Sequence[Document],
    config: Config,
    now: dt.datetime,
    drafts: bool,
    glossary: Mapping[str, Term],
    crisis: Mapping[str, tuple[CrisisEntry, ...]],
    topic_names: Mapping[str, Mapping[str, str]],
) -> tuple[Site, list[Problem]]:
    """The site as of *now*, and warnings; raises SiteErrors with everything that cannot stand."""
    problems: list[Problem] = []
    by_kind: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        by_kind[document.kind].append(document)
    conditions, permalinks = make_conditions(by_kind["hub"], by_kind["article"], config, problems)
    people = make_people(by_kind["person"], config, problems)
    every = _articles(by_kind["article"], config, permalinks, now, problems)
    problems.extend(_unknown_conditions(every, conditions))
    problems.extend(unknown_people(every, people, _authors, "authors"))
    problems.extend(unknown_people(every, people, _reviewer, "reviewer"))
    shown = [article for article in every if drafts or article.status == "published"]
    newest_first = _newest_first(shown)
    by_edition = _editions(newest_first)
    conditions = with_all_hubs(conditions, by_edition, permalinks, config)
    listed = _listed(by_edition)
    site = Site(
        config=config,
        permalinks=permalinks,
        now=now,
        conditions=conditions,
        articles={article.source_path: article for article in shown},
        withheld={a.source_path: a for a in every if a.status != "published" and not drafts},
        by_edition=by_edition,
        listed=listed,
        translations=_translations(shown),
        topics=make_topics(
            listed,
            lambda edition: permalinks.prefix(edition[0], language_segment(edition[1], config)),
            topic_names,
        ),
        people=people,
        written=by_person(newest_first, people, _authors),
        reviewed=by_person(newest_first, people, _reviewer),
        policies=_policies(by_kind["page"], config, drafts, problems),
        glossary=glossary,
        crisis=crisis,
        company=Company(by_edition),
        languages=_languages(config, conditions),
        moments=_moments(every, config.zone),
    )
    raise_errors(problems)
    return site, problems


def _moments(articles: Iterable[Article], zone: ZoneInfo) -> tuple[str, ...]:
    """Every moment at which an article's pages change by themselves, in order; drafts never do."""
    shown = [article for article in articles if not article.matter.draft]
    moments = {article.moment for article in shown if article.moment}
    for article in shown:
        moments.update(later_moments(article.matter, zone))
    return tuple(sorted(moments))


def _authors(matter: ArticleMatter) -> Sequence[str]:
    return matter.authors


def _reviewer(matter: ArticleMatter) -> Sequence[str]:
    return (matter.reviewer,) if matter.reviewer else ()


def _articles(
    documents: Sequence[Document],
    config: Config,
    permalinks: Permalinks,
    now: dt.datetime,
    problems: list[Problem],
) -> list[Article]:
    zone, now_iso = config.zone, iso(now)
    reserved = RESERVED_SLUGS | set(config.all_languages)
    originals: dict[str, str] = {}
    named: list[tuple[Document, str, str]] = []
    for document in documents:
        key, slug = _key_of(document), _slug_of(document, reserved, problems)
        named.append((document, key, slug))
        if document.language == config.language:
            originals[key] = slug
    prefixes: dict[Edition, str] = {}
    owners: dict[str, Article] = {}
    articles = []
    for document, key, slug in named:
        matter = document.matter
        assert isinstance(matter, ArticleMatter)
        edition = (document.condition, document.language)
        if edition not in prefixes:
            prefixes[edition] = permalinks.prefix(
                document.condition, language_segment(document.language, config)
            )
        if matter.type == "event" and not matter.start:
            problems.append(
                document.problem("type", "an event needs a start", "add a line `start: 2027-03-14T18:00`")
            )
        if matter.start and matter.end and end_of(matter.end, zone) < moment_of(matter.start, zone):
            problems.append(
                document.problem("end", "the event ends before it starts", "check `start` and `end`")
            )
        article = Article(
            document=document,
            matter=matter,
            condition=document.condition,
            language=document.language,
            root=permalinks.root_of(document.condition),
            url_path=f"{prefixes[edition]}{slug}/",
            key=key,
            thread=matter.id or _thread_id(document.condition, originals.get(key, slug)),
            slug=slug,
            moment=moment_of(matter.date, zone),
            day=local_day(matter.date, zone) if matter.date else None,
            topics=topic_slugs(document, matter, problems),
            status=status_of(matter, zone, now_iso),
        )
        owner = owners.setdefault(article.thread, article)
        if owner.key != key and owner.url_path != article.url_path:
            message = f"the thread id '{article.thread}' belongs to {owner.source_path} already"
            problems.append(document.problem("id", message, "give one of them another `id`"))
        articles.append(article)
    return articles


def _key_of(document: Document) -> str:
    return f"{document.condition}/{document.folder}/{document.name}"


def _slug_of(document: Document, reserved: frozenset[str] | set[str], problems: list[Problem]) -> str:
    matter = document.matter
    assert isinstance(matter, ArticleMatter)
    name = document.name
    if name == "index" and document.folder:
        name = document.folder.rsplit("/", 1)[-1]
    return _usable_slug(document, matter.slug or slugify(name), reserved, problems)


def _usable_slug(
    document: Document, slug: str, reserved: frozenset[str] | set[str], problems: list[Problem]
) -> str:
    if not slug:
        hint = "add a line `slug: a-few-words`"
        problems.append(document.problem("slug", "the file's name cannot become an address", hint))
        return f"unnamed-{digest(document.source_path)[:8]}"
    if len(slug.encode()) > _LONGEST_SLUG:
        problems.append(
            document.problem("slug", "the address is too long for a file name", "add a shorter `slug`")
        )
    if slug in reserved:
        hint = f"add a line `slug: about-{slug}`, or rename the file"
        problems.append(document.problem("slug", f"'{slug}' is a reserved address", hint))
    return slug


def _thread_id(condition: str, slug: str) -> str:
    """``migraine~pacing``; characters that ids lack are written as ``.`` and their UTF-8 bytes in hex.

    One that would be longer than the function takes ends in the slug's digest instead.
    """
    thread = f"{condition}~{slug}"
    if _NOT_THREAD.search(thread):
        thread = _NOT_THREAD.sub(lambda match: "." + match[0].encode().hex(), thread)
    if len(thread) <= _LONGEST_THREAD:
        return thread
    mark = digest(slug)
    return f"{thread[: _LONGEST_THREAD - len(mark) - 1]}~{mark}"


def _unknown_conditions(
    articles: Iterable[Article], conditions: Mapping[str, Condition]
) -> Iterable[Problem]:
    for article in articles:
        for name in article.matter.conditions:
            if name not in conditions:
                hint = did_you_mean(name, conditions) or "write the name of a folder in content/"
                yield article.document.problem("conditions", f"there is no condition '{name}'", hint)


def _newest_first(articles: Iterable[Article]) -> tuple[Article, ...]:
    return tuple(sorted(articles, key=lambda a: (a.moment, a.source_path), reverse=True))


def _editions(articles: Iterable[Article]) -> dict[Edition, tuple[Article, ...]]:
    """The articles of each condition and language, in the order given."""
    found: dict[Edition, list[Article]] = defaultdict(list)
    for article in articles:
        found[article.condition, article.language].append(article)
    return {edition: tuple(found[edition]) for edition in sorted(found)}


def _listed(by_edition: Mapping[Edition, Sequence[Article]]) -> dict[Edition, tuple[Article, ...]]:
    """What an edition lists: its own articles and those of other conditions that name it."""
    guests: dict[Edition, list[Article]] = defaultdict(list)
    for (condition, language), articles in by_edition.items():
        for article in articles:
            for other in article.matter.conditions:
                if other != condition:
                    guests[other, language].append(article)
    return {
        edition: _newest_first([*by_edition.get(edition, ()), *guests[edition]])
        if edition in guests
        else tuple(own)
        for edition, own in {**dict.fromkeys(sorted(guests), ()), **by_edition}.items()
    }


def _translations(articles: Iterable[Article]) -> dict[str, dict[str, Article]]:
    """Articles by key and language, for those that have a translation."""
    found: dict[str, dict[str, Article]] = defaultdict(dict)
    for article in articles:
        found[article.key][article.language] = article
    return {key: dict(sorted(versions.items())) for key, versions in found.items() if len(versions) > 1}


def _languages(config: Config, conditions: Mapping[str, Condition]) -> tuple[str, ...]:
    """The languages that have anything to read, the site's own first."""
    used = {language for condition in conditions.values() for language in condition.hubs}
    return tuple(tag for tag in config.all_languages if tag in used or tag == config.language)


def _policies(
    documents: Iterable[Document], config: Config, drafts: bool, problems: list[Problem]
) -> dict[str, tuple[Policy, ...]]:
    """The pages of ``_pages/`` by language, in their order."""
    reserved = RESERVED_SLUGS | set(config.all_languages)
    found: dict[str, list[Policy]] = defaultdict(list)
    for document in documents:
        matter = document.matter
        assert isinstance(matter, PageMatter)
        if matter.draft and not drafts:
            continue
        slug = _usable_slug(document, matter.slug or slugify(document.name), reserved, problems)
        segment = language_segment(document.language, config)
        path = f"/{segment}/{slug}/" if segment else f"/{slug}/"
        found[document.language].append(
            Policy(document, matter, document.language, slug, document.name, path)
        )
    return {
        tag: tuple(sorted(pages, key=lambda p: (p.matter.order is None, p.matter.order or 0, p.slug)))
        for tag, pages in found.items()
    }
