"""Renders the outputs of a plan on request, and keeps the last good bytes of each."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from generator.build.plan import Plan
from generator.build.render import Tools, ViewRenderer, view_key
from generator.disk.cache import BodyStore
from generator.ground.errors import Problem, SiteError
from generator.ground.text import digest
from generator.preview.bar import page_report
from generator.preview.reports import Reporter

_REMEMBERED = 400


class RenderedOutput(NamedTuple):
    """The bytes of an output; *problem* says why they are those of an earlier view, or missing."""

    content: bytes
    digest: str
    problem: Problem | None = None


class PageRenderer:
    """Belongs to one thread: bodies are read over a connection of its own.

    *count* is the number of pages rendered so far.
    """

    def __init__(self, body_file: Path, bytecode: Path) -> None:
        self._body_file = body_file
        self._bytecode = bytecode
        self._bodies: BodyStore | None = None
        self._renderer: tuple[str, ViewRenderer] | None = None
        self._rendered: OrderedDict[str, tuple[str, RenderedOutput]] = OrderedDict()
        self._encode = msgspec.msgpack.Encoder().encode
        self.count = 0

    def output(self, plan: Plan, output_path: str) -> RenderedOutput | None:
        """The bytes at *output_path*, or None where the site has nothing there.

        Raises CacheDamaged where a body is gone from the cache; a theme's fault is returned as a problem.
        """
        if output_path in plan.planned:
            return self._page(plan, output_path)
        asset = plan.assets.get(output_path)
        if asset is None:
            return None
        try:
            content = asset.read()
        except OSError as error:
            problem = Problem(f"cannot be read ({error.strerror})", source_path=asset.origin)
            return RenderedOutput(b"", "", problem)
        found = digest(content)
        # A file that was replaced meanwhile (perhaps by a link that leads out of the project) waits for a new plan.
        if asset.source and asset.card is None and found != asset.digest:
            return None
        return RenderedOutput(content, found)

    def _page(self, plan: Plan, output_path: str) -> RenderedOutput:
        planned = plan.planned[output_path]
        theme = plan.context.theme
        known = self._rendered.get(output_path)
        try:
            view = planned.make()
            key = view_key(self._encode(view), theme.digest)
            if known is not None and known[0] == key:
                self._rendered.move_to_end(output_path)
                return known[1]
            if self._renderer is None or self._renderer[0] != theme.digest:
                tools = Tools(self._encode(theme), str(self._bytecode))
                self._renderer = theme.digest, ViewRenderer(tools, self._opened())
            content = self._renderer[1].render_view(view, planned.chrome)
        except SiteError as error:
            return RenderedOutput(*(known[1][:2] if known else (b"", "")), error.problem)
        self.count += 1
        rendered = RenderedOutput(content, digest(content))
        self._rendered[output_path] = key, rendered
        self._rendered.move_to_end(output_path)
        while len(self._rendered) > _REMEMBERED:
            self._rendered.popitem(last=False)
        return rendered

    def forget(self) -> None:
        """Discard kept bytes and the connection: the cache file was replaced."""
        self._rendered.clear()
        self._renderer = None
        if self._bodies is not None:
            self._bodies.__exit__(None, None, None)
            self._bodies = None

    def report(self, plan: Plan, output_path: str, reporter: Reporter, with_links: bool) -> dict[str, Any]:
        """What the writer's bar says of a page that there is."""
        return page_report(plan, plan.planned[output_path], self._opened(), reporter, with_links)

    def _opened(self) -> BodyStore:
        if self._bodies is None:
            self._bodies = BodyStore(self._body_file)
        return self._bodies
