"""What each output, and the checks of each document, looked up, as a build notes it: what the next one need not make again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import msgspec

from generator.build.shared_values import SharedValues
from generator.disk.cache import decode_cached
from generator.disk.stamps import Written
from generator.ground.model import Struct
from generator.ground.text import digest
from generator.views.planned import Planned


class Noted(Struct, array_like=True):
    """The digest of an output's *view*, and the places of the *names* that were looked up while it was made; *group* is the
    place of what was looked up while it was planned, -1 where that is not known.
    """

    view: str
    group: int
    names: list[int]


class Readers(Struct):
    """What was noted of each output that is traced, by output path, and of each document that was *checked*, by path.

    *chromes* is a digest of what pages share with others, *whole* that of all else that is compared as a whole. Places are
    those in *names*, whose *values* were these; *groups* are what was looked up while outputs were planned.
    """

    chromes: str
    whole: str
    names: list[str]
    values: list[bytes]
    groups: list[list[int]]
    noted: dict[str, Noted]
    checked: dict[str, list[int]]


class Names:
    """The place of each name; names that are new get the next one, so that places of an earlier build stay."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._places = {name: place for place, name in enumerate(known)}

    def places(self, names: Collection[str]) -> list[int]:
        """The places of *names*, in order."""
        known = self._places
        return sorted([known.setdefault(name, len(known)) for name in names])

    def find(self, names: Iterable[str]) -> set[int]:
        """The places of those of *names* that have one."""
        return {self._places[name] for name in names if name in self._places}

    def all(self) -> list[str]:
        return list(self._places)


class Affected:
    """What *articles* that came, went or changed decide for others: the places of the names whose values differ."""

    def __init__(self, readers: Readers, values: SharedValues, articles: frozenset[str]) -> None:
        self.articles = articles
        self._checked = readers.checked
        self.places = {
            place
            for place, (name, value) in enumerate(zip(readers.names, readers.values, strict=True))
            if values.of(name) != value
        }

    def keeps_findings(self, path: str) -> bool:
        """Whether a check of the document at *path* would find what it found."""
        looked_up = self._checked.get(path)
        return looked_up is not None and self.places.isdisjoint(looked_up)


class Unaffected:
    """Tells which outputs of the last build need not be made again, where nothing changed but the text of the documents
    *texts*, and of articles what others may look up, at the *places* of names.

    A view follows from what was noted while it was made, and from values that are as they were: settings, theme, snapshot,
    time, and what is compared as a whole. *planned* says that what was noted while it was planned counts too: lists,
    addresses and order may differ then, and not only titles, summaries, how long a text is and how it begins.
    """

    def __init__(
        self, readers: Readers, texts: frozenset[str], places: Collection[int], planned: bool = False
    ) -> None:
        self._noted = readers.noted
        self._texts = texts
        self._places = frozenset(places)
        self._groups = None if not planned else [self._places.isdisjoint(group) for group in readers.groups]

    def holds_for(self, planned: Planned, known: Written) -> Noted | None:
        """What was noted of an output whose view in place is that which would be made now; None where it may not be."""
        noted = self._noted.get(planned.output_path) if planned.traced else None
        if noted is None or not noted.view or noted.view != known.view:
            return None
        if not self._texts.isdisjoint(planned.bodies):
            return None
        if self._groups is not None and not (
            planned.group >= 0 and noted.group >= 0 and self._groups[noted.group]
        ):
            return None
        return noted if not self._places or self._places.isdisjoint(noted.names) else None


def chromes_of(planned: Iterable[Planned]) -> str:
    """A digest of everything that pages share with others of their condition and language, in order."""
    return digest(*dict.fromkeys(output.chrome for output in planned))


def encode_readers(readers: Readers) -> msgspec.Raw:
    return msgspec.Raw(msgspec.msgpack.encode(readers))


def decode_readers(encoded: msgspec.Raw) -> Readers:
    """The opposite of :func:`encode_readers`; raises CacheDamaged."""
    return decode_cached(bytes(encoded), Readers)


def kept_checks(readers: Readers | None, documents: Mapping[str, object]) -> dict[str, list[int]]:
    """What checks looked up of *documents* the last time."""
    return {path: places for path, places in readers.checked.items() if path in documents} if readers else {}
