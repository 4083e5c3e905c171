"""Both stores keep responses to surveys alike: one for each voter, counted from the rows, published once for a moment."""

from __future__ import annotations

import asyncio
import hashlib
import json

import pytest

from tests.widgets.store.conftest import Stores
from widgets.store.records import Gone, Once, OnceMismatch
from widgets.store.surveys import AlreadyAnswered, Counts, Fixed, FreeText, Layout, Make, Response, SurveyHead

pytestmark = pytest.mark.anyio
SURVEY = "migraine~sleep"
DAY = "2026-09-22"
FIRST, SECOND = 1_790_035_200, 1_792_627_200


def hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def response(number: int, *cells: str, version: int = 1, publication: bool = True) -> Response:
    return Response(
        SURVEY,
        version,
        hashed(f"voter {number}"),
        hashed(f"receipt {number} {version} {cells}"),
        f"{number:016x}",
        json.dumps({"sleep": cells}),
        ("", *cells) if publication else (),
        publication,
        DAY,
    )


def once(name: str, digest: str = "d") -> Once:
    return Once(hashed(name), digest, DAY)


class Maker:
    """Publishes the counts as they are; while `refuses`, says again what was published before. Keeps what it was asked."""

    def __init__(self, refuses: bool = False) -> None:
        self.refuses = refuses
        self.asked: list[tuple[Counts, str | None]] = []

    def __call__(self, counts: Counts, last: str | None) -> Fixed | None:
        self.asked.append((counts, last))
        if self.refuses:
            return Fixed(f"{last} again", counted=False) if last else None
        return Fixed(json.dumps(dict(counts.standing), sort_keys=True))


async def publish(stores: Stores, moment: int, make: Make) -> SurveyHead:
    return await stores.store.surveys.publish(SURVEY, 1, moment, make)


async def test_a_survey_is_among_the_heads_from_its_first_row_on(stores: Stores) -> None:
    """So that a device's responses are found when no manifest names the survey any more."""
    await stores.store.surveys.add(response(1, "a"), None)
    assert [(one.survey, one.version) for one in await stores.store.surveys.heads()] == [(SURVEY, 1)]


async def test_a_response_is_kept_and_found_by_its_voter_and_its_receipt(stores: Stores) -> None:
    surveys, given = stores.store.surveys, response(1, "sleep=good", "sleep=good|age=old")
    added = await surveys.add(given, once("key"))
    assert (added.response, added.repeated) == (given, False)
    keys = [(SURVEY, 1, hashed(f"voter {number}")) for number in range(3)]
    assert await surveys.responses(keys) == [given]
    assert await surveys.by_receipt(given.receipt) == given
    assert await surveys.by_receipt(hashed("guessed")) is None
    assert (await surveys.head(SURVEY, 1)).responses == 1
    assert await stores.store.check() == []


async def test_a_voter_answers_a_version_once(stores: Stores) -> None:
    surveys = stores.store.surveys
    await surveys.add(response(1, "a"), once("key"))
    with pytest.raises(AlreadyAnswered):
        await surveys.add(response(1, "b"), once("other key"))
    with pytest.raises(AlreadyAnswered):
        await surveys.add(response(1, "b"), None)
    await surveys.add(response(1, "a", version=2), None)
    assert [row.cells for row in await surveys.rows(SURVEY, 1)] == [("", "a")]


async def test_a_retry_finds_the_response_and_changes_nothing(stores: Stores) -> None:
    surveys, first = stores.store.surveys, response(1, "a")
    await surveys.add(first, once("key"))
    again = Response(**{**{name: getattr(first, name) for name in first.__slots__}, "salt": "f" * 16})
    added = await surveys.add(again, once("key"))
    assert (added.response, added.repeated) == (first, True)
    with pytest.raises(OnceMismatch):
        await surveys.add(first, once("key", "another digest"))
    assert (await surveys.head(SURVEY, 1)).responses == 1


async def test_a_retry_of_what_was_withdrawn_is_gone(stores: Stores) -> None:
    surveys, given = stores.store.surveys, response(1, "a")
    await surveys.add(given, once("key"))
    assert await surveys.withdraw(given)
    with pytest.raises(Gone):
        await surveys.add(given, once("key"))
    assert await surveys.rows(SURVEY, 1) == []


async def test_a_response_is_withdrawn_once_and_by_its_own_receipt(stores: Stores) -> None:
    surveys, given = stores.store.surveys, response(1, "a")
    await surveys.add(given, None)
    other = Response(**{**{name: getattr(given, name) for name in given.__slots__}, "receipt": hashed("x")})
    assert not await surveys.withdraw(other)
    assert await surveys.withdraw(given)
    assert not await surveys.withdraw(given)
    assert await surveys.by_receipt(given.receipt) is None
    assert (await surveys.head(SURVEY, 1)).responses == 0
    assert await stores.store.check() == []
    assert not (await surveys.add(response(1, "b"), None)).repeated


