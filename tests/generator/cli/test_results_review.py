"""`gatherwell results pull --review` writes what was pulled for review, where it fits the instrument, once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.cli.results import write_reviews
from generator.content.config import read_config
from tests.generator.survey_site import INSTRUMENT, REVIEWED, SITE
from tests.sites import TinySite

TABLE = {"question": "stage", "by": None, "totals": {"": 65}, "cells": [{"key": "new", "count": 45}, {"key": "long", "count": None}]}  # fmt: skip
RESULTS = {"version": 1, "moment": "2026-05-01T00:00:00Z", "final": True, "responses": 65, "tables": [TABLE]}


def review(site: TinySite, capsys: pytest.CaptureFixture[str], surveys: dict[str, Any]) -> list[str]:
    """What is said when *surveys* were pulled."""
    site.put(".gatherwell/private/snapshot.json", json.dumps({"surveys": surveys}))
    capsys.readouterr()
    write_reviews(site.root, read_config(site.root)[0])
    return capsys.readouterr().out.splitlines()


def test_pulled_tables_become_a_file_that_pages_show(
    site: TinySite, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write(SITE).delete(REVIEWED)
    told = review(site, capsys, {"migraine~day": RESULTS})
    assert told == [f"{REVIEWED}: written; read it, commit it and open a pull request"]
    assert "answers: {new: 45, long: kept back}" in (site.root / REVIEWED).read_text("utf-8")
    assert review(site, capsys, {"migraine~day": RESULTS}) == [f"{REVIEWED}: as it was"]
    (site.root / ".gatherwell/private/snapshot.json").unlink()
    site.build()
    assert "About 65 people" in site.text("migraine/report/index.html")


def test_what_does_not_fit_is_left_out_and_said(site: TinySite, capsys: pytest.CaptureFixture[str]) -> None:
    site.write(SITE).delete(REVIEWED)
    old = {**RESULTS, "version": 3}
    told = review(site, capsys, {"migraine~day": old, "ms~gone": RESULTS})
    assert told == [
        f"migraine~day: its results are of version 3, while {INSTRUMENT} is at 1; left out",
        "ms~gone: there is no such survey here; left out",
    ]
    assert review(site, capsys, {"migraine~day": None}) == ["migraine~day: nothing is published yet"]
    assert not (site.root / "content/_results").exists() or not list(
        (site.root / "content/_results").iterdir()
    )
