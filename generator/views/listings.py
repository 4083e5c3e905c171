"""Pages of pages: topics, archives, glossary, polls, search; and the small ones: policies, 404, redirects."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from generator.pagination import Slice, cut, page_path
from generator.permalinks import Root
from generator.site import Article, Condition, Hub, Policy, Topic
from generator.views import json_ld, shapes
from generator.views.frame import Frame, alternates
from generator.views.hubs import condition_ref, pager
from generator.views.material import (
    card,
    date_view,
    language_prefix,
)
from generator.views.polls import poll_view, polls_by_id
from generator.views.slots import body_ref, glossary_path

Thing = TypeVar("Thing")
ARCHIVE_FACTOR = 5


def listing_page(
    frame: Frame,
    base: str,
    kind: str,
    title: str,
    items: Sequence[Article],
    page: Slice,
    crumbs: tuple[shapes.Link, ...],
    siblings: tuple[shapes.Link, ...] = (),
) -> shapes.ListingPage:
    """One page of a listing of *items* (newest first) at *base*."""
    url_path = page_path(base, page.number)
    fields = frame.common(
        url_path,
        "listing.html",
        title,
        description=frame.describe("listing", title),
        noindex=page.number != 0,
        feeds=(*frame.feed_links(base, title), *frame.chrome.feeds)
        if kind == "topic"
        else frame.chrome.feeds,
        breadcrumbs=frame.crumbs(*crumbs),
    )
    fields["json_ld"] = json_ld.encode(
        {"@type": "CollectionPage", "name": title, "url": fields["permalink"], "inLanguage": frame.language},
        json_ld.breadcrumbs(fields["breadcrumbs"], frame.root.origin, title, fields["permalink"]),
    )
    return shapes.ListingPage(
        **fields,
        kind=kind,
        subject=title,
        items=tuple(card(frame.material, frame.root, article) for article in cut(items, page)),
        pager=pager(frame, base, page),
        siblings=siblings,
    )


def topic_page(frame: Frame, topic: Topic, page: Slice) -> shapes.ListingPage:
    crumb = shapes.Link(frame.words("title.topics"), frame.root.href(f"{frame.prefix}topics/"))
    return listing_page(frame, topic.url_path, "topic", topic.label, topic.articles, page, (crumb,))


def year_page(
    frame: Frame, year: str, years: Sequence[str], articles: Sequence[Article], page: Slice
) -> shapes.ListingPage:
    base = f"{frame.prefix}archive/"
    crumb = shapes.Link(frame.words("title.archive"), frame.root.href(base))
    others = tuple(shapes.Link(one, frame.root.href(f"{base}{one}/"), one == year) for one in years)
    return listing_page(frame, f"{base}{year}/", "year", year, articles, page, (crumb,), others)


def condition_listing(frame: Frame, hub: Hub, articles: Sequence[Article], page: Slice) -> shapes.ListingPage:
    return listing_page(frame, hub.url_path, "condition", hub.matter.title, articles, page, ())


def topics_page(frame: Frame, topics: Iterable[Topic]) -> shapes.IndexPage:
    links = [shapes.Link(topic.label, frame.root.href(topic.url_path)) for topic in topics]
    return shapes.IndexPage(
        **frame.common(
            f"{frame.prefix}topics/",
            "index.html",
            frame.words("title.topics"),
            description=frame.describe("topics"),
            breadcrumbs=frame.crumbs(),
        ),
        kind="topics",
        groups=by_initial(links),
    )


def archive_page(frame: Frame, years: Sequence[str]) -> shapes.IndexPage:
    links = tuple(shapes.Link(year, frame.root.href(f"{frame.prefix}archive/{year}/")) for year in years)
    return shapes.IndexPage(
        **frame.common(
            f"{frame.prefix}archive/",
            "index.html",
            frame.words("title.archive"),
            description=frame.describe("archive"),
            breadcrumbs=frame.crumbs(),
        ),
        kind="archive",
        groups=(("", links),) if links else (),
    )


def by_initial(links: Iterable[shapes.Link]) -> tuple[tuple[str, tuple[shapes.Link, ...]], ...]:
    """Links A–Z, grouped by the first letter without its accent."""
    groups: dict[str, list[shapes.Link]] = defaultdict(list)
    for link in links:
        groups[initial(link.label)].append(link)
    return tuple(
        (letter, tuple(sorted(groups[letter], key=lambda link: plain(link.label))))
        for letter in sorted(groups)
    )


def initial(text: str) -> str:
    first = plain(text)[:1].upper()
    return first if first.isalpha() else "#"


def plain(text: str) -> str:
    """*text* for sorting: lower case, without accents."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def polls_page(frame: Frame, condition: Condition) -> shapes.PollsPage:
    """A condition's polls in this language, the newest article's first."""
    asked = [
        versions[frame.language]
        for versions in polls_by_id(frame.material).values()
        if frame.language in versions and versions[frame.language].article.condition == condition.id
    ]
    asked.sort(key=lambda poll: (poll.article.moment, poll.article.source_path), reverse=True)
    return shapes.PollsPage(
        **frame.common(
            f"{frame.prefix}polls/",
            "polls.html",
            frame.words("title.polls"),
            description=frame.describe("polls"),
            breadcrumbs=frame.crumbs(),
        ),
        polls=tuple(poll_view(frame.material, frame.root, poll) for poll in asked),
    )


