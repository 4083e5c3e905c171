"""An index changed where pages changed: the items of their words, the files of these items, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from generator.bodies.terms.stems import analyzer
from generator.bodies.terms.stop_words import stop_words
from generator.disk.cache import BodyStore, CacheDamaged, damage_reported
from generator.disk.write import Fresh
from generator.outputs.search import limits
from generator.outputs.search.batches import Gathered, Share, piece_path
from generator.outputs.search.cells import position
from generator.outputs.search.changes import changed_word, differing, name, nested, same_name, stepped
from generator.outputs.search.compare import Difference, Numbered, record_row
from generator.outputs.search.directory import End, same_items
from generator.outputs.search.files import (
    IndexFiles,
    Place,
    end_path,
    known_of,
    shard_path,
    write_directory,
    write_filters,
    write_trees,
)
from generator.outputs.search.items import (
    Form,
    Item,
    Published,
    Publisher,
    Same,
    Word,
    decode_items,
)
from generator.outputs.search.pages import contribution_of, piece_content, read_parts
from generator.outputs.search.records import IndexPlan
from generator.outputs.search.shares import forms_in, rest_path
from generator.outputs.search.state import Known, State, encode_known, end_key, record_key, token_of, word_key
from generator.outputs.search.tree import Atlas, Grown, regrow

# Beyond this share of all pages, making the index anew takes less time.
_MOST = 0.05
_FEW = 40
_decode_ends = msgspec.msgpack.Decoder(list[tuple[str, int]]).decode


class RowMissing(Exception):
    """The cache does not hold what the index was made from."""


def worth_patching(change: Difference) -> bool:
    """Whether changing the index takes less time than making it anew."""
    return len(change.added) + len(change.removed) <= max(_FEW, _MOST * len(change.now.pages))


def patch(plan: IndexPlan, place: Place, state: State, known: Known, change: Difference) -> IndexFiles:
    """The index of *plan*, made of that which is *known*; raises RowMissing."""
    same = same_items(plan.same, analyzer(plan.language))
    pages, fresh = _write_pages(plan, place, change)
    words = _Words(plan, state, known, change)
    words.apply(*pages)
    words.apply_same([Same(*item) for item in known.same], same)
    frequent = words.settle_frequent()
    trees, rests = words.regrown(), words.rests(place)
    now = change.now
    files, rows = write_trees(place, now.layout.stamp, trees)
    known_now = known_of(plan, Publisher(now.layout, frequent, ()), now, trees, same)
    fresh += [*rests.fresh, *files]
    if _filtered(change.removed) != _filtered(change.added):
        fresh += write_filters(place, now)
    remembered = encode_known(known_now)
    fresh.append(write_directory(place, plan.language, now, known_now, token_of(remembered)))
    rows |= {**dict(map(record_row, change.added)), "known": remembered}
    gone = _gone_pages(place, change) | rests.gone | _gone_files(place, known, trees)
    return IndexFiles(fresh, gone, rows, tuple(_gone_rows(known, trees, change)), whole=False)


def _filtered(pages: Iterable[Numbered]) -> set[tuple[object, ...]]:
    """All of some pages that filters hold."""
    return {
        (number, record.type, record.topics, record.stages, record.home, record.conditions)
        for number, record in pages
    }


def _write_pages(
    plan: IndexPlan, place: Place, change: Difference
) -> tuple[tuple[Share, Share], list[Fresh]]:
    """What the removed and the added pages contribute, and the files of the added ones."""
    learned = analyzer(plan.language)
    before, after = Gathered(learned), Gathered(learned)
    fresh: list[Fresh] = []
    with BodyStore(place.bodies) as bodies:
        for page in change.removed:
            try:
                parts = read_parts(page.record, bodies)
            except CacheDamaged:
                raise RowMissing from None
            before.add(page.number, contribution_of(page.record, parts, learned))
        for page in change.added:
            parts = read_parts(page.record, bodies)
            name = piece_path("", page.number)
            fresh.append(place.write(name, piece_content(page.record, parts, change.now.layout.stamp)))
            after.add(page.number, contribution_of(page.record, parts, learned))
    return (before.whole(), after.whole()), fresh


class _Rests(NamedTuple):
    """Files of rests that were written, and those that went."""

    fresh: list[Fresh]
    gone: set[str]


class _Words:
    """The items of an index that a patch touches, by cell; cells are read when an item of theirs is asked for."""

    def __init__(self, plan: IndexPlan, state: State, known: Known, change: Difference) -> None:
        self._state = state
        self._known = known
        self._layout = change.now.layout
        self._stop = stop_words(plan.language)
        self._frequent = set(known.frequent)
        self._atlas = Atlas(known.words)
        self._cells: dict[int, dict[tuple[str, str], Item]] = {}
        self._changed: set[int] = set()
        self._outside: dict[tuple[str, str], Item] = {}
        self._touched: dict[str, Word | None] = {}
        self._ends: defaultdict[str, int] = defaultdict(int)
        self._published: dict[int, list[Published]] = {}

    # --- items ----------------------------------------------------------------------------------

    def _load(self, cells: Iterable[int]) -> None:
        missing = [cell for cell in dict.fromkeys(cells) if cell not in self._cells]
        rows = self._state.get(map(word_key, missing))
        for cell in missing:
            payload = rows.get(word_key(cell))
            if payload is None:
                raise RowMissing
            with damage_reported():
                self._cells[cell] = {name(item): item for item in decode_items(payload)}

    def _home(self, place: str) -> tuple[dict[tuple[str, str], Item], int | None]:
        cell = self._atlas.covering(position(place))
        if cell is None:
            return self._outside, None
        self._load((cell,))
        return self._cells[cell], cell

    def _get(self, name: tuple[str, str]) -> Item | None:
        return self._home(name[0])[0].get(name)

    def _set(self, name: tuple[str, str], item: Item | None) -> None:
        home, cell = self._home(name[0])
        old = home.get(name)
        if cell is not None:
            self._changed.add(cell)
        for items, step in ((old, -1), (item, 1)):
            for form in forms_in((items,)) if items is not None else ():
                self._ends[form] += step
        if item is None:
            home.pop(name, None)
        else:
            home[name] = item

    # --- changes --------------------------------------------------------------------------------

    def apply(self, before: Share, after: Share) -> None:
        """Take out what pages contributed before, and put in what they contribute now."""
        forms = nested(before.forms, after.forms)
        keys = {*differing(before.words, after.words), *differing(before.pairs, after.pairs), *forms}
        self._load(cell for key in keys if (cell := self._atlas.covering(position(key))) is not None)
        for key in sorted(keys):
            old = self._get((key, ""))
            assert old is None or isinstance(old, Word)
            new = changed_word(key, old, (before, after), forms.get(key, {}))
            if new != old:
                self._touched[key] = new
                self._set((key, ""), new)
        for form, steps in nested(before.leading, after.leading).items():
            for key, step in steps.items():
                old = self._get((form, key))
                total = (old.count if isinstance(old, Form) else 0) + step
                self._set((form, key), Form(form, key, total) if total else None)

    def apply_same(self, before: Sequence[Same], after: Sequence[Same]) -> None:
        """Exchange the phrases that mean the same."""
        old, new = ({item.phrase: item for item in items} for items in (before, after))
        for phrase in {**old, **new}:
            if old.get(phrase) != new.get(phrase):
                self._set(same_name(phrase), new.get(phrase))

    def settle_frequent(self) -> frozenset[str]:
        """The words with a rest now; where a word gets one or loses it, its pairs may move."""
        frequent = set(self._frequent)
        publisher = Publisher(self._layout, frequent, self._stop)
        for key, word in list(self._touched.items()):
            pages = len(word.postings) // 4 if word is not None else 0
            is_now = publisher.is_frequent(key, pages)
            if is_now == (key in frequent):
                continue
            frequent.symmetric_difference_update((key,))
            for other in word.pairs if word is not None else ():
                self._touch_partner(other)
        self._publisher = publisher
        return frozenset(frequent)

    def _touch_partner(self, key: str) -> None:
        """A pair of *key* moves: its shard and its rest are written again."""
        word = self._get((key, ""))
        assert isinstance(word, Word)
        cell = self._home(key)[1]
        if cell is not None:
            self._changed.add(cell)
        self._touched.setdefault(key, word)

    # --- files ----------------------------------------------------------------------------------

    def regrown(self) -> tuple[Grown[Published], Grown[End]]:
        """The tries of words and of ends after all changes."""
        self._load(self._changed)
        changed = {cell: self._publish(self._cells[cell].values()) for cell in self._changed}
        added = self._publish(self._outside.values())
        words = regrow(self._known.words, changed, added, self._unchanged, limits.WORDS)
        return words, self._regrown_ends()

    def _publish(self, items: Iterable[Item]) -> list[Published]:
        return sorted(map(self._publisher.publish, items), key=lambda item: item.order)

    def _unchanged(self, cell: int) -> list[Published]:
        if cell not in self._published:
            self._load((cell,))
            self._published[cell] = self._publish(self._cells[cell].values())
        return self._published[cell]

    def _regrown_ends(self) -> Grown[End]:
        atlas = Atlas(self._known.ends)
        steps: defaultdict[int | None, dict[str, int]] = defaultdict(dict)
        for form, step in self._ends.items():
            if step:
                steps[atlas.covering(position(form))][form] = step
        changed = {
            cell: stepped(self._end_cell(cell), own) for cell, own in steps.items() if cell is not None
        }
        added = stepped((), steps.get(None, {}))
        return regrow(self._known.ends, changed, added, self._end_cell, limits.ENDS)

    def _end_cell(self, cell: int) -> list[End]:
        payload = self._state.get((end_key(cell),)).get(end_key(cell))
        if payload is None:
            raise RowMissing
        with damage_reported():
            return [End(form, count) for form, count in _decode_ends(payload)]

    def rests(self, place: Place) -> _Rests:
        """The rests of touched words."""
        fresh: list[Fresh] = []
        gone: set[str] = set()
        for key, word in self._touched.items():
            path = rest_path("", key)
            if word is not None and key in self._publisher.frequent:
                rest = self._publisher.publish_word(word)[1]
                assert rest is not None
                fresh.append(place.write(path, rest.content))
            elif key in self._frequent:
                gone.add(place.prefix + path)
        return _Rests(fresh, gone)


def _gone_pages(place: Place, change: Difference) -> set[str]:
    numbers = {page.number for page in change.added}
    return {piece_path(place.prefix, page.number) for page in change.removed if page.number not in numbers}


def _gone_files(place: Place, known: Known, trees: tuple[Grown[Published], Grown[End]]) -> set[str]:
    """Shards and ends whose bound no group has any more."""
    gone: set[str] = set()
    for groups, grown, path in ((known.words, trees[0], shard_path), (known.ends, trees[1], end_path)):
        bounds = {group.bound for group in grown.groups}
        gone |= {place.prefix + path(group.bound) for group in groups if group.bound not in bounds}
    return gone


def _gone_rows(known: Known, trees: tuple[Grown[Published], Grown[End]], change: Difference) -> Iterable[str]:
    numbers = {page.number for page in change.added}
    yield from (record_key(page.number) for page in change.removed if page.number not in numbers)
    for groups, grown, key in ((known.words, trees[0], word_key), (known.ends, trees[1], end_key)):
        live = {cell.id for group in grown.groups for cell in group.cells}
        yield from (key(cell.id) for group in groups for cell in group.cells if cell.id not in live)
