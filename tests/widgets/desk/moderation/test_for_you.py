"""What needs advocates: questions and posts without an answer and calls for a clinician, by condition and age; and its digest."""

from __future__ import annotations

import re
from typing import Any

import feedparser
import pytest

from tests.widgets.conftest import Function
from tests.widgets.desk.conftest import Colleague, SignIn, told, written
from tests.widgets.function.test_privacy import everything_on_disk
from widgets.desk.auth.people import FEED, revoke
from widgets.store.desk_records import AuditAsk
from widgets.store.voices import Voice, Words, thread_of

pytestmark = pytest.mark.anyio
DAY = 86_400
MS = {"thread": "multiple-sclerosis~x", "condition": "multiple-sclerosis"}


async def asked(function: Function, title: str = "Does it pass?", **more: Any) -> Voice:
    given = {"published": "2026-09-20", "html": "<p>It began.</p>", "shown": Words(title, "It began.")}
    return await told(function, kind="question", state="published", **{**given, **more})


async def page_of(colleague: Colleague) -> str:
    answer = await colleague.get("/unanswered")
    assert answer.status_code == 200
    return answer.text


def parts(page: str) -> list[tuple[str, str]]:
    """The headings of the page's lists."""
    return re.findall(r"<(h[23])[^>]*>([^<]+)</h", page)


async def test_it_is_ordered_by_condition_and_age(function: Function, sign_in: SignIn) -> None:
    new = await asked(function, "New?", published="2026-09-21")
    old = await asked(function, "Old?", published="2026-09-02")
    first, second = [await written(function, text, state="published") for text in ("One.", "Two.")]
    elsewhere = await written(function, "Three.", state="published", **MS)
    page = await page_of(await sign_in("Ana", "advocate"))
    assert parts(page) == [
        ("h2", "Living with migraine (4)"),
        ("h3", "Questions without an answer"),
        ("h3", "Posts without an answer"),
        ("h2", "multiple-sclerosis (1)"),
        ("h3", "Posts without an answer"),
    ]
    places = [page.index(one.id) for one in (old, new, first, second, elsewhere)]
    assert places == sorted(places)


async def test_an_answered_question_waits_no_more_and_its_answer_is_no_post_that_waits(
    function: Function, sign_in: SignIn
) -> None:
    voice = await asked(function)
    ana = await sign_in("Ana", "advocate")
    assert voice.id in await page_of(ana)
    sent = {"text": "It does for me.", "once": "0" * 26}
    for _ in range(2):  # pressed twice
        assert (await ana.post(f"/questions/{voice.id}/question-answer", sent)).status_code == 303
    [given] = await function.store.newest(thread_of(voice), 9)
    assert (given.pseudonym, given.role, given.text) == ("Ana", "advocate", "It does for me.")
    await written(function, "For me too.", thread=thread_of(voice), state="published")
    assert "Everybody has an answer." in await page_of(ana)
    page = (await ana.get(f"/questions/{voice.id}")).text
    assert page.index("It does for me.") < page.index("For me too.")


@pytest.mark.parametrize(
    ("role", "answering", "leads"),
    [
        ("editor", "clinician", True),
        ("moderator", "clinician", True),
        ("editor", "advocate", False),
        ("advocate", "clinician", False),
        ("clinician", "clinician", False),
    ],
)
async def test_whoever_accepts_answers_finds_the_way_there_from_the_question(
    function: Function, sign_in: SignIn, role: str, answering: str, leads: bool
) -> None:
    voice = await asked(function)
    lee = await sign_in("Lee", answering)
    await lee.post(f"/questions/{voice.id}/question-answer", {"text": "It may."})
    reader = await sign_in("Mo", role)
    page = (await reader.get(f"/questions/{voice.id}")).text
    assert (f'href="/desk/voices/{voice.id}#given">Accept one as the answer' in page) is leads
    if leads:
        assert 'id="given"' in (await reader.get(f"/voices/{voice.id}")).text


async def test_a_first_post_is_marked_and_a_second_is_not(function: Function, sign_in: SignIn) -> None:
    own = {"author": "f" * 32, "pseudonym": "Wren", "skeleton": "wren", "state": "published"}
    for text in ("One.", "Two."):
        await written(function, text, **own)
    await written(function, "Alone.", state="published")
    page = await page_of(await sign_in("Ana", "advocate"))
    assert page.count("Their first post here") == 1
    assert page.index("Two.") < page.index("Their first post here") < page.index("Alone.")


