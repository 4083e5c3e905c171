"""Whatever the code with which a plea is refused, its answer holds help, its writer keeps the words, and it is told of."""

from __future__ import annotations

import asyncio
import html
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

import httpx
import pytest
from starlette.datastructures import Headers

from tests.widgets.conftest import NOON, ORIGIN, THREAD, Build, Function
from tests.widgets.desk.conftest import arrived
from tests.widgets.function.state.alarms import webhook
from tests.widgets.function.state.test_limits_and_proof import CHEAP, solved
from widgets.contract.problems import codes
from widgets.function.http import sent_words
from widgets.function.state.alert_channels import AlertSettings
from widgets.function.text.locks import LOCK
from widgets.function.text.refused_pleas import refused_pleas
from widgets.rules.limits import Limit
from widgets.store.desk_records import DeskRow
from widgets.store.records import Busy
from widgets.store.sqlite import comments

pytestmark = pytest.mark.anyio

PLEA: Final = "I am going to kill myself tonight."
NAME: Final = "Quiet Heron"
KEY: Final = "0" * 32
OTHER_KEY: Final = "1" * 32
FORM: Final = "application/x-www-form-urlencoded"

# What no plea in a comment can meet, and why.
ELSEWHERE: Final = {
    **dict.fromkeys(
        ("unknown-poll", "poll-version", "poll-closed", "unknown-option", "choice-count"), "polls"
    ),
    **dict.fromkeys(
        (
            "unknown-survey",
            "answers-invalid",
            "survey-version",
            "survey-not-open",
            "survey-closed",
            "already-answered",
            "response-withdrawn",
            "consent-missing",
            "age-missing",
            "unknown-receipt",
            "receipt-length",
            "receipt-word",
        ),
        "surveys",
    ),
    **dict.fromkeys(("unknown-reaction", "too-many-reactions"), "reactions"),
    **dict.fromkeys(
        (
            "unknown-form",
            "unknown-voice",
            "title-invalid",
            "voice-state",
            "voice-changed",
            "voice-edit-refused",
            "voice-messages",
        ),
        "stories and questions",
    ),
    "appeal-over": "the same answer as any refused text's; its own test asks it",
    "query-invalid": "addresses that are read",
    "proof-required": "polls",
    "personal-data": "a plea is not asked about it",
    "slow-mode": "a plea passes it",
    "text-empty": "no words",
}


@dataclass
class Writer:
    """Somebody who writes a plea, by JSON or by a form."""

    function: Function
    manifest: dict[str, Any]
    patch: pytest.MonkeyPatch
    is_form: bool = False
    headers: dict[str, str] = field(default_factory=dict)

    async def send(
        self, path: str = f"/threads/{THREAD}/comments", method: str = "POST", **said: Any
    ) -> httpx.Response:
        body = {"text": PLEA, "pseudonym": NAME, **said}
        key = {"cookie": f"__Host-gw={KEY}"} if self.is_form else {"gatherwell-key": KEY}
        kind = FORM if self.is_form else "application/json"
        headers = {"origin": ORIGIN, "content-type": kind, **key, **self.headers}
        content = urlencode(body) if self.is_form else json.dumps(body)
        return await self.raw(content, path, method, headers)

    async def raw(self, content: Any, path: str, method: str, headers: dict[str, str]) -> httpx.Response:
        sent = {name: value for name, value in headers.items() if value}
        return await self.function.client.request(method, f"/api/v1{path}", content=content, headers=sent)

    async def write_before(self, text: str = "A quiet day.", key: str = KEY) -> str:
        sent = {"origin": ORIGIN, "gatherwell-key": key}
        body = {"text": text, "pseudonym": NAME}
        path = f"/api/v1/threads/{THREAD}/comments"
        answer = await self.function.client.post(path, json=body, headers=sent)
        return str(answer.json()["comment"]["id"])


