"""Working together: who is on a post, notes between moderators, filters, where one was, how long posts waited."""

from __future__ import annotations

import pytest

from tests.widgets.conftest import Function
from tests.widgets.desk.conftest import SignIn, written
from widgets.store.desk_records import AuditAsk

pytestmark = pytest.mark.anyio
DAY = 86_400


async def test_of_two_who_claim_a_post_the_first_has_it(function: Function, sign_in: SignIn) -> None:
    comment = await written(function, held=("crisis",), urgency=9)
    mo, ana = await sign_in(), await sign_in("Ana")
    assert (await mo.act("claim", comment)).status_code == 303
    late = await ana.act("claim", comment)
    assert late.status_code == 409
    assert "A colleague has just taken this on" in late.text
    assert "Mo is on it" in (await ana.get("/")).text
    assert "You are on it" in (await mo.get(f"/items/{comment.id}")).text
    assert (await ana.act("release", comment)).status_code == 409
    assert (await mo.act("release", comment)).status_code == 303
    assert (await ana.act("claim", comment)).status_code == 303
    assert await function.store.comment(comment.id) == comment  # it forbids nobody to decide


async def test_a_claim_ends_with_the_decision_with_the_post_or_after_three_days(
    function: Function, sign_in: SignIn
) -> None:
    mo = await sign_in()
    one, two, three = [await written(function) for _ in range(3)]
    for comment in (one, two, three):
        await mo.act("claim", comment)
    await mo.act("approve", one)
    await function.store.remove_comment(two.id, None)
    assert [row.id for row in await function.store.desk_rows("assigned")] == [three.id]
    function.clock.forward(3 * DAY)
    ana = await sign_in("Ana")
    assert (await ana.act("claim", three)).status_code == 303


async def test_a_post_is_handed_over_to_who_may_read_it(function: Function, sign_in: SignIn) -> None:
    comment = await written(function, held=("medical-claim",), urgency=7)
    mo, lee = await sign_in(), await sign_in("Dr Lee", "clinician")
    await sign_in("Advocate", "advocate")
    await sign_in("Far Away", "editor", conditions=("arthritis",))
    await mo.get(f"/items/{comment.id}")
    for nobody in ("advocate", "far-away", "mo", "nobody", ""):
        assert (await mo.act("hand-over", comment, to=nobody)).status_code == 400
    assert (await mo.act("hand-over", comment, to="dr-lee")).status_code == 303
    queue = (await lee.get("/?mine=1")).text
    assert comment.id in queue
    assert "You are on it" in queue
    assert "handed over by Mo" in queue
    assert comment.id not in (await mo.get("/?mine=1")).text


async def test_notes_are_read_by_staff_alone_and_erased_with_the_post(
    function: Function, sign_in: SignIn
) -> None:
    member = function.member()
    sent = (await member.write("Rain again.")).json()["comment"]
    other = (await member.write("Rain still.")).json()["comment"]
    comment, second = [await function.store.comment(one["id"]) for one in (sent, other)]
    mo, ana, advocate = await sign_in(), await sign_in("Ana"), await sign_in("Ad", "advocate")
    assert (await mo.act("memo", comment, memo="Called zugzwang before.")).status_code == 303
    assert (await mo.act("memo-name", comment, memo="Means zwischenzug.")).status_code == 303
    page = (await ana.get(f"/items/{comment.id}")).text
    assert "Called zugzwang before." in page
    assert "Means zwischenzug." in page
    beside = (await ana.get(f"/items/{second.id}")).text
    assert "zugzwang" not in beside
    assert "Means zwischenzug." in beside
    assert "zwischenzug" not in (await advocate.get(f"/items/{comment.id}")).text
    assert "zugzwang" not in str(await function.store.audit(AuditAsk()))
    me = (await member.send("GET", "/me")).text
    assert "zugzwang" not in me
    assert "zwischenzug" not in me
    await member.send("DELETE", f"/comments/{comment.id}")
    assert await function.store.desk_rows("post-notes") == []
    assert len(await function.store.desk_rows("name-notes")) == 1
    await member.send("DELETE", f"/comments/{second.id}")
    assert await function.store.desk_rows("name-notes") == []


async def test_of_two_who_note_at_once_neither_is_lost_and_one_form_notes_once(
    function: Function, sign_in: SignIn
) -> None:
    comment = await written(function)
    mo, ana = await sign_in(), await sign_in("Ana")
    once = function.services.new_id()
    codes = [
        (await mo.act("memo", comment, memo="One.", once=once)).status_code,
        (await mo.act("memo", comment, memo="One.", once=once)).status_code,
        (await ana.act("memo", comment, memo="Two.")).status_code,
    ]
    assert codes == [303, 409, 303]
    [row] = await function.store.desk_rows("post-notes")
    assert [note["text"] for note in row.value["notes"]] == ["One.", "Two."]


@pytest.mark.parametrize(
    ("memo", "kept"),
    [
        ("w" * 1_000, "w" * 1_000),
        ("a\u202eb\u2066c", "abc"),
        ("Z" + "\u0335" * 300, "Z" + "\u0335" * 3),
        ("", None),
        ("\u202e", None),
        ("w" * 1_001, None),
        ("a\x00b", None),
    ],
    ids=[
        "a long word",
        "bidi controls",
        "stacked marks",
        "empty",
        "only a control",
        "too long",
        "a zero byte",
    ],
)
async def test_what_a_note_may_hold(function: Function, sign_in: SignIn, memo: str, kept: str | None) -> None:
    comment = await written(function)
    answer = await (await sign_in()).act("memo", comment, memo=memo)
    rows = await function.store.desk_rows("post-notes")
    assert [row.value["notes"][0]["text"] for row in rows] == ([kept] if kept else [])
    assert answer.status_code == (303 if kept else 400)


