"""Somebody else's overdose: of any relation and any whole quantity a plea of now, and what is nearly the same none."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from widgets.rules.crisis import judge_plea

PAIRS: dict[str, list[dict[str, str]]] = yaml.safe_load(
    (Path(__file__).parent / "overdoses.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("language", PAIRS)
def test_an_overdose_calls_at_once_and_its_twin_is_no_plea(language: str) -> None:
    pleas = {pair["now"]: judge_plea(pair["now"]) for pair in PAIRS[language]}
    assert [text for text, plea in pleas.items() if plea is None or plea.alert != "at once"] == []
    assert [pair["harmless"] for pair in PAIRS[language] if judge_plea(pair["harmless"])] == []


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("Mum took all her tablets with water", False),
        ("Mum took all her tablets with water and she is unconscious", True),
        ("He drank a whole bottle of wine", False),
        ("He drank a whole bottle of morphine", True),
        ("She has taken the same tablets for years", False),
        ("friend has overdosed on sugar", False),
        ("friend has overdosed on her tablets", True),
    ],
)
def test_what_somebody_took_without_harm_gives_way_beside_something_grave(text: str, now: bool) -> None:
    plea = judge_plea(text)
    assert (plea is not None and plea.level == "now") is now
