"""What goes out alone, what goes together, what is said again: tables of the rule, minute by minute."""

from __future__ import annotations

from dataclasses import replace

import pytest

from widgets.rules.calls import Message, delivered, failed, messages, next_due, seen
from widgets.store.calls import Call

NOW = 1_000_000


def call(name: str, **more: object) -> Call:
    base = Call(name, "migraine", "crisis", "https://example.org", "/desk/", "en", NOW, NOW)
    return replace(base, **more)  # type: ignore[arg-type]


def proven(name: str, **more: object) -> Call:
    return call(name, at_once=True, proven=True, **more)


def unproven(name: str, **more: object) -> Call:
    return call(name, at_once=True, **more)


def said(calls: list[Call], now: int) -> list[str]:
    return [" ".join(one.id for one in message.calls) for message in messages(calls, now)]


def sent(calls: list[Call], now: int) -> list[Call]:
    """The outbox after everything that is due went out."""
    after = {one.id: delivered(one, now) for message in messages(calls, now) for one in message.calls}
    return [after.get(one.id, one) for one in calls]


def test_of_the_proven_each_goes_alone_at_once() -> None:
    assert said([proven("a"), proven("b"), proven("c", condition="arthritis")], NOW) == ["a", "b", "c"]


def test_above_ten_a_minute_the_rest_goes_together_when_the_minute_is_over() -> None:
    calls = [proven(f"{n:02d}") for n in range(14)]
    assert said(calls, NOW) == [f"{n:02d}" for n in range(10)]
    calls = sent(calls, NOW)
    assert said(calls, NOW + 59) == []
    assert said(calls, NOW + 60) == ["10 11 12 13"]


def test_a_flood_in_one_condition_delays_no_other() -> None:
    calls = sent([proven(f"{n:02d}") for n in range(14)], NOW)
    assert said([*calls, proven("x", condition="arthritis")], NOW + 1) == ["x"]


@pytest.mark.parametrize("make", [unproven, call])
def test_otherwise_the_first_goes_at_once_and_the_rest_together_after_five_minutes(make: object) -> None:
    assert callable(make)
    calls = sent([make("a")], NOW)
    assert calls[0].sent == NOW
    calls += [make("b", due=NOW + 10), make("c", due=NOW + 20)]
    assert said(calls, NOW + 299) == []
    assert said(calls, NOW + 300) == ["b c"]


def test_what_is_proven_waits_for_none_that_is_not() -> None:
    calls = sent([unproven("a")], NOW)
    assert said([*calls, unproven("b"), proven("c")], NOW + 1) == ["c"]


def test_thoughts_wait_for_no_decision_that_is_not_proven() -> None:
    calls = sent([unproven("a")], NOW)
    assert said([*calls, call("b")], NOW + 1) == ["b"]


def test_it_is_said_again_after_15_and_60_minutes_and_then_no_more() -> None:
    calls = sent([proven("a")], NOW)
    told = []
    for minute in range(1, 200):
        told += [(minute, message.last_time) for message in messages(calls, NOW + 60 * minute)]
        calls = sent(calls, NOW + 60 * minute)
    assert told == [(15, False), (60, True)]
    assert next_due(calls, NOW) is None


def test_what_is_said_again_goes_together() -> None:
    calls = sent([proven("a"), proven("b")], NOW)
    assert said(calls, NOW + 900) == ["a b"]


def test_who_has_looked_is_not_told_again() -> None:
    [one] = sent([proven("a")], NOW)
    over = seen(one)
    assert over is not None
    assert said([over], NOW + 900) == []


def test_what_was_not_sent_is_sent_though_somebody_has_looked() -> None:
    assert seen(proven("a")) is None


def test_after_failures_the_pauses_grow_to_a_quarter_of_an_hour() -> None:
    one, pauses = proven("a"), []
    for _ in range(7):
        one = failed(one, NOW, ("webhook",))
        assert one.due is not None
        pauses.append(one.due - NOW)
    assert pauses == [2, 15, 60, 300, 900, 900, 900]
    assert one.done == ("webhook",)


def test_what_failed_is_tried_again_though_another_went_out_meanwhile() -> None:
    begun = failed(unproven("a"), NOW, ("webhook",))
    calls = [begun, *sent([unproven("b")], NOW)]
    assert said(calls, NOW + 2) == ["a"]


def test_a_message_knows_the_last_time() -> None:
    assert not Message((proven("a", step=1),)).last_time
    assert Message((proven("a", step=2),)).last_time
