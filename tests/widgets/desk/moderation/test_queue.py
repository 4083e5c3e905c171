"""The queue: urgency and reasons in words, decisions by one press, many at once, and taken back."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from tests.widgets.conftest import THREAD, Function
from tests.widgets.desk.conftest import Colleague, SignIn, batch_of, written
from widgets.function.text.refused_pleas import RefusedRow, tell
from widgets.store.desk_records import AuditAsk
from widgets.store.records import Comment, Mark, MarkChange

pytestmark = pytest.mark.anyio


def ids(page: str) -> list[str]:
    return re.findall(r'id="i-([0-9a-z]{26})"', page)


def value(comment: Comment) -> str:
    return f"{comment.id}.{comment.revision}"


async def state(function: Function, comment: Comment) -> str:
    found = await function.store.comment(comment.id)
    return str(found.state)


async def undo(colleague: Colleague, answer: httpx.Response) -> httpx.Response:
    return await colleague.post("/undo", {"batch": batch_of(answer)})


async def test_the_most_urgent_comes_first_with_its_reasons_in_words(
    function: Function, sign_in: SignIn
) -> None:
    routine = await written(function)
    plea = await written(function, "I cannot go on.", urgency=9, held=("crisis",))
    flagged = await written(function, "Stop your pills.", state="published")
    for person in ("a", "b"):
        mark = MarkChange(
            "flag", THREAD, person * 32, Mark(flagged.id, "unsafe-medical-claim"), True, "2026-09-22"
        )
        await function.store.flag(mark, 7)
    mo = await sign_in()
    page = (await mo.get("/")).text
    assert ids(page) == [plea.id, flagged.id, routine.id]
    assert "Its writer may be in crisis" in page
    assert "2 readers pointed out: unsafe medical claim" in page
    assert "First post under this pseudonym" in page


async def test_the_queue_speaks_spanish(function: Function, sign_in: SignIn) -> None:
    await written(function)
    mo = await sign_in()
    page = (await mo.get("/", accept_language="es-MX,es;q=0.9")).text
    assert '<html lang="es">' in page
    assert "Primer texto con este seudónimo" in page


async def test_what_a_member_wrote_is_text_and_never_markup(function: Function, sign_in: SignIn) -> None:
    await written(function, "<script>alert(1)</script>", pseudonym='"><b>x')
    page = (await (await sign_in()).get("/")).text
    assert "<script>alert" not in page
    assert '"><b>x' not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*before* the **storm**", "<p><em>before</em> the <strong>storm</strong></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        (
            "[a cure](https://example.com/?a=1&b=2)",
            '<p>a cure <span class="address">(https://example.com/?a=1&amp;b=2)</span></p>',
        ),
        ("<https://example.com/>", "<p>https://example.com/</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
    ],
)
async def test_a_text_shows_as_readers_will_see_it_and_links_as_their_address(
    function: Function, sign_in: SignIn, text: str, shown: str
) -> None:
    comment = await written(function, text)
    mo = await sign_in()
    for path in ("/", f"/items/{comment.id}"):
        quoted = (
            (await mo.get(path)).text.split("<blockquote", 1)[1].split(">", 1)[1].split("</blockquote>")[0]
        )
        assert quoted.strip() == shown, path


async def test_one_press_approves(function: Function, sign_in: SignIn) -> None:
    comment = await written(function)
    mo = await sign_in()
    answer = await mo.post("/bulk", {"one": f"approve {value(comment)}"})
    assert answer.status_code == 303
    assert await state(function, comment) == "published"
    assert "Approved." in (await mo.get(answer.headers["location"].removeprefix("/desk"))).text


async def test_many_are_decided_at_once(function: Function, sign_in: SignIn) -> None:
    comments = [await written(function) for _ in range(3)]
    mo = await sign_in()
    fields = {"act": "approve", "item": [value(one) for one in comments[:2]]}
    answer = await mo.post("/bulk", fields)
    assert answer.status_code == 303
    assert [await state(function, one) for one in comments] == ["published", "published", "held"]
    page = (await mo.get(answer.headers["location"].removeprefix("/desk"))).text
    assert "2 posts: Approved." in page


async def test_what_changed_meanwhile_is_passed_over_in_bulk(function: Function, sign_in: SignIn) -> None:
    first, second = await written(function), await written(function)
    mo, eve = await sign_in("Mo"), await sign_in("Eve")
    await eve.act("reject", second, answer="advert")
    answer = await mo.post("/bulk", {"act": "approve", "item": [value(first), value(second)]})
    assert (await state(function, first), await state(function, second)) == ("published", "rejected")
    page = (await mo.get(answer.headers["location"].removeprefix("/desk"))).text
    assert "1 was passed over" in page


async def test_a_decision_is_undone_within_half_a_minute(function: Function, sign_in: SignIn) -> None:
    comment = await written(function, urgency=5, held=("first", "links"))
    mo = await sign_in()
    answer = await mo.act("approve", comment)
    assert await state(function, comment) == "published"
    function.clock.forward(29)
    undone = await undo(mo, answer)
    assert undone.status_code == 303  # type: ignore[attr-defined]
    now = await function.store.comment(comment.id)
    assert (now.state, now.held, now.urgency, now.queued) == ("held", ("first", "links"), 5, True)
    name = await function.store.name(comment.condition, comment.skeleton)
    assert not name.approved


async def test_after_half_a_minute_nothing_is_undone(function: Function, sign_in: SignIn) -> None:
    comment = await written(function)
    mo = await sign_in()
    answer = await mo.act("approve", comment)
    function.clock.forward(31)
    assert (await undo(mo, answer)).status_code == 409  # type: ignore[attr-defined]
    assert await state(function, comment) == "published"


async def test_nobody_undoes_what_another_did(function: Function, sign_in: SignIn) -> None:
    comment = await written(function)
    mo, eve = await sign_in("Mo"), await sign_in("Eve")
    answer = await mo.act("approve", comment)
    assert (await undo(eve, answer)).status_code == 404  # type: ignore[attr-defined]
    assert await state(function, comment) == "published"


async def test_an_undo_does_not_overwrite_what_came_after(function: Function, sign_in: SignIn) -> None:
    comment = await written(function)
    mo, eve = await sign_in("Mo"), await sign_in("Eve")
    answer = await mo.act("approve", comment)
    await eve.act("hold", await function.store.comment(comment.id))
    assert (await undo(mo, answer)).status_code == 409  # type: ignore[attr-defined]
    assert await state(function, comment) == "held"


async def test_many_are_undone_together_and_only_once(function: Function, sign_in: SignIn) -> None:
    comments = [await written(function) for _ in range(2)]
    mo = await sign_in()
    fields = {"act": "approve", "item": [value(one) for one in comments]}
    answer = await mo.post("/bulk", fields)
    assert (await undo(mo, answer)).status_code == 303  # type: ignore[attr-defined]
    assert [await state(function, one) for one in comments] == ["held", "held"]
    assert (await undo(mo, answer)).status_code == 409  # type: ignore[attr-defined]


async def test_every_decision_stands_in_the_audit_without_words_or_names(
    function: Function, sign_in: SignIn
) -> None:
    comment = await written(function, "Unmistakable words", pseudonym="Rare Bird", skeleton="rarebird")
    mo = await sign_in()
    await mo.act("reject", comment, answer="off-topic")
    [entry] = await function.store.audit(AuditAsk(comment=comment.id))
    assert (entry.actor, entry.action, entry.reason) == ("mo", "reject", "off-topic")
    assert (entry.before["state"], entry.after["state"]) == ("held", "rejected")
    assert entry.time == function.services.now()
    assert not any(word in str(entry) for word in ("Unmistakable", "Rare Bird", "rarebird"))


async def test_a_flag_does_not_make_the_page_of_a_moderator_stale(
    function: Function, sign_in: SignIn
) -> None:
    comment = await written(function, state="published", held=(), queued=False)
    mo = await sign_in()
    await function.member().send("POST", f"/comments/{comment.id}/flags", {"reason": "spam"})
    answer = await mo.act("hold", comment)
    assert answer.status_code == 303
    held = await function.store.comment(comment.id)
    assert (held.state, held.flags, held.queued) == ("held", {"spam": 1}, True)


async def test_an_undo_keeps_what_readers_pointed_out_since(function: Function, sign_in: SignIn) -> None:
    comment = await written(function, state="published", held=(), queued=False, urgency=0)
    mo = await sign_in()
    done = await mo.act("approve", comment)
    await function.member().send("POST", f"/comments/{comment.id}/flags", {"reason": "abuse"})
    batch = batch_of(done)
    assert (await mo.post("/undo", {"batch": batch})).status_code == 303
    after = await function.store.comment(comment.id)
    assert (after.flags, after.queued, after.urgency, after.decided) == ({"abuse": 1}, True, 5, None)


PERSONAL = "May hold a phone number, address or other personal data"


async def test_personal_data_that_its_writer_confirmed_is_a_reason(
    function: Function, sign_in: SignIn, manifest: dict[str, Any]
) -> None:
    manifest["conditions"]["migraine"]["comments"] = "pre"
    await function.member().write("Call me on 020 7946 0018.", confirmed=True)
    mo = await sign_in()
    page = (await mo.get("/")).text
    assert page.count(PERSONAL) == 1
    assert PERSONAL in (await mo.get(f"/items/{ids(page)[0]}")).text


async def test_personal_data_that_a_rule_held_is_told_once(function: Function, sign_in: SignIn) -> None:
    await written(function, "Call me on 020 7946 0018.", held=("personal-data",), urgency=5)
    assert (await (await sign_in()).get("/")).text.count(f"<li>{PERSONAL}</li>") == 1


async def test_a_post_with_personal_data_can_be_among_many(function: Function, sign_in: SignIn) -> None:
    comment = await written(function, "Call me on 020 7946 0018.")
    mo = await sign_in()
    assert f'name="item" value="{value(comment)}"' in (await mo.get("/")).text
    await mo.post("/bulk", {"act": "approve", "item": value(comment)})
    assert await state(function, comment) == "published"


async def test_that_nobody_is_called_looks_like_a_warning(function: Function, sign_in: SignIn) -> None:
    page = (await (await sign_in()).get("/")).text
    assert '<p class="notice" role="note">Nobody is called' in page


async def test_refused_pleas_take_one_row_above_the_posts_and_the_gravest_stays_open(
    function: Function, sign_in: SignIn
) -> None:
    for level in ("thoughts", "now", "past", "thoughts"):
        await tell(function.services, RefusedRow("migraine", f"busy-{level}", level), None)
    page = (await (await sign_in()).get("/")).text
    open_, folded = page[page.index('id="refused"') :].split("</section>")[0].split("<details>")
    assert re.findall(r"busy-\w+", open_) == ["busy-now"]
    assert "<summary>2 more</summary>" in folded
    assert sorted(re.findall(r"busy-\w+", folded)) == ["busy-past", "busy-thoughts"]
