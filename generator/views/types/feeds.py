"""Atom and JSON feeds."""

from __future__ import annotations

from generator.ground.model import Struct


class FeedContent(Struct):
    """A whole text in a feed: the body of that *digest*, *fills* as HTML in its slots; links in it begin at *base*."""

    digest: str
    base: str
    fills: tuple[str, ...] = ()


class FeedEntry(Struct):
    """An article in a feed; *published* and *changed* are RFC 3339, or empty where the article has no date."""

    id: str
    title: str
    url: str
    summary: str
    published: str
    changed: str
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    content: FeedContent | None = None


class Feed(Struct):
    """What an Atom or a JSON feed says; all URLs absolute."""

    output_path: str
    title: str
    description: str
    language: str
    page_url: str
    feed_url: str
    changed: str
    entries: tuple[FeedEntry, ...]
    icon: str = ""
    generator: str = ""


class AtomFeed(Feed, tag="atom", tag_field="page"):
    """``feed.atom``: RFC 4287."""


class JsonFeed(Feed, tag="json-feed", tag_field="page"):
    """``feed.json``: JSON Feed 1.1."""
