"""Whether anything changed since the last build: cheap to ask, and never wrong."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import suppress
from typing import NamedTuple

import msgspec

from generator.build.inputs import Inputs
from generator.content.file_bytes import look_at
from generator.disk.cache import Cache
from generator.disk.content_tree import Source, Tree
from generator.disk.output_list import read_list
from generator.disk.output_scan import AwaitScan
from generator.disk.stamps import Seen
from generator.disk.version import software_digest
from generator.disk.write import Output, intact
from generator.ground.errors import Problem
from generator.ground.project import Options, Project
from generator.ground.text import digest
from generator.site.schedule import Epoch, iso

# So many sources are read again at most to tell whether anything changed.
_FEW = 200


class BuildResult(NamedTuple):
    """What a build did. *left_out* counts articles without a page by status: draft, scheduled, expired.

    *alive* keeps a reference to all that it made: a command that ends with its process keeps it, since freeing it
    piece by piece would take a twentieth of the build. *faults* are the errors of files that a build that keeps going left
    out.
    """

    pages: int
    rendered: int
    skipped: int
    removed: int
    bodies_rendered: int
    next_change: str | None
    warnings: tuple[Problem, ...]
    left_out: dict[str, int]
    alive: object = None
    faults: tuple[Problem, ...] = ()


class LastBuild(msgspec.Struct, frozen=True):
    """What a finished build recorded of its inputs and outputs.

    *inputs* is their fingerprint, *sources* maps the path of each source to the digest of its bytes; *outputs* counts
    the files, -1 where the build did not finish all of them. *staged* are those of the *warnings* that no check of a
    document found. *readers* are encoded, see :mod:`generator.build.readers`.
    """

    inputs: str
    options: tuple[bool, tuple[str, ...], bool]
    sources: dict[str, str]
    since: str
    until: str
    pages: int
    outputs: int
    warnings: tuple[Problem, ...]
    staged: tuple[Problem, ...]
    left_out: dict[str, int]
    readers: msgspec.Raw

    @property
    def next_change(self) -> str | None:
        return Epoch(self.since, self.until).next_change

    def result(self) -> BuildResult:
        """The result of a build that found nothing to do."""
        return BuildResult(self.pages, 0, self.pages, 0, 0, self.next_change, self.warnings, self.left_out)


def recorded_options(options: Options) -> tuple[bool, tuple[str, ...], bool]:
    """What of the options decides which outputs there are."""
    return (options.drafts, options.only, options.search)


def version_key() -> str:
    """Names the software that filled the cache: another version starts anew."""
    python = ".".join(map(str, sys.version_info[:2]))
    return digest(software_digest(), msgspec.__version__, sqlite3.sqlite_version, python)


def last_build(project: Project, options: Options, inputs: Inputs, cache: Cache) -> LastBuild | None:
    """The last build into this folder, if it was asked for the same, with equal settings, in the same stretch of time."""
    raw = cache.state(project.out_key)
    if raw is None or options.clean:
        return None
    try:
        last = msgspec.msgpack.decode(raw, type=LastBuild)
    except msgspec.MsgspecError:
        return None
    if last.inputs != inputs.fingerprint or last.options != recorded_options(options):
        return None
    return last if Epoch(last.since, last.until).holds(iso(options.now)) else None


def nothing_changed(project: Project, last: LastBuild, tree: Tree, cache: Cache, scan: AwaitScan) -> bool:
    """Whether every source and every output is certainly as *last* recorded it.

    A stamp proves nothing of a file that was changed shortly before it was read, as outputs of *last* were, or that only
    has another time. Such a file is read; where its bytes are equal, the cache keeps the stamp that proves it from now on.
    """
    return _sources_hold(tree, last, cache) and _outputs_hold(project, last, cache, scan)


def _sources_hold(tree: Tree, last: LastBuild, cache: Cache) -> bool:
    if tree.problems:
        return False
    known = cache.seen_sources()
    markdown = {source.path: source for source in tree.markdown}
    # That none of them is gone is asked of each below.
    if not (markdown.keys() <= last.sources.keys() and tree.static.keys() <= last.sources.keys()):
        return False
    files = tree.others | tree.static | markdown
    again: dict[str, Seen] = {}
    for path, content_digest in last.sources.items():
        source, seen = files.get(path), known.get(path)
        if seen is None or source is None or seen.digest != content_digest:
            return False
        if not seen.holds_for(source.stamp):
            # Of many such files one has changed in most cases, and a build reads them in workers.
            now = _read_again(tree, source) if len(again) < _FEW else None
            if now is None or now.digest != content_digest:
                return False
            again[path] = now
    cache.replace_sources(again, ())
    return True


def _read_again(tree: Tree, source: Source) -> Seen | None:
    with suppress(OSError):
        return look_at(tree.root, source, None)
    return None


def _outputs_hold(project: Project, last: LastBuild, cache: Cache, scan: AwaitScan) -> bool:
    found = scan()
    if found is not None and (not found.listed or found.number != last.outputs):
        return False
    if found is not None and not found.doubtful:
        return True
    before = cache.written(project.out_key)
    if len(before) != last.outputs or (found is None and before.keys() != read_list(project.out)):
        return False
    output = Output(project.out, project.out_key, before, found)
    looked = {path: intact(output, path) for path in (before if found is None else found.doubtful)}
    sure = {path: written for path, written in looked.items() if written is not None}
    # Also where another file changed: what was read is not read again then.
    cache.restamp(project.out_key, {path: one for path, one in sure.items() if one is not before.get(path)})
    return len(sure) == len(looked)