Refuse = Callable[[Writer], Awaitable[httpx.Response]]
REFUSALS: Final[dict[str, Refuse]] = {}
JSON_ALONE: Final = {
    "key-missing",
    "too-fast",
    "proof-invalid",
    "proof-expired",
    "proof-spent",
    "body-invalid",
}
SETTINGS: Final[dict[str, dict[str, Any]]] = {
    **{code: {"proof": CHEAP} for code in ("too-fast", "proof-invalid", "proof-expired", "proof-spent")},
    "rate-limited": {"limits": {"comment": (Limit(0, 60),)}},
    "duplicate": {"limits": {"comment": (Limit(9, 60),)}},
    "body-timeout": {"body_seconds": 0.01},
}


def refused(code: str) -> Callable[[Refuse], Refuse]:
    def enter(refuse: Refuse) -> Refuse:
        REFUSALS[code] = refuse
        return refuse

    return enter


def with_headers(code: str, **headers: str) -> None:
    async def refuse(writer: Writer) -> httpx.Response:
        writer.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return await writer.send()

    REFUSALS[code] = refuse


def saying(code: str, **said: str) -> None:
    async def refuse(writer: Writer) -> httpx.Response:
        return await writer.send(**said)

    REFUSALS[code] = refuse


with_headers("origin-missing", origin="")
with_headers("origin-refused", origin="https://elsewhere.example")
with_headers("content-type", content_type="text/plain")
with_headers("header-malformed", idempotency_key="short")
with_headers("key-missing", gatherwell_key="")
saying("text-too-long", text=f"{PLEA} {'It hurts. ' * 600}")
saying("body-too-large", text=f"{PLEA} {'It hurts. ' * 9_000}")
saying("text-characters", text=f"{PLEA}\x07")
saying("pseudonym-invalid", pseudonym="!")
saying("pseudonym-reserved", pseudonym="Moderator")
saying("parent-gone", parent="0" * 26)
saying("trap-field", website="https://robot.example")
saying("body-invalid", unheard_of="yes")
saying("proof-invalid", altcha="bm9uZQ==")


@refused("key-malformed")
async def with_a_broken_key(writer: Writer) -> httpx.Response:
    writer.headers |= {"cookie": "__Host-gw=none"} if writer.is_form else {"gatherwell-key": "none"}
    return await writer.send()


@refused("unknown-thread")
async def in_no_thread(writer: Writer) -> httpx.Response:
    return await writer.send("/threads/migraine~nowhere/comments")


@refused("unknown-comment")
async def of_another(writer: Writer) -> httpx.Response:
    path = f"/comments/{await writer.write_before(key=OTHER_KEY)}"
    return await _edit(writer, path)


async def _edit(writer: Writer, path: str) -> httpx.Response:
    if writer.is_form:
        return await writer.send(path, action="edit")
    headers = {"origin": ORIGIN, "gatherwell-key": KEY, "content-type": "application/json"}
    return await writer.raw(json.dumps({"text": PLEA}), path, "PATCH", headers)


@refused("edit-window-over")
async def long_after(writer: Writer) -> httpx.Response:
    path = f"/comments/{await writer.write_before()}"
    writer.function.clock.forward(3_600)
    return await _edit(writer, path)


@refused("body-timeout")
async def slowly(writer: Writer) -> httpx.Response:
    sent = {"origin": ORIGIN, "gatherwell-key": KEY, "content-type": "application/json"}
    cut = f'{{"text": "{PLEA}", "pseud'
    if writer.is_form:
        sent = {"origin": ORIGIN, "content-type": FORM}
        cut = urlencode({"text": PLEA, "pseudonym": NAME})

    async def body() -> AsyncIterator[bytes]:
        yield cut.encode()
        await asyncio.Event().wait()

    return await writer.raw(body(), f"/threads/{THREAD}/comments", "POST", sent)


@refused("body-malformed")
async def cut_off(writer: Writer) -> httpx.Response:
    sent = {"origin": ORIGIN, "gatherwell-key": KEY, "content-type": "application/json"}
    content: Any = f'{{"text": "{PLEA}'
    if writer.is_form:
        sent, content = (
            {"origin": ORIGIN, "content-type": FORM},
            urlencode({"text": PLEA}).encode() + b"&pseudonym=%ff",
        )
    return await writer.raw(content, f"/threads/{THREAD}/comments", "POST", sent)


