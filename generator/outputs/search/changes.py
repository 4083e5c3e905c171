"""Items after a change: what pages contributed before is taken out, what they contribute now is put in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from generator.outputs.search.batches import Share
from generator.outputs.search.coding import pack, unpack
from generator.outputs.search.directory import End
from generator.outputs.search.items import Form, Item, Same, Word, merged_word


def name(item: Item) -> tuple[str, str]:
    if isinstance(item, Same):
        return same_name(item.phrase)
    return (item.form, item.key) if isinstance(item, Form) else (item.key, "")


def same_name(phrase: str) -> tuple[str, str]:
    return (phrase, "\0")


def differing(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    return {key for key in {**before, **after} if before.get(key) != after.get(key)}


def nested(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """By the first of two texts joined by a tab, how the counts of the second change."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for both in differing(before, after):
        outer, _, inner = both.partition("\t")
        found[outer][inner] = after.get(both, 0) - before.get(both, 0)
    return dict(found)


def changed_word(
    key: str, old: Word | None, shares: tuple[Share, Share], steps: Mapping[str, int]
) -> Word | None:
    """A word after a change, in which its forms' counts take *steps*; None where no page holds it any more."""
    before, after = shares
    word = old or Word(key, {}, b"", {})
    postings = exchanged(word.postings, before.words.get(key, b""), after.words.get(key, b""))
    if not postings:
        return None
    forms = summed(word.forms, {}, steps)
    pairs = dict(word.pairs)
    lost, won = before.pairs.get(key, {}), after.pairs.get(key, {})
    for other in {**lost, **won}:
        codes = exchanged(pairs.get(other, b""), lost.get(other, b""), won.get(other, b""))
        if codes:
            pairs[other] = codes
        else:
            pairs.pop(other, None)
    kept = {form: count for form, count in forms.items() if count}
    return merged_word(key, kept, postings, pairs)


def exchanged(codes: bytes, lost: bytes, won: bytes) -> bytes:
    """Packed postings without those that are *lost* and with those that are *won*."""
    if lost == won:
        return codes
    out, come = set(unpack(lost)), set(unpack(won))
    out, come = out - come, come - out
    if not out and not come:
        return codes
    return pack(sorted([*(code for code in unpack(codes) if code not in out), *come]))


def summed(counts: Mapping[str, int], lost: Mapping[str, int], won: Mapping[str, int]) -> dict[str, int]:
    total = dict(counts)
    for other, sign in ((lost, -1), (won, 1)):
        for name, count in other.items():
            total[name] = total.get(name, 0) + sign * count
    return total


def stepped(ends: Iterable[End], steps: Mapping[str, int]) -> list[End]:
    """Ends after a change of their counts."""
    counts = summed({end.form: end.keys for end in ends}, {}, steps)
    return sorted((End(form, count) for form, count in counts.items() if count), key=lambda end: end.order)
