"""Keeps the newest good plan and the current errors; finds the cheapest way from an edit to the next plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple

from generator.build.inputs import Inputs, read_inputs
from generator.build.keep_going import Kept, plan_of_the_rest
from generator.build.last_build import version_key
from generator.build.one_round import not_caused
from generator.build.plan import Edited, Plan, checked, make_plan
from generator.build.run import Report, Run
from generator.disk.cache import Cache, CacheDamaged, delete_cache
from generator.disk.content_tree import CONTENT_DIR, read_tree
from generator.disk.names import on_disk
from generator.disk.stamps import Stamp, stamp_of
from generator.ground.errors import Problem, SiteError, SiteErrors, raise_errors
from generator.ground.project import Options, Project
from generator.preview.fast_edit import TextEdit, reread_documents, text_edit, with_text_edit
from generator.preview.gone_pages import gone_pages
from generator.preview.left_out import keeps_last_good, newly_left_out
from generator.preview.source_stamps import differing, stamps_of, stamps_of_settings
from generator.processes.workers import Workers
from generator.site.schedule import iso

Clock = Callable[[], dt.datetime]
# Plans of other moments (`?now=`) that are kept.
_OTHERS = 2


class Update(NamedTuple):
    """The result of comparing the sources with the plan.

    *version* counts plans. *pages* are the output paths that may have changed, None where any may have. *errors* are
    all current ones; *told* is False where there is nothing to announce.
    """

    version: int
    pages: tuple[str, ...] | None
    sources: tuple[str, ...]
    errors: tuple[Problem, ...]
    told: bool


class Session:
    """Owns the connection to the cache: opened, called and closed in one thread.

    *clock* gives the moment for which the site is made. *report* is told of steps that take long.
    """

    def __init__(self, project: Project, options: Options, clock: Clock, report: Report) -> None:
        self._project = project
        self._options = options
        self._clock = clock
        self._report = report
        self._cache: Cache | None = None
        self._stamps: dict[str, Stamp] = {}
        self._others: list[Plan] = []
        self.plan: Plan | None = None
        self.errors: tuple[Problem, ...] = ()
        self._errors_in_texts = False
        self.left_out: frozenset[str] = frozenset()
        self.gone: dict[str, tuple[str, str]] = {}
        self.version = 0
        self.plans_made = 0

    def now(self) -> dt.datetime:
        """The moment for which the site is shown."""
        return self._clock()

    @property
    def needs_full_look(self) -> bool:
        """Whether only reading all sources can tell if the current errors remain."""
        return bool(self.errors) and not self._errors_in_texts

    def open(self, workers: Workers) -> Update:
        """Make the first plan, not yet checked; with an empty cache all bodies are rendered here, by *workers*."""
        return self._guarded(lambda: self._renew((), workers, check=False))

    def check(self) -> Update:
        """Check the first plan, after the first pages were served."""
        return self._guarded(self._check)

    def _check(self) -> Update:
        if self.plan is not None and not self.plan.checked:
            plan = checked(self.plan)
            errors = [problem for problem in plan.all_problems if problem.severity == "error"]
            if found := not_caused(errors, self.left_out):
                return self._failed(tuple(dict.fromkeys((*self.errors, *found))))
            self.plan = plan
        return Update(self.version, (), (), self.errors, told=False)

    def refresh(self, changed: Collection[str] | None) -> Update:
        """Compare the sources with the plan: *changed* ones (paths relative to the root), or all of them.

        Never raises for errors in content, in a theme or in the cache.
        """
        return self._guarded(lambda: self._refresh(changed))

    def refresh_page(self, source_path: str) -> Update | None:
        """Compare the source of one page with the plan, cheap enough for each request; None where it is unchanged."""
        if self.plan is None or source_path not in self._stamps:
            return None
        same = self._stamp(source_path) == self._stamps[source_path]
        return None if same else self.refresh((source_path,))

    def patrol(self) -> tuple[str, ...]:
        """The sources whose stamps changed, for changes that file watches missed."""
        try:
            now = stamps_of(read_tree(self._project.root)) | stamps_of_settings(self._project)
        except SiteError:
            return ("content",) if self._stamps else ()
        return differing(self._stamps, now)

    def at(self, now: dt.datetime) -> Plan | None:
        """The site as of another moment; None while there is none at all. Raises SiteError where it cannot be made."""
        if self.plan is None or self.plan.epoch.holds(iso(now)):
            return self.plan
        for other in self._others:
            if other.epoch.holds(iso(now)):
                return other
        last = self.plan
        # Sources are not read again: the documents of the newest plan are shown as of another moment.
        same = Edited(last.every_document, frozenset())
        with Workers(1) as workers:
            made = self._make(self._options._replace(now=now), last.inputs, workers, edited=same)
        self._others = [made, *self._others][:_OTHERS]
        return made

    def tidy(self) -> None:
        """Remove bodies of earlier edits from the cache, once there are many."""
        if self.plan is not None and self._cache is not None:
            live = {body.key for plan in (self.plan, *self._others) for _, body in plan.bodies.known()}
            try:
                for table in ("bodies", "facts"):
                    self._cache.prune(table, live)
            except (CacheDamaged, OSError) as error:
                self._report(f"the cache could not be tidied ({error})")

    def start_over(self, reason: object) -> None:
        """Discard the cache and all plans."""
        self._report(f"the cache is damaged ({reason}); starting over without it")
        self.close()
        delete_cache(self._project.state)
        self.plan, self._others = None, []

    def close(self) -> None:
        if self._cache is not None:
            self._cache.close()
            self._cache = None

    def _opened(self) -> Cache:
        if self._cache is None:
            self._cache = Cache(self._project.state, version_key())
        return self._cache

    def _guarded(self, work: Callable[[], Update]) -> Update:
        try:
            return self._told(work)
        except CacheDamaged as damage:
            self.start_over(damage)
        except OSError as error:
            return self._failed(
                (Problem(f"{error.filename or 'a file'} cannot be read or written ({error.strerror})"),)
            )
        with Workers(1) as workers:
            return self._told(lambda: self._renew((), workers))

    def _told(self, work: Callable[[], Update]) -> Update:
        """What *work* comes to; errors in content, settings and themes become those that are told."""
        try:
            return work()
        except SiteErrors as errors:
            return self._failed(tuple(p for p in errors.problems if p.severity == "error"))
        except SiteError as error:
            return self._failed((error.problem,))

    def _refresh(self, changed: Collection[str] | None) -> Update:
        if changed is not None:
            changed = {path for path in changed if self._differs(path)}
            if not changed:
                return Update(self.version, (), (), self.errors, told=False)
        edited = None
        if changed and self.plan is not None:
            stamps = {path: stamp for path in changed if (stamp := self._stamp(path)) is not None}
            if self.plan.epoch.holds(iso(self._clock())):
                edit = text_edit(self._project, self.plan, changed)
                if edit is not None:
                    self._stamps.update(stamps)
                    return self._apply(self.plan, edit)
            # While there are errors, only reading all sources can tell which remain.
            edited = reread_documents(self._project, self.plan, changed) if not self.errors else None
            if edited is not None:
                self._stamps.update(stamps)
        with Workers(1) as workers:
            return self._renew(tuple(sorted(changed or ())), workers, edited=edited)

    def _differs(self, path: str) -> bool:
        """Whether the stamp of a path under ``content/`` changed; other paths count as changed."""
        if not path.startswith(f"{CONTENT_DIR}/"):
            return True
        stamp, known = self._stamp(path), self._stamps.get(path)
        if stamp is None and known is None:
            # A file that came and went (an editor's probe), unless it was a folder with files in it.
            return any(other.startswith(f"{path}/") for other in self._stamps)
        return stamp != known

    def _stamp(self, path: str) -> Stamp | None:
        try:
            return stamp_of(Path(on_disk(f"{self._project.root}/{path}")).stat())
        except OSError:
            return None

    def _apply(self, plan: Plan, edit: TextEdit) -> Update:
        sources = tuple(edit.documents)
        others = [error for error in self.errors if error.source_path not in edit.documents]
        found = [problem for problem in edit.findings if problem.severity == "error"]
        if found:
            return self._failed((*found, *others), sources, in_texts=self._errors_in_texts or not others)
        cache = self._opened()
        self._others = [with_text_edit(other, edit, cache) for other in self._others]
        self.plan = with_text_edit(plan, edit, cache)
        if self._errors_in_texts:
            self.errors = tuple(others)
        self.version += 1
        edited = set(sources)
        pages = (out.output_path for out in plan.planned.values() if not edited.isdisjoint(out.bodies))
        return Update(self.version, tuple(pages), sources, self.errors, told=True)

    def _renew(
        self, sources: tuple[str, ...], workers: Workers, check: bool = True, edited: Edited | None = None
    ) -> Update:
        before = self.plan
        if edited is not None and before is not None:
            inputs = before.inputs
        else:
            mounted = stamps_of_settings(self._project)
            inputs = read_inputs(self._project)
            self._stamps = stamps_of(inputs.tree) | mounted
        options = self._options._replace(now=self._clock())
        if before is None:
            self._report("reading the content")
        self.plans_made += 1
        try:
            shown = Kept(self._make(options, inputs, workers, edited, check), ())
        except SiteErrors as errors:
            if before is not None and keeps_last_good(before, errors, sources, options.now):
                raise
            shown = self._make_rest(options, workers, check)
        self.plan = shown.plan
        self._tell_left_out(shown.left_out)
        if before is not None:
            self.gone = gone_pages(before, self.plan, self.gone)
        self._others = []
        self.errors = tuple(dict.fromkeys(shown.faults))
        self._errors_in_texts = False
        self.version += 1
        return Update(self.version, None, sources, self.errors, told=True)

    def _make_rest(self, options: Options, workers: Workers, check: bool) -> Kept:
        """What can be shown while files are at fault; raises SiteErrors where nothing can."""
        run = Run(self._project, options, self._opened(), workers, self._report)
        inputs = read_inputs(self._project)
        self._stamps = stamps_of(inputs.tree) | stamps_of_settings(self._project)
        return plan_of_the_rest(run, inputs, self.plan, check)

    def _tell_left_out(self, paths: frozenset[str]) -> None:
        """Say once which files are left out until they are mended."""
        if said := newly_left_out(self.left_out, paths):
            self._report(said)
        self.left_out = paths

    def _make(
        self,
        options: Options,
        inputs: Inputs,
        workers: Workers,
        edited: Edited | None = None,
        check: bool = True,
    ) -> Plan:
        """A plan after the present one; raises SiteErrors where a build would."""
        run = Run(self._project, options, self._opened(), workers, self._report)
        plan = make_plan(run, inputs, self.plan, edited, check)
        raise_errors(plan.all_problems)
        return plan

    def _failed(
        self, errors: tuple[Problem, ...], sources: tuple[str, ...] = (), in_texts: bool = False
    ) -> Update:
        told = errors != self.errors
        self.errors = errors
        # Errors that a text edit brought can be mended by a text edit; of others only a new plan can tell.
        self._errors_in_texts = in_texts
        return Update(self.version, (), sources, errors, told)
