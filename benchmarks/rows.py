"""The rows of the table: which builds each of them takes, in which order, and what is checked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.builds import (
    WATCH_SECONDS,
    WATCH_SECONDS_TIMED,
    Outcome,
    find_fault,
    find_shirked,
    measure_tree,
    read_record,
    read_warm,
    run_build,
    settle,
    to_upload,
    tree_digests,
)
from benchmarks.report import SUBJECT, Budget, Reading, Row
from benchmarks.tools import Options, Site, Tool

MEGABYTE, KILOBYTE = 1_000_000, 1_000
DEFAULT = Options()
_SCALED = ("avif", "webp", "jpg", "jpeg", "png")


@dataclass(frozen=True, slots=True)
class Bench:
    """What all rows share: *tools* in the order of their turns, *runs* of each row, where to *say* things."""

    tools: list[Tool]
    runs: int
    say: Callable[[str], None]

    def sites(self, corpus: Path) -> list[tuple[Tool, Site]]:
        """Every tool's site of *corpus*, laid out and read once."""
        found = [(tool, tool.site(corpus)) for tool in self.tools]
        for tool, site in found:
            tool.lay(site)
            read_warm(site.root)
        return found

    def build(
        self,
        tool: Tool,
        site: Site,
        record: Mapping[str, Any],
        options: Options = DEFAULT,
        *,
        cold: bool = True,
        interval: float | None = None,
        expected: tuple[str, ...] = (),
    ) -> Outcome:
        """One build and the look at its output."""
        if cold:
            tool.forget(site)
        settle()
        outcome = run_build(tool.steps(site, options), interval)
        texts = expected or (record["sample"]["closing"],)
        fault = outcome.fault or find_fault(site, record, texts) or find_shirked(site, record, options)
        self.say(f"  {tool.title}: {outcome.seconds:.2f} s {fault}")
        return replace(outcome, fault=fault)


def cold_row(bench: Bench, corpus: Path, what: str, budget: Budget | None, options: Options = DEFAULT) -> Row:
    """Cold builds, alternating; the note says how large each output is."""
    sites, record = bench.sites(corpus), read_record(corpus)
    readings: dict[str, list[Reading]] = {tool.name: [] for tool, _ in sites}
    for run in range(bench.runs):
        bench.say(f"{what}, run {run + 1}")
        for tool, site in sites:
            outcome = bench.build(tool, site, record, options)
            readings[tool.name].append(Reading(outcome.seconds, outcome.fault))
    notes = [f"{tool.title} wrote {_size_text(site)}" for tool, site in sites]
    return Row(what, "s", readings, budget, ["; ".join(notes)] if notes else [])


def life_rows(
    bench: Bench,
    corpus: Path,
    label: str,
    budgets: Mapping[str, Budget],
    options: Options = DEFAULT,
    subject: str = SUBJECT,
) -> list[Row]:
    """Cold, unchanged, one text edited, one title edited, one article added: in this order, alternating, *runs* times; the
    processors' time of cold builds; and, from the last run, what each edit leaves to upload.
    """
    sites, record = bench.sites(corpus), read_record(corpus)
    names = {
        "cold": f"cold, {label}",
        "unchanged": f"nothing changed, {label}",
        "body": f"one text edited, {label}",
        "matter": f"one title edited, {label}",
        "added": f"one article added, {label}",
    }
    rows = {
        key: Row(what, "s", {tool.name: [] for tool, _ in sites}, budgets.get(key), subject=subject)
        for key, what in names.items()
    }
    cpu = Row(
        f"cold, {label}", "CPU s", {tool.name: [] for tool, _ in sites}, budgets.get("cpu"), subject=subject
    )
    uploads: list[Row] = []
    for run in range(bench.runs):
        last = run == bench.runs - 1
        with _edits(sites, record, run) as edit:
            for key, row in rows.items():
                bench.say(f"{row.what}, run {run + 1}")
                before = (
                    {tool.name: tree_digests(site.out) for tool, site in sites}
                    if last and key in _EDITS
                    else {}
                )
                expected = edit(key)
                for tool, site in sites:
                    outcome = bench.build(tool, site, record, options, cold=key == "cold", expected=expected)
                    row.readings[tool.name].append(Reading(outcome.seconds, outcome.fault))
                    if key == "cold":
                        cpu.readings[tool.name].append(Reading(outcome.cpu, outcome.fault))
                    if tool.name == SUBJECT and last and not outcome.fault:
                        row.notes.append(_counts_text(outcome.printed))
                if before:
                    uploads += _upload_rows(row.what, sites, before)
    return [rows.pop("cold"), cpu, *rows.values(), *uploads]


