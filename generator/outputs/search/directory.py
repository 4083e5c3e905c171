"""The directory of an index, its filters, and the endings of forms: what is made of the whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from generator.bodies.terms.contribution import utf16
from generator.bodies.terms.stems import Analyzer
from generator.bodies.terms.stop_words import stop_words
from generator.bodies.terms.words import elides, tokens_of
from generator.outputs.search.cells import Unit, position
from generator.outputs.search.coding import encode_numbers, front_coded
from generator.outputs.search.items import Same
from generator.outputs.search.layout import Layout
from generator.outputs.search.state import Page, Traits
from generator.outputs.search.tree import Group

FORMAT = 1
_json = msgspec.json.Encoder().encode


class End(NamedTuple):
    """A form spelt backwards, and how many keys have it."""

    form: str
    keys: int

    @property
    def order(self) -> tuple[bytes, str, bytes]:
        return (position(self.form), "", b"")

    @property
    def unit(self) -> Unit:
        place = position(self.form)
        return Unit(place, place, len(self.form.encode()) + 3, 1)


def ends_content(stamp: str, ends: Iterable[End]) -> bytes:
    """A file of forms spelt backwards."""
    return _json({"stamp": stamp, "forms": [end.form for end in ends]}) + b"\n"


def directory_content(
    layout: Layout,
    language: str,
    pages: Mapping[str, Page],
    groups: tuple[Sequence[Group], Sequence[Group]],
    guests: bool,
) -> bytes:
    """``directory.json``; *groups* are those of words and of ends."""
    words, ends = groups
    content = {
        "format": FORMAT,
        "stamp": layout.stamp,
        "pages": len(pages),
        "tables": [(table.condition, table.size) for table in layout.tables],
        "words": front_coded(group.bound for group in words),
        "ends": front_coded(group.bound for group in ends),
        "stop": " ".join(sorted(stop_words(language), key=utf16)),
        "elide": elides(language),
        "guests": guests,
    }
    return _json(content) + b"\n"


def filter_contents(
    stamp: str, pages: Mapping[str, Page], traits: Sequence[Traits]
) -> Iterator[tuple[str, bytes]]:
    """Each filter's name and file."""
    numbers: defaultdict[int, list[int]] = defaultdict(list)
    for page in pages.values():
        numbers[page.traits].append(page.number)
    values: dict[str, defaultdict[str, list[int]]] = {
        name: defaultdict(list) for name in ("condition", "type", "topic", "stage")
    }
    for index, found in numbers.items():
        trait = traits[index]
        for name, held in (
            ("type", (trait.type,)),
            ("topic", trait.topics),
            ("stage", trait.stages),
            ("condition", trait.guest),
        ):
            for value in held:
                values[name][value] += found
    for name, lists in values.items():
        coded = {value: encode_numbers(sorted(lists[value])) for value in sorted(lists, key=utf16)}
        yield name, _json({"stamp": stamp, "values": coded}) + b"\n"


def same_items(groups: Iterable[Sequence[str]], analyzer: Analyzer) -> list[Same]:
    """Each phrase with those that mean the same, as keys without stop words."""
    meant: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for group in groups:
        phrases = dict.fromkeys(phrase for name in group if (phrase := phrase_of(name, analyzer)))
        for phrase in phrases:
            meant[phrase].update((other, None) for other in phrases if other != phrase)
    return [
        Same(phrase, tuple(sorted(others, key=utf16)))
        for phrase, others in sorted(meant.items(), key=lambda item: utf16(item[0]))
        if others
    ]


def phrase_of(text: str, analyzer: Analyzer) -> str:
    """A text as keys joined by blanks, without stop words and joined words."""
    return " ".join(key for token in tokens_of(text) for key in analyzer.keyed(token).plain)
