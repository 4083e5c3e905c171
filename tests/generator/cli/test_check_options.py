"""`check --fix` mends what needs no reading, `check --since` shows what a change brought."""

from __future__ import annotations

import subprocess

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


TRACKED_EVERYWHERE = """\
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
demonstration: true
search: false
organisation: {name: Us, url: "https://us.example/?utm_source=x"}
front_matter: {extra: [shop]}
== content/_crisis.yaml
en:
  - name: Line
    number: "116 123"
    url: https://line.example/?utm_source=x&id=1
== content/migraine/_index.md
---
title: Migraine
social:
  Mastodon: https://us.example/?utm_source=x
menu: [{url: https://menu.example/?utm_source=x, label: Menu}, {url: https://b.example/, label: B}]
---
== content/migraine/c.md
---
title: C
shop: https://shop.example/?utm_source=x
references:
  - id: a
    title: A
    url: https://a.example/?utm_source=x&id=1
---
Words[^a].

[b]: https://b.example/?utm_source=x

[b]
"""


def test_fix_reaches_every_place_of_an_address(run: Run, site: TinySite) -> None:
    site.write(TRACKED_EVERYWHERE)
    told = run(*CHECK, "--fix", "--yes")
    assert (told.code, told.err.splitlines()[0]) == (0, "4 files mended")
    assert told.out.count("\n+") == 4 + 7
    assert run(*CHECK).out == ""


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


REVIEWED = """\
---
title: B
reviewer: doc
last_reviewed: 2026-01-10
---
Take 5 mg[^a] in the morning, with water, every day of the week.

[^a]: A guideline.
"""
DOCTOR = "---\nname: Dr Doe\nrole: clinician\ncredential: Register 1\n---\n"
UNTOLD = "warning: the text changed since its review, and `updated` says nothing of it"


def test_since_tells_a_reviewed_text_that_changed_unsaid(run: Run, site: TinySite) -> None:
    site.put("content/_people/doc.md", DOCTOR)
    site.put("content/migraine/b.md", REVIEWED)
    site.put("content/migraine/d.md", TRACKED)
    git(site, "init", "-q", "-b", "main")
    git(site, "add", "content")
    git(site, "commit", "-q", "-m", "one")
    git(site, "mv", "content/migraine/b.md", "content/migraine/c.md")
    site.replace("content/migraine/c.md", "5 mg", "50 mg")
    # However many files are new beside it.
    git(site, "config", "diff.renameLimit", "1")
    site.put("static/a.txt", "one of many")
    git(site, "add", "static/a.txt")
    assert f"content/migraine/c.md:4:16: {UNTOLD}\n" in run(*CHECK, "--since", "HEAD").out
    assert UNTOLD not in run(*CHECK).out
    site.put("content/ms/copy.md", REVIEWED.replace("5 mg", "500 mg"))
    assert (
        "copy.md:4:16: warning: this is content/migraine/c.md with other words"
        in run(*CHECK, "--since", "HEAD").out
    )
    site.delete("content/ms/copy.md")

    git(site, "checkout", "-q", "-b", "other")
    git(site, "commit", "-q", "-a", "-m", "two")
    git(site, "checkout", "-q", "main")
    site.put("content/migraine/d.md", "---\ntitle: D\n---\nText.\n")
    git(site, "commit", "-q", "-a", "-m", "three")
    git(site, "checkout", "-q", "other")
    told = run(*CHECK, "--since", "main")
    assert (told.out.count(UNTOLD), "d.md" in told.out) == (1, False)
    site.replace("gatherwell.yaml", 'cards: "off"', 'cards: "off"\nchecks: {reviews: error}')
    assert run(*CHECK, "--since", "main").code == 1
    site.replace("content/migraine/c.md", "01-10", "01-11")
    assert run(*CHECK, "--since", "main").code == 0


def test_since_needs_git(run: Run, site: TinySite, monkeypatch: pytest.MonkeyPatch) -> None:
    told = run(*CHECK, "--since", "HEAD")
    assert told.code == 2
    assert "there is no commit 'HEAD' here" in told.err
    monkeypatch.setenv("PATH", str(site.root))
    told = run(*CHECK, "--since", "HEAD")
    assert told.code == 2
    assert "git cannot be started" in told.err
