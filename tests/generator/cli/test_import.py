"""`gatherwell import`: options, exit codes, the report, and one sentence where the extra is missing."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from tests.generator.command_line import Run
from tests.generator.importing.bringing import item, wxr
from tests.sites import TinySite


@pytest.fixture
def export(tmp_path: Path) -> str:
    file = tmp_path / "old.xml"
    file.write_text(wxr(item("Words. [poll id='1']")), "utf-8")
    return str(file)


def test_the_only_condition_needs_no_naming(run: Run, site: TinySite, export: str) -> None:
    told = run("import", "wordpress", export)
    assert told.code == 0
    assert told.out.startswith("Wrote 1 of 1 files: 1 articles, ")
    assert "Could not be carried (1):\n  old.xml:3: the shortcode [poll] was taken out" in told.out
    assert (site.root / "content/migraine/post-1.md").is_file()


def test_a_dry_run_says_so(run: Run, site: TinySite, export: str) -> None:
    assert run("import", "wordpress", export, "--dry-run").out.startswith("Would write 1 of 1 files")
    assert not (site.root / "content/migraine/post-1.md").exists()


def test_json_holds_every_note(run: Run, export: str) -> None:
    found = json.loads(run("import", "wordpress", export, "--json").out)
    assert (found["articles"], found["causes"]) == (1, {"lost": 1})
    assert found["notes"][0]["line"] == 3


def test_the_file_of_topics_is_begun_and_then_obeyed(run: Run, site: TinySite, export: str) -> None:
    text = Path(export).read_text("utf-8")
    term = '<category domain="post_tag" nicename="x">Old name</category></item>'
    Path(export).write_text(text.replace("</item>", term), "utf-8")
    run("import", "wordpress", export, "--topics", "topics.yaml")
    assert "Old name: Old name\n" in (site.root / "topics.yaml").read_text("utf-8")
    site.replace("topics.yaml", "Old name: Old name", "Old name: [New name, Other]")
    run("import", "wordpress", export, "--topics", "topics.yaml")
    assert "topics:\n  - New name\n  - Other\n" in (site.root / "content/migraine/post-1.md").read_text(
        "utf-8"
    )


def test_a_map_that_meets_nothing_is_told(run: Run, export: str) -> None:
    told = run("import", "wordpress", export, "--map", "slep=migraine")
    assert (
        "--map: 'slep' is no category, tag or folder of what came: nothing went to a condition by it"
        in told.out
    )


def test_a_cut_export_is_an_error(run: Run, export: str) -> None:
    Path(export).write_text(Path(export).read_text("utf-8")[:-20], "utf-8")
    told = run("import", "wordpress", export)
    assert told.code == 1
    assert "The source is damaged (1):" in told.out


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--map", "x=nowhere"], 2, "'x=nowhere' names no category and condition; conditions are: migraine."),
        (["--map", "migraine"], 2, "'migraine' names no category and condition"),
        (["--condition", "migrane"], 2, "did you mean 'migraine'?"),
        (["--since", "soon"], 2, "'soon' is not a date"),
        (["--uploads", "nowhere"], 2, "'nowhere' does not exist"),
    ],
)
def test_wrong_usage_is_told(run: Run, export: str, options: list[str], code: int, told: str) -> None:
    ran = run("import", "wordpress", export, *options)
    assert (ran.code, told in ran.err) == (code, True)


@pytest.mark.parametrize(
    ("format_", "told"), [("hugo", "is no project of Hugo"), ("jekyll", "is no project of Jekyll")]
)
def test_a_folder_of_something_else_is_refused(run: Run, tmp_path: Path, format_: str, told: str) -> None:
    (tmp_path / "empty").mkdir()
    ran = run("import", format_, str(tmp_path / "empty"))
    assert (ran.code, told in ran.err) == (1, True)


def test_without_the_extra_one_sentence_says_how_to_install_it(
    run: Run, export: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *more: None if name == "bs4" else find(name, *more)
    )
    ran = run("import", "wordpress", export)
    assert ran.code == 1
    assert ran.err.startswith("gatherwell: this needs the extra gatherwell[import], which is not installed\n")
