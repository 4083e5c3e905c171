"""The snapshot: public tallies, published comments and results of surveys as a build input, ``.gatherwell/private/snapshot.json``.

``.gatherwell/private/`` holds members' words and is left out of every cache that travels between machines.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec

from generator.content.surveys.results import SurveyResults
from generator.ground.conflicts import refuse_conflicts
from generator.ground.errors import ContentError
from generator.ground.project import STATE_DIR

PRIVATE = f"{STATE_DIR}/private"
SNAPSHOT = f"{PRIVATE}/snapshot.json"
PULLED = f"{PRIVATE}/pull"  # the pages it was made of
EARLIER = f"{STATE_DIR}/snapshot.json"  # where earlier versions wrote it


class TallyOption(msgspec.Struct, frozen=True):
    key: str
    votes: int


class Results(msgspec.Struct, frozen=True):
    """Votes of a poll; *step* is 11 where numbers are published in steps only, None where they are exact."""

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


class VoiceNote(msgspec.Struct, frozen=True):
    html: str
    source: str | None = None
    by: str = ""


class VoiceAnswer(msgspec.Struct, frozen=True):
    """A published story or question of a member; *html* was cleaned by the function, and is cleaned again here.

    *simulated*: nobody wrote it, it stands in a demonstration.
    """

    id: str
    kind: str
    condition: str
    lang: str
    title: str
    html: str
    published: str
    pseudonym: str | None = None
    share: bool = False
    archive: bool = False
    carer: bool = False
    content_notes: tuple[str, ...] = ()
    note: VoiceNote | None = None
    accepted: str | None = None
    text: str | None = None
    simulated: bool = False


class Snapshot(msgspec.Struct, frozen=True):
    """Responses of the function, by poll, by thread and by survey, and what members told and asked; *fetched* is an RFC 3339 time, empty without a snapshot.

    *hub* names, by condition, the comments and threads that the function chose for its hub, at most three.
    """

    fetched: str = ""
    polls: dict[str, PollAnswer] = {}
    threads: dict[str, ThreadAnswer] = {}
    hub: dict[str, tuple[str, ...]] = {}
    surveys: dict[str, SurveyResults | None] = {}
    voices: dict[str, VoiceAnswer] = {}


def purge_private(root: Path) -> None:
    """Delete members' words that no snapshot has any more: pages of one that is gone, and one of an earlier version
    beside a newer one. Raises OSError."""
    if (root / SNAPSHOT).is_file():
        (root / EARLIER).unlink(missing_ok=True)
    elif (root / PULLED).is_dir():
        shutil.rmtree(root / PULLED)


def read_snapshot(root: Path) -> tuple[Snapshot, bytes]:
    """The snapshot and its bytes; an empty one where there is no file. Raises ContentError on a damaged file."""
    path = SNAPSHOT if (root / SNAPSHOT).exists() else EARLIER
    try:
        raw = (root / path).read_bytes()
    except FileNotFoundError:
        return Snapshot(), b""
    except OSError as error:
        raise ContentError(f"cannot be read ({error.strerror})", path) from None
    try:
        return msgspec.json.decode(raw, type=Snapshot), raw
    except (msgspec.MsgspecError, ValueError) as error:
        refuse_conflicts(raw.decode("utf-8", "replace"), path)
        hint = "run `gatherwell results pull` again, or delete the file"
        raise ContentError(f"is not a snapshot ({error})", path, hint=hint) from None
