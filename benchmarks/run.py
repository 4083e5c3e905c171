"""``make bench``: Gatherwell beside Hugo and Eleventy, on one corpus, taking turns in one run."""

from __future__ import annotations

import argparse
import hashlib
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import bodies, corpus, dialects, pictures, portfolio, prose
from benchmarks.builds import adopt_orphans
from benchmarks.corpus import CORPUS_FILE, default_conditions, write_corpus
from benchmarks.machine import now, read_load, read_machine
from benchmarks.portfolio import CorpusPlan
from benchmarks.report import Budget, Row, table_lines
from benchmarks.rows import (
    Bench,
    cards_row,
    cold_row,
    growth_row,
    life_rows,
    memory_row,
    scale_rows,
    search_row,
    size_rows,
)
from benchmarks.tools import (
    HERE,
    DistributionGatherwell,
    Eleventy,
    Gatherwell,
    Hugo,
    HugoBundles,
    Options,
    Tool,
    UnavailableError,
)

RESULTS = HERE / "RESULTS.md"
NAMES = ("gatherwell", "gatherwell-distribution", "hugo", "hugo-bundles", "eleventy")
SMALL = 1_000
SCALE = (1_000, 10_000, 50_000, 100_000)
IMAGE_SHARE = 0.1
LIFE_BUDGETS = {
    "cold": Budget(0.6, relative=True),
    "unchanged": Budget(0.5),
    "body": Budget(1.0),
    "matter": Budget(1.5),
    "added": Budget(2.0),
}
PLAIN_BUDGETS = {"cpu": Budget(1.4, relative=True)}
SMALL_BUDGET = Budget(1.0, relative=True)
SHARE_BUDGET = Budget(0.1)
WITHOUT_SEARCH = Options(search=False)
MEMORY_BUDGET = Budget(400)


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parse(arguments)
    tools, absent = _set_up(given)
    if not tools:
        print("\n".join(absent), file=sys.stderr)
        return 1
    adopt_orphans()
    started, load = now(), read_load()
    rows = _rows(Bench(tools, given.runs, _say), given)
    profile = _profile(rows, given)
    for tool in tools:
        tool.clear()
    lines = [
        f"## {started:%Y-%m-%d %H:%M} UTC",
        "",
        *read_machine().lines(),
        "",
        "; ".join(f"{tool.title} {tool.version()}" for tool in tools) + ".",
        f"Runs of each row: {given.runs}, alternating; medians (least–most).",
        f"Load before: {load}; after: {read_load()}.",
        *absent,
        "",
        *table_lines(rows, {tool.name: tool.title for tool in tools}),
        *profile,
    ]
    print("\n".join(lines))
    if given.write:
        with RESULTS.open("a", encoding="utf-8") as file:
            file.write("\n" + "\n".join(lines) + "\n")
    return 0


def _profile(rows: Sequence[Row], given: argparse.Namespace) -> list[str]:
    """Where a cold build's time goes, if it takes longer than it may."""
    missed = any(row.what.startswith("cold, ") and row.verdict() == "**no**" for row in rows)
    if not missed or not sys.platform.startswith("linux"):
        return []
    _say("a cold build took longer than it may: looking where its time goes")
    root = _corpus(given, given.articles) / "gatherwell"
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.shares", "--root", str(root), "--work", str(given.work)],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if told.returncode:
        return ["", "A cold build took longer than it may; its profile could not be made."]
    return ["", "### Where a cold build's time goes", "", *told.stdout.splitlines()]


def _rows(bench: Bench, given: argparse.Namespace) -> list[Row]:
    """With default settings first, as people run it; rows without search below."""
    articles: int = given.articles
    label = f"{articles:,} articles"
    main_corpus = _corpus(given, articles)
    full = articles == 10_000
    budgets = LIFE_BUDGETS if full else {"cold": SMALL_BUDGET} if articles == SMALL else {}
    life = life_rows(bench, main_corpus, label, budgets)
    rows = [*life, memory_row(bench, main_corpus, f"memory, {label}", MEMORY_BUDGET if full else None)]
    rows += size_rows(bench, main_corpus, label)
    if articles != SMALL:
        rows.insert(1, cold_row(bench, _corpus(given, SMALL), f"cold, {SMALL:,} articles", SMALL_BUDGET))
    if given.plain:
        rows += _without_search(bench, main_corpus, label, life, full)
    if given.images:
        pictured = _corpus(given, SMALL, IMAGE_SHARE)
        what = f"cold with scaled images, {SMALL:,} articles"
        rows.append(cold_row(bench, pictured, what, None, Options(images=True)))
    if given.cards:
        rows.append(cards_row(bench, _corpus(given, SMALL), SMALL))
    if given.scale:
        rows += _scale(bench, given)
    return rows


