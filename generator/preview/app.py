"""The preview's routes: the pages of the site, the requests of the preview's own script, the mounted function."""

from __future__ import annotations

import datetime as dt
import hashlib
import mimetypes
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from generator.build.plan import Plan
from generator.ground.errors import SiteError
from generator.outputs.headers import EVERYWHERE
from generator.outputs.redirects import numbered_target
from generator.preview.addresses import HostPorts, host_allowed, is_loopback
from generator.preview.bar import missing_report
from generator.preview.board import REVIEWS, RULES, review_board, rules_page
from generator.preview.conditional import conditional
from generator.preview.controller import Controller
from generator.preview.event_stream import EventStream
from generator.preview.failure import failure_page
from generator.preview.inject import with_client
from generator.preview.media_types import TYPES
from generator.preview.mounted_app import MountedApp
from generator.preview.page_renderer import RenderedOutput
from generator.preview.reports import MOST, Reporter
from generator.site.permalinks import Root
from generator.site.schedule import parse_now

ASSETS = Path(__file__).parent / "assets"
OWN = "/__preview/"
# RFC 6797 §7.2: not over plain http, which the preview speaks.
_HEADERS = {name: value for name, value in EVERYWHERE if name != "Strict-Transport-Security"}
_NO_STORE = {"Cache-Control": "no-store"}