def glossary_page(frame: Frame) -> shapes.GlossaryPage:
    """The terms of this root's conditions, in this language where they have it."""
    config = frame.material.site.config
    groups: dict[str, list[shapes.GlossaryEntry]] = defaultdict(list)
    for term in frame.material.site.glossary.values():
        tag = frame.language if frame.language in term.term else config.language
        entry = shapes.GlossaryEntry(term.id, term.term[tag], term.plain[tag], term.also.get(tag, ()))
        groups[initial(entry.term)].append(entry)
    return shapes.GlossaryPage(
        **frame.common(
            glossary_path(frame),
            "glossary.html",
            frame.words("title.glossary"),
            description=frame.describe("glossary"),
            breadcrumbs=frame.crumbs(),
        ),
        groups=tuple(
            (letter, tuple(sorted(groups[letter], key=lambda entry: plain(entry.term))))
            for letter in sorted(groups)
        ),
    )


def policy_page(frame: Frame, policy: Policy) -> shapes.PolicyPage:
    """A page of ``_pages/``; on a condition's own host it names the portfolio's as canonical."""
    material, root = frame.material, frame.root
    site, matter = material.site, policy.matter
    portfolio: Root = site.permalinks.portfolio
    digest = material.bodies[policy.document.source_path]
    versions = [
        (tag, portfolio.permalink(other.url_path))
        for tag in site.languages
        for other in site.policies.get(tag, ())
        if other.key == policy.key
    ]
    return shapes.PolicyPage(
        **frame.common(
            policy.url_path,
            "policy.html",
            matter.title,
            description=matter.summary or digest.facts.summary,
            noindex=matter.noindex,
            canonical=portfolio.permalink(policy.url_path),
            alternates=alternates(versions, frame.language),
            breadcrumbs=frame.crumbs(),
            body=body_ref(frame, policy.document),
            updated=matter.updated[:10],
            edit_url=site.config.edit_url.replace("{path}", policy.document.source_path),
        ),
        changed=date_view(matter.updated, frame.language, material),
        siblings=tuple(
            shapes.Link(link.label, link.url, link.url == root.href(policy.url_path), link.language)
            for link in frame.policies()
        ),
    )


def not_found_page(frame: Frame) -> shapes.NotFoundPage:
    fields = frame.common(
        "/404.html",
        "not-found.html",
        frame.words("title.not-found"),
        description=frame.describe("not-found"),
        noindex=True,
    )
    conditions = frame.material.site.conditions
    return shapes.NotFoundPage(
        **fields,
        conditions=tuple(
            condition_ref(frame, conditions[name]) for name in sorted(conditions, key=frame.rank)
        ),
    )


def you_page(frame: Frame) -> shapes.YouPage:
    url_path = f"{language_prefix(frame.material, frame.language)}/you/"
    return shapes.YouPage(
        **frame.common(
            url_path,
            "you.html",
            frame.words("title.you"),
            description=frame.describe("you"),
            noindex=True,
            breadcrumbs=frame.crumbs(),
        )
    )


def redirect_page(
    frame: Frame, output_path: str, url_path: str, target: str, title: str
) -> shapes.RedirectPage:
    """An old address that leads to the permalink *target*."""
    fields = frame.common(
        url_path, "redirect.html", title, canonical=target, noindex=True, output_path=output_path
    )
    return shapes.RedirectPage(**fields, target=target)