@refused("comments-closed")
async def where_nothing_is_taken(writer: Writer) -> httpx.Response:
    writer.manifest["threads"][THREAD]["comments"] = "closed"
    return await writer.send()


@refused("thread-locked")
async def where_it_is_locked(writer: Writer) -> httpx.Response:
    value = {"reason": "Please rest.", "by": "mo", "since": NOON}
    await writer.function.store.keep_desk_row(DeskRow(LOCK, THREAD, value))
    return await writer.send()


@refused("thread-full")
async def where_it_is_full(writer: Writer) -> httpx.Response:
    parent = await writer.write_before()
    writer.patch.setattr(comments, "MOST_ANSWERS", 0)
    return await writer.send(parent=parent)


@refused("pseudonym-taken")
async def under_another_s_name(writer: Writer) -> httpx.Response:
    await writer.write_before(key=OTHER_KEY)
    return await writer.send()


@refused("duplicate")
async def twice(writer: Writer) -> httpx.Response:
    await writer.send()
    return await writer.send()


@refused("too-fast")
async def at_once(writer: Writer) -> httpx.Response:
    return await writer.send(altcha=await solved(writer.function))


@refused("proof-expired")
async def too_late(writer: Writer) -> httpx.Response:
    proof = await solved(writer.function)
    writer.function.clock.forward(CHEAP.max_seconds + 1)
    return await writer.send(altcha=proof)


@refused("proof-spent")
async def with_the_same_proof(writer: Writer) -> httpx.Response:
    proof = await solved(writer.function)
    writer.function.clock.forward(5)
    await writer.send(text="A quiet day.", altcha=proof)
    return await writer.send(altcha=proof)


@refused("idempotency-mismatch")
async def with_another_s_intent(writer: Writer) -> httpx.Response:
    writer.headers = {"idempotency-key": "the-same-intent-0001"}
    await writer.send(text="A quiet day.")
    return await writer.send()


@refused("not-found")
async def with_a_slash_too_many(writer: Writer) -> httpx.Response:
    return await writer.send(f"/threads/{THREAD}/comments/")


@refused("method-not-allowed")
async def by_another_method(writer: Writer) -> httpx.Response:
    return await writer.send(method="PUT")


@refused("rate-limited")
async def too_often(writer: Writer) -> httpx.Response:
    return await writer.send()


@refused("busy")
async def while_nothing_can_be_written(writer: Writer) -> httpx.Response:
    writer.patch.setattr(writer.function.store, "add_comment", _raising(Busy("The disk is full.")))
    return await writer.send()


@refused("manifest-missing")
async def without_a_manifest(writer: Writer) -> httpx.Response:
    writer.patch.setattr(writer.function.services.manifest, "_source", _no_file)
    return await writer.send()


@refused("internal")
async def where_something_broke(writer: Writer) -> httpx.Response:
    writer.patch.setattr(writer.function.store, "add_comment", _raising(RuntimeError("a bug")))
    return await writer.send()


def _raising(error: Exception) -> Callable[..., Any]:
    def fails(*_: Any, **__: Any) -> Any:
        raise error

    return fails


def _no_file() -> bytes:
    raise OSError


@pytest.fixture
def writer(build: Build, manifest: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Writer]:
    def make(code: str, **settings: Any) -> Writer:
        given = {name: value for name, value in SETTINGS.get(code, {}).items() if value is not None}
        return Writer(build(**{**given, **settings}), manifest, monkeypatch)

    return make


def test_every_code_is_met_here_or_nowhere() -> None:
    assert REFUSALS.keys() | ELSEWHERE.keys() == codes().keys()
    assert not REFUSALS.keys() & ELSEWHERE.keys()


@pytest.mark.parametrize("code", sorted(REFUSALS))
async def test_the_refusal_holds_help(
    writer: Callable[..., Writer], manifest: dict[str, Any], code: str
) -> None:
    answer = await REFUSALS[code](writer(code))
    document = answer.json()
    assert (document["code"], answer.status_code) == (code, codes()[code]["status"])
    known = code != "manifest-missing"
    addresses = {line["url"] for line in manifest["help"]["en"]} if known else {"https://findahelpline.com/"}
    assert {line["url"] for line in document["help"]} == addresses
    assert PLEA not in answer.text


