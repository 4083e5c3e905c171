"""Over random histories of edits an incremental build equals a clean one, and renders just what changed."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.ground.errors import SiteError
from tests.generator.histories import (
    CONDITIONS,
    CONFIG,
    NAMES,
    RESULTS,
    SURVEY,
    article,
    comings,
    edits,
    perform,
    put,
    restore,
    whole_seconds,
)
from tests.sites import NOW, TinySite

Edit = tuple[str, str, str]
# Shrinking a failing history would take many minutes: it is reported as it is.
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
_QUICK = settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    phases=_PHASES,
    suppress_health_check=list(HealthCheck),
)
_LONG = settings(_QUICK, max_examples=150, derandomize=False)


def views(site: TinySite) -> dict[str, str]:
    """The view digest of each page in place."""
    database = sqlite3.connect(site.root / ".gatherwell" / "cache.sqlite")
    try:
        return dict(database.execute("SELECT path, view FROM outputs WHERE path LIKE '%.html'"))
    finally:
        database.close()


def hold_to_the_laws(history: list[Edit], begin: Iterable[tuple[str, str]] = ()) -> None:
    """Build after each edit: the output is that of a clean build, and just the pages with another view are rendered. The site
    begins with the files *begin* too.
    """
    with tempfile.TemporaryDirectory() as folder:
        site = TinySite(Path(folder) / "project")
        site.put("gatherwell.yaml", CONFIG)
        for condition in CONDITIONS:
            for name in NAMES[:3]:
                site.put(*article(condition, name, 1, "sleep", 'Begin "here".'))
        for path, text in begin:
            site.put(path, text)
        now = NOW
        site.build(now=now)
        for edit in history:
            in_place = views(site)
            sources = {
                path: path.read_bytes() for path in (site.root / "content").rglob("*") if path.is_file()
            }
            now = perform(site, edit, now)
            before = site.outputs()
            try:
                result = site.build(now=now)
            except SiteError:
                assert site.outputs() == before, "a failed build must leave the site as it was"
                restore(site, sources)
                continue
            assert site.outputs() == site.clean_outputs(Path(folder) / "clean", now=now), edit
            if (
                edit[0] == "put"
                and not edit[1].startswith(("themes", "gatherwell"))
                and in_place == {path: view for path, view in in_place.items() if view}
            ):
                after = views(site)
                changed = {path for path, view in after.items() if in_place.get(path) != view}
                assert result.rendered == len(changed), edit


@pytest.mark.parametrize("clock", [contextlib.nullcontext, whole_seconds])
@_QUICK
@given(history=st.lists(edits, min_size=14, max_size=14))
def test_any_history_ends_as_a_clean_build(clock: object, history: list[Edit]) -> None:
    with clock():  # type: ignore[operator]
        hold_to_the_laws(history)


def test_the_life_of_a_survey_is_such_a_history() -> None:
    instrument, reviewed = "content/ms/surveys/day.yaml", "content/_results/ms~day.yaml"
    report = article("ms", "a", 10, "work", "Told.", "type: survey-report\nsurvey: day\n")
    figure = article("migraine", "b", 11, "work", "::results{survey=ms~day question=stage}")
    hold_to_the_laws(
        [
            put(instrument, SURVEY.format(title="A", closes="2026-05-20")),
            put(*report),
            put(*figure),
            ("snapshot", "1", ""),
            put(reviewed, RESULTS.format(20)),
            ("clock", "-20", ""),
            put(instrument, SURVEY.format(title="B", closes="2026-05-20")),
            put(reviewed, RESULTS.format(25)),
            ("delete", reviewed, ""),
            ("delete", instrument, ""),
            ("snapshot", "2", ""),
            ("delete", report[0], ""),
        ]
    )


def test_the_life_of_a_story_is_such_a_history() -> None:
    above = "content/ms/stories/_index.md"
    form = "---\ntitle: Told\n---\nTell.\n\n:::story-form\n- {}\n:::\n"
    hold_to_the_laws(
        [
            ("snapshot", "1", ""),
            put(above, form.format("When?")),
            ("snapshot", "2", ""),
            put(above, form.format("Where?")),
            ("snapshot", "3", ""),
            put(*article("ms", "a", 3, "sleep", "::ask-form")),
            ("delete", above, ""),
            ("snapshot", "2", ""),
            ("no cache", "", ""),
            ("snapshot", "0", ""),
        ]
    )


# Links that lead nowhere are warnings, so that what articles come to and go from is built too.
_OF_COMINGS = (
    ("gatherwell.yaml", CONFIG + "checks: {links: warning}\n"),
    ("content/_people/ana.md", "---\nname: Ana\nrole: advocate\n---\nBio.\n"),
    ("content/gout/_index.md", "---\ntitle: Gout\nstart_here: [a.md]\n---\nText.\n"),
    *(article("gout", name, 2, "work", f"See [other](../ms/{name}.md).") for name in NAMES[:3]),
)


@settings(_QUICK, max_examples=3)
@given(history=st.lists(comings, min_size=14, max_size=14))
def test_articles_come_and_go_as_in_a_clean_build(history: list[Edit]) -> None:
    hold_to_the_laws(history, _OF_COMINGS)


@pytest.mark.long
@settings(_LONG, max_examples=60)
@given(history=st.lists(comings, min_size=25, max_size=25))
def test_articles_come_and_go_for_long(history: list[Edit]) -> None:
    hold_to_the_laws(history, _OF_COMINGS)


@pytest.mark.long
@pytest.mark.parametrize("clock", [contextlib.nullcontext, whole_seconds])
@_LONG
@given(history=st.lists(edits, min_size=25, max_size=25))
def test_long_histories_end_as_clean_builds(clock: object, history: list[Edit]) -> None:
    with clock():  # type: ignore[operator]
        hold_to_the_laws(history)
