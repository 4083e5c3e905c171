"""A small site with every widget, and the function behind it on SQLite: what the elements' tests visit."""

from __future__ import annotations

import asyncio
import json
import mimetypes
import socket
import threading
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from generator.build.pages import Renderer
from generator.ground.model import Body, Facts, Fragment, PollSlot, Slot
from generator.outputs.headers import referrer_policy
from generator.theme import read_theme
from generator.views import types as shapes
from generator.views.security_policy import content_security_policy
from tests.widgets.solving import solution_of
from widgets import ELEMENTS_DIR
from widgets.app import create_app
from widgets.function.state.settings import ProofSettings, Settings
from widgets.function.text import moderation
from widgets.function.text.locks import LOCK
from widgets.rules.limits import Limit
from widgets.store.desk_records import DeskRow
from widgets.store.interface import CommentChange

T = TypeVar("T")
THEMES = Path(__file__).parents[3] / "themes"
CSP = content_security_policy("/api/v1")
PLAIN_ORIGIN = "http://plain.test"  # no secure context: where the function is reached over plain http
HELP = {"name": "A helpline", "phone": "116 123", "text": None, "url": None, "hours": "Day and night"}
HELP_LINES = [
    HELP,
    {**HELP, "name": "American line", "phone": "988", "text": "741741", "region": "US"},
    {**HELP, "name": "British line", "phone": "0800 689 5652", "region": "GB"},
    {**HELP, "name": "Second British line", "phone": "0800 1111", "region": "GB"},
    {**HELP, "name": "Emergency", "phone": "112"},
]
LINES = (
    shapes.CrisisLine("Emergency", "112"),
    shapes.CrisisLine("A directory", url="https://findahelpline.com/"),
    shapes.CrisisLine("American line", "988", text="741741", region="United States", territory="US"),
    shapes.CrisisLine("British line", "116 123", region="United Kingdom", territory="GB"),
    shapes.CrisisLine("Second British line", "0800 1111", region="United Kingdom", territory="GB"),
    shapes.CrisisLine("German line", "0800 111 0 111", region="Germany", territory="DE"),
)
REACTIONS = ("me-too", "thank-you", "helpful")
CHOICES = (("often", "Often"), ("sometimes", "Sometimes"), ("never", "Never"))


def poll(slug: str, condition: str = "migraine", **more: Any) -> shapes.Poll:
    """A poll with three choices as a page shows it; `version`, `results`, `total` … as in the views."""
    id_ = f"{condition}~{slug}"
    counts = more.pop("counts", None)
    total = sum(counts) if counts else -1
    choices = tuple(
        shapes.PollChoice(
            key, label, label, counts[at] if counts else -1, round(100 * counts[at] / total) if counts else -1
        )
        for at, (key, label) in enumerate(CHOICES)
    )
    fields: dict[str, Any] = {"action": f"/api/v1/polls/{id_}/votes", "total": total, **more}
    return shapes.Poll(id_, f"poll-{slug}", f"A question about {slug}?", choices, **fields)


def thread(
    slug: str, condition: str = "migraine", baked: tuple[shapes.Comment, ...] = (), **more: Any
) -> shapes.Thread:
    id_ = f"{condition}~{slug}"
    base = f"/api/v1/threads/{id_}"
    fields: dict[str, Any] = {
        "comments": "open",
        "reactions": tuple(shapes.Reaction(key, 0) for key in REACTIONS),
        "comments_action": f"{base}/comments",
        "reactions_action": f"{base}/reactions",
        "count": len(baked) or -1,
        "baked": baked,
        **more,
    }
    return shapes.Thread(id_, **fields)


