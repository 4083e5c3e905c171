"""Feeds as Atom (RFC 4287) and as JSON Feed 1.1."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from generator.ground.model import Body
from generator.ground.text import xml_attribute, xml_text
from generator.outputs.feed_content import filled
from generator.views import types as shapes

# Characters that XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


BodyOf = Callable[[str], Body]
"""The body of a digest, for entries that hold the whole text."""


def render_atom(feed: shapes.AtomFeed, body_of: BodyOf) -> bytes:
    """The feed as Atom."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={xml_attribute(feed.language)}>',
        f"<id>{_text(feed.feed_url)}</id>",
        f"<title>{_text(feed.title)}</title>",
        *([f"<subtitle>{_text(feed.description)}</subtitle>"] if feed.description else []),
        f'<link rel="self" type="application/atom+xml" href={xml_attribute(feed.feed_url)}/>',
        f'<link rel="alternate" type="text/html" href={xml_attribute(feed.page_url)}/>',
        *([f"<icon>{_text(feed.icon)}</icon>"] if feed.icon else []),
        f"<updated>{feed.changed}</updated>",
        f"<generator>{_text(feed.generator)}</generator>",
        f"<author><name>{_text(feed.title)}</name></author>",
        *(line for entry in feed.entries for line in _atom_entry(entry, body_of)),
        "</feed>\n",
    ]
    return "\n".join(lines).encode()


def _atom_entry(entry: shapes.FeedEntry, body_of: BodyOf) -> Iterator[str]:
    yield "<entry>"
    yield f"<id>{_text(entry.id)}</id>"
    yield f"<title>{_text(entry.title)}</title>"
    yield f'<link rel="alternate" type="text/html" href={xml_attribute(entry.url)}/>'
    if entry.published:
        yield f"<published>{entry.published}</published>"
    yield f"<updated>{entry.changed}</updated>"
    yield from (f"<author><name>{_text(name)}</name></author>" for name in entry.authors)
    yield from (f"<category term={xml_attribute(_clean(topic))}/>" for topic in entry.topics)
    if entry.summary:
        yield f"<summary>{_text(entry.summary)}</summary>"
    if entry.content:
        yield f'<content type="html">{_text(filled(entry.content, body_of(entry.content.digest)))}</content>'
    yield "</entry>"


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _text(text: str) -> str:
    return xml_text(_clean(text))


def render_json_feed(feed: shapes.JsonFeed, body_of: BodyOf) -> bytes:
    """The feed as JSON Feed."""
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        **({"description": feed.description} if feed.description else {}),
        "home_page_url": feed.page_url,
        "feed_url": feed.feed_url,
        "language": feed.language,
        **({"icon": feed.icon} if feed.icon else {}),
        "items": [_json_item(entry, body_of) for entry in feed.entries],
    }
    return msgspec.json.encode(value) + b"\n"


def _json_item(entry: shapes.FeedEntry, body_of: BodyOf) -> dict[str, Any]:
    # JSON Feed requires content in every item: it is the summary where articles are to be read on the site.
    content = (
        {"content_html": filled(entry.content, body_of(entry.content.digest))}
        if entry.content
        else {"content_text": entry.summary or entry.title}
    )
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        **content,
        **({"summary": entry.summary} if entry.summary else {}),
        **({"date_published": entry.published} if entry.published else {}),
        **({"date_modified": entry.changed} if entry.changed else {}),
        **({"authors": [{"name": name} for name in entry.authors]} if entry.authors else {}),
        **({"tags": list(entry.topics)} if entry.topics else {}),
    }
