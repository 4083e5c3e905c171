"""Owns when a survey's raw rows go: a number of months after its closing."""

from __future__ import annotations

from calendar import monthrange

from widgets.contract.surveys import Survey


def rows_until(survey: Survey) -> int | None:
    """Seconds since 1970; None while no closing is set. A day that the month lacks is its last."""
    if survey.closes is None:
        return None
    months = survey.closes.year * 12 + survey.closes.month - 1 + survey.months
    year, month = months // 12, months % 12 + 1
    day = min(survey.closes.day, monthrange(year, month)[1])
    return int(survey.closes.replace(year=year, month=month, day=day).timestamp())
