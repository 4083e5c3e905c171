"""What of an index changed since the last build: pages that went, came, or have another number or record."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.outputs.search.layout import Layout, make_layout, number_pages
from generator.outputs.search.records import IndexPlan, Record, Subject, decode_record, encode_record
from generator.outputs.search.state import Known, Page, State, Traits, record_key


class Numbered(NamedTuple):
    """A record with its number."""

    number: int
    record: Record


class Pages(NamedTuple):
    """All pages of an index by the ids of their subjects, and what they can be filtered by."""

    layout: Layout
    pages: dict[str, Page]
    traits: tuple[Traits, ...]


class Difference(NamedTuple):
    """*removed* and *added* pages; one whose record or number changed is in both."""

    now: Pages
    removed: list[Numbered]
    added: list[Numbered]


def layout_of(subjects: Mapping[str, Subject]) -> Layout:
    """The layout for all subjects."""
    return make_layout(Counter(subject.home for subject in subjects.values()))


def all_pages(plan: IndexPlan) -> tuple[Pages, list[Numbered]]:
    """Every page of an index, made anew."""
    layout = layout_of(plan.subjects)
    records = {name: subject.make() for name, subject in plan.subjects.items()}
    urls = {name: (record.home, record.url) for name, record in records.items()}
    numbers = _numbers(layout, urls)
    traits = _TraitIndex(())
    pages = {
        name: Page(plan.subjects[name].mark, numbers[name], record.url, record.home, traits.of(record))
        for name, record in records.items()
    }
    numbered = [Numbered(numbers[name], record) for name, record in records.items()]
    return Pages(layout, pages, traits.all()), numbered


def difference(plan: IndexPlan, known: Known, state: State) -> Difference | None:
    """What changed since *known*; None where all numbers have another meaning now, or a row is missing."""
    layout = layout_of(plan.subjects)
    if layout.tables != known.tables:
        return None
    old, subjects = known.pages, plan.subjects
    everything = known.surroundings != plan.surroundings
    made = {
        name: subject.make()
        for name, subject in subjects.items()
        if everything or name not in old or old[name].mark != subject.mark
    }
    urls = {name: (page.home, page.url) for name, page in old.items() if name in subjects}
    changed_urls = {name: (record.home, record.url) for name, record in made.items()}
    urls.update(changed_urls)
    same_set = len(old) == len(urls) and all(
        name in old and (old[name].home, old[name].url) == where for name, where in changed_urls.items()
    )
    numbers = {name: page.number for name, page in old.items()} if same_set else _numbers(layout, urls)
    moved = () if same_set else [name for name, page in old.items() if numbers.get(name) != page.number]
    before = _records(state, (old[name].number for name in {*made, *moved} if name in old))
    if before is None:
        return None
    traits = _TraitIndex(known.traits)
    pages = {name: page for name, page in old.items() if name in subjects}
    removed: list[Numbered] = []
    added: list[Numbered] = []
    for name in dict.fromkeys((*made, *moved)):
        then = Numbered(old[name].number, before[old[name].number]) if name in old else None
        record = made.get(name) or (then.record if then is not None and name in subjects else None)
        if record is not None:
            now = Numbered(numbers[name], record)
            pages[name] = Page(subjects[name].mark, now.number, record.url, record.home, traits.of(record))
            if now == then:
                continue
            added.append(now)
        if then is not None:
            removed.append(then)
    return Difference(Pages(layout, pages, traits.all()), removed, added)


def _numbers(layout: Layout, urls: Mapping[str, tuple[str, str]]) -> dict[str, int]:
    """The number of each subject."""
    by_home: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name, (home, url) in urls.items():
        by_home[home][url] = name
    numbers: dict[str, int] = {}
    for table in layout.tables:
        names = by_home.get(table.condition, {})
        numbers.update((names[url], number) for url, number in number_pages(table, names).items())
    return numbers


def _records(state: State, numbers: Iterable[int]) -> dict[int, Record] | None:
    """The records of pages as the last build indexed them; None where one is missing."""
    wanted = list(numbers)
    rows = state.get([record_key(number) for number in wanted])
    if len(rows) != len(wanted):
        return None
    return {number: decode_record(rows[record_key(number)]) for number in wanted}


class _TraitIndex:
    """Numbers for what pages can be filtered by; those of *known* stay."""

    def __init__(self, known: Iterable[Traits]) -> None:
        self._index = {trait: index for index, trait in enumerate(known)}

    def of(self, record: Record) -> int:
        guest = tuple(condition for condition in record.conditions if condition != record.home)
        trait = Traits(record.type, record.topics, record.stages, guest)
        return self._index.setdefault(trait, len(self._index))

    def all(self) -> tuple[Traits, ...]:
        return tuple(self._index)


def record_row(page: Numbered) -> tuple[str, bytes]:
    """A page's record as a row of the cache."""
    return record_key(page.number), encode_record(page.record)
