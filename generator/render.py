"""Planned outputs → temporaries: encodes views, finds those that changed, renders just these, in workers."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.bodies import decode_body
from generator.cache import BodyStore, CacheDamaged
from generator.errors import Problem, SiteError
from generator.outputs import render as render_output
from generator.pages import Renderer
from generator.software import software_digest
from generator.stamps import Written
from generator.text import digest
from generator.theme.words import Theme
from generator.views import shapes
from generator.views.planned import Planned
from generator.workers import Workers
from generator.write import Fresh, Output, intact, write_temporary

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


class Rendered(NamedTuple):
    """What a batch brought: outputs, or the first thing that went wrong with each of them."""

    fresh: list[Fresh]
    problems: list[Problem]


def view_key(view: bytes, theme_digest: str) -> str:
    """The identity of a page's bytes: its encoded view, the theme, the generator and the locale data."""
    return digest(view, theme_digest, software_digest())


def changed_tasks(
    planned: Iterable[Planned],
    texts: set[str] | None,
    theme_digest: str,
    output: Output,
    kept: dict[str, Written],
) -> Iterator[Task]:
    """A task for each planned output whose view differs from what is in place; the others go into *kept*.

    Where *texts* names the only documents that changed, and these in their text alone, the views of pages that
    hold none of their bodies are not even made.
    """
    encode = msgspec.msgpack.Encoder().encode
    for plan in planned:
        known = intact(output, plan.output_path)
        if known is not None and texts is not None and texts.isdisjoint(plan.bodies):
            kept[plan.output_path] = known
            continue
        view = encode(plan.make())
        key = view_key(view, theme_digest)
        if known is not None and known.view == key:
            kept[plan.output_path] = known
        else:
            yield Task(plan.output_path, key, view, plan.chrome, known.file.digest if known else "")


def warm_up(given: tuple[Setup, Sequence[str]], part: int, parts: int) -> None:
    """Compile a share of the theme's templates for some languages; for workers that have nothing else to do yet."""
    setup, languages = given
    _tools(setup.theme, setup.bytecode).renderer.compile_share(languages, part, parts)


def render_tasks(tasks: Iterable[Task], setup: Setup, workers: Workers, count: int) -> Iterator[Rendered]:
    """Render *tasks*; at most *count* of them come."""
    yield from workers.map(render_batch, setup, tasks, _BATCH, count, stage="pages")


def render_batch(setup: Setup, tasks: Sequence[Task]) -> Rendered:
    """Render and write temporaries; runs in workers. A theme's or disk's fault is reported, never raised half-way."""
    fresh: list[Fresh] = []
    problems: list[Problem] = []
    with BodyStore(Path(setup.body_file)) as bodies:
        bench = Bench(_tools(setup.theme, setup.bytecode), bodies)
        _render_each(bench, setup, tasks, fresh, problems)
    return Rendered(fresh, problems)


def _render_each(
    bench: Bench, setup: Setup, tasks: Sequence[Task], fresh: list[Fresh], problems: list[Problem]
) -> None:
    for task in tasks:
        try:
            content = bench.render(task.view, task.chrome)
            content_digest = digest(content)
            if content_digest != task.old:
                write_temporary(setup.temporaries, task.output_path, content)
        except SiteError as error:
            problems.append(error.problem)
            break
        fresh.append(Fresh(task.output_path, task.key, content_digest))


class Bench:
    """A worker's tools: compiled templates, decoders, the store of bodies."""

    def __init__(self, tools: Tools, bodies: BodyStore) -> None:
        self._tools = tools
        self._bodies = bodies

    def render(self, view: bytes, chrome: bytes) -> bytes:
        """The bytes of an encoded view."""
        return self.render_view(self._tools.view(view), chrome)

    def render_view(self, view: shapes.AnyView, chrome: bytes) -> bytes:
        if not isinstance(view, shapes.Page):
            return render_output(view)
        body = None
        if view.body is not None:
            payload = self._bodies.get(view.body.digest)
            if payload is None:
                raise CacheDamaged("a body is missing")
            body = decode_body(payload)
        return self._tools.renderer.render(view, self._tools.chrome(chrome), body)


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
