"""What members said and which pages answer it: front matter names polls, surveys, pages, and what members sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from generator.content.front_matter.schema import ArticleFrontMatter, Cause
from generator.content.read import Document
from generator.content.snapshot import Snapshot
from generator.site.links import Links
from generator.site.polls import Polls, poll_id
from generator.site.results import survey_id
from generator.site.types import Article, Site
from generator.site.voices import voice_shown


class Said(NamedTuple):
    """A poll, a survey, a story or a question by its id, a page by the source path of the first of its translations."""

    kind: Literal["poll", "survey", "page", "story", "question"]
    name: str


# The pages that answer something, the newest first.
Answers = Mapping[Said, tuple[Article, ...]]


def said(site: Site, document: Document, cause: Cause, links: Links) -> Said | None:
    """What an entry of *document* names, whether it exists or not; None for a path that leads to no article. A story that was
    written into the content is its page."""
    if cause.poll:
        return Said("poll", poll_id(document.condition, cause.poll))
    if cause.survey:
        return Said("survey", survey_id(document.condition, cause.survey))
    if cause.story or cause.question:
        sent = Said("story", cause.story) if cause.story else Said("question", cause.question)
        adopted = _adopted(site, sent.name)
        return page_said(site, adopted) if adopted else sent
    target = links.target_of(document, cause.page)
    path = target.source_path if target else ""
    page = site.articles.get(path) or site.withheld.get(path)
    return page_said(site, page) if page else None


def page_said(site: Site, page: Article) -> Said:
    """The name that all translations of a page share here."""
    return Said("page", next(iter(versions_of(site, page).values())).source_path)


def _adopted(site: Site, voice: str) -> Article | None:
    found = (article for article in site.articles.values() if article.thread.endswith(f"~{voice}"))
    return next(found, None)


def versions_of(site: Site, page: Article) -> Mapping[str, Article]:
    """A page by language, the site's own first."""
    return site.translations.get(page.key) or {page.language: page}


def named(cause: Cause) -> tuple[str, ...]:
    """The keys that an entry has; it should have one."""
    return tuple(key for key in ("poll", "survey", "page", "story", "question") if getattr(cause, key))


def causes_of(
    site: Site, article: Article, polls: Polls, links: Links, snapshot: Snapshot
) -> Iterator[Said]:
    """What led to *article*, in its order: what is published; a draft, a closed page and what was taken back are left out."""
    for cause in article.front_matter.because:
        found = said(site, article.document, cause, links)
        if found is not None and _is_there(site, polls, snapshot, found):
            yield found


def answers_of(site: Site, polls: Polls, links: Links, snapshot: Snapshot) -> Answers:
    """For each thing said the public pages that answer it."""
    answers: dict[Said, list[Article]] = {}
    for article in site.articles.values():
        if article.is_public and article.front_matter.because:
            for cause in causes_of(site, article, polls, links, snapshot):
                answers.setdefault(cause, []).append(article)
    return {
        cause: tuple(sorted(pages, key=lambda page: (page.moment, page.source_path), reverse=True))
        for cause, pages in answers.items()
    }


def answer_in(answers: Answers, cause: Said, language: str) -> Article | None:
    """The newest page that answers it, in *language* where there is one in it."""
    pages = answers.get(cause, ())
    found = next((page for page in pages if page.language == language), pages[0] if pages else None)
    if found is not None:
        # Which page answers what is compared as a whole between builds; the page itself is noted.
        found.front_matter  # noqa: B018
    return found


def _is_there(site: Site, polls: Polls, snapshot: Snapshot, cause: Said) -> bool:
    if cause.kind == "poll":
        return any(asked.article.is_public for asked in polls.get(cause.name, {}).values())
    if cause.kind == "survey":
        return cause.name in site.surveys
    if cause.kind in ("story", "question"):
        return voice_shown(site, snapshot, cause.kind, cause.name) is not None
    page = site.articles.get(cause.name)
    return page is not None and any(one.is_public for one in versions_of(site, page).values())


def because_of(document: Document) -> tuple[Cause, ...]:
    front_matter = document.front_matter
    return front_matter.because if isinstance(front_matter, ArticleFrontMatter) else ()
