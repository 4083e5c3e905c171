"""Owns `gatherwell results pull`: the function's snapshot becomes a build input."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, NamedTuple

from widgets.adapters.fetching import PullError, fetch
from widgets.adapters.snapshot_check import SnapshotFault, checked
from widgets.function.shapes import moment

__all__ = ["PullError", "Pulled", "pull"]

_AT_ONCE: Final = 8
_TRIES: Final = 3  # the number of pages may change while they are fetched


class Pulled(NamedTuple):
    """How much a snapshot holds; `voices` are stories and questions."""

    polls: int
    threads: int
    voices: int


def pull(*, endpoint: str, out: Path, clock: Callable[[], float] = time.time) -> Pulled:
    """Ask `endpoint` (as `https://example.org`, without `/api/v1`) for all that is public.

    Pages lie in `pull/` beside `out`, each with its ETag: what an interrupted pull has fetched is not fetched again.
    Writes `out` in one step where anything changed since, or the day did, and answers how much it holds. What the
    function does not list any more is dropped. Raises PullError; `out` is then as it was.
    """
    base = endpoint.rstrip("/") + "/api/v1/snapshot"
    pages = Pages(out.with_name("pull"), base)
    try:
        for _ in range(_TRIES):
            index = _index(base)
            if pages.refresh(index["pages"]):
                return _assemble(pages, index, out, moment(clock()))
    except OSError as error:
        raise PullError(f"{out.parent} cannot be written ({type(error).__name__}).") from error
    raise PullError(f"{base} changed while it was read; try again.")


class Pages:
    """The pages as they were fetched last: the answer, and beside it its ETag, written after it."""

    def __init__(self, folder: Path, base: str) -> None:
        self._folder = folder
        self._base = base
        self.of = 0

    def refresh(self, of: int) -> bool:
        """Fetch what changed, several at once. False where there are other pages by now."""
        self.of = of
        source = f"{self._base} {of}"
        if self._read("source") != source:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(parents=True)
            _write(self._folder / "source", source)
        with ThreadPoolExecutor(_AT_ONCE) as workers:
            return all(workers.map(self._refresh, range(of)))

    def _refresh(self, page: int) -> bool:
        body, tag = self._folder / f"{page}.json", self._folder / f"{page}.etag"
        known = self._read(tag.name) if body.is_file() else ""
        found = fetch(f"{self._base}?page={page}&of={self.of}", known)
        if found.status == 400:
            return False
        if found.status == 200:
            document = json.loads(found.body)
            if document.get("page") != page:
                raise PullError(
                    f"{self._base} answered another page than was asked for: what stands before the function must hand on "
                    "the query (`page`, `of`)."
                )
            tag.unlink(missing_ok=True)
            _write(body, json.dumps(_valid_of(document), ensure_ascii=False, separators=(",", ":")))
            _write(tag, found.etag)
        return True

    def digest(self) -> str:
        """Changes with any page."""
        tags = [self._read(f"{page}.etag") for page in range(self.of)]
        return hashlib.sha256("\0".join((self._base, *tags)).encode()).hexdigest()

    def documents(self) -> list[dict[str, Any]]:
        return [json.loads((self._folder / f"{page}.json").read_bytes()) for page in range(self.of)]

    def remember(self, name: str, value: str) -> None:
        _write(self._folder / name, value)

    def remembered(self, name: str) -> str:
        return self._read(name)

    def _read(self, name: str) -> str:
        try:
            return (self._folder / name).read_text(encoding="utf-8")
        except OSError:
            return ""


def _index(base: str) -> Mapping[str, Any]:
    found = fetch(base)
    if found.status == 404:
        raise PullError(f"{base} is not there: the function is of an earlier version; upgrade it first.")
    document = json.loads(found.body)
    if not isinstance(document, dict) or not isinstance(document.get("pages"), int):
        raise PullError(f"{base} answered something that is no snapshot.")
    return document


def _valid_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """The page without what it does not list, its HTML cleaned once more. Raises PullError."""
    valid = set(document["valid"])
    parts = ("polls", "threads", "surveys", "voices")  # a function of an earlier version tells of fewer
    try:
        return {
            part: {
                id_: checked(part, id_, one) for id_, one in document.get(part, {}).items() if id_ in valid
            }
            for part in parts
        }
    except SnapshotFault as fault:
        raise PullError(f"the function answered what it should not: {fault}.") from None


def _assemble(pages: Pages, index: Mapping[str, Any], out: Path, now: str) -> Pulled:
    """The digest has the picks and the day in it: figures are shown with their date."""
    picks = json.dumps(index.get("hub", {}), sort_keys=True)
    digest = hashlib.sha256(f"{pages.digest()} {picks} {now[:10]}".encode()).hexdigest()
    remembered, _, counted = pages.remembered("assembled").partition(" ")
    numbers = counted.split()
    if out.is_file() and remembered == digest and len(numbers) == len(Pulled._fields):
        return Pulled(*map(int, numbers))
    polls: dict[str, Any] = {}
    threads: dict[str, Any] = {}
    surveys: dict[str, Any] = {}
    voices: dict[str, Any] = {}
    for document in pages.documents():
        polls |= document["polls"]
        threads |= document["threads"]
        surveys |= document.get("surveys", {})
        voices |= document.get("voices", {})
    snapshot = {
        "version": 1,
        "fetched": now,
        "polls": dict(sorted(polls.items())),
        "threads": dict(sorted(threads.items())),
        "surveys": dict(sorted(surveys.items())),
        "voices": dict(sorted(voices.items())),
        "hub": _held(index.get("hub", {}), threads),
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    _write(out, json.dumps(snapshot, ensure_ascii=False, indent=1) + "\n")
    held = Pulled(len(polls), len(threads), len(voices))
    pages.remember("assembled", " ".join(map(str, (digest, *held))))
    return held


def _held(hub: Mapping[str, Any], threads: Mapping[str, Any]) -> dict[str, Any]:
    """What a hub may show of what the snapshot holds: one may have been withdrawn between two answers."""
    here = {one["id"] for answer in threads.values() for one in answer["comments"]}
    return {condition: [id_ for id_ in some if id_ in here] for condition, some in hub.items()}


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(path.name + ".part")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
