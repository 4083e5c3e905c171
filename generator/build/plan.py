"""What a build is before it renders: one plan that build, check and preview stand on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.bodies.render import BodyInfo, Prerendered
from generator.bodies.table import BodyTable
from generator.build import stages
from generator.build.cached_plan import CachedPlan
from generator.build.diff import (
    Diff,
    diff,
    kept_findings,
    pictures_of,
    same_document,
    same_files,
    same_surroundings,
    same_text,
)
from generator.build.inputs import Inputs
from generator.build.readers import Affected, Readers
from generator.build.render import prepare_workers
from generator.build.run import Run
from generator.build.settings_problems import tracked_addresses
from generator.build.shared_values import SharedValues
from generator.build.stages import Files, Organized
from generator.checks import Checked, run_checks
from generator.content.front_matter.parse import Parsed
from generator.content.read import Document
from generator.files.assets import Asset
from generator.ground.errors import Problem
from generator.site.context import accents
from generator.site.schedule import Epoch, iso
from generator.site.types import Site
from generator.views.context import ViewContext
from generator.views.planned import Planned


class Notes(NamedTuple):
    """What was looked up.

    *before* is what the last build noted; *values* are those of names now. *affected* says what articles that came, went or
    changed decide for others, where nothing else did: None where anything may have. *checked* is what the checks
    of each document looked up, of those that were checked now.
    """

    before: Readers | None
    values: SharedValues
    affected: Affected | None
    checked: Mapping[str, set[str]]


class Plan(NamedTuple):
    """Everything that a build knows before it renders.

    *planned* are the outputs to be rendered, *assets* those to be copied, both by output path. *problems* are what the
    stages found, *findings* what the checks found; both hold errors too. *checked* says whether the checks were run.
    *diff* says what changed since the plan before. *planned_from* are the documents whose bodies were looked up while
    the outputs were planned. *notes* say what was looked up, now and before.
    """

    inputs: Inputs
    organized: Organized
    files: Files
    context: ViewContext
    planned: Mapping[str, Planned]
    assets: Mapping[str, Asset]
    problems: tuple[Problem, ...]
    findings: tuple[Problem, ...]
    checked: bool
    epoch: Epoch
    diff: Diff
    planned_from: frozenset[str]
    notes: Notes

    @property
    def site(self) -> Site:
        return self.organized.site

    @property
    def bodies(self) -> BodyTable:
        return self.context.bodies

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Problems and findings, each once."""
        return tuple(dict.fromkeys((*self.problems, *self.findings)))

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """All that does not stop a build."""
        return tuple(problem for problem in self.all_problems if problem.severity == "warning")

    @property
    def texts(self) -> frozenset[str] | None:
        """The documents that changed in their text alone, where nothing else did; None where anything else may have."""
        return self.diff.changed if self.diff.only_texts else None

    @property
    def words(self) -> frozenset[str] | None:
        """The documents that changed in text, title and summary alone, where nothing else did; None where anything may have."""
        return self.diff.changed if self.diff.only_words else None

    @property
    def seen(self) -> frozenset[str] | None:
        """As :attr:`words`, where others may see more of the texts too; which views do is noted while they are made, and that
        nothing else does is known of documents whose bodies were not looked up before.
        """
        changed = self.diff.changed
        if changed is None or not self.diff.only_faces:
            return None
        return changed if changed.isdisjoint(self.planned_from) else None

    def parsed(self, document: Document) -> Parsed | None:
        """What the file of *document* said."""
        known = self.organized.documents.get(document.source_path)
        return known.parsed if known else None

    def body(self, document: Document) -> BodyInfo | None:
        """The body that the file of *document* had."""
        return self.bodies.find(document.source_path)

    @property
    def every_document(self) -> tuple[Document, ...]:
        """Every document, those without a page too: edits are noted among those that have one."""
        shown = self.organized.documents
        return tuple(shown.get(document.source_path, document) for document in self.organized.every)


