"""Whether anything changed since the last build: cheap to ask, and never wrong."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Mapping

import msgspec

from generator.bodies import Digest, body_key
from generator.cache import Cache, decode_cached
from generator.errors import Problem
from generator.front_matter import Parsed
from generator.inputs import Inputs
from generator.markdown import RULES_VERSION
from generator.project import Options, Project
from generator.read import Tree, document_key, document_salt
from generator.schedule import Epoch, iso
from generator.software import software_digest
from generator.stages import Organized
from generator.text import digest
from generator.write import LIST, Output, intact

# Beyond so many edits at once, comparing costs as much as making all views.
_FEW = 200


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
    return digest(software_digest(), RULES_VERSION, msgspec.__version__, sqlite3.sqlite_version, python)


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


def nothing_changed(project: Project, state: State, tree: Tree, cache: Cache) -> bool:
    """Whether every source and every output is certainly as *state* left it."""
    return _sources_hold(tree, state, cache) and _outputs_hold(project, state, cache)


def _sources_hold(tree: Tree, state: State, cache: Cache) -> bool:
    if tree.problems:
        return False
    known = cache.seen_sources()
    markdown = {source.path for source in tree.markdown}
    if markdown != {path for path in state.sources if path.endswith(".md")}:
        return False
    stamps = {source.path: source.stamp for source in tree.markdown}
    for path, content_digest in state.sources.items():
        seen = known.get(path)
        stamp = stamps.get(path)
        if stamp is None:
            other = tree.others.get(path)
            stamp = other.stamp if other else None
        if seen is None or stamp is None or seen.digest != content_digest or not seen.holds_for(stamp):
            return False
    return True


def changed_texts(
    state: State, inputs: Inputs, organized: Organized, bodies: Mapping[str, Digest], cache: Cache
) -> set[str] | None:
    """The documents whose text alone changed since *state*, where nothing else did; None where anything else may have.

    Then only the pages that hold these bodies can differ: no view of another page sees more of a body than its face.
    """
    known = {path: seen.digest for path, seen in cache.seen_sources().items()}
    if set(known) != set(state.sources):
        return None
    changed = {path for path, content in known.items() if state.sources[path] != content}
    if len(changed) > _FEW or not all(path in organized.documents for path in changed):
        return None
    salt = document_salt(inputs.config)
    for path in changed:
        document = organized.documents[path]
        key = document_key(state.sources[path], document.kind, salt)
        payload = cache.get("documents", [key]).get(key)
        before = decode_cached(payload, Parsed) if payload else None
        if before is None or before.matter != document.parsed.matter:
            return None
        old_key = body_key(before.body_digest, document.language, inputs.config.markdown_options)
        payload = cache.get("facts", [old_key]).get(old_key)
        if payload is None or decode_cached(payload, Digest).face != bodies[path].face:
            return None
    return changed


def _outputs_hold(project: Project, state: State, cache: Cache) -> bool:
    before = cache.written(project.out_key)
    if len(before) != state.outputs or not (project.out / LIST).exists():
        return False
    output = Output(project.out, project.out_key, before)
    return all(intact(output, path) == written for path, written in before.items())
