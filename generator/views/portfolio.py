"""The portfolio: the page above all conditions."""

from __future__ import annotations

import itertools
from typing import Any

from generator.site.types import Condition
from generator.views import json_ld
from generator.views import types as shapes
from generator.views.frame import Frame, alternates
from generator.views.reports import findings, newest_findings
from generator.views.selections import newest, start_here, stories_of, upcoming
from generator.views.shared_parts import card, condition_ref, language_prefix, site_title
from generator.views.trust import trust_path

STORY_CARDS = 3
LATEST_CARDS = 6
START_CARDS = 3
# Of each condition at most so many of its newest articles may be shown.
_CANDIDATES = 50


def portfolio_page(frame: Frame) -> shapes.PortfolioPage:
    """The page above all conditions, in one language."""
    context, root, language = frame.context, frame.root, frame.language
    candidates = newest(context.site, language, _CANDIDATES)
    stories = stories_of(candidates)[:STORY_CARDS]
    # Events and the chosen stories have a place of their own on the page.
    latest = (a for a in candidates if a.front_matter.type != "event" and a not in stories)
    every = itertools.chain.from_iterable(
        articles for (_, tag), articles in context.site.by_edition.items() if tag == language
    )
    return shapes.PortfolioPage(
        **_page_fields(frame),
        conditions=tuple(
            _condition_card(frame, condition)
            for condition in frame.conditions()
            if language in condition.hubs
        ),
        latest=tuple(card(context, root, a, True) for a in itertools.islice(latest, LATEST_CARDS)),
        stories=tuple(card(context, root, article, True) for article in stories),
        upcoming=upcoming(context, root, every, with_condition=True),
        findings=newest_findings(
            itertools.chain.from_iterable(
                findings(context, root, condition.id, language) for condition in frame.conditions()
            )
        ),
        trust_url=root.href(trust_path(frame)),
    )


def _page_fields(frame: Frame) -> dict[str, Any]:
    """The fields that all page kinds have."""
    context, language = frame.context, frame.language
    title = site_title(context, language)
    versions = (
        (tag, frame.root.permalink(f"{language_prefix(context, tag)}/")) for tag in context.site.languages
    )
    fields = frame.common(
        f"{language_prefix(context, language)}/",
        "portfolio.html",
        title,
        description=frame.description,
        alternates=alternates(versions, language),
    )
    organisation = frame.chrome.organisation
    publisher = json_ld.organization(
        organisation.name if organisation else title,
        organisation.url or fields["permalink"] if organisation else fields["permalink"],
        organisation,
        frame.root.origin + frame.chrome.logo.src if frame.chrome.logo else "",
        [link.url for link in frame.chrome.social],
    )
    site = json_ld.web_site(title, fields["permalink"], language)
    return {**fields, "json_ld": json_ld.encode(publisher, site)}


def _condition_card(frame: Frame, condition: Condition) -> shapes.ConditionCard:
    context, hub = frame.context, condition.hub(frame.language)
    first = start_here(context, hub)[:START_CARDS]
    return shapes.ConditionCard(
        condition_ref(context, frame.root, condition, frame.language),
        hub.front_matter.description,
        hub.front_matter.synonyms,
        tuple(card(context, frame.root, article) for article in first),
    )