async def test_at_most_twenty_notes(function: Function, sign_in: SignIn) -> None:
    comment = await written(function)
    mo = await sign_in()
    codes = [(await mo.act("memo", comment, memo=f"Note {n}")).status_code for n in range(21)]
    assert codes == [303] * 20 + [409]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "abcd"),
        ("reason=links", "b"),
        ("reason=crisis", "c"),
        ("condition=arthritis", "d"),
        ("lang=es", "a"),
        ("age=day", "a"),
        ("age=hour&lang=en", "b"),
        ("mine=1", "c"),
        ("reason=nothing-like-it", ""),
        ("reason=%00&age=x&lang=", "abcd"),
    ],
)
async def test_the_queue_is_narrowed(function: Function, sign_in: SignIn, query: str, found: str) -> None:
    posts = {"a": await written(function, lang="es", held=("first",))}
    function.clock.forward(DAY)
    posts["b"] = await written(function, held=("links",))
    function.clock.forward(2 * 3_600)
    posts["c"] = await written(function, urgency=9, held=("policy",), flags={"crisis": 1})
    posts["d"] = await written(function, condition="arthritis", thread="arthritis~work")
    mo = await sign_in()
    await mo.act("claim", posts["c"])
    page = (await mo.get(f"/?{query}")).text
    assert {name for name, post in posts.items() if f'id="i-{post.id}"' in page} == set(found)


async def test_after_a_decision_one_is_where_one_was(function: Function, sign_in: SignIn) -> None:
    one, two, three = [await written(function, lang="es") for _ in range(3)]
    mo = await sign_in()
    page = (await mo.get("/?lang=es")).text
    assert f"approve {one.id}.1 {two.id}" in page
    assert f"/desk/items/{two.id}?lang=es&amp;next={three.id}" in page
    done = await mo.post("/bulk", {"one": f"approve {one.id}.1 {two.id}", "at": "lang=es"})
    assert done.headers["location"].endswith(f"&lang=es#i-{two.id}")
    item = (await mo.get(f"/items/{two.id}?lang=es&next={three.id}")).text
    assert f'name="at" value="lang=es&amp;next={three.id}"' in item
    done = await mo.act("approve", two, at=f"lang=es&next={three.id}")
    assert done.headers["location"].endswith(f"&lang=es#i-{three.id}")
    stays = await mo.act("claim", three, at=f"lang=es&next={one.id}")
    assert stays.headers["location"] == f"/desk/items/{three.id}?lang=es&next={one.id}"
    odd = await mo.act("approve", three, at="next=//evil.example&lang=%0d%0aSet-Cookie:x")
    assert odd.headers["location"].count("evil") == odd.headers["location"].count("Cookie") == 0


async def test_a_plea_is_veiled_until_it_is_opened(function: Function, sign_in: SignIn) -> None:
    plea = await written(function, "I cannot go on.", held=("crisis",), urgency=9)
    plain = await written(function, "Rain again.")
    mo = await sign_in()
    queue = (await mo.get("/")).text
    assert queue.index('<details class="veil">') < queue.index("I cannot go on.") < queue.index("Rain again.")
    assert queue.count('<details class="veil">') == 1
    assert "Rain again." in queue
    item = (await mo.get(f"/items/{plea.id}")).text
    assert "veil" not in item
    assert plain.id not in item


async def test_earlier_decisions_on_a_pseudonym_are_told(function: Function, sign_in: SignIn) -> None:
    own = {"author": "f" * 32, "pseudonym": "Quiet Heron", "skeleton": "quietheron"}
    mo = await sign_in()
    for answer in ("unkind", "unkind", None):
        comment = await written(function, **own)
        await (mo.act("reject", comment, answer=answer) if answer else mo.act("approve", comment))
    last = await written(function, **own)
    page = (await mo.get(f"/items/{last.id}")).text
    assert "Decisions so far: 1 published, 2 rejected." in page


async def test_the_first_look_is_counted_once_and_tells_of_nobody(
    function: Function, sign_in: SignIn
) -> None:
    plea = await written(function, held=("crisis",), urgency=9)
    plain = await written(function)
    mo, ed, ad = await sign_in(), await sign_in("Ed", "editor"), await sign_in("Ad", "advocate")
    await ad.get(f"/items/{plain.id}")
    function.clock.forward(600)
    await mo.get(f"/items/{plea.id}")
    function.clock.forward(2 * 3_600)
    for colleague in (mo, ed):
        for comment in (plea, plain):
            await colleague.get(f"/items/{comment.id}")
    [row] = await function.store.desk_rows("first-looks")
    assert (row.id, row.value) == ("2026-09-21.migraine", {"plea quarter": 1, "other four": 1})
    load = (await mo.get("/load")).text
    assert "Week of 2026-09-21 UTC: that tell of danger</th><td>1</td><td>0</td>" in load
    far = await sign_in("Far Away", "editor", conditions=("arthritis",))
    assert "<td>1</td>" not in (await far.get("/load")).text


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("محمد علي", None),
        ("Ольга Иванова", None),
        ("李雷", None),
        ("Dra. Ana Núñez", "dra-ana-nunez"),
        ("Łukasz", "ukasz"),
    ],
)
async def test_staff_have_names_in_any_script(
    function: Function, sign_in: SignIn, name: str, id_: str | None
) -> None:
    colleague = await sign_in(name)
    comment = await written(function)
    assert (await colleague.act("approve", comment)).status_code == 303
    [entry] = await function.store.audit(AuditAsk(comment=comment.id))
    assert entry.actor.isascii()
    assert id_ in (None, entry.actor)
    assert name in (await (await sign_in("Ed", "editor")).get("/audit")).text
