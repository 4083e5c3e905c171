"""The core of pleas: nothing elsewhere in a message masks it; its own negation, figure or past time does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.widgets.rules.labelled.measure import TUNED, rows
from widgets.rules.crisis import Plea, judge_plea

FOLDER = Path(__file__).parent
CASES: dict[str, Any] = yaml.safe_load((FOLDER / "pleas.yaml").read_text(encoding="utf-8"))
LANGUAGES: dict[str, Any] = yaml.safe_load((FOLDER / "languages.yaml").read_text(encoding="utf-8"))
PLEAS = [(level, plea) for level, pleas in CASES["pleas"].items() for plea in pleas]
AROUND: list[str] = CASES["around"]
MARKS = (". ", ", ", "; ", "! ", "\n", "... ")

# Without punctuation these stand right beside the plea's verb and then belong to it.
GOVERNING = {
    "in 2015 I had my first attack": "a year right after the verb is when it was done",
    "when I was a child I loved the sea": "a time right after the verb is when it was done",
    "last year was easier": "a time right beside the verb is when it was done",
    "cuando era niña vivía en Cádiz": "a time right beside the verb is when it was done",
    "el año pasado fue mejor": "a time right beside the verb is when it was done",
    "el médico me preguntó y dije que no": "Spanish denies with the same word: I said that I do not",
    "my doctor asked about suicide and I said no": "Spanish denies with the same word, and texts mix languages",
}


def as_grave(text: str, level: str) -> bool:
    """Whether it is found at the level, or a graver one that the other sentence brings."""
    plea = judge_plea(text)
    return plea is not None and (plea.level == level or plea.level == "now")


@cache
def harmless() -> tuple[str, ...]:
    every = (row for name in TUNED for row in rows(name) if row["expected"] == "benign")
    return tuple(row["text"] for row in every)


def joined(between: str) -> Iterator[tuple[str, str, str]]:
    for level, plea in PLEAS:
        for around in AROUND:
            for text in (f"{around}{between}{plea}", f"{plea}{between}{around}"):
                yield text, level, around


@pytest.mark.parametrize(("level", "text"), PLEAS)
def test_a_plain_plea_has_its_level(level: str, text: str) -> None:
    plea = judge_plea(text)
    assert plea is not None
    assert (plea.level, plea.kind, plea.weighed) == (level, "self", False)


@pytest.mark.parametrize(
    "mark", [*MARKS[:2], *(pytest.param(mark, marks=pytest.mark.long) for mark in MARKS[2:])]
)
def test_no_sentence_beside_it_masks_a_plea(mark: str) -> None:
    assert [text for text, level, _ in joined(mark) if not as_grave(text, level)] == []


def test_without_punctuation_only_what_governs_its_verb_masks_a_plea() -> None:
    every = list(joined(" "))
    masked = [around for text, level, around in every if not as_grave(text, level)]
    assert set(masked) <= set(GOVERNING)
    assert len(masked) <= 0.05 * len(every)


@given(
    plea=st.sampled_from(PLEAS),
    number=st.integers(0, 10_000),
    mark=st.sampled_from(MARKS),
    before=st.booleans(),
)
@settings(max_examples=400, deadline=None)
def test_no_harmless_text_masks_a_plea(
    plea: tuple[str, str], number: int, mark: str, *, before: bool
) -> None:
    level, text = plea
    other = harmless()[number % len(harmless())]
    assert as_grave(f"{other.rstrip('.!?… ')}{mark}{text}" if before else f"{text}{mark}{other}", level)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        # A negation reaches the verb that it denies, over auxiliaries and verbs of thinking, and no further.
        ("I am not suicidal", None),
        ("I do not want to die", None),
        ("I would never kill myself", None),
        ("I don't think I want to die", None),
        ("I have never attempted suicide", None),
        ("I am not going to kill myself", None),
        ("I am not going to lie, I want to die", "thoughts"),
        ("I said no I want to die", "thoughts"),
        ("don't stop me I am going to kill myself", "now"),
        ("I'm not tired and I want to die", "thoughts"),
        ("I can never not think about killing myself", "thoughts"),
        ("why shouldn't I kill myself", "now"),
        ("no quiero morir", None),
        ("no soy suicida", None),
        ("nunca he intentado matarme", None),
        ("no tengo miedo pero quiero morir", "thoughts"),
        # What is asked, supposed, or said of others is nobody's plea.
        ("my doctor asked if I want to die", None),
        ("if you are thinking about killing yourself, call somebody", None),
        ("if you feel suicidal tell somebody", None),
        ("people feel suicidal with this drug", None),
        ("if someone says they want to die, ask them", None),
        ("is it me or do I want to die", "thoughts"),
        # A figure of speech touches the verb itself.
        ("I want to die laughing", None),
        ("I want to die of boredom", None),
        ("I want to die, laughing about it does not help", "thoughts"),
        ("I want to die of these tablets", "thoughts"),
        ("I cut myself shaving", None),
        ("I cut myself shaving on purpose", "thoughts"),
        ("me quiero morir de risa", None),
        ("me mato a trabajar", None),
    ],
)
def test_only_what_governs_its_verb_silences_a_plea(text: str, level: str | None) -> None:
    plea = judge_plea(text)
    assert (plea and plea.level) == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("I want to die", "thoughts"),
        ("Since 2015 I want to die", "thoughts"),
        ("I was diagnosed two years ago and I want to die", "thoughts"),
        ("I tried to kill myself", "now"),
        ("I tried to kill myself last night", "now"),
        ("Years ago I tried to kill myself", "past"),
        ("In 2012, I tried to kill myself", "past"),
        ("I tried to kill myself in 2012", "past"),
        ("When I was sixteen I took an overdose", "past"),
        ("I took an overdose when I was sixteen", "past"),
        ("I was diagnosed in 2012, I took an overdose", "now"),
        ("I was diagnosed in 2012 and I took an overdose", "now"),
        ("Twenty years ago I was a dancer and tonight I took an overdose", "now"),
        ("Years ago I tried to kill myself and now I am going to do it, I will end my life", "now"),
        ("I wanted to die when I was young", "past"),
        ("I used to cut myself", "past"),
        ("hace meses que quiero morir", "thoughts"),
        ("desde hace años pienso en suicidarme", "thoughts"),
        ("intenté matarme", "now"),
        ("anoche intenté matarme", "now"),
        ("hace diez años intenté matarme", "past"),
        ("intenté matarme a los quince años", "past"),
        ("mi madre murió hace diez años y me voy a matar", "now"),
    ],
)
def test_a_time_belongs_to_its_own_verb(text: str, level: str) -> None:
    plea = judge_plea(text)
    assert plea is not None
    assert plea.level == level


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I want to kill myself tonight", ("now", "self")),
        ("my son says he wants to die", ("thoughts", "other")),
        ("my son says he wants to die tonight", ("now", "other")),
        ("my husband just took all his pills", ("now", "other")),
        ("mi hija dice que se quiere matar", ("thoughts", "other")),
        ("mi marido se va a matar esta noche", ("now", "other")),
        ("my husband beats me", ("thoughts", "abuse")),
        ("my husband is beating me right now", ("now", "abuse")),
        ("mi marido me pega", ("thoughts", "abuse")),
        ("my ex hits my son", ("thoughts", "child")),
        ("mi ex le pega a mi hijo", ("thoughts", "child")),
        ("my toddler swallowed a tablet", ("thoughts", "poisoning")),
        ("my toddler swallowed a tablet, what do I do?", ("now", "poisoning")),
        ("I took my insulin twice by mistake", ("thoughts", "poisoning")),
        ("I took a double dose by mistake, I called the poison line and all is well", None),
    ],
)
def test_who_is_in_danger_and_by_what(text: str, expected: tuple[str, str] | None) -> None:
    plea = judge_plea(text)
    assert (plea and (plea.level, plea.kind)) == expected


@pytest.mark.parametrize(
    ("plea", "expected"),
    [
        (Plea("now"), (True, 9, "at once")),
        (Plea("now", "other"), (False, 9, "at once")),
        (Plea("now", "poisoning"), (False, 9, "at once")),
        (Plea("thoughts"), (False, 8, "coalesced")),
        (Plea("thoughts", "other"), (False, 8, "coalesced")),
        (Plea("thoughts", "abuse"), (False, 8, "coalesced")),
        (Plea("thoughts", method=True), (True, 8, "coalesced")),
        (Plea("thoughts", weighed=True), (False, 7, "none")),
        (Plea("past"), (False, 6, "none")),
        (Plea("past", method=True), (True, 6, "none")),
    ],
)
def test_what_becomes_of_each_level(plea: Plea, expected: tuple[bool, int, str]) -> None:
    assert (plea.held, plea.urgency, plea.alert) == expected


@pytest.mark.parametrize(
    "text",
    [
        "i am going to kil myself soon",
        "i wnt to be dead",
        "i feel suicdal again",
        "i need 2 die",
        "gonna kill myself 2nite",
        "i wish to di.e",
        "k*ll myself tonight",
        "i want to kiill myslef",
        "i w4nt to d1e",
        "i just wanna 🪦",
        "hoy kiero matarme",
        "me qiero suicidar",
        "arto d la vida",
        "もう死にたいです",
        "я хочу умереть сегодня",
        "ik wil sterven",
    ],
)
def test_however_it_is_spelt(text: str) -> None:
    assert judge_plea(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "I will bill you",
        "the hill is steep",
        "a bride at last",
        "he is willing",
        "wish you well",
        "quieto ahí",
    ],
)
def test_no_ordinary_word_is_taken_for_a_misspelling(text: str) -> None:
    assert judge_plea(text) is None


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, some in LANGUAGES.items() for text in some["pleas"]]
)
def test_a_plain_plea_of_another_language_is_found_in_it(language: str, text: str) -> None:
    plea = judge_plea(text, language)
    assert plea is not None
    assert plea.language == language


@pytest.mark.parametrize("text", [text for some in LANGUAGES.values() for text in some["harmless"]])
def test_no_harmless_sentence_of_another_language_is_a_plea(text: str) -> None:
    assert judge_plea(text) is None
