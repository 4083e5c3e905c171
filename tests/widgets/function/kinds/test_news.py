"""Being told that somebody answered, over HTTP: of one's own alone, by a number made for this; and a private feed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import feedparser
import httpx
import pytest

from tests.widgets.conftest import ORIGIN, THREAD, Build, Function, Member
from tests.widgets.function.kinds.test_voices import told
from widgets.function.text.moderation import approve
from widgets.function.text.private_answers import PRIVATE_ANSWER, PrivateAnswer, keep_answer
from widgets.rules.limits import DAY, Limit
from widgets.store.desk_records import AuditEntry
from widgets.store.interface import CommentChange
from widgets.store.records import Comment
from widgets.store.voices import Voice, thread_of

pytestmark = pytest.mark.anyio
PLEA = "I want to kill myself tonight."
NUMBER, OTHER = "0a" * 16, "0b" * 16
CANARY = "zebrafinch"


async def post(member: Member, text: str = f"A {CANARY} comes.", **more: Any) -> str:
    answer = await member.write(text, **more)
    assert answer.status_code in (201, 202), answer.text
    return str(answer.json()["comment"]["id"])


async def tick(member: Member, number: str = NUMBER, **thing: str) -> httpx.Response:
    return await member.send("POST", "/news", thing, gatherwell_news=number)


async def news(function: Function, number: str = NUMBER, since: int | None = None) -> httpx.Response:
    asked = number if since is None else f"{number} {since}"
    return await function.get("/news", gatherwell_news=asked)


async def is_told(function: Function, number: str = NUMBER, since: int | None = None) -> bool:
    answer = await news(function, number, since)
    assert answer.status_code == 200, answer.text
    return bool(answer.json()["news"])


async def ticked(function: Function, text: str = f"A {CANARY} comes.", **more: Any) -> tuple[Member, str]:
    member = function.member()
    id_ = await post(member, text, **more)
    assert (await tick(member, comment=id_)).json() == {"state": "on"}
    return member, id_


async def answered(function: Function, parent: str, text: str = "So it is.", thread: str = THREAD) -> str:
    function.clock.forward(5)
    return await post(
        function.member(),
        text,
        pseudonym=f"Reader {function.chance.random()}"[:30],
        parent=parent,
        thread=thread,
    )


async def decide(function: Function, id_: str, state: str) -> None:
    """As staff does, with its moment."""
    before: Comment = await function.store.comment(id_)
    fields = {"state": state, "held": (), "queued": False, "decided": function.services.now()}
    await function.store.change_comment(CommentChange(id_, before.revision, fields))


@dataclass
class Feed:
    """A private feed as its reader has it."""

    function: Function
    token: str
    path: str

    async def read(self) -> httpx.Response:
        return await self.function.get(self.path.removeprefix("/api/v1"))

    async def entries(self) -> list[Any]:
        answer = await self.read()
        assert answer.status_code == 200, answer.text
        return list(feedparser.parse(answer.content).entries)


async def feed_of(function: Function, number: str = NUMBER, lang: str = "en") -> Feed:
    answer = await function.member().send("POST", "/news/feed", {"lang": lang}, gatherwell_news=number)
    assert answer.status_code == 201, answer.text
    return Feed(function, **answer.json())


# -- asking


async def test_who_ticked_is_told_of_an_answer_once_it_is_published(
    function: Function, manifest: dict[str, Any]
) -> None:
    _, own = await ticked(function)
    assert not await is_told(function)
    manifest["conditions"]["migraine"]["comments"] = "pre"
    waits = await answered(function, own)
    assert not await is_told(function)
    function.clock.forward(3 * DAY)  # until somebody has read it
    since = function.services.now()
    await decide(function, waits, "published")
    assert await is_told(function, since=since)
    assert not await is_told(function, OTHER)


async def test_what_was_seen_is_no_news(function: Function) -> None:
    member, own = await ticked(function)
    await answered(function, own)
    [seen] = (await member.send("GET", "/me")).json()["news"]
    since = seen["at"] + 1
    assert not await is_told(function, since=since)
    await answered(function, own)
    assert await is_told(function, since=since)


async def test_an_answer_that_is_withdrawn_is_no_news(function: Function) -> None:
    _, own = await ticked(function)
    other = function.member()
    id_ = await post(other, "So it is.", pseudonym="Somebody", parent=own)
    assert await is_told(function)
    await other.send("DELETE", f"/comments/{id_}")
    assert not await is_told(function)


async def test_ones_own_answer_is_no_news(function: Function) -> None:
    member, own = await ticked(function)
    await post(member, "And more.", parent=own)
    assert not await is_told(function)


async def test_a_decision_and_a_private_answer_are_told_to_the_device(function: Function) -> None:
    _, own = await ticked(function, PLEA)
    comment: Comment = await function.store.comment(own)
    answer = PrivateAnswer("You are not alone.", "Mo", "moderator", function.services.now())
    entry = AuditEntry("e" * 26, function.services.now(), "mo", "private-answer", own, condition="migraine")
    await keep_answer(function.services, comment, answer, entry)
    assert await is_told(function)
    function.clock.forward(31 * DAY)
    assert not await is_told(function)  # a private answer ends after thirty days
    _, other = await ticked(function)
    await decide(function, other, "rejected")
    assert await is_told(function)


async def test_an_answer_to_a_question_is_told_and_so_is_what_staff_did(function: Function) -> None:
    member = function.member()
    voice = await told(function, member, form="migraine~question")
    assert (await tick(member, question=voice.id)).status_code == 200
    assert not await is_told(function)
    entry = AuditEntry("e" * 26, function.services.now(), "mo", "voice-ask", voice.id, condition="migraine")
    await function.store.voices.change(replace(voice, state="asked"), entry)
    assert await is_told(function)
    assert not await is_told(function, since=function.services.now() + 1)
    function.clock.forward(9)
    given = replace(await function.store.comment(await post(function.member())), id="z" * 26, root="z" * 26)
    await function.store.add_comment(
        replace(given, thread=thread_of(voice), created=function.services.now()), None
    )
    assert await is_told(function, since=function.services.now())


async def test_the_answer_is_as_long_whether_there_is_news_or_nobody_knows_the_number(
    function: Function,
) -> None:
    _, own = await ticked(function)
    await answered(function, own)
    found, unknown = await news(function), await news(function, OTHER)
    assert (found.json()["news"], unknown.json()["news"]) == (1, 0)
    assert (found.headers, len(found.content)) == (unknown.headers, len(unknown.content))
    assert found.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("number", ["", "0a", "0A" * 16, f"{NUMBER} x", f"{NUMBER} -1", f"{NUMBER}  1"])
async def test_what_is_no_number_is_refused(function: Function, number: str) -> None:
    assert (await news(function, number)).json()["code"] == "header-malformed"


async def test_another_sites_page_learns_nothing(function: Function) -> None:
    answer = await function.get("/news", gatherwell_news=NUMBER, origin="https://elsewhere.example")
    assert answer.json()["code"] == "origin-refused"


async def test_asking_is_limited_by_address(build: Build) -> None:
    function = build(limits={"news": (Limit(2, 60),), "news-feed": (Limit(1, 60),)})
    assert [(await news(function)).status_code for _ in range(3)] == [200, 200, 429]
    path = f"/news/{NUMBER}"
    assert [(await function.get(path)).status_code for _ in range(2)] == [404, 429]


# -- the tick


async def test_nobody_is_told_about_a_post_of_somebody_else(function: Function) -> None:
    member, own = await ticked(function)
    voice = await told(function, member)
    stranger = function.member()
    for thing in ({"comment": own}, {"story": voice.id}, {"question": voice.id}, {"comment": "0" * 26}, {}):
        answer = await tick(stranger, OTHER, **thing)
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-comment")
    wrong = await tick(member, OTHER, question=voice.id)
    assert wrong.json()["code"] == "unknown-comment"
    keyless = await function.client.post(
        "/api/v1/news", json={"comment": own}, headers={"origin": ORIGIN, "gatherwell-news": OTHER}
    )
    assert keyless.json()["code"] == "key-missing"
    await answered(function, own)
    assert not await is_told(function, OTHER)


async def test_the_tick_is_taken_back_by_the_number_alone(function: Function) -> None:
    member, own = await ticked(function)
    await answered(function, own)
    off = await function.member().send("DELETE", "/news", gatherwell_news=OTHER)
    assert off.json() == {"state": "off"}
    assert await is_told(function)
    await member.send("DELETE", "/news", gatherwell_news=NUMBER)
    assert not await is_told(function)


@pytest.mark.parametrize("how", ["post", "me"])
async def test_the_tick_goes_with_the_post(function: Function, how: str) -> None:
    member, own = await ticked(function)
    voice = await told(function, member)
    await tick(member, story=voice.id)
    if how == "post":
        await member.send("DELETE", f"/comments/{own}")
        await member.send("POST", f"/stories/{voice.id}", {"action": "withdraw"})
    else:
        assert (await member.send("DELETE", "/me")).status_code == 200
    watchers = [
        function.services.keys.watcher(kind, "migraine", function.services.keys.news_number(NUMBER))
        for kind in ("comment", "story")
    ]
    assert await function.store.news.watched(watchers) == {}


async def test_a_story_that_lapsed_is_watched_no_more(function: Function) -> None:
    member = function.member()
    voice: Voice = await told(function, member)
    await tick(member, story=voice.id)
    await function.store.voices.change(replace(voice, state="asked", due=function.services.now() + 1))
    function.clock.forward(2)
    assert not await is_told(function)
    assert await function.store.voices.voice(voice.id) is None


async def test_ones_own_page_names_what_answered(function: Function) -> None:
    member, own = await ticked(function)
    answer = await answered(function, own)
    [found] = (await member.send("GET", "/me")).json()["news"]
    assert found == {
        "kind": "reply",
        "at": function.services.now(),
        "thing": own,
        "by": answer,
        "thread": THREAD,
    }
    page = await function.get("/me", accept="text/html", cookie=f"__Host-gw={member.key}")
    assert f"#c-{answer}" in page.text
    about = (await member.send("POST", "/me", {"action": "show", "lang": "en"})).json()["about"]
    assert about["threads"].keys() == {THREAD}


# -- the feed


async def test_a_feed_says_that_there_is_news_with_a_day_and_the_way_to_ones_own_page(
    function: Function,
) -> None:
    _, own = await ticked(function)
    feed = await feed_of(function)
    assert re.fullmatch(r"/api/v1/news/[0-9a-f]{32}\?lang=en&at=example.org", feed.path)
    assert await feed.entries() == []
    await answered(function, own)
    await answered(function, own)
    [entry] = await feed.entries()
    assert (entry.title, entry.link, entry.updated) == (
        "There is news for you",
        f"{ORIGIN}/you/",
        "2026-09-22T00:00:00Z",
    )
    function.clock.forward(DAY)
    await answered(function, own)
    later = await feed.entries()
    assert [one.updated[:10] for one in later] == ["2026-09-23", "2026-09-22"]
    assert later[1].id == entry.id
    assert re.fullmatch("urn:gatherwell:news:[0-9a-f]{32}", entry.id)


async def test_a_feed_holds_no_word_name_title_or_condition(function: Function) -> None:
    _, own = await ticked(function, pseudonym="Quiet Heron")
    feed = await feed_of(function)
    await answered(function, own, f"The {CANARY} again.")
    answer = await feed.read()
    for word in (CANARY, "Heron", "migraine", "Weather", "Reader", own, THREAD, NUMBER, feed.token):
        assert word.lower() not in answer.text.lower()
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"


async def test_a_feed_is_in_its_readers_language(function: Function) -> None:
    _, own = await ticked(function)
    feed = await feed_of(function, lang="es")
    await answered(function, own)
    [entry] = await feed.entries()
    assert (entry.title, entry.link) == ("Hay novedades para ti", f"{ORIGIN}/es/you/")


async def test_a_feed_is_silent_about_pleas_and_private_answers_and_the_device_is_not(
    function: Function,
) -> None:
    _, own = await ticked(function, PLEA)
    feed = await feed_of(function)
    await approve(function.store, own)
    await answered(function, own)
    comment: Comment = await function.store.comment(own)
    answer = PrivateAnswer("You are not alone.", "Mo", "moderator", function.services.now())
    await keep_answer(function.services, comment, answer, AuditEntry("e" * 26, 1, "mo", "x", own))
    assert await function.store.desk_row(PRIVATE_ANSWER, own)
    assert await is_told(function)
    assert await feed.entries() == []


async def test_addresses_that_are_guessed_dead_ended_or_emptied_are_answered_alike(
    function: Function,
) -> None:
    member, own = await ticked(function)
    dead, ended, emptied = [await feed_of(function) for _ in range(3)]
    await function.member().send("DELETE", f"/news/{ended.token}")
    answers = [
        await function.get("/news/nothing"),
        await function.get(f"/news/{'0c' * 16}"),
        await ended.read(),
    ]
    function.clock.forward(61 * DAY)
    answers.append(await dead.read())
    function.clock.forward(-61 * DAY)
    await member.send("DELETE", f"/comments/{own}")
    answers += [await emptied.read(), await emptied.read()]
    assert {(one.status_code, one.content, str(one.headers)) for one in answers} == {
        (404, answers[0].content, str(answers[0].headers))
    }
    assert await function.store.desk_row("news-feed", function.services.keys.news_feed(emptied.token)) is None


async def test_a_feed_lives_by_being_read(function: Function) -> None:
    await ticked(function)
    feed = await feed_of(function)
    for _ in range(3):
        function.clock.forward(59 * DAY)
        assert await feed.entries() == []
    function.clock.forward(60 * DAY)
    assert (await feed.read()).status_code == 200
    function.clock.forward(61 * DAY)
    assert (await feed.read()).status_code == 404
    await function.services.purge()
    assert await function.store.desk_rows("news-feed") == []


async def test_without_a_tick_there_is_no_feed(function: Function) -> None:
    answer = await function.member().send("POST", "/news/feed", {}, gatherwell_news=NUMBER)
    assert answer.status_code == 404
    assert await function.store.desk_rows("news-feed") == []


async def test_the_address_of_a_feed_is_no_number_to_ask_with(function: Function) -> None:
    _, own = await ticked(function)
    feed = await feed_of(function)
    await answered(function, own)
    assert not await is_told(function, feed.token)
