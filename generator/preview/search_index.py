"""The search index of the preview: brought up to date when a reader's script asks for a directory, and kept between previews."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.build.last_build import version_key
from generator.build.plan import Plan
from generator.disk.cache import Cache, CacheDamaged
from generator.disk.write import commit, open_output
from generator.ground.errors import SiteError
from generator.ground.text import digest
from generator.outputs.search.files import DIRECTORY
from generator.outputs.search.outputs import index_folder, make_indexes
from generator.preview.page_renderer import RenderedOutput
from generator.processes.workers import Workers

_OUT = "preview"


class SearchIndex:
    """Belongs to one thread; *folder* holds the files of the index and a cache of its own, which says what they are."""

    def __init__(self, folder: Path, body_file: Path) -> None:
        self._folder = folder
        self._body_file = body_file
        self._version = -1

    def output(self, plan: Plan, version: int, output_path: str) -> RenderedOutput | None:
        """A file of the index; asking for a directory brings all of it up to date where the site has changed."""
        if self._version != version and output_path.endswith(DIRECTORY):
            self._update(plan)
            self._version = version
        try:
            content = (self._folder / "site" / output_path).read_bytes()
        except (OSError, ValueError):
            return None
        return RenderedOutput(content, digest(content))

    def _update(self, plan: Plan) -> None:
        """Where our cache is damaged the index is made anew; where that of the bodies is, the next page starts over."""
        for _ in range(2):
            try:
                self._make(plan)
            except (CacheDamaged, SiteError, OSError):
                shutil.rmtree(self._folder, ignore_errors=True)
            else:
                return

    def _make(self, plan: Plan) -> None:
        with Cache(self._folder, version_key()) as cache, Workers(1) as workers:
            output = open_output(self._folder / "site", _OUT, cache)
            made = make_indexes(plan.context, self._body_file, cache, workers, output)
            commit(output, made.staged.fresh, made.staged.kept, cache, b"")
            made.save(cache)


def is_index_path(plan: Plan, output_path: str) -> bool:
    return any(output_path.startswith(index_folder(root)) for root in plan.site.permalinks.roots)