def manifest(*origins: str) -> dict[str, Any]:
    """What the function may accept of this site: three publishing policies, polls and threads of every kind."""

    def asked(slug: str, condition: str = "migraine", **more: Any) -> dict[str, Any]:
        options = [{"key": key, "label": label} for key, label in CHOICES]
        given = {"question": slug, "options": options, "multiple": False, "min": 1, "max": 1, "version": 1}
        given |= {"closes": None, "results": "always", "sensitive": False, "condition": condition}
        return {**given, "pages": {"en": f"/{slug}/"}, **more}

    def talk(slug: str, condition: str = "migraine", comments: str = "open") -> dict[str, Any]:
        pages = {"en": f"/{slug}/"}
        return {
            "condition": condition,
            "title": slug,
            "comments": comments,
            "reactions": list(REACTIONS),
            "pages": pages,
        }

    def place(policy: str) -> dict[str, Any]:
        return {"title": policy, "origin": origins[0], "url_path": "/", "comments": policy}

    return {
        "version": 1,
        "generated_by": "gatherwell 0.1.0",
        "origins": list(origins),
        "default_language": "en",
        "languages": ["en", "es"],
        "conditions": {
            **{"migraine": place("post"), "ms": place("first"), "ra": place("pre")},
            "young": place("post") | {"minimum_age": 16},
        },
        "polls": {
            "migraine~weather": asked("weather"),
            "migraine~many": asked("many", multiple=True, max=2),
            "migraine~later": asked("later", results="after-vote"),
            "migraine~hidden": asked("hidden", results="on-close"),
            "migraine~tender": asked("tender", sensitive=True),
            "migraine~over": asked("over", closes="2020-01-01T00:00:00Z"),
        },
        "threads": {
            "migraine~weather": talk("weather"),
            "migraine~over": talk("over", comments="closed"),
            "ms~first": talk("first", "ms"),
            "ra~pre": talk("pre", "ra"),
            "young~ages": talk("ages", "young"),
        },
        "help": {
            "en": HELP_LINES,
            "es": [{**HELP, "name": "Línea", "phone": "800 911 2000", "region": "MX"}],
        },
    }


class Pages:
    """Renders pages of the default theme, and holds them with the theme's files by path."""

    def __init__(self) -> None:
        self._theme = read_theme("commons", [THEMES], {"migraine": "#5b3f9e"}, ELEMENTS_DIR)
        self._renderers = Renderer(self._theme)
        self.files = {f"/{file.output_path}": file.content for file in self._theme.files}

    def page(
        self,
        path: str,
        *polls: shapes.Poll,
        talk: shapes.Thread | None = None,
        language: str = "en",
        endpoint: str = "/api/v1",
        space: int | None = None,
        direction: str = "ltr",
        tools: bool = False,
    ) -> None:
        """Put an article at *path* with *polls* in its text, below *space* paragraphs (many, if there is a thread)."""
        long = 40 if talk else 0
        filler = "<p>Somebody wrote a line here so that the page is long.</p>" * (
            long if space is None else space
        )
        slots: tuple[Slot, ...] = tuple(PollSlot(one.anchor.removeprefix("poll-"), 1) for one in polls)
        parts = (f"<p>Text.</p>{filler}", *("<p>More text.</p>" for _ in polls))
        body = Body(Fragment(parts, tuple(range(len(polls)))), slots, Facts())
        page = shapes.ArticlePage(
            **self._common("article.html", path, language, endpoint),
            body=shapes.BodyRef("1", tuple(shapes.PollValue(one) for one in polls)),
            thread=talk,
        )
        self._put(page, language, endpoint, direction, body, tools=tools)

    def you(self, path: str = "/you/", language: str = "en", endpoint: str = "/api/v1") -> None:
        page = shapes.YouPage(**self._common("you.html", path, language, endpoint))
        self._put(page, language, endpoint, "ltr", None)

    def raw(self, path: str, html: str, language: str = "en") -> None:
        """Put a page of one's own HTML at *path*, under the same policy."""
        loader = self._theme.urls["elements/loader.js"]
        self.files[path] = (
            f'<!doctype html><html lang="{language}" data-js data-words="en" data-endpoint="/api/v1"><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{CSP}"><title>Raw</title><h1>Raw</h1>{html}'
            f'<script type="module" src="/{loader}"></script></html>'
        ).encode()

    def asset(self, name: str) -> str:
        return f"/{self._theme.urls[name]}"

    def _common(self, template: str, path: str, language: str, endpoint: str) -> dict[str, Any]:
        return {
            "template": template,
            "output_path": f"{path.strip('/')}/index.html",
            "url": path,
            "permalink": f"https://example.org{path}",
            "canonical": f"https://example.org{path}",
            "language": language,
            "chrome_id": language,
            "title": path.strip("/").title(),
            "head_title": path.strip("/").title(),
            "csp": content_security_policy(endpoint),
        }

    def _put(
        self,
        page: Any,
        language: str,
        endpoint: str,
        direction: str,
        body: Body | None,
        *,
        tools: bool = False,
    ) -> None:
        urls = self._theme.urls
        assets = shapes.Assets(
            css=f"/{urls['site.css']}",
            scheme_script=f"/{urls['js/scheme.js']}",
            loader_script=f"/{urls['elements/loader.js']}",
            comfort_script=f"/{urls['js/comfort.js']}" if tools else "",
            icon=f"/{urls['icons/icon.svg']}",
            others=tuple((name, f"/{path}") for name, path in urls.items()),
        )
        you_url = "/you/" if endpoint else ""
        around = shapes.Chrome(
            "A village", "/", language, direction, assets, endpoint=endpoint, you_url=you_url, help=LINES
        )
        self.files[page.url] = self._renderers.render(page, around, body)


