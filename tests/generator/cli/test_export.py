"""`gatherwell import wordpress` with comments, `function import`, `export` and `import gatherwell`, as a maintainer runs them."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from generator.cli import main
from generator.content.snapshot import SNAPSHOT
from tests.generator.importing.bringing import PROJECT
from tests.generator.importing.old_comments import wp_comment, wp_export
from tests.sites import TinySite
from widgets.function.text.name_claims import ERASED_NAME
from widgets.rules.keys import Keys
from widgets.rules.names import skeleton_of
from widgets.store.desk_records import DeskRow
from widgets.store.sqlite import SqliteStore

FIRST = "01a" + 23 * "0"


@pytest.fixture
def site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> TinySite:
    """A built site whose posts and comments came from WordPress."""
    made = TinySite(tmp_path / "project", PROJECT)
    made.put("static/robots-extra.txt", "hello")
    (tmp_path / "old.xml").write_text(
        wp_export(wp_comment(1), wp_comment(2, 1), wp_comment(3, approved="spam")), "utf-8"
    )
    run(made.root, capsys, "import", "wordpress", str(tmp_path / "old.xml"), "--condition", "migraine")
    run(made.root, capsys, "build", "--now", "2026-06-01")
    return made


def run(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    try:
        main([*arguments, "--root", str(root)])
        ended: object = 0
    except SystemExit as stop:
        ended = stop.code or 0
    said = "".join(capsys.readouterr())
    assert ended == code, said
    return said


def comments_file(root: Path) -> str:
    return str(root / ".gatherwell/private/comments-wordpress.jsonl")


def test_comments_go_to_their_page_once(site: TinySite, capsys: pytest.CaptureFixture[str]) -> None:
    assert "2 comments stored, 0 were there already." in run(
        site.root, capsys, "function", "import", comments_file(site.root)
    )
    assert "0 comments stored, 2 were there already." in run(
        site.root, capsys, "function", "import", comments_file(site.root)
    )
    store = (site.root / ".gatherwell/function.sqlite").read_bytes()
    assert b"canary" not in store
    assert b"203.0.113.77" not in store
    assert "2 comments erased" in run(site.root, capsys, "desk", "erase-name", "migraine", "Ana")


@pytest.mark.parametrize("given", ["GATHERWELL_SECRET", "GATHERWELL_SECRET_FILE", "beside the store", ""])
def test_names_that_members_erased_are_looked_up_where_the_secret_is(
    site: TinySite, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    for name in ("GATHERWELL_SECRET", "GATHERWELL_SECRET_FILE"):
        monkeypatch.delenv(name, raising=False)
    secret = "a secret of at least thirty-two bytes"
    file = site.root / (".gatherwell/function.secret" if given == "beside the store" else "named")
    if given == "GATHERWELL_SECRET":
        monkeypatch.setenv(given, secret)
    elif given:
        site.put(file.relative_to(site.root).as_posix(), secret)
    if given == "GATHERWELL_SECRET_FILE":
        monkeypatch.setenv(given, str(file))
    asyncio.run(_with_an_erased_name(site.root / ".gatherwell/function.sqlite", Keys(secret.encode())))
    said = run(site.root, capsys, "function", "import", comments_file(site.root))
    assert ("Ana → Ana 2" in said) == bool(given)
    assert ("could not be told" in said) == (not given)
    assert secret not in said


async def _with_an_erased_name(path: Path, keys: Keys) -> None:
    store = SqliteStore(path)
    place = keys.digest("erased-name", "migraine", skeleton_of("Ana"))
    await store.keep_desk_row(DeskRow(ERASED_NAME, place, {"month": "2026-05"}, 2**40))
    await store.close()


def test_an_unbuilt_site_is_said_to_be_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = TinySite(tmp_path / "p", PROJECT).root
    (tmp_path / "c.jsonl").write_text("{}", "utf-8")
    assert "gatherwell build" in run(root, capsys, "function", "import", str(tmp_path / "c.jsonl"), code=1)


def test_an_exported_project_builds_the_same_bytes(
    site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(site.root, capsys, "function", "import", comments_file(site.root))
    comment = {
        "id": FIRST,
        "html": "<p>Me too</p>",
        "created": "2019-05-01T12:00:00Z",
        "pseudonym": "Ana",
        "root": FIRST,
    }
    thread = {"thread": "migraine~post", "count": 1, "comments": [comment]}
    snapshot = {
        "version": 1,
        "fetched": "2026-06-01T00:00:00Z",
        "polls": {},
        "threads": {"migraine~post": thread},
    }
    site.put(SNAPSHOT, json.dumps(snapshot))
    run(site.root, capsys, "build", "--now", "2026-06-01")
    said = run(site.root, capsys, "export", str(tmp_path / "out"))
    assert "2  comments" in said
    assert "can no longer take back" in said
    new = tmp_path / "new"
    new.mkdir()
    run(new, capsys, "import", "gatherwell", str(tmp_path / "out"))
    run(new, capsys, "build", "--now", "2026-06-01")
    assert outputs(new) == outputs(site.root)
    assert any(b"Me too" in content for content in outputs(new).values())
    said = run(new, capsys, "import", "gatherwell", str(tmp_path / "out"))
    assert "2 were there already" in said
    assert run(new, capsys, "desk", "erase-name", "migraine", "Ana") == "2 comments erased\n"


def outputs(root: Path) -> dict[str, bytes]:
    out = root / "site"
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.name.startswith(".gatherwell")
    }


def test_nothing_private_is_in_the_project_of_an_export(
    site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.put("function.secret", "secret")
    site.put(".env", "secret")
    (site.root / "static/link").symlink_to("/etc/hostname")
    said = run(site.root, capsys, "export", str(tmp_path / "out"), "--no-store")
    names = {
        path.relative_to(tmp_path / "out/project").parts[0] for path in (tmp_path / "out/project").rglob("*")
    }
    assert names == {"content", "gatherwell.yaml", "static"}
    assert "static/link" in said


@pytest.mark.parametrize(
    ("options", "code", "what"),
    [
        (["--with-keys"], 2, "keys are not exported"),
        ([], 1, "is not empty"),
        (["--no-store"], 1, "is not empty"),
    ],
)
def test_what_an_export_refuses(
    site: TinySite,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    code: int,
    what: str,
) -> None:
    assert what in run(site.root, capsys, "export", str(tmp_path), *options, code=code)


def test_an_import_overwrites_nothing(
    site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(site.root, capsys, "export", str(tmp_path / "out"), "--no-store")
    other = TinySite(tmp_path / "other", "== gatherwell.yaml\ntitle: Mine\nbase_url: https://mine.example/\n")
    assert "is there already" in run(
        other.root, capsys, "import", "gatherwell", str(tmp_path / "out"), code=1
    )
    assert not (other.root / "content/migraine").exists()
    assert "no export" in run(other.root, capsys, "import", "gatherwell", str(site.root), code=1)


@pytest.mark.parametrize(
    ("file", "content", "what"),
    [
        ("export.json", "[1]", "is no export"),
        ("export.json", "{x", "is no export"),
        ("export.json", '{"format": "gatherwell-export", "version": 99}', "has version 99"),
        ("project/.git/hooks/post-commit", "#!/bin/sh", "is in no export"),
        ("project/.gatherwell/function.secret", "secret", "is in no export"),
        ("snapshot.json", '{"version": 1, "fetched": "soon"}', "snapshot.json: is no snapshot"),
        ("contributions/polls.jsonl", "{bad", "line 1 is not of an export"),
    ],
)
def test_an_export_that_was_changed_is_refused_before_anything_is_written(
    site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, content: str, what: str
) -> None:
    run(site.root, capsys, "export", str(tmp_path / "out"), "--no-store")
    (tmp_path / "out" / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "out" / file).write_text(content, "utf-8")
    new = tmp_path / "new"
    new.mkdir()
    assert what in run(new, capsys, "import", "gatherwell", str(tmp_path / "out"), code=1)
    assert list(new.iterdir()) == []
