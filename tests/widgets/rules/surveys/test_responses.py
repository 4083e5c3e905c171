"""What a response may say: each fault by its code, routing, free texts apart."""

from __future__ import annotations

import math

import pytest

from tests.widgets.rules.surveys.simulated import CLOSES, OPENS, survey
from widgets.contract.problems import Problem
from widgets.contract.surveys import AskIf, Band, Choice, Question
from widgets.rules.surveys.responses import AnswersInvalid, check_response, drop_unasked, is_asked
from widgets.rules.surveys.values import LONGEST

NOW = OPENS.timestamp() + 1
SURVEY = survey(
    [
        Question("sleep", "single", (Choice("good"), Choice("bad")), required=True),
        Question(
            "symptoms",
            "multiple",
            (Choice("aura"), Choice("nausea"), Choice("light"), Choice("none", exclusive=True)),
            min=2,
            max=2,
        ),
        Question("pain", "scale", tuple(Choice(str(at)) for at in range(1, 11)), ask_if=(AskIf("sleep", ("bad",)),)),
        Question("years", "number", least=0, most=90, decimals=1, bands=(Band("few", None, 5), Band("many", 5, 60))),
        Question("since", "text", ask_if=(AskIf("years", ("many",)),)),
        Question("why", "single", (Choice("a"),), required=True, ask_if=(AskIf("pain", ("9", "10")), AskIf("years", ("few",)))),
    ]
)  # fmt: skip


def faults(**answers: object) -> dict[str, str]:
    with pytest.raises(AnswersInvalid) as refused:
        check_response(SURVEY, 1, {"sleep": "good", **answers}, NOW)
    assert refused.value.document()["faults"] == refused.value.faults
    assert refused.value.status == 400
    return dict(refused.value.faults)


@pytest.mark.parametrize(
    ("answers", "key", "fault"),
    [
        ({"forged": "x"}, "", "unknown-question"),
        ({"sleep": None}, "sleep", "required"),
        ({"sleep": " "}, "sleep", "required"),
        ({"sleep": "GOOD"}, "sleep", "unknown-choice"),
        ({"sleep": "good\x00"}, "sleep", "unknown-choice"),
        ({"sleep": ["good"]}, "sleep", "type"),
        ({"sleep": True}, "sleep", "type"),
        ({"sleep": 1}, "sleep", "type"),
        ({"sleep": {"a": 1}}, "sleep", "type"),
        ({"symptoms": ["aura"]}, "symptoms", "too-few"),
        ({"symptoms": "aura"}, "symptoms", "too-few"),
        ({"symptoms": ["aura", "nausea", "light"]}, "symptoms", "too-many"),
        ({"symptoms": ["aura", "aura"]}, "symptoms", "repeated"),
        ({"symptoms": ["aura", "none"]}, "symptoms", "exclusive"),
        ({"symptoms": ["aura", "forged"]}, "symptoms", "unknown-choice"),
        ({"symptoms": ["aura", 1]}, "symptoms", "type"),
        ({"symptoms": ["aura", ["nausea"]]}, "symptoms", "type"),
        ({"symptoms": 7}, "symptoms", "type"),
        ({"pain": "5"}, "pain", "not-asked"),
        ({"sleep": "bad", "pain": "11"}, "pain", "unknown-choice"),
        ({"sleep": "bad", "pain": "0"}, "pain", "unknown-choice"),
        ({"sleep": "bad", "pain": 5}, "pain", "type"),
        ({"years": -1}, "years", "too-small"),
        ({"years": 90.5}, "years", "too-large"),
        ({"years": 1.25}, "years", "decimals"),
        ({"years": "1.25"}, "years", "decimals"),
        ({"years": math.nan}, "years", "not-a-number"),
        ({"years": math.inf}, "years", "not-a-number"),
        ({"years": -math.inf}, "years", "not-a-number"),
        ({"years": 10**400}, "years", "not-a-number"),
        ({"years": 1e300}, "years", "not-a-number"),
        ({"years": "9" * 400}, "years", "not-a-number"),
        ({"years": "1e3"}, "years", "not-a-number"),
        ({"years": "٣"}, "years", "not-a-number"),
        ({"years": "five"}, "years", "not-a-number"),
        ({"years": True}, "years", "type"),
        ({"years": [5]}, "years", "type"),
        ({"years": 10, "since": "x" * (LONGEST + 1)}, "since", "too-long"),
        ({"years": 10, "since": "x" * 1_000_000}, "since", "too-long"),
        ({"years": 10, "since": "a\x00b"}, "since", "characters"),
        ({"years": 10, "since": "\ud800"}, "since", "characters"),
        ({"years": 10, "since": 5}, "since", "type"),
        ({"years": 3, "since": "then"}, "since", "not-asked"),
        ({"sleep": "bad", "pain": "9", "years": 3}, "why", "required"),
    ],
)  # fmt: skip
def test_a_fault_is_named_beside_its_question(answers: dict[str, object], key: str, fault: str) -> None:
    assert faults(**answers) == {key: fault}


