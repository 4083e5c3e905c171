"""Nothing that waits, was refused or was destroyed is told to the public: no page, feed, count or snapshot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.browser.desk.conftest import Office
from tests.widgets.conftest import THREAD, Function
from tests.widgets.desk.conftest import SignIn, batch_of, written
from widgets.adapters.pull import pull

pytestmark = pytest.mark.anyio
PUBLIC = (
    f"/threads/{THREAD}",
    f"/threads/{THREAD}?order=newest",
    f"/threads/{THREAD}?order=reacted",
    f"/threads/{THREAD}/comments.atom",
    f"/counts?threads={THREAD}",
)


async def told(function: Function) -> str:
    return "".join([(await function.get(path)).text for path in PUBLIC])


@pytest.mark.parametrize("act", ["", "hold", "reject", "crisis", "undo"])
async def test_a_held_text_is_told_nowhere_whatever_staff_do_to_it(
    function: Function, sign_in: SignIn, act: str
) -> None:
    before = await told(function)
    comment = await written(function, "Waiting words", pseudonym="Rare Bird")
    mo = await sign_in()
    if act == "undo":
        answer = await mo.act("approve", comment)
        assert "Waiting words" in await told(function)
        await mo.post("/undo", {"batch": batch_of(answer)})
    elif act:
        await mo.act(act, comment, answer="unkind")
    await mo.get(f"/items/{comment.id}")
    after = await told(function)
    assert not [word for word in ("Waiting words", "Rare Bird", comment.id) if word in after]
    assert len(after) == len(before)


async def test_a_text_taken_out_of_sight_is_in_no_answer_that_was_ready(
    function: Function, sign_in: SignIn
) -> None:
    comment = await written(function, "Words to hide", state="published")
    assert "Words to hide" in await told(function)
    await (await sign_in()).act("hold", comment)
    assert "Words to hide" not in await told(function)


async def test_a_redacted_part_is_in_no_answer_that_was_ready(function: Function, sign_in: SignIn) -> None:
    comment = await written(function, "Call 555 0100 now", state="published")
    assert "555 0100" in await told(function)
    await (await sign_in()).act("redact", comment, start=6, end=13)
    assert "555 0100" not in await told(function)


def test_the_next_pull_leaves_out_what_was_erased(tmp_path: Path) -> None:
    office = Office(tmp_path)
    try:
        kept = office.written("Words that stay", state="published")
        gone = office.written("Words that go", state="published")
        snapshot = tmp_path / "snapshot.json"
        pull(endpoint=office.origin, out=snapshot)
        assert "Words that go" in snapshot.read_text("utf-8")
        office.do(office.erase(gone))
        pull(endpoint=office.origin, out=snapshot)
        threads = json.loads(snapshot.read_text("utf-8"))["threads"]
        assert [one["id"] for one in threads[THREAD]["comments"]] == [kept.id]
    finally:
        office.stop()
