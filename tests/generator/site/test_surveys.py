"""Surveys of the organized site: states, moments, marks of wordings."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from generator.content.config import Config
from generator.site.permalinks import make_permalinks
from generator.site.surveys import make_surveys, open_surveys, parse_surveys, survey_moments, surveys_of
from generator.site.types import Survey
from tests.generator.content.surveys.working_day import ID, INSTRUMENT, PATH, SPANISH, SPANISH_PATH
from tests.generator.organized import hub
from tests.sites import TinySite

CONFIG = Config(title="Tiny", languages=("en", "es"), time_zone="Europe/London", base_url="https://tiny.example/")
LINKS = make_permalinks(CONFIG.base_url, {})
HUB = "== content/migraine/_index.md\n---\ntitle: Migraine\n---\n"


def made(
    now: str = "2026-06-01T12:00:00+00:00", text: str = INSTRUMENT, drafts: bool = False, **more: str
) -> tuple[dict[str, Survey], list[str]]:
    raw = {PATH: text.encode(), SPANISH_PATH: more.get("spanish", SPANISH).encode()}
    instruments, problems = parse_surveys(raw, CONFIG)
    assert problems == []
    conditions = {"migraine": hub("migraine", LINKS)}
    surveys, found = make_surveys(instruments, conditions, LINKS, CONFIG, now, drafts)
    return surveys, [str(each).replace("\n    ", " | ") for each in found]


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-02-28T23:59:59+00:00", "coming"),
        ("2026-03-01T00:00:00+00:00", "open"),
        # The last day ends at midnight in London, which is summer time.
        ("2026-08-31T22:59:59+00:00", "open"),
        ("2026-08-31T23:00:00+00:00", "closed"),
    ],
)
def test_a_survey_is_taken_from_its_first_day_to_the_end_of_its_last(now: str, state: str) -> None:
    assert made(now)[0][ID].state == state


def test_a_page_for_each_language_that_it_has_words_in() -> None:
    surveys, _ = made()
    assert surveys[ID].url_paths == {
        "en": "/migraine/surveys/working-day/",
        "es": "/migraine/es/surveys/working-day/",
    }
    assert surveys_of(surveys, "migraine", "es") == open_surveys(surveys, "migraine", "es") == (surveys[ID],)
    assert surveys_of(surveys, "migraine", "fr") == ()


def test_opening_and_closing_change_the_site() -> None:
    surveys, _ = made()
    assert survey_moments(surveys.values()) == {"2026-03-01T00:00:00+00:00", "2026-08-31T23:00:00+00:00"}


def test_a_draft_is_shown_on_request_alone() -> None:
    text = INSTRUMENT + "draft: true\n"
    assert made(text=text)[0] == {}
    assert list(made(text=text, drafts=True)[0]) == [ID]


def marks() -> tuple[str, str]:
    words = made()[0][ID].instrument.words
    return words["en"].mark, words["es"].mark


def test_an_open_survey_without_marks_is_told_which_to_write() -> None:
    english, spanish = marks()
    assert [told.partition(" | ")[2] for told in made()[1]] == [
        f"add a line `wording: {english}`",
        f"add a line `wording: {spanish}`",
    ]
    assert made("2026-02-01T00:00:00+00:00")[1] == []
    marked = f"{INSTRUMENT}wording: {english}\n"
    assert made(text=marked, spanish=f"{SPANISH}wording: {spanish}\n")[1] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Do you work for pay?", "Are you employed?"),
        ("yes: I do,", "yes: Always,"),
        ("below: 5}", "below: 6}"),
        ("points: 5", "points: 7"),
        ("unit: years", "unit: months"),
    ],
)
def test_a_question_reworded_under_an_old_version_is_told(old: str, new: str) -> None:
    english, spanish = marks()
    changed = f"{INSTRUMENT}wording: {english}\n".replace(old, new)
    changed = changed.replace("least: 5}", "least: 6}") if "6" in new else changed
    (told,) = made(text=changed, spanish=f"{SPANISH}wording: {spanish}\n")[1][:1]
    assert told.startswith(f"{PATH}:56:1: warning: the questions are not those that version 1 was fixed with")
    assert "write `version: 2`" in told


def test_a_version_that_steps_without_its_mark_is_told_the_mark_to_write() -> None:
    english, spanish = marks()
    stepped = f"version: 2\n{INSTRUMENT}wording: {english}\n"
    told = made(text=stepped, spanish=f"{SPANISH}wording: {spanish}\n")[1]
    assert len(told) == 2
    assert all("is version 2 new, write `wording: w" in each for each in told)

    marked = [re.findall(r"`wording: (w\w+)`", each)[0] for each in told]
    stepped = stepped.replace(english, marked[0])
    assert made(text=stepped, spanish=f"{SPANISH}wording: {marked[1]}\n")[1] == []


def test_the_mark_of_the_next_version_is_told_before_it_is_written() -> None:
    english, spanish = marks()
    text = f"{INSTRUMENT}wording: {english}\n".replace("Do you work for pay?", "Are you employed?")
    (told,) = made(text=text, spanish=f"{SPANISH}wording: {spanish}\n")[1]
    anew = re.findall(r"`wording: (w\w+)`", told)[-1]
    text = f"version: 2\n{text.replace(english, anew)}"
    assert f"{PATH}:" not in "".join(made(text=text, spanish=f"{SPANISH}wording: {spanish}\n")[1])


def test_titles_and_helping_words_may_be_mended() -> None:
    english, spanish = marks()
    mended = INSTRUMENT.replace("Your best guess is fine.", "A guess is fine.").replace("working day", "day at work")
    assert made(text=f"{mended}wording: {english}\n", spanish=f"{SPANISH}wording: {spanish}\n")[1] == []


def test_a_fault_in_an_instrument_stops_the_build(tmp_path: Path) -> None:
    site = TinySite(tmp_path, f"{HUB}== {PATH}\n{INSTRUMENT}".replace("kind: text", "kind: txt"))
    assert site.fails() == [f"{PATH}:52:15: 'kind' cannot be 'txt' | did you mean 'text'?"]


def test_an_instrument_of_no_condition_is_told(tmp_path: Path) -> None:
    path = PATH.replace("migraine/", "migrane/")
    assert TinySite(tmp_path, f"{HUB}== {path}\n{INSTRUMENT}").fails() == [
        f"{path}: there is no condition 'migrane' | did you mean 'migraine'?"
    ]


def test_a_build_after_the_closing_is_a_new_one(tmp_path: Path) -> None:
    site = TinySite(tmp_path, f"{HUB}== {PATH}\n{INSTRUMENT}")
    now = dt.datetime(2026, 8, 31, 12, tzinfo=dt.UTC)
    assert site.build(now=now).next_change == "2026-09-01T00:00:00Z"
