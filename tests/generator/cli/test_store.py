"""Commands on the function's store: each but `serve` refuses what is not there, or is not ours."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.cli.desk import command as desk
from generator.cli.function import command as function
from widgets.adapters.environment import read_or_make_secret
from widgets.store.desk_records import DeskRow
from widgets.store.sqlite import SqliteLedger, SqliteStore

ARGUMENTS = {
    "name": "Mo Ray",
    "role": "moderator",
    "staff": "mo",
    "comment": "01k5q3w8r0c4v7n2x9h6j5t1ma",
    "text": "words",
    "source": "https://example.org",
    "by": "lee",
    "target": "copy.sqlite",
    "copy": "gatherwell.yaml",
    "condition": "migraine",
    "file": "gatherwell.yaml",
}


def commands() -> Iterator[list[str]]:
    """Every command with --store, with arguments that pass its own checks."""
    for group in (desk, function):
        for name, command in group.commands.items():
            if not any(parameter.name == "store" for parameter in command.params) or name == "serve":
                continue
            line = [str(group.name), name]
            for parameter in command.params:
                if parameter.required and isinstance(parameter, click.Argument):
                    line.append(ARGUMENTS[str(parameter.name)])
                elif parameter.required:
                    line += [parameter.opts[0], ARGUMENTS[str(parameter.name)]]
            yield line


COMMANDS = list(commands())
IDS = [" ".join(line[:2]) for line in COMMANDS]


def refusal(line: list[str], place: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    line = [str(root / word) if word in ("copy.sqlite", "gatherwell.yaml") else word for word in line]
    with pytest.raises(SystemExit) as ended:
        main([*line, "--root", str(root), "--store", f"sqlite:{place}"])
    assert ended.value.code == 1
    return capsys.readouterr().err


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "gatherwell.yaml").write_text("title: T\nbase_url: https://ours.health\n", encoding="utf-8")
    return tmp_path


def test_the_list_holds_the_commands_that_lost_or_hid_a_store() -> None:
    assert {"desk queue", "desk invite", "function backup", "function check", "function restore"} <= set(IDS)


@pytest.mark.parametrize("line", COMMANDS, ids=IDS)
def test_a_store_that_is_absent_is_refused_and_not_made(
    line: list[str], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refusal(line, root / "typo.sqlite", root, capsys)
    assert "There is no store at" in said or line[1] == "restore"
    assert not list(root.glob("typo.sqlite*"))


@pytest.mark.parametrize("line", COMMANDS, ids=IDS)
def test_a_database_of_somebody_else_is_refused_and_not_changed(
    line: list[str], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = root / "photos.sqlite"
    with sqlite3.connect(place) as other:
        other.execute("CREATE TABLE photos (name TEXT)")
    other.close()
    before = place.read_bytes()
    said = refusal(line, place, root, capsys)
    assert "not a store of Gatherwell" in said or line[1] == "restore"
    assert place.read_bytes() == before


@pytest.mark.parametrize("line", [["desk", "queue"], ["function", "backup", "--to", "copy.sqlite"]])
def test_the_preview_store_is_named_where_it_lies_beside(
    line: list[str], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    preview = root / "preview-function.sqlite"
    asyncio.run(SqliteStore(preview).close())
    said = refusal(line, root / "function.sqlite", root, capsys)
    assert f"--store sqlite:{preview}" in said.replace("\n", "")


def test_a_backup_leaves_a_file_that_is_no_store(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(SqliteStore(root / "store.sqlite").close())
    before = read_or_make_secret(root / "function.secret")
    line = ["function", "backup", "--to", str(root / "function.secret")]
    assert "name another place for the copy" in refusal(line, root / "store.sqlite", root, capsys)
    assert read_or_make_secret(root / "function.secret") == before


def test_a_backup_replaces_an_earlier_one(root: Path) -> None:
    asyncio.run(SqliteStore(root / "store.sqlite").close())
    line = ["backup", "--root", str(root), "--store", f"sqlite:{root}/store.sqlite", "--to", f"{root}/copy"]
    assert [CliRunner().invoke(function, line).exit_code for _ in range(2)] == [0, 0]


def test_a_restore_without_a_log_names_both_ways_on(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(SqliteStore(root / "store.sqlite").close())
    said = refusal(
        ["function", "restore", "--from", str(root / "store.sqlite")], root / "new.sqlite", root, capsys
    )
    assert "--erasures" in said
    assert "--without-erasures" in said


def test_a_secret_file_that_holds_something_else_is_named(root: Path) -> None:
    (root / "function.secret").write_bytes(b"SQLite format 3\0\x93\xff")
    with pytest.raises(ValueError, match=r"function\.secret is no secret file"):
        read_or_make_secret(root / "function.secret")


def test_the_ledger_is_no_store(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    SqliteLedger(root / "store.sqlite-ledger")
    said = refusal(["desk", "queue"], root / "store.sqlite-ledger", root, capsys)
    assert "not a store of Gatherwell" in said


@pytest.fixture
def secret(root: Path) -> Path:
    async def made() -> None:
        store = SqliteStore(root / "store.sqlite")
        await store.keep_desk_row(DeskRow("session", "s", {"staff": "mo"}, 2_000_000_000))
        await store.keep_desk_row(DeskRow("staff", "mo", {"name": "Mo"}))
        await store.close()

    asyncio.run(made())
    return root / "secret"


def rotated(root: Path, secret: Path, *more: str, answer: str = "") -> Result:
    line = [
        "rotate",
        "--root",
        str(root),
        "--store",
        f"sqlite:{root}/store.sqlite",
        "--secret-file",
        str(secret),
    ]
    return CliRunner().invoke(function, [*line, *more], input=answer)


def test_a_rotation_ends_sessions_and_keeps_the_secret(root: Path, secret: Path) -> None:
    before = read_or_make_secret(secret)
    said = rotated(root, secret)
    assert (said.exit_code, "links of the desk that ended: 1" in said.output) == (0, True)
    assert read_or_make_secret(secret) == before


def test_a_secret_is_replaced_only_after_what_is_lost_was_read(root: Path, secret: Path) -> None:
    before = read_or_make_secret(secret)
    said = rotated(root, secret, "--replace-secret", answer="n\n")
    assert "Nobody can change, withdraw or erase" in said.output
    assert read_or_make_secret(secret) == before
    rotated(root, secret, "--replace-secret", answer="y\n")
    assert read_or_make_secret(secret) != before
    assert read_or_make_secret(secret.with_name("secret.old")) == before


def test_a_preview_that_has_no_store_yet_says_what_makes_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refusal(["desk", "queue"], root / "preview-function.sqlite", root, capsys)
    assert "open the desk whose address `gatherwell serve` prints" in " ".join(said.split())
