"""Owns the way of an export into a store: conversations with their ids, and counts under hashes that no device makes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from pathlib import Path
from typing import Final

import msgspec

from widgets.desk.exports.reading import demand_sound, read_records
from widgets.desk.exports.records import (
    CommentRecord,
    PollRecord,
    ReactionRecord,
    SurveyRecord,
    VoiceRecord,
)
from widgets.desk.exports.together import Write, write_together
from widgets.desk.imports.old_names import PREFIX
from widgets.desk.moderation.sources import is_source
from widgets.function.text.voice_names import keep_name
from widgets.rules.names import skeleton_of
from widgets.rules.text import clean, render, render_long
from widgets.store.desk_records import DeskRow
from widgets.store.interface import IMPORT_BATCH, Store
from widgets.store.publications import Rounding
from widgets.store.records import Comment, Conflict, Gone, Mark, MarkChange, Note, StoreError, Tally, Vote
from widgets.store.surveys import Fixed
from widgets.store.voices import Voice, Words

IMPORTED: Final = "imported"
COUNTED: Final = "imported-counts"  # kind of rows: which counts, stories and questions were carried, so that none comes twice
_DAY: Final = "1970-01-01"  # of rows that stand for counts: no day of anybody


@dataclass(slots=True)
class Restored:
    """How much of each kind was stored, and how much was there already."""

    stored: dict[str, int] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, new: bool) -> None:
        counts = self.stored if new else self.known
        counts[kind] = counts.get(kind, 0) + 1


async def restore_contributions(store: Store, folder: Path) -> Restored:
    """Store what an export holds; a second time changes nothing, an interrupted one goes on. Raises StoreError."""
    demand_sound(folder)  # a damaged file is refused before anything is stored
    restored = Restored()
    await _comments(store, folder, restored)
    for poll in read_records(folder, PollRecord):
        restored.add("polls", await _poll(store, poll))
    for reaction in read_records(folder, ReactionRecord):
        restored.add("reactions", await _reactions(store, reaction))
    for survey in read_records(folder, SurveyRecord):
        restored.add("surveys", await _survey(store, survey))
    for voice in read_records(folder, VoiceRecord):
        restored.add("voices", await _voice(store, voice))
    return restored


def _hash(*parts: str) -> str:
    return PREFIX + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:23]


# --- comments --------------------------------------------------------------------------------------------


async def _comments(store: Store, folder: Path, restored: Restored) -> None:
    known = {id_ for row in await store.desk_rows(IMPORTED) for id_ in row.value["comments"].values()}
    batch: list[Comment] = []
    for record in read_records(folder, CommentRecord):
        if record.id in known or await store.comment(record.id) is not None:
            restored.add("comments", False)
            continue
        batch.append(_comment(record))
        restored.add("comments", True)
        if len(batch) == IMPORT_BATCH:
            await _keep(store, batch)
            batch = []
    if batch:
        await _keep(store, batch)
    for record in read_records(folder, CommentRecord):
        await _comment_reactions(store, record)


async def _keep(store: Store, batch: list[Comment]) -> None:
    await store.import_comments(
        batch, DeskRow(IMPORTED, batch[0].id, {"comments": {one.id: one.id for one in batch}})
    )


def _comment(record: CommentRecord) -> Comment:
    author = _hash("export", record.condition, record.pseudonym, record.role or "") if record.who else ""
    skeleton = f"@{author}" if record.role else skeleton_of(record.pseudonym) if record.pseudonym else ""
    return Comment(
        id=record.id,
        thread=record.thread,
        condition=record.condition,
        root=record.root,
        parent=record.parent,
        author=author,
        pseudonym=record.pseudonym,
        skeleton=skeleton,
        text=record.text,
        html=render(record.text) if record.text else "",
        lang=record.lang,
        state=record.state,
        created=record.created,
        held=record.held,
        edited=record.edited,
        urgency=record.urgency,
        queued=record.queued,
        role=record.role,
        person=record.person,
        note=_note(record.note),
        reason=record.reason,
        decided=record.decided,
        flags=record.flags,
    )


def _note(note: Mapping[str, str | None] | None) -> Note | None:
    """The one HTML that an export holds: folders are edited by hand, so it is cleaned as if a stranger had written it. What the
    desk wrote keeps its bytes, though cleaning spells an apostrophe in another way."""
    if note is None:
        return None
    html, source = note.get("html") or "", note.get("source")
    cleaned = clean(html)
    same = unescape(cleaned) == unescape(html)
    return Note(
        html if same else cleaned, source if source and is_source(source) else None, note.get("by") or ""
    )


async def _comment_reactions(store: Store, record: CommentRecord) -> None:
    with suppress(Gone):
        await write_together(_marking(store, record.thread, record.id, record.reactions))


def _marking(store: Store, thread: str, target: str, counts: Mapping[str, int]) -> Iterator[Write]:
    """One reaction of nobody for each that was counted; *target* is a comment, or empty for the page itself."""
    for key, number in counts.items():
        for person in range(number):
            who = _hash("reaction", target or thread, key, str(person))
            yield partial(
                store.mark, MarkChange("reaction", thread, who, Mark(target, key), True, _DAY), None
            )


# --- counts ----------------------------------------------------------------------------------------------


async def _begun(store: Store, id_: str, empty: bool) -> bool:
    """Whether these counts are to be carried: they were begun by an import, or nothing is counted here yet."""
    row = await store.desk_row(COUNTED, id_)
    if row is not None:
        return not row.value["done"]
    if not empty:
        raise StoreError(f"{id_.replace('/', ' ')} has counts here already: import into an empty store.")
    await store.keep_desk_row(DeskRow(COUNTED, id_, {"done": False}))
    return True


async def _done(store: Store, id_: str) -> None:
    row = await store.desk_row(COUNTED, id_)
    await store.keep_desk_row(DeskRow(COUNTED, id_, {"done": True}, revision=row.revision if row else 0))


async def _poll(store: Store, record: PollRecord) -> bool:
    id_ = f"poll/{record.poll}/{record.version}"
    if not await _begun(store, id_, (await store.tally(record.poll, record.version)).voters == 0):
        return False
    await write_together(_voting(store, record))
    if record.published_at is not None:
        shown = _As(1, {}, Tally(record.published_voters, record.published_votes))
        await store.publish(record.poll, record.version, record.published_at, shown)
    await _done(store, id_)
    return True


def _voting(store: Store, record: PollRecord) -> Iterator[Write]:
    for number, choices in enumerate(ballots(record.voters, record.votes)):
        voter = _hash("vote", record.poll, str(record.version), str(number))
        yield partial(store.cast, Vote(record.poll, record.version, voter, choices, _DAY), None)


def ballots(voters: int, votes: Mapping[str, int]) -> list[tuple[str, ...]]:
    """Ballots that make this tally: nobody's, since who chose what together is not known. Dealt like cards, option by option,
    so that none is empty and none names an option twice."""
    counts = dict(votes)
    total = sum(counts.values())
    if any(n > voters or n < 0 for n in counts.values()) or total < voters:
        raise StoreError("An export holds a tally that no votes could make.")
    dealt: list[list[str]] = [[] for _ in range(voters)]
    place = 0
    for option, number in sorted(counts.items()):
        for _ in range(number):
            dealt[place % voters].append(option)
            place += 1
    return [tuple(one) for one in dealt]


@dataclass(frozen=True, slots=True)
class _As(Rounding):
    """What was published once is shown again, and not made anew from a tally."""

    fixed: Tally = field(default_factory=Tally)

    def shown(self, tally: Tally) -> Tally:
        return self.fixed


async def _reactions(store: Store, record: ReactionRecord) -> bool:
    id_ = f"reactions/{record.thread}"
    counted = (await store.mark_counts("reaction", [record.thread])).get(record.thread, {})
    if not await _begun(store, id_, not any(counted.values())):
        return False
    await write_together(_marking(store, record.thread, "", record.reactions))
    await _done(store, id_)
    return True


async def _survey(store: Store, record: SurveyRecord) -> bool:
    """Results as they were published. The version ends with that: its rows stayed behind, so nothing may be made of them."""
    if (await store.surveys.head(record.survey, record.version)).results is not None:
        return False
    results = msgspec.json.encode(record.results).decode()
    await store.surveys.publish(
        record.survey, record.version, record.moment, lambda *_: Fixed(results, counted=False)
    )
    await store.surveys.end(record.survey, record.version)
    return True


# --- stories and questions -------------------------------------------------------------------------------


async def _voice(store: Store, record: VoiceRecord) -> bool:
    """As it was published. What was erased after an earlier import stays erased: the row that says it came stays."""
    id_ = f"voice/{record.id}"
    if await store.desk_row(COUNTED, id_) is None and await store.voices.voice(record.id) is not None:
        return False
    if not await _begun(store, id_, empty=True):
        return False
    voice = _kept_voice(record)
    with suppress(Conflict):  # an import that was interrupted had stored it
        await store.voices.add(voice, None)
    if voice.pseudonym:
        with suppress(Conflict):  # somebody has it here already
            await keep_name(store, voice, skeleton_of(voice.pseudonym))
    await _done(store, id_)
    return True


def _kept_voice(record: VoiceRecord) -> Voice:
    """Each has an author and a receipt of its own that no device makes: nothing tells whether two are of one writer."""
    words = Words(record.title, record.text)
    return Voice(
        id=record.id,
        kind=record.kind,
        condition=record.condition,
        author=_hash("voice", record.id),
        receipt=_hash("voice-receipt", record.id),
        lang=record.lang,
        pseudonym=record.pseudonym,
        written=words,
        created=record.created,
        consents=record.consents,
        carer=record.carer,
        state="published",
        shown=words,
        html=render_long(record.text),
        published=record.published,
        content_notes=record.content_notes,
        note=_note(record.note),
        accepted=record.accepted,
    )
