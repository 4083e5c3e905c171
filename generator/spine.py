"""The spine: read → organize → bodies → views → check → pages → write; each stage a new value, each fault said once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from generator import stages
from generator.assets import Asset
from generator.bodies import Digest, early_bodies
from generator.cache import Cache
from generator.cards import draw_cards
from generator.changes import changed_texts
from generator.checks import run_checks
from generator.errors import Problem, raise_errors
from generator.inputs import Inputs
from generator.looking import Look
from generator.project import Options, Project
from generator.render import Setup, changed_tasks, render_tasks, warm_up
from generator.search import make_indexes
from generator.shards import LateBodies
from generator.stamps import Written
from generator.state import Result, State
from generator.text import digest
from generator.views.planned import Planned
from generator.workers import Workers
from generator.write import (
    TEMPORARY,
    Fresh,
    Output,
    commit,
    intact,
    open_output,
    write_temporary,
)

Report = Callable[[str], None]


def make_site(
    project: Project,
    options: Options,
    inputs: Inputs,
    last: State | None,
    cache: Cache,
    workers: Workers,
    look: Look,
    report: Report,
) -> Result:
    """Build what changed since *last*; raises SiteError and changes nothing in the output where content is at fault."""
    early = None if options.only else early_bodies(inputs.config.markdown_options, cache)
    if early:
        workers.meanwhile(lambda: stages.preload_theme(project, inputs.config.theme))
    organized = stages.organize_site(project, options, inputs, cache, workers, early=early)
    bodies = stages.make_bodies(project, organized, cache, workers, early)
    material, attachments, problems = stages.make_material(
        project, options, organized, inputs, bodies, cache, workers
    )
    setup = Setup(
        msgspec.msgpack.encode(msgspec.structs.replace(material.theme, files=())),
        str(cache.path),
        str(project.bytecode),
        str(project.out / TEMPORARY),
    )
    workers.prepare(warm_up, (setup, organized.site.languages))
    texts = changed_texts(last, inputs, organized, bodies.by_path, cache) if last else None
    problems += organized.warnings
    if last is None or texts is None:
        problems += run_checks(material, organized.documents)
    else:
        problems += run_checks(material, {path: organized.documents[path] for path in texts})
        problems += [w for w in last.warnings if w.source_path not in texts and w.rule != "search"]
    raise_errors(problems)
    planned, assets = stages.plan_outputs(project, organized, material, attachments)
    pages = sum(1 for plan in planned if plan.chrome)
    report(f"{pages} pages")
    epoch = stages.site_epoch(material)
    warnings = tuple(dict.fromkeys(problem for problem in problems if problem.severity == "warning"))
    output = open_output(project.out, project.out_key, cache, look())
    kept: dict[str, Written] = {}
    fresh = _copy_assets(assets, project.root, output, kept, workers)
    rendered = _render(planned, texts, material.theme.digest, output, kept, setup, workers)
    indexes = make_indexes(material, options.only, cache.path, output)
    kept.update(indexes.kept)
    fresh += [*rendered, *indexes.fresh]
    warnings = (*warnings, *indexes.problems)
    # Where the index failed, no later build may take this one for finished.
    count = -1 if indexes.problems else len(fresh) + len(kept)
    state = State.of(project, options, inputs, cache, epoch, pages, count, warnings)
    _, removed = commit(output, fresh, kept, cache, msgspec.msgpack.encode(state))
    if not options.only:
        _prune(cache, bodies.by_path)
    made = bodies.rendered
    if isinstance(bodies.by_path, LateBodies):
        made += bodies.by_path.rendered
    count = _count_pages(planned, rendered)
    held = (organized, bodies, material, planned, output, kept, state)
    return Result(pages, count, pages - count, removed, made, epoch.next_change, warnings, held)


def _render(
    planned: Sequence[Planned],
    texts: set[str] | None,
    theme_digest: str,
    output: Output,
    kept: dict[str, Written],
    setup: Setup,
    workers: Workers,
) -> list[Fresh]:
    tasks = changed_tasks(planned, texts, theme_digest, output, kept)
    fresh: list[Fresh] = []
    problems: list[Problem] = []
    for part in render_tasks(tasks, setup, workers, len(planned)):
        fresh.extend(part.fresh)
        problems.extend(part.problems)
        raise_errors(problems)
    return fresh


def _copy_assets(
    assets: Sequence[Asset], root: Path, output: Output, kept: dict[str, Written], workers: Workers
) -> list[Fresh]:
    missing: dict[str, Asset] = {}
    for asset in assets:
        known = intact(output, asset.output_path)
        if known is not None and known.view == asset.digest:
            kept[asset.output_path] = known
        else:
            missing.setdefault(asset.output_path, asset)
    draw_cards(root, (asset.card for asset in missing.values() if asset.card), workers)
    fresh = []
    for path, asset in missing.items():
        content = asset.read()
        write_temporary(str(output.temporaries), path, content)
        fresh.append(Fresh(path, asset.digest, digest(content)))
    return fresh


def _count_pages(planned: Sequence[Planned], rendered: Sequence[Fresh]) -> int:
    pages = {plan.output_path for plan in planned if plan.chrome}
    return sum(1 for item in rendered if item.output_path in pages)


def _prune(cache: Cache, bodies: Mapping[str, Digest]) -> None:
    live = {digest.key for digest in bodies.values()}
    for table in ("bodies", "facts"):
        cache.prune(table, live)
