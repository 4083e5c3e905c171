"""Runs the preview: collects changes, has the session make new plans, announces them to the browsers."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import gc
from collections.abc import Callable
from typing import Any

from generator.build.plan import Plan
from generator.build.run import Report
from generator.disk.cache import CacheDamaged
from generator.disk.names import is_markdown
from generator.ground.errors import Problem
from generator.preview.clock import SiteClock
from generator.preview.debounce import Debounce
from generator.preview.event_stream import EventStream
from generator.preview.page_renderer import PageRenderer, RenderedOutput
from generator.preview.reports import Reporter
from generator.preview.search_index import SearchIndex, is_index_path
from generator.preview.session import Session, Update
from generator.preview.watch import Watcher
from generator.preview.worker_thread import WorkerThread

# A patrol compares the stamps of all sources: at least so often (seconds), with at most this share of the time.
_PATROL_SHARE = 0.01
_PATROL_EVERY = 4.0
_PATROL_ALONE = 1.0
_IDLE = 1.5
# The first checks wait this long (seconds) for the first page to be served.
_FIRST_PAGE = 0.5
_REPORTED = 20
# After so many plans garbage is collected even without an idle moment.
_UNCOLLECTED = 5
# After so many changes unused bodies are removed from the cache.
_TIDY_EVERY = 200


class Controller:
    """Runs in the event loop; session, page renderer, patrol and search index each work in a thread of their own."""

    def __init__(
        self,
        session: Session,
        page_renderer: PageRenderer,
        event_stream: EventStream,
        debounce: Debounce,
        search: SearchIndex,
        report: Report,
    ) -> None:
        self._session = session
        self._page_renderer = page_renderer
        self._event_stream = event_stream
        self._debounce = debounce
        self._search = search
        self._report = report
        self._session_thread = WorkerThread("preview-session")
        self._renderer_thread = WorkerThread("preview-renderer")
        self._patrol_thread = WorkerThread("preview-patrol")
        self._search_thread = WorkerThread("preview-search")
        self._changed = asyncio.Event()
        self._template_errors: dict[str, Problem] = {}
        self._watcher: Watcher | None = None
        self._polling = False
        self._last_change = 0.0
        self._served = asyncio.Event()
        self._clock = SiteClock(lambda: session.plan.epoch if session.plan else None, session.now)

    @property
    def plan(self) -> Plan | None:
        return self._session.plan

    @property
    def version(self) -> int:
        return self._session.version

    @property
    def errors(self) -> tuple[Problem, ...]:
        """All known errors that would stop a build now."""
        return tuple(dict.fromkeys((*self._session.errors, *self._template_errors.values())))

    @property
    def session(self) -> Session:
        return self._session

    # --- pages ----------------------------------------------------------------------------------

    async def plan_at(self, now: dt.datetime | None) -> Plan | None:
        """The plan of now, or of another moment; raises SiteError where that cannot be made."""
        return (
            await self._session_thread.run(self._session.at, now) if now is not None else self._session.plan
        )

    async def fresh_plan(self, plan: Plan, output_path: str) -> Plan:
        """The newest plan, after the source of that page was compared with the disk: no page is served stale, even where
        file watches fail. Nothing is compared while git rewrites the working tree.
        """
        planned = plan.planned.get(output_path)
        for source in planned.bodies if planned and not self._debounce.is_held else ():
            news = await self._session_thread.run(self._session.refresh_page, source)
            if news is not None:
                await self._announce(news)
        return self._session.plan or plan

    async def output(self, plan: Plan, output_path: str) -> RenderedOutput | None:
        """The bytes of an output; an error in a template joins the current errors."""
        if is_index_path(plan, output_path):
            return await self._search_thread.run(self._search.output, plan, self.version, output_path)
        try:
            rendered = await self._renderer_thread.run(self._page_renderer.output, plan, output_path)
        except (CacheDamaged, OSError) as damage:
            await self._recover(damage)
            renewed = self._session.plan
            if renewed is None:
                return None
            rendered = await self._renderer_thread.run(self._page_renderer.output, renewed, output_path)
        self._served.set()
        problem = rendered.problem if rendered else None
        if problem is not None and problem not in self._template_errors.values():
            self._template_errors[output_path] = problem
            self._announce_errors()
        return rendered

    async def report(
        self, plan: Plan, output_path: str, reporter: Reporter, with_links: bool
    ) -> dict[str, Any]:
        """The report of the writer's bar on an existing page."""
        try:
            return await self._renderer_thread.run(
                self._page_renderer.report, plan, output_path, reporter, with_links
            )
        except (CacheDamaged, OSError) as damage:
            await self._recover(damage)
            return {"missing": "unknown"}

    async def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """``function(*arguments)`` in the renderer's thread, for readings of a plan that would block the event loop."""
        return await self._renderer_thread.run(function, *arguments)

    async def _recover(self, damage: Exception) -> None:
        """Start over after the cache lost entries (another process ran `build --clean`, or the file is damaged)."""
        await self._renderer_thread.run(self._page_renderer.forget)
        await self._session_thread.run(self._session.start_over, damage)
        await self._announce(await self._session_thread.run(self._session.refresh, None))

    # --- changes --------------------------------------------------------------------------------

    def note(self, path: str, finished: bool) -> None:
        """Note a change that the watcher reported; called in the event loop."""
        self._last_change = _seconds()
        self._debounce.note(path, finished, self._last_change)
        self._changed.set()

    async def run_until_cancelled(self, watcher: Watcher) -> None:
        """Follow changes, patrol, watch the clock and clean up, until cancelled."""
        self._watcher = watcher
        if watcher.failed:
            self._start_polling(watcher.failed)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._served.wait(), _FIRST_PAGE)
        await self._announce(await self._session_thread.run(self._session.check))
        self._report_findings()
        rounds = [
            asyncio.create_task(each)
            for each in (
                self._follow_changes(),
                self._patrol(),
                self._clock.run(lambda: self._look(None)),
                self._clean_up_when_idle(),
            )
        ]
        try:
            await asyncio.gather(*rounds)
        finally:
            for each in rounds:
                each.cancel()

    def _report_findings(self) -> None:
        """Print the findings of the first checks; later ones are shown in the pages."""
        plan = self._session.plan
        found = (*self._session.errors, *(plan.findings if plan is not None else ()))
        for problem in found[:_REPORTED]:
            self._report(str(problem))
        if len(found) > _REPORTED:
            self._report(f"and {len(found) - _REPORTED:,} more; the writer's bar shows each page's own")

    async def _follow_changes(self) -> None:
        while True:
            pause = self._debounce.wait(_seconds())
            if pause is None or pause > 0:
                self._changed.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), pause)
                continue
            paths = self._debounce.take()
            if self._watcher is not None and any(not is_markdown(path) for path in paths):
                self._watcher.renew()
            await self._look(paths)

    async def _look(self, paths: frozenset[str] | None) -> None:
        news = await self._session_thread.run(self._session.refresh, paths)
        await self._announce(news)
        if news.told and news.pages and self._session.needs_full_look:
            await self._announce(await self._session_thread.run(self._session.refresh, None))

    async def _announce(self, news: Update) -> None:
        self._clock.plan_changed()
        if self._template_errors and news.told and news.pages is None:
            await self._retry_failed_templates()
        if news.told:
            said = {"version": news.version, "sources": news.sources[:20], "errors": len(self.errors)}
            self._event_stream.tell("change", {**said, "pages": news.pages})

    def _announce_errors(self) -> None:
        self._event_stream.tell(
            "change", {"version": self.version, "sources": [], "errors": len(self.errors), "pages": []}
        )

    async def _retry_failed_templates(self) -> None:
        """Render the outputs whose template failed once more, and keep the errors that remain."""
        for output_path in list(self._template_errors):
            plan = self._session.plan
            rendered = None
            if plan is not None:
                with contextlib.suppress(CacheDamaged, OSError):
                    rendered = await self._renderer_thread.run(self._page_renderer.output, plan, output_path)
            if rendered is None or rendered.problem is None:
                del self._template_errors[output_path]
            else:
                self._template_errors[output_path] = rendered.problem

    async def _patrol(self) -> None:
        """Find changes that file watches missed: a queue overflow, a network drive, too many folders."""
        took = 0.0
        await asyncio.sleep(0.3)  # the first page is served first
        early = await self._patrol_thread.run(self._session.patrol)
        if early:
            await self._look(frozenset(early))
        while True:
            await asyncio.sleep(max(_PATROL_ALONE if self._polling else _PATROL_EVERY, took / _PATROL_SHARE))
            started = _seconds()
            missed = await self._patrol_thread.run(self._session.patrol)
            took = _seconds() - started
            if missed and not self._debounce and started - self._last_change > 1.0:
                self._start_polling("some changes were not reported")
                await self._look(frozenset(missed))
            elif missed and self._polling:
                await self._look(frozenset(missed))
            if self._watcher is not None:
                self._watcher.renew()

    def _start_polling(self, reason: str) -> None:
        if not self._polling:
            self._polling = True
            self._report(
                f"the system's file watches do not suffice ({reason}); looking for changes every second instead. "
                "Nothing has to be done: pages still follow what you save, a second later"
            )

    async def _clean_up_when_idle(self) -> None:
        """Collect garbage and prune the cache in idle moments; automatic collection would delay an edit.

        New plans leave reference cycles behind, text edits leave unused bodies in the cache. Without an idle moment both
        are done after a fixed number of changes.
        """
        collected, tidied = self._session.plans_made, self.version
        while True:
            await asyncio.sleep(_IDLE)
            idle = _seconds() - self._last_change >= _IDLE
            if self._session.plans_made - collected >= (1 if idle else _UNCOLLECTED):
                collected = self._session.plans_made
                await self._session_thread.run(gc.collect)
            if self.version - tidied >= (_TIDY_EVERY if idle else 5 * _TIDY_EVERY):
                tidied = self.version
                await self._session_thread.run(self._session.tidy)


def _seconds() -> float:
    return asyncio.get_running_loop().time()