class Edited(NamedTuple):
    """All documents after an edit of the text or front matter of those at *paths*; no other file changed."""

    documents: tuple[Document, ...]
    paths: frozenset[str]


def make_plan(
    run: Run,
    inputs: Inputs,
    last: Plan | CachedPlan | None = None,
    edited: Edited | None = None,
    check: bool = True,
) -> Plan:
    """Read, organize, make bodies, check, plan outputs; what *last* knows is used again where it still holds.

    With *edited* no source is looked at. Without *check* the checks are left for later, see :func:`checked`.

    Raises:
        SiteError: a stage cannot go on; problems with which it can are in the plan.
    """
    before = last if isinstance(last, Plan) else None
    prerendered = None if last else stages.prerender_bodies(run, inputs)
    organized = _organize(run, inputs, before, edited, prerendered)
    bodies = _make_bodies(run, organized, before, prerendered)
    files = _read_files(run, inputs, organized, bodies, before, edited)
    # After the files were read: the cache learns of changed images there.
    change = diff(last, _changed(run, last, edited), organized.documents, bodies)
    context = stages.make_context(run.options, inputs, organized, bodies, files)
    prepare_workers(run, context)
    values = SharedValues(context, organized.every, files.images.keys() | files.attachments.keys())
    notes = _notes(run, last, values)
    found = _check(context, organized, change, last, notes.affected) if check else Checked([], {})
    bodies.begin()
    planned = _plan_outputs(run, context, change, last)
    planned_from = frozenset(bodies.read)
    assets = stages.plan_copies(run.project, context, organized, files, planned)
    collisions = stages.collisions(planned, assets, context.site)
    return Plan(
        inputs=inputs,
        organized=organized,
        files=files,
        context=context,
        planned={output.output_path: output for output in planned},
        assets={asset.output_path: asset for asset in assets},
        problems=_once(
            (
                *files.problems,
                *organized.warnings,
                *collisions,
                *stages.unnamed(run.project, context),
                *tracked_addresses(inputs),
            )
        ),
        findings=_once(found.problems),
        checked=check,
        epoch=stages.site_epoch(context.site_context),
        diff=change,
        planned_from=planned_from,
        notes=notes._replace(checked=found.looked_up),
    )


def checked(plan: Plan) -> Plan:
    """*plan* with what the checks find in it."""
    found = run_checks(plan.context.site_context, plan.organized.documents)
    return plan._replace(
        findings=_once(found.problems), checked=True, notes=plan.notes._replace(checked=found.looked_up)
    )


def _notes(run: Run, last: Plan | CachedPlan | None, values: SharedValues) -> Notes:
    """What the last build noted, and what of it articles affect that came, went or changed since."""
    if not isinstance(last, CachedPlan) or last.readers is None:
        return Notes(None, values, None, {})
    before, articles = last.readers, last.changed_articles()
    if run.options.only or articles is None or before.whole != values.whole:
        return Notes(before, values, None, {})
    return Notes(before, values, Affected(before, values, articles), {})


def _organize(
    run: Run, inputs: Inputs, before: Plan | None, edited: Edited | None, prerendered: Prerendered | None
) -> Organized:
    if edited is not None:
        return stages.organize_documents(run.options, inputs, edited.documents)
    known: Mapping[str, Document] = {}
    # Parsed documents hold only under equal rules for front matter.
    if before is not None and before.inputs.config.front_matter == inputs.config.front_matter:
        known = before.organized.documents
    documents = stages.read_sources(run, inputs, known, prerendered)
    return stages.organize_documents(run.options, inputs, documents)