class Preview:
    """The preview as one ASGI application; *mounted* answers the requests below its own paths."""

    def __init__(
        self,
        controller: Controller,
        event_stream: EventStream,
        host_ports: HostPorts,
        reporter: Reporter,
        instance: str,
        mounted: MountedApp,
    ) -> None:
        self._controller = controller
        self._event_stream = event_stream
        self._host_ports = host_ports
        self._reporter = reporter
        self._instance = instance
        self._mounted = mounted
        self._client = {path.name: path.read_bytes() for path in sorted(ASSETS.iterdir()) if path.is_file()}
        self._client_digest = hashlib.sha256(b"".join(self._client.values())).hexdigest()[:16]
        methods = ["GET", "HEAD"]
        routes: Sequence[Route] = [
            Route(f"{OWN}events", self._events, methods=methods),
            Route(f"{OWN}errors", self._errors, methods=methods),
            Route(f"{OWN}page", self._page_report, methods=methods),
            Route(f"{OWN}desk", self._desk, methods=["GET"]),
            Route(f"{OWN}{REVIEWS}", self._reviews, methods=methods),
            Route(f"{OWN}{RULES}", self._rules, methods=methods),
            Route(f"{OWN}{{name}}", self._own_asset, methods=methods),
            Route("/{path:path}", self._site, methods=methods),
        ]
        self._app = Starlette(routes=routes, lifespan=self._lifespan)
        self._app.router.redirect_slashes = False

    @asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await self._mounted.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            refusal = self._refusal(Request(scope))
            if refusal is not None:
                await refusal(scope, receive, send)
                return
            if self._mounted.covers(scope["path"]):
                await self._mounted(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _refusal(self, request: Request) -> Response | None:
        """An answer to requests for another host name (DNS rebinding) and to requests by other origins; else None."""
        hosts = request.headers.getlist("host")
        arrived = (request.scope.get("server") or ("", 0))[0]
        if len(hosts) != 1 or not host_allowed(hosts[0], self._host_ports.host, arrived):
            return PlainTextResponse(
                "This name is not the preview's. Open the address that the terminal shows.\n", 421
            )
        if request.scope["path"].startswith(OWN):
            site = request.headers.get("sec-fetch-site", "same-origin")
            origin = request.headers.get("origin")
            foreign = origin is not None and urlsplit(origin).netloc != hosts[0]
            if foreign or site not in ("same-origin", "none"):
                return PlainTextResponse("Only the preview's own pages may ask for this.\n", 403)
        return None

    # --- requests of the preview's script ---------------------------------------------------------------

    async def _events(self, request: Request) -> Response:
        if self._event_stream.is_full:
            return PlainTextResponse(
                "Too many pages are listening.\n", 503, {"Retry-After": "5", **_NO_STORE}
            )
        headers = {**_NO_STORE, "X-Accel-Buffering": "no"}
        if request.method == "HEAD":
            return Response(headers=headers, media_type="text/event-stream")
        return StreamingResponse(
            self._event_stream.listen(self._greeting), headers=headers, media_type="text/event-stream"
        )

    def _greeting(self) -> dict[str, Any]:
        controller = self._controller
        return {
            "instance": self._instance,
            "version": controller.version,
            "client": self._client_digest,
            "errors": len(controller.errors),
        }

    async def _errors(self, request: Request) -> Response:
        errors = self._controller.errors
        found = await self._controller.run(self._reporter.reports, errors, _is_near(request))
        left_out = sorted(self._controller.session.left_out)
        return JSONResponse(
            {"errors": found, "count": len(errors), "left_out": left_out[:MOST]}, headers=_NO_STORE
        )

    async def _page_report(self, request: Request) -> Response:
        """The bar of the page at ``?path=``, as of ``&now=``."""
        try:
            plan = await self._controller.plan_at(self._now(request))
        except SiteError as error:
            return JSONResponse({"missing": "error", "message": error.message}, 200, headers=_NO_STORE)
        root = self._root(request, plan) if plan else None
        if plan is None or root is None:
            return JSONResponse({"missing": "unknown"}, headers=_NO_STORE)
        output_path = _output_path(root, request.query_params.get("path", "/"))
        planned = plan.planned.get(output_path or "")
        said: dict[str, Any]
        if planned is None or output_path is None:
            said = missing_report(
                plan, root, output_path or "", self._controller.session, self._reporter, _is_near(request)
            )
        else:
            said = await self._controller.report(plan, output_path, self._reporter, _is_near(request))
        hosts = {
            other.origin: self._host_ports.port_of(other.condition) for other in plan.site.permalinks.roots
        }
        return JSONResponse({**said, "hosts": hosts, "version": self._controller.version}, headers=_NO_STORE)

    async def _desk(self, request: Request) -> Response:
        """A redirect to the moderators' desk by a one-time link, for browsers on this machine."""
        if not _is_near(request):
            return PlainTextResponse("The desk opens at the machine that runs the preview.\n", 403, _NO_STORE)
        try:
            path = await self._controller.run(self._mounted.invite)
        except SiteError as error:
            return PlainTextResponse(f"{error}\n", 503, _NO_STORE)
        return RedirectResponse(path, 303, _NO_STORE)

    async def _reviews(self, request: Request) -> Response:
        """The board of what there is to review, as of ``?now=``."""
        plan = await self._controller.plan_at(self._now(request))
        if plan is None:
            return self._failure(request)
        page = await self._controller.run(review_board, plan.site, self._reporter, _is_near(request))
        return Response(page, headers={**_HEADERS, **_NO_STORE, "Content-Type": TYPES[".html"]})

    async def _rules(self, request: Request) -> Response:
        return Response(rules_page(), headers={**_HEADERS, **_NO_STORE, "Content-Type": TYPES[".html"]})

    async def _own_asset(self, request: Request) -> Response:
        content = self._client.get(request.path_params["name"])
        if content is None:
            return PlainTextResponse("There is no such file.\n", 404, _NO_STORE)
        suffix = Path(request.path_params["name"]).suffix
        headers = {**_HEADERS, "Cache-Control": "no-cache", "Content-Type": TYPES[suffix]}
        return conditional(request, content, f'"{self._client_digest}"', headers)

    # --- the site -------------------------------------------------------------------------------

    async def _site(self, request: Request) -> Response:
        path = request.scope["path"]
        try:
            plan = await self._controller.plan_at(self._now(request))
        except SiteError as error:
            return PlainTextResponse(f"{error}\n", 400, _NO_STORE)
        if plan is None:
            return self._failure(request)
        root = self._root(request, plan)
        if root is None:
            return PlainTextResponse(
                "Nothing is served at this port any more; start the preview again.\n", 404
            )
        if moved := numbered_target(plan.context.site, root, path, request.query_params):
            return RedirectResponse(moved, 307, _NO_STORE)
        output_path = _output_path(root, path)
        if output_path is None:
            return self._outside(root, path)
        if "now" not in request.query_params:
            plan = await self._controller.fresh_plan(plan, output_path)
        rendered = await self._controller.output(plan, output_path)
        if rendered is not None:
            return self._answer(request, output_path, rendered, 200)
        folder = _output_path(root, f"{path}/")
        if folder in plan.planned:
            return RedirectResponse(f"{root.href(_url_path(root, path))}/{_query(request)}", 308, _NO_STORE)
        missing = _nearest_missing_page(root, path, plan)
        rendered = await self._controller.output(plan, missing)
        if rendered is None:
            return PlainTextResponse("There is no such page.\n", 404, _NO_STORE)
        return self._answer(request, missing, rendered, 404)

    def _answer(self, request: Request, output_path: str, rendered: RenderedOutput, status: int) -> Response:
        """The bytes as `build` writes them; where a browser opens a page, with the preview's script in it."""
        suffix = Path(output_path).suffix
        kind = TYPES.get(suffix) or mimetypes.guess_type(output_path)[0] or "application/octet-stream"
        if output_path.endswith("feed.json"):
            kind = "application/feed+json"
        headers = {**_HEADERS, "Content-Type": kind, "Cache-Control": "no-cache"}
        if rendered.problem is not None and not rendered.content:
            return self._failure(request)
        if suffix != ".html":
            return conditional(request, rendered.content, f'"{rendered.digest}"', headers, status)
        headers["Vary"] = "Accept"
        if "text/html" not in request.headers.get("accept", ""):
            return conditional(request, rendered.content, f'"{rendered.digest}"', headers, status)
        page = with_client(rendered.content, output_path, rendered.digest, self._controller.version)
        return Response(page, status, {**headers, "Cache-Control": "no-store"})

    def _failure(self, request: Request) -> Response:
        """The error page that is shown while no plan could be made."""
        reports = self._reporter.reports(self._controller.errors, _is_near(request))
        content = failure_page(reports)
        if "text/html" in request.headers.get("accept", ""):
            content = with_client(content, "", "", self._controller.version)
        return Response(content, 500, {**_HEADERS, **_NO_STORE, "Content-Type": TYPES[".html"]})

    def _outside(self, root: Root, path: str) -> Response:
        if path == "/":
            return RedirectResponse(root.href("/"), 307, _NO_STORE)
        return PlainTextResponse(f"The site lies below {root.base_path}\n", 404, _NO_STORE)

    def _root(self, request: Request, plan: Plan) -> Root | None:
        port = (request.scope.get("server") or ("", 0))[1]
        owner = self._host_ports.roots.get(port, "")
        return next((root for root in plan.site.permalinks.roots if root.condition == owner), None)

    def _now(self, request: Request) -> dt.datetime | None:
        text = request.query_params.get("now")
        plan = self._controller.plan
        return parse_now(text, plan.site.config.zone) if text and plan is not None else None


def _nearest_missing_page(root: Root, path: str, plan: Plan) -> str:
    """The 404 page of the nearest folder above *path* that has one, so that it speaks the language of the address."""
    segments = [segment for segment in path.removeprefix(root.base_path).split("/") if segment]
    for depth in range(len(segments), 0, -1):
        found = root.output_path(f"/{'/'.join(segments[:depth])}/404.html")
        if found in plan.planned:
            return found
    return root.output_path("/404.html")


def _output_path(root: Root, path: str) -> str | None:
    """The output that answers a decoded request path; None outside of the site's base path."""
    if not path.startswith(root.base_path):
        return None
    return root.output_path(_url_path(root, path))


def _url_path(root: Root, path: str) -> str:
    return "/" + path[len(root.base_path) :]


def _query(request: Request) -> str:
    return f"?{request.url.query}" if request.url.query else ""


def _is_near(request: Request) -> bool:
    return request.client is not None and is_loopback(request.client.host)
