"""The hub: a condition's home, which serves the newly diagnosed first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from generator.content.front_matter.schema import HubFrontMatter
from generator.site.neighbours import reading_order
from generator.site.pagination import cut, paginate
from generator.site.surveys import surveys_of
from generator.site.types import Article, Condition, Hub
from generator.views import json_ld
from generator.views import types as shapes
from generator.views.answers import changes
from generator.views.conversations import conversations
from generator.views.crisis import crisis_lines
from generator.views.frame import Frame, alternates
from generator.views.poll_view import poll_view
from generator.views.reports import findings
from generator.views.selections import (
    SECTION_TYPES,
    featured_poll,
    people_of,
    start_here,
    stories_of,
    upcoming,
)
from generator.views.shared_parts import card, pager, person_ref
from generator.views.slots import body_ref
from generator.views.surveys import survey_refs, surveys_path
from generator.views.trust import trust_path
from generator.views.voices import newest_voices, voice_lists

SECTION_CARDS = 8
STORY_CARDS = 3


def hub_page(frame: Frame, condition: Condition, hub: Hub) -> shapes.HubPage:
    """A condition's home in one language."""
    context, root, language = frame.context, frame.root, hub.language
    site, front_matter = context.site, hub.front_matter
    listed = site.listed.get((condition.id, language), ())
    newest = paginate(len(listed), site.config.pagination.per_page)[0]
    stories = stories_of(listed)[:STORY_CARDS]
    poll = featured_poll(context, condition.id, language)
    return shapes.HubPage(
        **_page_fields(frame, condition, hub),
        synonyms=front_matter.synonyms,
        start_here=tuple(card(context, root, article) for article in start_here(context, hub)),
        sections=_sections(frame, listed),
        stories=tuple(card(context, root, article) for article in stories),
        upcoming=upcoming(context, root, listed, with_condition=False),
        people=tuple(
            person_ref(context, root, person.id, language) for person in people_of(site, condition.id)
        ),
        poll=poll_view(context, root, poll) if poll else None,
        conversations=conversations(frame, condition.id, language),
        topics=tuple(
            shapes.Link(topic.label, root.href(topic.url_path))
            for topic in site.topics.get((condition.id, language), {}).values()
        ),
        latest=tuple(card(context, root, article) for article in cut(listed, newest)),
        pager=pager(root, hub.url_path, newest),
        crisis=crisis_lines(context, language) if front_matter.crisis else (),
        editor=person_ref(context, root, front_matter.editor, language) if front_matter.editor else None,
        archive_url=root.href(f"{frame.prefix}archive/"),
        polls_url=root.href(f"{frame.prefix}polls/") if poll else "",
        surveys=survey_refs(frame, condition.id, open_only=True),
        surveys_url=root.href(surveys_path(frame))
        if surveys_of(site.surveys, condition.id, language)
        else "",
        findings=findings(context, root, condition.id, language),
        trust_url=root.href(trust_path(frame)),
        changes=changes(context, root, condition.id, language),
        voices=newest_voices(frame, condition),
        voice_lists=voice_lists(frame, condition),
    )


def _page_fields(frame: Frame, condition: Condition, hub: Hub) -> dict[str, Any]:
    """The fields that all page kinds have."""
    root, front_matter, document = frame.root, hub.front_matter, hub.document
    # On a host of its own the condition's hub is the top; else the portfolio is above it.
    crumbs = () if root.condition else frame.crumbs()[:1]
    versions = ((tag, root.permalink(other.url_path)) for tag, other in condition.hubs.items())
    fields = frame.common(
        hub.url_path,
        "hub.html",
        front_matter.title,
        document,
        description=front_matter.description,
        noindex=front_matter.noindex,
        breadcrumbs=crumbs,
        alternates=alternates(versions, hub.language),
        body=body_ref(frame, document) if document else None,
        edit_url=frame.context.site.config.edit_url.replace("{path}", document.source_path)
        if document
        else "",
    )
    medical = frame.context.site.config.medical
    page = {
        "@type": "MedicalWebPage" if medical else "CollectionPage",
        "name": front_matter.title,
        "description": front_matter.description,
        "url": fields["permalink"],
        "inLanguage": hub.language,
        "about": _condition(front_matter) if medical else None,
    }
    way = json_ld.breadcrumbs(crumbs, root.origin, front_matter.title, fields["permalink"])
    return {**fields, "json_ld": json_ld.encode(page, way)}


def _condition(front_matter: HubFrontMatter) -> dict[str, Any]:
    """The condition in the terms of schema.org, with the codes that it has in each code system."""
    codes = [
        (system, code)
        for system, written in (("ICD-10", front_matter.codes.icd10), ("MeSH", front_matter.codes.mesh))
        for code in ((written,) if isinstance(written, str) else written)
        if code
    ]
    return json_ld.condition(front_matter.title, front_matter.synonyms, codes)


def _sections(frame: Frame, listed: Sequence[Article]) -> tuple[shapes.Section, ...]:
    """The sections that have articles, each with its first few in reading order."""
    sections = []
    by_type: defaultdict[str, list[Article]] = defaultdict(list)
    for article in listed:
        by_type[article.front_matter.type].append(article)
    for kind in SECTION_TYPES:
        if kind in by_type:
            members = sorted(by_type[kind], key=reading_order)
            cards = tuple(card(frame.context, frame.root, article) for article in members[:SECTION_CARDS])
            more = frame.root.href(f"{frame.prefix}archive/") if len(members) > SECTION_CARDS else ""
            sections.append(shapes.Section(kind, cards, more))
    return tuple(sections)