def _make_bodies(
    run: Run, organized: Organized, before: Plan | None, prerendered: Prerendered | None
) -> BodyTable:
    """Bodies of all documents; those whose text, language and options are as *before* are taken from there."""
    options = organized.site.config.markdown_options
    kept: dict[str, BodyInfo] = {}
    if before is not None and before.site.config.markdown_options == options:
        for path, document in organized.documents.items():
            old = before.organized.documents.get(path)
            if old is not None and same_text(old, document):
                kept[path] = before.bodies.of(path)
    rest = (document for path, document in organized.documents.items() if path not in kept)
    made = stages.make_bodies(run, organized, rest, prerendered)
    return made.with_edits(kept) if kept else made


def _changed(run: Run, last: Plan | CachedPlan | None, edited: Edited | None) -> frozenset[str] | None:
    """The sources that differ from those of *last*; None where that is not known, or where time changed the site."""
    if isinstance(last, CachedPlan):
        return last.changed()
    if last is None or edited is None or not last.epoch.holds(iso(run.options.now)):
        return None
    return edited.paths


def _read_files(
    run: Run,
    inputs: Inputs,
    organized: Organized,
    bodies: BodyTable,
    before: Plan | None,
    edited: Edited | None,
) -> Files:
    """Theme, images and attachments; those of *before* where an edit left them as they are."""
    if before is not None and edited is not None and _same_files(before, organized, bodies, edited.paths):
        return before.files
    return stages.read_files(run, inputs, organized, bodies)


def _same_files(before: Plan, organized: Organized, bodies: BodyTable, edited: Iterable[str]) -> bool:
    old, new = before.organized.documents, organized.documents
    return (
        old.keys() == new.keys()
        and accents(before.site) == accents(organized.site)
        and not any(problem.source_path in edited for problem in before.files.problems)
        and all(
            same_files(before.bodies.of(path), bodies.of(path))
            and pictures_of(old[path]) == pictures_of(new[path])
            for path in edited
            if path in new
        )
    )


def _check(
    context: ViewContext,
    organized: Organized,
    change: Diff,
    last: Plan | CachedPlan | None,
    affected: Affected | None,
) -> Checked:
    """All findings of the checks; those of *last* are kept for documents of which nothing changed that a check sees."""
    documents = organized.documents
    stale = _stale_documents(context, documents, change, last, affected)
    if last is None or stale is None:
        return run_checks(context.site_context, documents)
    found = run_checks(context.site_context, stale)
    return found._replace(problems=[*found.problems, *kept_findings(last.findings, stale, documents)])


def _stale_documents(
    context: ViewContext,
    documents: Mapping[str, Document],
    change: Diff,
    last: Plan | CachedPlan | None,
    affected: Affected | None,
) -> dict[str, Document] | None:
    """The documents that must be checked again; None for all of them."""
    if isinstance(last, Plan) and not (last.checked and last.epoch.holds(context.now)):
        return None
    if change.changed is not None and (change.only_words or (change.only_faces and change.same_anchors)):
        # No check asks for more of another article than its address, its anchors and its polls.
        return {path: documents[path] for path in change.changed}
    if affected is not None:
        return {path: each for path, each in documents.items() if not affected.keeps_findings(path)}
    if not isinstance(last, Plan) or not same_surroundings(last.context.site_context, context.site_context):
        return None
    before = last.organized.documents
    return {path: each for path, each in documents.items() if not same_document(before.get(path), each)}


def _plan_outputs(
    run: Run, context: ViewContext, change: Diff, last: Plan | CachedPlan | None
) -> list[Planned]:
    """Every output. Where a check looks again at articles that changed in their text alone and use the same files, and
    found no error before, their pages alone: no other can differ, and no two outputs can meet in one path.
    """
    if run.only_looks and isinstance(last, CachedPlan) and last.faultless and change.only_texts:
        articles, bodies, edited = context.site.articles, context.bodies, change.changed or frozenset()
        known = ((path, last.body(articles[path].document)) for path in edited if path in articles)
        same = [path for path, old in known if old is not None and same_files(old, bodies.of(path))]
        if len(same) == len(edited):
            return stages.plan_some(context, same)
    return stages.plan_outputs(context)


def _once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(problems))
