"""Owns `gatherwell function import`: a file of old comments goes into the store, batch by batch, each once."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from widgets.contract.manifest import Manifest, parse_manifest
from widgets.desk.auth.people import TERMINAL
from widgets.desk.imports.judging import LONGEST, Asked, Judged, Judges
from widgets.desk.imports.old_names import OldNames, old_author
from widgets.desk.imports.reading import Line, Place, Threads, address_key, read_line, read_places
from widgets.function.state.services import new_id
from widgets.function.text.name_claims import ERASED_NAME, STAFF
from widgets.rules.keys import Keys
from widgets.rules.names import SiteNames
from widgets.store.desk_records import AuditEntry, DeskRow
from widgets.store.interface import IMPORT_BATCH, Store
from widgets.store.records import MOST_ANSWERS, Comment

IMPORTED: Final = "imported"  # kind of rows: what one batch brought; they stay, so that nothing comes twice
# Safe-messaging guidance forbids to show these, however old; all else stays visible while the desk reads it.
_HIDDEN: Final = frozenset({"method", "method-shared", "pact", "incitement"})
_MOST_URGENT: Final = 2  # words of years ago never stand in the queue in front of a plea of today
_WHY: Final = {"text-too-long": f" (more than {LONGEST:,} characters)"}


@dataclass(slots=True)
class Taken:
    """What an import did; `out` counts comments by the reason why they were left out."""

    stored: int = 0
    known: int = 0
    marked: Counter[str] = field(default_factory=Counter)
    hidden: int = 0
    renamed: dict[str, str] = field(default_factory=dict)
    out: Counter[str] = field(default_factory=Counter)
    homeless: Mapping[str, int] = field(default_factory=dict)
    alone: int = 0  # their parent is missing, or its conversation full
    unseen_names: bool = False  # members erased names here, and without the secret nobody can tell which


@dataclass(frozen=True, slots=True)
class OldPlaces:
    """Where comments went: `addresses` of pages of former times, and `pages` by the path of their file, each with the thread
    and the language of its page now."""

    addresses: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    pages: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def threads_of(manifests: Sequence[Manifest], old: OldPlaces) -> Threads:
    """Finds the thread of a line: by the address of a page of today, by an old one, by the file that the page became."""
    known = {id_ for manifest in manifests for id_ in manifest.threads}
    places = {address_key(address): place for address, place in old.addresses.items()}
    for manifest in manifests:
        for id_, thread in manifest.threads.items():
            places |= {address_key(path): (id_, lang) for lang, path in thread.pages.items()}

    def find(line: Line) -> tuple[str, str] | None:
        key = address_key(line.address)
        found = (places.get(key) if key else None) or old.pages.get(line.page)
        return found if found and found[0] in known else None

    return find


async def take_in(
    store: Store,
    file: Path,
    manifests: Sequence[bytes],
    old: OldPlaces,
    judges: Judges,
    keys: Keys | None = None,
) -> Taken:
    """Store what the file has and the store has not; `keys` tell which names members erased. Raises StoreError; batches that
    are stored stay."""
    parsed = [parse_manifest(each) for each in manifests]
    found = read_places(file, threads_of(parsed, old))
    taken = Taken(homeless=found.homeless, alone=found.parentless)
    taken.unseen_names = keys is None and bool(await store.desk_rows(ERASED_NAME))
    if found.repeated:
        taken.out["repeated in the file"] = found.repeated
    known = await known_keys(store)
    importer = _Importer(store, file, parsed, found.source, known, taken, keys)
    await importer.prepare()
    fresh = importer.fresh(found.places)
    async for batch in judges.read(importer.batches(fresh), len(fresh)):
        await importer.keep(batch)
    if taken.stored:
        now = time.time()
        after = {"source": found.source, "comments": taken.stored}
        await store.append_audit(
            AuditEntry(_fresh_id(now), int(now), TERMINAL, "import-comments", after=after)
        )
    return taken


async def known_keys(store: Store) -> dict[str, str]:
    """Digest of a comment's key → its id here, of all that any import brought, the erased too."""
    return {key: id_ for row in await store.desk_rows(IMPORTED) for key, id_ in row.value["comments"].items()}


def key_digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:20]


def _fresh_id(now: float) -> str:
    return new_id(now, secrets.token_bytes(10))


