"""What staff may do by one press, and what a source's address may be."""

from __future__ import annotations

import re

import pytest

from tests.widgets.conftest import Function
from tests.widgets.desk.conftest import SignIn, batch_of, written
from widgets.desk.moderation.sources import is_source
from widgets.store.desk_records import AuditAsk

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("https://example.org/a?b=c#d", True),
        ("https://www.nice.org.uk/guidance/cg150/chapter/1-Guidance", True),
        ("https://münchen.example/straße", True),
        ("https://例え.テスト/", True),
        ("https://[2001:db8::1]:8443/a", True),
        ("https://example.org:443/", True),
        ("https://a b", False),
        ("https://example.org/a b", False),
        ("https://example.org\t/", False),
        ("https://example.org/\u00a0x", False),
        ("https://example.org/\u202egro", False),
        ("https://example.org/\u200bx", False),
        ("https://nice.org.uk@evil.example/", False),
        ("https://-a.example/", False),
        ("https://a..b/", False),
        ("https://a_b!c/", False),
        ("https://example.org:99999/", False),
        ("https://[::1", False),
        ('https://example.org/"onclick', False),
        ("https://", False),
        ("https:///path", False),
        ("http://example.org/", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_a_source_is_an_address_that_opens_as_it_is_written(address: str, fits: bool) -> None:
    assert is_source(address) == fits


@pytest.mark.parametrize("way", ["page", "queue"])
async def test_a_plea_is_shown_to_everybody_by_no_single_press(
    function: Function, sign_in: SignIn, way: str
) -> None:
    mo, plea = await sign_in(), await written(function, held=("crisis",), urgency=9)
    shown = await written(function, state="published")
    await function.member().send("POST", f"/comments/{shown.id}/flags", {"reason": "crisis"})
    pointed_out = await function.store.comment(shown.id)
    assert pointed_out.revision == shown.revision
    for one in (plea, pointed_out):
        if way == "page":
            answer = await mo.act("approve", one)
        else:  # a page that was made before somebody pointed it out has the button still
            answer = await mo.post("/bulk", {"one": f"approve {one.id}.{one.revision}"})
        assert answer.status_code == 409
        assert "Nobody shows that to everybody by one press" in answer.text
        assert await function.store.comment(one.id) == one


@pytest.mark.parametrize("reason", ["incitement", "pact", "method-shared", "method", "child"])
async def test_what_harms_its_readers_is_shown_by_no_single_press_nor_key(
    function: Function, sign_in: SignIn, reason: str
) -> None:
    mo, harm = await sign_in(), await written(function, held=(reason,), urgency=5)
    queue, item = (await mo.get("/")).text, (await mo.get(f"/items/{harm.id}")).text
    assert f"approve {harm.id}" not in queue
    assert re.search(rf'href="/desk/items/{harm.id}[^"]*#approve" data-key="a"', queue)
    assert item.count('data-key="a"') == 1
    assert '<details id="approve"><summary data-key="a">' in item
    chosen = {"act": "approve", "item": f"{harm.id}.{harm.revision}"}
    for fields in ({"one": f"approve {harm.id}.{harm.revision}"}, chosen):
        assert (await mo.post("/bulk", fields)).status_code == 409
    assert (await function.store.comment(harm.id)).state == "held"
    assert (await mo.act("approve", harm, sure="1")).status_code == 303


async def test_shown_after_all_it_can_be_taken_back(function: Function, sign_in: SignIn) -> None:
    plea, mo = await written(function, held=("crisis",), urgency=9), await sign_in()
    page = (await mo.get(f"/items/{plea.id}")).text
    assert "Everybody can read it then, under this pseudonym" in page
    done = await mo.act("approve", plea, sure="1")
    assert (await function.store.comment(plea.id)).state == "published"
    assert (await mo.post("/undo", {"batch": batch_of(done)})).status_code == 303
    back = await function.store.comment(plea.id)
    assert (back.state, back.held, back.urgency) == ("held", ("crisis",), 9)


async def test_ones_own_answer_is_decided_on_by_somebody_else_where_somebody_is(
    function: Function, sign_in: SignIn
) -> None:
    root, mo = await written(function, state="published"), await sign_in()
    await mo.act("answer", root, text="Hush.")
    [entry] = await function.store.audit(AuditAsk(comment=root.id))
    own = str(entry.after["answer"])
    await function.member().send("POST", f"/comments/{own}/flags", {"reason": "abuse"})
    alone = (await mo.get("/")).text
    assert f"approve {own}" in alone  # nobody else is there
    ed = await sign_in("Ed", "editor")
    answer = await function.store.comment(own)
    for path in ("/", f"/items/{own}"):
        page = (await mo.get(path)).text
        assert "You wrote this yourself" in page, path
        assert f"approve {own}" not in page
        assert f"/items/{own}/approve" not in page
        assert f"/items/{own}/reject" not in page
    for act, fields in (("approve", {}), ("reject", {"answer": "unkind"})):
        assert (await mo.act(act, answer, **fields)).status_code == 409
    assert f"approve {own}" in (await ed.get("/")).text
    assert (await ed.act("reject", answer, answer="unkind")).status_code == 303


async def test_whose_role_does_not_decide_reads_so_and_sees_no_button(
    function: Function, sign_in: SignIn
) -> None:
    comment, dr = await written(function), await sign_in("Dr Lee", "clinician")
    page = (await dr.get(f"/items/{comment.id}")).text
    assert "moderators and editors decide what is shown" in page
    assert "/approve" not in page
    assert "/reject" not in page
    assert "moderators and editors decide" not in (await (await sign_in()).get(f"/items/{comment.id}")).text


async def test_after_the_last_of_the_queue_the_one_before_it_has_the_focus_then_the_page(
    function: Function, sign_in: SignIn
) -> None:
    first, last = await written(function), await written(function)
    mo = await sign_in()
    queue = (await mo.get("/?lang=en")).text
    assert f'value="approve {last.id}.{last.revision} {first.id}"' in queue
    at = {"at": "lang=en"}
    done = await mo.post("/bulk", {"one": f"approve {last.id}.{last.revision} {first.id}", **at})
    assert done.headers["location"].endswith(f"&lang=en#i-{first.id}")
    assert f'value="approve {first.id}.{first.revision} "' in (await mo.get("/?lang=en")).text
    done = await mo.post("/bulk", {"one": f"approve {first.id}.{first.revision} ", **at})
    assert done.headers["location"].endswith("&lang=en#main")


async def test_what_is_taken_back_has_the_focus_again(function: Function, sign_in: SignIn) -> None:
    comment, mo = await written(function), await sign_in()
    done = await mo.post("/bulk", {"one": f"approve {comment.id}.{comment.revision} ", "at": "lang=en"})
    page = (await mo.get(done.headers["location"].removeprefix("/desk"))).text
    assert 'name="at" value="lang=en"' in page.partition("data-undo")[2].partition("</form>")[0]
    back = await mo.post("/undo", {"batch": batch_of(done), "at": "lang=en"})
    assert back.headers["location"].endswith(f"&lang=en#i-{comment.id}")
