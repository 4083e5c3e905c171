"""`gatherwell doctor`: what is still to be completed, each item by itself."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from generator.cli import still_to_do
from generator.cli.still_to_do import Item, Seen
from generator.content.config import parse_config
from tests.generator.command_line import Run
from tests.sites import TinySite

NOW = dt.datetime.now(dt.UTC)


def seen(root: Path, settings: str = "", **given: object) -> Seen:
    config = parse_config("title: Ours\nbase_url: https://ours.health/\n" + settings)
    first = Seen(root, config, {}, NOW, errors=0, next_change=None, ask=False, backups=None)
    return first._replace(**given)


@pytest.mark.parametrize(
    ("settings", "name", "state"),
    [
        ("organisation: {name: The Society}\n", "organisation", "done"),
        ("", "organisation", "open"),
        ("widgets: {endpoint: /api/v1}\n", "endpoint", "done"),
        ("", "endpoint", "open"),
        ("widgets: {polls: true}\n", "endpoint", "open"),
        ('widgets: {endpoint: ""}\n', "endpoint", "done"),
        ("demonstration: true\n", "demonstration", "open"),
        ("", "demonstration", "done"),
        ("", "address", "done"),
    ],
)
def test_a_setting_is_done_or_open(tmp_path: Path, settings: str, name: str, state: str) -> None:
    (tmp_path / "gatherwell.yaml").write_text(f"title: Ours\n{settings}")
    item: Item = getattr(still_to_do, name)(seen(tmp_path, settings))
    assert item.state == state
    assert bool(item.remedy) == (state == "open")


def test_pages_of_github_are_steered_to_a_function_elsewhere_or_to_none(site: TinySite) -> None:
    config = parse_config("title: Ours\nbase_url: https://us.github.io/ours/\nwidgets: {endpoint: /api/v1}\n")
    by_address = still_to_do.endpoint(seen(site.root, config=config))
    site.put(".github/workflows/site.yml", "steps:\n- uses: actions/deploy-pages@v4\n")
    by_workflow = still_to_do.endpoint(seen(site.root, "widgets: {endpoint: /api/v1}\n"))
    assert by_address == by_workflow
    assert by_address.said == "GitHub Pages runs no function: nothing can answer at /api/v1"
    assert 'widgets: {endpoint: ""}' in by_address.remedy
    assert still_to_do.function(seen(site.root, "widgets: {endpoint: /api/v1}\n", ask=True)).remedy == (
        "say first where it answers"
    )
    assert "/api/v1}` or" not in still_to_do.endpoint(seen(site.root)).remedy
    elsewhere = seen(site.root, "widgets: {endpoint: https://talk.ours.health/api/v1}\n")
    assert still_to_do.endpoint(elsewhere).state == "done"


def test_a_community_without_a_function_by_choice_can_be_complete(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = tmp_path / "ours"
    asked = ("--host", "github", "--organisation", "Us", "--address", "https://us.github.io/ours/")
    assert run("init", str(ours), *asked, "--yes").code == 0
    for path in (ours / "content").rglob("*.md"):
        path.write_text(re.sub(r"^:::.*?^:::\n", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE))
    crisis = ours / "content/_crisis.yaml"
    today = NOW.date().isoformat()
    crisis.write_text(crisis.read_text("utf-8").replace("checked: null", f"checked: {today}"))
    settings = ours / "gatherwell.yaml"
    settings.write_text(settings.read_text("utf-8").replace("demonstration: true", "demonstration: false"))
    (ours / "requirements.txt").write_text("./wheels/gatherwell-0.1.0-py3-none-any.whl[function]\n")
    assert run("build", "--jobs", "1", "--no-search", "--root", str(ours)).code == 0
    told = run("doctor", "--root", str(ours))
    assert (told.code, told.out.splitlines()[-1]) == (0, "Nothing is left to do."), told.out
    assert "<form" not in (ours / "site/our-condition/a-good-day/index.html").read_text("utf-8")


def test_an_example_address_is_open(tmp_path: Path) -> None:
    config = parse_config("title: Ours\nbase_url: https://gatherwell.example/\n")
    assert still_to_do.address(seen(tmp_path, config=config)).state == "open"


@pytest.mark.parametrize("mark", ["[To complete]", "[Por completar]"])
def test_a_page_that_waits_to_be_completed_is_named(site: TinySite, mark: str) -> None:
    site.put("content/_pages/privacy.md", f"---\ntitle: Privacy\n---\n:::warning{mark}\nWho?\n:::\n")
    item = still_to_do.texts(seen(site.root))
    assert (item.state, item.said) == ("open", "1 page to complete: content/_pages/privacy.md")


@pytest.mark.parametrize(
    "text",
    [
        "Welcome those who have just heard the word. You are not alone with this.",
        "Welcome those who have just heard the word Gout.",
        "Da la bienvenida a quien acaba de oír el nombre. No hay que pasarlo a solas.",
    ],
)
def test_what_an_earlier_version_wrote_for_writers_is_named(site: TinySite, text: str) -> None:
    site.put("content/migraine/_index.md", f"---\ntitle: Migraine\n---\n{text}\n")
    assert still_to_do.texts(seen(site.root)).said == "1 page to complete: content/migraine/_index.md"


def test_what_new_begins_is_complete_or_named(run: Run, site: TinySite) -> None:
    run("new", "condition", "Gout", "--root", str(site.root))
    run("new", "person", "Ana", "--root", str(site.root))
    assert still_to_do.texts(seen(site.root)).said == "1 page to complete: content/gout/_index.md"
    told = run("check", "--jobs", "1", "--root", str(site.root))
    assert told.err.endswith("1 page to complete; `gatherwell doctor` names what\n")
    site.build()
    assert "A few words" not in site.text("people/ana/index.html")


@pytest.mark.parametrize(("checked", "state"), [("null", "open"), ("2026-05-01", "done")])
def test_a_crisis_line_must_have_been_called(site: TinySite, checked: str, state: str) -> None:
    site.put(
        "content/_crisis.yaml",
        f"en-GB:\n  - name: Samaritans\n    number: '116 123'\n    checked: {checked}\n",
    )
    item = still_to_do.crisis_lines(seen(site.root, "demonstration: true\n"))
    assert item.state == state
    assert ("en-GB: Samaritans" in item.said) == (state == "open")


def test_crisis_lines_that_cannot_be_read_are_said_with_their_file(site: TinySite) -> None:
    (site.root / "content/_crisis.yaml").write_bytes(b"\xff\xfe")
    assert still_to_do.crisis_lines(seen(site.root)).said == "content/_crisis.yaml: is not UTF-8 text"


@pytest.mark.parametrize(
    ("pin", "state"),
    [
        ("./wheels/gatherwell-0.1.0-py3-none-any.whl\n", "done"),
        ("gatherwell[function] @ git+https://git.example/g.git@" + "a" * 40 + "\n", "done"),
        ("gatherwell @ https://files.example/g.whl#sha256=" + "b" * 64 + "\n", "done"),
        ("gatherwell @ git+https://git.example/g.git@main\n", "open"),
        ("gatherwell\n", "open"),
        ("# ./wheels/gatherwell-0.1.0-py3-none-any.whl\n", "open"),
        ("", "open"),
    ],
)
def test_the_generator_is_pinned(site: TinySite, pin: str, state: str) -> None:
    site.put("requirements.txt", pin)
    assert still_to_do.versions(seen(site.root)).state == state


def test_a_manifest_of_another_version_is_open(site: TinySite) -> None:
    site.put("requirements.txt", "./gatherwell.whl\n")
    site.put("site/manifest.json", '{"generated_by": "gatherwell 0.0.1", "polls": {}, "threads": {}}')
    assert still_to_do.versions(seen(site.root)).said.startswith("The site was built by 0.0.1")


@pytest.mark.parametrize(("days", "state"), [(0, "done"), (9, "open")])
def test_an_old_manifest_is_open(site: TinySite, days: int, state: str) -> None:
    site.put("site/manifest.json", '{"polls": {}, "threads": {}}')
    past = NOW.timestamp() - days * 86400
    os.utime(site.root / "site/manifest.json", (past, past))
    assert still_to_do.manifest(seen(site.root)).state == state


@pytest.mark.parametrize(("days", "state"), [(1, "done"), (3, "open")])
def test_a_backup_is_no_older_than_two_days(tmp_path: Path, days: int, state: str) -> None:
    (tmp_path / "store.sqlite").write_bytes(b"")
    past = NOW.timestamp() - days * 86400
    os.utime(tmp_path / "store.sqlite", (past, past))
    assert still_to_do.backups(seen(tmp_path, backups=tmp_path)).state == state


def test_a_scheduled_build_is_seen(site: TinySite) -> None:
    assert still_to_do.next_build(seen(site.root)).state == "unknown"
    site.put(".github/workflows/site.yml", "on:\n  schedule:\n    - cron: '17 3 * * *'\n")
    told = still_to_do.next_build(seen(site.root, next_change="2026-07-01T00:00:00Z"))
    assert told.said == "A scheduled build is set up; the site changes by itself next at 2026-07-01T00:00:00Z"


@pytest.fixture
def health() -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a server that answers as the function's health, and what it says."""
    says = {"status": "ok", "store": "ok", "manifest": "ok"}

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/api/v1/healthz" else 404)
            self.end_headers()
            self.wfile.write(json.dumps(says).encode())

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", says
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("manifest", "state"), [("ok", "done"), ("stale", "open")])
def test_the_function_is_asked(
    tmp_path: Path,
    health: tuple[str, dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    manifest: str,
    state: str,
) -> None:
    origin, says = health
    says["manifest"] = manifest
    monkeypatch.setattr(still_to_do, "leads_nowhere", lambda address: False)
    settings = f"widgets: {{endpoint: '{origin}/api/v1'}}\n"
    assert still_to_do.function(seen(tmp_path, settings, ask=True)).state == state


def test_doctor_exits_with_1_while_anything_is_open(run: Run) -> None:
    told = run("doctor", "--offline", "--json")
    found = json.loads(told.out)
    assert told.code == 1
    assert found["open"] == sum(item["state"] != "done" for item in found["items"]) > 0
    assert {"name", "state", "said", "remedy"} == set(found["items"][0])


def test_doctor_says_what_to_do(run: Run, site: TinySite) -> None:
    site.replace("gatherwell.yaml", "title: Tiny", "title: Tiny\ndemonstration: true")
    told = run("doctor", "--offline").out
    assert "This is a demonstration, and every page says so\n    when all of the above is done" in told


def test_doctor_exits_with_0_when_all_is_done(
    run: Run, site: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(still_to_do, "ITEMS", (still_to_do.content,))
    told = run("doctor", "--offline")
    assert (told.code, told.out) == (0, "✓ `check` finds no error\nNothing is left to do.\n")
