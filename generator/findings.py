"""Everything that is wrong with a project, found as `build` finds it; the output folder is not touched."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import msgspec

from generator import stages
from generator.cache import BodyStore, Cache, CacheDamaged, delete_cache
from generator.checks import run_checks
from generator.errors import Problem, SiteError, SiteErrors
from generator.inputs import read_inputs
from generator.lock import build_lock
from generator.project import Options, Project
from generator.render import Bench, Tools
from generator.state import version_key
from generator.views import shapes
from generator.views.material import Material
from generator.views.planned import Planned
from generator.workers import Workers
from generator.write import disk_error


class Findings(NamedTuple):
    """Errors and warnings in order of place; not *complete* where errors kept later stages from looking."""

    problems: tuple[Problem, ...]
    complete: bool


def find_problems(project: Project, options: Options, report: Callable[[str], None]) -> Findings:
    """Run every stage but the writing; raises only where no work can begin, never on content."""
    with build_lock(project.state, lambda: report("a build is at work here; waiting for it")):
        try:
            return _find(project, options)
        except CacheDamaged:
            delete_cache(project.state)
            return _find(project, options)
        except OSError as error:
            raise disk_error(project.state, error) from None


def _find(project: Project, options: Options) -> Findings:
    problems: list[Problem] = []
    try:
        with Cache(project.state, version_key()) as cache, Workers(options.jobs) as workers:
            _run(project, options, cache, workers, problems)
    except SiteErrors as errors:
        problems.extend(errors.problems)
        return Findings(_in_order(problems), complete=False)
    except SiteError as error:
        problems.append(error.problem)
        return Findings(_in_order(problems), complete=False)
    return Findings(_in_order(problems), complete=True)


def _run(project: Project, options: Options, cache: Cache, workers: Workers, problems: list[Problem]) -> None:
    """Add to *problems* what is found; raise where nothing further can be looked at."""
    inputs = read_inputs(project)
    organized = stages.organize_site(project, options, inputs, cache, workers)
    problems.extend(organized.warnings)
    bodies = stages.make_bodies(project, organized, cache, workers)
    material, attachments, found = stages.make_material(
        project, options, organized, inputs, bodies, cache, workers
    )
    problems.extend(found)
    problems.extend(run_checks(material, organized.documents))
    planned, _ = stages.plan_outputs(project, organized, material, attachments)
    if not any(problem.severity == "error" for problem in problems):
        _try_templates(material, planned, cache)


def _try_templates(material: Material, planned: Iterable[Planned], cache: Cache) -> None:
    """Make every view, and render the first that each template shows in each language."""
    tools = Tools(msgspec.msgpack.encode(material.theme), "")
    tried: set[tuple[str, str]] = set()
    with BodyStore(cache.path) as store:
        bench = Bench(tools, store)
        for plan in planned:
            view = plan.make()
            if isinstance(view, shapes.Page) and (view.template, view.language) not in tried:
                tried.add((view.template, view.language))
                bench.render_view(view, plan.chrome)


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda p: (p.source_path, p.line, p.column, p.message)))