@dataclass
class Trouble:
    """How the function is made to misbehave."""

    status: int = 0  # answer this instead
    waits: bool = False  # hold every answer until `release`
    asked: list[str] = field(default_factory=list)


class Village:
    """One HTTP server on loopback: the pages, and below /api/v1 whatever function a test has put there."""

    def __init__(self) -> None:
        self.pages = Pages()
        self.trouble = Trouble()
        self.skew = 0.0
        self.endpoint = "/api/v1"
        self._app: Starlette | None = None
        self._loop = asyncio.new_event_loop()
        self._gate: asyncio.Event | None = None
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.origin = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            self._serve, interface="asgi3", log_level="error", lifespan="off", access_log=False
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._server.serve(sockets=[self._socket]))

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Run *work* on the server's loop, where the stores live."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    def open(
        self,
        folder: Path,
        *,
        site: str = "",
        limits: dict[str, tuple[Limit, ...]] | None = None,
        proof: ProofSettings | None = None,
        surveys: dict[str, Any] | None = None,
        voices: dict[str, Any] | None = None,
        **more: Any,
    ) -> None:
        """Start a function on files of its own, for the pages of *site* (its own origin's by default)."""
        published = manifest(site or self.origin, PLAIN_ORIGIN) | {"surveys": surveys or {}}
        if voices:
            published |= {"voices": voices}
            published["conditions"]["migraine"]["url_path"] = "/migraine/"
        settings = Settings(
            manifest=lambda: json.dumps(published).encode(),
            store=f"sqlite:{folder / 'store.sqlite'}",
            secret=b"a secret of at least thirty-two bytes",
            clock=lambda: time.time() + self.skew,
            limits=limits,
            proof=proof or ProofSettings(cost=50, most=8, vote_most=8, min_seconds=0),
            **more,
        )

        async def start() -> Starlette:
            return create_app(settings)

        self._app = self.do(start())
        self.trouble, self.skew, self.endpoint = Trouble(), 0.0, "/api/v1"

    def close(self) -> None:
        """Stop the function; the pages stay."""
        self.release()
        if self._app is not None:
            self.do(self._app.state.services.close())
            self._app = None

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(60)

    def hold(self) -> None:
        """From now on no answer leaves before `release`."""
        self.trouble.waits = True
        self._gate = asyncio.Event()

    def release(self) -> None:
        self.trouble.waits = False
        if self._gate is not None:
            self._loop.call_soon_threadsafe(self._gate.set)

    @property
    def services(self) -> Any:
        assert self._app is not None
        return self._app.state.services

    @property
    def store(self) -> Any:
        assert self._app is not None
        return self._app.state.services.store

    def approve(self, comment: str) -> None:
        self.do(moderation.approve(self.store, comment))

    def reject(self, comment: str, reason: str | None = None) -> None:
        async def decide() -> None:
            rejected = await moderation.reject(self.store, comment)
            await self.store.change_comment(CommentChange(comment, rejected.revision, {"reason": reason}))

        self.do(decide())

    def lock(self, thread: str, reason: str) -> None:
        async def keep() -> None:
            await self.store.keep_desk_row(DeskRow(LOCK, thread, {"reason": reason, "by": "mo", "since": 0}))

        self.do(keep())

    def voters(self, poll_id: str) -> int:
        return int(self.do(self.store.tally(poll_id, 1)).voters)

    def member(self, number: int = 1) -> Member:
        return Member(self.origin, f"{number:032x}")

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if scope["path"].startswith("/api/"):
            await self._function(scope, receive, send)
            return
        content = self.pages.files.get(scope["path"])
        kind = (
            "text/html; charset=utf-8"
            if scope["path"].endswith("/")
            else mimetypes.guess_type(scope["path"])[0]
        )
        policy = referrer_policy(self.endpoint).encode()
        headers = [(b"content-type", (kind or "text/plain").encode()), (b"referrer-policy", policy)]
        await send({"type": "http.response.start", "status": 200 if content else 404, "headers": headers})
        await send({"type": "http.response.body", "body": content or b""})

    async def _function(self, scope: Scope, receive: Receive, send: Send) -> None:
        trouble = self.trouble
        trouble.asked.append(f"{scope['method']} {scope['path'].removeprefix('/api/v1')}")
        if trouble.waits and self._gate is not None:
            await self._gate.wait()
        if trouble.status or self._app is None:
            await send({"type": "http.response.start", "status": trouble.status or 502, "headers": []})
            await send({"type": "http.response.body", "body": b"<h1>Sorry</h1>"})
            return
        await self._app(scope, receive, send)


