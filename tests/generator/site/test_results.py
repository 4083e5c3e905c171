"""Which results of a survey a site shows: the reviewed before the pulled, of the version that is asked, of what it asks."""

from __future__ import annotations

import msgspec

from generator.content.snapshot import Snapshot
from generator.site.results import published_results, survey_id
from tests.generator.survey_site import results, survey, table

DAY = "migraine~day"
SURVEYS = {DAY: survey()}
PULLED = results(table("stage", 100, new=40, long=60))
REVIEWED = results(table("stage", 95, new=40, long=55))


def test_reviewed_tables_win_over_pulled_ones() -> None:
    snapshot = Snapshot(surveys={DAY: PULLED})
    assert published_results(SURVEYS, {DAY: REVIEWED}, snapshot) == {DAY: REVIEWED}
    assert published_results(SURVEYS, {}, snapshot) == {DAY: PULLED}


def test_a_survey_without_results_is_not_among_them() -> None:
    assert published_results(SURVEYS, {}, Snapshot()) == {}
    assert published_results(SURVEYS, {}, Snapshot(surveys={DAY: None})) == {}
    assert published_results(SURVEYS, {}, Snapshot(surveys={DAY: results()})) == {}


def test_results_of_another_version_are_not_shown() -> None:
    other = msgspec.structs.replace(PULLED, version=2)
    assert published_results(SURVEYS, {}, Snapshot(surveys={DAY: other})) == {}


def test_results_of_a_survey_that_is_gone_are_not_shown() -> None:
    assert published_results({}, {}, Snapshot(surveys={DAY: PULLED})) == {}


def test_tables_that_the_instrument_does_not_know_are_left_out() -> None:
    known = table("helps", 50, by="stage", dark=50)
    unknown = (table("gone", 50, a=50), table("words", 50, a=50), table("stage", 50, by="helps", new=50))
    pulled = Snapshot(surveys={DAY: results(known, *unknown)})
    assert published_results(SURVEYS, {}, pulled)[DAY].tables == (known,)


def test_a_survey_is_named_within_its_condition_or_whole() -> None:
    assert (survey_id("ms", "day"), survey_id("ms", "migraine~day")) == ("ms~day", DAY)
