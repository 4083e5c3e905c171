"""Simulated words of members, ``content/_simulated.yaml``: what a demonstration shows where nobody has told or asked anything.

Nothing in it was written by a member, so that it may lie in git; it is read in a demonstration alone, and every page that it
makes says so.
"""

from __future__ import annotations

import re
from typing import Annotated

import msgspec

from generator.content.front_matter.parse import decode
from generator.content.front_matter.schema import TEXT
from generator.content.snapshot import CommentAnswer, Role, Snapshot, ThreadAnswer, VoiceAnswer
from generator.content.voice_text import clean_voice, is_day, is_voice_id
from generator.disk.content_tree import CONTENT_DIR
from generator.ground.errors import Problem
from generator.ground.model import Struct
from generator.schema.convert import Reader
from generator.schema.yaml_source import as_mapping, parse_yaml

SIMULATED = f"{CONTENT_DIR}/_simulated.yaml"
_KEY = re.compile(rb"(?m)^([a-z]{8}):")


class Answer(Struct):
    """An answer to a question: *created* is an RFC 3339 time, *role* and *person* those of staff."""

    id: str
    html: Annotated[str, TEXT]
    created: str
    name: Annotated[str, TEXT]
    role: str = ""
    person: str = ""


class Entry(Struct):
    """A story or a question, as the function would give it."""

    kind: str
    condition: str
    lang: str
    title: Annotated[str, TEXT]
    html: Annotated[str, TEXT]
    published: str
    name: str = ""
    content_notes: tuple[str, ...] = ()
    accepted: str = ""
    answers: tuple[Answer, ...] = ()


def parse_simulated(raw: bytes, *, demonstration: bool) -> tuple[dict[str, Entry], list[Problem]]:
    """The entries by their ids of eight letters, and everything that is wrong with the file."""
    mapped = parse_yaml(decode(raw, SIMULATED), SIMULATED)
    reader = Reader(mapped, SIMULATED)
    found: dict[str, Entry] = {}
    for id_, value in as_mapping(mapped, SIMULATED).items():
        entry = reader.struct(value, Entry, (id_,))
        if not is_voice_id(str(id_)):
            reader.refuse((id_,), f"'{id_}' must be eight letters of bcdfghjkmnpqrstvwxz", of_key=True)
        elif entry is not None and entry.kind not in ("story", "question"):
            reader.refuse((id_, "kind"), f"'{entry.kind}' must be story or question")
        elif entry is not None and not is_day(entry.published):
            reader.refuse((id_, "published"), f"'{entry.published}' must be a day, such as 2026-03-02")
        elif entry is not None:
            found[id_] = entry
    if found and not demonstration:
        hint = "take the file out; what members tell comes by `gatherwell results pull`"
        message = (
            "simulated words of members may stand on pages of a demonstration alone (`demonstration: true`)"
        )
        reader.refuse((), message, hint)
    return found, reader.problems


def simulated_ids(raw: bytes) -> frozenset[str]:
    """The ids that the file names, also where something is wrong with it."""
    return frozenset(key.decode() for key in _KEY.findall(raw))


def with_simulated(snapshot: Snapshot, raw: bytes, *, demonstration: bool) -> Snapshot:
    """The snapshot with what the file adds; without it where anything is wrong, which `parse_data_files` tells."""
    entries, problems = parse_simulated(raw, demonstration=demonstration) if raw else ({}, [])
    if problems or not entries:
        return snapshot
    voices = {id_: _voice(id_, entry) for id_, entry in entries.items()}
    threads = {
        f"{entry.condition}~{id_}": _thread(f"{entry.condition}~{id_}", entry)
        for id_, entry in entries.items()
        if entry.kind == "question"
    }
    return msgspec.structs.replace(
        snapshot, voices=voices | snapshot.voices, threads=threads | snapshot.threads
    )


def _voice(id_: str, entry: Entry) -> VoiceAnswer:
    """Never shared: no feed, sitemap or search engine tells of what nobody wrote."""
    return VoiceAnswer(
        id=id_,
        kind=entry.kind,
        condition=entry.condition,
        lang=entry.lang,
        title=entry.title,
        html=entry.html,
        published=entry.published,
        pseudonym=entry.name or None,
        content_notes=entry.content_notes,
        accepted=entry.accepted or None,
        simulated=True,
    )


def _thread(id_: str, entry: Entry) -> ThreadAnswer:
    comments = tuple(
        CommentAnswer(
            one.id,
            clean_voice(one.html),
            one.created,
            one.name,
            role=Role(one.role, one.person or None) if one.role else None,
        )
        for one in entry.answers
    )
    return ThreadAnswer(id_, len(comments), comments=comments)
