"""What an editor takes out of a comment is gone from the store, on both stores alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.widgets.store.conftest import Stores
from tests.widgets.store.test_conformance_comments import comment
from widgets.function.text.moderation import TAKEN_OUT, redact, without
from widgets.rules.text import render
from widgets.store.interface import CommentChange
from widgets.store.records import Conflict, Gone

TEXT = "Call **me** on 020 7946 0018 or *07700 900123*, please."
FIRST, SECOND = (15, 28), (33, 45)


@pytest.mark.parametrize(
    ("spans", "left"),
    [
        ([], "abcdef"),
        ([(0, 6)], TAKEN_OUT),
        ([(1, 2)], f"a{TAKEN_OUT}cdef"),
        ([(4, 5), (1, 2)], f"a{TAKEN_OUT}cd{TAKEN_OUT}f"),
        ([(1, 4), (2, 3)], f"a{TAKEN_OUT}ef"),
        ([(1, 3), (2, 5)], f"a{TAKEN_OUT}f"),
    ],
)
def test_what_is_left_without_the_spans(spans: list[tuple[int, int]], left: str) -> None:
    assert without("abcdef", spans) == left


@pytest.mark.parametrize("span", [(-1, 2), (2, 2), (3, 2), (5, 7)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="must lie in the text"):
        without("abcdef", [span])


@pytest.mark.anyio
async def test_the_original_is_destroyed_in_text_and_html(stores: Stores) -> None:
    store = stores.store
    await store.add_comment(comment(1, text=TEXT, html=render(TEXT)), None)
    after = await redact(store, comment(1).id, TEXT, [FIRST, SECOND])
    assert after.text == f"Call **me** on {TAKEN_OUT} or *{TAKEN_OUT}*, please."
    assert after.html == (
        f"<p>Call <strong>me</strong> on {TAKEN_OUT} or <em>{TAKEN_OUT}</em>, please.</p>\n"
    )
    assert await store.comment(after.id) == after
    assert [one.text for one in await store.comments_by(after.author)] == [after.text]


@pytest.mark.anyio
async def test_a_text_changed_meanwhile_is_not_touched(stores: Stores) -> None:
    store = stores.store
    await store.add_comment(comment(1, text=TEXT), None)
    await store.change_comment(CommentChange(comment(1).id, 1, {"text": "I took it out."}))
    with pytest.raises(Conflict):
        await redact(store, comment(1).id, TEXT, [FIRST])
    changed = await store.comment(comment(1).id)
    assert changed is not None
    assert changed.text == "I took it out."


@pytest.mark.anyio
async def test_what_is_not_there_cannot_be_redacted(stores: Stores) -> None:
    with pytest.raises(Gone):
        await redact(stores.store, comment(1).id, TEXT, [FIRST])


@pytest.mark.anyio
async def test_state_reasons_and_place_in_the_queue_stay(stores: Stores) -> None:
    held = comment(1, text=TEXT, state="held", held=("personal-data",), queued=True, urgency=5)
    await stores.store.add_comment(held, None)
    after = await redact(stores.store, held.id, TEXT, [FIRST])
    assert replace(after, text=held.text, html=held.html, revision=held.revision) == replace(
        held, live=after.live
    )
    assert [one.id for _, one in await stores.store.queue(5)] == [held.id]
