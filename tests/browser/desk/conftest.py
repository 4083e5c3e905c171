"""The function on loopback, seen by staff in a real Chromium; every page is watched for what must never happen."""

from __future__ import annotations

import asyncio
import itertools
import json
import socket
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.chromium import PATIENCE
from widgets import CONTRACT_DIR
from widgets.app import create_app
from widgets.desk.auth.people import Staff, invite, staff_id
from widgets.function.state.settings import Settings
from widgets.store.records import Comment

T = TypeVar("T")
THREAD = "migraine~weather"
_NUMBERS = itertools.count(1)


class Office:
    """One function on SQLite behind `http://localhost`, where browsers allow passkeys and secure cookies."""

    def __init__(self, folder: Path) -> None:
        self.skew = 0.0
        self._loop = asyncio.new_event_loop()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.origin = f"http://localhost:{self._socket.getsockname()[1]}"
        example = json.loads((CONTRACT_DIR / "examples" / "manifest.portfolio.json").read_text("utf-8"))
        example["origins"] = [self.origin]
        for condition in example["conditions"].values():
            condition["origin"] = self.origin
        settings = Settings(
            manifest=lambda: json.dumps(example).encode(),
            store=f"sqlite:{folder / 'store.sqlite'}",
            secret=b"a secret of at least thirty-two bytes",
            clock=lambda: time.time() + self.skew,
            limits=None,
        )
        self.app = create_app(settings)
        config = uvicorn.Config(self.app, log_level="error", lifespan="off", access_log=False)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._server.serve(sockets=[self._socket]))
        self._loop.run_until_complete(self.app.state.services.close())

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(60)

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Run *work* on the server's loop, where the stores live."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    @property
    def services(self) -> Any:
        return self.app.state.services

    def link(self, name: str = "Mo", role: str = "moderator", **more: Any) -> str:
        person = {"person": "sample", "verified_by": "a test"} if role in ("advocate", "clinician") else {}
        staff = Staff(staff_id(name), name, role, **{**person, **more})
        token = f"{next(_NUMBERS):064x}"
        services = self.services
        self.do(invite(services.store, staff, token, services.now(), services.new_id))
        return f"{self.origin}/desk/enter?t={token}"

    def written(self, text: str = "The weather again.", **more: Any) -> Comment:
        """A comment in the store, held for its first reading unless a test says otherwise."""
        number = next(_NUMBERS)
        id_ = (
            self.services.new_id()[:10] + f"{number:016d}"
        )  # in the order of writing, within a millisecond too
        fields: dict[str, Any] = {
            "id": id_,
            "thread": THREAD,
            "condition": "migraine",
            "root": id_,
            "parent": None,
            "author": f"{number:032x}",
            "pseudonym": f"Heron {number}",
            "skeleton": f"heron{number}",
            "text": text,
            "html": f"<p>{text}</p>",
            "lang": "en",
            "state": "held",
            "created": self.services.now() - 600,
            "held": ("first",),
            "urgency": 1,
            "queued": True,
            **more,
        }
        if fields["state"] != "held":
            fields |= {"held": (), "urgency": 0, "queued": False}
        return self.do(self._add(Comment(**fields)))

    async def _add(self, comment: Comment) -> Comment:
        return (await self.services.store.add_comment(comment, None)).comment  # type: ignore[no-any-return]

    def state(self, comment: Comment) -> str:
        return str(self.do(self._read(comment.id)).state)

    async def _read(self, id_: str) -> Comment:
        found: Comment | None = await self.services.store.comment(id_)
        assert found is not None
        return found

    async def erase(self, comment: Comment) -> None:
        await self.services.store.remove_comment(comment.id, comment.author)

    def comment(self, id_: str) -> Comment:
        return self.do(self._read(id_))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.stop()


class Watch:
    """What must never happen on any page of the desk."""

    def __init__(self, origin: str) -> None:
        self.faults: list[str] = []
        self._origin = origin

    def over(self, context: BrowserContext) -> None:
        context.on("page", self._page)
        context.on("request", lambda request: self._request(request.url))

    def _page(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.faults.append(f"error {error}"))
        page.on("dialog", lambda dialog: self.faults.append(f"dialog {dialog.message}"))
        page.on("console", self._console)

    def _console(self, message: Any) -> None:
        # The browser itself reports answers that are no success; those are a test's own doing.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"console {message.text}")

    def _request(self, url: str) -> None:
        if not url.startswith(self._origin):
            self.faults.append(f"request to {url}")


Arrive = Callable[..., Page]


@pytest.fixture
def arrive(chromium: Browser, office: Office) -> Iterator[Arrive]:
    """Signs somebody in, each in a browser of their own, and opens *path*."""
    watch = Watch(office.origin)
    contexts: list[BrowserContext] = []

    def enter(name: str = "Mo", role: str = "moderator", path: str = "/desk/", **settings: Any) -> Page:
        viewport = settings.pop("viewport", {"width": 1280, "height": 900})
        more = {key: settings.pop(key) for key in ("conditions", "may_answer_crisis") if key in settings}
        context = chromium.new_context(base_url=office.origin, viewport=viewport, **settings)
        context.set_default_timeout(PATIENCE)
        watch.over(context)
        contexts.append(context)
        page = context.new_page()
        page.goto(office.link(name, role, **more))
        page.locator("main button").click()
        expect(page.locator("header.top")).to_contain_text(name)
        page.goto(path)
        return page

    yield enter
    for context in contexts:
        context.close()
    assert watch.faults == []
