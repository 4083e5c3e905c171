"""Owns what the tests of the function share: a site's manifest, a function on real SQLite files, a member."""

from __future__ import annotations

import json
import random
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from widgets import CONTRACT_DIR
from widgets.app import create_app
from widgets.function.state.settings import ProofSettings, Settings

ORIGIN = "https://example.org"
POLL = "migraine~weather-trigger"
THREAD = "migraine~weather"
NOON = 1_790_078_400  # 2026-09-22T12:00:00Z


@dataclass
class Clock:
    """A clock that goes only when told to."""

    now: float = NOON

    def __call__(self) -> float:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Member:
    """One device: its key, and its way of posting from the site's own page."""

    client: httpx.AsyncClient
    key: str
    headers: dict[str, str] = field(default_factory=dict)

    async def send(self, method: str, path: str, document: Any = None, **headers: str) -> httpx.Response:
        sent = {"origin": ORIGIN, "gatherwell-key": self.key, **self.headers}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.request(method, f"/api/v1{path}", json=document, headers=sent)

    async def vote(
        self, *choices: str, poll: str = POLL, version: int = 1, altcha: str | None = None, **headers: str
    ) -> httpx.Response:
        body = {"version": version, "choices": choices, "altcha": altcha}
        return await self.send("POST", f"/polls/{poll}/votes", body, **headers)

    async def react(self, reaction: str, on: bool = True, comment: str | None = None) -> httpx.Response:
        body = {"reaction": reaction, "on": on, "comment": comment}
        return await self.send("POST", f"/threads/{THREAD}/reactions", body)

    async def write(
        self, text: str, pseudonym: str = "Quiet Heron", thread: str = THREAD, **more: Any
    ) -> httpx.Response:
        headers = more.pop("headers", {})
        body = {"text": text, "pseudonym": pseudonym, **more}
        return await self.send("POST", f"/threads/{thread}/comments", body, **headers)


@dataclass
class Function:
    """A function under test, asked over ASGI, with the parts that a test turns."""

    app: Starlette
    clock: Clock
    folder: Path
    client: httpx.AsyncClient
    chance: random.Random

    @property
    def store(self) -> Any:
        return self.app.state.services.store

    @property
    def services(self) -> Any:
        return self.app.state.services

    def member(self) -> Member:
        return Member(self.client, self.chance.randbytes(16).hex())

    async def get(self, path: str, **headers: str) -> httpx.Response:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.get(f"/api/v1{path}", headers=sent)

    async def form(
        self, path: str, fields: dict[str, Any], cookies: dict[str, str] | None = None, **headers: str
    ) -> httpx.Response:
        sent = {"origin": ORIGIN, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if cookies:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        return await self.client.post(f"/api/v1{path}", data=fields, headers=sent)


Build = Callable[..., Function]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def manifest() -> dict[str, Any]:
    """The contract's own portfolio, all on one origin, publishing at once unless a test says otherwise."""
    example = json.loads((CONTRACT_DIR / "examples" / "manifest.portfolio.json").read_text(encoding="utf-8"))
    example["origins"] = [ORIGIN]
    for condition in example["conditions"].values():
        condition["origin"] = ORIGIN
        condition["comments"] = "post"
    return dict(example)


@pytest.fixture
def manifest_file(tmp_path: Path, manifest: dict[str, Any]) -> Path:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(manifest), encoding="utf-8")
    return path


@pytest.fixture
async def build(tmp_path: Path, manifest: dict[str, Any]) -> AsyncIterator[Build]:
    """Makes functions on files of their own; `settings` are those of `Settings`."""
    made: list[Function] = []

    def make(**settings: Any) -> Function:
        clock = settings.pop("clock", None) or Clock()
        chance = random.Random(len(made))
        folder = tmp_path / f"function-{len(made)}"
        folder.mkdir()
        base = Settings(
            manifest=lambda: json.dumps(manifest).encode(),
            store=f"sqlite:{folder / 'store.sqlite'}",
            secret=b"a secret of at least thirty-two bytes",
            clock=clock,
            random=chance.randbytes,
            manifest_refresh=0.0,
            limits=None,
            proof=ProofSettings(required=False),
        )
        app = create_app(replace(base, **settings))
        transport = httpx.ASGITransport(app=app, client=("192.0.2.7", 4711))
        client = httpx.AsyncClient(transport=transport, base_url=ORIGIN)
        made.append(Function(app, clock, folder, client, chance))
        return made[-1]

    yield make
    for function in made:
        await function.client.aclose()
        await function.services.close()


@pytest.fixture
async def function(build: Build) -> Function:
    return build()


@pytest.fixture
def examples() -> Iterator[tuple[str, Any]]:
    return (
        (path.name.rsplit(".", 2)[0], json.loads(path.read_text(encoding="utf-8")))
        for path in sorted((CONTRACT_DIR / "examples").glob("*.json"))
    )
