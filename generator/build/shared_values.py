"""What articles decide for others, by value: digests that tell whether what a view or a check looked up is as it was."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Collection, Iterable

import msgspec

from generator.content.read import Document
from generator.ground.reads import EVERYTHING, of_address, of_person
from generator.ground.text import digest
from generator.site.types import Article, serves_person
from generator.views.context import ViewContext
from generator.views.shared_parts import person_languages

_encode = msgspec.msgpack.Encoder().encode
ABSENT = b""


class SharedValues:
    """The values of a site under the names of :class:`generator.ground.reads.Reads`.

    *documents* are all there are, *files* the paths of images and attachments that pages may show.
    """

    def __init__(self, context: ViewContext, documents: Iterable[Document], files: Collection[str]) -> None:
        self._context = context
        self._documents = documents
        self._files = files

    @functools.cached_property
    def whole(self) -> str:
        """The digest of everything that is compared as a whole: what is noted nowhere. Chromes are compared besides."""
        context = self._context
        site = context.site
        values = (
            [(condition.id, list(condition.hubs)) for condition in site.conditions.values()],
            site.languages,
            [site.by_edition.known(), site.listed.known(), site.topics.known()],
            [
                (
                    person,
                    person_languages(context, person),
                    [serves_person(site, root, person) for root in site.permalinks.roots],
                )
                for person in site.people
            ],
            [(cause, [page.source_path for page in pages]) for cause, pages in context.answers.items()],
            [
                (id_, [(tag, one.unnoted.source_path, one.poll) for tag, one in versions.items()])
                for id_, versions in context.polls.items()
            ],
            sorted(context.corrected),
            [(tag, sorted(types)) for tag, types in context.types_by_language.items()],
            [(tag, sorted(stages)) for tag, stages in context.stages_by_language.items()],
            sorted(context.snapshot.voices),
            sorted(self._files),
        )
        return digest(_encode(values))

    def of(self, name: str) -> bytes:
        """The digest of the value of *name*; empty where there is nothing under it."""
        return self._by_name.get(name, ABSENT)

    @functools.cached_property
    def _by_name(self) -> dict[str, bytes]:
        site = self._context.site
        values = {one.source_path: one.digest.encode() for one in self._documents if one.kind != "article"}
        with site.reads.aside():
            articles = {
                path: _article_digest(article)
                for group in (site.articles, site.withheld)
                for path, article in group.items()
            }
            values.update(articles)
            values[EVERYTHING] = _digest(b"".join(articles.values()))
            for condition, lists in self._lists(articles).items():
                values[condition] = _digest(lists)
            for person in site.people:
                works = (site.written.get(person, ()), site.reviewed.get(person, ()))
                values[of_person(person)] = _digest([_of_list(each, articles) for each in works])
            addresses = self._context.links.addresses
            for address, target in addresses.items():
                values[of_address(address)] = target.source_path.encode()
        return values

    def _lists(self, articles: dict[str, bytes]) -> dict[str, list[object]]:
        """What each condition lists, by language."""
        site = self._context.site
        found: dict[str, list[object]] = {}
        for lists in (site.by_edition, site.listed):
            for (condition, language), listed in lists.items():
                found.setdefault(condition, []).append((language, _of_list(listed, articles)))
        for (condition, language), topics in site.topics.items():
            told = [
                (topic.slug, topic.label, topic.url_path, _of_list(topic.articles, articles))
                for topic in topics.values()
            ]
            found.setdefault(condition, []).append((language, told))
        return found


def _of_list(listed: Iterable[Article], articles: dict[str, bytes]) -> bytes:
    return b"".join([articles[one.document.source_path] for one in listed])


def _article_digest(article: Article) -> bytes:
    """Everything that an article is: where it lies, its file, and what was made of it beside its neighbours, its settings and the time."""
    return _digest(
        (
            article.source_path,
            article.document.digest,
            article.root.folder,
            article.url_path,
            article.key,
            article.thread,
            article.slug,
            article.moment,
            article.topics,
            article.status,
            article.suspended,
        )
    )


def _digest(value: object) -> bytes:
    return hashlib.blake2b(_encode(value), digest_size=16).digest()