async def test_counts_tell_what_stands_what_came_and_what_is_gone(stores: Stores) -> None:
    surveys = stores.store.surveys
    for number in range(4):
        await surveys.add(response(number, "a", "a|x"), None)
    assert await surveys.count(SURVEY, 1) == Counts({"": 4, "a": 4, "a|x": 4}, {"": 4, "a": 4, "a|x": 4}, {})
    await publish(stores, FIRST, Maker())
    await surveys.withdraw(response(0, "a", "a|x"))
    await surveys.add(response(4, "b"), None)
    await surveys.add(response(5, "b"), None)
    await surveys.withdraw(response(5, "b"))
    await surveys.add(response(6, publication=False), None)
    assert await surveys.count(SURVEY, 1) == Counts(
        {"": 4, "a": 3, "a|x": 3, "b": 1}, {"": 1, "b": 1}, {"": 1, "a": 1, "a|x": 1}
    )
    assert (await surveys.head(SURVEY, 1)).responses == 4
    assert await stores.store.check() == []


async def test_a_moment_is_fixed_once_from_the_rows_as_they_stand(stores: Stores) -> None:
    surveys, make = stores.store.surveys, Maker()
    await surveys.add(response(1, "a"), None)
    head = await publish(stores, FIRST, make)
    assert (head.results, head.moment) == ('{"": 1, "a": 1}', FIRST)
    await surveys.add(response(2, "a"), None)
    assert await publish(stores, FIRST, make) == await surveys.head(SURVEY, 1)
    assert len(make.asked) == 1
    later = await publish(stores, SECOND, make)
    assert (later.results, later.moment, later.responses) == ('{"": 2, "a": 2}', SECOND, 2)
    assert make.asked[1] == (Counts({"": 2, "a": 2}, {"": 1, "a": 1}, {}), '{"": 1, "a": 1}')
    assert (await publish(stores, FIRST, make)).moment == SECOND


async def test_what_is_gone_is_counted_until_the_next_publication(stores: Stores) -> None:
    surveys = stores.store.surveys
    await surveys.add(response(1, "a"), None)
    await publish(stores, FIRST, Maker())
    await surveys.withdraw(response(1, "a"))
    assert (await surveys.count(SURVEY, 1)).gone == {"": 1, "a": 1}
    await publish(stores, SECOND, Maker())
    assert await surveys.count(SURVEY, 1) == Counts()


async def test_a_moment_at_which_nothing_may_be_published_is_over_and_counts_nothing(stores: Stores) -> None:
    surveys, make = stores.store.surveys, Maker()
    await surveys.add(response(1, "a"), None)
    await publish(stores, FIRST, make)
    await surveys.withdraw(response(1, "a"))
    await surveys.add(response(2, "b"), None)
    make.refuses = True
    for _ in range(3):
        head = await publish(stores, SECOND, make)
        assert (head.results, head.moment) == ('{"": 1, "a": 1} again', SECOND)
    assert len(make.asked) == 2
    gone, came = {"": 1, "a": 1}, {"": 1, "b": 1}
    assert await surveys.count(SURVEY, 1) == Counts({"": 1, "b": 1}, came, gone)


async def test_where_nothing_is_to_be_fixed_nothing_is(stores: Stores) -> None:
    await stores.store.surveys.add(response(1, "a"), None)
    head = await publish(stores, FIRST, Maker(refuses=True))
    assert (head.results, head.moment) == (None, None)


async def test_many_who_fix_a_moment_at_once_agree(stores: Stores) -> None:
    for number in range(6):
        await stores.store.surveys.add(response(number, "a"), None)
    heads = await asyncio.gather(*(publish(stores, FIRST, Maker()) for _ in range(5)))
    assert set(heads) == {SurveyHead(SURVEY, 1, '{"": 6, "a": 6}', FIRST, 6)}


async def test_many_at_once_through_two_workers_are_exact(stores: Stores) -> None:
    other = stores.again()
    stores.opened.append(other)
    workers = (stores.store.surveys, other.surveys)
    many = 120 if stores.wire is None else 20

    async def answer(number: int) -> None:
        given = response(number, "a" if number % 2 else "b")
        await workers[number % 2].add(given, None)
        if number % 5 == 0:
            await workers[(number + 1) % 2].withdraw(given)

    await asyncio.gather(*(answer(number) for number in range(many)), publish(stores, FIRST, Maker()))
    left = [number for number in range(many) if number % 5]
    counts = await stores.store.surveys.count(SURVEY, 1)
    assert counts.standing == {
        "": len(left),
        "a": sum(n % 2 for n in left),
        "b": sum(not n % 2 for n in left),
    }
    head = await stores.store.surveys.head(SURVEY, 1)
    published = json.loads(head.results or "{}").get("", 0)
    assert published - counts.gone.get("", 0) + counts.came.get("", 0) == len(left) == head.responses
    assert await stores.store.check() == []


