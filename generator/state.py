"""Whether anything changed since the last build: cheap to ask, and never wrong."""

from __future__ import annotations

import sqlite3
import sys
from typing import NamedTuple

import msgspec

from generator.cache import Cache
from generator.errors import Problem
from generator.inputs import Inputs
from generator.looking import Look
from generator.project import Options, Project
from generator.schedule import Epoch, iso
from generator.software import software_digest
from generator.text import digest
from generator.tree import Tree
from generator.write import LIST, Output, intact


class Result(NamedTuple):
    """What a build did. *held* is all that it held in its hands: a command that ends with its process keeps it, since
    freeing it piece by piece would take a twentieth of the build.
    """

    pages: int
    rendered: int
    skipped: int
    removed: int
    bodies_rendered: int
    next_change: str | None
    warnings: tuple[Problem, ...]
    held: object = None


class State(msgspec.Struct, frozen=True):
    """What a finished build knows of its inputs and outputs."""

    inputs: str
    options: tuple[bool, tuple[str, ...], bool]
    sources: dict[str, str]
    since: str
    until: str
    pages: int
    outputs: int
    warnings: tuple[Problem, ...]

    @property
    def next_change(self) -> str | None:
        return Epoch(self.since, self.until).next_change

    @classmethod
    def of(
        cls,
        project: Project,
        options: Options,
        inputs: Inputs,
        cache: Cache,
        epoch: Epoch,
        pages: int,
        outputs: int,
        warnings: tuple[Problem, ...],
    ) -> State:
        """The state after a build of *inputs*."""
        return cls(
            inputs=inputs.fingerprint,
            options=(options.drafts, options.only, options.search),
            sources={path: seen.digest for path, seen in cache.seen_sources().items()},
            since=epoch.since,
            until=epoch.until,
            pages=pages,
            outputs=outputs,
            warnings=warnings,
        )


def version_key() -> str:
    """Names the software that filled the cache: another version starts anew."""
    python = ".".join(map(str, sys.version_info[:2]))
    return digest(software_digest(), msgspec.__version__, sqlite3.sqlite_version, python)


def last_state(project: Project, options: Options, inputs: Inputs, cache: Cache) -> State | None:
    """The state of the last build into this folder, if it was asked for the same, in the same stretch of time."""
    raw = cache.state(project.out_key)
    if raw is None or options.clean:
        return None
    try:
        state = msgspec.msgpack.decode(raw, type=State)
    except msgspec.MsgspecError:
        return None
    if state.inputs != inputs.fingerprint or state.options != (options.drafts, options.only, options.search):
        return None
    return state if Epoch(state.since, state.until).holds(iso(options.now)) else None


def nothing_changed(project: Project, state: State, tree: Tree, cache: Cache, look: Look) -> bool:
    """Whether every source and every output is certainly as *state* left it."""
    return _sources_hold(tree, state, cache) and _outputs_hold(project, state, cache, look)


def _sources_hold(tree: Tree, state: State, cache: Cache) -> bool:
    if tree.problems:
        return False
    known = cache.seen_sources()
    markdown = {source.path: source.stamp for source in tree.markdown}
    if markdown.keys() != {path for path in state.sources if path.endswith(".md")}:
        return False
    others = tree.others
    for path, content_digest in state.sources.items():
        stamp = markdown.get(path)
        if stamp is None and path in others:
            stamp = others[path].stamp
        seen = known.get(path)
        if seen is None or stamp is None or seen.digest != content_digest or not seen.holds_for(stamp):
            return False
    return True


def _outputs_hold(project: Project, state: State, cache: Cache, look: Look) -> bool:
    standing = look()
    if standing is not None:
        listed = (project.out / LIST).exists()
        return listed and standing.number == state.outputs and not standing.doubtful
    before = cache.written(project.out_key)
    if len(before) != state.outputs or not (project.out / LIST).exists():
        return False
    output = Output(project.out, project.out_key, before)
    return all(intact(output, path) is written for path, written in before.items())
