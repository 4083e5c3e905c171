"""What a hub shows of its conversations: the comments and threads that the snapshot chose, in its order."""

from __future__ import annotations

from collections.abc import Mapping

from generator.content.snapshot import CommentAnswer
from generator.ground.text import shorten
from generator.site.types import Article
from generator.views import types as shapes
from generator.views.frame import Frame
from generator.views.threads import baked_comment, comments_of

MOST = 3
_CHARACTERS = 240  # about three lines on a phone


def conversations(frame: Frame, condition: str, language: str) -> tuple[shapes.Conversation, ...]:
    """At most three; an id that no page of this condition and language shows is left out."""
    context = frame.context
    chosen = context.snapshot.hub.get(condition, ())
    if not chosen or not context.site.config.comments.in_pages:
        return ()
    default = context.site.config.comments.default
    listed = context.site.listed.get((condition, language), ())
    articles = {
        article.thread: article
        for article in listed
        if article.condition == condition and not article.suspended and comments_of(article, default) != "off"
    }
    comments = _comments(frame, articles)
    found = []
    for id_ in dict.fromkeys(chosen):
        comment = comments.get(id_) or _newest(frame, id_)
        if comment is not None and comment[0] in articles:
            found.append(_conversation(frame, articles[comment[0]], comment[1]))
    return tuple(found[:MOST])


def _comments(frame: Frame, articles: Mapping[str, Article]) -> dict[str, tuple[str, CommentAnswer]]:
    """The published comments of these articles' threads, by id."""
    threads = frame.context.snapshot.threads
    return {
        comment.id: (thread, comment)
        for thread in articles
        if thread in threads
        for comment in threads[thread].comments
        if comment.pseudonym
    }


def _newest(frame: Frame, thread: str) -> tuple[str, CommentAnswer] | None:
    """The newest comment of a thread."""
    answer = frame.context.snapshot.threads.get(thread)
    shown = [comment for comment in answer.comments if comment.pseudonym] if answer else []
    return (thread, max(shown, key=lambda one: (one.created, one.id))) if shown else None


def _conversation(frame: Frame, article: Article, answer: CommentAnswer) -> shapes.Conversation:
    comment = baked_comment(frame, answer)
    page = frame.context.href(frame.root, article.root, article.url_path)
    return shapes.Conversation(
        article=shapes.Link(article.front_matter.title, page),
        url=f"{page}#c-{comment.id}",
        name=comment.name,
        role=comment.role,
        text=shorten(comment.text, _CHARACTERS),
        date=comment.date,
    )
