"""The page of one person, and the page of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from generator.matter import ROLES
from generator.pagination import Slice, cut, page_path
from generator.site import Article, Person
from generator.views import json_ld, shapes
from generator.views.frame import Frame, alternates
from generator.views.hubs import pager
from generator.views.material import card, condition_link, language_prefix, person_languages, person_ref
from generator.views.slots import body_ref


def person_page(frame: Frame, person: Person, items: Sequence[Article], page: Slice) -> shapes.PersonPage:
    """A profile and a page of what somebody wrote; repeated on a condition's host with the portfolio's canonical."""
    material, root, language = frame.material, frame.root, frame.language
    site = material.site
    matter = person.matter(language)
    base = f"{language_prefix(material, language)}{person.url_path}"
    document = person.documents.get(language) or next(iter(person.documents.values()))
    portfolio = site.permalinks.portfolio
    tags = person_languages(material, person.id)
    ref = person_ref(material, root, person.id, language)
    fields = frame.common(
        page_path(base, page.number),
        "person.html",
        matter.name,
        description=matter.summary or material.bodies[document.source_path].facts.summary,
        noindex=matter.noindex or page.number != 0,
        canonical=portfolio.permalink(page_path(base, page.number)),
        og_type="profile",
        feeds=(*frame.feed_links(base, matter.name), *frame.chrome.feeds),
        breadcrumbs=frame.crumbs(
            shapes.Link(
                frame.words("title.people"), root.href(f"{language_prefix(material, language)}/people/")
            )
        ),
        alternates=alternates(
            (
                (tag, portfolio.permalink(f"{language_prefix(material, tag)}{person.url_path}"))
                for tag in tags
            ),
            language,
        )
        if page.number == 0
        else (),
        body=body_ref(frame, document) if page.number == 0 else None,
    )
    fields["json_ld"] = json_ld.encode(json_ld.profile(ref, fields["canonical"], portfolio.origin))
    return shapes.PersonPage(
        **fields,
        person=ref,
        since=str(matter.since),
        disclosures=matter.disclosures,
        conditions=tuple(
            condition_link(material, root, name, language)
            for name in matter.conditions
            if name in site.conditions
        ),
        items=tuple(card(material, root, article, True) for article in cut(items, page)),
        reviewed=tuple(
            card(material, root, article, True)
            for article in site.reviewed.get(person.id, ())[:20]
            if article.language == language
        )
        if page.number == 0
        else (),
        pager=pager(frame, base, page),
    )


def people_page(frame: Frame, people: Sequence[Person]) -> shapes.PeoplePage:
    material, root, language = frame.material, frame.root, frame.language
    groups: dict[str, list[shapes.PersonCard]] = defaultdict(list)
    for person in people:
        matter = person.matter(language)
        document = person.documents.get(language) or next(iter(person.documents.values()))
        conditions = tuple(
            condition_link(material, root, name, language)
            for name in matter.conditions
            if name in material.site.conditions
        )
        summary = matter.summary or material.bodies[document.source_path].facts.summary
        ref = person_ref(material, root, person.id, language)
        groups[matter.role].append(shapes.PersonCard(ref, summary, conditions))
    return shapes.PeoplePage(
        **frame.common(
            f"{language_prefix(material, language)}/people/",
            "people.html",
            frame.words("title.people"),
            description=frame.describe("people"),
            breadcrumbs=frame.crumbs(),
        ),
        groups=tuple((role, tuple(groups[role])) for role in ROLES if role in groups),
    )
