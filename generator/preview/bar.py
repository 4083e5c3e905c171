"""The report of the writer's bar on one page: status, word count, findings, scheduled changes."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from generator.bodies.render import decode_body
from generator.build.plan import Plan
from generator.disk.cache import BodyStore
from generator.preview.board import EXPLAINED
from generator.preview.reading_level import plain_text, reading_grade
from generator.preview.reports import Reporter
from generator.preview.session import Session
from generator.site.permalinks import Root
from generator.site.schedule import iso, moment_of, moments_of, review_due
from generator.site.types import Article
from generator.views.planned import Planned

_NEXT = 3


def page_report(
    plan: Plan, planned: Planned, bodies: BodyStore, reporter: Reporter, with_links: bool
) -> dict[str, Any]:
    """The bar of one page; all moments are UTC ISO text."""
    source = next(iter(planned.bodies), "")
    said: dict[str, Any] = {
        "source": source,
        "edit": reporter.edit_url(source) if with_links else "",
        "now": iso(plan.site.now),
        "next": _next_moments(plan),
        "findings": reporter.reports(
            [w for w in plan.warnings if source and w.source_path == source], with_links
        ),
        "explained": sorted(EXPLAINED),
        "others": sum(1 for warning in plan.warnings if not source or warning.source_path != source),
    }
    if source in plan.bodies:
        said.update(_reading(plan, source, bodies))
    article = plan.site.articles.get(source)
    if article is not None:
        said.update(_article(plan, article))
    return said


def _reading(plan: Plan, source: str, bodies: BodyStore) -> dict[str, Any]:
    body = plan.bodies.of(source)
    payload = bodies.get(body.key)
    grade = None
    if payload is not None:
        text = plain_text("".join(decode_body(payload).html.parts))
        grade = reading_grade(text, plan.organized.documents[source].language)
    return {"words": body.facts.word_count, "grade": grade._asdict() if grade else None}


def _article(plan: Plan, article: Article) -> dict[str, Any]:
    site = plan.site
    zone, now = site.config.zone, iso(site.now)
    due = review_due(article.front_matter, zone)
    overdue = due is not None and moment_of(due.isoformat(), zone) <= now
    versions = site.translations.get(article.key, {})
    return {
        "status": article.status,
        "overdue": overdue,
        "review": due.isoformat() if due else "",
        "date": moment_of(article.front_matter.date, zone),
        "own": [moment for moment in sorted(moments_of(article.front_matter, zone)) if moment > now],
        "translations": [
            {"language": tag, "url": other.root.href(other.url_path)}
            for tag, other in versions.items()
            if tag != article.language
        ],
    }


def _next_moments(plan: Plan) -> list[dict[str, Any]]:
    """The next moments at which the site changes by itself, with what will appear then."""
    site = plan.site
    start = bisect_right(site.moments, iso(site.now))
    zone = site.config.zone
    scheduled = [
        article
        for article in (*site.withheld.values(), *site.articles.values())
        if article.status == "scheduled"
    ]
    return [
        {
            "moment": moment,
            "titles": [
                a.front_matter.title for a in scheduled if moment_of(a.front_matter.date, zone) == moment
            ][:_NEXT],
        }
        for moment in site.moments[start : start + _NEXT]
    ]


def missing_report(
    plan: Plan,
    root: Root,
    output_path: str,
    session: Session,
    reporter: Reporter,
    with_links: bool,
) -> dict[str, Any]:
    """Why there is no page: withheld, left out, deleted, moved, or never there."""
    for article in plan.site.withheld.values():
        if article.root == root and root.output_path(article.url_path) == output_path:
            return {
                "missing": article.status,
                "source": article.source_path,
                "edit": reporter.edit_url(article.source_path) if with_links else "",
                "date": moment_of(article.front_matter.date, plan.site.config.zone),
                "now": iso(plan.site.now),
            }
    source, url = session.gone.get(output_path, ("", ""))
    if source in session.left_out or (not source and session.left_out):
        return {
            "missing": "faulty" if source else "perhaps-faulty",
            "source": source or ", ".join(sorted(session.left_out)[:_NEXT]),
            "edit": reporter.edit_url(source) if with_links else "",
            "now": iso(plan.site.now),
        }
    if source:
        return {"missing": "gone", "source": source, "moved": url, "now": iso(plan.site.now)}
    return {"missing": "unknown", "source": "", "now": iso(plan.site.now)}
