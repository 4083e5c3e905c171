"""While the store takes no writes (a full disk), staff read what waits, and what they wrote is given back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.widgets.conftest import Function
from tests.widgets.desk.conftest import SignIn, written
from widgets.store.calls import Call
from widgets.store.records import Busy
from widgets.store.sqlite import SqliteStore
from widgets.store.sqlite.writer import Writer

pytestmark = pytest.mark.anyio

NOTE = "</textarea><script>1</script> Never stop alone."


async def full(*_: Any, **__: Any) -> None:
    raise Busy("The store could not write (SQLITE_FULL).")


@pytest.mark.parametrize("later", [0, 3_600])  # a session is touched once in a while
async def test_what_waits_is_read(
    function: Function, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, later: int
) -> None:
    waits = await written(function, "I want to die tonight.")
    assert waits.queued
    now = function.services.now()
    call = Call("c", waits.condition, "crisis", "", "", "en", now, due=now + 600, step=1, sent=now)
    await function.store.keep_call(call)  # somebody was called, which a look at the queue ends
    mo = await sign_in()
    function.clock.forward(later)
    monkeypatch.setattr(Writer, "submit", full)
    assert "I want to die tonight." in (await mo.get(f"/items/{waits.id}")).text
    assert waits.id in (await mo.get("/")).text


async def test_what_was_written_is_given_back(
    function: Function, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    post = await written(function)
    lee = await sign_in("Dr Lee", "clinician")
    await lee.get(f"/items/{post.id}")
    monkeypatch.setattr(SqliteStore, "change_comment", full)
    answer = await lee.act("note", post, note=NOTE, source="https://example.org/why")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert "&lt;/textarea&gt;&lt;script&gt;1&lt;/script&gt; Never stop alone." in answer.text
    assert "no-store" in answer.headers["cache-control"]
    assert "access-control-allow-origin" not in answer.headers
    assert "SQLITE_FULL" in caplog.text
    assert "Never stop" not in caplog.text
