"""Which articles the view of each output was made from, as a build notes it: what the next one need not make again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from generator.disk.cache import decode_cached
from generator.disk.stamps import Written
from generator.ground.model import Struct
from generator.ground.text import digest
from generator.views.planned import Planned


class Noted(Struct, array_like=True):
    """The digest of an output's *view*, and the *articles* whose front matter or body was read while it was made, other
    documents' bodies among them, as places in a list of paths.
    """

    view: str
    articles: list[int]


class Readers(Struct):
    """What was noted of each output that is traced, by output path.

    *chromes* is a digest of what pages share with others. Places of articles are those in the *sources* of the record
    of a build, in order of path.
    """

    chromes: str
    noted: dict[str, Noted]


class Unaffected:
    """Tells which outputs of the last build need not be made again, where nothing changed but the text of the documents
    *texts*, and of the articles *seen* what others see: titles, summaries, how long a text is and how it begins.

    A view follows from front matter and bodies that were noted while it was made, and from values that are as they
    were: of the rest of front matter, of polls, settings, theme, snapshot and time nothing changed.
    """

    def __init__(
        self, readers: Readers, texts: frozenset[str], seen: Iterable[str], places: Mapping[str, int]
    ) -> None:
        self._noted = readers.noted
        self._texts = texts
        self._seen = {places[path] for path in seen}

    def holds_for(self, planned: Planned, known: Written) -> Noted | None:
        """What was noted of an output whose view in place is that which would be made now; None where it may not be."""
        noted = self._noted.get(planned.output_path) if planned.traced else None
        if noted is None or not noted.view or noted.view != known.view:
            return None
        if not self._texts.isdisjoint(planned.bodies):
            return None
        return noted if not self._seen or self._seen.isdisjoint(noted.articles) else None


def chromes_of(planned: Iterable[Planned]) -> str:
    """A digest of everything that pages share with others of their condition and language, in order."""
    return digest(*dict.fromkeys(output.chrome for output in planned))


def encode_readers(readers: Readers) -> msgspec.Raw:
    return msgspec.Raw(msgspec.msgpack.encode(readers))


def decode_readers(encoded: msgspec.Raw) -> Readers:
    """The opposite of :func:`encode_readers`; raises CacheDamaged."""
    return decode_cached(bytes(encoded), Readers)


def places_of(sources: Iterable[str]) -> dict[str, int]:
    """The place of each source in order of path."""
    return {path: place for place, path in enumerate(sorted(sources))}