def _without_search(bench: Bench, corpus: Path, label: str, life: list[Row], full: bool) -> list[Row]:
    """The budget is of Gatherwell on the distribution's Python, where that was found."""
    tools = [tool for tool in bench.tools if tool.name != HugoBundles.name]
    there = any(tool.name == DistributionGatherwell.name for tool in tools)
    subject = DistributionGatherwell.name if there else Gatherwell.name
    budgets = PLAIN_BUDGETS if full else {}
    alone = Bench(tools, bench.runs, bench.say)
    plain = life_rows(alone, corpus, f"{label}, without search", budgets, WITHOUT_SEARCH, subject)
    shares = [search_row(life, plain, key, SHARE_BUDGET) for key in ("one text edited", "one title edited")]
    return plain + shares


def _scale(bench: Bench, given: argparse.Namespace) -> list[Row]:
    rows: list[Row] = []
    for articles in given.scale_sizes:
        rows += scale_rows(bench, _corpus(given, articles), articles)
    times = {row.what for row in rows}
    small, large = (f"cold, {articles:,} articles, each" for articles in (10_000, 100_000))
    return [*rows, growth_row(rows, small, large)] if {small, large} <= times else rows


def _set_up(given: argparse.Namespace) -> tuple[list[Tool], list[str]]:
    """The tools that can be run here, and a line about each that cannot."""
    work: Path = given.work
    made: dict[str, Tool] = {
        "gatherwell": Gatherwell(work, tuple(shlex.split(given.gatherwell))),
        "gatherwell-distribution": DistributionGatherwell(work, given.distribution),
        "hugo": Hugo(work),
        "hugo-bundles": HugoBundles(work),
        "eleventy": Eleventy(work),
    }
    tools, absent = [], [f"Left out by --only: {name}." for name in NAMES if name not in given.only]
    for name in given.only:
        _say(f"setting up {made[name].title}")
        try:
            made[name].set_up()
            tools.append(made[name])
        except UnavailableError as reason:
            absent.append(f"{made[name].title} was not measured: {reason}.")
            _say(absent[-1])
    return tools, absent


def _corpus(given: argparse.Namespace, articles: int, images: float = 0.0) -> Path:
    """The corpus' folder, made where it is not there yet; named after its plan and its makers' sources."""
    plan = CorpusPlan(articles, default_conditions(articles), given.words, images)
    makers = (bodies, corpus, dialects, pictures, portfolio, prose)
    digest = hashlib.sha256(repr(plan).encode())
    for maker in makers:
        digest.update(Path(str(maker.__file__)).read_bytes())
    folder: Path = given.work / "corpora" / f"{articles}-{digest.hexdigest()[:10]}"
    if not (folder / CORPUS_FILE).exists():
        _say(f"making a corpus of {articles:,} articles")
        shutil.rmtree(folder, ignore_errors=True)
        write_corpus(plan, folder)
    return folder


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument(
        "--articles", type=int, default=10_000, help="size of the main corpus (default: 10000)"
    )
    parser.add_argument("--words", type=int, default=800, help="mean length of a body (default: 800)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each row (default: 3)")
    parser.add_argument("--quick", action="store_true", help="1,000 articles, one run")
    parser.add_argument("--only", type=_names, default=NAMES, help=f"some of {','.join(NAMES)}")
    parser.add_argument("--plain", action="store_true", help="add the rows without search")
    parser.add_argument(
        "--distribution",
        type=Path,
        default=Path("/usr/bin/python3"),
        help="the operating system's own Python",
    )
    parser.add_argument("--images", action="store_true", help="add the row with scaled images")
    parser.add_argument("--cards", action="store_true", help="add the row with social cards")
    parser.add_argument("--scale", action="store_true", help="add the scaling rows (an hour or more)")
    parser.add_argument("--scale-sizes", type=_sizes, default=SCALE, help="default: 1000,10000,50000,100000")
    parser.add_argument("--all", action="store_true", help="all rows but the scaling ones")
    parser.add_argument("--write", action="store_true", help="append the table to benchmarks/RESULTS.md")
    parser.add_argument("--gatherwell", default=_gatherwell(), help="the command that starts Gatherwell")
    parser.add_argument(
        "--work", type=Path, default=HERE / "work", help="a folder for peers, corpora and outputs"
    )
    given = parser.parse_args(arguments)
    if given.quick:
        given.articles, given.runs = SMALL, 1
    if given.all:
        given.plain = given.images = given.cards = True
    if given.runs < 1 or given.articles < 1:
        parser.error("--runs and --articles must be 1 or more")
    given.work = given.work.resolve()
    return given


def _gatherwell() -> str:
    script = Path(sys.executable).with_name("gatherwell.exe" if sys.platform == "win32" else "gatherwell")
    return shlex.join([str(script)] if script.exists() else [sys.executable, "-m", "generator.cli"])


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; known are {', '.join(NAMES)}")
    return tuple(name for name in NAMES if name in names)


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