async def test_a_clinician_is_asked_for_until_one_has_answered(function: Function, sign_in: SignIn) -> None:
    post = await written(function, "Is this rash a reason to stop?", state="published")
    ana, lee = await sign_in("Ana", "advocate"), await sign_in("Lee", "clinician")
    assert (await ana.act("ask-clinician", post)).status_code == 303
    assert (await lee.act("ask-clinician", post)).status_code == 409
    assert parts(await page_of(lee))[1:] == [("h3", "A clinician is asked for")]
    await ana.act("answer", post, text="I have asked somebody who knows.")
    page = await page_of(lee)
    assert parts(page)[1:] == [("h3", "A clinician is asked for")]
    assert post.id in page
    await lee.act("answer", post, text="Call your care team today.")
    assert post.id not in await page_of(lee)


async def test_a_clinician_is_asked_for_below_a_question_too(function: Function, sign_in: SignIn) -> None:
    voice = await asked(function)
    ana, lee = await sign_in("Ana", "advocate"), await sign_in("Lee", "clinician")
    ask = f"/questions/{voice.id}/question-ask-clinician"
    assert [(await ana.post(ask)).status_code for _ in range(2)] == [303, 409]
    assert parts(await page_of(lee))[1:] == [("h3", "A clinician is asked for")]
    await lee.post(f"/questions/{voice.id}/question-answer", {"text": "It may."})
    assert "Everybody has an answer." in await page_of(lee)


@pytest.mark.parametrize("how", ["let go", "a month", "erased", "held"])
async def test_a_call_for_a_clinician_ends(function: Function, sign_in: SignIn, how: str) -> None:
    post = await written(function, "Is this a reason to stop?", state="published")
    mo = await sign_in()
    await mo.act("ask-clinician", post)
    if how == "let go":
        assert (await mo.act("clinician-done", post)).status_code == 303
        assert (await mo.act("clinician-done", post)).status_code == 409
    if how == "a month":
        function.clock.forward(30 * DAY)
        mo = await sign_in()
    if how == "erased":
        await function.store.remove_comment(post.id, post.author)
        assert await function.store.desk_rows("clinician-asked") == []
    if how == "held":
        assert (await mo.act("hold", post)).status_code == 303
        assert (await mo.act("clinician-done", post)).status_code == 409  # it changed
    assert "A clinician is asked for" not in await page_of(mo)


async def test_nobody_asks_for_a_clinician_below_what_readers_cannot_see(
    function: Function, sign_in: SignIn
) -> None:
    held = await written(function)
    mo = await sign_in()
    assert (await mo.act("ask-clinician", held)).status_code == 409
    assert await function.store.desk_rows("clinician-asked") == []


async def test_another_conditions_calls_are_in_no_list(function: Function, sign_in: SignIn) -> None:
    post = await written(function, "Is this a reason to stop?", state="published")
    voice = await asked(function)
    mo = await sign_in()
    await mo.act("ask-clinician", post)
    await mo.post(f"/questions/{voice.id}/question-ask-clinician")
    other = await sign_in("Person", "clinician", conditions=("multiple-sclerosis",))
    page = await page_of(other)
    assert "Everybody has an answer." in page
    assert post.id not in page
    assert voice.id not in page


# -- the digest


async def made(colleague: Colleague) -> str:
    """The feed's path, as its page shows it this once."""
    page = (await colleague.post("/feed")).text
    [address] = re.findall(r'value="(https?://[^"]+\.atom)"', page)
    return str(address).partition("/desk")[2]


async def fetch(function: Function, path: str) -> tuple[int, str]:
    function.client.cookies.clear()
    answer = await function.client.get(f"/desk{path}")
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    return answer.status_code, answer.text


