"""Figures of a survey in every shape: whole, in groups, with numbers kept back."""

from __future__ import annotations

from generator.views import types as shapes
from generator.views.types import Bar, Date, Figure, FigureGroup, Link

_DATES = {
    "since": Date("2026-03-01", "1 March 2026"),
    "until": Date("2026-04-30", "30 April 2026"),
    "as_of": Date("2026-05-01", "1 May 2026"),
}

BARS = Figure(
    "helps",
    "bars",
    "What has helped you on a day with an attack?",
    (
        FigureGroup(
            "",
            240,
            (
                Bar("dark", "A dark, quiet room", 180, 75, 0, 75),
                Bar(
                    "cold",
                    "Something cold on the forehead or the neck, for as long as it lasts",
                    95,
                    40,
                    0,
                    40,
                ),
                Bar("walk", "A walk", 0, 0, 0, 0),
                Bar("other", "Something else"),
            ),
        ),
    ),
    after=("Did you have an attack in the last four weeks?",),
    multiple=True,
    kept_back=True,
    link=Link("What we asked", "/migraine/what-we-asked/"),
    **_DATES,
)
BARS_BY = Figure(
    "helps",
    "bars",
    "What has helped you on a day with an attack?",
    tuple(
        FigureGroup(
            label,
            total,
            (
                Bar("dark", "A dark, quiet room", count, share, 0, max(share, 0)),
                Bar("walk", "A walk", 20, 20, 0, 20),
                Bar("other", "Something else"),
            ),
        )
        for label, total, count, share in (
            ("Less than a year", 100, 80, 80),
            ("One year to ten years", 100, 70, 70),
            ("More than ten years", 90, -1, -1),
        )
    ),
    by_key="stage",
    by="How long have you lived with migraine?",
    multiple=True,
    kept_back=True,
    simulated=True,
    **_DATES,
)


def _points(counts: tuple[int, ...], total: int, rest: bool = False) -> FigureGroup:
    labels = ("Not at all", "2", "3", "4", "More than anything else in my life")
    bars, at = [], 0
    for number, (label, count) in enumerate(zip(labels, counts, strict=True), 1):
        share = round(100 * count / total) if count >= 0 else 0
        said = share if count >= 0 else -1
        bars.append(Bar(str(number), label, count, said, at, share, 2 * number, str(number)))
        at += share
    return FigureGroup("", total, tuple(bars), at, 100 - at if rest else 0, rest)


SCALE = Figure(
    "worry",
    "stack",
    "How much do you worry about the next attack?",
    (_points((20, 30, 50, 80, 60), 240),),
    **_DATES,
)
SCALE_BY = Figure(
    "worry",
    "stack",
    "How much do you worry about the next attack?",
    tuple(
        shapes.FigureGroup(
            label, group.total, group.bars, group.rest_start, group.rest_length, group.kept_back
        )
        for label, group in (
            ("Less than a year", _points((-1, 20, 30, 30, 20), 120, rest=True)),
            ("One year or longer", _points((15, 15, 20, 40, 30), 120)),
            ("I would rather not say", FigureGroup("", -1, _points((-1,) * 5, 1).bars, 0, 100)),
        )
    ),
    by_key="stage",
    by="How long have you lived with migraine?",
    kept_back=True,
    **_DATES,
)
HISTOGRAM = Figure(
    "years",
    "histogram",
    "For how many years have you had attacks?",
    (
        FigureGroup(
            "",
            12_345,
            (
                Bar("b1", "Less than 1", 1_500, 12, 0, 12),
                Bar("b2", "1 to 4", 3_000, 24, 0, 24),
                Bar("b3", "5 to 9", 5_000, 41, 0, 41),
                Bar("b4", "10 to 19", 2_800, 23, 0, 23),
                Bar("b5", "20 or more"),
            ),
        ),
    ),
    unit="years",
    kept_back=True,
    base=1,
)
FIGURES = (BARS, BARS_BY, SCALE, SCALE_BY, HISTOGRAM)
