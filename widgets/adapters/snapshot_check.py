"""Owns what a snapshot may hold, whether the function answers it or it lies in an export: shapes, and HTML that was cleaned."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NoReturn

import msgspec

from widgets.desk.exports.records import CommentId, Count, Key, Language, Name, SiteId, Text
from widgets.desk.moderation.sources import is_source
from widgets.rules.text import clean, clean_long
from widgets.store.records import StoreError
from widgets.store.voices import VOICE_ID, VoiceKind

_Time = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
_Moment = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\dT[0-9:.]+(?:Z|[+-]\d\d:\d\d)$")]
_Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d$")]
_VoiceId = Annotated[str, msgspec.Meta(pattern=f"^{VOICE_ID.pattern}$")]


class _Role(msgspec.Struct):
    key: Literal["advocate", "caregiver", "clinician", "editor", "moderator"]
    person: SiteId | None = None


class _Note(msgspec.Struct):
    html: Text
    source: str | None = None
    by: Name = ""

    def __post_init__(self) -> None:
        if self.source and not is_source(self.source):
            raise ValueError("its source is no https address")


class _Comment(msgspec.Struct):
    id: CommentId
    root: CommentId
    html: Text
    created: _Time
    state: Literal["published", "noted", "withdrawn"] = "published"
    pseudonym: Name | None = None
    parent: CommentId | None = None
    role: _Role | None = None
    note: _Note | None = None
    edited: _Time | None = None
    reactions: dict[Key, Count] = {}


class _Thread(msgspec.Struct):
    thread: SiteId
    count: Count = 0
    reactions: dict[Key, Count] = {}
    comments: tuple[_Comment, ...] = ()

    def __post_init__(self) -> None:
        if len({one.id for one in self.comments}) < len(self.comments):
            raise ValueError("two of its comments have one id")


class _Option(msgspec.Struct):
    key: Key
    votes: Count


class _Results(msgspec.Struct):
    voters: Count
    options: tuple[_Option, ...]
    step: Annotated[int, msgspec.Meta(ge=2)] | None = None


class _Poll(msgspec.Struct):
    poll: SiteId
    version: Annotated[int, msgspec.Meta(ge=1)]
    results: _Results | None = None


class _Cell(msgspec.Struct):
    key: Key
    count: Count | None = None
    by: Key | None = None


class _Table(msgspec.Struct):
    question: Key
    by: Key | None
    totals: dict[str, Count | None]
    cells: tuple[_Cell, ...]
    moment: _Moment


class _Survey(msgspec.Struct):
    version: Annotated[int, msgspec.Meta(ge=1)]
    moment: _Moment
    responses: Count | None = None
    tables: tuple[_Table, ...] = ()
    base: Annotated[int, msgspec.Meta(ge=1)] = 5


class _Voice(msgspec.Struct):
    id: _VoiceId
    kind: VoiceKind
    condition: SiteId
    lang: Language
    title: Name
    html: Text
    published: _Day
    pseudonym: Name | None = None
    content_notes: tuple[Name, ...] = ()
    note: _Note | None = None
    accepted: CommentId | None = None
    text: Text | None = None


class _Snapshot(msgspec.Struct, forbid_unknown_fields=True):
    version: Literal[1]
    fetched: _Time
    polls: dict[str, Any] = {}
    threads: dict[str, Any] = {}
    surveys: dict[str, Any] = {}
    voices: dict[str, Any] = {}
    hub: dict[SiteId, Annotated[tuple[str, ...], msgspec.Meta(max_length=3)]] = {}


_PARTS: Final[Mapping[str, Any]] = {
    "polls": _Poll,
    "threads": _Thread,
    "surveys": _Survey | None,
    "voices": _Voice,
}
# By part: the key under which an entry repeats its id.
_NAMES: Final = {"polls": "poll", "threads": "thread", "voices": "id"}


class SnapshotFault(ValueError):
    """What is wrong with one entry, in words."""


def checked(part: str, id_: str, entry: Any) -> Any:
    """`entry` of `part` with its HTML cleaned as the function cleans it. Raises SnapshotFault where it has another shape."""
    try:
        found = msgspec.convert(entry, _PARTS[part])
        msgspec.convert(id_, SiteId)
    except msgspec.ValidationError as error:
        raise SnapshotFault(str(error)) from None
    if part in _NAMES and getattr(found, _NAMES[part]) != id_:
        raise SnapshotFault(f"calls itself {getattr(found, _NAMES[part])}")
    if part == "threads":
        return {**entry, "comments": [_cleaned(one, clean) for one in entry.get("comments", ())]}
    return _cleaned(entry, clean_long) if part == "voices" else entry


def _cleaned(words: Mapping[str, Any], cleaner: Any) -> dict[str, Any]:
    note = words.get("note")
    found = {**words, "html": _kept(words["html"], cleaner(words["html"]))}
    return {**found, "note": {**note, "html": _kept(note["html"], clean(note["html"]))}} if note else found


def _kept(written: str, cleaned: str) -> str:
    """What was written, where cleaning only spells a character in another way."""
    return written if unescape(written) == unescape(cleaned) else cleaned


def demand_snapshot(file: Path) -> None:
    """Raises StoreError with file, line and place of the first entry that no function answers."""
    raw = file.read_bytes()
    try:
        found = msgspec.json.decode(raw, type=_Snapshot)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise StoreError(
            f"{file}: is no snapshot ({error}); delete it, and run `gatherwell results pull`."
        ) from None
    for part in _PARTS:
        for id_, entry in getattr(found, part).items():
            try:
                cleaned = checked(part, id_, entry)
            except SnapshotFault as fault:
                _refuse(file, raw, part, id_, str(fault))
            if cleaned != entry:
                _refuse(
                    file,
                    raw,
                    part,
                    id_,
                    f"HTML that the function does not let through{_where(part, cleaned, entry)}",
                )


def _where(part: str, cleaned: Any, entry: Any) -> str:
    if part != "threads":
        return ""
    pairs = zip(cleaned["comments"], entry["comments"], strict=True)
    return next((f", in comment {old['id']}" for new, old in pairs if new != old), "")


def _refuse(file: Path, raw: bytes, part: str, id_: str, why: str) -> NoReturn:
    at = raw.find(f'"{part}"'.encode())
    at = max(raw.find(json.dumps(id_, ensure_ascii=False).encode(), at), 0)
    line = raw.count(b"\n", 0, at) + 1
    raise StoreError(
        f"{file}: line {line}, {part}, {id_}: {why}. It is not as it was pulled; delete the file, and run "
        "`gatherwell results pull` (of an export: after the import)."
    )
