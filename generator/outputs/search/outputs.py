"""The indexes as outputs: each is kept while nothing changed, changed where little did, else made anew."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator.disk.stamps import Written
from generator.disk.write import Output, Staged, intact
from generator.outputs.search.compare import difference
from generator.outputs.search.files import DIRECTORY, IndexFiles, Place
from generator.outputs.search.patch import RowMissing, patch, worth_patching
from generator.outputs.search.records import IndexPlan, plan_indexes
from generator.outputs.search.state import Change, Known, Rows, State
from generator.outputs.search.whole import make_whole
from generator.processes.workers import Workers
from generator.site.permalinks import Root
from generator.views.context import ViewContext


class Indexed(NamedTuple):
    """The files of all indexes, and what the cache is to remember of them once they are in place."""

    staged: Staged
    changes: list[Change]

    def save(self, rows: Rows) -> None:
        for change in self.changes:
            change.save(rows)


def make_indexes(context: ViewContext, bodies: Path, rows: Rows, workers: Workers, output: Output) -> Indexed:
    """Make the index of every host and language, as files in *output*'s temporary folder; *bodies* is the cache's file.

    *rows* hold what the last build remembered; they are not changed before :meth:`Indexed.save`.
    """
    made = Indexed(Staged([], {}, []), [])
    if not context.searchable:
        return made
    for plan in plan_indexes(context):
        prefix = f"{index_folder(plan.root)}{plan.language}/"
        earlier = {path: intact(output, path) for path in output.before if path.startswith(prefix)}
        there = {path: written for path, written in earlier.items() if written is not None}
        state = State(rows, f"{output.key}\n{prefix}\n")
        directory = there.get(prefix + DIRECTORY)
        known = state.known(directory.view) if directory and len(there) == len(earlier) else None
        old = {path: written.file.digest for path, written in there.items()}
        spill = output.temporaries.parent / f"{output.temporaries.name}-words"
        place = Place(bodies, output.temporaries, spill, prefix, old)
        _enter(made, _files(plan, place, state, known, workers), state.scope, there)
    return made


def _files(
    plan: IndexPlan, place: Place, state: State, known: Known | None, workers: Workers
) -> IndexFiles | None:
    """What changed of an index; None where nothing did."""
    change = difference(plan, known, state) if known is not None else None
    if known is None or change is None or not worth_patching(change):
        return make_whole(plan, place, workers)
    if known.surroundings == plan.surroundings and change.now.pages == known.pages:
        return None
    try:
        return patch(plan, place, state, known, change)
    except RowMissing:
        return make_whole(plan, place, workers)


def _enter(made: Indexed, files: IndexFiles | None, scope: str, there: Mapping[str, Written]) -> None:
    """Add an index to what was *made*; *there* are its files in place."""
    if files is None:
        made.staged.kept.update(there)
        return
    made.staged.fresh.extend(files.fresh)
    new = {fresh.output_path for fresh in files.fresh}
    if not files.whole:
        made.staged.kept.update(
            (path, written) for path, written in there.items() if path not in new and path not in files.gone
        )
    made.changes.append(Change(scope, files.rows, files.gone_rows, files.whole))


def index_folder(root: Root) -> str:
    """The folder of a host's indexes below the output folder, with its slash."""
    return f"{root.folder}/search/index/" if root.folder else "search/index/"
