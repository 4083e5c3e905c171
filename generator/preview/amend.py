"""Amends a proof in place of making a new one, where only texts changed and no other page can tell."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import msgspec

from generator.bodies import BodyResult, Digest, body_key, decode_digest, put_bodies, render_files
from generator.cache import Cache
from generator.checks import run_checks
from generator.errors import Problem
from generator.front_matter import Parsed
from generator.preview.proof import Edited, Proof, documents_of, files_of
from generator.project import Project
from generator.read import Document, Task, parse_files
from generator.stamps import stamp_of

# Beyond so many edits at once a new proof is as quick.
MOST = 20


class Amendment(NamedTuple):
    """New documents and their bodies by path, findings in them, and the bodies as the cache takes them."""

    documents: dict[str, Document]
    digests: dict[str, Digest]
    problems: tuple[Problem, ...]
    bodies: tuple[BodyResult, ...]

    @property
    def has_errors(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)


def amendment_of(project: Project, proof: Proof, paths: Collection[str]) -> Amendment | None:
    """What the edits of *paths* come to, where each left the front matter and the body's face as they were.

    None where anything else may have changed: then a new proof must be made, which also finds the words for
    whatever is wrong with a file.
    """
    if not 0 < len(paths) <= MOST or not all(path in proof.organized.documents for path in paths):
        return None
    if any(warning.source_path in paths for warning in proof.site_warnings):
        return None  # a stage says something of these files, with lines that may have moved
    documents: dict[str, Document] = {}
    digests: dict[str, Digest] = {}
    bodies: list[BodyResult] = []
    for path in sorted(paths):
        document = _reread(project, proof, proof.organized.documents[path])
        if document is None or not _same_front_matter(proof.organized.documents[path], document):
            return None
        rendered = _render(project, proof, document)
        if rendered is None:
            return None
        digest = decode_digest(rendered[2])
        if not _looks_the_same(proof.bodies[path], digest):
            return None
        documents[path], digests[path] = document, digest
        bodies.append(rendered)
    # A copy, not a chain: the checks ask it for every article.
    seen = proof.material._replace(bodies={**proof.bodies, **digests})
    return Amendment(documents, digests, tuple(run_checks(seen, documents)), tuple(bodies))


def amended(proof: Proof, amendment: Amendment, cache: Cache) -> Proof:
    """*proof* with the amendment in it: the same site, material and plan, so that all other pages stay as they are."""
    put_bodies(cache, amendment.bodies)
    documents = dict(proof.organized.documents)
    # A proof of another moment shows other articles.
    for path in amendment.documents.keys() & documents.keys():
        proof.bodies[path] = amendment.digests[path]
        documents[path] = amendment.documents[path]
    warnings = [warning for warning in proof.check_warnings if warning.source_path not in amendment.documents]
    return proof._replace(
        organized=proof.organized._replace(documents=documents),
        check_warnings=tuple(dict.fromkeys((*warnings, *amendment.problems))),
    )


def edited_of(project: Project, proof: Proof, paths: Collection[str]) -> Edited | None:
    """All documents after edits of *paths*, which were there before and are there still, their front matter understood.

    None where anything else changed, or where a whole look must find the words for what is wrong.
    """
    if not 0 < len(paths) <= MOST:
        return None
    every = {document.source_path: document for document in documents_of(proof)}
    for path in paths:
        document = _reread(project, proof, every[path]) if path in every else None
        if document is None:
            return None
        every[path] = document
    return Edited(tuple(every.values()), frozenset(paths))


def _reread(project: Project, proof: Proof, old: Document) -> Document | None:
    """The document as its file is now, if its front matter can be understood."""
    path = project.root / old.source_path
    try:
        if path.is_symlink() or not path.is_file():
            return None
        stamp = stamp_of(path.stat())
    except OSError:
        return None
    extra = tuple(sorted(proof.inputs.config.front_matter.extra))
    task = Task(old.source_path, old.kind, stamp, old.language)
    (read,) = parse_files((str(project.root), extra, None), [task])
    parsed = msgspec.msgpack.decode(read.payload, type=Parsed)
    if not read.digest or parsed.matter is None or any(p.severity == "error" for p in parsed.problems):
        return None
    return msgspec.structs.replace(old, digest=read.digest, parsed=parsed)


def _same_front_matter(old: Document, new: Document) -> bool:
    return old.parsed.problems == new.parsed.problems and old.parsed.matter == new.parsed.matter


def _render(project: Project, proof: Proof, document: Document) -> BodyResult | None:
    """The body of *document* as it is now; None where its text changed again meanwhile."""
    options = proof.inputs.config.markdown_options
    body_digest = document.parsed.body_digest
    key = body_key(body_digest, document.language, options)
    task = (key, document.source_path, document.language, body_digest)
    (result,) = render_files((str(project.root), options), [task])
    return None if result[3] is not None else result


def _looks_the_same(old: Digest, new: Digest) -> bool:
    """Whether other pages, the plan and the copied files can be as they were."""
    return old.face == new.face and files_of(old) == files_of(new)
