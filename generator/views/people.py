"""The page of one person, and the page of all people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from generator.content.front_matter.schema import ROLES
from generator.site.pagination import Slice, cut, page_path
from generator.site.types import Article, Person
from generator.views import json_ld
from generator.views import types as shapes
from generator.views.frame import Frame, alternates
from generator.views.shared_parts import (
    card,
    condition_link,
    language_prefix,
    pager,
    person_languages,
    person_ref,
    profile_document,
)
from generator.views.slots import body_ref

REVIEWED_CARDS = 20


def person_page(frame: Frame, person: Person, items: Sequence[Article], page: Slice) -> shapes.PersonPage:
    """One page of a profile: who the person is, and those of *items* that belong on it.

    On a condition's own host it names the portfolio's as canonical.
    """
    context, root, language = frame.context, frame.root, frame.language
    front_matter = person.front_matter(language)
    reviewed = context.site.reviewed.get(person.id, ())[:REVIEWED_CARDS] if page.number == 0 else ()
    return shapes.PersonPage(
        **_page_fields(frame, person, page),
        person=person_ref(context, root, person.id, language),
        since=str(front_matter.since),
        disclosures=front_matter.disclosures,
        conditions=_conditions(frame, person),
        items=tuple(card(context, root, article, True) for article in cut(items, page)),
        reviewed=tuple(
            card(context, root, article, True) for article in reviewed if article.language == language
        ),
        pager=pager(root, _url_path(frame, person, language), page),
    )


def _page_fields(frame: Frame, person: Person, page: Slice) -> dict[str, Any]:
    """The fields that all page kinds have."""
    context, language = frame.context, frame.language
    front_matter, document = person.front_matter(language), profile_document(person, language)
    url_path = _url_path(frame, person, language)
    portfolio = context.site.permalinks.portfolio
    first = page.number == 0
    versions = [
        (tag, portfolio.permalink(_url_path(frame, person, tag)))
        for tag in person_languages(context, person.id)
    ]
    fields = frame.common(
        page_path(url_path, page.number),
        "person.html",
        front_matter.name,
        document,
        description=_summary(frame, person),
        noindex=front_matter.noindex or not first,
        canonical=portfolio.permalink(page_path(url_path, page.number)),
        og_type="profile",
        feeds=(*frame.feed_links(url_path, front_matter.name), *frame.chrome.feeds),
        breadcrumbs=frame.crumbs(
            shapes.Link(frame.words("title.people"), frame.root.href(_people_path(frame)))
        ),
        alternates=alternates(versions, language) if first else (),
        body=body_ref(frame, document) if first else None,
    )
    ref = person_ref(context, frame.root, person.id, language)
    profile = json_ld.profile(ref, fields["canonical"], portfolio.origin)
    return {**fields, "json_ld": json_ld.encode(profile)}


def people_page(frame: Frame, people: Sequence[Person]) -> shapes.PeoplePage:
    """Everybody with a profile on this host, grouped by role."""
    groups: dict[str, list[shapes.PersonCard]] = defaultdict(list)
    for person in people:
        ref = person_ref(frame.context, frame.root, person.id, frame.language)
        entry = shapes.PersonCard(ref, _summary(frame, person), _conditions(frame, person))
        groups[person.front_matter(frame.language).role].append(entry)
    fields = frame.common(
        _people_path(frame),
        "people.html",
        frame.words("title.people"),
        description=frame.describe("people"),
        breadcrumbs=frame.crumbs(),
    )
    return shapes.PeoplePage(
        **fields, groups=tuple((role, tuple(groups[role])) for role in ROLES if role in groups)
    )


def _url_path(frame: Frame, person: Person, language: str) -> str:
    return f"{language_prefix(frame.context, language)}{person.url_path}"


def _people_path(frame: Frame) -> str:
    return f"{language_prefix(frame.context, frame.language)}/people/"


def _summary(frame: Frame, person: Person) -> str:
    """The front matter's summary, else the first words of the profile."""
    written = person.front_matter(frame.language).summary
    path = profile_document(person, frame.language).source_path
    return written or frame.context.bodies.of(path).facts.summary


def _conditions(frame: Frame, person: Person) -> tuple[shapes.Link, ...]:
    context = frame.context
    named = person.front_matter(frame.language).conditions
    return tuple(
        condition_link(context, frame.root, name, frame.language)
        for name in named
        if name in context.site.conditions
    )
