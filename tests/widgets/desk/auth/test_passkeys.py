"""What is no passkey of ours lets nobody in, whatever shape it has; making and signing in stands in test_coming_and_going."""

from __future__ import annotations

import base64
import json
import sys
from typing import Any

import pytest

from tests.widgets.conftest import Function
from tests.widgets.desk.conftest import Colleague, SignIn
from widgets.desk.auth.people import Staff

pytestmark = pytest.mark.anyio


def encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def credential(challenge: str, **more: Any) -> str:
    said = json.dumps({"type": "webauthn.get", "challenge": challenge, "origin": "https://example.org"})
    response = {"clientDataJSON": encoded(said.encode()), "authenticatorData": "AA", "signature": "AA"}
    return json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": response, **more})


def said_deeply(depth: int) -> str:
    """A credential whose client data are nested so deep that no parser follows."""
    response = {"clientDataJSON": encoded(b"[" * depth), "authenticatorData": "AA", "signature": "AA"}
    return json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": response})


def visitor(function: Function) -> Colleague:
    return Colleague(function.client, Staff("nobody", "Nobody", "moderator"))


async def challenge(colleague: Colleague) -> str:
    answer = await colleague.post("/passkeys/sign-in-options")
    assert answer.status_code == 200
    return str(answer.json()["challenge"])


async def test_options_name_nobody(function: Function, sign_in: SignIn) -> None:
    await sign_in("Mo Ray")
    answer = await visitor(function).post("/passkeys/sign-in-options")
    assert answer.json()["allowCredentials"] == []
    assert answer.json()["rpId"] == "example.org"
    assert answer.json()["userVerification"] == "required"
    assert "mo" not in answer.text.lower().replace("example.org", "")


async def test_an_unknown_passkey_lets_nobody_in(function: Function) -> None:
    mo = visitor(function)
    answer = await mo.post("/passkeys/sign-in", {"credential": credential(await challenge(mo))})
    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


async def test_a_challenge_serves_once_and_for_five_minutes(function: Function) -> None:
    mo = visitor(function)
    first = await challenge(mo)
    sent = [await mo.post("/passkeys/sign-in", {"credential": credential(first)}) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [403, 400]
    late = await challenge(mo)
    function.clock.forward(300)
    assert (await mo.post("/passkeys/sign-in", {"credential": credential(late)})).status_code == 400


async def test_a_challenge_for_signing_in_makes_no_passkey(function: Function, sign_in: SignIn) -> None:
    mo = await sign_in()
    answer = await mo.post("/passkeys", {"credential": credential(await challenge(mo))})
    assert answer.status_code == 400
    assert await function.store.desk_rows("passkey") == []


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "{}",
        "[]",
        "null",
        "7",
        '{"id": 7}',
        '{"id": "AAAA", "response": null}',
        '{"id": "AAAA", "response": {"clientDataJSON": "%%%"}}',
        '{"id": "AAAA", "response": {"clientDataJSON": "bnVsbA"}}',
        '{"id": "AAAA", "response": {"clientDataJSON": 7}}',
        "[" * 9_000,
        said_deeply(6_000),
        credential("AAAA"),
        credential(encoded(b"\x00" * 40)),
        credential("é"),
        "x" * 20_001,
    ],
)
async def test_what_is_no_passkey_is_refused_in_words(function: Function, sign_in: SignIn, sent: str) -> None:
    mo = await sign_in()
    for path in ("/passkeys/sign-in", "/passkeys"):
        answer = await mo.post(path, {"credential": sent})
        assert answer.status_code == 400, path
        assert "That was not done" in answer.text
    assert await function.store.desk_rows("passkey") == []


async def test_nobody_removes_anothers_passkey(function: Function, sign_in: SignIn) -> None:
    from widgets.store.desk_records import DeskRow

    value = {"staff": "eve", "credential": "AAAA", "key": "AAAA", "count": 0, "made": 1, "used": 1}
    await function.store.keep_desk_row(DeskRow("passkey", "a" * 64, value))
    mo = await sign_in()
    assert (await mo.post("/passkeys/remove", {"passkey": "a" * 64})).status_code == 404
    assert len(await function.store.desk_rows("passkey")) == 1


async def test_without_the_library_no_page_offers_a_passkey(
    function: Function, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "webauthn", None)
    entering = (await visitor(function).get("/sign-in")).text
    mo = await sign_in()
    arrived, account = [(await mo.get(path)).text for path in ("/?new=1", "/account")]
    for page in (entering, arrived, account):
        assert "data-passkey" not in page
        assert "passkeys.js" not in page
        assert "Make a passkey" not in page
    assert "Ask whoever looks after this site" in entering
    assert "The next time, ask for a new link." in arrived


@pytest.mark.parametrize(
    "path", ["/passkeys/sign-in-options", "/passkeys/sign-in", "/passkeys/options", "/passkeys"]
)
async def test_without_the_library_passkeys_are_refused_in_words(
    function: Function, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setitem(sys.modules, "webauthn", None)
    mo = await sign_in()
    answer = await mo.post(path, {"credential": credential("AAAA")})
    assert answer.status_code == 404
    assert "Passkeys are not installed on this server." in answer.text
