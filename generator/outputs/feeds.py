"""Atom (RFC 4287) and JSON Feed 1.1, for the portfolio and each condition, topic and author."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

import msgspec

from generator import __version__
from generator.moments import instant
from generator.permalinks import Root
from generator.schedule import iso
from generator.site import Article, Site, serves_person
from generator.text import xml_attribute, xml_text
from generator.views import shapes
from generator.views.frame import Frame
from generator.views.material import (
    Material,
    language_prefix,
    person_languages,
    person_path,
    summary_of,
)
from generator.views.planned import Frames, Planned

_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_EPOCH = "1970-01-01T00:00:00Z"


def plan_feeds(
    material: Material, frames: Frames, pages: Sequence[Planned], only: Sequence[str]
) -> Iterator[Planned]:
    site = material.site
    for edition, articles in site.listed.items():
        condition = site.conditions[edition[0]]
        if only and condition.id not in only:
            continue
        frame = frames.get(condition.root, edition[1], condition)
        hub = condition.hub(edition[1])
        yield from _pair(frame, hub.url_path, hub.matter.title, hub.matter.description, articles)
        for topic in site.topics[edition].values():
            title = f"{topic.label} – {hub.matter.title}"
            yield from _pair(frame, topic.url_path, title, "", topic.articles)
    for root in site.permalinks.roots:
        if only and root.condition not in only:
            continue
        yield from _root_feeds(material, frames, root)


def _root_feeds(material: Material, frames: Frames, root: Root) -> Iterator[Planned]:
    site = material.site
    condition = site.conditions.get(root.condition)
    for language in tuple(condition.hubs) if condition else site.languages:
        frame = frames.get(root, language, condition)
        if condition is None:
            newest = _newest(site, language, site.config.feeds.items)
            yield from _pair(
                frame,
                f"{language_prefix(material, language)}/",
                frame.chrome.site_title,
                frame.description,
                newest,
            )
        for person in site.people.values():
            if not serves_person(site, root, person.id) or language not in person_languages(
                material, person.id
            ):
                continue
            written = [a for a in site.written.get(person.id, ()) if a.language == language]
            if condition is not None:
                written = [a for a in written if a.condition == condition.id]
            name = person.matter(language).name
            yield from _pair(frame, person_path(material, person.id, language), name, "", written)


def _newest(site: Site, language: str, count: int) -> list[Article]:
    parts = [articles[:count] for (_, tag), articles in site.by_edition.items() if tag == language]
    every = [article for part in parts for article in part]
    return sorted(every, key=lambda a: (a.moment, a.source_path), reverse=True)[:count]


def _pair(
    frame: Frame, base: str, title: str, description: str, articles: Sequence[Article]
) -> Iterator[Planned]:
    for name, kind in (("feed.atom", shapes.AtomFeed), ("feed.json", shapes.JsonFeed)):
        url_path = f"{base}{name}"
        output_path = frame.root.output_path(url_path)
        make = partial(_feed, kind, frame, output_path, base, url_path, title, description, articles)
        yield Planned(output_path, f"feed of {title}", make, root=frame.root)


def _feed(
    kind: type[shapes.AtomFeed] | type[shapes.JsonFeed],
    frame: Frame,
    output_path: str,
    base: str,
    url_path: str,
    title: str,
    description: str,
    articles: Sequence[Article],
) -> shapes.AtomFeed | shapes.JsonFeed:
    entries = tuple(
        _entry(frame, article) for article in islice(articles, frame.material.site.config.feeds.items)
    )
    icon = frame.chrome.assets.icon
    return kind(
        output_path=output_path,
        title=title,
        description=" ".join(description.split()),
        language=frame.language,
        page_url=frame.root.permalink(base),
        feed_url=frame.root.permalink(url_path),
        changed=max((entry.changed for entry in entries), default=_EPOCH),
        entries=entries,
        icon=frame.root.origin + icon if icon else "",
        generator=f"Gatherwell {__version__}",
    )


def _entry(frame: Frame, article: Article) -> shapes.FeedEntry:
    key = ("feed entry", article.source_path)
    memo = frame.material.memo
    if key not in memo:
        memo[key] = _new_entry(frame, article)
    known: shapes.FeedEntry = memo[key]
    return known


def _new_entry(frame: Frame, article: Article) -> shapes.FeedEntry:
    material, matter = frame.material, article.matter
    site = material.site
    published = _rfc3339(matter.date, material) or _EPOCH
    topics = site.topics.get((article.condition, article.language), {})
    names = []
    for name in matter.authors:
        person = site.people.get(name)
        names.append(person.matter(article.language).name if person else name)
    return shapes.FeedEntry(
        id=article.permalink,
        title=matter.title,
        url=article.permalink,
        summary=summary_of(material, article),
        published=published,
        changed=max(published, _rfc3339(matter.updated, material)),
        authors=tuple(names),
        topics=tuple(topics[slug].label for slug in article.topics if slug in topics),
    )


def _rfc3339(text: str, material: Material) -> str:
    return iso(instant(text, material.site.config.zone)).replace("+00:00", "Z") if text else ""


def render_atom(feed: shapes.AtomFeed) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={xml_attribute(feed.language)}>',
        f"<id>{xml(feed.feed_url)}</id>",
        f"<title>{xml(feed.title)}</title>",
        *([f"<subtitle>{xml(feed.description)}</subtitle>"] if feed.description else []),
        f'<link rel="self" type="application/atom+xml" href={xml_attribute(feed.feed_url)}/>',
        f'<link rel="alternate" type="text/html" href={xml_attribute(feed.page_url)}/>',
        *([f"<icon>{xml(feed.icon)}</icon>"] if feed.icon else []),
        f"<updated>{feed.changed}</updated>",
        f"<generator>{xml(feed.generator)}</generator>",
        f"<author><name>{xml(feed.title)}</name></author>",
    ]
    for entry in feed.entries:
        lines += [
            "<entry>",
            f"<id>{xml(entry.id)}</id>",
            f"<title>{xml(entry.title)}</title>",
            f'<link rel="alternate" type="text/html" href={xml_attribute(entry.url)}/>',
            f"<published>{entry.published}</published>",
            f"<updated>{entry.changed}</updated>",
            *(f"<author><name>{xml(name)}</name></author>" for name in entry.authors),
            *(f"<category term={xml_attribute(clean(topic))}/>" for topic in entry.topics),
            *([f"<summary>{xml(entry.summary)}</summary>"] if entry.summary else []),
            "</entry>",
        ]
    lines.append("</feed>\n")
    return "\n".join(lines).encode()


def render_json_feed(feed: shapes.JsonFeed) -> bytes:
    items: list[dict[str, Any]] = [
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            # The format wants content in every item; the summary is all that a reader's app shall keep of it.
            "content_text": entry.summary or entry.title,
            **({"summary": entry.summary} if entry.summary else {}),
            "date_published": entry.published,
            "date_modified": entry.changed,
            **({"authors": [{"name": name} for name in entry.authors]} if entry.authors else {}),
            **({"tags": list(entry.topics)} if entry.topics else {}),
        }
        for entry in feed.entries
    ]
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        **({"description": feed.description} if feed.description else {}),
        "home_page_url": feed.page_url,
        "feed_url": feed.feed_url,
        "language": feed.language,
        **({"icon": feed.icon} if feed.icon else {}),
        "items": items,
    }
    return msgspec.json.encode(value) + b"\n"


def clean(text: str) -> str:
    """*text* without the control characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def xml(text: str) -> str:
    return xml_text(clean(text))
