"""Public tallies and published comments as a build input: ``.gatherwell/snapshot.json``."""

from __future__ import annotations

from pathlib import Path

import msgspec

from generator.errors import ContentError

SNAPSHOT = ".gatherwell/snapshot.json"


class TallyOption(msgspec.Struct, frozen=True):
    key: str
    votes: int


class Results(msgspec.Struct, frozen=True):
    """*step* is 11 where numbers are published in steps only."""

    voters: int
    options: tuple[TallyOption, ...]
    step: int | None = None


class PollAnswer(msgspec.Struct, frozen=True):
    poll: str
    version: int
    results: Results | None = None


class Role(msgspec.Struct, frozen=True):
    key: str
    person: str | None = None


class Note(msgspec.Struct, frozen=True):
    html: str


class CommentAnswer(msgspec.Struct, frozen=True):
    id: str
    html: str
    created: str
    pseudonym: str | None = None
    parent: str | None = None
    root: str | None = None
    state: str = "published"
    role: Role | None = None
    note: Note | None = None
    edited: str | None = None
    reactions: dict[str, int] = {}


class ThreadAnswer(msgspec.Struct, frozen=True):
    thread: str
    count: int = 0
    reactions: dict[str, int] = {}
    comments: tuple[CommentAnswer, ...] = ()


class Snapshot(msgspec.Struct, frozen=True):
    """Answers of the function as it gave them, by poll and by thread; *fetched* is RFC 3339."""

    fetched: str = ""
    polls: dict[str, PollAnswer] = {}
    threads: dict[str, ThreadAnswer] = {}


def read_snapshot(root: Path) -> tuple[Snapshot, bytes]:
    """The snapshot and its bytes; an empty one where none was pulled. Raises ContentError on a damaged file."""
    try:
        raw = (root / SNAPSHOT).read_bytes()
    except FileNotFoundError:
        return Snapshot(), b""
    except OSError as error:
        raise ContentError(f"cannot be read ({error.strerror})", SNAPSHOT) from None
    try:
        return msgspec.json.decode(raw, type=Snapshot), raw
    except (msgspec.MsgspecError, ValueError) as error:
        hint = "run `gatherwell results pull` again, or delete the file"
        raise ContentError(f"is not a snapshot ({error})", SNAPSHOT, hint=hint) from None
