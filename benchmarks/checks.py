"""Times `gatherwell check` beside a cold build without search: ``python -m benchmarks.checks [--articles N] [--runs N]``."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.builds import adopt_orphans, read_record, read_warm, run_build, settle
from benchmarks.corpus import CORPUS_FILE, default_conditions, write_corpus
from benchmarks.dialects import DIALECTS
from benchmarks.portfolio import CorpusPlan
from benchmarks.tools import Gatherwell, Options, Site, Step

WORK = Path(__file__).parent / "work"
# A cold check at most so many times a cold build without search; the others in seconds on the wall, at 10,000 articles.
RATIO, UNCHANGED, EDITED = 1.5, 0.6, 1.0
_BUILD, _COLD, _SAME, _EDITED = (
    "cold build without search",
    "cold check",
    "check, nothing changed",
    "check, one text edited",
)


class Timed(NamedTuple):
    """Seconds on the wall and of processors, of all processes together."""

    wall: float
    cpu: float


class Bench:
    """A corpus of Gatherwell's alone, the *command* that starts Gatherwell, and what it is made to do."""

    def __init__(self, corpus: Path, work: Path, command: tuple[str, ...]) -> None:
        self._tool = Gatherwell(work, command)
        root = corpus / self._tool.dialect
        self._site = Site(corpus, root, work / "out" / corpus.name, root / ".gatherwell")
        sample = read_record(corpus)["sample"]
        self._article = corpus / sample["paths"][self._tool.dialect]
        self._closing: str = sample["closing"]
        self._check = Step((*command, "check", "--root", str(root), "--format", "json"), root)

    def turn(self, run: int) -> Iterator[tuple[str, Timed]]:
        """One of each, in this order; raises ValueError where one fails or does not see what it must."""
        self._tool.forget(self._site)
        read_warm(self._site.root)
        yield _BUILD, self._run(self._tool.steps(self._site, Options(search=False)))[0]
        self._tool.forget(self._site)
        timed, found = self._run([self._check])
        yield _COLD, timed
        timed, again = self._run([self._check])
        yield _SAME, timed
        before = self._article.read_bytes()
        text = before.decode().replace(self._closing, f"A miracle, in run {run}. {self._closing}", 1)
        try:
            self._article.write_bytes(text.encode())
            timed, edited = self._run([self._check])
        finally:
            self._article.write_bytes(before)
        yield _EDITED, timed
        self._tool.forget(self._site)
        self._tool.clear()
        if not (found == again == edited - 1):
            raise ValueError(f"findings: {found} cold, {again} again, {edited} with one more fault")

    def _run(self, steps: Sequence[Step]) -> tuple[Timed, int]:
        """How long it took, and what a check counted."""
        settle()
        outcome = run_build(steps)
        if outcome.fault:
            raise ValueError(outcome.fault)
        told = json.loads(outcome.printed.strip().splitlines()[-1])
        return Timed(outcome.seconds, outcome.cpu), len(told.get("findings", ()))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.checks", description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--gatherwell", default=shlex.join([sys.executable, "-m", "generator.cli"]), help="the command"
    )
    parser.add_argument("--work", type=Path, default=WORK, help="where corpora and outputs lie")
    given = parser.parse_args(arguments)
    adopt_orphans()
    corpus: Path = given.work.resolve() / f"checks-{given.articles}"
    if not (corpus / CORPUS_FILE).exists():
        plan = CorpusPlan(given.articles, default_conditions(given.articles), words=800, images=0.0)
        write_corpus(plan, corpus, [dialect for dialect in DIALECTS if dialect.name == Gatherwell.dialect])
    bench = Bench(corpus, given.work.resolve(), tuple(shlex.split(given.gatherwell)))
    times: dict[str, list[Timed]] = {}
    for run in range(given.runs):
        for what, timed in bench.turn(run + 1):
            print(f"{what}: {timed.wall:.2f} s, {timed.cpu:.2f} CPU s", file=sys.stderr, flush=True)
            times.setdefault(what, []).append(timed)
    return _report(given.articles, times)


def _report(articles: int, times: dict[str, list[Timed]]) -> int:
    """The table of medians; 1 where a budget is passed."""
    wall, cpu = (
        {what: median(getattr(one, unit) for one in some) for what, some in times.items()}
        for unit in ("wall", "cpu")
    )
    print(f"{articles:,} articles, median of {len(times[_BUILD])}\n")
    print("| what | s | CPU s | budget |\n|---|---|---|---|")
    budgets = {_COLD: RATIO * wall[_BUILD], _SAME: UNCHANGED, _EDITED: EDITED}
    for what, seconds in wall.items():
        budget = f"{budgets[what]:.2f} s" if what in budgets else ""
        print(f"| {what} | {seconds:.2f} | {cpu[what]:.2f} | {budget} |")
    ratio, in_cpu = wall[_COLD] / wall[_BUILD], cpu[_COLD] / cpu[_BUILD]
    print(f"\ncold check ÷ cold build without search: {ratio:.2f} on the wall, {in_cpu:.2f} in CPU seconds")
    return 0 if all(wall[what] <= budget for what, budget in budgets.items()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
