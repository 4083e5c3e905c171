"""The files of an index that are made in the main process, and what the cache remembers of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.disk.write import Fresh
from generator.outputs.search.batches import write_changed
from generator.outputs.search.coding import file_name
from generator.outputs.search.compare import Pages
from generator.outputs.search.directory import End, directory_content, ends_content, filter_contents
from generator.outputs.search.items import Published, Publisher, Same, cell_state, encode_item, shard_content
from generator.outputs.search.records import IndexPlan
from generator.outputs.search.state import Known, encode_known, end_key, token_of, word_key
from generator.outputs.search.tree import Grown

DIRECTORY = "directory.json"


class Place(NamedTuple):
    """Where an index is made: the cache's file with bodies, folders for temporaries and for what batches spill, the
    index's folder among the outputs, and the digests of files in place by output path.
    """

    bodies: Path
    temporaries: Path
    spill: Path
    prefix: str
    old: Mapping[str, str]

    def write(self, name: str, content: bytes) -> Fresh:
        """A file of the index, written unless it is in place already."""
        path = self.prefix + name
        return write_changed(str(self.temporaries), path, content, self.old.get(path, ""))


class IndexFiles(NamedTuple):
    """What changed of an index: files *fresh* or *gone*, and rows of the cache; *whole* where these are all there are."""

    fresh: list[Fresh]
    gone: set[str]
    rows: dict[str, bytes]
    gone_rows: tuple[str, ...]
    whole: bool


Trees = tuple[Grown[Published], Grown[End]]


def known_of(plan: IndexPlan, publisher: Publisher, now: Pages, trees: Trees, same: Sequence[Same]) -> Known:
    """What the next build compares itself with."""
    words, ends = trees
    return Known(
        surroundings=plan.surroundings,
        tables=now.layout.tables,
        same=tuple((item.phrase, item.others) for item in same),
        frequent=tuple(sorted(publisher.frequent)),
        words=words.groups,
        ends=ends.groups,
        traits=now.traits,
        pages=now.pages,
    )


def write_trees(place: Place, stamp: str, trees: Trees) -> tuple[list[Fresh], dict[str, bytes]]:
    """The files of shards and of ends that changed, and the rows of their cells."""
    words, ends = trees
    fresh = [
        place.write(shard_path(bound), shard_content(stamp, items)) for bound, items in words.files.items()
    ]
    fresh += [place.write(end_path(bound), ends_content(stamp, items)) for bound, items in ends.files.items()]
    rows = {word_key(cell): cell_state(items) for cell, items in words.made.items()}
    rows |= {end_key(cell): encode_item([tuple(item) for item in items]) for cell, items in ends.made.items()}
    return fresh, rows


def write_index(place: Place, language: str, now: Pages, known: Known, trees: Trees) -> IndexFiles:
    """All of an index but the files of its pages and rests and the rows of its records; the directory comes last."""
    files, cells = write_trees(place, now.layout.stamp, trees)
    remembered = encode_known(known)
    directory = write_directory(place, language, now, known, token_of(remembered))
    fresh = [*files, *write_filters(place, now), directory]
    return IndexFiles(fresh, set(), {**cells, "known": remembered}, (), whole=True)


def write_filters(place: Place, now: Pages) -> list[Fresh]:
    """The files of the filters."""
    contents = filter_contents(now.layout.stamp, now.pages, now.traits)
    return [place.write(f"filters/{name}.json", content) for name, content in contents]


def write_directory(place: Place, language: str, now: Pages, known: Known, token: str) -> Fresh:
    """The directory; the list of outputs records it with the *token* of what the cache is to remember."""
    used = {page.traits for page in now.pages.values()}
    guests = any(now.traits[index].guest for index in used)
    content = directory_content(now.layout, language, now.pages, (known.words, known.ends), guests)
    return place.write(DIRECTORY, content)._replace(view=token)


def shard_path(bound: str) -> str:
    return f"words/{file_name(bound)}.json"


def end_path(bound: str) -> str:
    return f"ends/{file_name(bound)}.json"
