"""Owns the Atom feed (RFC 4287) of a thread's newest published comments."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from widgets.contract.manifest import Manifest, Thread
from widgets.function.shapes import moment
from widgets.store.records import Comment

_START_OF_TIME = 0


def feed(manifest: Manifest, thread_id: str, thread: Thread, comments: Sequence[Comment]) -> bytes:
    """`comments` are visible ones, the newest first. Dates come from them alone, so that equal threads have equal
    bytes."""
    condition = manifest.conditions[thread.condition]
    page = condition.origin + manifest.page_path(thread.pages, None)
    own = f"{condition.origin}/api/v1/threads/{thread_id}/comments.atom"
    updated = max((comment.edited or comment.created for comment in comments), default=_START_OF_TIME)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>{escape(page)}#comments</id>",
        f"<title>{escape(thread.title)}</title>",
        f"<updated>{moment(updated)}</updated>",
        f"<link rel='alternate' type='text/html' href={quoteattr(page)}/>",
        f"<link rel='self' href={quoteattr(own)}/>",
        *(_entry(page, thread.title, comment) for comment in comments),
        "</feed>",
    ]
    return "\n".join(lines).encode()


def _entry(page: str, title: str, comment: Comment) -> str:
    place = f"{page}#c-{comment.id}"
    return (
        f"<entry><id>{escape(place)}</id><title>{escape(comment.pseudonym)}: {escape(title)}</title>"
        f"<link rel='alternate' type='text/html' href={quoteattr(place)}/>"
        f"<author><name>{escape(comment.pseudonym)}</name></author>"
        f"<published>{moment(comment.created)}</published>"
        f"<updated>{moment(comment.edited or comment.created)}</updated>"
        f"<content type='html'>{escape(comment.html)}</content></entry>"
    )
