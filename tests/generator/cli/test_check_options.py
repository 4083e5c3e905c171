"""`check --fix` mends what needs no reading, `check --since` shows what a change brought."""

from __future__ import annotations

import subprocess

import jsonschema
import msgspec
import pytest

from tests.generator.command_line import Run
from tests.sites import TinySite

TRACKED = "---\r\ntitle: B\r\n---\r\n[Words](https://b.example/?utm_source=x&id=1)\r\n"
CHECK = ("check", "--jobs", "1")


def test_fix_shows_a_diff_and_writes_what_was_agreed_to_once(run: Run, site: TinySite) -> None:
    site.put("content/migraine/b.md", f"\ufeff{TRACKED}")
    refused = run(*CHECK, "--fix")
    assert refused.code == 2
    assert "`--fix --yes` writes without asking" in refused.err
    assert "+[Words](https://b.example/?id=1)\n" in refused.out
    assert (site.root / "content/migraine/b.md").read_bytes().decode() == f"\ufeff{TRACKED}"

    mended = run(*CHECK, "--fix", "--yes")
    assert (mended.code, mended.err) == (0, "1 file mended\n0 errors, 0 warnings\n")
    after = (site.root / "content/migraine/b.md").read_bytes()
    assert after.decode() == f"\ufeff{TRACKED.replace('utm_source=x&', '')}"

    again = run(*CHECK, "--fix", "--yes")
    assert (again.code, again.out) == (0, "")
    assert (site.root / "content/migraine/b.md").read_bytes() == after


def git(site: TinySite, *arguments: str) -> None:
    names = ("-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *names, *arguments], cwd=site.root, check=True, capture_output=True)


def test_since_shows_findings_in_files_that_changed_alone(run: Run, site: TinySite) -> None:
    site.put("content/migraine/b.md", TRACKED)
    git(site, "init", "-q")
    git(site, "add", "content")
    git(site, "commit", "-q", "-m", "one")
    site.put("content/migraine/é new.md", TRACKED.replace("B", "C"))
    told = run(*CHECK, "--since", "HEAD")
    assert "content/migraine/é new.md:4:" in told.out
    assert "content/migraine/b.md" not in told.out
    site.put("content/migraine/b.md", TRACKED.replace("Words", "Others"))
    assert "content/migraine/b.md:4:" in run(*CHECK, "--since", "HEAD").out
    told = run(*CHECK, "--since", "--output=x")
    assert told.code == 2
    assert "there is no commit '--output=x' here" in told.err


def test_since_needs_git(run: Run, site: TinySite, monkeypatch: pytest.MonkeyPatch) -> None:
    told = run(*CHECK, "--since", "HEAD")
    assert told.code == 2
    assert "there is no commit 'HEAD' here" in told.err
    monkeypatch.setenv("PATH", str(site.root))
    told = run(*CHECK, "--since", "HEAD")
    assert told.code == 2
    assert "git cannot be started" in told.err


def exactly(required: tuple[str, ...], **properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "required": list(required),
        "properties": properties,
        "additionalProperties": False,
    }


COUNT, TEXT = {"type": "integer", "minimum": 1}, {"type": "string"}
MESSAGE = exactly(("text",), text=TEXT)
RULE = exactly(("id",), id=TEXT, shortDescription=MESSAGE, help=MESSAGE, helpUri=TEXT)
DRIVER = exactly(
    ("name",), name=TEXT, semanticVersion=TEXT, informationUri=TEXT, rules={"type": "array", "items": RULE}
)
PLACE = exactly(
    (),
    artifactLocation=exactly((), uri={"type": "string", "pattern": "^[!-~]+$"}, uriBaseId=TEXT),
    region=exactly((), startLine=COUNT, startColumn=COUNT),
)
RESULT = exactly(
    ("message",),
    message=MESSAGE,
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": -1},
    level={"enum": ["none", "note", "warning", "error"]},
    locations={"type": "array", "items": exactly((), physicalLocation=PLACE)},
)
# What of SARIF 2.1.0 (OASIS Standard, 27 March 2020; sections 3.13 to 3.52 and its schema) the output uses: names that
# the schema has, those that it requires, and the values that it allows.
SARIF = exactly(
    ("version", "runs"),
    **{"$schema": TEXT},
    version={"const": "2.1.0"},
    runs={
        "type": "array",
        "items": exactly(
            ("tool",),
            tool=exactly(("driver",), driver=DRIVER),
            results={"type": "array", "items": RESULT},
            columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        ),
    },
)


def test_sarif_has_what_its_standard_asks_for_and_nothing_else(run: Run, site: TinySite) -> None:
    assert_sarif(run(*CHECK, "--format", "sarif").out, 0)
    site.put("content/migraine/é b.md", TRACKED)
    site.put("content/migraine/c.md", "---\ntitle: C\ndate: soon\n---\n")
    assert_sarif(run(*CHECK, "--format", "sarif").out, 1)


def assert_sarif(text: str, least: int) -> None:
    log = msgspec.json.decode(text)
    jsonschema.validate(log, SARIF)
    assert len(log["runs"][0]["results"]) >= least
