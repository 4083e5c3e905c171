"""Both stores list alike what waits for somebody who knows, of the conditions that are asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.widgets.store.conftest import Stores
from tests.widgets.store.test_conformance_comments import add
from tests.widgets.store.test_conformance_voices import hashed, voice
from widgets.store.desk_records import DeskRow
from widgets.store.waiting import CLINICIAN_ASKED, Question

pytestmark = pytest.mark.anyio
NOW = 1_790_000_000


async def test_calls_for_a_clinician_come_by_age_and_of_visible_posts_alone(stores: Stores) -> None:
    for number, more in enumerate(({}, {"condition": "ms"}, {"state": "held"}, {}), start=1):
        one = await add(stores, number, by=f"p{number}", **more)
        value = {"staff": "ana", "since": NOW - number}
        expires = NOW if number == 4 else NOW + 1
        await stores.store.keep_beside(DeskRow(CLINICIAN_ASKED, one.id, value, expires))
    waiting = stores.store.waiting
    found = await waiting.askings(NOW, 9)
    assert [(int(one.comment.id[2:]), one.since, one.by) for one in found] == [
        (2, NOW - 2, "ana"),
        (1, NOW - 1, "ana"),
    ]
    assert [int(one.comment.id[2:]) for one in await waiting.askings(NOW, 9, ("migraine",))] == [1]
    assert [int(one.comment.id[2:]) for one in await waiting.askings(NOW, 1)] == [2]
    assert await waiting.askings(NOW, 9, ("other",)) == []


async def test_published_questions_come_by_age_with_their_answers_counted(stores: Stores) -> None:
    asked = voice(kind="question", state="published", published="2026-09-02")
    older = replace(asked, id="cdfghjkm", receipt=hashed("c"), published="2026-09-01")
    elsewhere = replace(asked, id="dfghjkmn", receipt=hashed("d"), condition="ms")
    waits = replace(asked, id="fghjkmnp", receipt=hashed("f"), state="read")
    story = replace(asked, id="ghjkmnpq", receipt=hashed("g"), kind="story")
    for one in (asked, older, elsewhere, waits, story):
        await stores.store.voices.add(one, None)
    await add(stores, 1, thread="migraine~bcdfghjk")
    await add(stores, 2, by="ben", thread="migraine~cdfghjkm", state="held")
    waiting = stores.store.waiting
    assert await waiting.questions(("migraine",)) == [Question(older, 0), Question(asked, 1)]
    assert len(await waiting.questions()) == 3