@pytest.mark.parametrize("code", sorted(REFUSALS.keys() - JSON_ALONE))
async def test_the_page_shows_help_and_the_words_in_their_field(
    writer: Callable[..., Writer], code: str
) -> None:
    by_form = writer(code)
    by_form.is_form = True
    by_form.headers["accept"] = "text/html"
    page = await REFUSALS[code](by_form)
    if code == "content-type":
        assert page.json()["help"]  # no form sends another type
        return
    assert f"<code>{code}</code>" in page.text
    assert 'href="tel:' in page.text or "findahelpline.com" in page.text
    words = re.search(r"<textarea[^>]*>\n(.*?)(</textarea>|\Z)", page.text, re.DOTALL)
    assert words is not None
    assert html.unescape(words[1]).startswith(PLEA)


@pytest.mark.parametrize("code", sorted(REFUSALS.keys() - {"duplicate"}))
async def test_those_on_duty_and_the_queue_are_told_and_no_words_are_kept(
    writer: Callable[..., Writer], code: str
) -> None:
    with webhook() as hook:
        by = writer(code, alerts=AlertSettings(webhook=hook.address))
        await REFUSALS[code](by)
        _, document = await hook.next()
    assert document["refused"] == code
    assert f"refused ({code}), the writer was shown help, no words were kept" in document["text"]
    [row] = await refused_pleas(by.function.store, by.function.services.now())
    assert (row.code, row.level, row.minute) == (code, "now", by.function.services.now() // 60)
    for secret in ("kill", NAME, KEY, THREAD):
        assert secret not in str(document) + str(row)
    assert not [one for _, one in await by.function.store.queue(10) if one.text == PLEA]


async def test_of_pleas_above_a_limit_each_is_helped_and_one_alert_goes_out(
    writer: Callable[..., Writer],
) -> None:
    with webhook() as hook:
        by = writer("rate-limited", alerts=AlertSettings(webhook=hook.address))
        answers = [await by.send(text=text) for text in (PLEA, f"{PLEA} The pills are here.")]
        _, document = await hook.next()
    assert [answer.status_code for answer in answers] == [429, 429]
    assert all(answer.json()["help"] for answer in answers)
    assert document["refused"] == "rate-limited"
    assert len(await by.function.store.calls()) == 1
    [row] = await refused_pleas(by.function.store, by.function.services.now())
    assert row.times == 2


@pytest.mark.parametrize(
    "path",
    [f"//threads/{THREAD}/comments", f"/threads//{THREAD}//comments", f"/threads/{THREAD}", "/comments"],
)
async def test_an_address_that_is_almost_right_holds_help(writer: Callable[..., Writer], path: str) -> None:
    answer = await writer("not-found").send(path)
    assert answer.status_code in (404, 405)
    assert answer.json()["help"]


async def test_other_refused_texts_are_answered_without_lines(function: Function) -> None:
    answer = await function.member().write("This noise is killing me.", pseudonym="!")
    assert "help" not in answer.json()
    assert not await refused_pleas(function.store, NOON)


async def test_a_form_in_which_something_is_missing_comes_back_with_what_was_written(
    function: Function,
) -> None:
    path = f"/threads/{THREAD}/comments"
    page = (await function.form(path, {"text": "A <b>quiet</b> day.", "pseudonym": "", "lang": "en"})).text
    assert "A &lt;b&gt;quiet&lt;/b&gt; day.</textarea>" in page
    assert '<a href="tel:' not in page
    assert f'action="/api/v1{path}"' in page


async def test_a_form_that_cannot_be_mended_shows_nothing_of_it_again(
    function: Function, manifest: dict[str, Any]
) -> None:
    manifest["threads"][THREAD]["comments"] = "closed"
    page = await function.form(f"/threads/{THREAD}/comments", {"text": "A quiet day.", "pseudonym": NAME})
    assert "quiet" not in page.text


@pytest.mark.parametrize("text", ["A quiet day.", PLEA])
async def test_the_form_of_a_story_comes_back_whole_and_can_be_sent_from_there(
    function: Function, text: str
) -> None:
    fields = {"form": "migraine~story", "lang": "en", "title": "A winter", "q.1": "At school.", "text": text}
    page = (await function.form("/stories", {**fields, "edit": "on", "publish": "on"})).text
    assert ("tel:" in page) is (text == PLEA)
    assert 'name="title" maxlength="120" value="A winter"' in page
    assert ">\nAt school.</textarea>" in page
    assert f">\n{text}</textarea>" in page
    ticked = re.findall(r'name="(\w+)" value="1" checked', page)
    again = {**fields, **dict.fromkeys((*ticked, "age"), "1")}
    assert (await function.form("/stories", again)).status_code == 200
    [voice] = await function.store.voices.listed(("sent",))
    assert (voice.consents, voice.written.text) == (
        ("publish", "edit"),
        f"{text}\n\n## How did it begin?\n\nAt school.",
    )


@pytest.mark.parametrize("path", [f"/threads/{THREAD}/comments", "/stories"])
@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
async def test_what_another_site_s_page_sent_comes_back_without_a_button(
    writer: Callable[..., Writer], path: str, origin: str
) -> None:
    """One press would send that site's words as the reader's own."""
    by_form = writer("origin-refused")
    by_form.is_form = True
    by_form.headers |= {"origin": origin, "accept": "text/html"}
    page = (await by_form.send(path)).text
    assert "<code>origin-refused</code>" in page
    assert PLEA in html.unescape(page)
    assert "<form" not in page


async def test_what_comes_back_in_the_page_is_text_and_nothing_else(function: Function) -> None:
    fields = {
        "text": f"{PLEA}</textarea><script>x</script>",
        "pseudonym": '"><b>',
        "lang": "es",
        "parent": '"x',
    }
    page = await function.form(f"/threads/{THREAD}/comments", fields)
    assert '<html lang="es">' in page.text
    assert "<script" not in page.text
    assert "<b>" not in page.text
    assert page.text.count("</textarea>") == 1


async def test_the_words_can_be_sent_again_from_the_page(function: Function) -> None:
    fields = {"text": PLEA, "pseudonym": "!", "lang": "en"}
    page = await function.form(f"/threads/{THREAD}/comments", fields)
    assert f'action="/api/v1/threads/{THREAD}/comments"' in page.text
    await function.form(f"/threads/{THREAD}/comments", {**fields, "pseudonym": NAME})
    [(_, queued)] = await function.store.queue(10)
    assert queued.text == PLEA


async def test_the_queue_shows_refused_pleas_for_a_day_to_those_with_rights_there(function: Function) -> None:
    for _ in range(3):
        await function.member().write(PLEA, pseudonym="!")
    mo = await arrived(function)
    ana = await arrived(function, "Ana", conditions=("arthritis",))
    shown = "refused (pseudonym-invalid), the writer was shown help, no words were kept × 3"
    assert shown in (await mo.get("/")).text
    assert "pseudonym-invalid" not in (await ana.get("/")).text
    function.clock.forward(24 * 3_600)
    mo = await arrived(function, "Mo Again")
    assert "pseudonym-invalid" not in (await mo.get("/")).text


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", '{"pseudonym": "x", "text": "I am going to kill my\\u0073elf tonight\\u00'),
        ("application/json", '{"text": "I am going to kill myself tonight", }'),
        ("text/plain", PLEA),
        (
            "multipart/form-data; boundary=x",
            f'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n{PLEA}\r\n--x--',
        ),
        (FORM, b"text=I+am+going+to+kill+myself+tonight+%ff"),
        ("application/json", json.dumps({"text": [PLEA], "pseudonym": NAME})),
        ("application/json", json.dumps({"comment": {"body": PLEA}})),
        ("application/json", json.dumps([PLEA])),
        ("application/json", json.dumps(PLEA)),
        ("application/json", json.dumps({"text": "A quiet day.", "more": {"deep": [PLEA]}})),
        ("application/json", f'{{"text": "{PLEA}", "text": "A quiet day."}}'),
        ("application/json", f'{{"text": "A quiet day.", "more": "{PLEA}", }}'),
        ("application/json", '{"text": "I am going to kill my\\\nself or rather myself tonight", }'),
        ("application/json", f'{{"text": "{PLEA}\\'),
        ("application/json", f'{{"more": "{PLEA}\\'),
        (FORM, urlencode([("text", "A quiet day."), ("text", PLEA)])),
        (FORM, urlencode({"text": "Bad days, good days. " * 60, "more": PLEA})),
    ],
)
async def test_words_are_found_in_a_body_that_cannot_be_taken(
    function: Function, kind: str, body: Any
) -> None:
    headers = {"origin": ORIGIN, "content-type": kind, "gatherwell-key": KEY}
    path = f"/api/v1/threads/{THREAD}/comments"
    answer = await function.client.post(path, content=body, headers=headers)
    assert answer.json()["help"]


