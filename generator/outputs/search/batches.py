"""Pages to files of results, and to a file of everything that a batch of pages contributes; runs in workers."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from generator.bodies.terms.contribution import HEAVIEST, MOST, Contribution, utf16, weight_of
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
    counts: dict[str, int] = {}
    with open(path, "wb") as file:  # noqa: PTH123 - a name that we made
        for share in gathered.shares(setup.bounds):
            offsets.append(offsets[-1] + file.write(_encode(share)))
            counts.update((key, len(packed) // 4) for key, packed in share.words.items())
    return BatchResult(fresh, path, offsets, counts)


def piece_path(prefix: str, number: int) -> str:
    return f"{prefix}pages/{number:x}.json"


def write_changed(temporaries: str, output_path: str, content: bytes, old: str) -> Fresh:
    """An output with *content*, as a temporary file unless the file in place has the digest *old* already."""
    made = digest(content)
    if made != old:
        write_temporary(temporaries, output_path, content)
    return Fresh(output_path, VIEW, made)


_Codes = defaultdict[str, "array[int]"]
_TokenCodes = defaultdict[bytes, "array[int]"]
# Within a batch a page is its place in it, and a code this place and a number below 16: how often a token stands there,
# or points.
_SHIFT, _LOW = 4, 15


class Gathered:
    """What several pages contribute.

    Codes are kept by token and joined by key at the end: of every word of every page only one list is asked then.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self._numbers: list[int] = []
        self._tokens: _TokenCodes = defaultdict(_no_codes)
        self._points: _Codes = defaultdict(_no_codes)
        self._pairs: _Codes = defaultdict(_no_codes)

    def add(self, number: int, page: Contribution) -> None:
        own = len(self._numbers) << _SHIFT
        self._numbers.append(number)
        counts = page.counts.values()
        by_count = [own | min(count, MOST) for count in range(max(counts, default=0) + 1)]
        _append(self._tokens, page.counts, map(by_count.__getitem__, counts))
        _append(self._points, page.points, (own | min(few, HEAVIEST) for few in page.points.values()))
        _append(self._pairs, page.pairs, (posting(number, weight) for weight in page.pairs.values()))

    def whole(self) -> Share:
        """Everything in one share."""
        by_key, forms = self._by_key()
        finals = [
            posting(number, weight_of(count)) if count else 0
            for number in self._numbers
            for count in range(_LOW + 1)
        ]
        words = {
            key: self._postings(codes, self._points.get(key, ()), finals) for key, codes in by_key.items()
        }
        # Of stop words only titles and headings are indexed, so they are not counted by token.
        for key in self.analyzer.stop & self._points.keys():
            words[key] = self._postings((), self._points[key], finals)
            forms[f"{key}\t{key}"] = len(self._points[key])
        leading = self.analyzer.leading
        apart = {leading[both]: forms.pop(both) for both in leading.keys() & forms.keys()}
        pairs: defaultdict[str, dict[str, bytes]] = defaultdict(dict)
        for pair, codes in self._pairs.items():
            one, other = pair.split(" ")
            pairs[one][other] = pairs[other][one] = codes.tobytes()
        return Share({key: codes.tobytes() for key, codes in words.items()}, forms, apart, pairs)

    def _by_key(self) -> tuple[dict[str, list[array[int]]], dict[str, int]]:
        """The codes of all tokens by key, and on how many pages each form stands; stop words are left out."""
        by_key: defaultdict[str, list[array[int]]] = defaultdict(list)
        forms: dict[str, int] = {}
        keyed, get = self.analyzer.keyed, forms.get
        for token, codes in self._tokens.items():
            known = keyed(token)
            for key in known.keys:
                by_key[key].append(codes)
            for form in known.forms:
                forms[form] = get(form, 0) + len(codes)
        return by_key, forms

    def _postings(
        self, found: Sequence[array[int]], points: Iterable[int], finals: Sequence[int]
    ) -> array[int]:
        """The postings of a key from the codes of its tokens and its points; *finals* are those of a code without any."""
        if not points and len(found) == 1:
            return array("I", map(finals.__getitem__, found[0]))
        codes = _summed(found)
        postings = array("I")
        for code in points:
            place = code >> _SHIFT
            weight = weight_of(codes.pop(place, 0) & _LOW, code & _LOW)
            postings.append(posting(self._numbers[place], weight))
        postings.extend(map(finals.__getitem__, codes.values()))
        return postings

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


def _summed(found: Sequence[array[int]]) -> dict[int, int]:
    """The codes of several tokens of one key by place, their counts summed."""
    if not found:
        return {}
    largest, *others = sorted(found, key=len, reverse=True)
    codes = dict(zip((code >> _SHIFT for code in largest), largest, strict=True))
    for code in chain.from_iterable(others):
        place = code >> _SHIFT
        count = (codes.get(place, 0) & _LOW) + (code & _LOW)
        codes[place] = place << _SHIFT | min(count, MOST)
    return codes


def _no_codes() -> array[int]:
    return array("I")


def _append(target: Mapping[Any, array[int]], keys: Iterable[object], codes: Iterable[int]) -> None:
    """Enter codes at keys. It is asked of every word of every page, hence no loop of its own."""
    deque(map(array.append, map(target.__getitem__, keys), codes), maxlen=0)
