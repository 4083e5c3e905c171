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


def judged(rule: Rule, case: dict[str, Any]) -> tuple[str, int, bool] | None:
    """Reason, urgency and whether the rule holds the text; None where it finds nothing."""
    given = {key: tuple(value) if isinstance(value, list) else value for key, value in case["given"].items()}
    text = case["text"]
    found = {"plea": judge_plea(text), "claim": judge_claim(text), "harm": judge_harm(text)}
    finding = rule(replace(PLAIN, text=text, **found, **given))
    return None if finding is None else (finding.reason, finding.urgency, finding.holds)


def expected(case: dict[str, Any]) -> tuple[str, int, bool] | None:
    told = case["expected"]
    return None if told is None else (told["reason"], told["urgency"], told.get("holds", True))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_finds_what_its_cases_say(rule: Rule) -> None:
    cases = yaml.safe_load((CASES / f"{rule.__name__}.yaml").read_text(encoding="utf-8"))
    assert cases
    assert [(case, found) for case in cases if (found := judged(rule, case)) != expected(case)] == []


def test_every_file_of_cases_belongs_to_a_rule() -> None:
    assert {path.stem for path in CASES.glob("*.yaml")} == {rule.__name__ for rule in RULES}
