"""What the writer's bar says of one page: its state, its words, its findings, what time will do to it."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from generator.bodies import decode_body
from generator.cache import BodyStore
from generator.permalinks import Root
from generator.preview.grade import plain_text, reading_grade
from generator.preview.proof import Proof
from generator.preview.reports import Reporter
from generator.schedule import iso, moment_of, moments_of, review_due
from generator.site import Article
from generator.views.planned import Planned

_NEXT = 3


def page_report(
    proof: Proof, plan: Planned, bodies: BodyStore, reporter: Reporter, with_links: bool
) -> dict[str, Any]:
    """The bar of one page; all moments are UTC ISO text."""
    source = next(iter(plan.bodies), "")
    said: dict[str, Any] = {
        "source": source,
        "edit": reporter.edit_url(source) if with_links else "",
        "now": iso(proof.site.now),
        "next": _next_moments(proof),
        "findings": reporter.reports(
            [w for w in proof.warnings if source and w.source_path == source], with_links
        ),
        "others": sum(1 for warning in proof.warnings if not source or warning.source_path != source),
    }
    if source in proof.bodies:
        said.update(_reading(proof, source, bodies))
    article = proof.site.articles.get(source)
    if article is not None:
        said.update(_article(proof, article))
    return said


def _reading(proof: Proof, source: str, bodies: BodyStore) -> dict[str, Any]:
    digest = proof.bodies[source]
    payload = bodies.get(digest.key)
    grade = None
    if payload is not None:
        text = plain_text("".join(decode_body(payload).html.parts))
        grade = reading_grade(text, proof.organized.documents[source].language)
    return {"words": digest.facts.word_count, "grade": grade._asdict() if grade else None}


def _article(proof: Proof, article: Article) -> dict[str, Any]:
    site = proof.site
    zone, now = site.config.zone, iso(site.now)
    due = review_due(article.matter, zone)
    overdue = due is not None and moment_of(due.isoformat(), zone) <= now
    versions = site.translations.get(article.key, {})
    return {
        "status": article.status,
        "overdue": overdue,
        "review": due.isoformat() if due else "",
        "date": moment_of(article.matter.date, zone),
        "own": [moment for moment in sorted(moments_of(article.matter, zone)) if moment > now],
        "translations": [
            {"language": tag, "url": other.root.href(other.url_path)}
            for tag, other in versions.items()
            if tag != article.language
        ],
    }


def _next_moments(proof: Proof) -> list[dict[str, Any]]:
    """The next moments at which the site changes by itself, with what will appear then."""
    site = proof.site
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
            "titles": [a.matter.title for a in scheduled if moment_of(a.matter.date, zone) == moment][:_NEXT],
        }
        for moment in site.moments[start : start + _NEXT]
    ]


def missing_report(
    proof: Proof,
    root: Root,
    output_path: str,
    gone: dict[str, tuple[str, str]],
    reporter: Reporter,
    with_links: bool,
) -> dict[str, Any]:
    """Why there is no page: withheld, deleted, moved, or never there. *gone* has (source, its new url) by output path."""
    for article in proof.site.withheld.values():
        if article.root == root and root.output_path(article.url_path) == output_path:
            return {
                "missing": article.status,
                "source": article.source_path,
                "edit": reporter.edit_url(article.source_path) if with_links else "",
                "date": moment_of(article.matter.date, proof.site.config.zone),
                "now": iso(proof.site.now),
            }
    if output_path in gone:
        source, url = gone[output_path]
        return {"missing": "gone", "source": source, "moved": url, "now": iso(proof.site.now)}
    return {"missing": "unknown", "source": "", "now": iso(proof.site.now)}