@pytest.mark.parametrize("kind", ["application/json", FORM])
async def test_a_plea_at_the_end_of_a_very_long_text_is_found(function: Function, kind: str) -> None:
    text = "頭が痛い。" * 60_000 + PLEA
    body = json.dumps({"text": text}, ensure_ascii=False) if kind != FORM else f"text={text}"
    answer = await function.client.post(
        f"/api/v1/threads/{THREAD}/comments",
        content=body.encode(),
        headers={"origin": ORIGIN, "content-type": kind, "gatherwell-key": KEY},
    )
    assert (answer.json()["code"], bool(answer.json()["help"])) == ("body-too-large", True)


async def test_a_refused_body_is_taken_to_its_end_and_kept_to_a_limit() -> None:
    """A proxy that is still sending when the connection closes answers 502, without help."""
    parts = [b"x" * 600_000] * 4

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": parts.pop(), "more_body": bool(parts)}

    kept = await sent_words.SentBody(receive).read(10)
    assert (len(kept), parts) == (sent_words.LOOKED_AT, [])


def _strings_read(body: str, patch: pytest.MonkeyPatch) -> int:
    """How many strings of a body were looked at."""
    seen: list[str] = []
    plain = sent_words._plain
    patch.setattr(sent_words, "_plain", lambda text: seen.append(text) or plain(text))
    sent_words.words_in(body.encode(), Headers({"content-type": "application/json"}))
    return len(seen)


