"""The hubs: a condition's home for the newly diagnosed first, and the portfolio above all conditions."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from generator.company import reading_order
from generator.pagination import Slice, cut, page_path, paginate
from generator.site import Article, Condition, Hub, Person
from generator.views import json_ld, shapes
from generator.views.articles import condition_about
from generator.views.frame import SECTION_TYPES, STORY_TYPES, Frame, alternates
from generator.views.material import card, language_prefix, person_ref, site_title
from generator.views.polls import Asked, closing_moment, poll_view, polls_by_id
from generator.views.slots import body_ref, crisis_lines

SECTION_CARDS = 8
STORY_CARDS = 3
UPCOMING_CARDS = 4
LATEST_CARDS = 6


def pager(frame: Frame, base: str, page: Slice) -> shapes.Pager | None:
    """Links to the newer and the older page; None where one page holds all."""
    if page.pages == 0:
        return None
    newer = 0 if page.number == page.pages else page.number + 1
    older = page.pages if page.number == 0 else page.number - 1
    return shapes.Pager(
        number=page.number,
        newer_url=frame.root.href(page_path(base, newer)) if page.number else "",
        older_url=frame.root.href(page_path(base, older)) if older else "",
    )


def hub_page(frame: Frame, condition: Condition, hub: Hub) -> shapes.HubPage:
    """A condition's home in one language."""
    material, root, language = frame.material, frame.root, hub.language
    site, matter = material.site, hub.matter
    listed = site.listed.get((condition.id, language), ())
    per_page = site.config.pagination.per_page
    first = paginate(len(listed), per_page)[0]
    stories = told(listed)
    asked = _featured_poll(frame, condition)
    crumbs = () if root.condition else frame.crumbs()[:1]
    page_fields = frame.common(
        hub.url_path,
        "hub.html",
        matter.title,
        description=matter.description,
        noindex=matter.noindex,
        breadcrumbs=crumbs,
        alternates=alternates(
            ((tag, condition.root.permalink(other.url_path)) for tag, other in condition.hubs.items()),
            language,
        ),
        body=body_ref(frame, hub.document) if hub.document else None,
        edit_url=site.config.edit_url.replace("{path}", hub.document.source_path) if hub.document else "",
    )
    permalink, origin = page_fields["permalink"], root.origin
    page_fields["json_ld"] = json_ld.encode(
        {
            "@type": "MedicalWebPage",
            "name": matter.title,
            "description": matter.description,
            "url": permalink,
            "inLanguage": language,
            "about": condition_about(condition, language),
        },
        json_ld.breadcrumbs(crumbs, origin, matter.title, permalink),
    )
    return shapes.HubPage(
        **page_fields,
        synonyms=matter.synonyms,
        start_here=tuple(card(material, root, article) for article in start_here(frame, hub)),
        sections=_sections(frame, listed),
        stories=tuple(card(material, root, article) for article in stories[:STORY_CARDS]),
        upcoming=upcoming(frame, listed, with_condition=False),
        people=tuple(
            person_ref(material, root, person.id, language) for person in people_of(frame, condition.id)
        ),
        poll=poll_view(material, root, asked) if asked else None,
        topics=tuple(
            shapes.Link(topic.label, root.href(topic.url_path))
            for topic in site.topics.get((condition.id, language), {}).values()
        ),
        latest=tuple(card(material, root, article) for article in cut(listed, first)),
        pager=pager(frame, hub.url_path, first),
        crisis=crisis_lines(material, language) if matter.crisis else (),
        editor=person_ref(material, root, matter.editor, language) if matter.editor else None,
        archive_url=root.href(f"{frame.prefix}archive/"),
        polls_url=root.href(f"{frame.prefix}polls/") if asked else "",
    )


def told(articles: Iterable[Article]) -> list[Article]:
    """Lived experience in the order given: what one person tells before what a community did."""
    found = [article for article in articles if article.matter.type in STORY_TYPES]
    return sorted(found, key=lambda article: article.matter.type != "story")


def start_here(frame: Frame, hub: Hub) -> list[Article]:
    """The articles that a hub names to begin with, in its order."""
    if hub.document is None:
        return []
    found = []
    for path in hub.matter.start_here:
        target = frame.material.links.target_of(hub.document, path)
        article = frame.material.site.articles.get(target.source_path) if target else None
        if article is not None:
            found.append(article)
    return found