_EDITS = ("body", "matter", "added")


def _upload_rows(
    what: str, sites: list[tuple[Tool, Site]], before: Mapping[str, Mapping[str, tuple[str, int]]]
) -> list[Row]:
    changed = {tool.name: to_upload(before[tool.name], tree_digests(site.out)) for tool, site in sites}
    files = {name: [Reading(count)] for name, (count, _) in changed.items()}
    sizes = {name: [Reading(size / KILOBYTE)] for name, (_, size) in changed.items()}
    return [Row(f"to upload: {what}", "files", files), Row(f"to upload: {what}", "kB", sizes)]


def search_row(rows: list[Row], plain: list[Row], key: str, budget: Budget) -> Row:
    """What search adds to the row that begins with *key*: the median with default settings less the one without search."""
    first, last = (
        next(row for row in some if row.what.startswith(key) and row.unit == "s") for some in (rows, plain)
    )
    whole, part = first.value(SUBJECT), last.value(SUBJECT)
    known = whole is not None and part is not None
    reading = Reading(max(0.0, whole - part) if known else 0.0, "" if known else "a build failed")
    return Row(f"search's share of: {first.what}", "s", {SUBJECT: [reading]}, budget)


def memory_row(bench: Bench, corpus: Path, what: str, budget: Budget | None) -> Row:
    """One cold build each, watched every 50 ms; its time is not used, since watching slows it."""
    sites, record = bench.sites(corpus), read_record(corpus)
    bench.say(what)
    readings: dict[str, list[Reading]] = {}
    measures = set()
    for tool, site in sites:
        outcome = bench.build(tool, site, record, interval=WATCH_SECONDS)
        readings[tool.name] = [_memory_reading(outcome)]
        measures.add(outcome.peak.measure if outcome.peak else "failed")
    return Row(what, "MB", readings, budget, [f"all processes together, {', '.join(sorted(measures))}"])


def size_rows(bench: Bench, corpus: Path, label: str) -> list[Row]:
    """The outputs that the last builds of *corpus* left: files, and megabytes (10⁶ bytes)."""
    measured = {tool.name: measure_tree(tool.site(corpus).out) for tool in bench.tools}
    files = {name: [Reading(count)] for name, (count, _) in measured.items()}
    sizes = {name: [Reading(size / MEGABYTE)] for name, (_, size) in measured.items()}
    return [Row(f"output, {label}", "MB", sizes), Row(f"files, {label}", "files", files)]


def scale_rows(bench: Bench, corpus: Path, articles: int) -> list[Row]:
    """One cold build each: milliseconds an article, and the peak (watched every half second)."""
    sites, record = bench.sites(corpus), read_record(corpus)
    what = f"cold, {articles:,} articles, each"
    bench.say(what)
    times, peaks = {}, {}
    for tool, site in sites:
        outcome = bench.build(tool, site, record, interval=WATCH_SECONDS_TIMED)
        times[tool.name] = [Reading(outcome.seconds / articles * 1000, outcome.fault)]
        peaks[tool.name] = [_memory_reading(outcome)]
        tool.forget(site)  # a hundred thousand pages three times over are not left lying about
    return [Row(what, "ms", times), Row(f"memory, {articles:,} articles, scaling run", "MB", peaks)]


