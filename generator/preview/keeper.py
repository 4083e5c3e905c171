"""Keeps the preview up to date: from changes to the workshop, from the workshop to the browsers."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import gc
from collections.abc import Callable
from typing import Any

from generator.cache import CacheDamaged
from generator.errors import Problem
from generator.preview.gathering import Gathering
from generator.preview.lane import Lane
from generator.preview.printer import Printed, Printer
from generator.preview.proof import Proof
from generator.preview.reports import Reporter
from generator.preview.search_index import SearchIndex, is_index_path
from generator.preview.telling import Telling
from generator.preview.watch import Watcher
from generator.preview.workshop import News, Workshop

# A look at all sources takes at most this share of the time, and is taken at least so often (seconds).
_PATROL_SHARE = 0.01
_PATROL_EVERY = 4.0
_PATROL_ALONE = 1.0
_IDLE = 1.5
# Whoever opens the first page comes before the checks of all others, if they come so soon.
_FIRST_PAGE = 0.5
_REPORTED = 20
# Proofs that may wait for a pause before their garbage is collected.
_UNCOLLECTED = 5
# Changes after which the cache is looked through for what nobody needs any more.
_TIDY_EVERY = 200


class Keeper:
    """*workshop* lives in one lane, *printer* in another; everything here runs in the event loop."""

    def __init__(
        self,
        workshop: Workshop,
        printer: Printer,
        telling: Telling,
        gathering: Gathering,
        search: SearchIndex,
        report: Callable[[str], None],
    ) -> None:
        self._workshop = workshop
        self._printer = printer
        self._telling = telling
        self._gathering = gathering
        self._search = search
        self._report = report
        self._making = Lane("preview-workshop")
        self._printing = Lane("preview-printer")
        self._patrolling = Lane("preview-patrol")
        self._searching = Lane("preview-search")
        self._changed = asyncio.Event()
        self._template_errors: dict[str, Problem] = {}
        self._watcher: Watcher | None = None
        self._alone = False
        self._noted = 0.0
        self._served = asyncio.Event()

    @property
    def proof(self) -> Proof | None:
        return self._workshop.proof

    @property
    def version(self) -> int:
        return self._workshop.version

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Everything that stops a build now, as far as it is known."""
        return tuple(dict.fromkeys((*self._workshop.errors, *self._template_errors.values())))

    @property
    def workshop(self) -> Workshop:
        return self._workshop

    # --- pages ----------------------------------------------------------------------------------

    async def proof_at(self, now: dt.datetime | None) -> Proof | None:
        """The proof of now, or of another moment; raises SiteError where that cannot be made."""
        return await self._making.run(self._workshop.at, now) if now is not None else self._workshop.proof

    async def fresh_proof(self, proof: Proof, output_path: str) -> Proof:
        """The newest proof, after a look at the one source of that page: no page is served stale, watches or not.

        In the midst of git's work on the tree there is nothing good to see yet.
        """
        plan = proof.planned.get(output_path)
        for source in plan.bodies if plan and not self._gathering.is_held else ():
            news = await self._making.run(self._workshop.refresh_page, source)
            if news is not None:
                await self._tell(news)
        return self._workshop.proof or proof

    async def output(self, proof: Proof, output_path: str) -> Printed | None:
        """An output's bytes; a template's fault becomes one of the current errors."""
        if is_index_path(proof, output_path):
            return await self._searching.run(self._search.output, proof, self.version, output_path)
        try:
            printed = await self._printing.run(self._printer.output, proof, output_path)
        except (CacheDamaged, OSError) as damage:
            await self._recover(damage)
            renewed = self._workshop.proof
            if renewed is None:
                return None
            printed = await self._printing.run(self._printer.output, renewed, output_path)
        self._served.set()
        problem = printed.problem if printed else None
        if problem is not None and problem not in self._template_errors.values():
            self._template_errors[output_path] = problem
            self._tell_errors()
        return printed

    async def report(
        self, proof: Proof, output_path: str, reporter: Reporter, with_links: bool
    ) -> dict[str, Any]:
        """What the writer's bar says of a page that there is."""
        try:
            return await self._printing.run(self._printer.report, proof, output_path, reporter, with_links)
        except (CacheDamaged, OSError) as damage:
            await self._recover(damage)
            return {"missing": "unknown"}

    async def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """A reading of proofs that takes a moment, off the event loop."""
        return await self._printing.run(function, *arguments)

    async def _recover(self, damage: Exception) -> None:
        """The cache lost something under us (a `build --clean` beside us, a full prune): begin again."""
        await self._printing.run(self._printer.forget)
        await self._making.run(self._workshop.start_over, damage)
        await self._tell(await self._making.run(self._workshop.refresh, None))

    # --- changes --------------------------------------------------------------------------------

    def note(self, path: str, finished: bool) -> None:
        """A change that a watcher saw; called in the event loop."""
        self._noted = _seconds()
        self._gathering.note(path, finished, self._noted)
        self._changed.set()

    async def keep(self, watcher: Watcher) -> None:
        """Work until cancelled."""
        self._watcher = watcher
        if watcher.failed:
            self._go_alone(watcher.failed)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._served.wait(), _FIRST_PAGE)
        await self._tell(await self._making.run(self._workshop.check))
        self._report_findings()
        rounds = [
            asyncio.create_task(each)
            for each in (self._follow(), self._patrol(), self._keep_time(), self._rest())
        ]
        try:
            await asyncio.gather(*rounds)
        finally:
            for each in rounds:
                each.cancel()

    def _report_findings(self) -> None:
        """What the checks found at the start, in the terminal; later findings stand in the pages."""
        proof = self._workshop.proof
        found = (*self._workshop.errors, *(proof.check_warnings if proof is not None else ()))
        for problem in found[:_REPORTED]:
            self._report(str(problem))
        if len(found) > _REPORTED:
            self._report(f"and {len(found) - _REPORTED:,} more; the writer's bar shows each page's own")

    async def _follow(self) -> None:
        while True:
            pause = self._gathering.wait(_seconds())
            if pause is None or pause > 0:
                self._changed.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), pause)
                continue
            paths = self._gathering.take()
            if self._watcher is not None and any(not path.endswith(".md") for path in paths):
                self._watcher.renew()
            await self._look(paths)

    async def _look(self, paths: frozenset[str] | None) -> None:
        news = await self._making.run(self._workshop.refresh, paths)
        await self._tell(news)
        if news.told and news.pages and self._workshop.doubtful:
            await self._tell(await self._making.run(self._workshop.refresh, None))

    async def _tell(self, news: News) -> None:
        if self._template_errors and news.told and news.pages is None:
            await self._print_again()
        if news.told:
            said = {"version": news.version, "sources": news.sources[:20], "errors": len(self.errors)}
            self._telling.tell("change", {**said, "pages": news.pages})

    def _tell_errors(self) -> None:
        self._telling.tell(
            "change", {"version": self.version, "sources": [], "errors": len(self.errors), "pages": []}
        )

    async def _print_again(self) -> None:
        """Whether the templates that failed do so still."""
        for output_path in list(self._template_errors):
            proof = self._workshop.proof
            printed = None
            if proof is not None:
                with contextlib.suppress(CacheDamaged, OSError):
                    printed = await self._printing.run(self._printer.output, proof, output_path)
            if printed is None or printed.problem is None:
                del self._template_errors[output_path]
            else:
                self._template_errors[output_path] = printed.problem

    async def _keep_time(self) -> None:
        """A scheduled article appears when its moment comes, with nobody saving anything."""
        while True:
            proof = self._workshop.proof
            pause = 60.0
            if proof is not None and proof.epoch.until:
                left = dt.datetime.fromisoformat(proof.epoch.until) - self._workshop.now()
                pause = min(60.0, max(0.0, left.total_seconds()))
                if pause == 0.0 and not proof.epoch.holds(self._workshop.now().isoformat()):
                    await self._look(None)
                    pause = 1.0
            await asyncio.sleep(max(0.05, pause))

    async def _patrol(self) -> None:
        """Find what the watches did not tell: an overflow, a network drive, a folder too many."""
        took = 0.0
        await asyncio.sleep(0.3)  # whoever opens the first page comes first
        early = await self._patrolling.run(self._workshop.patrol)
        if early:
            await self._look(frozenset(early))
        while True:
            await asyncio.sleep(max(_PATROL_ALONE if self._alone else _PATROL_EVERY, took / _PATROL_SHARE))
            started = _seconds()
            missed = await self._patrolling.run(self._workshop.patrol)
            took = _seconds() - started
            if missed and not self._gathering and started - self._noted > 1.0:
                self._go_alone("some changes were not told")
                await self._look(frozenset(missed))
            elif missed and self._alone:
                await self._look(frozenset(missed))
            if self._watcher is not None:
                self._watcher.renew()

    def _go_alone(self, reason: str) -> None:
        if not self._alone:
            self._alone = True
            self._report(
                f"the system's file watches do not suffice ({reason}); looking for changes every second instead"
            )

    async def _rest(self) -> None:
        """Collect garbage and prune the cache when nobody is waiting: automatic collection would fall into an edit.

        Only whole proofs leave cycles behind; texts leave bodies in the cache. Where somebody never pauses, there is
        no better moment than any other.
        """
        collected, tidied = self._workshop.proofs_made, self.version
        while True:
            await asyncio.sleep(_IDLE)
            idle = _seconds() - self._noted >= _IDLE
            if self._workshop.proofs_made - collected >= (1 if idle else _UNCOLLECTED):
                collected = self._workshop.proofs_made
                await self._making.run(gc.collect)
            if self.version - tidied >= (_TIDY_EVERY if idle else 5 * _TIDY_EVERY):
                tidied = self.version
                await self._making.run(self._workshop.tidy)


def _seconds() -> float:
    return asyncio.get_running_loop().time()
