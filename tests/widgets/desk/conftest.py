"""Owns what the desk's tests share: staff who sign in over HTTP, and comments for them to decide on."""

from __future__ import annotations

import itertools
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.widgets.conftest import ORIGIN, THREAD, Function
from widgets.desk.auth.people import Staff, invite, staff_id
from widgets.store.records import Comment
from widgets.store.voices import Voice, Words

_NUMBERS = itertools.count(1)
_CSRF = re.compile(r'name="csrf" value="([0-9a-f]{32})"')


@dataclass
class Colleague:
    """One browser at the desk: its cookie, and the token of the page it read last."""

    client: httpx.AsyncClient
    staff: Staff
    cookie: str = ""
    csrf: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        sent = {"cookie": self.cookie, "accept": "text/html", **self.headers, **_named(headers)}
        self.client.cookies.clear()  # several browsers share this client
        answer = await self.client.get(f"/desk{path}", headers=sent)
        found = _CSRF.search(answer.text)
        self.csrf = found[1] if found else self.csrf
        return answer

    async def post(self, path: str, fields: Any = None, **headers: str) -> httpx.Response:
        sent = {
            "cookie": self.cookie,
            "accept": "text/html",
            "origin": ORIGIN,
            "sec-fetch-site": "same-origin",
            "content-type": "application/x-www-form-urlencoded",
            **self.headers,
            **_named(headers),
        }
        sent = {name: value for name, value in sent.items() if value}
        self.client.cookies.clear()
        data = {"csrf": self.csrf, **(fields or {})}
        return await self.client.post(f"/desk{path}", data=data, headers=sent)

    async def act(self, act: str, comment: Comment, **fields: Any) -> httpx.Response:
        return await self.post(f"/items/{comment.id}/{act}", {"revision": comment.revision, **fields})


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def cookie_of(answer: httpx.Response) -> str:
    return answer.headers["set-cookie"].partition(";")[0]


def batch_of(answer: httpx.Response) -> str:
    """The action that the queue says was done, from the address to which it leads."""
    return urlsplit(answer.headers["location"]).query.partition("done=")[2].partition("&")[0]


async def invited(function: Function, name: str, role: str = "moderator", **more: Any) -> str:
    """A one-time link's token for that person."""
    person = {"person": "sample", "verified_by": "a test"} if role in ("advocate", "clinician") else {}
    staff = Staff(id=staff_id(name), name=name, role=role, **{**person, **more})
    token = f"{next(_NUMBERS):064x}"
    await invite(function.store, staff, token, function.services.now(), function.services.new_id)
    return token


SignIn = Callable[..., Awaitable[Colleague]]


async def arrived(function: Function, name: str = "Mo", role: str = "moderator", **more: Any) -> Colleague:
    """Somebody whom a fresh link has let in."""
    token = await invited(function, name, role, **more)
    colleague = Colleague(function.client, Staff(staff_id(name), name, role))
    answer = await colleague.post("/enter", {"t": token})
    assert answer.status_code == 303
    colleague.cookie = cookie_of(answer)
    await colleague.get("/account")
    return colleague


@pytest.fixture
def sign_in(function: Function) -> SignIn:
    """Signs a person in by a fresh link."""

    async def enter(name: str = "Mo", role: str = "moderator", **more: Any) -> Colleague:
        return await arrived(function, name, role, **more)

    return enter


async def written(function: Function, text: str = "The weather again.", **more: Any) -> Comment:
    """A comment in the store, held for its first reading unless a test says otherwise."""
    id_ = function.services.new_id()
    function.clock.forward(1)
    number = next(_NUMBERS)
    values: dict[str, Any] = {
        "id": id_,
        "thread": THREAD,
        "condition": THREAD.partition("~")[0],
        "root": id_,
        "parent": None,
        "author": f"{number:032x}",
        "pseudonym": f"Heron {number}",
        "skeleton": f"heron{number}",
        "text": text,
        "html": f"<p>{text}</p>",
        "lang": "en",
        "state": "held",
        "held": ("first",),
        "urgency": 1,
        "queued": True,
        "created": function.services.now(),
        **more,
    }
    if values["state"] != "held":
        values |= {"held": (), "urgency": 0, "queued": False}
    return (await function.store.add_comment(Comment(**values), None)).comment


async def told(function: Function, **more: Any) -> Voice:
    """A story in the store, sent and not read yet unless a test says otherwise."""
    number = next(_NUMBERS)
    letters = "bcdfghjkmnpqrstvwxz"
    given: dict[str, Any] = {
        "id": "".join(letters[number // 19**place % 19] for place in range(8)),
        "kind": "story",
        "condition": "migraine",
        "author": f"{number:032x}",
        "receipt": f"{number:032x}",
        "lang": "en",
        "pseudonym": "",
        "written": Words("A long winter", "It began with a zebrafinch."),
        "created": function.services.now(),
        "consents": ("publish", "edit"),
        **more,
    }
    kept: Voice = await function.store.voices.add(Voice(**given), None)
    return kept
