"""What must hold before anything is written: one rule a file, one ordered list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator.bodies import body_problems
from generator.checks.citations import check_citations
from generator.checks.images import check_images
from generator.checks.links import check_links
from generator.checks.polls import check_polls
from generator.checks.reviews import check_reviews
from generator.checks.summaries import check_summaries
from generator.checks.terms import check_terms
from generator.errors import Problem
from generator.read import Document
from generator.views.material import Material

Rule = Callable[[Material, Mapping[str, Document]], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    check_links,
    check_images,
    check_citations,
    check_polls,
    check_terms,
    check_reviews,
    check_summaries,
)


def run_checks(material: Material, documents: Mapping[str, Document]) -> list[Problem]:
    """All findings over *documents* (those that have pages), as seriously as the configuration takes them."""
    problems = [
        problem
        for path, document in documents.items()
        for problem in body_problems(document, material.bodies[path].facts)
    ]
    for rule in RULES:
        problems.extend(rule(material, documents))
    return apply_levels(problems, material.site.config.checks)


def apply_levels(problems: list[Problem], levels: object) -> list[Problem]:
    """Problems with the severity that ``checks:`` in the configuration gives their rule; ``off`` drops them."""
    found = []
    for problem in problems:
        level = getattr(levels, problem.rule, None) if problem.rule else None
        if level == "off":
            continue
        if (
            level is not None
            and level != problem.severity
            and not (level == "error" and problem.severity == "warning")
        ):
            problem = Problem(
                problem.message,
                problem.line,
                problem.column,
                problem.hint,
                problem.source_path,
                level,
                problem.rule,
            )
        found.append(problem)
    return found
