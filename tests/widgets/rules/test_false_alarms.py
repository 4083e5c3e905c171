"""What staff teach lowers a place in the queue by one step, and silences nothing."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.widgets.rules.test_rules import draft
from widgets.rules.bursts import one_by_one
from widgets.rules.crisis import judge_plea, read_plain
from widgets.rules.false_alarms import AlarmRefused, core_words, eases, read_alarm
from widgets.rules.publishing import decide

LABELLED = Path(__file__).with_name("labelled")
UBRELVY = "Ubrelvy works if I catch it early. If I wait it's useless."


def pleas() -> st.SearchStrategy[dict[str, str]]:
    """Texts that plead, by the rules; they are judged when a test asks for them."""
    texts = (
        json.loads(line)
        for name in ("blind", "held_out", "kinds", "hints")
        for line in (LABELLED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    )
    pleading = (one for one in texts if judge_plea(one["text"], one["language"]) is not None)
    return st.sampled_from([*itertools.islice(pleading, 400)])


@pytest.mark.parametrize(
    ("chosen", "text", "found"),
    [
        ("Ubrelvy works", UBRELVY, ("ubrelvy", "works")),
        ("ÚBRELVY", UBRELVY, ("ubrelvy",)),
        ("", UBRELVY, "alarm-words"),
        ("one two three four five", "one two three four five", "alarm-words"),
        ("works Ubrelvy", UBRELVY, "alarm-elsewhere"),
        ("laughter", UBRELVY, "alarm-elsewhere"),
        ("die of laughter", "I could die of laughter.", "alarm-core"),
        ("d1e", "I could d1e of laughter.", "alarm-core"),
        ("suicidio", "Leí sobre el suicidio.", "alarm-core"),
        ("tonight", "The game tonight.", "alarm-core"),
        ("if I", UBRELVY, "alarm-everywhere"),
    ],
)
def test_which_words_can_be_taught(chosen: str, text: str, found: tuple[str, ...] | str) -> None:
    if isinstance(found, tuple):
        assert read_alarm(chosen, text) == found
        return
    with pytest.raises(AlarmRefused) as refused:
        read_alarm(chosen, text)
    assert refused.value.key == found


@pytest.mark.parametrize(
    ("text", "eased"),
    [
        (UBRELVY, True),
        ("I am going to end my life tonight. Ubrelvy works.", False),
        ("I want to die. Ubrelvy works.", False),
        ("My husband beats me. Ubrelvy works.", False),
        ("It works, if I catch it early. If I wait it's useless.", False),
    ],
    ids=["no core", "now", "a core's thought", "another kind", "other words"],
)
def test_what_is_lowered(text: str, eased: bool) -> None:
    plea = judge_plea(text)
    assert (plea is not None and eases(text, plea, [("ubrelvy", "works")])) == eased


@settings(max_examples=150, deadline=None)
@given(st.deferred(pleas), st.integers(0, 60), st.integers(1, 4))
def test_no_words_that_are_taught_silence_a_plea(one: dict[str, str], at: int, size: int) -> None:
    """Whatever stands in the list, whether staff could have taught it or not: every word of the text itself, even."""
    text = one["text"]
    plea = judge_plea(text, one["language"])
    assert plea is not None
    words = [word.text for word in read_plain(text)]
    at %= len(words)
    eased = eases(text, plea, [words[at : at + size], words])
    before = decide(replace(draft(text=text), plea=plea, eased=False))
    after = decide(replace(draft(text=text), plea=plea, eased=eased))
    assert (after.state, after.reasons, after.alert) == (before.state, before.reasons, before.alert)
    assert after.queued
    assert before.urgency - 1 <= after.urgency <= before.urgency
    if before.urgency >= 9 or plea.level == "now" or plea.method:
        assert after.urgency == before.urgency
    if after.urgency < before.urgency and before.urgency > 7:
        assert one_by_one(after.reasons, after.urgency, {})


def test_the_words_of_the_cores_are_known() -> None:
    assert {"die", "kill", "suicide", "morir", "matarme", "pills"} <= core_words()
    assert not {"the", "laughter"} & core_words()
