"""Owns what of a store goes into an export: everything public and what waits, without a hash of anybody."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from widgets.contract.manifest import Manifest
from widgets.desk.exports.private_files import private_file
from widgets.desk.exports.records import (
    FILES,
    CommentRecord,
    PollRecord,
    ReactionRecord,
    SurveyRecord,
    VoiceRecord,
    schema,
)
from widgets.store.interface import Store
from widgets.store.records import Comment, Note, PageAsk
from widgets.store.voices import Voice

_QUEUE: Final = 200


@dataclass(slots=True)
class Written:
    """How many lines each file has."""

    lines: dict[str, int] = field(default_factory=dict)


async def write_contributions(store: Store, manifests: Sequence[Manifest], folder: Path) -> Written:
    """Write every file of `FILES` and its schema into `folder`, readable by their owner alone."""
    written = Written()
    makers = {
        "comments.jsonl": _comments(store, manifests),
        "polls.jsonl": _polls(store, manifests),
        "reactions.jsonl": _reactions(store, manifests),
        "surveys.jsonl": _surveys(store),
        "voices.jsonl": _voices(store),
    }
    for name, record in FILES.items():
        stem = name.removesuffix(".jsonl")
        _write(
            folder / "schemas" / f"{stem}.schema.json",
            msgspec.json.format(msgspec.json.encode(schema(record))) + b"\n",
        )
        count = 0
        with private_file(folder / name) as stream:
            async for line in makers[name]:
                stream.write(msgspec.json.encode(line) + b"\n")
                count += 1
        written.lines[stem] = count
    return written


def _write(path: Path, content: bytes) -> None:
    with private_file(path) as stream:
        stream.write(content)


async def _comments(store: Store, manifests: Sequence[Manifest]) -> AsyncIterator[CommentRecord]:
    """Conversations of every thread, with what waits in them; rejected comments are not carried, they are deleted soon."""
    who: dict[tuple[str, str], str] = {}
    numbers = itertools.count(1)
    seen: set[str] = set()
    async for thread, root in _conversations(store, manifests):
        if root in seen:
            continue
        seen.add(root)
        for comment in _parents_first(await store.conversation(thread, root)):
            key = (comment.condition, comment.author)
            if key not in who:
                who[key] = f"{next(numbers)}"
            yield _record(comment, who[key] if comment.author else "")


async def _conversations(store: Store, manifests: Sequence[Manifest]) -> AsyncIterator[tuple[str, str]]:
    threads = dict.fromkeys(
        id_
        for manifest in manifests
        for id_ in (*sorted(manifest.threads), *sorted(manifest.retired.threads))
    )
    for thread in threads:
        ask = PageAsk(thread, "oldest")
        while True:
            page = await store.page(ask)
            for root in dict.fromkeys(comment.root for comment in page.comments):
                yield thread, root
            if page.next is None:
                break
            ask = PageAsk(thread, "oldest", page.next)
    after: str | None = None
    while queued := await store.queue(_QUEUE, after):
        for _, comment in queued:
            yield comment.thread, comment.root
        after = queued[-1][0]


def _parents_first(conversation: Sequence[Comment]) -> list[Comment]:
    """By id, which is by time; what was rejected goes where nothing answers it, else it stays as a removed one."""
    rows = sorted(conversation, key=lambda one: (one.id != one.root, one.id))
    answered = {one.parent for one in rows}
    return [one for one in rows if one.state != "rejected" or one.id in answered]


def _record(comment: Comment, who: str) -> CommentRecord:
    gone = comment.state in ("rejected", "withdrawn")
    return CommentRecord(
        id=comment.id,
        thread=comment.thread,
        condition=comment.condition,
        root=comment.root,
        who="" if gone else who,
        pseudonym="" if gone else comment.pseudonym,
        text="" if gone else comment.text,
        lang=comment.lang,
        state="withdrawn" if gone else comment.state,
        created=comment.created,
        parent=comment.parent,
        edited=None if gone else comment.edited,
        held=() if gone else comment.held,
        urgency=0 if gone else comment.urgency,
        queued=comment.queued and not gone,
        role=None if gone else comment.role,  # type: ignore[arg-type]
        person=None if gone else comment.person,
        note=None if gone else _note(comment.note),
        reason=None if gone else comment.reason,
        decided=None if gone else comment.decided,
        reactions={} if gone else {key: n for key, n in comment.reactions.items() if n},
        flags={} if gone else dict(comment.flags),
    )


def _note(note: Note | None) -> dict[str, str | None] | None:
    return {"html": note.html, "source": note.source, "by": note.by} if note else None


async def _polls(store: Store, manifests: Sequence[Manifest]) -> AsyncIterator[PollRecord]:
    asked = {(id_, poll.version) for manifest in manifests for id_, poll in manifest.polls.items()}
    asked |= {(poll.id, poll.version) for manifest in manifests for poll in manifest.retired.polls}
    for id_, version in sorted(asked):
        tally, published = await store.tally(id_, version), await store.published(id_, version)
        if published is not None:
            shown = published.tally
            yield PollRecord(
                id_,
                version,
                tally.voters,
                dict(tally.votes),
                published.moment,
                shown.voters,
                dict(shown.votes),
            )
        elif tally.voters:
            yield PollRecord(id_, version, tally.voters, dict(tally.votes))


async def _reactions(store: Store, manifests: Sequence[Manifest]) -> AsyncIterator[ReactionRecord]:
    threads = sorted(
        {id_ for manifest in manifests for id_ in (*manifest.threads, *manifest.retired.threads)}
    )
    counts = await store.mark_counts("reaction", threads)
    for thread in threads:
        if found := {key: n for key, n in counts.get(thread, {}).items() if n > 0}:
            yield ReactionRecord(thread, found)


async def _surveys(store: Store) -> AsyncIterator[SurveyRecord]:
    for head in sorted(await store.surveys.heads(), key=lambda one: (one.survey, one.version)):
        if head.results is not None and head.moment is not None:
            yield SurveyRecord(head.survey, head.version, msgspec.json.decode(head.results), head.moment)


async def _voices(store: Store) -> AsyncIterator[VoiceRecord]:
    """What is published. What waits, and what desk and writer wrote to each other, belongs to people who could never again
    take it back."""
    for voice in sorted(await store.voices.listed(("published",)), key=lambda one: (one.created, one.id)):
        yield _voice_record(voice)


def _voice_record(voice: Voice) -> VoiceRecord:
    shown = voice.shown or voice.written
    return VoiceRecord(
        id=voice.id,
        kind=voice.kind,
        condition=voice.condition,
        lang=voice.lang,
        title=shown.title,
        text=shown.text,
        created=voice.created,
        published=voice.published,
        consents=voice.consents,  # type: ignore[arg-type]
        pseudonym=voice.pseudonym,
        carer=voice.carer,
        content_notes=voice.content_notes,
        note=_note(voice.note),
        accepted=voice.accepted,
    )
