"""Shares of all batches to the items of one range of positions; runs in workers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.bodies.terms.contribution import utf16
from generator.disk.write import Fresh
from generator.outputs.search.batches import DECIDING, Share, decode_share, write_changed
from generator.outputs.search.coding import file_name, pack, unpack
from generator.outputs.search.items import Form, Item, Published, Publisher, Rest, Word, merged_word

_SHORTEST_END = 5


class ShareSetup(NamedTuple):
    """What a worker needs for any range: where the shares lie, how items are published, where files are written, and the
    digests of the rests in place by output path.
    """

    spills: tuple[tuple[str, tuple[int, ...]], ...]
    publisher: Publisher
    temporaries: str
    prefix: str
    old: dict[str, str]


class ShareResult(NamedTuple):
    """The items of a range in order, files of rests, and forms spelt backwards with the number of their keys."""

    items: list[Published]
    fresh: list[Fresh]
    ends: dict[str, int]


def index_shares(setup: ShareSetup, tasks: Sequence[int]) -> list[ShareResult]:
    """The items of each range in *tasks*."""
    return [_index_share(setup, number) for number in tasks]


def _index_share(setup: ShareSetup, number: int) -> ShareResult:
    items: list[Published] = []
    fresh: list[Fresh] = []
    found = list(items_of(_read(setup.spills, number)))
    for item in found:
        if not isinstance(item, Word):
            items.append(setup.publisher.publish(item))
            continue
        published, rest = setup.publisher.publish_word(item)
        items.append(published)
        if rest is not None:
            fresh.append(_write_rest(setup, rest))
    items.sort(key=lambda item: item.order)
    ends: defaultdict[str, int] = defaultdict(int)
    for form in forms_in(found):
        ends[form] += 1
    return ShareResult(items, fresh, dict(ends))


def rest_path(prefix: str, key: str) -> str:
    return f"{prefix}rests/{file_name(key)}.json"


def _write_rest(setup: ShareSetup, rest: Rest) -> Fresh:
    path = rest_path(setup.prefix, rest.key)
    return write_changed(setup.temporaries, path, rest.content, setup.old.get(path, ""))


def _read(spills: Iterable[tuple[str, tuple[int, ...]]], number: int) -> Iterable[Share]:
    for path, offsets in spills:
        with open(path, "rb") as file:  # noqa: PTH123 - a name that we made
            file.seek(offsets[number])
            yield decode_share(file.read(offsets[number + 1] - offsets[number]))


def items_of(shares: Iterable[Share]) -> Iterable[Item]:
    """Words and forms, merged from several shares of one range."""
    words: defaultdict[str, list[bytes]] = defaultdict(list)
    forms: dict[str, int] = {}
    leading: dict[str, int] = {}
    pairs: defaultdict[str, defaultdict[str, list[bytes]]] = defaultdict(lambda: defaultdict(list))
    for share in shares:
        for key, packed in share.words.items():
            words[key].append(packed)
        for target, source in ((forms, share.forms), (leading, share.leading)):
            get = target.get
            for both, count in source.items():
                target[both] = get(both, 0) + count
        for key, others in share.pairs.items():
            for other, packed in others.items():
                pairs[key][other].append(packed)
    by_key: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for both, count in forms.items():
        key, _, form = both.partition("\t")
        by_key[key][form] = count
    for key, parts in words.items():
        own = {other: _joined(packed) for other, packed in pairs[key].items()} if key in pairs else {}
        yield merged_word(key, by_key.get(key, {}), _joined(parts), own)
    for both, count in leading.items():
        form, _, key = both.partition("\t")
        yield Form(form, key, count)


def _joined(packed: Sequence[bytes]) -> bytes:
    return packed[0] if len(packed) == 1 and len(packed[0]) == 4 else pack(sorted(unpack(b"".join(packed))))


def forms_in(items: Iterable[Item]) -> Iterable[str]:
    """The forms of items that can be found by their end, spelt backwards."""
    for item in items:
        forms: Iterable[str] = (
            item.forms if isinstance(item, Word) else (item.form,) if isinstance(item, Form) else ()
        )
        yield from (form[::-1] for form in forms if len(form) >= _SHORTEST_END and form.isalpha())


def bounds_from(keys: Sequence[str], parts: int) -> tuple[bytes, ...]:
    """Bounds that part positions into ranges which hold about equally many of *keys*, a sample of running words."""
    ordered = sorted(utf16(key[:DECIDING]) for key in keys)
    if len(ordered) < parts * 8:
        return ()
    return tuple(dict.fromkeys(ordered[len(ordered) * part // parts] for part in range(1, parts)))
