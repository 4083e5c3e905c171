"""Comments and reactions of a page: what it offers, and what the snapshot has."""

from __future__ import annotations

import html
import re

from generator.content.snapshot import CommentAnswer, ThreadAnswer, VoiceAnswer
from generator.schema.dates import canonical_moment, local_day
from generator.site.types import Article
from generator.views import types as shapes
from generator.views.context import ViewContext
from generator.views.formats import day_view
from generator.views.frame import Frame
from generator.views.shared_parts import person_ref

_TAG = re.compile(r"<[^>]+>")


def reactions_of(article: Article, configured: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of the reactions that an article offers."""
    wanted = article.front_matter.reactions
    if wanted is None or wanted is True:
        return configured
    return wanted or ()


def comments_of(article: Article, default: str) -> str:
    """Whether an article takes comments: ``open``, ``closed`` or ``off``."""
    return article.front_matter.comments or default


def has_forms(context: ViewContext, article: Article) -> bool:
    """Whether an article's page has a form below its text: for a comment, or for reactions."""
    config = context.site.config
    takes = comments_of(article, config.comments.default) == "open"
    return bool(config.widgets.endpoint) and (takes or bool(reactions_of(article, config.comments.reactions)))


def thread_view(frame: Frame, article: Article) -> shapes.Thread | None:
    """Comments and reactions of an article, with the snapshot's where it has any.

    None where neither is offered, and where no function is configured and the snapshot has nothing.
    """
    config = frame.context.site.config
    comments = comments_of(article, config.comments.default)
    keys = reactions_of(article, config.comments.reactions)
    answer = frame.context.snapshot.threads.get(article.thread)
    endpoint = config.widgets.endpoint
    if (not endpoint and answer is None) or (comments == "off" and not keys):
        return None
    base = f"{endpoint}/threads/{article.thread}" if endpoint else ""
    counts = answer.reactions if answer else {}
    return shapes.Thread(
        id=article.thread,
        comments=comments,
        reactions=tuple(shapes.Reaction(key, counts.get(key, 0) if answer else -1) for key in keys),
        comments_action=f"{base}/comments" if base and comments == "open" else "",
        reactions_action=f"{base}/reactions" if base else "",
        count=answer.count if answer else -1,
        baked=_baked(frame, answer, keys[0] if keys else "")
        if answer and comments != "off" and config.comments.in_pages
        else (),
        people_url=_people_url(frame) if endpoint and comments != "off" else "",
        minimum_age=frame.context.site.conditions[article.condition].minimum_age,
    )


def question_thread(frame: Frame, voice: VoiceAnswer) -> shapes.Thread | None:
    """The answers to a member's question; None where there is no function and the snapshot has none.

    A simulated question has no conversation at the function: its answers are shown and nobody can add one.
    """
    config = frame.context.site.config
    endpoint = "" if voice.simulated else config.widgets.endpoint
    id_ = f"{voice.condition}~{voice.id}"
    answer = frame.context.snapshot.threads.get(id_)
    if not endpoint and answer is None:
        return None
    return shapes.Thread(
        id=id_,
        comments="open",
        comments_action=f"{endpoint}/threads/{id_}/comments" if endpoint else "",
        count=answer.count if answer else -1,
        baked=_baked(frame, answer, "") if answer and config.comments.in_pages else (),
        people_url=_people_url(frame) if endpoint else "",
        minimum_age=frame.context.site.conditions[voice.condition].minimum_age,
    )


def _people_url(frame: Frame) -> str:
    """The portfolio's people page in the site's own language: every profile exists there."""
    site = frame.context.site
    home = site.permalinks.portfolio
    return frame.context.href(frame.root, home, "/people/") if site.people else ""


def _baked(frame: Frame, answer: ThreadAnswer, reaction: str) -> tuple[shapes.Comment, ...]:
    """The snapshot's comments with their replies; *reaction* is the one that they count."""
    replies: dict[str, list[CommentAnswer]] = {}
    for comment in answer.comments:
        if comment.parent and comment.root and comment.root != comment.id:
            replies.setdefault(comment.root, []).append(comment)
    return tuple(
        baked_comment(
            frame,
            comment,
            reaction,
            tuple(baked_comment(frame, reply, reaction) for reply in replies.get(comment.id, ())),
        )
        for comment in answer.comments
        if not comment.parent
    )


def baked_comment(
    frame: Frame, answer: CommentAnswer, reaction: str = "", replies: tuple[shapes.Comment, ...] = ()
) -> shapes.Comment:
    """A comment of the snapshot as pages show it."""
    zone = frame.context.site.config.zone
    day = day_view(local_day(canonical_moment(answer.created), zone), frame.language)
    return shapes.Comment(
        id=answer.id,
        name=answer.pseudonym or "",
        html=answer.html,
        text=" ".join(html.unescape(_TAG.sub(" ", answer.html)).split()),
        date=shapes.Date(answer.created, day.text),
        role=answer.role.key if answer.role else "",
        edited=answer.edited is not None,
        note_html=answer.note.html if answer.note else "",
        replies=replies,
        reacted=answer.reactions.get(reaction, 0),
        profile=_profile(frame, answer),
    )


def _profile(frame: Frame, answer: CommentAnswer) -> str:
    person = answer.role.person if answer.role else None
    return person_ref(frame.context, frame.root, person, frame.language).url if person else ""