def _sections(frame: Frame, listed: Sequence[Article]) -> tuple[shapes.Section, ...]:
    sections = []
    for kind in SECTION_TYPES:
        members = sorted((article for article in listed if article.matter.type == kind), key=reading_order)
        if members:
            cards = tuple(card(frame.material, frame.root, article) for article in members[:SECTION_CARDS])
            more = frame.root.href(f"{frame.prefix}archive/") if len(members) > SECTION_CARDS else ""
            sections.append(shapes.Section(kind, cards, more))
    return tuple(sections)


def upcoming(frame: Frame, listed: Sequence[Article], with_condition: bool) -> tuple[shapes.Card, ...]:
    """Events that are not over, the next one first."""
    events = [article for article in listed if article.matter.type == "event" and article.matter.start]
    cards = [
        (article.matter.start, card(frame.material, frame.root, article, with_condition))
        for article in sorted(events, key=lambda a: (a.matter.start, a.source_path))
    ]
    open_ones = (shown for _, shown in cards if shown.event is not None and not shown.event.over)
    return tuple(itertools.islice(open_ones, UPCOMING_CARDS))


def people_of(frame: Frame, condition: str) -> list[Person]:
    """Those who belong to a condition, in order of id."""
    return [
        person
        for person in frame.material.site.people.values()
        if any(condition in matter.conditions for matter in person.matters.values())
    ]


def _featured_poll(frame: Frame, condition: Condition) -> Asked | None:
    """The newest article's first open poll in this language that is not sensitive, else the newest of all."""
    mine = [
        versions[frame.language]
        for versions in polls_by_id(frame.material).values()
        if frame.language in versions and versions[frame.language].article.condition == condition.id
    ]
    if not mine:
        return None
    mine.sort(key=lambda asked: (asked.article.moment, asked.article.source_path), reverse=True)
    return next((asked for asked in mine if not asked.poll.sensitive and not _closed(frame, asked)), mine[0])


def _closed(frame: Frame, asked: Asked) -> bool:
    closing = closing_moment(asked.poll, frame.material.site)
    return bool(closing) and closing <= frame.material.now


def portfolio_page(frame: Frame) -> shapes.PortfolioPage:
    """The page above all conditions, in one language."""
    material, root, language = frame.material, frame.root, frame.language
    site = material.site
    url_path = f"{language_prefix(material, language)}/"
    title = site_title(material, language)
    own = [name for name in sorted(site.conditions, key=frame.rank) if language in site.conditions[name].hubs]
    every = sorted(
        (
            article
            for (_, tag), articles in site.by_edition.items()
            if tag == language
            for article in articles[:50]
        ),
        key=lambda a: (a.moment, a.source_path),
        reverse=True,
    )
    stories = told(every)[:STORY_CARDS]
    # What the page shows in a place of its own does not come twice.
    latest = (a for a in every if a.matter.type != "event" and a not in stories)
    events = [
        article
        for (_, tag), articles in site.by_edition.items()
        if tag == language
        for article in articles
        if article.matter.type == "event"
    ]
    fields = frame.common(
        url_path,
        "portfolio.html",
        title,
        description=frame.description,
        alternates=alternates(
            ((tag, root.permalink(f"{language_prefix(material, tag)}/")) for tag in site.languages), language
        ),
    )
    organisation = site.config.organisation
    fields["json_ld"] = json_ld.encode(
        json_ld.organization(
            organisation.name if organisation else title,
            organisation.url if organisation else fields["permalink"],
        ),
        json_ld.web_site(title, fields["permalink"], language),
    )
    return shapes.PortfolioPage(
        **fields,
        conditions=tuple(_condition_card(frame, site.conditions[name]) for name in own),
        latest=tuple(card(material, root, a, True) for a in itertools.islice(latest, LATEST_CARDS)),
        stories=tuple(card(material, root, article, True) for article in stories),
        upcoming=upcoming(frame, events, with_condition=True),
    )


def condition_ref(frame: Frame, condition: Condition) -> shapes.ConditionRef:
    hub = condition.hub(frame.language)
    url = frame.material.href(frame.root, condition.root, hub.url_path)
    return shapes.ConditionRef(
        condition.id, hub.matter.title, hub.matter.short_title or hub.matter.title, url, condition.id
    )


def _condition_card(frame: Frame, condition: Condition) -> shapes.ConditionCard:
    hub = condition.hub(frame.language)
    return shapes.ConditionCard(
        condition_ref(frame, condition),
        hub.matter.description,
        hub.matter.synonyms,
        tuple(card(frame.material, frame.root, article) for article in start_here(frame, hub)[:3]),
    )
