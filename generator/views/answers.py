"""What members said and what came of it, as pages, polls, surveys and hubs show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from generator.content.snapshot import VoiceAnswer
from generator.ground.text import shorten
from generator.site.answers import Said, answer_in, causes_of, versions_of
from generator.site.permalinks import Root
from generator.site.polls import Asked
from generator.site.types import Article
from generator.site.voices import voice_path
from generator.views import types as shapes
from generator.views.context import ViewContext

T = TypeVar("T")
_CHANGES = 3  # on a hub
_QUESTION = 200  # characters of a poll's question


def answer_link(context: ViewContext, root: Root, cause: Said, language: str) -> shapes.Link | None:
    """The page that answers what was said; None where no page does."""
    article = answer_in(context.answers, cause, language)
    return _page_link(context, root, article, language) if article else None


def said_before(context: ViewContext, root: Root, article: Article) -> tuple[shapes.Said, ...]:
    """What members said that *article* answers, in its order."""
    if not article.front_matter.because:
        return ()
    causes = causes_of(context.site, article, context.polls, context.links, context.snapshot)
    return tuple(_said(context, root, cause, article.language) for cause in causes)


def changes(context: ViewContext, root: Root, condition: str, language: str) -> tuple[shapes.Change, ...]:
    """The newest pages of an edition that answer members: those that name what was said, and each `we-did` page."""
    return tuple(_newest(context, root, condition, language))[:_CHANGES]


def _newest(context: ViewContext, root: Root, condition: str, language: str) -> Iterator[shapes.Change]:
    for article in context.site.listed.get((condition, language), ()):
        said = said_before(context, root, article)
        if said or article.front_matter.type == "we-did":
            yield shapes.Change(said, _page_link(context, root, article, language))


def _said(context: ViewContext, root: Root, cause: Said, language: str) -> shapes.Said:
    if cause.kind == "poll":
        asked = _in_language(context.polls[cause.name], language)
        return shapes.Said("poll", _poll_link(context, root, asked, language))
    if cause.kind == "survey":
        survey = context.site.surveys[cause.name]
        url = context.href(root, survey.root, survey.url_path(language))
        return shapes.Said("survey", shapes.Link(survey.words(language).title, url))
    if cause.kind in ("story", "question"):
        voice = context.snapshot.voices[cause.name]
        return shapes.Said(
            f"{cause.kind}-simulated" if voice.simulated else cause.kind,
            _voice_link(context, root, voice, language),
        )
    page = _in_language(versions_of(context.site, context.site.articles[cause.name]), language)
    return shapes.Said("page", _page_link(context, root, page, language))


def _poll_link(context: ViewContext, root: Root, asked: Asked, language: str) -> shapes.Link:
    article = asked.article
    url = f"{context.href(root, article.root, article.url_path)}#poll-{asked.poll.slug}"
    other = "" if article.language == language else article.language
    return shapes.Link(shorten(asked.poll.question, _QUESTION), url, language=other)


def _voice_link(context: ViewContext, root: Root, voice: VoiceAnswer, language: str) -> shapes.Link:
    """Without a title where its writer does not share it: this page may go to feeds and search engines, which that one may not."""
    condition = context.site.conditions[voice.condition]
    url = context.href(root, condition.root, voice_path(condition, voice.kind, voice.id, voice.lang))
    other = "" if voice.lang == language else voice.lang
    return shapes.Link(voice.title, url, language=other) if voice.share else shapes.Link("", url)


def _page_link(context: ViewContext, root: Root, article: Article, language: str) -> shapes.Link:
    url = context.href(root, article.root, article.url_path)
    other = "" if article.language == language else article.language
    return shapes.Link(article.front_matter.title, url, language=other)


def _in_language(versions: Mapping[str, T], language: str) -> T:
    return versions.get(language) or next(iter(versions.values()))
