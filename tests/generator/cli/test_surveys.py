"""`gatherwell surveys export`: raw rows with a warning and an entry in the audit, and never a hash, a receipt or a text."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from generator.cli import main
from tests.widgets.store.test_conformance_surveys import SURVEY, response, text
from widgets.store.desk_records import AuditAsk
from widgets.store.sqlite import SqliteStore


@pytest.fixture
def store(tmp_path: Path) -> Path:
    async def fill() -> None:
        opened = SqliteStore(tmp_path / "store.sqlite")
        for number in range(3):
            await opened.surveys.add(response(number, "a"), None)
        await opened.surveys.add(response(7, "b", version=2), None)
        await opened.surveys.keep_texts([text(1, "own words")])
        await opened.close()

    asyncio.run(fill())
    return tmp_path / "store.sqlite"


def export(store: Path, *more: str) -> int:
    to = str(store.with_name("rows.jsonl"))
    try:
        main(
            [
                "surveys",
                "export",
                SURVEY,
                "--to",
                to,
                "--root",
                str(store.parent),
                "--store",
                f"sqlite:{store}",
                *more,
            ]
        )
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def actions(store: Path) -> list[tuple[str, object]]:
    async def read() -> list[tuple[str, object]]:
        opened = SqliteStore(store)
        entries = await opened.audit(AuditAsk())
        await opened.close()
        return [(entry.action, dict(entry.after)) for entry in entries]

    return asyncio.run(read())


def test_raw_rows_are_written_for_their_owner_alone_after_a_warning(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(store, "--raw") == 0
    told = capsys.readouterr()
    assert "may not be published" in told.err
    assert told.out.endswith("rows.jsonl: 4 responses\n")
    written = store.with_name("rows.jsonl")
    assert written.stat().st_mode & 0o777 == 0o600
    rows = [json.loads(line) for line in written.read_text("utf-8").splitlines()]
    assert {key for row in rows for key in row} == {"survey", "version", "day", "publication", "answers"}
    assert [row["version"] for row in rows] == [1, 1, 1, 2]
    for kept in (response(1, "a").voter, response(1, "a").receipt, "own words"):
        assert kept not in written.read_text("utf-8")
    assert actions(store) == [("export-raw", {"survey": SURVEY, "versions": [1, 2]})]


def test_one_version_alone(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(store, "--raw", "--version", "2") == 0
    assert "1 response\n" in capsys.readouterr().out


def test_without_raw_nothing_is_written(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(store) == 2
    assert "--raw" in capsys.readouterr().err
    assert not store.with_name("rows.jsonl").exists()
    assert actions(store) == []


def test_a_file_that_is_there_stays(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store.with_name("rows.jsonl").write_text("mine", encoding="utf-8")
    assert export(store, "--raw") == 1
    assert "is there already" in capsys.readouterr().err
    assert actions(store) == []


def test_a_folder_that_is_missing_is_told_before_the_audit(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(store, "--raw", "--to", str(store.with_name("missing") / "rows.jsonl")) == 1
    assert "is no folder" in capsys.readouterr().err
    assert actions(store) == []


def test_a_survey_that_nobody_answered_is_refused_in_words(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = str(tmp_path / "rows.jsonl")
    with pytest.raises(SystemExit):
        main(
            [
                "surveys",
                "export",
                "ms~other",
                "--raw",
                "--to",
                to,
                "--store",
                f"sqlite:{store}",
                "--root",
                str(tmp_path),
            ]
        )
    assert "no response to a survey 'ms~other'" in capsys.readouterr().err
