"""Owns the writes that are interrupted at every step: what is there before, the intent, what must be there once
the intent was carried through, however often it took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from tests.widgets.store.test_conformance_comments import THREAD, comment, hashed, react
from tests.widgets.store.test_conformance_surveys import FIRST, SURVEY, Maker, response, text
from tests.widgets.store.test_conformance_voices import voice
from tests.widgets.store.test_conformance_votes import POLL, once, vote
from widgets.store.interface import CommentChange, Store
from widgets.store.records import Comment, Gone, Mark, MarkChange, Once, PageAsk, Tally

Work = Callable[[Store], Awaitable[Any]]
ROOT = comment(1)
ANSWER = comment(2, answers=ROOT, by="ben")
HELD = comment(1, state="held", queued=True, urgency=1, held=("first",))


@dataclass(frozen=True)
class History:
    before: tuple[Work, ...]
    intent: Work
    after: Callable[[Store], Awaitable[bool]]


def cast(*choices: str, name: str = "") -> Work:
    return lambda store: store.cast(vote(1, *choices), once(name) if name else None)


def write(written: Comment, key: str = "") -> Work:
    return lambda store: store.add_comment(written, Once(key * 32, "d", "2026-09-22") if key else None)


def press(target: str = "", on: bool | None = True, name: str = "") -> Work:
    return lambda store: store.mark(react("p", target, on=on), once(name) if name else None)


def take_away(written: Comment) -> Work:
    async def remove(store: Store) -> None:
        with suppress(Gone):  # a retry finds it gone
            await store.remove_comment(written.id, written.author)

    return remove


def turn(**fields: Any) -> Work:
    """As the function does it: look, and change only what is not so yet."""

    async def change(store: Store) -> None:
        seen = await store.comment(ROOT.id)
        assert seen is not None
        if any(getattr(seen, name) != value for name, value in fields.items()):
            await store.change_comment(CommentChange(ROOT.id, seen.revision, fields, approve_name=True))

    return change


async def flag(store: Store) -> None:
    change = MarkChange("flag", THREAD, hashed("p"), Mark(ROOT.id, "abuse"), True, "2026-09-22")
    await store.flag(change, 5)


def tally(voters: int, **votes: int) -> Callable[[Store], Awaitable[bool]]:
    async def is_so(store: Store) -> bool:
        return await store.tally(POLL, 1) == Tally(voters, votes)

    return is_so


def shows(*numbers: int, name_of: str | None = "ana") -> Callable[[Store], Awaitable[bool]]:
    async def is_so(store: Store) -> bool:
        page = await store.page(PageAsk(THREAD, "oldest"))
        named = name_of is None or await store.name("migraine", name_of) is not None
        return [int(shown.id) for shown in page.comments if shown.visible] == [
            int(f"01{number:024d}") for number in numbers
        ] and named

    return is_so


async def nothing_left(store: Store) -> bool:
    page = await store.page(PageAsk(THREAD, "oldest"))
    return page.comments == () and await store.name("migraine", "ana") is None


def reacted(target: str, times: int) -> Callable[[Store], Awaitable[bool]]:
    async def is_so(store: Store) -> bool:
        return dict(await store.recount_marks("reaction", THREAD)).get((target, "helpful"), 0) == times

    return is_so


async def approved(store: Store) -> bool:
    name = await store.name("migraine", "ana")
    return await shows(1)(store) and name is not None and name.approved and await store.queue(9) == []


async def flagged_once(store: Store) -> bool:
    return [(row.flags, row.urgency) for _, row in await store.queue(9)] == [({"abuse": 1}, 5)]


def respond(number: int, name: str = "") -> Work:
    return lambda store: store.surveys.add(response(number, "a"), once(name) if name else None)


async def take_response_back(store: Store) -> None:
    await store.surveys.withdraw(response(1, "a"))


async def publish_survey(store: Store) -> None:
    await store.surveys.publish(SURVEY, 1, FIRST, Maker())


def survey(standing: int, gone: int = 0, published: str | None = None) -> Callable[[Store], Awaitable[bool]]:
    async def is_so(store: Store) -> bool:
        counts = await store.surveys.count(SURVEY, 1)
        head = await store.surveys.head(SURVEY, 1)
        found = (counts.standing.get("a", 0), counts.gone.get("a", 0), head.results, head.responses)
        return found == (standing, gone, published, standing)

    return is_so


async def erase_text(store: Store) -> None:
    await store.surveys.erase_texts([(SURVEY, "words", text(1).key)])


def texts(*numbers: int) -> Callable[[Store], Awaitable[bool]]:
    async def is_so(store: Store) -> bool:
        kept = await store.surveys.texts(SURVEY, "words")
        return {one.key for one in kept} == {text(number).key for number in numbers}

    return is_so


async def tell(store: Store) -> None:
    await store.voices.add(voice(), once("story"))


async def accept(store: Store) -> None:
    """As the function does it: look, and accept only what is not accepted yet."""
    seen = await store.voices.voice(voice().id)
    assert seen is not None
    if seen.state != "published":
        await store.voices.change(replace(seen, state="published", shown=seen.written, html="<p>x</p>"))


async def take_story_back(store: Store) -> None:
    with suppress(Gone):  # a retry finds it gone
        await store.voices.remove(voice().id, voice().author)


def told(*states: str, takedowns: int = 0) -> Callable[[Store], Awaitable[bool]]:
    async def is_so(store: Store) -> bool:
        found = [one.state for one in await store.voices.by_author(voice().author)]
        return (found, await store.takedowns()) == ([*states], takedowns)

    return is_so


ONE, TWO = '{"": 1, "a": 1}', '{"": 2, "a": 2}'
HISTORIES: dict[str, History] = {
    "vote": History((), cast("often", name="v"), tally(1, often=1)),
    "change of a vote": History((cast("often"),), cast("never", name="v"), tally(1, never=1)),
    "vote taken back": History((cast("often"),), cast(name="v"), tally(0)),
    "press": History((), press(on=None, name="r"), reacted("", 1)),
    "reaction": History((write(ROOT),), press(ROOT.id), reacted(ROOT.id, 1)),
    "comment": History((), write(ROOT, "c"), shows(1)),
    "answer": History((write(ROOT),), write(ANSWER, "c"), shows(1, 2, name_of="ben")),
    "edit": History((write(ROOT),), turn(text="new", html="<p>new</p>"), shows(1)),
    "approval": History(
        (write(HELD),), turn(state="published", held=(), flags={}, queued=False, urgency=0), approved
    ),
    "hold": History((write(ROOT),), turn(state="held", queued=True, urgency=1), shows()),
    "withdrawal": History((write(ROOT), press(ROOT.id)), take_away(ROOT), nothing_left),
    "answered one's withdrawal": History(
        (write(ROOT), write(ANSWER)), take_away(ROOT), shows(2, name_of="ben")
    ),
    "last answer's withdrawal": History(
        (write(ROOT), write(ANSWER), take_away(ROOT)), take_away(ANSWER), nothing_left
    ),
    "flag": History((write(ROOT),), flag, flagged_once),
    "erasure of reactions": History(
        (write(ROOT), press(ROOT.id), press()),
        lambda store: store.erase_marks("reaction", THREAD, hashed("p")),
        reacted(ROOT.id, 0),
    ),
    "response": History((), respond(1, "s"), survey(1)),
    "response taken back": History((respond(1), respond(2)), take_response_back, survey(1)),
    "published response taken back": History(
        (respond(1), publish_survey), take_response_back, survey(0, 1, ONE)
    ),
    "publication of a survey": History((respond(1), respond(2)), publish_survey, survey(2, 0, TWO)),
    "story": History((), tell, told("sent")),
    "acceptance of a story": History((tell,), accept, told("published")),
    "story taken back": History((tell, accept), take_story_back, told(takedowns=1)),
    "free texts": History((), lambda store: store.surveys.keep_texts([text(1), text(2)]), texts(1, 2)),
    "erasure of a free text": History(
        (lambda store: store.surveys.keep_texts([text(1), text(2)]),), erase_text, texts(2)
    ),
}


async def sound(store: Store) -> bool:
    """Every number equals what it counts."""
    shown = (await store.page(PageAsk(THREAD, "oldest"))).comments
    visible = [row for row in shown if row.visible]
    counts = (await store.counts([THREAD]))[THREAD]
    marks = Counter(await store.recount_marks("reaction", THREAD))
    kept = {(row.id, key): n for row in visible for key, n in row.reactions.items()}
    kept |= {("", key): n for key, n in counts.reactions.items()}
    there = {row.id for row in visible} | {""}
    return (
        await store.check() == []
        and counts.comments == len(visible)
        and kept == {mark: n for mark, n in marks.items() if mark[0] in there}
        and all(row.live == sum(v.root == row.id for v in visible) for row in shown if row.id == row.root)
    )
