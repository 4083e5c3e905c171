"""The items of the index as values: words with postings, forms that lead to a word, phrases with one meaning."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from generator.bodies.terms.contribution import utf16
from generator.ground.model import Struct
from generator.outputs.search import limits
from generator.outputs.search.cells import Unit, position
from generator.outputs.search.coding import encode_postings, unpack
from generator.outputs.search.layout import Layout, best_of_tables

_json = msgspec.json.Encoder().encode


class Word(Struct, tag="w", array_like=True):
    """A word: *forms* that begin with *key* with the number of pages, postings, and *pairs* by the other key.

    Postings are packed. Each pair stands at both of its words; one of them publishes it.
    """

    key: str
    forms: dict[str, int]
    postings: bytes
    pairs: dict[str, bytes]

    @property
    def place(self) -> str:
        return self.key


class Form(Struct, tag="f", array_like=True):
    """A form that does not begin with its *key*, on *count* pages."""

    form: str
    key: str
    count: int

    @property
    def place(self) -> str:
        return self.form


class Same(Struct, tag="s", array_like=True):
    """A phrase, and phrases that mean the same; all as keys."""

    phrase: str
    others: tuple[str, ...]

    @property
    def place(self) -> str:
        return self.phrase


Item = Word | Form | Same
encode_item = msgspec.msgpack.Encoder().encode
decode_item = msgspec.msgpack.Decoder(Item).decode
decode_items = msgspec.msgpack.Decoder(list[Item]).decode


class Rest(NamedTuple):
    """The content of a word's file of its own."""

    key: str
    content: bytes


class Published(NamedTuple):
    """An item as its shard holds it: *entry* in the list *kind*, *pairs* by their text. *state* is the item encoded."""

    place: bytes
    kind: str
    entry: bytes
    pairs: tuple[tuple[str, bytes], ...]
    state: bytes

    @property
    def order(self) -> tuple[bytes, str, bytes]:
        return (self.place, self.kind, self.entry)

    @property
    def unit(self) -> Unit:
        size = len(self.entry) + sum(len(entry) for _, entry in self.pairs)
        return Unit(self.place, self.place, size, int(self.kind == "words"))


class Publisher(NamedTuple):
    """What items need to know of the index: its layout, the words that have a rest, and stop words, which never have."""

    layout: Layout
    frequent: Collection[str]
    stop: Collection[str]

    def is_frequent(self, key: str, pages: int) -> bool:
        return pages > limits.LONG and key not in self.stop

    def publish(self, item: Item) -> Published:
        """The item as its shard holds it."""
        if isinstance(item, Word):
            return self.publish_word(item, with_rest=False)[0]
        state = encode_item(item)
        if isinstance(item, Form):
            return Published(position(item.form), "forms", _json((item.form, item.key)), (), state)
        return Published(position(item.phrase), "same", _json((item.phrase, item.others)), (), state)

    def publish_word(self, word: Word, with_rest: bool = True) -> tuple[Published, Rest | None]:
        """A word as its shard holds it; *with_rest* its rest too, if it has one."""
        codes = unpack(word.postings)
        forms = None
        if word.forms:
            ordered = word.forms if len(word.forms) == 1 else sorted(word.forms, key=utf16)
            forms = ",".join([form[len(word.key) :] for form in ordered])
        place, state = position(word.key), encode_item(word)
        if len(codes) <= limits.LONG:
            entry = _json((word.key, forms, encode_postings(codes)))
            return Published(place, "words", entry, self._own_pairs(word), state), None
        best, others = best_of_tables(codes, self.layout.tables, limits.BEST, limits.BEST_OF_ONE)
        if word.key in self.stop:
            entry = _json((word.key, forms, encode_postings(best)))
            return Published(place, "words", entry, self._own_pairs(word), state), None
        entry = _json((word.key, forms, encode_postings(best), round(4 * math.log2(len(codes)))))
        published = Published(place, "words", entry, (), state)
        if not with_rest:
            return published, None
        content = rest_content(self.layout.stamp, word.key, encode_postings(others), self._own_pairs(word))
        return published, Rest(word.key, content)

    def _own_pairs(self, word: Word) -> tuple[tuple[str, bytes], ...]:
        """The pairs that *word* publishes: those of two words go to one without a rest, else to the first."""
        own: list[tuple[str, bytes]] = []
        if not word.pairs:
            return ()
        key, long, place = word.key, word.key in self.frequent, utf16(word.key)
        for other, packed in word.pairs.items():
            first = place < utf16(other)
            mine = first if long == (other in self.frequent) else not long
            if mine:
                text = f"{key} {other}" if first else f"{other} {key}"
                own.append((text, _json((text, encode_postings(unpack(packed))))))
        return tuple(sorted(own))


def rest_content(stamp: str, key: str, postings: str, pairs: Sequence[tuple[str, bytes]]) -> bytes:
    """The file of a rest."""
    head = _json({"stamp": stamp, "key": key, "postings": postings})
    return head[:-1] + _list("pairs", pairs) + b"}\n"


def shard_content(stamp: str, items: Iterable[Published]) -> bytes:
    """The file of a shard."""
    lists: dict[str, list[bytes]] = {"words": [], "forms": [], "same": []}
    pairs: list[tuple[str, bytes]] = []
    for item in items:
        lists[item.kind].append(item.entry)
        pairs += item.pairs
    named = [
        b',"%s":[%s]' % (kind.encode(), b",".join(entries)) for kind, entries in lists.items() if entries
    ]
    return _json({"stamp": stamp})[:-1] + b"".join(named) + _list("pairs", pairs) + b"}\n"


def _list(name: str, pairs: Sequence[tuple[str, bytes]]) -> bytes:
    if not pairs:
        return b""
    ordered = sorted(pairs, key=lambda pair: utf16(pair[0]))
    return b',"%s":[%s]' % (name.encode(), b",".join(entry for _, entry in ordered))


def cell_state(items: Iterable[Published]) -> bytes:
    """Several items as the cache holds them; read by :data:`decode_items`."""
    states = [item.state for item in items]
    return b"\xdd" + len(states).to_bytes(4) + b"".join(states)


def merged_word(key: str, forms: Mapping[str, int], postings: bytes, pairs: Mapping[str, bytes]) -> Word:
    """A word of sorted packed postings."""
    return Word(key, dict(sorted(forms.items())), postings, dict(sorted(pairs.items())))
