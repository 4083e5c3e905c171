"""Personal data is found where it stands, asked about before posting, and not seen in doses and dates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.widgets.conftest import Function
from widgets.rules.personal_data import personal_data

CASES = yaml.safe_load(Path(__file__).with_name("personal_data.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_personal_data_is_found_where_it_stands(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [[place.kind, text[place.start : place.end]] for place in personal_data(text)]
    assert found == case["expected"]


@pytest.mark.anyio
async def test_the_problem_names_kinds_and_places_in_the_browser_s_units(function: Function) -> None:
    text = "🙂 Call me: 020 7946 0018, ana@example.org"
    problem = (await function.member().write(f"  {text}\r\n")).json()
    assert problem["found"] == ["phone", "email"]
    units = text.encode("utf-16-le")
    cut = [units[2 * one["start"] : 2 * one["end"]].decode("utf-16-le") for one in problem["places"]]
    assert cut == ["020 7946 0018", "ana@example.org"]


@pytest.mark.anyio
async def test_what_its_writer_confirmed_is_not_asked_about_again(function: Function) -> None:
    answer = await function.member().write("Call me on 020 7946 0018.", confirmed=True)
    assert (answer.status_code, answer.json()["comment"]["state"]) == (201, "published")
