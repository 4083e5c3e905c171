"""Comments of every format: approved ones come, with their answers, and nothing personal does."""

from __future__ import annotations

import json
import re
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import jsonschema
import pytest

from generator.ground.errors import ContentError
from generator.importing.comments.disqus import DisqusComments
from generator.importing.comments.isso import IssoComments
from generator.importing.comments.old import CommentSource
from generator.importing.comments.run import LONGEST, CommentSettings, write_comments
from generator.importing.comments.wordpress import WordPressComments
from generator.importing.report import Report
from tests.generator.importing import old_comments
from tests.generator.importing.old_comments import (
    disqus_export,
    disqus_post,
    isso_database,
    lines_of,
    read,
    source_of,
    wp_comment,
    wp_export,
)
from widgets import CONTRACT_DIR
from widgets.desk.imports import judging

KINDS = ("wordpress", "disqus", "isso")


@pytest.mark.parametrize("kind", KINDS)
def test_approved_comments_come_with_place_date_and_parent(tmp_path: Path, kind: str) -> None:
    report = Report()
    first, answer = lines_of(tmp_path, source_of(tmp_path, kind), report=report)
    assert first["address"] == answer["address"] == "/2019/05/post/"
    assert first["name"] == answer["name"] == "Ana"
    assert first["created"].startswith("2019-05-01T12:00:0")
    assert "parent" not in first
    assert answer["parent"] == first["id"]
    assert first["text"].startswith("Me too")
    out = {note.what.partition(" ")[2] for note in report.notes if note.cause == "out"}
    assert (
        out
        == {
            "wordpress": {"pending", "spam", "in the trash", "pingbacks"},
            "disqus": {"spam", "in the trash"},
            "isso": {"pending", "in the trash"},
        }[kind]
    )


@pytest.mark.parametrize("kind", KINDS)
def test_no_canary_is_in_the_file_or_the_report(tmp_path: Path, kind: str) -> None:
    report = Report()
    written = write_comments(source_of(tmp_path, kind), CommentSettings(tmp_path), report)
    text = (tmp_path / written.path).read_text("utf-8") + repr(report.notes)
    assert re.findall(r"(?i)canary|203\.0\.113\.77|gravatar", text) == []


@pytest.mark.parametrize(
    "field", ["author", "author_email", "author_url", "author_IP", "date", "content", "type", "agent"]
)
def test_a_canary_in_any_field_of_wordpress_is_not_written(tmp_path: Path, field: str) -> None:
    file = tmp_path / "old.xml"
    file.write_text(wp_export(wp_comment(1, **{field: "canary@canary.example"})), "utf-8")
    assert "canary" not in repr(lines_of(tmp_path, WordPressComments((file,))))


def test_the_file_is_its_owners_alone_and_lies_where_git_does_not_look(tmp_path: Path) -> None:
    written = write_comments(source_of(tmp_path, "isso"), CommentSettings(tmp_path), Report())
    assert written.path == ".gatherwell/private/comments-isso.jsonl"
    assert stat.S_IMODE((tmp_path / written.path).stat().st_mode) == 0o600


@pytest.mark.parametrize("kind", KINDS)
def test_each_line_is_as_the_schema_says(tmp_path: Path, kind: str) -> None:
    written = write_comments(source_of(tmp_path, kind), CommentSettings(tmp_path), Report())
    schema = json.loads((CONTRACT_DIR / "old-comments.schema.json").read_text("utf-8"))
    for line in (tmp_path / written.path).read_text("utf-8").splitlines():
        jsonschema.validate(json.loads(line), schema)


def test_words_that_isso_kept_as_bytes_are_words(tmp_path: Path) -> None:
    file = isso_database(tmp_path / "isso", [(1, None, 1)])
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("UPDATE comments SET text = ?, author = ?", ("Für".encode(), "Åsa".encode()))
    (comment,) = lines_of(tmp_path, IssoComments(file))
    assert (comment["text"], comment["name"]) == ("Für", "Åsa")


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    written = write_comments(source_of(tmp_path, "isso"), CommentSettings(tmp_path, dry_run=True), Report())
    assert written.comments == 2
    assert not (tmp_path / written.path).exists()