def test_of_a_deep_body_each_string_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    body = '{"a":' * 400 + json.dumps([f"{n}" for n in range(100)]) + "}" * 400
    assert _strings_read(body, monkeypatch) < 3 * 100


@pytest.mark.parametrize("end", ["\\\n", "\\", "\\x", ""])
def test_a_body_of_many_escaped_quotation_marks_is_read_once(
    monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    """Where each mark was tried as a beginning, 300,000 bytes took a quarter of an hour."""
    assert _strings_read('{"' + '\\"' * 140_000 + end, monkeypatch) < 5


async def test_a_store_that_cannot_write_takes_no_help_away(
    function: Function, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("add_comment", "keep_desk_row"):
        monkeypatch.setattr(function.store, name, _raising(Busy("The disk is full.")))
    answer = await function.member().write(PLEA)
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert answer.json()["help"]


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
async def test_who_flags_a_plea_once_too_often_is_helped_and_nobody_is_told(
    build: Build, accept: str
) -> None:
    function = build(limits={"flag": (Limit(0, 60),)})
    fields = {"reason": "crisis", "lang": "en"}
    headers = {"origin": ORIGIN, "accept": accept}
    path = "/api/v1/comments/01hzzzzzzzzzzzzzzzzzzzzzzz/flags"

    answer = await function.client.post(path, data=fields, headers=headers)

    assert answer.status_code == 429
    assert "Your pointer to the comment could not be taken now" in answer.text
    assert "<textarea" not in answer.text
    assert not await refused_pleas(function.store, NOON)


async def test_a_refused_flag_for_another_reason_shows_no_lines(build: Build) -> None:
    function = build(limits={"flag": (Limit(0, 60),)})
    headers = {"origin": ORIGIN}
    path = "/api/v1/comments/01hzzzzzzzzzzzzzzzzzzzzzzz/flags"

    answer = await function.client.post(path, data={"reason": "spam"}, headers=headers)

    assert answer.status_code == 429
    assert "findahelpline" not in answer.text