class _Importer:
    def __init__(
        self,
        store: Store,
        file: Path,
        manifests: Sequence[Manifest],
        source: str,
        known: dict[str, str],
        taken: Taken,
        keys: Keys | None,
    ) -> None:
        self._store = store
        self._file = file
        self._manifests = manifests
        self._source = source
        self._known = known
        self._taken = taken
        self._threads = {
            id_: (manifest, thread) for manifest in manifests for id_, thread in manifest.threads.items()
        }
        self._numbers = {id(manifest): tuple(manifest.own_numbers()) for manifest in manifests}
        self._roots: dict[str, tuple[str, int]] = {}  # id here → root, and the milliseconds in the id
        self._sizes: Counter[str] = Counter()
        self._keys = keys
        self._names = OldNames(store, source, SiteNames(), keys)

    async def prepare(self) -> None:
        staff = [str(row.value["name"]) for row in await self._store.desk_rows(STAFF)]
        people = [person for manifest in self._manifests for person in manifest.people]
        title = next((manifest.title for manifest in self._manifests), "")
        self._names = OldNames(self._store, self._source, SiteNames(title, (*people, *staff)), self._keys)
        await self._names.prepare()

    def fresh(self, places: Sequence[Place]) -> list[Place]:
        """What no import brought yet."""
        fresh = [place for place in places if key_digest(place.key) not in self._known]
        self._taken.known = len(places) - len(fresh)
        return fresh

    def batches(self, fresh: Sequence[Place]) -> Iterator[list[Asked]]:
        with self._file.open("rb") as stream:
            for start in range(0, len(fresh), IMPORT_BATCH):
                yield [self._asked(place, stream) for place in fresh[start : start + IMPORT_BATCH]]

    def _asked(self, place: Place, stream: BinaryIO) -> Asked:
        manifest, thread = self._threads[place.thread]
        return Asked(place, read_line(stream, place.offset), thread.condition, self._numbers[id(manifest)])

    async def keep(self, batch: Sequence[tuple[Asked, Judged]]) -> None:
        """Store one batch in one transaction, with the row that says so."""
        comments: dict[str, Comment] = {}
        for asked, judged in batch:
            comment = await self._comment(asked, judged)
            if comment is not None:
                comments[asked.place.key] = comment
        if not comments:
            return
        ids = {key_digest(key): comment.id for key, comment in comments.items()}
        row = DeskRow(IMPORTED, next(iter(ids.values())), {"comments": ids})
        await self._store.import_comments(list(comments.values()), row)
        self._taken.stored += len(comments)
        self._known |= ids

    async def _comment(self, asked: Asked, judged: Judged) -> Comment | None:
        place, line, condition, decision = asked.place, asked.line, asked.condition, judged.decision
        author = old_author(self._source, condition, line.name)
        if author in self._names.erased:
            self._taken.out["of a name that was erased at the desk"] += 1
            return None
        if judged.problem:
            self._taken.out[f"refused: {judged.problem}{_WHY.get(judged.problem, '')}"] += 1
            return None
        name = await self._names.name(condition, line.name, author)
        if name.shown != line.name:
            self._taken.renamed[line.name] = name.shown
        parent, root, moment = await self._above(place)
        id_ = new_id(moment / 1000, hashlib.sha256(f"import {line.id}".encode()).digest()[:10])
        self._roots[id_] = (root or id_, moment)
        self._known[key_digest(place.key)] = id_
        hidden = not _HIDDEN.isdisjoint(decision.reasons)
        self._taken.marked.update(decision.reasons)
        self._taken.hidden += hidden
        return Comment(
            id=id_,
            thread=place.thread,
            condition=condition,
            root=root or id_,
            parent=parent,
            author=author,
            pseudonym=name.shown,
            skeleton=name.skeleton,
            text=judged.text,
            html=judged.html,
            lang=place.lang,
            state="held" if hidden else "published",
            created=min(max(place.created, 0), int(time.time())),
            held=decision.reasons,
            urgency=min(decision.urgency, _MOST_URGENT),
            queued=decision.queued,
        )

    async def _above(self, place: Place) -> tuple[str | None, str | None, int]:
        """Parent and root here, and the milliseconds of the id, which are later than the parent's: ids give the order."""
        moment = min(max(place.created, 0), int(time.time())) * 1000
        parent = self._known.get(key_digest(place.parent)) if place.parent else None
        if parent is None:
            self._taken.alone += bool(place.parent)
            return None, None, moment
        if parent not in self._roots:
            stored = await self._store.comment(parent)
            if stored is None or stored.thread != place.thread:
                self._taken.alone += 1
                return None, None, moment
            self._roots[parent] = (stored.root, milliseconds(parent))
        root, above = self._roots[parent]
        if root not in self._sizes:
            self._sizes[root] = len(await self._store.conversation(place.thread, root))
        if self._sizes[root] >= MOST_ANSWERS:
            self._taken.alone += 1
            return None, None, moment
        self._sizes[root] += 1
        return parent, root, max(moment, above + 1)


def milliseconds(id_: str) -> int:
    """The time in an id of ours, which is written in Crockford's base 32."""
    number = 0
    for letter in id_[:10]:
        number = number * 32 + "0123456789abcdefghjkmnpqrstvwxyz".index(letter)
    return number
