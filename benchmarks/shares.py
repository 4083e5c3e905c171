"""Where the processor time of a cold build goes: ``python -m benchmarks.shares``, on Linux.

The build runs in this process and its workers with a clock around the functions of ``_SHARES``. A share has the time of
its functions alone, without that of shares called within; what is around none of them is the rest. The clocks
themselves cost a few per cent.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import importlib
import io
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.corpus import default_conditions, write_corpus
from benchmarks.dialects import DIALECTS
from benchmarks.portfolio import CorpusPlan
from benchmarks.tools import Gatherwell, Site

WORK = Path(__file__).parent / "work"


class Share(NamedTuple):
    """A kind of work and the functions that do it, as ``module:name`` or ``module:Class.name``."""

    label: str
    functions: tuple[str, ...]


_SHARES = (
    Share("Markdown: parsing", ("markdown_it.main:MarkdownIt.parse",)),
    Share("Markdown: writing HTML and facts", ("generator.bodies.markdown:render_body",)),
    Share(
        "wording: doses, promises, personal data, ease of reading",
        ("generator.bodies.wording.look:wording_of",),
    ),
    Share("front matter: YAML, schema", ("generator.content.front_matter.parse:parse_text",)),
    Share(
        "reading files", ("generator.content.file_bytes:read_bounded", "generator.build.inputs:read_inputs")
    ),
    Share("other work on texts: digests, encoding, handing over", ("generator.content.read:parse_files",)),
    Share("organizing the site", ("generator.site.organize:organize",)),
    Share("checks: links, images, polls, terms, words of front matter", ("generator.checks:run_checks",)),
    Share(
        "planning outputs and copies",
        ("generator.build.stages:plan_outputs", "generator.build.stages:plan_copies"),
    ),
    Share("theme: reading, scripts' words", ("generator.theme.reading:read_theme",)),
    Share("theme: compiling templates", ("generator.build.render:warm_up",)),
    Share("views: making, encoding, digests", ("generator.build.render:_changed_tasks",)),
    Share("pages: templates", ("generator.build.pages:Renderer.render",)),
    Share(
        "pages: bodies out of the cache",
        ("generator.disk.cache:BodyStore.get", "generator.bodies.render:decode_body"),
    ),
    Share("pages: making folders and files", ("generator.disk.write:write_temporary",)),
    Share(
        "other work on pages: decoding views, digests, handing over", ("generator.build.render:render_batch",)
    ),
    Share("search: texts out of bodies", ("generator.bodies.terms.parts:parts_of",)),
    Share("search: words of a page, their stems", ("generator.bodies.terms.contribution:contribution",)),
    Share(
        "search: gathering words of many pages, results", ("generator.outputs.search.batches:index_batch",)
    ),
    Share("search: merging batches, postings", ("generator.outputs.search.shares:index_shares",)),
    Share("search: records, shards, directory", ("generator.outputs.search.outputs:make_indexes",)),
    Share("cache: SQLite", ("generator.disk.cache:Cache.put_all", "generator.disk.cache:Cache.record")),
    Share(
        "recording what views read",
        ("generator.build.readers:chromes_of", "generator.build.readers:encode_readers"),
    ),
    Share("renaming, recording", ("generator.disk.write:commit",)),
    Share("keeping the inputs", ("generator.build.last_good:keep_inputs",)),
)
REST = "rest: loading code, handing over to workers and back, all else"


class Clocks:
    """Processor seconds of this process by share, each without the shares inside it."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._open: list[str] = []
        self._since = time.process_time()

    def reset(self) -> None:
        """Begin anew: in a process that has just begun."""
        self.seconds.clear()
        self._open.clear()
        self._since = time.process_time()

    def _turn(self) -> None:
        now = time.process_time()
        self.seconds[self._open[-1] if self._open else REST] += now - self._since
        self._since = now

    @contextlib.contextmanager
    def running(self, label: str) -> Iterator[None]:
        self._turn()
        self._open.append(label)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def around(self, label: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """*function* with the clock of *label*; where it is a generator, around each of its steps."""

        @functools.wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.running(label):
                result = function(*args, **kwargs)
            return self._stepped(label, result) if isinstance(result, Iterator) else result

        return timed

    def _stepped(self, label: str, steps: Iterator[Any]) -> Iterator[Any]:
        nothing = object()
        while True:
            with self.running(label):
                value = next(steps, nothing)
            if value is nothing:
                return
            yield value

    def write(self, folder: str) -> None:
        self._turn()
        (Path(folder) / f"{os.getpid()}.json").write_text(json.dumps(self.seconds))


def install(clocks: Clocks, folder: str) -> None:
    """Put clocks around all functions of the shares; workers write theirs into *folder* when they end."""
    for share in _SHARES:
        for name in share.functions:
            module_name, _, path = name.partition(":")
            owner: Any = importlib.import_module(module_name)
            *classes, attribute = path.split(".")
            for part in classes:
                owner = getattr(owner, part)
            function = getattr(owner, attribute)
            timed = clocks.around(share.label, function)
            setattr(owner, attribute, timed)
            for other in [module for name, module in sys.modules.items() if name.startswith("generator")]:
                # Other modules have it by the same name.
                if getattr(other, attribute, None) is function:
                    setattr(other, attribute, timed)
    pool: Any = importlib.import_module("generator.processes.pool")
    serve = pool._serve

    def serve_and_tell(*args: Any) -> None:
        clocks.reset()
        serve(*args)
        clocks.write(folder)

    pool._serve = serve_and_tell


class Measured(NamedTuple):
    """Processor seconds by share: of all processes, and of the main process among them; *wall* is by the clock."""

    shares: dict[str, float]
    main: dict[str, float]
    wall: float


def measure(root: Path, options: Sequence[str] = ()) -> Measured:
    """Where the time of a cold build of *root* goes."""
    clocks = Clocks()
    command: Any = importlib.import_module("generator.cli")
    for name in ("generator.cli.build", "generator.build.pipeline", "generator.build.make_site"):
        importlib.import_module(name)
    with tempfile.TemporaryDirectory() as folder:
        install(clocks, folder)
        began = time.perf_counter()
        arguments = ["build", "--root", str(root), "--now", "2026-06-01T12:00:00Z", *options]
        quiet = contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO())
        with quiet[0], quiet[1], contextlib.suppress(SystemExit):
            command.main(arguments)
        seconds = time.perf_counter() - began
        clocks.write(folder)
        shares: Counter[str] = Counter()
        for told in Path(folder).glob("*.json"):
            shares.update(json.loads(told.read_text()))
    return Measured(dict(shares), dict(clocks.seconds), seconds)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.shares", description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument(
        "--root", type=Path, help="a project to build instead of a corpus of so many articles"
    )
    parser.add_argument("--no-search", action="store_true", help="without the search index")
    parser.add_argument("--work", type=Path, default=WORK, help="where corpora and former outputs lie")
    given = parser.parse_args(arguments)
    root: Path | None = given.root
    if root is None:
        folder = given.work / f"shares-{given.articles}"
        root = folder / "gatherwell"
        if not root.exists():
            plan = CorpusPlan(given.articles, default_conditions(given.articles), words=800, images=0.0)
            write_corpus(plan, folder, [dialect for dialect in DIALECTS if dialect.name == "gatherwell"])
    tool, site = Gatherwell(given.work, ()), Site(root.parent, root, root / "site", root / ".gatherwell")
    tool.forget(site)
    measured = measure(root, ["--no-search"] if given.no_search else [])
    tool.forget(site)
    total = sum(measured.shares.values())
    print(f"A cold build: {measured.wall:.2f} s on the wall, {total:.2f} s of processors.\n")
    print("| work | s | share | of it in the main process |\n|---|---|---|---|")
    for label in (*(share.label for share in _SHARES), REST):
        seconds, main = measured.shares.get(label, 0.0), measured.main.get(label, 0.0)
        print(f"| {label} | {seconds:.2f} | {seconds / total:.0%} | {main:.2f} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
