"""Reads an index as a reader's browser does: by the directory, then by file; slow, and made of the decision page alone."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from generator.outputs.search.coding import file_name


def utf16(text: str) -> bytes:
    return text.encode("utf-16-be", "surrogatepass")


class Index:
    """The index below *prefix* of some outputs."""

    def __init__(self, outputs: Mapping[str, bytes], prefix: str) -> None:
        self.files = {
            path.removeprefix(prefix): json.loads(raw)
            for path, raw in outputs.items()
            if path.startswith(prefix)
        }
        self.directory = self.files["directory.json"]
        self.bounds = list(bounds(self.directory["words"]))
        self.ends = list(bounds(self.directory["ends"]))

    def shard(self, position: str) -> dict[str, Any]:
        """The shard of a position."""
        at = bisect_right([utf16(bound) for bound in self.bounds], utf16(position)) - 1
        return self.files[f"words/{file_name(self.bounds[at])}.json"] if at >= 0 else {}

    def keys_of(self, form: str) -> set[str]:
        """The keys of a written form."""
        found = {key for written, key in self.shard(form).get("forms", []) if written == form}
        for size in range(len(form), 0, -1):
            for key, forms, *_ in self.shard(form[:size]).get("words", []):
                if forms is not None and form in {key + rest for rest in forms.split(",")}:
                    found.add(key)
        return found

    def postings(self, key: str) -> dict[int, int]:
        """The weight of a key by page number, with its rest."""
        for entry in self.shard(key).get("words", []):
            if entry[0] == key:
                found = dict(decoded(entry[2]))
                if len(entry) > 3:
                    rest = self.files[f"rests/{file_name(key)}.json"]
                    assert rest["key"] == key
                    found.update(decoded(rest["postings"]))
                return found
        return {}

    def find(self, *words: str) -> list[str]:
        """The addresses of the pages with all of some words, the heaviest first."""
        scores: dict[int, int] | None = None
        for word in words:
            found: dict[int, int] = {}
            for key in self.keys_of(word):
                for page, weight in self.postings(key).items():
                    found[page] = max(found.get(page, 0), weight)
            scores = {
                page: weight + (scores or {}).get(page, 0)
                for page, weight in found.items()
                if scores is None or page in scores
            }
        pages = sorted(scores or {}, key=lambda page: -(scores or {})[page])
        return [self.piece(page)["url"] for page in pages]

    def piece(self, page: int) -> dict[str, Any]:
        piece: dict[str, Any] = self.files[f"pages/{page:x}.json"]
        return piece

    @property
    def pieces(self) -> dict[str, dict[str, Any]]:
        """Every piece by its address."""
        return {piece["url"]: piece for path, piece in self.files.items() if path.startswith("pages/")}

    def pairs(self) -> dict[str, set[str]]:
        """The addresses of the pages with each pair, by the pair."""
        holders = [file for path, file in self.files.items() if path.startswith(("words/", "rests/"))]
        found = [pair for holder in holders for pair in holder.get("pairs", [])]
        assert len({pair[0] for pair in found}) == len(found), "a pair is published once"
        return {pair: {self.piece(page)["url"] for page, _ in decoded(postings)} for pair, postings in found}

    def filter(self, kind: str) -> dict[str, set[str]]:
        """The addresses of the pages of each value."""
        values = self.files[f"filters/{kind}.json"]["values"]
        return {
            value: {self.piece(page)["url"] for page, _ in decoded(f"1{numbers}")}
            for value, numbers in values.items()
        }


def bounds(text: str) -> Iterator[str]:
    before = ""
    for line in text.split("\n") if text else ():
        before = before[: ord(line[0]) - 48] + line[1:]
        yield before


def decoded(postings: str) -> Iterator[tuple[int, int]]:
    """Page and weight of each posting."""
    for group in postings.split(" ") if postings else ():
        number = page = 0
        for sign in group[1:]:
            digit = ord(sign) - 35 - (ord(sign) > 92)
            if digit > 63:
                number = number * 27 + digit - 63
            else:
                page += number * 64 + digit
                yield page, int(group[0], 16)
                number = 0
