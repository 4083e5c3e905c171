"""Whatever comes to the door is answered with a code: nothing written, nothing repeated, nothing broken."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.widgets.conftest import ORIGIN, POLL, THREAD, Build, Function
from tests.widgets.function.nasty import NASTY
from widgets.contract.problems import codes
from widgets.store.records import NewerStore

pytestmark = pytest.mark.anyio
KEY = "0123456789abcdef0123456789abcdef"
OWN = {"origin": ORIGIN, "gatherwell-key": KEY, "content-type": "application/json"}
VOTE = json.dumps({"version": 1, "choices": ["often"]}).encode()
VOTES = f"/api/v1/polls/{POLL}/votes"


async def nothing_written(function: Function) -> bool:
    return (await function.store.tally(POLL, 1)).voters == 0 and await function.store.queue(1) == []


def code(answer: httpx.Response) -> str:
    document = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.status_code == document["status"] == codes()[document["code"]]["status"]
    assert answer.headers["cache-control"] == "no-store"
    return str(document["code"])


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"origin": None}, "origin-missing"),
        ({"origin": "null"}, "origin-refused"),
        ({"origin": "https://evil.example"}, "origin-refused"),
        ({"origin": "https://example.org.evil.example"}, "origin-refused"),
        ({"origin": "http://example.org"}, "origin-refused"),
        ({"origin": "https://example.org/"}, "origin-refused"),
        ({"sec-fetch-site": "none"}, "origin-refused"),
        ({"content-type": None}, "content-type"),
        ({"content-type": "text/plain"}, "content-type"),
        ({"content-type": "application/json; charset=utf-16"}, "content-type"),
        ({"content-type": 'application/json; x=1; Charset="latin-1"'}, "content-type"),
        ({"content-length": "9" * 5_000}, "body-too-large"),
        ({"content-length": "-1"}, "body-too-large"),
        ({"content-type": "multipart/form-data; boundary=x"}, "content-type"),
        ({"gatherwell-key": None}, "key-missing"),
        ({"gatherwell-key": KEY.upper()}, "key-malformed"),
        ({"gatherwell-key": KEY + "0"}, "key-malformed"),
        ({"idempotency-key": "short"}, "header-malformed"),
        ({"idempotency-key": "with spaces in it, sixteen"}, "header-malformed"),
    ],
)
async def test_a_write_without_the_right_headers_is_refused(
    function: Function, change: dict[str, str | None], expected: str
) -> None:
    headers = {name: value for name, value in {**OWN, **change}.items() if value is not None}
    answer = await function.client.post(VOTES, content=VOTE, headers=headers)
    assert code(answer) == expected
    assert await nothing_written(function)


@pytest.mark.parametrize("path", ["/api/v1/challenge", "/api/v1/me"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": ORIGIN, "sec-fetch-site": "cross-site"}, 200),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"origin": "https://evil.example"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
    ],
    ids=str,
)
async def test_what_is_for_one_reader_is_refused_to_other_sites_pages(
    function: Function, path: str, headers: dict[str, str], status: int
) -> None:
    answer = await function.client.get(path, headers={"gatherwell-key": KEY, **headers})
    assert answer.status_code == status
    if status == 200:
        assert answer.headers.get("access-control-allow-origin") == headers.get("origin")
    else:
        assert answer.json()["code"] == "origin-refused"


async def test_forms_without_an_origin_are_refused_too(function: Function) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = await function.client.post(VOTES, content=b"version=1&choice=often", headers=headers)
    assert answer.status_code == 403
    assert "origin-missing" in answer.text
    assert await nothing_written(function)


@pytest.mark.parametrize("name", ["origin", "content-type", "gatherwell-key", "idempotency-key"])
async def test_a_header_that_comes_twice_is_refused(function: Function, name: str) -> None:
    headers = [*OWN.items(), ("idempotency-key", "a" * 20), (name, OWN.get(name, "b" * 20))]
    answer = await function.client.post(VOTES, content=VOTE, headers=headers)
    assert code(answer) == "header-malformed"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b'{"version":1,"choices":["\xed\xa0\x80"]}',
        b'{"version":1,"choices":["\\ud800"]}',
        b'{"version":1e999,"choices":[]}',
        b'{"version":1,"choices":null}',
        b"[" * 60_000,
        b'{"choices":' + b"[" * 30_000 + b"]" * 30_000 + b"}",
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        b'{"version":' + b"9" * 5_000 + b',"choices":[]}',
        b"\x00" * 100,
    ],
    ids=lambda body: repr(body[:20]),
)
async def test_a_body_that_is_no_vote_is_refused(function: Function, body: bytes) -> None:
    answer = await function.client.post(VOTES, content=body, headers=OWN)
    assert code(answer) in ("body-malformed", "body-invalid")
    assert await nothing_written(function)


async def test_ten_megabytes_are_too_many(function: Function) -> None:
    answer = await function.client.post(VOTES, content=b" " * 10_000_000, headers=OWN)
    assert code(answer) == "body-too-large"


async def test_a_body_of_unsaid_length_is_cut_off_at_the_limit(function: Function) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(1_000):
            sent += 8_192
            yield b" " * 8_192

    answer = await function.client.post(VOTES, content=endless(), headers=OWN)
    assert code(answer) == "body-too-large"


async def test_a_slow_body_is_given_up(build: Build) -> None:
    function = build(body_seconds=0.01)
    never = asyncio.Event()

    async def receive() -> dict[str, Any]:
        await never.wait()
        return {}

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(name.encode(), value.encode()) for name, value in OWN.items()]
    scope = {
        "type": "http",
        "method": "POST",
        "path": VOTES,
        "raw_path": VOTES.encode(),
        "query_string": b"",
        "headers": headers,
        "client": ("192.0.2.7", 1),
        "server": ("example.org", 443),
        "scheme": "https",
        "root_path": "",
        "http_version": "1.1",
    }
    await function.app(scope, receive, send)  # type: ignore[arg-type]
    assert sent[0]["status"] == 408


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
async def test_a_nasty_text_is_refused_or_shown_as_harmless_html(function: Function, text: str) -> None:
    answer = await function.member().write(text, confirmed=True)
    if answer.status_code != 201:
        assert code(answer).startswith(("text-", "body-"))
        assert await nothing_written(function)
        return
    html = (await function.get(f"/threads/{THREAD}")).json()["comments"][0]["html"]
    for tag in ("<script", "<img", "<svg", "<iframe", "<style", "<math", "<!--", "<?xml"):
        assert tag not in html.lower()
    assert 'href="javascript' not in html.lower()
    assert 'href="data' not in html.lower()


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
async def test_a_nasty_string_anywhere_else_never_breaks_anything(function: Function, text: str) -> None:
    member = function.member()
    answers = [
        await member.write("words", pseudonym=text),
        await member.send("POST", f"/polls/{POLL}/votes", {"version": 1, "choices": [text]}),
        await member.send("POST", f"/threads/{THREAD}/reactions", {"reaction": text, "on": True}),
        await member.send(
            "POST", f"/threads/{THREAD}/reactions", {"reaction": "thanks", "on": True, "comment": text}
        ),
        await member.send("POST", "/me", {"action": text}),
        await member.send("POST", "/me", {"action": "show", "polls": [text]}),
        await member.write("other words", pseudonym="Ana", altcha=text, lang=text or "-"),
        await function.client.get("/api/v1/counts", params={"threads": text}),
        await function.client.get(f"/api/v1/threads/{THREAD}", params={"cursor": text}),
        await function.client.get("/api/v1/said", params={"what": text, "lang": text, "poll": text}),
        await function.form(f"/threads/{THREAD}/comments", {"text": "w", "pseudonym": "Ben", "parent": text}),
        await function.form(f"/polls/{POLL}/votes", {"version": text, "choice": text, "lang": text}),
    ]
    assert all(answer.status_code < 500 for answer in answers)
    assert all(
        text not in answer.text for answer in answers[1:] if len(text) > 8 and answer.status_code >= 400
    )


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/polls/",
        "/api/v1/polls/..%2f..%2fetc",
        "/api/v1/polls/migraine~weather-trigger/",
        "/api/v1/polls//votes",
        "/api/v1//polls/x",
        "/api/v1/threads/%00",
        "/api/v1/threads/%ff%fe",
        "/api/v1/threads/" + "a" * 5_000,
        "/api/v1/comments/x/flags/x",
        "/api/v2/polls/x",
        "/api/v1",
        "/",
        "/desk/nothing",
        "/desk//",
        "/desk/..%2fapi",
    ],
)
async def test_path_tricks_find_nothing(function: Function, path: str) -> None:
    for method in ("GET", "POST", "DELETE"):
        answer = await function.client.request(method, path, headers=OWN)
        assert answer.status_code in (404, 405)
        assert code(answer)


async def test_a_full_disk_is_said_to_pass_and_the_operator_learns_of_it(
    function: Function, caplog: pytest.LogCaptureFixture
) -> None:
    connection = function.store._writer._connection
    connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")
    member = function.member()
    answers = [await member.write("long words " * 400, pseudonym=name) for name in ("Ana", "Ben", "Cleo")]
    refused = answers[-1]
    assert (code(refused), refused.headers["retry-after"]) == ("busy", "1")
    assert "SQLITE_FULL" in caplog.text
    shown = (await function.get(f"/threads/{THREAD}")).json()["comments"]
    assert len(shown) == sum(answer.status_code == 201 for answer in answers)


async def test_a_function_older_than_its_store_answers_busy_and_the_operator_learns_of_it(
    function: Function, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def refused(*_: Any) -> None:
        raise NewerStore(3, 2)

    monkeypatch.setattr(type(function.store), "tally", refused)
    answer = await function.get(f"/polls/{POLL}")
    assert (code(answer), answer.headers["retry-after"]) == ("busy", "300")
    assert "schema version 3, and this version knows 2: upgrade Gatherwell" in caplog.text


async def test_a_bug_answers_500_without_telling_of_it(
    function: Function, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: Any) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(type(function.store), "tally", broken)
    answer = await function.get(f"/polls/{POLL}")
    assert code(answer) == "internal"
    assert "secret" not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text
