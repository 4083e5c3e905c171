"""Planned outputs → temporaries: encodes views, finds those that changed, renders just these, in workers."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.bodies.render import decode_body
from generator.build.pages import Renderer
from generator.build.readers import Names, Noted, Unaffected
from generator.build.run import Run
from generator.disk.cache import BodyStore, CacheDamaged
from generator.disk.stamps import Written
from generator.disk.version import software_digest
from generator.disk.write import TEMPORARY, Fresh, Output, Staged, intact, write_temporary
from generator.ground.errors import Problem, SiteError, raise_errors
from generator.ground.model import Body
from generator.ground.reads import Reads
from generator.ground.text import digest
from generator.outputs import render as render_output
from generator.processes.workers import Stage
from generator.theme.types import Theme
from generator.views import types as shapes
from generator.views.context import ViewContext
from generator.views.planned import Planned

_BATCH = 50


class Setup(NamedTuple):
    """What a worker needs for any page; *theme* is encoded, *body_file* the cache's file."""

    theme: bytes
    body_file: str
    bytecode: str
    temporaries: str


class Task(NamedTuple):
    """One view to render; *old* is the digest of the file in place, empty where there is none to keep."""

    output_path: str
    key: str
    view: bytes
    chrome: bytes
    old: str


class Known(NamedTuple):
    """What tells that a view need not be made: *texts* are the only documents that changed, and these in their text alone;
    *unaffected* asks for what views were made from. Both are None where anything may have changed.
    """

    texts: frozenset[str] | None = None
    unaffected: Unaffected | None = None


class Tracing(NamedTuple):
    """Where it is noted what views are made from: *reads* notes what is looked up, *names* give it places, *noted* takes these
    by output path.
    """

    reads: Reads
    names: Names
    noted: dict[str, Noted]


class Batch(NamedTuple):
    """What a worker made of a batch of tasks: outputs, and the problem at which it stopped, if there was one."""

    fresh: list[Fresh]
    problems: list[Problem]


def view_key(view: bytes, theme_digest: str) -> str:
    """The identity of a page's bytes: its encoded view, the theme, the generator and the locale data."""
    return digest(view, theme_digest, software_digest())


def prepare_workers(run: Run, context: ViewContext) -> None:
    """Let workers that have nothing else to do yet compile the theme's templates, where pages are to be rendered."""
    if run.renders:
        run.workers.prepare(warm_up, (_setup(run, context), context.site.languages))


def warm_up(given: tuple[Setup, Sequence[str]], part: int, parts: int) -> None:
    """Compile a share of the theme's templates for some languages; for workers."""
    setup, languages = given
    _tools(setup.theme, setup.bytecode).renderer.compile_share(languages, part, parts)


def render_pages(
    run: Run,
    context: ViewContext,
    planned: Collection[Planned],
    known: Known,
    tracing: Tracing,
    output: Output,
) -> Staged:
    """Render the outputs whose view changed into temporaries; raises SiteErrors where a template is at fault.

    Views of which *known* tells that they are as they were are not even made. *tracing* takes what the others are made from.
    """
    staged = Staged([], {}, [])
    tasks = _changed_tasks(planned, known, tracing, context.theme.digest, output, staged.kept)
    setup = _setup(run, context)
    for batch in run.workers.map(render_batch, setup, tasks, len(planned), Stage("pages", _BATCH)):
        staged.fresh.extend(batch.fresh)
        raise_errors(batch.problems)
    return staged


def _setup(run: Run, context: ViewContext) -> Setup:
    theme = msgspec.structs.replace(context.theme, files=())
    project = run.project
    return Setup(
        msgspec.msgpack.encode(theme),
        str(run.cache.path),
        str(project.bytecode),
        str(project.out / TEMPORARY),
    )


def _changed_tasks(
    planned: Iterable[Planned],
    given: Known,
    tracing: Tracing,
    theme_digest: str,
    output: Output,
    kept: dict[str, Written],
) -> Iterator[Task]:
    """A task for each planned output whose view differs from what is in place; the others are put into *kept*."""
    encode = msgspec.msgpack.Encoder().encode
    for plan in planned:
        known = intact(output, plan.output_path)
        if known is not None and _as_before(plan, known, given, tracing.noted):
            kept[plan.output_path] = known
            continue
        tracing.reads.begin()
        view = encode(plan.make())
        key = view_key(view, theme_digest)
        if plan.traced:
            tracing.noted[plan.output_path] = Noted(
                key, plan.group, tracing.names.places(tracing.reads.names)
            )
        if known is not None and known.view == key:
            kept[plan.output_path] = known
        else:
            yield Task(plan.output_path, key, view, plan.chrome, known.file.digest if known else "")


def _as_before(plan: Planned, known: Written, given: Known, noted: dict[str, Noted]) -> bool:
    """Whether the view in place need not be made again; what was *noted* of it is kept then."""
    before = given.unaffected.holds_for(plan, known) if given.unaffected else None
    if before is not None:
        noted[plan.output_path] = Noted(before.view, plan.group, before.names)
    return before is not None or (given.texts is not None and given.texts.isdisjoint(plan.bodies))


def render_batch(setup: Setup, tasks: Sequence[Task]) -> Batch:
    """Render and write temporaries; for workers. A fault of the theme or the disk is returned, not raised."""
    batch = Batch([], [])
    with BodyStore(Path(setup.body_file)) as bodies:
        renderer = ViewRenderer(_tools(setup.theme, setup.bytecode), bodies)
        for task in tasks:
            try:
                batch.fresh.append(_render_task(renderer, setup, task))
            except SiteError as error:
                batch.problems.append(error.problem)
                break
    return batch


def _render_task(renderer: ViewRenderer, setup: Setup, task: Task) -> Fresh:
    content = renderer.render(task.view, task.chrome)
    content_digest = digest(content)
    if content_digest != task.old:
        write_temporary(setup.temporaries, task.output_path, content)
    return Fresh(task.output_path, task.key, content_digest)


class ViewRenderer:
    """Renders views with a theme's tools and the bodies of a store."""

    def __init__(self, tools: Tools, bodies: BodyStore) -> None:
        self._tools = tools
        self._bodies = bodies

    def render(self, view: bytes, chrome: bytes) -> bytes:
        """The bytes of an encoded view."""
        return self.render_view(self._tools.view(view), chrome)

    def render_view(self, view: shapes.AnyView, chrome: bytes) -> bytes:
        if not isinstance(view, shapes.Page):
            return render_output(view, self._body)
        body = self._body(view.body.digest) if view.body is not None else None
        return self._tools.renderer.render(view, self._tools.chrome(chrome), body)

    def _body(self, key: str) -> Body:
        payload = self._bodies.get(key)
        if payload is None:
            raise CacheDamaged("a body is missing")
        return decode_body(payload)


class Tools:
    """What rendering needs of a theme, worth keeping between batches: nothing in it changes a page's bytes."""

    def __init__(self, theme: bytes, bytecode: str) -> None:
        self.renderer = Renderer(
            msgspec.msgpack.decode(theme, type=Theme), Path(bytecode) if bytecode else None
        )
        self.view = msgspec.msgpack.Decoder(shapes.AnyView).decode
        self.chrome = functools.lru_cache(maxsize=256)(msgspec.msgpack.Decoder(shapes.Chrome).decode)


@functools.lru_cache(maxsize=1)
def _tools(theme: bytes, bytecode: str) -> Tools:
    return Tools(theme, bytecode)
