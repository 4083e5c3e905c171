"""What counts as news, and what a private feed tells of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest

from tests.widgets.store.test_conformance_comments import comment
from tests.widgets.store.test_conformance_voices import voice
from widgets.rules.news import (
    DAY,
    FEED_DAYS,
    IN_FEED,
    Kind,
    News,
    feed_days,
    feed_ends,
    is_news,
    news_of_comment,
    news_of_voice,
)
from widgets.store.desk_records import AuditEntry
from widgets.store.records import Comment
from widgets.store.voices import Words

PLEA = "I want to kill myself tonight."
NOW = 1_790_000_000
OWN = replace(comment(1, text="Weather again."), author="me", state="published", created=NOW, decided=None)


def reply(**more: Any) -> Comment:
    fields = {"id": "r" * 26, "parent": OWN.id, "root": OWN.id, "author": "other", "created": NOW + 5, **more}
    return replace(OWN, **fields)


def kinds(found: list[News]) -> list[tuple[str, int]]:
    return [(one.kind, one.at) for one in found]


def test_every_kind_says_whether_a_feed_may_stand_for_it() -> None:
    assert IN_FEED == {"reply": True, "answer": True, "staff": True, "decision": False, "private": False}
    assert set(IN_FEED) == set(get_args(Kind))


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, [("reply", NOW + 5)]),
        ({"state": "noted"}, [("reply", NOW + 5)]),
        ({"decided": NOW + 90}, [("reply", NOW + 90)]),  # published by a person, later
        ({"state": "held"}, []),
        ({"state": "rejected", "decided": NOW + 90}, []),
        ({"state": "withdrawn"}, []),
        ({"author": "me"}, []),
        ({"parent": "x" * 26}, []),  # it answers somebody else
        ({"parent": None}, []),
    ],
)
def test_an_answer_counts_once_everybody_can_read_it(change: dict[str, Any], found: list[Any]) -> None:
    assert kinds(news_of_comment(OWN, [OWN, reply(**change)])) == found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"decided": NOW + 9}, [("decision", NOW + 9)]),
        ({"state": "noted", "decided": NOW + 9}, [("decision", NOW + 9)]),
        ({"state": "rejected", "decided": NOW + 9}, [("decision", NOW + 9)]),
        ({"state": "held", "decided": NOW + 9}, []),
    ],
)
def test_a_decision_about_ones_own_counts(change: dict[str, Any], found: list[Any]) -> None:
    own = replace(OWN, **change)
    assert kinds(news_of_comment(own, [own])) == found


def test_private_answers_count_each() -> None:
    assert kinds(news_of_comment(OWN, [OWN], [NOW + 1, NOW + 2])) == [
        ("private", NOW + 1),
        ("private", NOW + 2),
    ]


@pytest.mark.parametrize(
    ("act", "counts"),
    [
        ("voice-ask", True),
        ("voice-offer", True),
        ("voice-publish", True),
        ("voice-decline", True),
        ("voice-read", False),
        ("voice-hold", False),
        ("voice-note", False),
        ("voice-answer", False),
    ],
)
def test_what_staff_did_to_a_story(act: str, counts: bool) -> None:
    entry = AuditEntry("e" * 26, NOW + 3, "mo", act, "bcdfghjk")
    assert kinds(news_of_voice(voice(), [], [entry])) == ([("staff", NOW + 3)] if counts else [])


def test_an_answer_to_a_question_is_of_somebody_else_and_no_answer_to_an_answer() -> None:
    asked = voice(kind="question")
    first = reply(parent=None, id="a" * 26)
    others = [first, reply(id="b" * 26, parent=first.id), reply(id="c" * 26, parent=None, state="held")]
    mine = reply(id="d" * 26, parent=None, author="me")
    found = news_of_voice(asked, [*others, mine], [], ["me"])
    assert [(one.kind, one.by) for one in found] == [("answer", first.id)]


@pytest.mark.parametrize(("since", "told"), [(NOW + 4, True), (NOW + 5, True), (NOW + 6, False)])
def test_news_is_what_came_since(since: int, told: bool) -> None:
    assert is_news(news_of_comment(OWN, [OWN, reply()]), since) is told


DAY_OF = "2026-09-21"


@pytest.mark.parametrize(
    ("own", "answer", "private", "days"),
    [
        ({}, {}, [], [DAY_OF]),
        ({"text": PLEA}, {}, [], []),  # approved: its reasons are gone, its words are not
        ({"held": ("crisis",)}, {}, [], []),
        ({"held": ("danger",)}, {}, [], []),
        ({}, {"text": PLEA}, [], []),
        ({}, {"held": ("method",)}, [], []),
        ({}, {}, [NOW], []),  # whoever was answered privately
        ({"decided": NOW}, {"state": "held"}, [], []),  # a decision alone
    ],
)
def test_a_feed_tells_of_no_plea(own: Any, answer: Any, private: list[int], days: list[str]) -> None:
    mine = replace(OWN, **own)
    assert feed_days(news_of_comment(mine, [mine, reply(**answer)], private), NOW) == days


def test_a_feed_is_silent_about_answers_below_somebodys_plea() -> None:
    first = replace(OWN, id="f" * 26, root="f" * 26, author="them", text=PLEA)
    mine = replace(OWN, root=first.id, parent=first.id)
    assert feed_days(news_of_comment(mine, [first, mine, reply(root=first.id)]), NOW) == []


@pytest.mark.parametrize("change", [{"written": Words("Help", PLEA)}, {"held": ("crisis",)}])
def test_a_feed_is_silent_about_a_story_that_pleads(change: dict[str, Any]) -> None:
    entry = AuditEntry("e" * 26, NOW, "mo", "voice-ask", "bcdfghjk")
    assert feed_days(news_of_voice(voice(), [], [entry]), NOW) == [DAY_OF]
    assert feed_days(news_of_voice(voice(**change), [], [entry]), NOW) == []


def test_a_feed_has_one_entry_for_each_day_of_the_last_sixty() -> None:
    today = NOW // DAY * DAY
    at = [today, today + 9, today - DAY, today - FEED_DAYS * DAY, today - FEED_DAYS * DAY - 1]
    found = [News("reply", one, OWN.id, str(number)) for number, one in enumerate(at)]
    assert feed_days(found, NOW) == ["2026-09-21", "2026-09-20", "2026-07-23"]


def test_a_feed_that_is_fetched_at_any_time_of_a_day_ends_with_the_sixtieth_after_it() -> None:
    midnight = NOW // DAY * DAY
    assert {feed_ends(midnight), feed_ends(midnight + DAY - 1)} == {midnight + 61 * DAY}
