"""The command line: exit codes, formats, new files that build, schemas that say what the reader takes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import msgspec
import pytest

from generator.cli import COMMANDS, main
from generator.cli.field_notes import NOTES
from generator.cli.schema import kind_schema, type_schema, whole_schema
from generator.front_matter import MATTER_TYPES, parse_document
from generator.matter import ARTICLE_TYPES
from generator.yaml_source import parse_yaml
from tests.sites import TinySite

ROOT = Path(__file__).parent.parent.parent
GOOD = """
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
search: false
cards: "off"
== content/migraine/_index.md
---
title: Migraine
---
== content/migraine/a.md
---
title: Article A
---
Text.
"""


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(site: TinySite, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """`gatherwell …` in the root of a small project."""
    site.write(GOOD)
    monkeypatch.chdir(site.root)

    def run_command(*arguments: str) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main([*arguments])
        told = capsys.readouterr()
        return Ran(int(stop.value.code or 0), told.out, told.err)

    return run_command


# --- exit codes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(run: Run, name: str) -> None:
    told = run(name, "--help")
    assert told.code == 0
    assert told.out.startswith("Usage: ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["bild"], "No such command 'bild'"),
        (["build", "--nosuch"], "No such option '--nosuch'"),
        (["build", "--root", "nowhere"], "Directory 'nowhere' does not exist"),
        (["build", "--jobs", "0"], "0 is not in the range"),
        (["build", "--now", "2026-02-30"], "--now: '2026-02-30' is not a day of the calendar"),
        (
            ["build", "--condition", "migrane"],
            "there is no condition 'migrane'\n    did you mean 'migraine'?",
        ),
        (["check", "/"], "/ is not inside of ."),
        (["check", "--format", "xml"], "'xml' is not one of"),
        (["schema", "--kind", "hub", "--type", "story"], "--type is for articles"),
        (["new", "article", "🎈"], "'🎈' cannot become an address; name one with --slug"),
        (["new", "article", "Topics"], "'topics' is a reserved address"),
        (["new", "article", "A", "--condition", "migrane"], "did you mean 'migraine'?"),
        (["new", "article", "A", "--folder", "../up"], "'..' is no plain folder name"),
        (["new", "article", "A", "--language", "fr"], "'fr' is not a language of this site"),
        (["new", "article", "A", "--slug", "A b"], "write --slug a-b"),
        (["new", "article", "A", "--type", "event"], "write `gatherwell new event`"),
        (["new", "event", "A", "--start", "soon"], "'soon' is not a date"),
        (["new", "condition", "偏頭痛"], "name one with --id"),
        (["new", "condition", "People"], "'people' is a reserved address"),
    ],
)
def test_wrong_usage_exits_with_2_and_a_word_about_it(run: Run, arguments: list[str], told: str) -> None:
    result = run(*arguments)
    assert result.code == 2
    assert told in result.err
    assert "Traceback" not in result.err


def test_content_at_fault_exits_with_1(run: Run, site: TinySite) -> None:
    site.put("content/migraine/a.md", "---\ntitel: A\n---\n")
    told = run("build", "--jobs", "1")
    assert told.code == 1
    assert told.out == ""
    assert "content/migraine/a.md:2:1: 'titel' is not a known key\n    did you mean 'title'?\n" in told.err


def test_json_of_a_build_is_one_object(run: Run) -> None:
    first = json.loads(run("build", "--jobs", "1", "--json").out)
    assert set(first) == {
        *("pages", "rendered", "skipped", "removed", "bodies_rendered", "seconds", "next_change", "warnings")
    }
    second = json.loads(run("build", "--jobs", "1", "--json").out)
    assert (second["rendered"], second["skipped"], second["bodies_rendered"]) == (0, first["pages"], 0)


def test_build_goes_where_it_is_told(run: Run, site: TinySite, tmp_path: Path) -> None:
    assert run("build", "--jobs", "1", "--out", str(tmp_path / "out")).code == 0
    assert (tmp_path / "out/migraine/a/index.html").is_file()
    assert not site.out.exists()


# --- check ----------------------------------------------------------------------------------------

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


def test_check_finds_the_fault_of_a_template(run: Run, site: TinySite) -> None:
    site.replace("gatherwell.yaml", "title: Tiny", "title: Tiny\ntheme: mine")
    site.put("themes/mine/theme.yaml", "extends: commons\n")
    site.put("themes/mine/templates/people.html", "")
    site.put("themes/mine/templates/topics.html", "")
    site.put("themes/mine/templates/article.html", "\n{{ page.titel }}\n")
    told = run("check", "--jobs", "1")
    assert told.code == 1
    assert "themes/mine/templates/article.html:2:1: " in told.out


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


# --- new and init ---------------------------------------------------------------------------------

NEW = {
    "article": (["article", "Pacing: your day"], "content/migraine/pacing-your-day.md"),
    "story": (
        ["article", "My year", "--type", "story", "--folder", "stories"],
        "content/migraine/stories/my-year.md",
    ),
    "event": (["event", "Meet-up", "--start", "2027-03-14T18:00"], "content/migraine/events/meet-up.md"),
    "condition": (["condition", "Multiple sclerosis", "--id", "ms"], "content/ms/_index.md"),
    "person": (["person", 'Ana "Anita" García', "--role", "advocate"], "content/_people/ana-anita-garcía.md"),
}


@pytest.mark.parametrize(("arguments", "path"), NEW.values(), ids=NEW)
def test_new_file_is_told_and_builds(run: Run, site: TinySite, arguments: list[str], path: str) -> None:
    told = run("new", *arguments)
    assert (told.code, told.out) == (0, f"{path}\n")
    assert run("check", "--jobs", "1", "--drafts").out == ""


@pytest.mark.parametrize(("arguments", "path"), NEW.values(), ids=NEW)
def test_new_file_never_takes_the_place_of_another(
    run: Run, site: TinySite, arguments: list[str], path: str
) -> None:
    site.put(path, "mine")
    told = run("new", *arguments)
    assert told.code == 1
    assert told.err == f"{path}: is there already; nothing was changed\n    open it, or choose another name\n"
    assert (site.root / path).read_text() == "mine"


def test_new_article_is_a_draft(run: Run, site: TinySite) -> None:
    run("new", "article", "Later")
    site.build()
    assert not (site.out / "migraine/later").exists()


def test_new_article_needs_the_condition_where_there_are_several(run: Run, site: TinySite) -> None:
    site.article("ms/b.md")
    told = run("new", "article", "A")
    assert told.code == 2
    assert "name the condition with --condition, one of: migraine, ms." in told.err
    assert run("new", "article", "A", "--condition", "ms").out == "content/ms/a.md\n"


def test_init_makes_a_project_that_builds_without_a_warning(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "fresh"
    assert run("init", str(folder), "--condition", "Long Covid", "--title", "Ours: all").code == 0
    assert run("check", "--jobs", "1", "--root", str(folder)).err == "0 errors, 0 warnings\n"
    built = run("build", "--jobs", "1", "--no-search", "--root", str(folder))
    assert built.code == 0
    assert "Ours: all" in (folder / "site/index.html").read_text("utf-8")
    assert (folder / "site/long-covid/first-steps/index.html").is_file()


def test_init_leaves_a_project_alone(run: Run, site: TinySite) -> None:
    told = run("init", ".")
    assert told.code == 1
    assert "there is a project already" in told.err
    assert (site.root / "gatherwell.yaml").read_text().startswith("title: Tiny")


# --- schema ---------------------------------------------------------------------------------------


def matches(schema: dict[str, Any], front_matter: str) -> bool:
    return jsonschema.Draft202012Validator(schema).is_valid(parse_yaml(front_matter, "x").value or {})


@pytest.mark.parametrize("kind", [*MATTER_TYPES, "config"])
def test_schema_is_one(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(kind_schema(kind))
    jsonschema.Draft202012Validator.check_schema(whole_schema())


@pytest.mark.parametrize("kind", MATTER_TYPES)
def test_every_key_has_a_note_for_writers(kind: str) -> None:
    assert list(NOTES[kind]) == [field.name for field in msgspec.structs.fields(MATTER_TYPES[kind])]


SAMPLES = [
    "title: A",
    "title: A\ntopics: sleep\nauthors: [ana, bo]",
    "title: A\nauthor: ana",
    "title: A\nauthor: ana\nauthors: bo",
    "title: A\ndate:",
    "title: A\ndate: 2026-03-14T10:00Z\nreview_in: 12 months",
    "title: A\ndate: soon",
    "title: A\nslug: ../x",
    "title: A\nslug: a b",
    "title: [A]",
    "title: 2026",
    "title:",
    "summary: A",
    "title: A\ntopic: sleep",
    "title: A\ntype: storry",
    "title: A\nstage: [new, old]",
    "title: A\nstage: new",
    "title: A\nreactions: false",
    "title: A\nreactions: [thank-you]",
    "title: A\norder: first",
    "title: A\norder: 1.5",
    "title: A\ndraft: no",
    "title: A\ndraft: true",
    "title: A\nreferences: [{id: a, title: B, year: 2020}]",
    "title: A\nreferences: [{id: a}]",
    "title: A\naliases: /old/",
    "title: A\nonline_url: example.org",
    "title: A\nid: Über",
]


@pytest.mark.parametrize("front_matter", SAMPLES)
def test_schema_takes_what_the_reader_takes(front_matter: str) -> None:
    read = parse_document(f"---\n{front_matter}\n---\n".encode(), "article", "x.md")
    assert matches(kind_schema("article"), front_matter) == (not read.problems)


@pytest.mark.parametrize("path", sorted((ROOT / "content").rglob("*.md")), ids=lambda path: path.name)
def test_schema_takes_the_demonstration(path: Path) -> None:
    folders = path.relative_to(ROOT / "content").parts
    kind = {"_people": "person", "_pages": "page"}.get(folders[0], "article")
    kind = "hub" if path.name.startswith("_index.") else kind
    assert matches(kind_schema(kind), path.read_text("utf-8").split("---\n")[1])


def test_schema_takes_the_settings_of_the_demonstration() -> None:
    assert matches(kind_schema("config"), (ROOT / "gatherwell.yaml").read_text("utf-8"))


def test_schema_of_an_event_asks_for_its_start() -> None:
    assert not matches(kind_schema("article"), "title: A\ntype: event")
    assert not matches(type_schema("event"), "title: A\ntype: event")
    assert matches(type_schema("event"), "title: A\ntype: event\nstart: 2027-01-01")


@pytest.mark.parametrize("article_type", ARTICLE_TYPES)
def test_schema_of_a_type_is_for_that_type(run: Run, article_type: str) -> None:
    schema = json.loads(run("schema", "--type", article_type).out)
    assert schema["properties"]["type"]["const"] == article_type
    assert matches(schema, f"title: A\ntype: {article_type}\nstart: 2027-01-01")
    assert not matches(schema, "title: A\ntype: other\nstart: 2027-01-01")
