"""Listings: pages of articles by topic, year or condition; the lists of topics and years; a condition's polls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from generator.content.read import Document
from generator.site.pagination import Slice, cut, page_path
from generator.site.types import Article, Condition, Hub, Topic
from generator.views import json_ld
from generator.views import types as shapes
from generator.views.alphabet import group_links
from generator.views.frame import Frame
from generator.views.poll_view import poll_view
from generator.views.selections import polls_of
from generator.views.shared_parts import card, pager

# A year's listing holds so many times more articles on a page than others.
ARCHIVE_FACTOR = 5


class Listing(NamedTuple):
    """The *articles* of a topic, year or condition, newest first, as pages at *url_path* show them.

    *kind* is ``topic``, ``section``, ``year`` or ``condition``. *crumbs* come between the condition and the listing, *siblings* are
    the listings beside it.
    """

    kind: str
    title: str
    url_path: str
    articles: Sequence[Article]
    crumbs: tuple[shapes.Link, ...] = ()
    siblings: tuple[shapes.Link, ...] = ()


def listing_page(
    frame: Frame, listing: Listing, page: Slice, document: Document | None = None, **given: Any
) -> shapes.ListingPage:
    """One page of a listing; only the first may be indexed by search engines.

    *document* is the listing's own file, if it has one; *given* overrides and adds fields of the page.
    """
    title, feeds = listing.title, frame.chrome.feeds
    if listing.kind == "topic":
        feeds = (*frame.feed_links(listing.url_path, title), *feeds)
    fields = frame.common(
        page_path(listing.url_path, page.number),
        "listing.html",
        title,
        document,
        **{
            "description": frame.describe("listing", title),
            "noindex": page.number != 0,
            "feeds": feeds,
            "breadcrumbs": frame.crumbs(*listing.crumbs),
            **given,
        },
    )
    permalink = fields["permalink"]
    fields["json_ld"] = json_ld.encode(
        {"@type": "CollectionPage", "name": title, "url": permalink, "inLanguage": frame.language},
        json_ld.breadcrumbs(fields["breadcrumbs"], frame.root.origin, title, permalink),
    )
    return shapes.ListingPage(
        **fields,  # voices too, where the list has any
        kind=listing.kind,
        subject=title,
        items=tuple(card(frame.context, frame.root, article) for article in cut(listing.articles, page)),
        pager=pager(frame.root, listing.url_path, page),
        siblings=listing.siblings,
    )


def topic_page(frame: Frame, topic: Topic, page: Slice) -> shapes.ListingPage:
    crumb = shapes.Link(frame.words("title.topics"), frame.root.href(f"{frame.prefix}topics/"))
    listing = Listing("topic", topic.label, topic.url_path, topic.articles, (crumb,))
    return listing_page(frame, listing, page)


def year_page(
    frame: Frame, year: str, years: Sequence[str], articles: Sequence[Article], page: Slice
) -> shapes.ListingPage:
    """One page of the *articles* of *year*; *years* are all that the archive has."""
    base = f"{frame.prefix}archive/"
    crumb = shapes.Link(frame.words("title.archive"), frame.root.href(base))
    siblings = tuple(shapes.Link(one, frame.root.href(f"{base}{one}/"), one == year) for one in years)
    return listing_page(frame, Listing("year", year, f"{base}{year}/", articles, (crumb,), siblings), page)


def condition_listing(frame: Frame, hub: Hub, articles: Sequence[Article], page: Slice) -> shapes.ListingPage:
    """One of the pages behind a hub, which shows the newest articles itself."""
    return listing_page(frame, Listing("condition", hub.front_matter.title, hub.url_path, articles), page)


def topics_page(frame: Frame, topics: Iterable[Topic]) -> shapes.IndexPage:
    links = [shapes.Link(topic.label, frame.root.href(topic.url_path)) for topic in topics]
    return _index_page(frame, "topics", group_links(links))


def archive_page(frame: Frame, years: Sequence[str]) -> shapes.IndexPage:
    links = tuple(shapes.Link(year, frame.root.href(f"{frame.prefix}archive/{year}/")) for year in years)
    return _index_page(frame, "archive", (("", links),) if links else ())


def _index_page(
    frame: Frame, kind: str, groups: tuple[tuple[str, tuple[shapes.Link, ...]], ...]
) -> shapes.IndexPage:
    fields = frame.common(
        f"{frame.prefix}{kind}/",
        "index.html",
        frame.words(f"title.{kind}"),
        description=frame.describe(kind),
        breadcrumbs=frame.crumbs(),
    )
    return shapes.IndexPage(**fields, kind=kind, groups=groups)


def polls_page(frame: Frame, condition: Condition) -> shapes.PollsPage:
    """A condition's polls in this language, the newest article's first."""
    context = frame.context
    fields = frame.common(
        f"{frame.prefix}polls/",
        "polls.html",
        frame.words("title.polls"),
        description=frame.describe("polls"),
        breadcrumbs=frame.crumbs(),
    )
    polls = polls_of(context, condition.id, frame.language)
    return shapes.PollsPage(**fields, polls=tuple(poll_view(context, frame.root, poll) for poll in polls))
