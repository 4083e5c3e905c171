"""`gatherwell check`: everything at once, in the form that is asked for, and nothing written."""

from __future__ import annotations

import json

import pytest

from tests.generator.command_line import Run
from tests.sites import TinySite

FAULTS = """
== content/migraine/b.md
---
title: "100%: B"
---
[nowhere](gone.md)
== content/migraine/deep/a.md
---
title: Twice
---
"""


def test_check_finds_nothing_and_writes_nothing(run: Run, site: TinySite) -> None:
    told = run("check", "--jobs", "1")
    assert (told.code, told.out, told.err) == (0, "", "0 errors, 0 warnings\n")
    assert not site.out.exists()


def test_check_tells_every_stage_at_once(run: Run, site: TinySite) -> None:
    site.write(FAULTS)
    told = run("check", "--jobs", "1")
    assert told.code == 1
    assert "content/migraine/b.md:4:1: there is no page 'gone.md'" in told.out
    assert "two inputs lead to /migraine/a/" in told.out
    assert told.err.startswith("2 errors, 0 warnings\n")


def test_check_finds_what_only_reading_a_template_shows(run: Run, site: TinySite) -> None:
    site.put("gatherwell.yaml", "title: Tiny\ntheme: mine\n")
    site.put("themes/mine/theme.yaml", "extends: commons\n")
    site.put(
        "themes/mine/templates/partials/share.html", "{% if page.nothing %}{{ t('own.nothing') }}{% endif %}"
    )
    told = run("check", "--jobs", "1")
    assert told.code == 1
    assert "share.html:1:28: the theme has no string 'own.nothing'" in told.out
    assert "replaces themes/commons/templates/partials/share.html whole" in told.out
    assert "write `templates/partials/share.html: v" in told.out


def test_check_finds_the_fault_of_a_template(run: Run, site: TinySite) -> None:
    site.replace("gatherwell.yaml", "title: Tiny", "title: Tiny\ntheme: mine")
    site.put("themes/mine/theme.yaml", "extends: commons\n")
    site.put("themes/mine/templates/people.html", "")
    site.put("themes/mine/templates/topics.html", "")
    site.put("themes/mine/templates/article.html", "\n{{ page.titel }}\n")
    told = run("check", "--jobs", "1")
    assert told.code == 1
    assert "themes/mine/templates/article.html:2:9: " in told.out


def test_check_tells_a_fault_of_the_settings_once(run: Run, site: TinySite) -> None:
    site.replace("gatherwell.yaml", "title: Tiny", "title: Tiny\nthem: commons")
    told = run("check", "--jobs", "1")
    assert told.code == 1
    assert (told.out + told.err).count("'them' is not a known key") == 1
    assert told.err == "1 error, 0 warnings\n"


def test_check_of_some_paths_shows_these(run: Run, site: TinySite) -> None:
    site.write(FAULTS).put("content/migraine/deep/a.md", "---\ntitle: Fine\nslug: fine\n---\n")
    elsewhere = run("check", "--jobs", "1", "content/migraine/a.md", "content/migraine/deep")
    assert (elsewhere.code, elsewhere.out) == (0, "")
    assert "1 error in other files\n" in elsewhere.err
    assert run("check", "--jobs", "1", "content/migraine/b.md").code == 1


def test_check_cannot_vouch_for_a_file_behind_faults_of_others(run: Run, site: TinySite) -> None:
    site.put("content/migraine/b.md", "---\ntitel: B\n---\n")
    told = run("check", "--jobs", "1", "content/migraine/a.md")
    assert told.code == 1
    assert "until they are mended, not everything here can be checked" in told.err


def test_check_as_json(run: Run, site: TinySite) -> None:
    site.write(FAULTS).delete("content/migraine/deep/a.md")
    found = json.loads(run("check", "--jobs", "1", "--format", "json").out)
    (finding,) = found["findings"]
    assert (found["errors"], found["warnings"]) == (1, 0)
    assert finding == {
        "path": "content/migraine/b.md",
        "line": 4,
        "column": 1,
        "severity": "error",
        "rule": "links",
        "message": "there is no page 'gone.md'",
        "hint": finding["hint"],
    }


def test_check_as_annotations_of_github(run: Run, site: TinySite) -> None:
    site.put("content/migraine/b,1.md", "---\ntitle: B\ndate: 100%\n---\n")
    (line,) = run("check", "--jobs", "1", "--format", "github").out.splitlines()
    assert line == (
        "::error file=content/migraine/b%2C1.md,line=3,col=7,title=content::"
        "'date': '100%25' is not a date%0Awrite it as 2026-03-14, or 2026-03-14T10:00"
    )


def test_check_as_sarif(run: Run, site: TinySite) -> None:
    site.put("content/migraine/b c.md", "---\ntitle: B\ndate: soon\n---\n")
    log = json.loads(run("check", "--jobs", "1", "--format", "sarif").out)
    (sarif,) = log["runs"]
    (result,) = sarif["results"]
    assert log["version"] == "2.1.0"
    assert sarif["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert result["level"] == "error"
    (place,) = result["locations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "content/migraine/b%20c.md"},
        "region": {"startLine": 3, "startColumn": 7},
    }


def test_annotations_name_paths_from_the_working_folder(
    run: Run, site: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put("content/migraine/b.md", "---\ntitle: B\ndate: soon\n---\n")
    monkeypatch.chdir(site.root.parent)
    told = run("check", "--jobs", "1", "--root", "project", "--format", "github")
    assert told.out.startswith("::error file=project/content/migraine/b.md,line=3")
