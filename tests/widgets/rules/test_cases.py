"""Every publishing rule against its file of cases, which anybody can add to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from widgets.rules.claims import judge_claim
from widgets.rules.crisis import judge_plea
from widgets.rules.harm import judge_harm
from widgets.rules.publishing import RULES, Draft, Rule

CASES = Path(__file__).parent / "publishing"
PLAIN = Draft(
    text="words",
    links=0,
    policy="post",
    approved_before=False,
    proven=True,
    seen_elsewhere=False,
    personal_data=(),
    confirmed=False,
)


def cases() -> list[Any]:
    found = []
    for rule in RULES:
        path = CASES / f"{rule.__name__}.yaml"
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))):
            found.append(pytest.param(rule, case, id=f"{rule.__name__}-{number}"))
    return found


@pytest.mark.parametrize(("rule", "case"), cases())
def test_a_rule_finds_what_its_case_says(rule: Rule, case: dict[str, Any]) -> None:
    given = {key: tuple(value) if isinstance(value, list) else value for key, value in case["given"].items()}
    text = case["text"]
    judged = {"plea": judge_plea(text), "claim": judge_claim(text), "harm": judge_harm(text)}
    finding = rule(replace(PLAIN, text=text, **judged, **given))
    expected = case["expected"]
    if expected is None:
        assert finding is None
    else:
        assert finding is not None
        assert (finding.reason, finding.urgency, finding.holds) == (
            expected["reason"],
            expected["urgency"],
            expected.get("holds", True),
        )


def test_every_file_of_cases_belongs_to_a_rule() -> None:
    assert {path.stem for path in CASES.glob("*.yaml")} == {rule.__name__ for rule in RULES}
