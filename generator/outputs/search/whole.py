"""An index made from all pages, in workers: pages to shares, shares to items, items to files."""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.bodies.terms.stems import analyzer
from generator.bodies.terms.stop_words import stop_words
from generator.disk.cache import BodyStore
from generator.outputs.search import limits
from generator.outputs.search.batches import BatchResult, BatchSetup, PageTask, index_batch, piece_path
from generator.outputs.search.compare import Numbered, all_pages, record_row
from generator.outputs.search.directory import End, same_items
from generator.outputs.search.files import IndexFiles, Place, known_of, write_index
from generator.outputs.search.items import Publisher
from generator.outputs.search.layout import Layout
from generator.outputs.search.pages import contribution_of, read_parts
from generator.outputs.search.records import IndexPlan, encode_record
from generator.outputs.search.shares import ShareResult, ShareSetup, bounds_from, index_shares
from generator.outputs.search.tree import grow
from generator.processes.workers import Stage, Workers

# So many pages are worth processes without what rendering left in them.
_MANY = 1000
_BATCH = 350
_RANGES = 48
_SAMPLE = 24


def make_whole(plan: IndexPlan, place: Place, workers: Workers) -> IndexFiles:
    """The index of all pages of *plan*."""
    # Before any record is made: what rendering left in the processes and the records need not be there at once.
    many = len(plan.subjects) >= _MANY
    if many:
        workers.renew()
    now, numbered = all_pages(plan)
    shutil.rmtree(place.spill, ignore_errors=True)
    place.spill.mkdir(parents=True)
    try:
        batches, frequent = _index_pages(plan, now.layout, numbered, place, workers)
        if many:
            workers.renew()  # what they learned of words is not needed any more
        fresh = [fresh for batch in batches for fresh in batch.fresh]
        publisher = Publisher(now.layout, frequent, stop_words(plan.language))
        shares = _index_shares(batches, publisher, place, workers)
    finally:
        shutil.rmtree(place.spill, ignore_errors=True)
    if many:
        workers.renew()  # the most memory is taken from here on
    fresh += [each for share in shares for each in share.fresh]
    items = [item for share in shares for item in share.items]
    same = same_items(plan.same, analyzer(plan.language))
    items += map(publisher.publish, same)
    items.sort(key=lambda item: item.order)
    words = grow(items, limits.WORDS)
    ends = grow(_ends(shares), limits.ENDS)
    known = known_of(plan, publisher, now, (words, ends), same)
    files = write_index(place, plan.language, now, known, (words, ends))
    rows = {**dict(map(record_row, numbered)), **files.rows}
    return files._replace(fresh=[*fresh, *files.fresh], rows=rows)


def _index_pages(
    plan: IndexPlan, layout: Layout, numbered: Sequence[Numbered], place: Place, workers: Workers
) -> tuple[list[BatchResult], frozenset[str]]:
    """What batches of pages gave, and the words that have a rest."""
    setup = BatchSetup(
        str(place.bodies),
        plan.language,
        layout.stamp,
        str(place.temporaries),
        place.prefix,
        bounds_from(_sample(plan.language, numbered, place.bodies), _RANGES),
        str(place.spill),
    )
    tasks = (
        PageTask(
            page.number, encode_record(page.record), place.old.get(piece_path(place.prefix, page.number), "")
        )
        for page in numbered
    )
    stage = Stage("search", max(_BATCH, len(numbered) // (24 * workers.jobs)))
    batches: list[BatchResult] = []
    counts: Counter[str] = Counter()
    for batch in workers.map(index_batch, setup, tasks, len(numbered), stage):
        counts.update(batch.counts)
        batches.append(batch._replace(counts={}))  # all words once a batch would be the most that is kept
    return batches, _frequent(plan, counts)


def _sample(language: str, numbered: Sequence[Numbered], bodies: Path) -> list[str]:
    """The keys of a few pages: how words are spread over the alphabet."""
    if len(numbered) < _BATCH:
        return []
    keys: list[str] = []
    learned = analyzer(language)
    with BodyStore(bodies) as store:
        for page in numbered[:: -(-len(numbered) // _SAMPLE)]:
            tokens = contribution_of(page.record, read_parts(page.record, store), learned).counts
            keys += (key for token in tokens for key in learned.keyed(token).keys)
    return keys


def _frequent(plan: IndexPlan, counts: Mapping[str, int]) -> frozenset[str]:
    """The words that have a rest."""
    return frozenset(key for key, count in counts.items() if count > limits.LONG) - stop_words(plan.language)


def _index_shares(
    batches: Sequence[BatchResult], publisher: Publisher, place: Place, workers: Workers
) -> list[ShareResult]:
    if not batches:
        return []
    spills = tuple((batch.spill, tuple(batch.offsets)) for batch in batches)
    rests = f"{place.prefix}rests/"
    old = {path: content for path, content in place.old.items() if path.startswith(rests)}
    setup = ShareSetup(spills, publisher, str(place.temporaries), place.prefix, old)
    ranges = range(len(batches[0].offsets) - 1)
    results = workers.map(index_shares, setup, ranges, len(ranges), Stage("search", 1, worth=2))
    return [share for shares in results for share in shares]


def _ends(shares: Sequence[ShareResult]) -> list[End]:
    counts: defaultdict[str, int] = defaultdict(int)
    for share in shares:
        for form, count in share.ends.items():
            counts[form] += count
    return sorted((End(form, count) for form, count in counts.items()), key=lambda end: end.order)
