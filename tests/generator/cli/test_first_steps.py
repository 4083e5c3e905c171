"""The first steps of somebody new: what is said when something is missing, left out or misspelt."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import extras
from generator.cli.manifest_age import told_age, told_manifest
from generator.ground.errors import SiteError
from tests.generator.command_line import Run
from tests.sites import TinySite

# --- what an installation lacks -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "module", "extra"),
    [
        (["function", "serve"], "altcha", "function"),
        (["function", "serve"], "python_multipart", "function"),
        (["function", "package"], "mangum", "aws"),
        (["deploy", "s3", "--bucket", "pages"], "boto3", "aws"),
        (["desk", "queue", "--store", "dynamodb:table"], "botocore", "aws"),
    ],
)
def test_missing_extra_is_one_sentence_with_the_command(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], module: str, extra: str
) -> None:
    for name in [name for name in sys.modules if name.startswith("widgets.store.dynamodb")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    told = run(*arguments)
    first, command = told.err.splitlines()
    assert told.code == 1
    assert first == f"gatherwell: this needs the extra gatherwell[{extra}], which is not installed"
    assert command.strip().startswith(f"{sys.executable} -m pip install ")


def test_a_module_that_no_extra_brings_is_a_fault_of_ours(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "generator.build.pipeline", None)
    with pytest.raises(ModuleNotFoundError, match=r"generator\.build\.pipeline"):
        run("build")


def test_preview_shows_pages_without_the_function_and_says_what_is_missing(
    site: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    from generator.cli.serve import make_function

    monkeypatch.setitem(sys.modules, "altcha", None)
    with pytest.raises(SiteError, match=r"needs the extra gatherwell\[function\]"):
        make_function(site.root, "127.0.0.1", (), lambda: b"")


def test_the_line_that_installs_an_extra_has_quotes_that_people_can_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(extras, "requirements_of", lambda extra: ["uvloop>=1; sys_platform != 'win32'"])
    hint = extras.missing_extra("function").hint
    assert hint.endswith("""-m pip install 'uvloop>=1; sys_platform != "win32"'""")


# --- misspelt commands ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["bild"], "build"),
        (["sevre"], "serve"),
        (["new", "artcle", "A"], "article"),
        (["desk", "que"], "queue"),
    ],
)
def test_unknown_command_names_the_nearest(run: Run, arguments: list[str], near: str) -> None:
    told = run(*arguments)
    assert told.code == 2
    assert f"Did you mean '{near}'?" in told.err


# --- what is left out -----------------------------------------------------------------------------


def test_build_counts_what_it_left_out_also_when_nothing_changed(run: Run, site: TinySite) -> None:
    run("new", "article", "Travelling with migraine")
    site.article("migraine/b.md", draft="true")
    site.article("migraine/c.md", date="2999-01-01")
    site.article("migraine/d.md", date="2020-01-01", expires="2020-02-01")
    line = "Left out: 2 drafts, 1 scheduled, 1 expired (`--drafts` shows them).\n"
    assert line in run("build", "--jobs", "1").out
    assert line in run("build", "--jobs", "1").out


def test_build_says_nothing_of_drafts_where_there_are_none(run: Run) -> None:
    assert "Left out" not in run("build", "--jobs", "1").out


def test_build_of_one_condition_counts_its_own(run: Run, site: TinySite) -> None:
    site.article("ms/b.md", draft="true")
    assert "Left out" not in run("build", "--jobs", "1", "--condition", "migraine").out


# --- the function ---------------------------------------------------------------------------------


@pytest.fixture
def serve(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`gatherwell function serve` up to the point at which it would listen."""
    from widgets.adapters import server

    monkeypatch.setattr(server, "_run", lambda host, port, workers: None)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    return lambda *arguments: run("function", "serve", *arguments)


def test_function_says_where_it_is_and_what_it_knows(serve: Run, run: Run, site: TinySite) -> None:
    run("build", "--jobs", "1")
    told = serve("--port", "8799").out
    assert (
        "The function answers at http://127.0.0.1:8799/api/v1, the desk at http://127.0.0.1:8799/desk/."
        in told
    )
    assert "Store: sqlite:.gatherwell/function.sqlite" in told
    assert re.search(r"Manifest: site/manifest\.json, \d+ seconds? old: 0 polls, 1 thread\n", told)
    assert "Alerts: nobody is called" in told


def test_function_without_a_manifest_says_what_that_means(serve: Run) -> None:
    assert (
        "is not there yet; until `gatherwell build` writes it, every request is answered with 503"
        in serve().out
    )


def test_function_says_that_somebody_is_called(serve: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "GATHERWELL_ALERT_WEBHOOK", "https://alerts.example/secret")
    told = serve()
    assert "Alerts: a channel is set" in told.out
    assert "secret" not in told.out + told.err


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (119, "119 seconds"),
        (120, "2 minutes"),
        (7300, "2 hours"),
        (172800, "2 days"),
    ],
)
def test_an_age_is_told_in_the_largest_unit_of_which_there_are_two(seconds: float, told: str) -> None:
    assert told_age(seconds) == told


