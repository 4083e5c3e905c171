"""A report's page: its method from the instrument, its data for search engines, its line on the hub."""

from __future__ import annotations

import html
import json
import re

import pytest

from tests.generator.survey_site import INSTRUMENT, REVIEWED, SITE
from tests.sites import TinySite

REPORT = "migraine/report/index.html"


@pytest.fixture
def asked(site: TinySite) -> TinySite:
    return site.write(SITE)


def plain(site: TinySite, path: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", site.text(path))).split())


def test_the_method_says_what_readers_need_to_judge_it(asked: TinySite) -> None:
    asked.build()
    text = plain(asked, REPORT).partition("How these numbers came about What it was for")[2]
    for told in (
        "To learn what a working day is like.",  # purpose
        "River Trust, paid by nobody else",  # sponsor
        "Anybody aged 16 or older",  # population
        "Nobody was drawn by chance",  # sampling
        "On these pages alone.",  # recruitment
        "From 1 March 2026 to 30 April 2026.",
        "A working day : 5 questions, version 1. Some were asked after certain answers only. Languages: English.",
        "The words beside the two ticks (version 2026-01).",
        "My answers may be kept. My answers may count in published tables.",
        "No committee was asked, since nobody can be known.",
        "About 240 people’s answers are counted. Each device could answer once",
        "Nothing is weighted.",
        "There is none. We do not count who reads a page",  # response rate
        "rounded by chance to a multiple of 5",
        "deleted 24 months after the survey has closed",
        "A margin of error would pretend otherwise and is not given.",
    ):
        assert told in text


def test_exact_counts_are_owned_up_to(asked: TinySite) -> None:
    asked.replace(INSTRUMENT, "opens:", "exact: true\nopens:")
    asked.replace(REVIEWED, "base: 5", "base: 1")
    asked.build()
    text = plain(asked, REPORT)
    assert "These counts are exact. Nothing is rounded and nothing is kept back" in text
    assert "240 people’s answers are counted." in text
    assert "rounded by chance" not in text


def test_interim_numbers_are_called_so(asked: TinySite) -> None:
    asked.replace(REVIEWED, "final: true", "final: false")
    asked.build()
    assert "These are interim numbers of 1 May 2026." in plain(asked, REPORT)


def test_simulated_answers_are_called_so_wherever_a_number_stands(asked: TinySite) -> None:
    asked.replace(REVIEWED, "final: true", "final: true\nsimulated: true")
    asked.build()
    assert asked.text(REPORT).count('class="chart-simulated"') == 5
    assert "These answers are simulated: nobody was asked." in plain(asked, REPORT)
    for hub in ("index.html", "migraine/index.html"):
        assert "Simulated answers. What helps you at work?" in plain(asked, hub)
    assert "Simulated answers: nobody was asked." in dataset(asked)["description"]
    rows = asked.text("migraine/report/results.csv").splitlines()[1:]
    assert [row for row in rows if not row.endswith(",yes")] == []


def dataset(site: TinySite) -> dict[str, object]:
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', site.text(REPORT))
    assert block
    [found] = [one for one in json.loads(block[1])["@graph"] if one["@type"] == "Dataset"]
    assert isinstance(found, dict)
    return found


def test_search_engines_learn_what_was_measured_and_where_the_numbers_are(asked: TinySite) -> None:
    asked.build()
    found = dataset(asked)
    assert found["name"] == "A working day"
    assert (found["temporalCoverage"], found["dateModified"]) == ("2026-03-01/2026-04-30", "2026-05-01")
    assert "creator" not in found  # what the instrument says of its sponsor is a sentence, no name
    measured = found["variableMeasured"]
    assert isinstance(measured, list)
    assert [one["name"] for one in measured] == [
        "How long have you lived with it?",
        "What helps you at work?",
        "How much do you worry?",
        "How many years?",
    ]
    assert measured[3] == {
        "@type": "PropertyValue",
        "name": "How many years?",
        "unitText": "years",
        "valueReference": ["Less than 5", "5 or more"],
    }
    downloads = found["distribution"]
    assert isinstance(downloads, list)
    for one in downloads:
        path = one["contentUrl"].removeprefix("https://tiny.example/")
        assert (asked.out / path).is_file()


def test_a_report_without_results_has_a_method_and_no_data(asked: TinySite) -> None:
    asked.delete(REVIEWED)
    asked.build()
    text = asked.text(REPORT)
    assert "There are no results of this survey yet." in text
    assert "How these numbers came about" in text
    assert '"Dataset"' not in text
    assert "What we asked, and what came out" not in asked.text("migraine/index.html")


@pytest.mark.parametrize(
    ("finding", "line"),
    [
        ("helps", "What helps you at work? 65% of about 230 people who chose to answer: A dark room"),
        ("worry", "How much do you worry? 45% of about 200 people who chose to answer: 2"),
        (
            "",
            "How long have you lived with it? 58% of about 240 people who chose to answer: A year or longer",
        ),
    ],
)
def test_the_hub_says_in_one_line_what_most_people_answered(asked: TinySite, finding: str, line: str) -> None:
    written = f"finding: {finding}\n" if finding else ""
    asked.replace("content/migraine/report.md", "finding: helps\n", written)
    asked.build()
    assert f"What a working day is like {line}" in plain(asked, "migraine/index.html")
    assert "What a working day is like" not in plain(asked, "migraine/es/index.html")
