"""A workshop and a printer on a tiny site, without server and threads; edits are found as a watcher would name them."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from generator.build.plan import Plan
from generator.disk.cache import CACHE_NAME
from generator.ground.project import Options, Project
from generator.preview.page_renderer import PageRenderer
from generator.preview.session import Session, Update
from generator.processes.workers import Workers
from tests.sites import NOW, TinySite


class Workbench:
    """*now* may be set to move the clock; ``look()`` says what the edits since the last look come to."""

    def __init__(
        self, site: TinySite, drafts: bool = False, search: bool = False, now: dt.datetime = NOW
    ) -> None:
        self.site = site
        self.now = now
        self._options = Options(now=now, drafts=drafts, search=search)
        project = Project(site.root, site.out)
        self.reported: list[str] = []
        self.session = Session(project, self._options, lambda: self.now, self.reported.append)
        self.page_renderer = PageRenderer(project.state / CACHE_NAME, project.bytecode)
        with Workers(1) as workers:
            self.first = self.session.open(workers)
        self.session.check()
        self._seen = self._files()

    def _files(self) -> dict[str, tuple[int, int, int]]:
        found = {}
        for top in ("content", "static", "themes", "gatherwell.yaml", ".gatherwell/private/snapshot.json"):
            base = self.site.root / top
            for path in [base] if base.is_file() else sorted(base.rglob("*")):
                if path.is_file():
                    stat = path.stat()
                    name = path.relative_to(self.site.root).as_posix()
                    found[name] = (stat.st_size, stat.st_mtime_ns, stat.st_ino)
        return found

    def look(self) -> Update:
        files = self._files()
        changed = {
            path for path in files.keys() | self._seen.keys() if files.get(path) != self._seen.get(path)
        }
        self._seen = files
        return self.session.refresh(changed)

    @property
    def plan(self) -> Plan:
        assert self.session.plan is not None, self.session.errors
        return self.session.plan

    def outputs(self, plan: Plan | None = None) -> dict[str, bytes]:
        """Everything that is served, by output path."""
        shown = plan or self.plan
        served = {}
        for path in (*shown.planned, *shown.assets):
            rendered = self.page_renderer.output(shown, path)
            assert rendered is not None
            assert rendered.problem is None, rendered.problem
            served[path] = rendered.content
        return served

    def text(self, path: str) -> str:
        rendered = self.page_renderer.output(self.plan, path)
        assert rendered is not None, f"nothing is served at {path}"
        return rendered.content.decode()

    def anew(self, folder: Path) -> Workbench:
        """A preview of a copy of the same sources that begins now."""
        other = folder / self.site.root.name
        shutil.rmtree(other, ignore_errors=True)
        shutil.copytree(
            self.site.root, other, ignore=shutil.ignore_patterns("site", "cache.sqlite*"), symlinks=True
        )
        return Workbench(TinySite(other), self._options.drafts, self._options.search, self.now)

    def built(self, folder: Path, now: dt.datetime | None = None) -> dict[str, bytes]:
        """What a clean build of the same sources writes; its own list of outputs and the search index aside."""
        drafts, search = self._options.drafts, self._options.search
        outputs = self.site.clean_outputs(folder, now=now or self.now, drafts=drafts, search=search)
        mounted = (".gatherwell-outputs", "search/index/")
        return {path: content for path, content in outputs.items() if not path.startswith(mounted)}
