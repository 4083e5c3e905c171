"""What is wrong in every stage, also where an earlier one has errors: `check` shows all of it in one round."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from typing import TypeVar

from generator.build.inputs import Inputs
from generator.build.run import Run
from generator.build.site_theme import read_site_theme
from generator.build.stages import Organized, make_bodies, site_epoch
from generator.checks import run_checks
from generator.content.levels import apply_levels
from generator.content.read import read_all
from generator.disk.collisions import find_collisions
from generator.disk.content_tree import STATIC_DIR
from generator.disk.names import without_suffix
from generator.ground.errors import Problem, SiteError, SiteErrors
from generator.site.context import SiteContext
from generator.site.data_files import DataFiles, parse_data_files
from generator.site.glossary import make_glossary
from generator.site.links import Links
from generator.site.organize import organize_all
from generator.site.partial import built_documents, part_of
from generator.site.polls import asked_polls, polls_by_id
from generator.site.results import published_results
from generator.site.schedule import Epoch, iso

_QUOTED = re.compile(r"'([^']+)'|#?([\w.-]+\.md)")
T = TypeVar("T")


def everything_wrong(run: Run, inputs: Inputs) -> tuple[list[Problem], Epoch]:
    """Faults of files, of their organization, of texts, links and pictures, and of the theme; no picture is opened. And
    how long that holds where nobody edits anything.

    A file that cannot be read is left out, and what names it is no fault.
    """
    config, tree, options = inputs.config, inputs.tree, run.options
    documents, found = read_all(tree, config, run.cache, run.workers)
    found = apply_levels(found, config.checks)
    # What has an unknown key is read all the same: other faults of that file are no consequence.
    read = {document.source_path for document in documents}
    faulty = {problem.source_path for problem in found if problem.severity == "error"} - read
    data = _tried(lambda: parse_data_files(inputs.data, config, inputs.snapshot.surveys), found, faulty)
    site, problems = organize_all(
        documents, config, data or DataFiles({}, {}, {}, {}, {}), options.now, options.drafts
    )
    part = part_of(site, ())
    built = built_documents(site, part, documents)
    organized = Organized(site, part, built, (), documents)
    bodies = make_bodies(run, organized, built.values(), None)
    published = frozenset(path.removeprefix(f"{STATIC_DIR}/") for path in tree.static)
    context = SiteContext(
        site=site,
        part=part,
        bodies=bodies,
        polls=polls_by_id(asked_polls(site, bodies)),
        glossary=make_glossary(site.glossary, config.all_languages),
        links=Links(site, bodies, tree.others, lambda path, root: path, published),
        images=(),
        known_files=tree.others.keys() | tree.static.keys(),
        snapshot=inputs.snapshot,
        results=published_results(site.surveys, site.survey_results, inputs.snapshot),
        now=iso(site.now),
        searchable=options.search,
    )
    targets = context.links.targets.items()
    taken = find_collisions((target.root.output_path(target.url_path), path) for path, target in targets)
    problems = [*problems, *run_checks(context, built).problems, *taken]
    _tried(lambda: read_site_theme(run.project, site), found, set())
    return [*found, *not_caused(problems, faulty)], site_epoch(context)


def _tried(read: Callable[[], T], found: list[Problem], faulty: set[str]) -> T | None:
    """What *read* returns; None where it raises: then its problems are added to *found*, and their files to *faulty*."""
    problems: tuple[Problem, ...] = ()
    with suppress(SiteError):
        try:
            return read()
        except SiteErrors as errors:
            problems = tuple(errors.problems)
        except SiteError as error:
            problems = (error.problem,)
    found += problems
    faulty.update(problem.source_path for problem in problems)
    return None


def not_caused(problems: Iterable[Problem], faulty: Collection[str]) -> list[Problem]:
    """*problems* without those that follow from a *faulty* file: they name it, or a poll, term or hub that it may hold."""
    stems = {_stem(path) for path in faulty}
    return [each for each in problems if not faulty or not _follows(each, faulty, stems)]


def _follows(problem: Problem, faulty: Collection[str], stems: Collection[str]) -> bool:
    message = problem.message
    if "there is no poll" in message or (
        "glossary" in message and any("_glossary" in path for path in faulty)
    ):
        return True
    if problem.rule == "people" and any(path.startswith("content/_people/") for path in faulty):
        return True
    if "has no _index.md" in message and any(
        path.startswith(f"{problem.source_path}/_index") for path in faulty
    ):
        return True
    return any(_stem(one or other) in stems for one, other in _QUOTED.findall(message))


def _stem(path: str) -> str:
    """A file's name without suffix; that of its folder for ``index.md``."""
    plain = without_suffix(path.partition("#")[0].partition("?")[0].rstrip("/"))
    folder, name = posixpath.split(plain)
    return posixpath.basename(folder) if name in ("index", "_index") and folder else name
