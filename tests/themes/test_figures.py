"""Figures as pages show them: chart and table say the same, in words, in both languages, without inline styles."""

from __future__ import annotations

import re

import msgspec
import pytest

from generator.build.pages import Renderer
from generator.ground.model import Body, CrisisSlot, Facts, Fragment
from generator.theme import Theme
from generator.views import types as shapes
from tests.themes import samples
from tests.themes.samples.figures import BARS, BARS_BY, FIGURES, HISTOGRAM, SCALE, SCALE_BY

TAGS = re.compile(r"<[^>]+>")
NAMES = [f"{one.key}{'-by' if one.by else ''}" for one in FIGURES]


def shown(theme: Theme, figure: shapes.Figure, language: str = "en") -> str:
    """The HTML of one figure in a page."""
    body = Body(Fragment(("", ""), (0,)), (CrisisSlot(1),), Facts())
    page = samples.article(
        body=shapes.BodyRef("d", (shapes.FiguresValue((figure,)),), True), references=(), language=language
    )
    text = Renderer(theme).render(page, samples.chrome(theme.urls, language=language), body).decode()
    return text[text.index("<figure") : text.index("</figure>")]


def cells(html: str) -> list[list[str]]:
    """The table's rows as plain text."""
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    return [[TAGS.sub("", cell) for cell in re.findall(r"<t[hd][^>]*>.*?</t[hd]>", row)] for row in rows]


def said(bar: shapes.Bar) -> str:
    if bar.count < 0:
        return "kept back"
    return f"{bar.percent}% ({bar.count})" if bar.percent >= 0 else str(bar.count)


def test_the_table_holds_every_number_of_the_figure(commons: Theme) -> None:
    head, *rows, foot = cells(shown(commons, BARS))
    assert head == ["Answer", "People", "Share"]
    assert rows == [
        [
            bar.label,
            "kept back" if bar.count < 0 else str(bar.count),
            f"{bar.percent}%" if bar.percent >= 0 else "–",
        ]
        for bar in BARS.groups[0].bars
    ]
    assert foot[:2] == ["Answered this question", "240"]


@pytest.mark.parametrize("figure", [BARS_BY, SCALE_BY], ids=["bars", "stack"])
def test_the_table_of_a_breakdown_has_a_column_for_each_group(commons: Theme, figure: shapes.Figure) -> None:
    head, *rows, foot = cells(shown(commons, figure))
    assert head == ["Answer", *(group.label for group in figure.groups)]
    for at, row in enumerate(rows):
        assert row[1:] == [said(group.bars[at]) for group in figure.groups]
    assert foot[1:] == ["kept back" if group.total < 0 else str(group.total) for group in figure.groups]


def test_lengths_of_the_chart_are_the_shares_of_the_table(commons: Theme) -> None:
    bars = re.findall(r'class="bar-fill" width="(\d+)%"', shown(commons, BARS))
    assert bars == [str(bar.percent) for bar in BARS.groups[0].bars if bar.percent > 0]
    html = shown(commons, SCALE)
    parts = re.findall(r'class="stack-part" x="(\d+)%" width="(\d+)%"', html)
    assert parts == [(str(bar.start), str(bar.length)) for bar in SCALE.groups[0].bars]
    columns = re.findall(r'class="histogram-fill" width="(\d+)%"', shown(commons, HISTOGRAM))
    assert columns == [str(bar.length) for bar in HISTOGRAM.groups[0].bars if bar.length]


def test_no_part_of_a_stack_is_known_by_its_colour_alone(commons: Theme) -> None:
    html = shown(commons, SCALE)
    marks = re.findall(r'class="stack-mark"[^>]*>([^<]+)<', html)
    keys = re.findall(r"<span>(\d)(?: – [^<]+)?</span>", html)
    assert marks == keys == ["1", "2", "3", "4", "5"]
    label = re.search(r'role="img" aria-label="([^"]+)"', html)
    assert label
    assert label[1].startswith("1 – Not at all: 8% (20); 2: 12% (30); ")


@pytest.mark.parametrize("figure", FIGURES, ids=NAMES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_figure_says_who_answered_and_how_it_was_counted(
    commons: Theme, figure: shapes.Figure, language: str
) -> None:
    note = TAGS.sub("", shown(commons, figure, language).partition('chart-note">')[2].partition("</p>")[0])
    words = {
        "en": ("who chose to answer", "rounded by chance to multiples of 5", "Counts are exact", "Kept back: ", "Several answers"),
        "es": ("quisieron responder", "redondeados al azar a múltiplos de 5", "son exactos", "Reservado: ", "varias respuestas"),
    }[language]  # fmt: skip
    wanted = (True, figure.base == 5, figure.base == 1, figure.kept_back, figure.multiple)
    assert tuple(word in note for word in words) == wanted
    assert ("margin" in note, "margen" in note) == (False, False)


def test_a_question_that_not_everybody_was_asked_says_so(commons: Theme) -> None:
    assert "Asked after certain answers to: Did you have an attack in the last four weeks?" in shown(
        commons, BARS
    )
    assert "Asked after" not in shown(commons, SCALE)


def test_simulated_answers_are_called_so_before_the_question(commons: Theme) -> None:
    caption = TAGS.sub("", re.split("</?figcaption[^>]*>", shown(commons, BARS_BY))[1])
    assert caption.startswith("Simulated answers What has helped you")
    assert "Simulated" not in shown(commons, BARS)


@pytest.mark.parametrize("figure", FIGURES, ids=NAMES)
def test_no_chart_needs_an_inline_style_a_script_or_an_id(commons: Theme, figure: shapes.Figure) -> None:
    assert not re.search(r"\s(?:style|id|on\w+)=|<(?:style|script)|url\(", shown(commons, figure))


def test_the_results_of_a_poll_have_a_table_of_the_same_numbers(pages: dict[str, bytes]) -> None:
    html = pages["hub"].decode().partition("data-poll-results")[2].partition("</details>")[0]
    bars = re.findall(r'bar-percent">(\d+)%</span> <span class="bar-count">\((\d+)\)', html)
    assert len(bars) == 3
    assert [(share, count) for _, count, share in cells(html)[1:]] == [
        (f"{share}%", count) for share, count in bars
    ]


def test_a_count_is_grouped_as_the_language_writes_it(commons: Theme) -> None:
    spanish = msgspec.structs.replace(HISTOGRAM, since=None)
    assert "12,345 people who chose to answer." in shown(commons, HISTOGRAM)
    assert "12.345 personas que quisieron responder." in shown(commons, spanish, "es")
