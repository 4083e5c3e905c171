"""A proof: the site as its sources stand at one moment, ready to be rendered page by page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from generator import stages
from generator.assets import Asset
from generator.bodies import Bodies, Digest, EarlyBodies, early_bodies
from generator.cache import Cache
from generator.checks import run_checks
from generator.errors import Problem, raise_errors
from generator.inputs import Inputs
from generator.model import ImageSlot, LinkSlot
from generator.project import Options, Project
from generator.read import Document
from generator.schedule import Epoch
from generator.site import Site
from generator.views.material import Material
from generator.views.planned import Planned
from generator.workers import Workers


class Proof(NamedTuple):
    """What `build` would hold in its hands just before it renders.

    *bodies* is the one mapping that changes after the proof is made: a text edit that no other page can see
    replaces its entry (see :mod:`generator.preview.amend`). *planned* and *assets* go by output path. Findings that
    do not stop a build are of two kinds: *site_warnings* of the stages, *check_warnings* of the checks; *checked* says
    whether these are known yet.
    """

    options: Options
    inputs: Inputs
    organized: stages.Organized
    bodies: dict[str, Digest]
    parts: stages.Parts
    material: Material
    planned: Mapping[str, Planned]
    assets: Mapping[str, Asset]
    site_warnings: tuple[Problem, ...]
    check_warnings: tuple[Problem, ...]
    checked: bool
    epoch: Epoch

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """All findings that do not stop a build."""
        return tuple(dict.fromkeys((*self.site_warnings, *self.check_warnings)))

    @property
    def site(self) -> Site:
        return self.material.site


class Edited(NamedTuple):
    """All documents after an edit of the text or front matter of some, whose paths are *paths*; no other file changed."""

    documents: tuple[Document, ...]
    paths: frozenset[str]


def make_proof(
    project: Project,
    options: Options,
    inputs: Inputs,
    last: Proof | None,
    cache: Cache,
    workers: Workers,
    check: bool = True,
    edited: Edited | None = None,
) -> Proof:
    """The stages of a build up to its plan, with what *last* knows already; raises SiteError where a build would.

    Without *check* the checks are left for later, see :func:`checked`. Where nothing but the text and front matter
    of some documents changed, *edited* saves the look at all others.
    """
    early = early_bodies(inputs.config.markdown_options, cache) if last is None else None
    if edited is None:
        known = known_documents(inputs, last)
        organized = stages.organize_site(project, options, inputs, cache, workers, known, early)
    else:
        organized = stages.organize_documents(options, inputs, edited.documents)
    bodies = _make_bodies(project, organized, last, cache, workers, early)
    if edited is not None and last is not None and same_parts(last, organized, bodies.by_path, edited.paths):
        parts = last.parts
    else:
        parts = stages.read_parts(project, organized, inputs, bodies, cache, workers)
    material = stages.join_material(options, organized, inputs, bodies, parts)
    problems = [*parts.problems, *organized.warnings]
    findings = _check(material, organized, last) if check else []
    raise_errors([*problems, *findings])
    planned, assets = stages.plan_outputs(project, organized, material, parts.attachments)
    return Proof(
        options=options,
        inputs=inputs,
        organized=organized,
        bodies=bodies.by_path,
        parts=parts,
        material=material,
        planned={plan.output_path: plan for plan in planned},
        assets={asset.output_path: asset for asset in assets},
        site_warnings=_warnings(problems),
        check_warnings=_warnings(findings),
        checked=check,
        epoch=stages.site_epoch(material),
    )


def checked(proof: Proof) -> Proof:
    """*proof* with what the checks say of it; raises SiteErrors where they find what would stop a build."""
    findings = run_checks(proof.material, proof.organized.documents)
    raise_errors(findings)
    return proof._replace(check_warnings=_warnings(findings), checked=True)


def _check(material: Material, organized: stages.Organized, last: Proof | None) -> list[Problem]:
    """All findings of the checks; what *last* found in a document stands where nothing it looks at has changed."""
    documents = organized.documents
    if last is None or not last.checked or not _same_surroundings(material, last):
        return run_checks(material, documents)
    before = last.organized.documents
    changed = {path: each for path, each in documents.items() if not _same_document(before.get(path), each)}
    kept = [warning for warning in last.check_warnings if warning.source_path not in changed]
    return [
        *run_checks(material, changed),
        *(warning for warning in kept if warning.source_path in documents),
    ]


def _same_surroundings(material: Material, last: Proof) -> bool:
    """Whether all that a check sees beyond its own document is as it was: pages, anchors, files, polls, terms, levels."""
    before, site, other = last.material, material.site, last.site
    if not (
        site.config == other.config
        and material.links.targets == before.links.targets
        and material.known_files.keys() == before.known_files.keys()
        and material.images.keys() == before.images.keys()
        and material.snapshot == before.snapshot
        and site.glossary == other.glossary
        and last.epoch.holds(material.now)
        and {path: article.status for path, article in site.withheld.items()}
        == {path: article.status for path, article in other.withheld.items()}
    ):
        return False
    faces = {path: digest.face for path, digest in last.bodies.items()}
    return all(faces.get(path) == digest.face for path, digest in material.bodies.items())


def _same_document(old: Document | None, new: Document) -> bool:
    return old is not None and old.digest == new.digest and old.parsed is new.parsed


def _warnings(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(problem for problem in problems if problem.severity == "warning"))


def documents_of(proof: Proof) -> tuple[Document, ...]:
    """Every document as it is now, those without a page too: amendments are noted among those that have one."""
    shown = proof.organized.documents
    return tuple(shown.get(document.source_path, document) for document in proof.organized.every)


def known_documents(inputs: Inputs, last: Proof | None) -> Mapping[str, Document]:
    """Documents of *last* that need no parsing while their bytes are the same; none where the rules for them changed."""
    if last is None or last.inputs.config.front_matter != inputs.config.front_matter:
        return {}
    return last.organized.documents


def _make_bodies(
    project: Project,
    organized: stages.Organized,
    last: Proof | None,
    cache: Cache,
    workers: Workers,
    early: EarlyBodies | None,
) -> Bodies:
    """Bodies of all documents; those whose text, language and options are as in *last* are taken from there."""
    kept: dict[str, Digest] = {}
    options = organized.site.config.markdown_options
    if last is not None and last.site.config.markdown_options == options:
        before = last.organized.documents
        for path, document in organized.documents.items():
            old = before.get(path)
            if old is not None and _same_text(old, document):
                kept[path] = last.bodies[path]
    rest = {path: document for path, document in organized.documents.items() if path not in kept}
    made = stages.make_bodies(project, organized._replace(documents=rest), cache, workers, early)
    return Bodies({**kept, **made.by_path}, made.rendered)


def same_parts(
    last: Proof, organized: stages.Organized, bodies: Mapping[str, Digest], edited: Collection[str]
) -> bool:
    """Whether theme, images and attachments are as in *last* after an edit of the documents at *edited* alone."""
    before, after = last.organized, organized
    return (
        before.documents.keys() == after.documents.keys()
        and _accents(before.site) == _accents(after.site)
        and not any(problem.source_path in edited for problem in last.parts.problems)
        and all(
            files_of(last.bodies[path]) == files_of(bodies[path])
            and _pictures(before.documents[path]) == _pictures(after.documents[path])
            for path in edited
            if path in after.documents
        )
    )


def _accents(site: Site) -> dict[str, str]:
    return {condition.id: condition.accent for condition in site.conditions.values()}


def _pictures(document: Document) -> tuple[str, ...]:
    """What front matter shows."""
    return tuple(getattr(document.matter, key, "") for key in ("image", "photo"))


def files_of(digest: Digest) -> set[str]:
    """What a body shows or links to that may have to be copied."""
    images = {slot.source for slot in digest.slots if isinstance(slot, ImageSlot)}
    links = {slot.target.partition("#")[0] for slot in digest.slots if isinstance(slot, LinkSlot)}
    return images | {link for link in links if not link.endswith((".md", "/")) and link}


def _same_text(old: Document, new: Document) -> bool:
    return old.language == new.language and old.parsed.body_digest == new.parsed.body_digest
