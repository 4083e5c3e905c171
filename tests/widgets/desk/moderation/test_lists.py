"""The desk's lists: what was searched for, posts without an answer, the week's load."""

from __future__ import annotations

import re

import pytest

from tests.widgets.conftest import Function
from tests.widgets.desk.conftest import SignIn, written

pytestmark = pytest.mark.anyio


async def test_search_finds_words_and_leaves_them_in_no_address(function: Function, sign_in: SignIn) -> None:
    comment = await written(function, "A very rare word: zugzwang.", state="rejected")
    mo = await sign_in()
    page = await mo.post("/search", {"words": "ZUGZWANG"})
    assert comment.id in page.text
    assert "1 post found." in page.text
    assert "zugzwang" not in str(page.url).lower()


async def test_unanswered_posts_come_by_age(function: Function, sign_in: SignIn) -> None:
    first = await written(function, "Old question", state="published")
    second = await written(function, "New question", state="published")
    ana = await sign_in("Ana", "advocate")
    page = (await ana.get("/unanswered")).text
    assert page.index(first.id) < page.index(second.id)
    await ana.act("answer", first, text="You are not alone.")
    assert first.id not in (await ana.get("/unanswered")).text


async def test_the_audit_tells_in_words_who_did_what_to_whom(function: Function, sign_in: SignIn) -> None:
    await sign_in("Mo Ray")
    ed = await sign_in("Ed", "editor")
    await ed.act("reject", await written(function), answer="advert")
    page = re.sub(r"<[^>]+>", " ", (await ed.get("/audit")).text)
    lines = [" ".join(line.split()) for line in page.splitlines()]
    assert any("Command line invited Mo Ray" in line for line in lines)
    assert any("Mo Ray signed in by a link" in line for line in lines)
    assert any("Ed rejected Advertising held → rejected" in line for line in lines)


async def test_the_weekly_load_counts_each_persons_decisions(function: Function, sign_in: SignIn) -> None:
    mo, ed = await sign_in("Mo"), await sign_in("Ed", "editor")
    for _ in range(2):
        await mo.act("approve", await written(function))
    function.clock.forward(7 * 86_400)
    mo, ed = await sign_in("Mo"), await sign_in("Ed", "editor")
    await mo.act("approve", await written(function))
    page = (await ed.get("/load")).text
    row = page.partition('<th scope="row">Mo</th>')[2].partition("</tr>")[0]
    assert row == "<td>1</td><td>2</td><td>0</td><td>0</td>"