def test_every_fault_is_named_at_once() -> None:
    found = faults(sleep="no", symptoms=["aura"], years="x", forged=1, other=2)
    assert found == {
        "": "unknown-question",
        "sleep": "unknown-choice",
        "symptoms": "too-few",
        "years": "not-a-number",
    }


def test_a_problem_repeats_nothing_that_was_sent() -> None:
    with pytest.raises(AnswersInvalid) as refused:
        check_response(SURVEY, 1, {"sleep": "secretanswer", "secretkey": "x"}, NOW)
    assert "secret" not in repr(refused.value.document())


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"symptoms": ["nausea", "aura"]}, {"symptoms": ("aura", "nausea")}),
        ({"symptoms": ("none",)}, {"symptoms": ("none",)}),
        ({"symptoms": "none"}, {"symptoms": ("none",)}),
        ({"symptoms": []}, {}),
        ({"years": ""}, {}),
        ({"years": 0}, {"years": 0.0}),
        ({"years": -0.0}, {"years": 0.0}),
        ({"years": " 2,5 "}, {"years": 2.5}),
        ({"years": 0.1}, {"years": 0.1}),
        ({"years": 90}, {"years": 90.0}),
    ],
)
def test_answers_in_order_are_taken(answers: dict[str, object], found: dict[str, object]) -> None:
    assert check_response(SURVEY, 1, {"sleep": "good", **answers}, NOW).answers == {"sleep": "good", **found}


def test_no_negative_zero_is_kept() -> None:
    years = check_response(SURVEY, 1, {"sleep": "good", "years": -0.0}, NOW).answers["years"]
    assert math.copysign(1, float(str(years))) == 1


def test_free_texts_are_kept_apart() -> None:
    checked = check_response(SURVEY, 1, {"sleep": "good", "years": 10, "since": " then\r\nso "}, NOW)
    assert checked.texts == {"since": "then\nso"}
    assert "since" not in checked.answers


@pytest.mark.parametrize(
    ("version", "now", "code", "status"),
    [
        (2, NOW, "survey-version", 409),
        (1, OPENS.timestamp() - 1, "survey-not-open", 403),
        (1, CLOSES.timestamp(), "survey-closed", 403),
    ],
)
def test_a_survey_takes_answers_of_its_version_while_open(
    version: int, now: float, code: str, status: int
) -> None:
    with pytest.raises(Problem) as refused:
        check_response(SURVEY, version, {"sleep": "good"}, now)
    assert (refused.value.code, refused.value.status) == (code, status)


def test_it_opens_and_closes_at_the_second() -> None:
    for now in (OPENS.timestamp(), CLOSES.timestamp() - 1):
        assert check_response(SURVEY, 1, {"sleep": "good"}, now).answers


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, False),
        ({"sleep": "bad", "pain": "9", "years": 3}, True),
        ({"sleep": "bad", "pain": "9", "years": "3"}, True),
        ({"pain": "9", "years": 5}, False),  # the other band
        ({"pain": "8", "years": 3}, False),
        ({"pain": "9"}, False),
        ({"pain": ["9"], "years": 3}, False),
        ({"pain": "9", "years": math.nan}, False),
    ],
)
def test_a_question_is_asked_if_all_its_conditions_hold(answers: dict[str, object], asked: bool) -> None:
    why = SURVEY.question("why")
    assert why is not None
    assert is_asked(why, SURVEY, answers) is asked


def test_a_long_form_loses_what_nobody_was_led_to() -> None:
    form = {"sleep": "good", "pain": "9", "years": "3", "since": "x", "why": "a", "forged": "y"}
    assert drop_unasked(SURVEY, form) == {"sleep": "good", "years": "3", "forged": "y"}