def test_a_damaged_manifest_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("[]")
    assert "is not there yet" in told_manifest(str(tmp_path / "manifest.json"))


# --- a new article --------------------------------------------------------------------------------


def test_new_article_takes_author_topics_and_type(run: Run, site: TinySite) -> None:
    run(
        "new",
        "article",
        "My year",
        "--type",
        "story",
        "--author",
        "ana",
        "--topic",
        "work",
        "--topic",
        "sleep: bad",
    )
    text = (site.root / "content/migraine/stories/my-year.md").read_text()
    assert 'type: story\nauthors: [ana]\ntopics: ["work", "sleep: bad"]\n' in text
    assert "# authors:" not in text


def test_a_page_of_what_the_team_did_begins_with_a_line_for_what_members_said(
    run: Run, site: TinySite
) -> None:
    told = run("new", "article", "Softer light", "--type", "we-did")
    run("new", "article", "My week")

    offered = (site.root / told.out.strip()).read_text().split("take away the #")[1]
    assert offered.index("\n# because:\n") < offered.index("\n# summary:\n")
    assert "`poll: id`" in offered
    assert "because" not in (site.root / "content/migraine/my-week.md").read_text()


@pytest.mark.parametrize(
    ("there", "given", "place"),
    [
        ({}, ["--type", "living-with"], "living-with/pacing.md"),
        ({"a": "living-with"}, ["--type", "living-with"], "pacing.md"),
        (
            {"days/a": "living-with", "days/b": "living-with", "a": "living-with", "living-with/a": "story"},
            ["--type", "living-with"],
            "days/pacing.md",
        ),
        ({"days/a": "story"}, [], "pacing.md"),
        ({}, ["--type", "survey-report"], "pacing.md"),
        ({}, ["--type", "living-with", "--folder", "help"], "help/pacing.md"),
        ({}, ["--type", "living-with", "--folder", "."], "pacing.md"),
    ],
)
def test_a_new_article_lies_where_its_type_does(
    run: Run, site: TinySite, there: dict[str, str], given: list[str], place: str
) -> None:
    for name, kind in there.items():
        site.article(f"migraine/{name}.md", type=kind)
    told = run("new", "article", "migraine", "Pacing", *given)
    assert told.out == f"content/migraine/{place}\n"
    assert ("--folder names another folder" in told.err) == ("/" in place and "--folder" not in given)


def test_a_new_event_lies_beside_the_others(run: Run, site: TinySite) -> None:
    site.article("migraine/meetings/a.md", type="event", start="2027-01-01T18:00")
    assert run("new", "event", "migraine", "A walk").out == "content/migraine/meetings/a-walk.md\n"


def test_new_report_has_a_line_for_its_survey_and_its_finding(run: Run, site: TinySite) -> None:
    run("new", "article", "What came out", "--type", "survey-report")
    text = (site.root / "content/migraine/what-came-out.md").read_text()
    assert "\nsurvey: # the survey's file in surveys/, without .yaml\nfinding: # " in text

    run("new", "survey", "Sleep")
    run("new", "article", "What came of it", "--type", "survey-report")
    assert "\nsurvey: sleep  # " in (site.root / "content/migraine/what-came-of-it.md").read_text()
    told = run("check", "--jobs", "1", "--drafts")
    assert "what-came-of-it.md" not in told.out + told.err


def test_new_condition_says_what_comes_next(run: Run) -> None:
    told = run("new", "condition", "Gout")
    assert told.err == '    next: `gatherwell new article gout "A title"`\n'


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_new_article_asks_on_a_terminal_for_what_is_not_given(site: TinySite) -> None:
    import pty

    site.article("migraine/a.md", topics="[sleep]")
    site.article("ms/b.md", topics="[heat]")
    site.put("content/_people/ana.md", "---\nname: Ana\n---\n")
    # The second answer is misspelt, and asked for again.
    answers = "ms\nstroy\nstory\nana\nheat, work\n"
    main, terminal = pty.openpty()
    command = [sys.executable, "-m", "generator.cli", "new", "article", "My first summer"]
    with subprocess.Popen(
        command, cwd=site.root, stdin=terminal, stdout=subprocess.PIPE, stderr=terminal
    ) as asked:
        os.close(terminal)
        os.write(main, answers.encode())
        told = b""
        while asked.poll() is None or not told.endswith(b"publish it\r\n"):
            try:
                told += os.read(main, 4096)
            except OSError:
                break
        out = asked.stdout.read() if asked.stdout else b""
    os.close(main)
    assert out == b"content/ms/stories/my-first-summer.md\n"
    assert b"Condition (migraine, ms)" in told
    assert b"did you mean 'story'?" in told
    assert b"so far: heat" in told
    text = (site.root / "content/ms/stories/my-first-summer.md").read_text()
    assert 'type: story\nauthors: [ana]\ntopics: ["heat", "work"]\n' in text
