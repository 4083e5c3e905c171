"""Signs that are nothing alone and a decision, an incitement or a claim together."""

from __future__ import annotations

import pytest

from widgets.rules.claims import judge_claim
from widgets.rules.crisis import judge_plea
from widgets.rules.harm import judge_harm
from widgets.rules.spelling import in_context, sounding


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My cats have a new home, the will is signed. Sunday then. Forgive me.", ("now", "self")),
        ("On the roof, nine floors, legs hanging over. Nobody knows I am here.", ("now", "self")),
        ("Bought a rope today. Tomorrow nobody is home. Sorry for everything.", ("now", "self")),
        ("Estoy en el puente, nadie sabe que estoy aquí, perdón por todo", ("now", "self")),
        ("There is a girl on the wrong side of the railing, she is crying, please help", ("now", "other")),
        ("We are moving on Friday, the cats have a new home, thank you all for the packing tips!", None),
        ("I bought a rope for climbing, we start on Saturday.", None),
        ("Estoy en el andén esperando el tren, con retraso.", None),
    ],
)
def test_several_signs_in_one_message_are_a_decision(text: str, expected: tuple[str, str] | None) -> None:
    plea = judge_plea(text)
    assert (plea and (plea.level, plea.kind)) == expected


NEAR = pytest.mark.parametrize(
    "who", ["My sister", "My brother", "Mother", "My girlfriend", "A friend", "She"]
)


@NEAR
@pytest.mark.parametrize(
    "did",
    [
        "took all her tablets, what do I do",
        "has taken a bottle of pills",
        "has overdosed",
        "just took an overdose",
    ],
)
def test_an_overdose_of_anybody_near_is_for_now(who: str, did: str) -> None:
    plea = judge_plea(f"{who} {did}")
    assert plea
    assert (plea.level, plea.kind, plea.alert) == ("now", "other", "at once")


@NEAR
@pytest.mark.parametrize(
    "did",
    [
        "overdosed years ago",
        "took her tablets and feels better",
        "has taken her tablets every day for a week",
    ],
)
def test_one_of_the_past_and_medicine_taken_daily_call_nobody_at_once(who: str, did: str) -> None:
    plea = judge_plea(f"{who} {did}")
    assert plea is None or plea.alert != "at once"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("You have suffered enough. Close your eyes tonight.", "incitement"),
        ("Still here? You said Monday.", "incitement"),
        ("Closed group, somebody guides you step by step. To the very end.", "method"),
        ("You have suffered enough, please call 988, I am here for you tonight.", None),
        ("Closed group with a dietician who guides you step by step.", None),
    ],
)
def test_two_signs_apart_are_harm(text: str, kind: str | None) -> None:
    harm = judge_harm(text)
    assert (harm and harm.kind) == kind


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Came off prednisone overnight. You can all do it.", True),
        ("Slurred speech is only tiredness, stay at home.", True),
        ("Slurred speech? Call an ambulance, don't stay at home.", False),
    ],
)
def test_two_signs_apart_are_a_claim(text: str, held: bool) -> None:
    claim = judge_claim(text)
    assert (claim is not None and not claim.weighed) == held


@pytest.mark.parametrize(
    ("word", "meant"),
    [("bibir", "vivir"), ("pastiyas", "pastillas"), ("kitarme", "quitarme"), ("table", "table")],
)
def test_spanish_is_read_as_it_sounds(word: str, meant: str) -> None:
    assert sounding(word) == meant


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("me boy a matarme", "me voy a matarme"),
        ("the boy a doctor saw", "the boy a doctor saw"),
        ("me e tomado", "me he tomado"),
    ],
)
def test_a_misspelling_is_told_by_its_neighbours(words: str, meant: str) -> None:
    assert " ".join(in_context(words.split())) == meant