class Member:
    """Somebody else on another device, who talks to the function directly."""

    def __init__(self, origin: str, key: str) -> None:
        headers = {"origin": origin, "gatherwell-key": key}
        self._client = httpx.Client(base_url=f"{origin}/api/v1", headers=headers)

    def vote(self, poll_id: str, *choices: str) -> None:
        path, body = f"/polls/{poll_id}/votes", {"version": 1, "choices": choices}
        refused = self.send("POST", path, body).json()
        if refused.get("code") == "proof-required":
            self._send("POST", path, {**body, "altcha": solution_of(refused["challenge"])})

    def react(self, thread_id: str, reaction: str, comment: str | None = None) -> None:
        self._send(
            "POST",
            f"/threads/{thread_id}/reactions",
            {"reaction": reaction, "on": True, "comment": comment},
        )

    def write(self, thread_id: str, text: str, name: str, parent: str | None = None) -> str:
        """The comment's id; it waits for an editor, since no proof comes with it."""
        answer = self._send(
            "POST", f"/threads/{thread_id}/comments", {"text": text, "pseudonym": name, "parent": parent}
        )
        return str(answer["comment"]["id"])

    def withdraw(self, comment: str) -> None:
        self._send("DELETE", f"/comments/{comment}", None)

    def send(self, method: str, path: str, body: Any) -> httpx.Response:
        return self._client.request(method, path, json=body)

    def _send(self, method: str, path: str, body: Any) -> Any:
        return self.send(method, path, body).raise_for_status().json()


__all__ = ["Member", "Pages", "Village", "manifest", "poll", "thread"]
