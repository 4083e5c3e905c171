"""Edits of texts alone: the plan is updated in place of being made anew, where no other page can differ."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.bodies.keys import body_key
from generator.bodies.render import (
    BodyInfo,
    BodyResult,
    decode_body_info,
    put_bodies,
    render_files,
)
from generator.build.diff import diff, same_files
from generator.build.plan import Edited, Plan
from generator.checks import run_checks
from generator.content.front_matter.parse import Parsed
from generator.content.read import Document, ParseSetup, Task, parse_files
from generator.disk.cache import Cache
from generator.disk.names import on_disk
from generator.disk.stamps import stamp_of
from generator.ground.errors import Problem
from generator.ground.project import Project

# Beyond so many edits at once a new plan is as quick.
MOST = 20


class TextEdit(NamedTuple):
    """Documents after an edit and their bodies by path, findings in them, and the bodies as the cache takes them."""

    documents: dict[str, Document]
    infos: dict[str, BodyInfo]
    findings: tuple[Problem, ...]
    bodies: tuple[BodyResult, ...]


def text_edit(project: Project, plan: Plan, paths: Collection[str]) -> TextEdit | None:
    """The edits of *paths*, where each left the front matter and the body's face as they were.

    None where anything else may have changed, or where a file has an error: then a new plan must be made, which
    reports it.
    """
    known = plan.organized.documents
    if not 0 < len(paths) <= MOST or not all(path in known for path in paths):
        return None
    if any(problem.source_path in paths for problem in plan.problems):
        return None  # a finding of a stage names a line that may have moved
    documents: dict[str, Document] = {}
    bodies: dict[str, BodyResult] = {}
    for path in sorted(paths):
        document = _reread(project, plan, known[path])
        rendered = _render(project, plan, document) if document is not None else None
        if document is None or rendered is None:
            return None
        documents[path], bodies[path] = document, rendered
    infos = {path: decode_body_info(result[2]) for path, result in bodies.items()}
    edited = plan.bodies.with_edits(infos)
    change = diff(plan, frozenset(paths), documents, edited)
    # The copied files and the images stay those of the plan.
    if not change.only_texts or not all(same_files(plan.bodies.of(path), infos[path]) for path in infos):
        return None
    seen = plan.context.site_context._replace(bodies=edited)
    return TextEdit(documents, infos, tuple(run_checks(seen, documents).problems), tuple(bodies.values()))


def with_text_edit(plan: Plan, edit: TextEdit, cache: Cache) -> Plan:
    """*plan* with the edit in it: the same site, context and outputs, so that all other pages stay as they are."""
    put_bodies(cache, edit.bodies)
    documents = dict(plan.organized.documents)
    # A plan of another moment may lack some of them.
    shared = edit.documents.keys() & documents.keys()
    plan.bodies.replace({path: edit.infos[path] for path in shared})
    documents.update({path: edit.documents[path] for path in shared})
    kept = [each for each in plan.findings if each.source_path not in edit.documents]
    return plan._replace(
        organized=plan.organized._replace(documents=documents),
        findings=tuple(dict.fromkeys((*kept, *edit.findings))),
    )


def reread_documents(project: Project, plan: Plan, paths: Collection[str]) -> Edited | None:
    """All documents after edits of *paths*, which were there before and are there still, their front matter understood.

    None where anything else changed, or where a file has an error: reading all sources reports it.
    """
    if not 0 < len(paths) <= MOST:
        return None
    every = {document.source_path: document for document in plan.every_document}
    for path in paths:
        document = _reread(project, plan, every[path]) if path in every else None
        if document is None:
            return None
        every[path] = document
    return Edited(tuple(every.values()), frozenset(paths))


def _reread(project: Project, plan: Plan, old: Document) -> Document | None:
    """The document as its file is now, if its front matter can be understood."""
    path = Path(on_disk(f"{project.root}/{old.source_path}"))
    try:
        if path.is_symlink() or not path.is_file():
            return None
        stamp = stamp_of(path.stat())
    except OSError:
        return None
    task = Task(old.source_path, old.kind, stamp, old.language)
    (read,) = parse_files(ParseSetup.of(project.root, plan.inputs.config, None), [task])
    parsed = msgspec.msgpack.decode(read.payload, type=Parsed)
    if not read.digest or parsed.front_matter is None or any(p.severity == "error" for p in parsed.problems):
        return None
    return msgspec.structs.replace(old, digest=read.digest, parsed=parsed)


def _render(project: Project, plan: Plan, document: Document) -> BodyResult | None:
    """The body of *document* as it is now; None where its text changed again meanwhile."""
    options = plan.inputs.config.markdown_options
    body_digest = document.parsed.body_digest
    key = body_key(body_digest, document.language, options)
    task = (key, document.source_path, document.language, body_digest)
    (result,) = render_files((str(project.root), options), [task])
    return None if result[3] is not None else result
