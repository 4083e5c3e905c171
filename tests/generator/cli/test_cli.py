"""The command line: exit codes, one JSON object, new files and projects that build."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.cli import COMMANDS
from tests.generator.command_line import Run
from tests.sites import TinySite

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
        (
            ["new", "article", "migraine", "Travelling", "with", "migraine"],
            'needs quotes: `gatherwell new article CONDITION "Travelling with migraine"`',
        ),
        (["new", "article", "migrane", "A"], "did you mean 'migraine'?"),
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
        *("pages", "rendered", "skipped", "removed", "bodies_rendered", "seconds", "next_change", "warnings"),
        "left_out",
    }
    second = json.loads(run("build", "--jobs", "1", "--json").out)
    assert (second["rendered"], second["skipped"], second["bodies_rendered"]) == (0, first["pages"], 0)


def test_build_goes_where_it_is_told(run: Run, site: TinySite, tmp_path: Path) -> None:
    assert run("build", "--jobs", "1", "--out", str(tmp_path / "out")).code == 0
    assert (tmp_path / "out/migraine/a/index.html").is_file()
    assert not site.out.exists()


# --- new and init ---------------------------------------------------------------------------------

NEW = {
    "article as the readme has it": (
        ["article", "migraine", "Travelling with migraine"],
        "content/migraine/travelling-with-migraine.md",
    ),
    "event of a condition": (["event", "migraine", "Walk"], "content/migraine/events/walk.md"),
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


def test_new_article_is_a_draft_and_says_so(run: Run, site: TinySite) -> None:
    told = run("new", "article", "Later")
    assert "a draft: `gatherwell serve --drafts` shows it" in told.err
    site.build()
    assert not (site.out / "migraine/later").exists()


def test_new_article_needs_the_condition_where_there_are_several(run: Run, site: TinySite) -> None:
    site.article("ms/b.md")
    told = run("new", "article", "A")
    assert told.code == 2
    assert "name the condition with --condition, one of: migraine, ms." in told.err
    assert run("new", "article", "A", "--condition", "ms").out == "content/ms/a.md\n"


def test_init_leaves_a_project_alone(run: Run, site: TinySite) -> None:
    told = run("init", ".")
    assert told.code == 1
    assert "there is a project already" in told.err
    assert (site.root / "gatherwell.yaml").read_text().startswith("title: Tiny")


@pytest.mark.parametrize("arguments", [["function", "serve"], ["function", "package"]])
def test_editors_own_list_of_claims_is_refused_with_its_line(
    run: Run, site: TinySite, arguments: list[str]
) -> None:
    site.put("claims.yaml", "migraine:\n  - a daith piercing cures\n  - bad-word here\n")
    code, _, told = run(*arguments, "--root", str(site.root))
    assert code == 1
    assert "claims.yaml:3: 'bad-word' in 'bad-word here' holds more than letters" in told
