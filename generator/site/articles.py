"""Documents to articles: slugs, thread ids, moments and status, and what is wrong with any of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from generator.content.config import Config
from generator.content.front_matter.addresses import RESERVED_SLUGS
from generator.content.front_matter.schema import ArticleFrontMatter
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.ground.text import digest, slugify
from generator.schema.dates import local_day
from generator.site.conditions import language_segment
from generator.site.languages import article_keys
from generator.site.permalinks import Permalinks
from generator.ground.reads import Reads
from generator.site.schedule import end_of, iso, moment_of, status_of
from generator.site.taxonomies import shared_topics, topic_slugs
from generator.site.types import Article, Edition

# In bytes, the most that file systems allow for a name.
_LONGEST_SLUG = 255
_LONGEST_THREAD = 200
_NOT_THREAD = re.compile(r"[^a-z0-9._~-]")


def make_articles(
    documents: Sequence[Document],
    config: Config,
    permalinks: Permalinks,
    now: dt.datetime,
    spellings: Mapping[str, str],
) -> tuple[list[Article], list[Problem]]:
    """Every article, whatever its status at *now*, in the order of *documents*; and the problems of any.

    *spellings* are slugs of topics by folded text.
    """
    zone, now_iso = config.zone, iso(now)
    slugs, problems = _make_slugs(documents, config)
    keys, key_problems = article_keys(documents)
    problems += key_problems
    threads = _thread_slugs(documents, slugs, keys, config)
    editions = {(document.condition, document.language) for document in documents}
    prefixes = edition_prefixes(editions, config, permalinks)
    articles: list[Article] = []
    reads = Reads()
    for document, slug in zip(documents, slugs, strict=True):
        front_matter = document.front_matter
        assert isinstance(front_matter, ArticleFrontMatter)
        topics, topic_problems = topic_slugs(document, front_matter, spellings)
        problems += topic_problems
        problems += _event_problems(document, front_matter, zone)
        key = keys[document.source_path]
        articles.append(
            Article(
                document=document,
                unnoted=front_matter,
                condition=document.condition,
                language=document.language,
                root=permalinks.root_of(document.condition),
                url_path=f"{prefixes[document.condition, document.language]}{slug}/",
                key=key,
                thread=front_matter.id or _thread_id(document.condition, threads.get(key, slug)),
                slug=slug,
                moment=moment_of(front_matter.date, zone),
                day=local_day(front_matter.date, zone) if front_matter.date else None,
                topics=topics,
                status=status_of(front_matter, zone, now_iso),
                reads=reads,
            )
        )
    return articles, [*problems, *_shared_threads(articles), *shared_topics(articles, spellings)]


def usable_slug(
    document: Document, slug: str, reserved: Collection[str]
) -> tuple[str, list[Problem]]:
    """The slug, or a substitute for an empty one; and what is wrong with it."""
    if not slug:
        hint = "add a line `slug: a-few-words`"
        problem = document.problem("slug", "the file's name cannot become an address", hint)
        return f"unnamed-{digest(document.source_path)[:8]}", [problem]
    problems = []
    if len(slug.encode()) > _LONGEST_SLUG:
        message = f"the address is too long for a file name ({len(slug.encode())} bytes)"
        hint = f"add a `slug` of at most {_LONGEST_SLUG} bytes"
        problems.append(document.problem("slug", message, hint))
    if slug in reserved:
        hint = f"add a line `slug: about-{slug}`, or rename the file"
        problems.append(document.problem("slug", f"'{slug}' is a reserved address", hint))
    return slug, problems


def reserved_slugs(config: Config) -> frozenset[str]:
    """The slugs that pages of the generator's own use, languages included."""
    return RESERVED_SLUGS.union(config.all_languages)


def _make_slugs(documents: Iterable[Document], config: Config) -> tuple[list[str], list[Problem]]:
    """The slug of each article, in order: as written, else from the file's name, or the folder's for ``index.md``."""
    reserved = reserved_slugs(config)
    slugs: list[str] = []
    problems: list[Problem] = []
    for document in documents:
        front_matter = document.front_matter
        assert isinstance(front_matter, ArticleFrontMatter)
        name = document.name
        if name == "index" and document.folder:
            name = document.folder.rsplit("/", 1)[-1]
        slug, refused = usable_slug(document, front_matter.slug or slugify(name), reserved)
        slugs.append(slug)
        problems += refused
    return slugs, problems


def _thread_slugs(
    documents: Iterable[Document], slugs: Iterable[str], keys: Mapping[str, str], config: Config
) -> dict[str, str]:
    """By key, the slug of the article in the site's language: all translations share its thread of comments."""
    return {
        keys[document.source_path]: slug
        for document, slug in zip(documents, slugs, strict=True)
        if document.language == config.language
    }


def edition_prefixes(
    editions: Iterable[Edition], config: Config, permalinks: Permalinks
) -> dict[Edition, str]:
    """The url_path that the addresses of each edition's pages begin with."""
    return {
        (condition, language): permalinks.prefix(condition, language_segment(language, config))
        for condition, language in editions
    }


def _event_problems(
    document: Document, front_matter: ArticleFrontMatter, zone: ZoneInfo
) -> Iterator[Problem]:
    start, end = front_matter.start, front_matter.end
    if front_matter.type == "event" and not start:
        yield document.problem("type", "an event needs a start", "add a line `start: 2027-03-14T18:00`")
    if start and end and end_of(end, zone) < moment_of(start, zone):
        yield document.problem("end", "the event ends before it starts", "check `start` and `end`")


def _shared_threads(articles: Iterable[Article]) -> Iterator[Problem]:
    """A problem for each article that has the thread id of another one.

    Two with one address are left out: they collide as outputs, which is reported there.
    """
    owners: dict[str, Article] = {}
    for article in articles:
        owner = owners.setdefault(article.thread, article)
        if owner.key != article.key and owner.url_path != article.url_path:
            message = f"the thread id '{article.thread}' belongs to {owner.source_path} already"
            yield article.document.problem("id", message, "give one of them another `id`")


def _thread_id(condition: str, slug: str) -> str:
    """``migraine~pacing``; a character that is not allowed becomes ``.`` and its UTF-8 bytes in hexadecimal digits.

    An id with more than 200 characters is cut and ends in the slug's digest.
    """
    thread = f"{condition}~{slug}"
    if _NOT_THREAD.search(thread):
        thread = _NOT_THREAD.sub(lambda match: "." + match[0].encode().hex(), thread)
    if len(thread) <= _LONGEST_THREAD:
        return thread
    suffix = digest(slug)
    return f"{thread[: _LONGEST_THREAD - len(suffix) - 1]}~{suffix}"
