"""``/trust/`` and ``trust.json``: what the build can prove of a site, and who answers for it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from generator.content.config import localized
from generator.site.first_answers import FirstAnswers, first_answers
from generator.site.review_figures import ReviewFigures, review_figures
from generator.site.statements import is_statement
from generator.site.types import Article, Condition
from generator.theme.script_facts import ScriptFacts, script_facts
from generator.views import types as shapes
from generator.views.context import ViewContext
from generator.views.formats import date_view, day_view
from generator.views.frame import Frame, alternates
from generator.views.shared_parts import person_ref


class Figures(NamedTuple):
    """All that is counted for one condition, or for the whole site."""

    reviews: ReviewFigures
    answers: FirstAnswers | None
    scripts: tuple[ScriptFacts, ...]
    origins: tuple[str, ...]


def figures(context: ViewContext, condition: str = "", language: str = "") -> Figures:
    """The figures of a condition, of all where it is empty; reviews are those of pages in *language*, or in any."""
    config, articles = context.site.config, list(_articles(context, condition))
    spoken = (article for article in articles if language in ("", article.language))
    return Figures(
        reviews=review_figures(spoken, config, context.now),
        answers=first_answers(articles, context.snapshot, config.zone, context.now),
        scripts=script_facts(context.theme),
        origins=other_origins(config.widgets.endpoint),
    )


def _articles(context: ViewContext, condition: str) -> Iterable[Article]:
    """In order of path."""
    site = context.site
    if not condition:
        return site.articles.values()
    own = [site.by_edition[edition] for edition in site.by_edition.known() if edition[0] == condition]
    return sorted(chain.from_iterable(own), key=lambda article: article.source_path)


def other_origins(endpoint: str) -> tuple[str, ...]:
    """The origins besides its own that the policy of a page lets it ask: the function's, where that has a host of its own."""
    parts = urlsplit(endpoint)
    return (f"{parts.scheme}://{parts.netloc}",) if parts.netloc else ()


def trust_path(frame: Frame, language: str = "") -> str:
    """The url_path of the page, in the frame's language or another."""
    return f"{frame.prefix_in(language or frame.language)}trust/"


def trust_page(frame: Frame) -> shapes.TrustPage:
    """The page of the frame's condition, or of the portfolio."""
    condition = frame.condition
    found = figures(frame.context, condition.id if condition else "", frame.language)
    reviews = found.reviews
    return shapes.TrustPage(
        **_page_fields(frame),
        **_answers(frame, found.answers),
        **_statement(frame),
        origins=found.origins,
        cookies=tuple(script.name for script in found.scripts if script.cookies),
        storing=tuple(script.name for script in found.scripts if script.stores_on_reading),
        scripts=tuple(shapes.TrustScript(script.name, script.size) for script in found.scripts),
        pages=reviews.pages,
        reviewed=reviews.reviewed,
        percent=reviews.percent,
        reviewers=tuple(
            person_ref(frame.context, frame.root, name, frame.language) for name in reviews.reviewers
        ),
        oldest=day_view(reviews.oldest, frame.language) if reviews.oldest else None,
        sources=reviews.sources,
        unsourced=reviews.unsourced,
        moderation=_moderation(frame),
        funding=_funding(frame),
        sponsors=tuple(shapes.Sponsor(name, pages) for name, pages in reviews.sponsors),
        parts=() if condition else _parts(frame),
        data_url=frame.root.href("/trust.json"),
    )


def _page_fields(frame: Frame) -> dict[str, Any]:
    site, condition = frame.context.site, frame.condition
    languages = tuple(condition.hubs) if condition else site.languages
    versions = ((tag, frame.root.permalink(trust_path(frame, tag))) for tag in languages)
    return frame.common(
        trust_path(frame),
        "trust.html",
        frame.words("title.trust"),
        description=frame.describe("trust"),
        alternates=alternates(versions, frame.language),
        breadcrumbs=frame.crumbs(),
    )


def _answers(frame: Frame, found: FirstAnswers | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {
        "answers": found.wait,
        "answers_since": day_view(found.since, frame.language),
        "answers_until": day_view(found.until, frame.language),
    }


def _moderation(frame: Frame) -> tuple[shapes.Moderated, ...]:
    """The policy of the frame's condition; those of all conditions, once where they are equal. Empty without a function."""
    if not frame.context.site.config.widgets.endpoint:
        return ()
    conditions = [frame.condition] if frame.condition else frame.conditions()
    found = [_moderated(frame, condition) for condition in conditions]
    if len({(one.policy, one.quiet) for one in found}) == 1:
        return (shapes.Moderated(found[0].policy, quiet=found[0].quiet),)
    return tuple(found)


def _moderated(frame: Frame, condition: Condition) -> shapes.Moderated:
    front_matter = condition.hub(frame.language).front_matter
    quiet = "" if condition.quiet_hours == "off" else condition.quiet_hours
    return shapes.Moderated(condition.policy, front_matter.short_title or front_matter.title, quiet)


def _funding(frame: Frame) -> str:
    config = frame.context.site.config
    return localized(config.funding, frame.language, config.language)


def _statement(frame: Frame) -> dict[str, Any]:
    """The accessibility statement in the frame's language, else in the site's own."""
    site = frame.context.site
    for language in dict.fromkeys((frame.language, site.config.language)):
        for policy in site.policies.get(language, ()):
            if is_statement(policy.document):
                return {
                    "statement": shapes.Link(
                        policy.front_matter.title,
                        frame.root.href(policy.url_path),
                        language=policy.language,
                    ),
                    "statement_checked": date_view(
                        policy.front_matter.checked, frame.language, site.config.zone
                    ),
                }
    return {}


def _parts(frame: Frame) -> tuple[shapes.Link, ...]:
    """The same page of each condition that has a hub in the frame's language."""
    context, found = frame.context, []
    for condition in frame.conditions():
        if frame.language in condition.hubs:
            hub = condition.hubs[frame.language]
            front_matter = hub.front_matter
            found.append(
                shapes.Link(
                    front_matter.short_title or front_matter.title,
                    context.href(frame.root, condition.root, f"{hub.url_path}trust/"),
                )
            )
    return tuple(found)


def trust_data(context: ViewContext, conditions: Iterable[Condition], own: str = "") -> dict[str, Any]:
    """What ``trust.json`` holds: the figures of the site, or of the condition *own*; and of each of *conditions*."""
    found = figures(context, own)
    return {
        "privacy": {
            "other_origins": list(found.origins),
            "cookies": [script.name for script in found.scripts if script.cookies],
            "stored_on_reading": [script.name for script in found.scripts if script.stores_on_reading],
            "scripts": {script.name: script.size for script in found.scripts},
        },
        **_counted(found),
        "conditions": {condition.id: _counted(figures(context, condition.id)) for condition in conditions},
    }


def _counted(found: Figures) -> dict[str, Any]:
    reviews, answers = found.reviews, found.answers
    waits = {"wait": answers.wait, "since": answers.since, "until": answers.until} if answers else None
    return {
        "pages": reviews.pages,
        "reviewed": reviews.reviewed,
        "reviewers": list(reviews.reviewers),
        "oldest_review": reviews.oldest,
        "sources_median": reviews.sources,
        "pages_without_sources": reviews.unsourced,
        "sponsors": dict(reviews.sponsors),
        "first_answers": waits,
    }
