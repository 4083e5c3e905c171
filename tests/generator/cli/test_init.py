"""`gatherwell init` makes a community: it builds, asks a poll, takes comments, and says what is to be completed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.cli.community.answers import HOSTS, Answers, filled
from generator.cli.community.crisis_lines import crisis_lines
from generator.cli.community.files import project_files
from generator.cli.community.pinned import Pinned, pin_of
from generator.content.config import parse_config
from tests.generator.command_line import Run
from tests.sites import NOW

TODAY = NOW.date()
PIN = Pinned("./wheels/gatherwell-1-py3-none-any.whl\n", None, known=True)
SLUGS = {"Long Covid": "long-covid"}


def files_of(**given: object) -> dict[str, str]:
    return project_files(filled(Answers()._replace(conditions=("Long Covid",), **given)), SLUGS, PIN, TODAY)


# --- the whole ------------------------------------------------------------------------------------


@pytest.fixture
def community(run: Run, tmp_path: Path) -> Path:
    """A community in two languages, made and built."""
    folder = tmp_path / "mine"
    told = run(
        *("init", str(folder), "--title", "Ours: all", "--condition", "Long Covid", "--condition", "Gout"),
        *(
            "--language",
            "en",
            "--language",
            "es",
            "--country",
            "GB",
            "--country",
            "de",
            "--organisation",
            "A: B",
        ),
    )
    assert told.code == 0, told.err
    assert run("build", "--jobs", "1", "--no-search", "--root", str(folder)).code == 0
    return folder


def page(community: Path, path: str) -> str:
    return (community / "site" / path / "index.html").read_text("utf-8")


def test_community_is_complete_and_says_that_it_is_a_demonstration(run: Run, community: Path) -> None:
    assert run("check", "--jobs", "1", "--root", str(community)).err == (
        "0 errors, 0 warnings\na demonstration: nobody has called its 11 crisis lines; `gatherwell doctor` names them\n"
        "26 pages to complete; `gatherwell doctor` names what\n"
    )
    good_day = page(community, "long-covid/a-good-day")
    assert (
        'class="poll-form" autocomplete="off" method="post" action="/api/v1/polls/long-covid~good-day'
        in good_day
    )
    assert 'action="/api/v1/threads/long-covid~a-good-day/comments"' in good_day
    assert page(community, "you")
    for html in (community / "site").rglob("*.html"):
        text = html.read_text("utf-8")
        assert 'http-equiv="refresh"' in text or 'class="notice"' in text, html


def test_both_languages_have_policies_articles_and_the_same_poll(community: Path) -> None:
    for folder in ("", "es/"):
        for name in ("about", "privacy", "community-rules", "health-data-policy", "accessibility"):
            assert page(community, f"{folder}{name}")
    assert "¿Qué te ayuda más" in page(community, "gout/es/a-good-day")
    manifest = json.loads((community / "site/manifest.json").read_text("utf-8"))
    assert set(manifest["polls"]) == {"long-covid~good-day", "gout~good-day"}


def test_people_stand_there_by_role(community: Path) -> None:
    for name in ("editor", "moderator", "advocate", "clinician"):
        assert page(community, f"people/{name}")


def test_drafts_wait_by_type(run: Run, community: Path) -> None:
    told = run("build", "--jobs", "1", "--no-search", "--json", "--root", str(community))
    assert json.loads(told.out)["left_out"] == {"draft": 8}


def test_doctor_names_the_texts_to_complete(run: Run, community: Path) -> None:
    told = run("doctor", "--offline", "--json", "--root", str(community))
    items = {item["name"]: item for item in json.loads(told.out)["items"]}
    for path in ("_pages/privacy.es.md", "gout/_index.md", "long-covid/_index.es.md"):
        assert f"content/{path}" in items["texts"]["said"]
    assert items["organisation"]["said"] == "A: B answers for the site"
    assert items["demonstration"]["state"] == "open"
    assert items["next-build"]["state"] == "done"


def test_community_out_of_demonstration_demands_calls(run: Run, community: Path) -> None:
    settings = community / "gatherwell.yaml"
    settings.write_text(settings.read_text().replace("demonstration: true", "demonstration: false"))
    told = run("check", "--all", "--jobs", "1", "--root", str(community))
    assert told.code == 1
    assert told.out.count("nobody has checked the crisis line") == 11


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Épilepsie", "epilepsie"),
        ("Migräne", "migrane"),
        ("Enfermedad de Crohn", "enfermedad-de-crohn"),
        ("Łuszczyca", "luszczyca"),
        ("Sklerose, Søvn og Æ", "sklerose-sovn-og-ae"),
        ("Weißfleckenkrankheit", "weissfleckenkrankheit"),
    ],
)
def test_a_condition_keeps_its_accents_in_its_title_alone(
    run: Run, tmp_path: Path, name: str, folder: str
) -> None:
    made = tmp_path / "ours"
    assert run("init", str(made), "--condition", name, "--yes").code == 0
    assert f"title: {name}\n" in (made / f"content/{folder}/_index.md").read_text("utf-8")
    assert run("new", "condition", f"{name} X", "--root", str(made)).out == f"content/{folder}-x/_index.md\n"


def test_a_condition_in_other_letters_is_asked_for_an_address(run: Run, tmp_path: Path) -> None:
    told = run("init", str(tmp_path / "ours"), "--condition", "片頭痛", "--yes")
    assert told.code == 2
    assert "'片頭痛' cannot become an address; name it in the letters a-z" in told.err
    assert not (tmp_path / "ours").exists()


def test_init_says_what_comes_next_and_what_it_does_not_know(run: Run, tmp_path: Path) -> None:
    told = run("init", str(tmp_path / "new"), "--country", "de")
    assert "a demonstration, and every page says so" in told.out
    assert "No crisis line with a source is known for DE: write yours into content/_crisis.yaml." in told.err
    assert f"next: `gatherwell serve --root {tmp_path / 'new'} --open`" in told.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--condition", "偏頭痛"], "cannot become an address"),
        (["--condition", "People"], "'people' is a reserved address"),
        (
            ["--condition", "MS", "--condition", "M S!", "--condition", "ms"],
            "two conditions would have the address",
        ),
        (["--address", "ours.health"], "'ours.health' is not a web address; write it whole: https://"),
        (["--language", "english"], "'english' is not a language tag; write it as `en`"),
        (["--country", "Spain"], "'SPAIN' is not a country; write two letters: ES"),
        (["--host", "ftp"], "'ftp' is not one of"),
    ],
)
def test_an_answer_that_cannot_be_used_writes_nothing(
    run: Run, tmp_path: Path, arguments: list[str], told: str
) -> None:
    result = run("init", str(tmp_path / "new"), *arguments)
    assert result.code == 2
    assert told in result.err
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize("arguments", [[], ["--yes"]])
def test_init_asks_on_a_terminal_unless_told_not_to(tmp_path: Path, arguments: list[str]) -> None:
    import pty

    main, terminal = pty.openpty()
    command = [sys.executable, "-m", "generator.cli", "init", "mine", *arguments]
    with subprocess.Popen(
        command, cwd=tmp_path, stdin=terminal, stdout=subprocess.PIPE, stderr=terminal
    ) as asked:
        os.close(terminal)
        if not arguments:
            os.write(main, b"Knees\nGout, Lupus\nes\nhttps://knees.health/\nThe Society\nES\nmachine\n")
        told = b""
        while b"lists what is to be completed" not in told:
            try:
                told += os.read(main, 4096)
            except OSError:
                break
        assert asked.wait() == 0
    os.close(main)
    assert (b"Who answers for it" in told) == (not arguments)
    config = parse_config((tmp_path / "mine/gatherwell.yaml").read_text("utf-8"))
    assert config.title == ("Our community" if arguments else "Knees")
    assert (tmp_path / "mine/content/lupus").exists() == (not arguments)
    assert (tmp_path / "mine/deploy/Caddyfile").exists()


# --- the files ------------------------------------------------------------------------------------


def test_every_setting_is_explained() -> None:
    lines = files_of()["gatherwell.yaml"].splitlines()
    unexplained = []
    for number, line in enumerate(lines):
        is_top = line and not line.startswith((" ", "#"))
        if is_top and not lines[number - 1].startswith("#"):
            unexplained.append(line)
    assert unexplained == []
    named = set(yaml.safe_load("\n".join(lines))) | {"organisation"}
    assert {
        *(
            "title",
            "description",
            "base_url",
            "language",
            "languages",
            "time_zone",
            "theme",
            "notice",
            "cards",
        ),
        *("organisation", "edit_url", "widgets", "comments", "pagination", "feeds", "markdown", "images"),
        *("search", "demonstration", "checks", "front_matter"),
    } <= named


@pytest.mark.parametrize("organisation", ["", "The: Society", 'A "B" #c', "@title@"])
def test_settings_hold_what_was_answered(organisation: str) -> None:
    config = parse_config(files_of(organisation=organisation)["gatherwell.yaml"])
    assert (config.organisation.name if config.organisation else "") == organisation
    assert config.demonstration
    assert config.widgets.endpoint == "/api/v1"


@pytest.mark.parametrize(
    ("host", "function", "endpoint"),
    [
        ("github", "", ""),
        ("github", "https://talk.ours.health/api/v1", "https://talk.ours.health/api/v1"),
        ("machine", "", "/api/v1"),
        ("aws", "", "/api/v1"),
        ("elsewhere", "https://talk.ours.health/api/v1/", "https://talk.ours.health/api/v1"),
        ("elsewhere", "/talk: 1 #2", "/talk: 1 #2"),
    ],
)
def test_the_endpoint_is_where_the_host_can_answer(host: str, function: str, endpoint: str) -> None:
    files = files_of(host=host, function=function)
    assert parse_config(files["gatherwell.yaml"]).widgets.endpoint == endpoint
    assert ("moderators' desk" in files["README.md"]) == bool(endpoint)


def test_a_spanish_community_reads_spanish_everywhere() -> None:
    files = files_of(title="Nosotras", languages=("es",))
    config = parse_config(files["gatherwell.yaml"])
    assert config.description == "Nosotras: palabras claras de personas que viven con la enfermedad."
    assert "## Antes de invitar a nadie" in files["README.md"]
    assert "name: Nuestra redacción" in files["content/_people/editor.md"]


def test_every_language_of_the_site_has_its_description_and_its_people() -> None:
    files = files_of(title="Us", languages=("en", "es", "fr"))
    config = parse_config(files["gatherwell.yaml"])
    assert config.description == {
        "en": "Us: plain words from people who live with it.",
        "es": "Us: palabras claras de personas que viven con la enfermedad.",
    }
    assert "name: Our editor" in files["content/_people/editor.md"]
    assert "name: Nuestra redacción" in files["content/_people/editor.es.md"]


def test_settings_that_are_not_written_are_shown_and_can_be_used() -> None:
    text = files_of()["gatherwell.yaml"]
    for key in ("logo", "menu", "footer", "social"):
        (line,) = re.findall(rf"^# ({key}: .*)$", text, re.MULTILINE)
        text = text.replace(f"# {line}", line)
    config = parse_config(text)
    assert (config.logo, len(config.menu), len(config.footer.links), len(config.social)) == (
        "_images/logo.svg",
        2,
        1,
        1,
    )


@pytest.mark.parametrize("host", HOSTS)
def test_workflow_is_whole_for_every_host(host: str) -> None:
    files = files_of(host=host, address="https://ours.health/")
    workflow = yaml.safe_load(files[".github/workflows/site.yml"])
    commands = [step.get("run", "") for step in workflow["jobs"]["build"]["steps"]]
    ours = [command for command in commands if command.startswith("gatherwell ")]
    sent = ["gatherwell deploy s3"] if host == "aws" else []
    assert ours == [
        *('gatherwell results pull --endpoint "$FUNCTION"', "gatherwell check --format github"),
        *('gatherwell check --format github --since "$BASE"', "gatherwell build", *sent),
    ]
    assert "python -m pip install -r requirements.txt" in commands
    assert ("publish" in workflow["jobs"]) == (host == "github")
    assert ("id-token" in workflow["permissions"]) == (host == "aws")
    assert "@" not in files["README.md"].replace("@v", "")
    if host == "machine":
        assert "\nours.health {\n" in files["deploy/Caddyfile"]


@pytest.mark.parametrize("host", HOSTS)
def test_no_cache_and_no_proposal_has_members_words(host: str) -> None:
    workflow = yaml.safe_load(files_of(host=host)[".github/workflows/site.yml"])
    steps = workflow["jobs"]["build"]["steps"]
    (cache,) = (step for step in steps if str(step.get("uses")).startswith("actions/cache"))
    assert cache["with"]["path"].split() == [
        ".gatherwell/*",
        "!.gatherwell/private",
        "!.gatherwell/snapshot.json",
    ]
    (pull,) = (step for step in steps if "results pull" in str(step.get("run")))
    assert "github.event_name != 'pull_request'" in pull["if"]
    kept = [
        step["with"].get("retention-days") for step in steps if "upload-artifact" in str(step.get("uses"))
    ]
    assert set(kept) == {1}


def test_settings_complete_themselves_in_an_editor() -> None:
    files = files_of()
    assert files["gatherwell.yaml"].startswith("# yaml-language-server: $schema=schemas/gatherwell.json\n")
    assert json.loads(files["schemas/gatherwell.json"])["properties"]["demonstration"]
    assert json.loads(files[".vscode/settings.json"])["yaml.schemas"] == {
        "./schemas/gatherwell.json": "gatherwell.yaml"
    }


def test_a_language_without_texts_begins_in_english_under_its_own_name() -> None:
    files = files_of(languages=("fr", "es"))
    assert files["content/_pages/privacy.md"].startswith("---\ntitle: Privacy\n")
    assert files["content/_pages/privacy.es.md"].startswith("---\ntitle: Privacidad\n")


@pytest.mark.parametrize(
    ("languages", "countries", "locales", "without"),
    [
        (("en",), (), ["en"], ()),
        (("en",), ("GB",), ["en", "en-GB"], ()),
        (("en", "es"), ("US", "ES"), ["en", "en-US", "es", "es-ES", "es-US"], ()),
        (("es",), ("GB",), ["es"], ("GB",)),
        (("fr",), ("FR",), ["en"], ("FR",)),
    ],
)
def test_crisis_lines_are_those_of_the_chosen_countries(
    languages: tuple[str, ...], countries: tuple[str, ...], locales: list[str], without: tuple[str, ...]
) -> None:
    chosen = crisis_lines(languages, countries)
    lines = yaml.safe_load(chosen.text)
    assert list(lines) == locales
    assert chosen.without == without
    for entry in (entry for some in lines.values() for entry in some):
        assert entry["source"].startswith("https://")
        assert entry["checked"] is None
    assert "demonstration" not in chosen.text
    assert all(any("child" in entry["kinds"] for entry in some) for some in lines.values())


def test_a_wheel_file_is_pinned_and_copied(tmp_path: Path) -> None:
    wheel = tmp_path / "gatherwell-1-py3-none-any.whl"
    wheel.write_bytes(b"")
    pin = pin_of({"url": wheel.as_uri(), "archive_info": {}}, "1")
    assert (pin.wheel, pin.known) == (wheel, True)
    assert pin.text.endswith("\n./wheels/gatherwell-1-py3-none-any.whl[function]\n")


COMMIT, HASH = "a" * 40, "b" * 64


@pytest.mark.parametrize(
    ("recorded", "line"),
    [
        (
            {"url": "https://git.example/g.git", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            f"gatherwell[function] @ git+https://git.example/g.git@{COMMIT}",
        ),
        (
            {"url": "https://files.example/g.whl", "archive_info": {"hashes": {"sha256": HASH}}},
            f"gatherwell[function] @ https://files.example/g.whl#sha256={HASH}",
        ),
    ],
)
def test_where_it_came_from_is_pinned_by_a_hash(recorded: dict[str, object], line: str) -> None:
    assert pin_of(recorded, "1").text.splitlines()[-1] == line


@pytest.mark.parametrize(
    "recorded", [{}, {"url": "file:///gone/gatherwell.whl"}, {"url": "file:///work", "dir_info": {}}]
)
def test_what_is_not_known_is_left_to_complete(recorded: dict[str, object]) -> None:
    pin = pin_of(recorded, "1")
    assert not pin.known
    assert [line for line in pin.text.splitlines() if not line.startswith("#")] == []