async def test_the_digest_counts_what_waits_and_tells_no_word_name_or_condition(
    function: Function, sign_in: SignIn
) -> None:
    await asked(function, "A zebrafinch?", pseudonym="Wren")
    for text in ("Zebrafinch one.", "Zebrafinch two."):
        await written(function, text, state="published")
    await written(function, "Zebrafinch held.")
    await told(function)
    paths = [await made(await sign_in("Ana Ruiz", "advocate")), await made(await sign_in("Mo Ray"))]
    (_, advocates), (_, moderators) = [await fetch(function, path) for path in paths]
    [entry] = feedparser.parse(advocates).entries
    assert entry.content[0].value == "1 question has no answer. 2 posts have no answer."
    [entry] = feedparser.parse(moderators).entries
    assert entry.content[0].value.endswith("1 story or question waits to be read. 1 post waits in the queue.")
    for feed, path in zip((advocates, moderators), paths, strict=True):
        words = ("zebrafinch", "wren", "heron", "ana", "ruiz", "mo ray", "migraine", "winter")
        assert [word for word in words if word in feed.lower()] == []
        assert path.removeprefix("/feed/").removesuffix(".atom") not in feed
        assert {*re.findall(r'href="([^"]+)"', feed)} == {"https://example.org/desk/unanswered"}


async def test_one_entry_a_day_while_something_waits(function: Function, sign_in: SignIn) -> None:
    path = await made(await sign_in("Ana", "advocate"))
    assert feedparser.parse((await fetch(function, path))[1]).entries == []
    await written(function, "Hello?", state="published")
    first, again = [feedparser.parse((await fetch(function, path))[1]) for _ in range(2)]
    assert first.bozo == 0
    function.clock.forward(DAY)
    later = feedparser.parse((await fetch(function, path))[1])
    assert first.entries[0].id == again.entries[0].id != later.entries[0].id


async def test_a_digest_is_of_its_owners_conditions_alone(function: Function, sign_in: SignIn) -> None:
    await written(function, "Hello?", state="published")
    path = await made(await sign_in("Person", "advocate", conditions=("multiple-sclerosis",)))
    assert feedparser.parse((await fetch(function, path))[1]).entries == []


async def test_only_a_hash_of_the_address_is_kept_and_no_page_shows_it_again(
    function: Function, sign_in: SignIn
) -> None:
    ana = await sign_in("Ana", "advocate")
    token = (await made(ana)).removeprefix("/feed/").removesuffix(".atom")
    assert len(token) == 32
    assert token.encode() not in everything_on_disk(function.folder)
    account = (await ana.get("/account")).text
    assert token not in account
    assert "End the feed" in account
    assert "feed-made" in [one.action for one in await function.store.audit(AuditAsk())]


@pytest.mark.parametrize("how", ["ended", "made anew", "revoked", "forgotten", "guessed", "another form"])
async def test_a_dead_address_tells_nothing(function: Function, sign_in: SignIn, how: str) -> None:
    await written(function, "Hello?", state="published")
    ana = await sign_in("Ana", "advocate")
    path = await made(ana)
    assert (await fetch(function, path))[0] == 200
    if how == "ended":
        assert (await ana.post("/feed/end")).status_code == 303
    if how == "made anew":
        assert (await fetch(function, await made(ana)))[0] == 200
    if how == "revoked":
        await revoke(function.store, "ana", function.services.now(), function.services.new_id)
        assert await function.store.desk_rows(FEED) == []
    if how == "forgotten":
        function.clock.forward(60 * DAY)
    if how == "guessed":
        path = f"/feed/{'0' * 32}.atom"
    if how == "another form":
        path = path.upper().replace("/FEED", "/feed").replace(".ATOM", ".atom") + "x"
    status, text = await fetch(function, path)
    assert status == 404
    assert "post" not in text.partition("<main")[2].lower().replace("posts", "")


async def test_a_feed_lives_while_it_is_fetched(function: Function, sign_in: SignIn) -> None:
    path = await made(await sign_in("Ana", "advocate"))
    for _ in range(3):
        function.clock.forward(59 * DAY)
        assert (await fetch(function, path))[0] == 200
    function.clock.forward(60 * DAY)
    await function.store.purge_desk(function.services.now())
    assert await function.store.desk_rows(FEED) == []
    assert (await fetch(function, path))[0] == 404


async def test_one_person_ends_nobody_elses_feed(function: Function, sign_in: SignIn) -> None:
    path = await made(await sign_in("Ana", "advocate"))
    mo = await sign_in()
    await mo.post("/feed/end")
    await made(mo)
    assert (await fetch(function, path))[0] == 200


async def test_guesses_are_limited(build: Any) -> None:
    from widgets.rules.limits import Limit

    function = build(limits={"desk-enter": (Limit(2, 60),)})
    statuses = [(await fetch(function, f"/feed/{n:032x}.atom"))[0] for n in range(3)]
    assert statuses == [404, 404, 429]
