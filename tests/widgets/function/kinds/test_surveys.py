"""Surveys over HTTP: taken once from each device, handed back at fault, withdrawn by receipt, published when due."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from datetime import datetime
from typing import Any

import httpx
import pytest

from tests.widgets.conftest import Build, Function, Member
from tests.widgets.function.state.alarms import webhook
from tests.widgets.solving import solution_of
from widgets.function.state.alert_channels import AlertSettings
from widgets.function.state.free_texts import LEAST
from widgets.function.state.settings import ProofSettings
from widgets.function.text.refused_pleas import refused_pleas
from widgets.rules.limits import DAY, DEFAULT_LIMITS, Limit
from widgets.rules.receipts import read_receipt, words_of
from widgets.store.records import Busy, Once
from widgets.store.surveys import FreeText, Responded, Response

pytestmark = pytest.mark.anyio
SURVEY = "migraine~sleep"
PATH = f"/surveys/{SURVEY}/responses"
ANSWERS: dict[str, Any] = {"sleep": "bad", "why": ["sound", "light"], "pain": "3", "years": "3,5"}
INTERIM = int(datetime.fromisoformat("2026-10-15T00:00:00+00:00").timestamp())
CLOSING = int(datetime.fromisoformat("2026-12-01T00:00:00+00:00").timestamp())
PLEA = "I want to kill myself tonight."


def body(answers: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    ticks = {"collection": True, "publication": True, "age": True}
    given = {"version": 1, "consent": "2026-01", **ticks, "answers": answers or ANSWERS, "lang": "en"}
    return {**given, **more}


async def respond(
    member: Member, answers: dict[str, Any] | None = None, once: str | None = None, **more: Any
) -> httpx.Response:
    headers = {"idempotency_key": once} if once else {}
    return await member.send("POST", PATH, body(answers, **more), **headers)


async def rows(function: Function) -> list[dict[str, Any]]:
    return [json.loads(row.answers) for row in await function.store.surveys.rows(SURVEY, 1)]


async def receipt(function: Function, words: str, action: str = "show") -> httpx.Response:
    return await function.member().send("POST", "/receipts", {"receipt": words, "action": action})


# -- taken


async def test_a_response_is_kept_in_canonical_form_with_its_day_and_its_receipt(function: Function) -> None:
    answer = await respond(function.member(), {**ANSWERS, "words": "A dark room."})
    found = answer.json()
    assert answer.status_code == 201
    assert (found["survey"], found["version"], found["counted"], found["help"]) == (SURVEY, 1, True, [])
    assert read_receipt(found["receipt"]) is not None
    assert "rounded numbers" in found["notice"]
    [row] = await function.store.surveys.rows(SURVEY, 1)
    assert row.answers == '{"pain":"3","sleep":"bad","why":["light","sound"],"years":3.5}'
    assert row.day == "2026-09-22"
    assert "sleep=bad|pain=3" in row.cells


async def test_without_the_tick_for_publication_it_counts_in_no_cell(function: Function) -> None:
    found = (await respond(function.member(), publication=False)).json()
    assert found["counted"] is False
    assert "no published table" in found["notice"]
    [row] = await function.store.surveys.rows(SURVEY, 1)
    assert row.cells == ()
    assert (await function.store.surveys.head(SURVEY, 1)).responses == 0


async def test_a_retry_changes_nothing_and_answers_the_same(function: Function) -> None:
    member = function.member()
    first = await respond(member, once="an-intent-of-mine")
    again = await respond(member, once="an-intent-of-mine")
    assert (again.status_code, again.json()) == (201, first.json())
    assert len(await rows(function)) == 1


async def test_an_idempotency_key_serves_one_response(function: Function) -> None:
    member = function.member()
    await respond(member, once="an-intent-of-mine")
    other = await respond(member, {"sleep": "good"}, once="an-intent-of-mine")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency-mismatch")


async def test_a_device_answers_once_and_anew_after_withdrawing(function: Function) -> None:
    member = function.member()
    first = (await respond(member, once="an-intent-of-mine")).json()["receipt"]
    second = await respond(member, {"sleep": "good"})
    assert (second.status_code, second.json()["code"]) == (409, "already-answered")
    assert (await receipt(function, first, "withdraw")).status_code == 200
    late = await respond(member, once="an-intent-of-mine")
    assert (late.status_code, late.json()["code"]) == (409, "response-withdrawn")
    anew = (await respond(member, {"sleep": "good"})).json()["receipt"]
    assert anew != first
    assert await rows(function) == [{"sleep": "good"}]


REFUSED: list[tuple[dict[str, Any], int, str]] = [
    ({"answers": {"sleep": "good", "forged": "x"}}, 400, "answers-invalid"),
    ({"answers": {"sleep": "never"}}, 400, "answers-invalid"),
    ({"answers": {"sleep": ["good"]}}, 400, "answers-invalid"),
    ({"answers": {"sleep": "good", "why": ["light"]}}, 400, "answers-invalid"),
    ({"answers": {"sleep": "bad", "why": ["none", "light"]}}, 400, "answers-invalid"),
    ({"answers": {"sleep": "bad", "why": ["light", "sound", "pain"]}}, 400, "answers-invalid"),
    ({"answers": {"sleep": "good", "years": 101}}, 400, "answers-invalid"),
    ({"answers": {"sleep": "good", "years": 1e300}}, 400, "answers-invalid"),
    ({"answers": {"sleep": "good", "words": "x" * 2_001}}, 400, "answers-invalid"),
    ({"answers": {"sleep": "good", "words": "\x00"}}, 400, "answers-invalid"),
    ({"answers": {"pain": "1"}}, 400, "answers-invalid"),
    ({"answers": {"sleep": {"good": 1}}}, 422, "body-invalid"),
    ({"answers": {"Sleep": "good"}}, 422, "body-invalid"),
    ({"answers": {"sleep": "good"}, "more": 1}, 422, "body-invalid"),
    ({"answers": {"sleep": "good", "words": "x" * 1_000_000}}, 413, "body-too-large"),
    ({"version": 2}, 409, "survey-version"),
    ({"version": 0}, 422, "body-invalid"),
    ({"consent": "2025-01"}, 409, "survey-version"),
    ({"collection": False}, 422, "consent-missing"),
    ({"age": False}, 422, "age-missing"),
    ({"website": "filled"}, 422, "trap-field"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "status", "code"), REFUSED)
async def test_what_is_wrong_is_refused_and_nothing_is_kept(
    function: Function, wrong: dict[str, Any], status: int, code: str
) -> None:
    answer = await respond(function.member(), **wrong)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await rows(function) == []
    assert await function.services.ledger.texts.waiting() == []


async def test_faults_are_named_by_question_and_repeat_no_input(function: Function) -> None:
    answer = await respond(function.member(), {"years": -1, "pain": "x9x", "forged-x9x": "1"})
    faults = {"sleep": "required", "years": "too-small", "pain": "unknown-choice", "": "unknown-question"}
    assert answer.json()["faults"] == faults
    assert "x9x" not in answer.text


async def test_an_unknown_survey_and_one_that_is_not_open_or_closed_take_nothing(
    build: Build, manifest: dict[str, Any]
) -> None:
    function = build()
    answer = await function.member().send("POST", "/surveys/migraine~other/responses", body())
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-survey")
    function.clock.now = CLOSING
    assert (await respond(function.member())).json()["code"] == "survey-closed"
    manifest["surveys"][SURVEY]["opens"] = "2026-11-30T00:00:00Z"
    function.clock.now = INTERIM
    assert (await respond(function.member())).json()["code"] == "survey-not-open"
    del manifest["surveys"][SURVEY]
    assert (await respond(function.member())).json()["code"] == "unknown-survey"
    assert await rows(function) == []


async def test_a_response_costs_a_proof_and_a_retry_none(build: Build) -> None:
    function = build(proof=ProofSettings(cost=1, min_seconds=0))
    member = function.member()
    asked = await respond(member, once="an-intent-of-mine")
    assert (asked.status_code, asked.json()["code"]) == (428, "proof-required")
    solved = solution_of(asked.json()["challenge"])
    assert (await respond(member, once="an-intent-of-mine", altcha=solved)).status_code == 201
    assert (await respond(member, once="an-intent-of-mine")).status_code == 201
    assert (await respond(function.member(), altcha=solved)).json()["code"] == "proof-spent"
    challenge = (await function.member().send("GET", "/challenge")).json()
    other = await respond(function.member(), altcha=solution_of(challenge))
    assert other.json()["code"] == "proof-invalid"


async def test_one_network_cannot_send_ten_thousand_responses(build: Build) -> None:
    """Every address of a /24 with new keys: four hundred a day, and twenty of one address."""
    limits = {**DEFAULT_LIMITS, "response": ()}
    function = build(limits=limits, trusted_proxies=("192.0.2.0/24",))
    taken = 0
    for host in range(1, 24):
        for _ in range(21):
            member = function.member()
            member.headers["x-forwarded-for"] = f"198.51.100.{host}"
            taken += (await respond(member, {"sleep": "good"})).status_code == 201
        assert taken == min(400, 20 * host)


@pytest.mark.parametrize("wrong", [{}, {"version": 0}, {"answers": {}}, {"website": "filled"}])
async def test_retries_and_refusals_are_limited_too_and_a_plea_is_helped_all_the_same(
    build: Build, wrong: dict[str, Any]
) -> None:
    function = build(limits={**DEFAULT_LIMITS, "response": (Limit(2, 60),)})
    member, sent = function.member(), {"answers": {"sleep": "good", "words": PLEA}, **wrong}
    answers = [await respond(member, once="an-intent-of-mine", **sent) for _ in range(3)]
    assert [answer.status_code == 429 for answer in answers] == [False, False, True]
    assert bool(answers[2].json().get("help")) is bool(sent["answers"])


async def test_forms_that_are_refused_are_limited_too(build: Build) -> None:
    function = build(limits={**DEFAULT_LIMITS, "response": (Limit(2, 60),)})
    answers = [await function.form(PATH, {"version": "x", "q.words": PLEA}) for _ in range(3)]
    assert [answer.status_code == 429 for answer in answers] == [False, False, True]
    assert "116 123" in answers[2].text


# -- forms


def form(**more: Any) -> dict[str, Any]:
    ticks = dict.fromkeys(("collection", "publication", "age"), "on")
    sent = {"version": "1", "consent": "2026-01", "lang": "en", "website": "", "q.sleep": "bad"}
    return {**sent, **ticks, **more}


def key_in(page: httpx.Response) -> str:
    """The key that a page of the function gives its form."""
    found = re.search(r'name="device" value="([0-9a-f]{32})"', page.text)
    assert found
    return found[1]


def receipt_in(page: httpx.Response) -> str:
    return page.text.partition("<strong>")[2].partition("</strong>")[0]


async def test_a_form_without_a_key_is_looked_over_and_counts_once_however_often_it_is_sent(
    function: Function,
) -> None:
    fields = form(**{"q.why": ["light", "pain"], "q.years": "3,5", "q.words": " ", "q.pain": ""})
    shown = await function.form(PATH, fields)
    assert (shown.status_code, await rows(function)) == (200, [])
    assert "set-cookie" not in shown.headers
    assert "look over your answers" in shown.text
    assert 'value="3,5"' in shown.text
    fields["device"] = key_in(shown)

    answers = await asyncio.gather(*(function.form(PATH, fields) for _ in range(3)))
    assert {answer.status_code for answer in answers} == {200}
    [words] = {receipt_in(answer) for answer in answers}
    assert read_receipt(words) is not None
    assert await rows(function) == [{"sleep": "bad", "why": ["light", "pain"], "years": 3.5}]
    assert "one cookie named __Host-gw" in answers[0].text
    key = answers[0].headers["set-cookie"].partition("=")[2].partition(";")[0]
    assert key == fields["device"]

    again = await function.form(PATH, form(**fields | {"device": ""}), {"__Host-gw": key})
    assert (again.status_code, receipt_in(again)) == (200, words)
    other = await function.form(PATH, form(**{"q.sleep": "good"}), {"__Host-gw": key})
    assert (other.status_code, words in other.text) == (409, False)
    assert len(await rows(function)) == 1
    assert await function.services.ledger.texts.waiting() == []


async def test_a_key_of_a_form_yields_to_the_cookie(function: Function) -> None:
    taken = await function.form(PATH, form(device="a" * 32))
    assert receipt_in(taken)
    other = await function.form(PATH, form(**{"q.sleep": "good"}, device="b" * 32), {"__Host-gw": "a" * 32})
    assert other.status_code == 409
    assert len(await rows(function)) == 1


@pytest.mark.parametrize("forged", ["x", "A" * 32, "a" * 33])
async def test_what_is_no_key_gives_a_form_none(function: Function, forged: str) -> None:
    assert key_in(await function.form(PATH, form(device=forged))) != forged
    assert await rows(function) == []


@pytest.mark.parametrize("by_form", [True, False])
async def test_personal_data_in_a_text_is_asked_about_once(function: Function, by_form: bool) -> None:
    words = "Ring me on 0151 23456789, please."
    if by_form:
        asked = await function.form(PATH, form(**{"q.words": words}))
        assert "by which you or somebody else could be found" in asked.text
        assert 'name="confirmed" value="on"' in asked.text
        taken = await function.form(PATH, form(**{"q.words": words}, confirmed="on", device=key_in(asked)))
    else:
        asked = await respond(function.member(), {"sleep": "good", "words": words})
        found = asked.json()
        assert (found["code"], found["faults"], found["found"]) == (
            "personal-data",
            {"words": "personal-data"},
            ["phone"],
        )
        taken = await respond(function.member(), {"sleep": "good", "words": words}, confirmed=True)
    assert (asked.status_code, taken.status_code) == (409, 200 if by_form else 201)
    assert len(await rows(function)) == 1
    assert [text.text for text in await function.services.ledger.texts.waiting()] == [words]


async def test_a_plea_is_taken_at_once_whatever_else_could_be_asked(function: Function) -> None:
    answer = await function.form(PATH, form(**{"q.words": f"{PLEA} Ring me on 0151 23456789."}))
    assert receipt_in(answer)
    assert "116 123" in answer.text
    assert len(await rows(function)) == 1


async def test_a_long_form_answers_what_is_not_asked_and_that_is_dropped(function: Function) -> None:
    answer = await function.form(PATH, form(**{"q.sleep": "good", "q.why": ["light"]}, device="a" * 32))
    assert answer.status_code == 200
    assert await rows(function) == [{"sleep": "good"}]


@pytest.mark.parametrize(("lang", "legend", "fault"), [
    ("en", "What wakes you?", "Please choose at most 2."),
    ("es", "¿Qué te despierta?", "Elige como mucho 2, por favor."),
    ("fr", "What wakes you?", "Please choose at most 2."),
])  # fmt: skip
async def test_a_form_at_fault_comes_back_filled_in_with_faults_named(
    function: Function, lang: str, legend: str, fault: str
) -> None:
    fields = form(
        **{
            "q.why": ["light", "sound", "pain"],
            "q.years": "12 <b>",
            "q.words": "My </textarea> words",
            "q.pain": "2",
        },
        lang=lang,
    )
    del fields["age"], fields["publication"]
    answer = await function.form(PATH, fields)
    assert answer.status_code == 400
    assert "set-cookie" not in answer.headers
    page = answer.text
    for part in (legend, fault, "My &lt;/textarea&gt; words", 'value="12 &lt;b&gt;"', 'href="#q-why"'):
        assert part in page
    for name, value, checked in (
        ("q.sleep", "bad", True),
        ("q.sleep", "good", False),
        ("q.why", "sound", True),
        ("q.pain", "2", True),
    ):
        field = page.partition(f'name="{name}" value="{value}"')[2].partition(">")[0]
        assert ("checked" in field) is checked, (name, value)
    for tick, checked in (("collection", True), ("publication", False), ("age", False)):
        field = page.partition(f'id="{tick}" name="{tick}"')[2].partition(">")[0]
        assert ("checked" in field) is checked, tick
    assert 'href="#age"' in page
    assert await rows(function) == []


async def test_a_form_of_an_earlier_version_comes_back_with_the_new_text_and_no_tick(
    build: Build, manifest: dict[str, Any]
) -> None:
    function = build()
    manifest["surveys"][SURVEY] |= {"version": 2, "consent": "2026-02"}
    answer = await function.form(PATH, form())
    assert answer.status_code == 409
    assert 'name="version" value="2"' in answer.text
    assert 'name="consent" value="2026-02"' in answer.text
    field = answer.text.partition('id="collection" name="collection"')[2].partition(">")[0]
    assert "checked" not in field


@pytest.mark.parametrize(
    ("lang", "fault"), [("en", "this survey does not have"), ("es", "este cuestionario no tiene")]
)
async def test_a_form_with_a_forged_question_alone_says_so(function: Function, lang: str, fault: str) -> None:
    answer = await function.form(PATH, form(**{"q.forged": "x9x"}, lang=lang))
    assert answer.status_code == 400
    assert fault in answer.text
    assert "x9x" not in answer.text


@pytest.mark.parametrize("version", ["1", "x"])
async def test_no_words_of_a_repeated_field_are_lost(function: Function, version: str) -> None:
    answer = await function.form(PATH, form(**{"q.words": ["Hello.", PLEA]}, version=version))
    assert answer.status_code == (200 if version == "1" else 422)
    assert "116 123" in answer.text
    texts = [text.text for text in await function.services.ledger.texts.waiting()]
    assert texts == ([f"Hello.\n{PLEA}"] if version == "1" else [])


@pytest.mark.parametrize("fields", [{"lang": "en"}, {"version": "x"}, {"version": "1", "q.sleep": "\ud800"}])
async def test_a_broken_form_is_refused_in_words(function: Function, fields: dict[str, str]) -> None:
    data = {name: value.encode("utf-8", "surrogatepass") for name, value in fields.items()}
    answer = await function.form(PATH, data)
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"].startswith("text/html")


# -- receipts


async def test_a_receipt_shows_and_withdraws_from_any_device_once(function: Function) -> None:
    words = (await respond(function.member())).json()["receipt"]
    shown = await receipt(function, f"  {words.upper()} ")
    assert shown.json() == {"survey": SURVEY, "version": 1, "day": "2026-09-22", "state": "kept"}
    gone = await receipt(function, words, "withdraw")
    assert gone.json()["state"] == "withdrawn"
    assert await rows(function) == []
    for action in ("show", "withdraw"):
        again = await receipt(function, words, action)
        assert (again.status_code, again.json()["code"]) == (404, "unknown-receipt")


async def test_a_form_withdraws_by_receipt(function: Function) -> None:
    words = (await respond(function.member())).json()["receipt"]
    shown = await function.form("/receipts", {"receipt": words, "action": "show", "lang": "es"})
    assert "Dormir con migraña" in shown.text
    assert f'name="receipt" value="{words}"' in shown.text
    gone = await function.form("/receipts", {"receipt": words, "action": "withdraw", "lang": "es"})
    assert "Tus respuestas están retiradas" in gone.text
    assert (await function.form("/receipts", {"receipt": words})).status_code == 404
    assert await rows(function) == []


async def test_receipts_are_not_found_by_guessing(build: Build) -> None:
    function = build(limits=DEFAULT_LIMITS)
    words = (await respond(function.member())).json()["receipt"]
    for number in range(10):
        guessed = words_of(bytes([number] * 8), "en")
        assert (await receipt(function, guessed)).json()["code"] == "unknown-receipt"
    right = await receipt(function, words, "withdraw")
    assert (right.status_code, right.json()["code"]) == (429, "rate-limited")
    assert len(await rows(function)) == 1


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "receipt-length"), ("{words} acorn", "receipt-length"), ("acorn acorn", "receipt-length"),
     ("xylophones {rest}", "receipt-word")],
)  # fmt: skip
async def test_a_receipt_with_a_slip_is_told_so_and_is_no_try(build: Build, typed: str, code: str) -> None:
    function = build(limits=DEFAULT_LIMITS)
    words = (await respond(function.member())).json()["receipt"]
    wrong = typed.format(words=words, rest=words.partition(" ")[2])
    for _ in range(12):
        answer = await receipt(function, wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert not {"xylophones", *words.split()} & set(answer.text.split())
    page = await function.form("/receipts", {"receipt": wrong, "action": "show", "lang": "es"})
    assert f"<code>{code}</code>" in page.text
    assert (await receipt(function, words)).status_code == 200


async def test_the_device_that_answered_withdraws_by_its_key(function: Function) -> None:
    member = function.member()
    await respond(member, {"sleep": "good", "words": "Mine."})
    await respond(function.member(), {"sleep": "bad"})
    path = f"/surveys/{SURVEY}/responses"
    gone = await member.send("DELETE", path)
    assert gone.json() == {"survey": SURVEY, "version": 1, "day": "2026-09-22", "state": "withdrawn"}
    assert await rows(function) == [{"sleep": "bad"}]
    assert await function.services.ledger.texts.waiting() == []
    again = await member.send("DELETE", path)
    assert (again.status_code, again.json()["code"]) == (404, "unknown-receipt")
    unknown = await member.send("DELETE", "/surveys/migraine~other/responses")
    assert unknown.json()["code"] == "unknown-survey"


# -- free texts


async def test_a_free_text_waits_apart_and_goes_in_with_eleven_others(function: Function) -> None:
    receipts = []
    for number in range(LEAST):
        answer = await respond(function.member(), {"sleep": "good", "words": f"Words {number}."})
        receipts.append(answer.json()["receipt"])
        if number == LEAST - 2:
            await function.services.purge()
            assert await function.store.surveys.text_places() == {}
    assert len(await function.services.ledger.texts.waiting()) == LEAST
    await function.services.purge()
    assert await function.services.ledger.texts.waiting() == []
    texts = await function.store.surveys.texts(SURVEY, "words")
    assert {text.text for text in texts} == {f"Words {number}." for number in range(LEAST)}
    await receipt(function, receipts[3], "withdraw")
    left = {text.text for text in await function.store.surveys.texts(SURVEY, "words")}
    assert left == {f"Words {number}." for number in range(LEAST) if number != 3}


async def test_a_withdrawal_erases_a_text_that_waits_and_one_that_is_on_its_way(function: Function) -> None:
    answers = [
        (await respond(function.member(), {"sleep": "good", "words": f"Words {n}."})).json()
        for n in range(LEAST)
    ]
    on_its_way = await function.services.ledger.texts.waiting()
    await receipt(function, answers[0]["receipt"], "withdraw")
    assert len(await function.services.ledger.texts.waiting()) == LEAST - 1
    await function.store.surveys.keep_texts(on_its_way)  # a mover that had read before the withdrawal
    left = {text.text for text in await function.store.surveys.texts(SURVEY, "words")}
    assert left == {f"Words {number}." for number in range(1, LEAST)}


async def test_a_text_whose_question_was_taken_out_meanwhile_is_erased_too(
    build: Build, manifest: dict[str, Any]
) -> None:
    function = build()
    words = (await respond(function.member(), {"sleep": "good", "words": "Words."})).json()["receipt"]
    manifest["surveys"][SURVEY]["questions"].pop()
    await respond(function.member(), {"sleep": "good"})
    await receipt(function, words, "withdraw")
    assert await function.services.ledger.texts.waiting() == []


async def test_a_retry_after_a_crash_keeps_the_text_once(function: Function) -> None:
    member, answers = function.member(), {"sleep": "good", "words": "Words."}
    await respond(member, answers, once="an-intent-of-mine")
    waiting = await function.services.ledger.texts.waiting()
    await function.services.ledger.texts.drop([text.key for text in waiting])  # it died before this was kept
    await respond(member, answers, once="an-intent-of-mine")
    await respond(member, answers, once="an-intent-of-mine")
    assert await function.services.ledger.texts.waiting() == waiting


async def test_a_text_of_a_retry_that_meets_a_withdrawal_goes_with_it(function: Function) -> None:
    member, ledger, wait = (
        function.member(),
        function.services.ledger.texts,
        function.services.ledger.texts.wait,
    )
    words = (await respond(member, {"sleep": "good", "words": "Words."}, once="an-intent-of-mine")).json()

    async def wait_late(text: FreeText) -> None:
        await receipt(function, words["receipt"], "withdraw")
        await wait(text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "wait", wait_late)
        await respond(member, {"sleep": "good", "words": "Words."}, once="an-intent-of-mine")
    late = await respond(member, {"sleep": "good", "words": "Words."}, once="an-intent-of-mine")
    assert late.json()["code"] == "response-withdrawn"
    assert (await rows(function), await ledger.waiting()) == ([], [])


async def test_a_text_of_a_retry_between_a_withdrawals_two_steps_goes_too(function: Function) -> None:
    """The texts were erased, the row is there still."""
    member, store = function.member(), function.store.surveys
    withdraw, sent = store.withdraw, {"sleep": "good", "words": "Words."}
    words = (await respond(member, sent, once="an-intent-of-mine")).json()["receipt"]

    async def withdraw_late(row: Response) -> bool:
        assert (await respond(member, sent, once="an-intent-of-mine")).status_code == 201
        return await withdraw(row)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "withdraw", withdraw_late)
        await receipt(function, words, "withdraw")
    assert (await rows(function), await function.services.ledger.texts.waiting()) == ([], [])


async def test_a_ledger_that_is_busy_takes_no_response_and_the_form_may_be_sent_again(
    function: Function,
) -> None:
    async def busy(_: FreeText) -> None:
        raise Busy("The ledger is busy.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(function.services.ledger.texts, "wait", busy)
        refused = await function.form(PATH, form(**{"q.words": "Words."}, device="a" * 32))
    assert (refused.status_code, await rows(function)) == (503, [])
    assert "Your receipt" in (await function.form(PATH, form(**{"q.words": "Words."}, device="a" * 32))).text
    assert len(await rows(function)) == len(await function.services.ledger.texts.waiting()) == 1


@pytest.mark.parametrize("killed", [False, True])
async def test_a_text_whose_row_was_not_kept_is_dropped_or_its_retrys_own(
    function: Function, killed: bool
) -> None:
    member, texts = function.member(), function.services.ledger.texts

    async def busy(*_: object) -> None:
        raise Busy("The store is busy.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(function.store.surveys, "add", busy)
        if killed:
            patch.setattr(texts, "drop", busy)
        refused = await respond(member, {"sleep": "good", "words": "Words."}, once="an-intent-of-mine")
    assert (refused.status_code, len(await texts.waiting())) == (503, int(killed))
    words = (await respond(member, {"sleep": "good", "words": "Words."}, once="an-intent-of-mine")).json()
    assert (len(await rows(function)), len(await texts.waiting())) == (1, 1)
    await receipt(function, words["receipt"], "withdraw")
    assert await texts.waiting() == []


async def test_no_row_of_the_store_holds_a_digest_of_a_text(function: Function) -> None:
    """Two devices with the same salt and key apart, one with a text: their rows differ in what chance made alone."""
    member = function.member()
    await respond(member, {"sleep": "good", "words": "Words."}, once="an-intent-of-mine")
    with sqlite3.connect(function.folder / "store.sqlite") as database:
        once = database.execute("SELECT * FROM once").fetchall()
    other = await respond(member, {"sleep": "good", "words": "Others."}, once="an-intent-of-mine")
    assert other.status_code == 201
    with sqlite3.connect(function.folder / "store.sqlite") as database:
        assert database.execute("SELECT * FROM once").fetchall() == once
        assert database.execute("SELECT count(*) FROM free_texts").fetchone() == (0,)


async def test_a_plea_in_a_text_is_answered_with_help_and_told_without_answers(function: Function) -> None:
    answer = (await respond(function.member(), {"sleep": "good", "words": PLEA})).json()
    assert answer["help"][0]["phone"] == "116 123"
    assert "without your other answers" in answer["help_words"]["after"]
    [row] = await function.store.desk_rows("refused-plea")
    told = {"condition": "migraine", "code": "survey-text", "level": "now", "times": 1}
    assert row.value == {**told, "minute": function.clock.now // 60}
    [text] = await function.services.ledger.texts.waiting()
    assert text.plea


async def test_a_retry_after_a_crash_tells_of_its_plea(function: Function) -> None:
    """The first try died once its row was kept."""
    member, store, keep = function.member(), function.store.surveys, function.store.surveys.add

    async def die_after(row: Response, once: Once | None) -> Responded:
        await keep(row, once)
        raise asyncio.CancelledError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "add", die_after)
        with pytest.raises(asyncio.CancelledError):
            await respond(member, {"sleep": "good", "words": PLEA}, once="an-intent-of-mine")
    assert await function.store.desk_rows("refused-plea") == []
    again = await respond(member, {"sleep": "good", "words": PLEA}, once="an-intent-of-mine")
    assert again.status_code == 201
    [row] = await function.store.desk_rows("refused-plea")
    assert row.value["code"] == "survey-text"
    [text] = await function.services.ledger.texts.waiting()
    assert text.plea


async def test_a_retry_whose_text_has_become_a_plea_is_told(function: Function) -> None:
    member = function.member()
    await respond(member, {"sleep": "good", "words": "A dark room."}, once="an-intent-of-mine")
    await respond(member, {"sleep": "good", "words": PLEA}, once="an-intent-of-mine")
    [row] = await function.store.desk_rows("refused-plea")
    assert (row.value["code"], row.value["level"]) == ("survey-text", "now")


async def test_a_form_with_a_plea_shows_help_first_and_the_receipt(function: Function) -> None:
    page = (await function.form(PATH, form(**{"q.words": PLEA}))).text
    assert page.index("116 123") < page.index("Your receipt")


@pytest.mark.parametrize("by_form", [True, False])
@pytest.mark.parametrize("wrong", [{"version": 2}, {"years": "x"}, {"closed": True}])
async def test_a_plea_in_a_refused_response_is_helped(
    function: Function, wrong: dict[str, Any], by_form: bool
) -> None:
    answers = {"sleep": "good", "words": PLEA, **({"years": wrong["years"]} if "years" in wrong else {})}
    version = wrong.get("version", 1)
    if "closed" in wrong:
        function.clock.now = CLOSING
    if by_form:
        fields = form(**{f"q.{key}": value for key, value in answers.items()}, version=str(version))
        answer = await function.form(PATH, fields)
    else:
        answer = await respond(function.member(), answers, version=version)
    assert answer.status_code >= 400
    assert "116 123" in answer.text
    assert PLEA in answer.text or not by_form
    [row] = await function.store.desk_rows("refused-plea")
    assert row.value["condition"] == "migraine"
    assert await rows(function) == []
    assert await function.services.ledger.texts.waiting() == []


async def test_a_plea_that_waited_for_its_proof_stands_in_the_queue_once(build: Build) -> None:
    """Refused until it brings a proof, it is told of; kept, it is no refused plea any more, and one call went out."""
    with webhook() as hook:
        proof, alerts = ProofSettings(cost=1, min_seconds=0), AlertSettings(webhook=hook.address)
        function = build(proof=proof, alerts=alerts)
        first, other = function.member(), function.member()
        answers = {"sleep": "good", "words": PLEA}
        asked = [await respond(member, answers, once="an-intent-of-mine") for member in (first, other)]
        assert [answer.json()["help"][0]["phone"] for answer in asked] == ["116 123"] * 2
        told = await refused_pleas(function.store, function.services.now())
        assert [(row.code, row.times) for row in told] == [("proof-required", 2)]

        function.clock.forward(60)
        solved = solution_of(asked[0].json()["challenge"])
        for _ in range(2):  # the second is a retry, and takes nobody else's row away
            await respond(first, answers, once="an-intent-of-mine", altcha=solved)
        told = await refused_pleas(function.store, function.services.now())
        assert {(row.code, row.times) for row in told} == {("survey-text", 2), ("proof-required", 1)}
        _, document = await hook.next()
        assert "refused" not in document


@pytest.mark.parametrize("wrong", [
    {"text": "A quiet day."},
    {"pseudonym": PLEA, "text": "A quiet day. " * 40, "answers": {"sleep": "good"}},
    {"answers": {"sleep": PLEA, "words": "A quiet day."}},
    {"answers": {"why": ["light", PLEA], "sleep": "bad"}},
    {"consent": PLEA, "answers": {}},
])  # fmt: skip
@pytest.mark.parametrize("by_form", [True, False])
async def test_no_field_of_a_refused_response_hides_a_plea(
    function: Function, wrong: dict[str, Any], by_form: bool
) -> None:
    sent = body({"sleep": "good", "words": PLEA}) | wrong
    if by_form:
        given = {f"q.{key}": value for key, value in sent.pop("answers").items()}
        answer = await function.form(PATH, {**sent, **given, "version": "x"})
    else:
        answer = await function.member().send("POST", PATH, sent)
    assert answer.status_code >= 400
    assert "116 123" in answer.text
    assert len(await function.store.desk_rows("refused-plea")) == 1


async def test_the_keys_of_chosen_answers_are_no_words(build: Build, manifest: dict[str, Any]) -> None:
    function, question = build(), manifest["surveys"][SURVEY]["questions"][0]
    question["choices"][0]["key"] = "i-want-to-kill-myself"
    answer = await respond(function.member(), {"sleep": "i-want-to-kill-myself"}, version=7)
    assert "help" not in answer.json()


@pytest.mark.parametrize("field", ["q.years", "q.old", "q.sleep", "q.why"])
async def test_a_plea_in_another_field_of_a_form_is_helped_too(function: Function, field: str) -> None:
    """A number's, a choice's, or one of a question that was taken out meanwhile."""
    page = await function.form(PATH, form(**{field: PLEA}))
    assert (page.status_code, "116 123" in page.text) == (400, True)
    assert len(await function.store.desk_rows("refused-plea")) == 1


async def test_a_text_that_is_far_too_long_is_helped_too(function: Function) -> None:
    answer = await respond(function.member(), {"sleep": "good", "words": PLEA + " x" * 500_000})
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")
    assert answer.json()["help"]


# -- me


async def test_me_shows_and_erases_responses_with_their_texts(function: Function) -> None:
    member, other = function.member(), function.member()
    await respond(member, {"sleep": "good", "words": "Mine."})
    await respond(other, {"sleep": "bad", "words": "Another's."})
    shown = (await member.send("GET", "/me")).json()
    own = {"survey": SURVEY, "version": 1, "day": "2026-09-22", "publication": True}
    assert shown["responses"] == [{**own, "answers": {"sleep": "good"}}]
    about = (await member.send("POST", "/me", {"action": "show", "lang": "es"})).json()["about"]
    assert about["surveys"] == {
        SURVEY: {"title": "Dormir con migraña", "page": "/migraine/es/surveys/sleep/"}
    }
    none = await member.send("POST", "/me", {"action": "show", "surveys": []})
    assert none.json()["responses"] == []
    erased = (await member.send("DELETE", "/me")).json()["erased"]
    assert erased["responses"] == 1
    assert await rows(function) == [{"sleep": "bad"}]
    assert [text.text for text in await function.services.ledger.texts.waiting()] == ["Another's."]


async def test_the_page_of_ones_own_contributions_names_the_survey(function: Function) -> None:
    await function.form(PATH, form(device="a" * 32))
    page = await function.form("/me", {"action": "show", "lang": "es"}, {"__Host-gw": "a" * 32})
    assert "Dormir con migraña · 2026-09-22" in page.text


async def test_responses_of_a_retired_version_are_reached(build: Build, manifest: dict[str, Any]) -> None:
    function = build()
    member = function.member()
    await respond(member, {"sleep": "good", "words": "Mine."})
    survey = manifest["surveys"].pop(SURVEY)
    manifest["retired"]["surveys"] = [{"id": SURVEY, "version": 1}]
    assert survey["version"] == 1
    assert len((await member.send("GET", "/me")).json()["responses"]) == 1
    assert (await member.send("DELETE", "/me")).json()["erased"]["responses"] == 1
    assert await function.services.ledger.texts.waiting() == []


@pytest.mark.parametrize("path", ["/me", PATH])
async def test_responses_to_a_survey_that_no_manifest_names_any_more_are_reached(
    build: Build, manifest: dict[str, Any], path: str
) -> None:
    function = build()
    member = function.member()
    await respond(member, {"sleep": "good", "words": "Mine."})
    await respond(function.member(), {"sleep": "bad"})
    del manifest["surveys"][SURVEY]
    [shown] = (await member.send("GET", "/me")).json()["responses"]
    assert (shown["survey"], shown["version"]) == (SURVEY, 1)
    assert (await member.send("DELETE", path)).status_code == 200
    assert await rows(function) == [{"sleep": "bad"}]
    assert await function.services.ledger.texts.waiting() == []


# -- published


async def answered(function: Function, many: int) -> list[str]:
    found = []
    for number in range(many):
        answer = await respond(function.member(), {"sleep": "good" if number % 4 else "bad", "pain": "1"})
        found.append(answer.json()["receipt"])
    return found


async def results(function: Function) -> Any:
    return (await function.get(f"/surveys/{SURVEY}/results")).json()["results"]


async def test_nothing_is_published_before_it_is_due(function: Function) -> None:
    await answered(function, 3)
    answer = await function.get(f"/surveys/{SURVEY}/results")
    assert answer.json() == {"survey": SURVEY, "results": None}
    assert answer.headers["cache-control"] == "public, max-age=300"
    unknown = await function.get("/surveys/migraine~other/results")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown-survey")


async def test_with_too_few_responses_the_interim_publishes_nothing(function: Function) -> None:
    await answered(function, 40)
    function.clock.now = INTERIM
    assert await results(function) is None
    await answered(function, 80)
    assert await results(function) is None


async def test_what_is_due_is_fixed_by_the_first_read_and_stays(function: Function) -> None:
    receipts = await answered(function, 120)
    function.clock.now = INTERIM + 5 * DAY
    first = await results(function)
    assert first["moment"] == "2026-10-15T00:00:00Z"
    assert first["responses"] in (120, 115, 125)
    assert (first["final"], first["version"]) == (False, 1)
    [plain] = [table for table in first["tables"] if (table["question"], table["by"]) == ("sleep", None)]
    assert {cell["key"] for cell in plain["cells"]} == {"good", "bad"}
    await answered(function, 20)
    await receipt(function, receipts[0], "withdraw")
    assert await results(function) == first
    head = await function.store.surveys.head(SURVEY, 1)
    assert head.responses == 139
    assert (await function.store.surveys.count(SURVEY, 1)).gone[""] == 1


async def test_a_closing_that_is_moved_after_its_publication_takes_no_more_answers(
    build: Build, manifest: dict[str, Any]
) -> None:
    function = build()
    await answered(function, 3)
    function.clock.now = CLOSING + DAY
    published = await results(function)
    manifest["surveys"][SURVEY]["closes"] = "2027-03-01T00:00:00Z"
    late = await respond(function.member(), {"sleep": "good", "words": PLEA})
    assert (late.status_code, late.json()["code"]) == (403, "survey-closed")
    assert late.json()["help"]
    assert len(await rows(function)) == 3
    assert await results(function) == published
    manifest["surveys"][SURVEY]["version"] = 2
    assert (await respond(function.member(), {"sleep": "good"}, version=2)).status_code == 201


async def test_what_is_due_is_fixed_by_the_first_write_too(function: Function) -> None:
    receipts = await answered(function, 120)
    function.clock.now = CLOSING + DAY
    await receipt(function, receipts[0], "withdraw")
    head = await function.store.surveys.head(SURVEY, 1)
    assert (head.moment, head.responses) == (CLOSING, 119)
    published = await results(function)
    assert published["final"]
    assert published["responses"] in (120, 115, 125)
    for words in receipts[1:60]:
        await receipt(function, words, "withdraw")
    assert await results(function) == published


async def test_an_instrument_that_is_edited_while_people_answer_counts_all_alike(
    build: Build, manifest: dict[str, Any]
) -> None:
    """A table is added, and a band moves: those who answered before stand in the new cells too."""
    function, member = build(), build().member()
    member.client = function.client
    await respond(member, {"sleep": "bad", "why": ["light"], "years": 4})
    survey = manifest["surveys"][SURVEY]
    survey["breakdowns"].append(["why", "years"])
    survey["questions"][3]["bands"] = [{"key": "few", "below": 3}, {"key": "many", "least": 3}]
    await respond(function.member(), {"sleep": "bad", "why": ["light"], "years": 5})
    cells = [set(row.cells) for row in await function.store.surveys.rows(SURVEY, 1)]
    assert cells[0] == cells[1]
    assert {"why=light|years=many", "years=many"} <= cells[0]


async def test_the_snapshot_carries_what_surveys_published(function: Function) -> None:
    await answered(function, 120)
    page = (await function.get("/snapshot?page=0&of=1")).json()
    assert (page["surveys"], SURVEY in page["valid"]) == ({}, True)
    function.clock.now = CLOSING
    page = (await function.get("/snapshot?page=0&of=1")).json()
    assert page["surveys"] == {SURVEY: await results(function)}


async def test_raw_rows_and_texts_go_months_after_the_closing_and_results_stay(function: Function) -> None:
    await answered(function, 30)
    for number in range(LEAST + 1):
        await respond(function.member(), {"sleep": "good", "words": f"Words {number}."})
    function.clock.now = CLOSING
    published = await results(function)
    await function.services.purge()
    assert len(await rows(function)) == 30 + LEAST + 1
    function.clock.now = int(datetime.fromisoformat("2028-12-01T00:00:00+00:00").timestamp())
    await function.services.purge()
    assert await rows(function) == []
    assert await function.store.surveys.text_places() == {}
    assert await function.services.ledger.texts.waiting() == []
    assert await results(function) == published


async def test_rows_of_a_survey_that_the_manifest_has_lost_end_too(
    build: Build, manifest: dict[str, Any]
) -> None:
    function = build()
    manifest["surveys"][SURVEY]["closes"] = None
    await answered(function, 2)
    await function.services.purge()
    assert (await function.store.surveys.head(SURVEY, 1)).until is None
    del manifest["surveys"][SURVEY]
    await function.services.purge()
    function.clock.forward(731 * DAY)
    await function.services.purge()
    assert await rows(function) == []


async def test_another_site_can_send_neither_responses_nor_receipts(function: Function) -> None:
    for path, sent in ((PATH, body()), ("/receipts", {"receipt": "x", "action": "show"})):
        answer = await function.member().send("POST", path, sent, origin="https://evil.example")
        assert (answer.status_code, answer.json()["code"]) == (403, "origin-refused")
