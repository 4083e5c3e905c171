"""Which comments a hub may show: approved by a person, and nothing that asks for care."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from widgets.rules.highlights import may_stand_out
from widgets.store.records import Comment, Note

NOW = 1_790_078_400
FIT = Comment(
    id="01", thread="migraine~weather", condition="migraine", root="01", parent=None, author="a" * 32,
    pseudonym="Ana", skeleton="ana", text="A cold cloth on the neck helps me through the afternoon.", html="<p></p>",
    lang="en", state="published", created=NOW - 7_200, decided=NOW - 3_700,
)  # fmt: skip


def test_what_a_person_approved_an_hour_ago_may_stand_out() -> None:
    assert may_stand_out(FIT, NOW)


@pytest.mark.parametrize(
    "other",
    [
        {"decided": None},
        {"state": "held"},
        {"state": "rejected"},
        {"state": "noted", "note": Note("<p>n</p>", "https://example.org", "Dr Lee")},
        {"note": Note("<p>n</p>", "https://example.org", "Dr Lee")},
        {"flags": {"spam": 1}},
        {"queued": True},
        {"urgency": 4},
        {"created": NOW - 3_599},
        {"edited": NOW - 3_600},
        {"text": "I want to kill myself."},
        {"text": "Years ago I tried to kill myself, and I am glad that I live."},
        {"text": "My friend wants to kill herself."},
        {"text": "Stop taking your medication, it cures migraine."},
    ],
)
def test_what_may_not(other: dict[str, Any]) -> None:
    assert not may_stand_out(replace(FIT, **other), NOW)
