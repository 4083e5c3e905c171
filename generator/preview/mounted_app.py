"""The application that is mounted beside the site (function and desk); made at the first request for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from generator.ground.errors import SiteError


class MountedApp:
    """Answers requests below *paths* with the application that *make* gives; where *make* raises SiteError, with 503, and
    the next request tries again.

    *invite* gives the path of a one-time link into the desk; it may raise SiteError and may block.
    """

    def __init__(
        self,
        paths: tuple[str, ...],
        make: Callable[[], ASGIApp],
        invite: Callable[[], str],
        report: Callable[[str], None],
    ) -> None:
        self._paths = paths
        self._make = make
        self.invite = invite
        self._report = report
        self._reported = ""
        self._app: ASGIApp | None = None
        self._opening = asyncio.Lock()
        self._life = AsyncExitStack()

    def covers(self, path: str) -> bool:
        return any(path == own or path.startswith(f"{own}/") for own in self._paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            app = await self.open()
        except SiteError as error:
            refusal = PlainTextResponse(f"This part of the preview cannot be opened: {error}\n", 503)
            await refusal(scope, receive, send)
            return
        await app(scope, receive, send)

    async def open(self) -> ASGIApp:
        """The application, its lifespan begun; raises SiteError where it cannot be made now."""
        async with self._opening:
            if self._app is None:
                try:
                    made = self._make()
                except SiteError as error:
                    if str(error) != self._reported:
                        self._reported = str(error)
                        self._report(self._reported)
                    raise
                router: Any = getattr(made, "router", None)
                if router is not None:
                    await self._life.enter_async_context(router.lifespan_context(made))
                self._app = made
            return self._app

    async def close(self) -> None:
        await self._life.aclose()
