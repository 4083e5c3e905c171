"""The snapshot as it lies on the disk: pulled, not pulled, damaged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.content.snapshot import (
    EARLIER,
    PULLED,
    SNAPSHOT,
    CommentAnswer,
    Note,
    PollAnswer,
    Results,
    Role,
    Snapshot,
    TallyOption,
    ThreadAnswer,
    purge_private,
    read_snapshot,
)
from generator.content.surveys.results import ResultCell, ResultTable, SurveyResults
from generator.ground.errors import ContentError

WHOLE: dict[str, Any] = {
    "fetched": "2026-06-01T12:00:00Z",
    "polls": {
        "ms~weather": {
            "poll": "ms~weather",
            "version": 2,
            "results": {"voters": 11, "options": [{"key": "a", "votes": 11}], "step": 11},
            "unheard-of": 1,
        },
        "ms~later": {"poll": "ms~later", "version": 1, "results": None},
    },
    "threads": {
        "ms~a": {
            "thread": "ms~a",
            "count": 2,
            "reactions": {"me-too": 3},
            "comments": [
                {
                    "id": "c1",
                    "html": "<p>Hello</p>",
                    "created": "2026-05-01T10:00:00Z",
                    "pseudonym": "Ana",
                    "state": "noted",
                    "role": {"key": "clinician", "person": "ana"},
                    "note": {"html": "<p>Note</p>"},
                    "edited": "2026-05-02T10:00:00Z",
                    "reactions": {"helpful": 1},
                },
                {"id": "c2", "html": "", "created": "2026-05-03T10:00:00Z", "parent": "c1", "root": "c1"},
            ],
        },
        "ms~b": {"thread": "ms~b"},
    },
    "surveys": {
        "ms~day": {
            "version": 1,
            "moment": "2026-05-01T00:00:00Z",
            "final": True,
            "responses": None,
            "tables": [
                {
                    "question": "stage",
                    "by": None,
                    "totals": {"": 45},
                    "cells": [{"key": "new", "count": 20, "by": None}, {"key": "old", "count": None}],
                    "moment": "2026-05-01T00:00:00Z",
                }
            ],
            "tried": None,
        },
        "ms~later": None,
    },
}


def write(root: Path, text: str) -> bytes:
    raw = text.encode()
    (root / ".gatherwell" / "private").mkdir(parents=True)
    (root / ".gatherwell" / "private" / "snapshot.json").write_bytes(raw)
    return raw


def test_what_was_pulled_is_read_whole(tmp_path: Path) -> None:
    raw = write(tmp_path, json.dumps(WHOLE))
    first = CommentAnswer(
        "c1",
        "<p>Hello</p>",
        "2026-05-01T10:00:00Z",
        pseudonym="Ana",
        state="noted",
        role=Role("clinician", "ana"),
        note=Note("<p>Note</p>"),
        edited="2026-05-02T10:00:00Z",
        reactions={"helpful": 1},
    )
    second = CommentAnswer("c2", "", "2026-05-03T10:00:00Z", parent="c1", root="c1")
    moment = "2026-05-01T00:00:00Z"
    cells = (ResultCell("new", 20), ResultCell("old", None))
    expected = Snapshot(
        "2026-06-01T12:00:00Z",
        {
            "ms~weather": PollAnswer("ms~weather", 2, Results(11, (TallyOption("a", 11),), 11)),
            "ms~later": PollAnswer("ms~later", 1),
        },
        {"ms~a": ThreadAnswer("ms~a", 2, {"me-too": 3}, (first, second)), "ms~b": ThreadAnswer("ms~b")},
        surveys={
            "ms~day": SurveyResults(
                1, moment, True, None, (ResultTable("stage", None, {"": 45}, cells, moment),)
            ),
            "ms~later": None,
        },
    )
    assert read_snapshot(tmp_path) == (expected, raw)


def test_a_comment_is_published_unless_the_snapshot_says_otherwise() -> None:
    comment = CommentAnswer("c", "", "2026-05-01T10:00:00Z")
    assert (comment.state, comment.role, comment.note, comment.edited) == ("published", None, None, None)
    assert (comment.reactions, ThreadAnswer("t").count, Results(0, ()).step) == ({}, 0, None)


def test_without_a_pull_there_is_nothing(tmp_path: Path) -> None:
    assert read_snapshot(tmp_path) == (Snapshot("", {}, {}), b"")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"polls": []}',
        '{"polls": {"a": {}}}',
        '{"threads": {"a": {"thread": 1}}}',
        '{"fetched": 1}',
        '{"surveys": {"a": {"version": "1"}}}',
    ],
)
def test_damaged_snapshot_is_told_with_a_remedy(tmp_path: Path, text: str) -> None:
    write(tmp_path, text)
    with pytest.raises(ContentError, match="is not a snapshot") as raised:
        read_snapshot(tmp_path)
    assert raised.value.source_path == ".gatherwell/private/snapshot.json"
    assert raised.value.hint == "run `gatherwell results pull` again, or delete the file"


def test_snapshot_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / ".gatherwell" / "private" / "snapshot.json").mkdir(parents=True)
    with pytest.raises(ContentError, match="cannot be read"):
        read_snapshot(tmp_path)


def test_one_of_an_earlier_version_is_read_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / ".gatherwell").mkdir()
    (tmp_path / EARLIER).write_text(json.dumps(WHOLE), encoding="utf-8")
    assert read_snapshot(tmp_path)[0].fetched == "2026-06-01T12:00:00Z"


def test_words_that_no_snapshot_has_any_more_are_purged(tmp_path: Path) -> None:
    write(tmp_path, json.dumps(WHOLE))
    (tmp_path / EARLIER).write_text("{}", encoding="utf-8")
    (tmp_path / PULLED).mkdir()
    (tmp_path / PULLED / "0.json").write_text("{}", encoding="utf-8")
    purge_private(tmp_path)
    assert not (tmp_path / EARLIER).exists()
    assert (tmp_path / PULLED / "0.json").exists()
    (tmp_path / SNAPSHOT).unlink()
    purge_private(tmp_path)
    assert not (tmp_path / PULLED).exists()