def growth_row(rows: list[Row], small: str, large: str) -> Row:
    """Time an article at the *large* size over that at the *small* one; *rows* hold both."""
    by_name = {row.what: row for row in rows}
    first, last = by_name[small], by_name[large]
    readings = {}
    for name in first.readings:
        before, after = first.value(name), last.value(name)
        fault = "" if before and after else "a build failed"
        readings[name] = [Reading(after / before if before and after else 0.0, fault)]
    return Row(f"{large} ÷ {small}", "×", readings, Budget(1.25))


def cards_row(bench: Bench, corpus: Path, articles: int) -> Row:
    """Gatherwell alone, a social card for each article; the peers' sites make none."""
    alone = Bench([tool for tool in bench.tools if tool.name == SUBJECT], bench.runs, bench.say)
    settings = corpus / SUBJECT / "gatherwell.yaml"
    before = settings.read_text()
    settings.write_text(before + 'cards: "article"\n')
    try:
        return cold_row(
            alone, corpus, f"cold with a card for each article, {articles:,}", None, Options(cards=True)
        )
    finally:
        settings.write_text(before)


@contextmanager
def _edits(
    sites: list[tuple[Tool, Site]], record: Mapping[str, Any], run: int
) -> Iterator[Callable[[str], tuple[str, ...]]]:
    """Hands out ``edit(key)``: it edits every site's sample article and says what its page must show then."""
    sample = record["sample"]
    written = [(sample["paths"][tool.dialect or tool.name], site.root) for tool, site in sites]
    files = list(dict.fromkeys(root / path.partition("/")[2] for path, root in written))
    added = [path.with_name(f"added-for-run-{run + 1}{path.suffix}") for path in files]
    originals = [path.read_bytes() for path in files]
    sentence, title = f"Edited once more, for run {run + 1}.", f"A title for run {run + 1}"

    def replace_once(old: str, new: str) -> None:
        for path in files:
            text = path.read_bytes().decode()
            if text.count(old) != 1:
                raise ValueError(f"{path.name} does not hold “{old}” once")
            path.write_bytes(text.replace(old, new).encode())

    def add() -> None:
        for path, new in zip(files, added, strict=True):
            text = path.read_bytes().decode()
            title = json.dumps(f"An article more, for run {run + 1}")
            new.write_bytes(
                re.sub(r"^title: .*$", f"title: {title}", text, count=1, flags=re.MULTILINE).encode()
            )

    def edit(key: str) -> tuple[str, ...]:
        if key == "body":
            replace_once(sample["closing"], f"{sentence} {sample['closing']}")
        elif key == "matter":
            replace_once(f"title: {json.dumps(sample['title'])}\n", f"title: {json.dumps(title)}\n")
        elif key == "added":
            add()
        shown = {"body": (sentence,), "matter": (sentence, title), "added": (sentence, title)}
        return shown.get(key, (sample["closing"],))

    try:
        yield edit
    finally:
        for path, original in zip(files, originals, strict=True):
            path.write_bytes(original)
        for path in added:
            path.unlink(missing_ok=True)


def _memory_reading(outcome: Outcome) -> Reading:
    peak = outcome.peak
    if peak is None or not peak.bytes:
        return Reading(0.0, outcome.fault or "not measured")
    return Reading(peak.bytes / MEGABYTE, outcome.fault)


def _size_text(site: Site) -> str:
    files, size = measure_tree(site.out)
    pictures = {suffix: sum(1 for _ in site.out.rglob(f"*.{suffix}")) for suffix in _SCALED}
    scaled = "".join(f", {count:,} {suffix}" for suffix, count in pictures.items() if count)
    return f"{files:,} files, {size / MEGABYTE:.1f} MB{scaled}"


def _counts_text(printed: str) -> str:
    """What Gatherwell's own ``--json`` says of the build."""
    try:
        counts = json.loads(printed.strip().splitlines()[-1])
        return (
            f"Gatherwell counts {counts['pages']:,} pages, {counts['rendered']:,} rendered, "
            f"{counts['skipped']:,} skipped, {counts['bodies_rendered']:,} bodies; "
            f"{counts['seconds']:.2f} s within"
        )
    except (ValueError, LookupError, TypeError):
        return "Gatherwell's own counts could not be read"
