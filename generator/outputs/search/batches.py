"""Pages to files of results, and to a file of everything that a batch of pages contributes; runs in workers."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.bodies.terms.contribution import HEAVIEST, Contribution, utf16
from generator.bodies.terms.stems import Analyzer, analyzer
from generator.disk.cache import BodyStore
from generator.disk.write import Fresh, write_temporary
from generator.ground.text import digest
from generator.outputs.search.coding import posting
from generator.outputs.search.pages import contribution_of, piece_content, read_parts
from generator.outputs.search.records import decode_record

# So many first characters of a position say in which range it lies.
DECIDING = 3
# What the index of one page's words is called in the list of outputs: such files have no view.
VIEW = "search"
_encode = msgspec.msgpack.Encoder().encode


class Share(msgspec.Struct, array_like=True):
    """What pages contribute between two bounds of positions.

    *words*: packed postings by key; *forms*: the number of pages by key and form that begins with it, joined by a tab;
    *leading*: the same by form and key where it does not; *pairs*: by each of their words, the other one and postings.
    """

    words: dict[str, bytes]
    forms: dict[str, int]
    leading: dict[str, int]
    pairs: dict[str, dict[str, bytes]]


decode_share = msgspec.msgpack.Decoder(Share).decode


class BatchSetup(NamedTuple):
    """What a worker needs for any page; *bounds* part the positions, *spill* is the folder for contributions."""

    bodies: str
    language: str
    stamp: str
    temporaries: str
    prefix: str
    bounds: tuple[bytes, ...]
    spill: str


class PageTask(NamedTuple):
    """A page: its number, its encoded record, and the digest of the file in place, empty where there is none."""

    number: int
    record: bytes
    old: str


class BatchResult(NamedTuple):
    """Files of results, where the shares lie in *spill* (one more offset than shares), and how many pages hold each key."""

    fresh: list[Fresh]
    spill: str
    offsets: list[int]
    counts: dict[str, int]


def index_batch(setup: BatchSetup, tasks: Sequence[PageTask]) -> BatchResult:
    """Write the files of *tasks* and spill what they contribute."""
    fresh: list[Fresh] = []
    gathered = Gathered(analyzer(setup.language))
    with BodyStore(Path(setup.bodies)) as bodies:
        for task in tasks:
            record = decode_record(task.record)
            parts = read_parts(record, bodies)
            output_path = piece_path(setup.prefix, task.number)
            content = piece_content(record, parts, setup.stamp)
            fresh.append(write_changed(setup.temporaries, output_path, content, task.old))
            gathered.add(task.number, contribution_of(record, parts, gathered.analyzer))
    path = f"{setup.spill}/{tasks[0].number:x}"
    offsets = [0]
    with open(path, "wb") as file:  # noqa: PTH123 - a name that we made
        for share in gathered.shares(setup.bounds):
            offsets.append(offsets[-1] + file.write(_encode(share)))
    return BatchResult(fresh, path, offsets, {key: len(codes) for key, codes in gathered.words.items()})


def piece_path(prefix: str, number: int) -> str:
    return f"{prefix}pages/{number:x}.json"


def write_changed(temporaries: str, output_path: str, content: bytes, old: str) -> Fresh:
    """An output with *content*, as a temporary file unless the file in place has the digest *old* already."""
    made = digest(content)
    if made != old:
        write_temporary(temporaries, output_path, content)
    return Fresh(output_path, VIEW, made)


_Postings = defaultdict[str, "array[int]"]


class Gathered:
    """What several pages contribute."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self.words: _Postings = defaultdict(_no_postings)
        self._pairs: _Postings = defaultdict(_no_postings)
        self._tokens: Counter[str] = Counter()

    def add(self, number: int, page: Contribution) -> None:
        by_weight = [posting(number, weight) for weight in range(HEAVIEST + 1)]
        _append(self.words, page.weights, by_weight)
        _append(self._pairs, page.pairs, by_weight)
        self._tokens.update(page.tokens)

    def whole(self) -> Share:
        """Everything in one share."""
        words = self.words
        forms, leading = self._forms()
        # Of stop words only titles and headings are indexed, so they are not counted by token.
        for key in self.analyzer.stop & words.keys():
            forms[f"{key}\t{key}"] = len(words[key])
        pairs: defaultdict[str, dict[str, bytes]] = defaultdict(dict)
        for pair, codes in self._pairs.items():
            one, other = pair.split(" ")
            pairs[one][other] = pairs[other][one] = codes.tobytes()
        return Share({key: codes.tobytes() for key, codes in words.items()}, forms, leading, pairs)

    def _forms(self) -> tuple[dict[str, int], dict[str, int]]:
        """Forms that begin with their key, and all others; stop words are left out."""
        counts: dict[str, int] = {}
        keyed, get = self.analyzer.keyed, counts.get
        for token, count in self._tokens.items():
            for form in keyed(token).forms:
                counts[form] = get(form, 0) + count
        leading = self.analyzer.leading
        return counts, {leading[both]: counts.pop(both) for both in leading.keys() & counts.keys()}

    def shares(self, bounds: Sequence[bytes]) -> list[Share]:
        """One share for each range between *bounds*; the first characters of a position decide."""
        whole = self.whole()
        shares = [Share({}, {}, {}, {}) for _ in range(len(bounds) + 1)]
        homes = _Homes(bounds)
        for name in Share.__struct_fields__:
            parts = [getattr(share, name) for share in shares]
            for key, value in getattr(whole, name).items():
                parts[homes[key[:DECIDING]]][key] = value
        return shares


class _Homes(dict[str, int]):
    """In which range between *bounds* texts lie, by their first characters; what stands behind a tab does not count."""

    def __init__(self, bounds: Sequence[bytes]) -> None:
        self._bounds = bounds

    def __missing__(self, head: str) -> int:
        home = self[head] = bisect_right(self._bounds, utf16(head.partition("\t")[0]))
        return home


def _no_postings() -> array[int]:
    return array("I")


def _append(target: _Postings, weights: Mapping[str, int], by_weight: Sequence[int]) -> None:
    """Enter a page's posting at each of its keys. It is asked of every word of every page, hence no loop of its own."""
    found = map(target.__getitem__, weights)
    deque(map(array.append, found, map(by_weight.__getitem__, weights.values())), maxlen=0)