def test_a_second_import_changes_nothing_and_keeps_names(tmp_path: Path) -> None:
    file = tmp_path / "old.xml"
    two = (wp_comment(5), wp_comment(6, name="Ana Gil"))
    file.write_text(wp_export(*two), "utf-8")
    assert [line["name"] for line in lines_of(tmp_path, WordPressComments((file,)))] == ["Ana", "Ana 2"]
    assert not write_comments(WordPressComments((file,)), CommentSettings(tmp_path), Report()).changed
    third = wp_comment(3, name="Ana Paz", author_email="third@x.example")
    file.write_text(wp_export(third, wp_comment(4, name="Ana Gil"), *two), "utf-8")
    assert [line["name"] for line in lines_of(tmp_path, WordPressComments((file,)))] == [
        "Ana 3",
        "Ana 2",
        "Ana",
        "Ana 2",
    ]


@pytest.mark.parametrize(("status", "password"), [("private", ""), ("trash", ""), ("publish", "secret")])
def test_comments_of_posts_that_are_not_public_stay_out(tmp_path: Path, status: str, password: str) -> None:
    file = tmp_path / "old.xml"
    file.write_text(wp_export(wp_comment(1), status=status, password=password), "utf-8")
    assert read(WordPressComments((file,))) == []


def test_a_deleted_thread_of_disqus_stays_out(tmp_path: Path) -> None:
    file = tmp_path / "old.xml"
    file.write_text(
        disqus_export(disqus_post(1)).replace(
            "<isDeleted>false</isDeleted></thread>", "<isDeleted>true</isDeleted></thread>"
        )
    )
    assert read(DisqusComments(file)) == []


ATTACK = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize("reader", [lambda file: WordPressComments((file,)), DisqusComments])
@pytest.mark.parametrize("head", [ATTACK, '<!DOCTYPE x SYSTEM "file:///etc/passwd">'])
def test_attacks_are_refused_in_words(
    tmp_path: Path, reader: Callable[[Path], CommentSource], head: str
) -> None:
    file = tmp_path / "old.xml"
    file.write_text(head + wp_export(wp_comment(1, text="&b;")), "utf-8")
    with pytest.raises(ContentError, match=r"document type|declares entities"):
        read(reader(file))


@pytest.mark.parametrize(
    ("reader", "what"), [(DisqusComments, "no export of Disqus"), (IssoComments, "no database of Isso")]
)
def test_another_file_is_refused_in_words(tmp_path: Path, reader: type[DisqusComments], what: str) -> None:
    file = tmp_path / "old"
    file.write_text(wp_export(), "utf-8")
    with pytest.raises(ContentError, match=what):
        read(reader(file))


def test_a_database_without_comments_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.db").write_bytes(b"")
    with pytest.raises(ContentError, match="no database of Isso"):
        read(IssoComments(tmp_path / "empty.db"))


def test_a_cut_file_gives_what_is_whole_and_says_so(tmp_path: Path) -> None:
    file, report = tmp_path / "old.xml", Report()
    file.write_text(wp_export(wp_comment(1), wp_comment(2))[:-400], "utf-8")
    assert len(lines_of(tmp_path, WordPressComments((file,)), report=report)) == 1
    assert report.damaged


@pytest.mark.parametrize("kind", ["wordpress", "disqus", "isso"])
@pytest.mark.parametrize(
    ("size", "causes"),
    [(49_900, []), (50_100, ["look"]), (200_100, ["look", "lost"]), (450_000, ["look", "lost"])],
)
def test_a_comment_that_is_too_long_is_named(
    tmp_path: Path, kind: str, size: int, causes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(old_comments, "WORDS", "word " * (size // 5))
    if kind == "wordpress":
        file = tmp_path / "old.xml"
        file.write_text(wp_export(wp_comment(7, text="word " * (size // 5))), "utf-8")
        source: CommentSource = WordPressComments((file,))
    elif kind == "disqus":
        file = tmp_path / "old.xml"
        file.write_text(disqus_export(disqus_post(7)), "utf-8")
        source = DisqusComments(file)
    else:
        source = IssoComments(isso_database(tmp_path / "comments.db", [(7, None, 1)]))
    report = Report()
    lines_of(tmp_path, source, report=report)
    assert sorted(note.cause for note in report.notes) == causes
    assert all("comment 7 " in note.what for note in report.notes)


def test_the_function_takes_as_much_as_the_report_says() -> None:
    assert LONGEST == judging.LONGEST
