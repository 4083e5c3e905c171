"""The accessibility statement has a day on which it was checked, and not more than a year ago."""

from __future__ import annotations

import pytest

from generator.checks.statements import check_statements
from generator.site.statements import statement_moments
from tests.generator.organized import CONFIG, context_of, policy, site


@pytest.mark.parametrize(
    ("name", "checked", "found"),
    [
        ("accessibility", "2026-05-01", []),
        ("accessibility", "2025-06-02", []),
        ("accessibility", "2025-06-01", [("warning", "more than a year ago")]),
        ("accessibility", "", [("warning", "nobody has checked")]),
        ("accessibility", "2026-07-01", [("error", "not come yet")]),
        ("accessibility.es", "", [("warning", "nobody has checked")]),
        ("about", "", []),
    ],
)
def test_statement_is_checked_each_year(name: str, checked: str, found: list[tuple[str, str]]) -> None:
    page = policy(name, checked=checked).document
    problems = list(check_statements(context_of(site()).site_context, {page.source_path: page}))
    assert len(problems) == len(found)
    for problem, (severity, words) in zip(problems, found, strict=True):
        assert problem.severity == severity
        assert words in problem.message


def test_findings_change_on_the_day_and_a_year_later() -> None:
    pages = [policy("accessibility", checked="2026-05-01"), policy("about", checked="2026-05-01")]
    assert list(statement_moments(pages, CONFIG.zone)) == [
        "2026-05-01T00:00:00+00:00",
        "2027-05-01T00:00:00+00:00",
    ]