async def test_cells_are_made_anew_where_the_instrument_was_edited(stores: Stores) -> None:
    surveys = stores.store.surveys
    await surveys.add(response(1, "a"), None)
    await surveys.add(response(2, "b"), None)
    await surveys.add(response(3, publication=False), None)
    await surveys.add(response(4, "a", version=2), None)
    layout = Layout("layout", ("words",), lambda row: ("", "new", *json.loads(row.answers)["sleep"]))
    await surveys.relabel(SURVEY, 1, layout)
    assert (await surveys.count(SURVEY, 1)).standing == {"": 2, "new": 2, "a": 1, "b": 1}
    assert (await surveys.count(SURVEY, 2)).standing == {"": 1, "a": 1}
    await surveys.relabel(SURVEY, 1, Layout("later", ("more",), layout.cells))
    head = await surveys.head(SURVEY, 1)
    assert (head.layout, head.asked) == ("later", ("more", "words"))
    assert await stores.store.check() == []


async def test_versions_and_surveys_are_kept_apart(stores: Stores) -> None:
    surveys = stores.store.surveys
    await surveys.add(response(1, "a"), None)
    await surveys.add(response(1, "a", version=2), None)
    await publish(stores, FIRST, Maker())
    assert (await surveys.head(SURVEY, 2)).results is None
    assert (await surveys.head("migraine~other", 1)) == SurveyHead("migraine~other", 1)


async def test_ended_rows_go_and_what_was_published_stays(stores: Stores) -> None:
    surveys = stores.store.surveys
    await surveys.keep_until(SURVEY, 1, SECOND)
    for number in range(3):
        await surveys.add(response(number, "a"), None)
    await publish(stores, FIRST, Maker())
    await surveys.withdraw(response(0, "a"))
    assert await surveys.heads() == [SurveyHead(SURVEY, 1, '{"": 3, "a": 3}', FIRST, 2, SECOND)]
    assert await surveys.end(SURVEY, 1) == 2
    assert await surveys.end(SURVEY, 1) == 0
    assert await surveys.rows(SURVEY, 1) == []
    assert await surveys.by_receipt(response(1, "a").receipt) is None
    assert await surveys.count(SURVEY, 1) == Counts()
    kept = SurveyHead(SURVEY, 1, '{"": 3, "a": 3}', FIRST, 0, SECOND, ended=True)
    assert await publish(stores, SECOND, Maker()) == kept
    assert await stores.store.check() == []


async def test_the_end_of_rows_may_be_taken_away_again(stores: Stores) -> None:
    await stores.store.surveys.keep_until(SURVEY, 1, SECOND)
    await stores.store.surveys.keep_until(SURVEY, 1, None)
    assert (await stores.store.surveys.head(SURVEY, 1)).until is None


def text(number: int, words: str = "", question: str = "words", plea: bool = False) -> FreeText:
    return FreeText(hashed(f"text {number}"), SURVEY, question, words or f"words {number}", plea)


async def test_free_texts_are_read_by_question_in_the_order_of_their_keys(stores: Stores) -> None:
    surveys = stores.store.surveys
    texts = [text(number, plea=number == 3) for number in range(5)]
    await surveys.keep_texts([*texts, text(9, question="more")])
    await surveys.keep_texts(texts[:2])  # a batch that was carried on after a crash
    assert await surveys.texts(SURVEY, "words") == sorted(texts, key=lambda one: one.key)
    assert await surveys.text_places() == {(SURVEY, "words"): 5, (SURVEY, "more"): 1}


async def test_an_erased_text_does_not_come_back_with_a_batch_on_its_way(stores: Stores) -> None:
    surveys, one, other = stores.store.surveys, text(1), text(2)
    places = [(SURVEY, "words", one.key), (SURVEY, "words", other.key)]
    await surveys.keep_texts([one])
    assert await surveys.erase_texts(places) == 1
    assert await surveys.erase_texts(places) == 0
    await surveys.keep_texts([one, other, text(3)])
    assert await surveys.texts(SURVEY, "words") == [text(3)]


async def test_a_survey_takes_its_texts_with_it(stores: Stores) -> None:
    surveys = stores.store.surveys
    apart = FreeText(hashed("apart"), "migraine~other", "words", "stays")
    await surveys.keep_texts([text(1), text(2, question="more"), apart])
    await surveys.erase_texts([(SURVEY, "words", text(1).key)])
    await surveys.end_texts(SURVEY)
    assert await surveys.text_places() == {("migraine~other", "words"): 1}


async def test_texts_wait_in_the_ledger_until_they_are_dropped(stores: Stores) -> None:
    ledger = stores.ledger.texts
    for one in (text(1, "first"), text(2), text(1, "first, sent again", plea=True)):
        await ledger.wait(one)
    wanted = sorted([text(1, "first, sent again", plea=True), text(2)], key=lambda one: one.key)
    assert await ledger.waiting() == wanted
    assert await ledger.drop([text(1).key, hashed("nothing")]) == 1
    assert await ledger.waiting() == [text(2)]
