"""The documentation as a site: generated pages are current, commands and snippets hold, and Gatherwell builds it."""

from __future__ import annotations

import datetime as dt
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import click
import pytest
from playwright.sync_api import Browser

from generator.build.check import find_problems
from generator.build.pipeline import build
from generator.cli import cli
from generator.cli.schema import KINDS, Schema, kind_schema
from generator.content.config import parse_config
from generator.content.front_matter.parse import parse_document
from generator.content.front_matter.schema import ArticleFrontMatter
from generator.ground.project import Options, Project
from tests.axe import run_axe
from tests.docs_site.__main__ import FOLDER
from tests.docs_site.pictures import ARTICLE, first_article
from tests.docs_site.project import ROOT, SECTIONS, home_of_pages, make_project
from tests.docs_site.reference import HOME, PAGES

NOW = dt.datetime(2026, 11, 15, 12, 0, tzinfo=dt.UTC)
WRITTEN = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(gatherwell [^`\n]+)`")
# What stands for a choice of the reader's: `invite|revoke`, `…`, `<name>`, `COMMAND`.
_OPEN = re.compile(r"[|…<>\[\]]|\b[A-Z]{3,}\b")


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_up_to_date(name: str) -> None:
    assert (HOME / name).read_text("utf-8") == PAGES[name](), "run python -m tests.docs_site.reference"


@pytest.mark.parametrize("name", [name for name in PAGES if name != "function-api.md"])
def test_no_row_of_the_reference_is_left_empty(name: str) -> None:
    rows = [line for line in (HOME / name).read_text("utf-8").splitlines() if line.startswith("| ")]
    assert rows or name == "directives.md"
    assert [row for row in rows if any(not cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1])] == []


def test_every_page_has_a_place_in_the_site() -> None:
    placed = set(home_of_pages())
    pages = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert pages - placed == {"docs/decisions/README.md"}
    assert len(placed) == len(set(home_of_pages().values()))


def keys_without_a_note(schema: Schema, path: str = "") -> Iterator[str]:
    for key, value in schema.get("properties", {}).items():
        if not value.get("description"):
            yield f"{path}{key}"
        if value.get("type") == "object" or "object" in value.get("type", ()):
            yield from keys_without_a_note(value, f"{path}{key}.")


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_explained(kind: str) -> None:
    assert list(keys_without_a_note(kind_schema(kind))) == []


def commands() -> Iterator[tuple[str, str]]:
    """Every command line of ours that the documents show, with the document's name."""
    for path in WRITTEN:
        text = path.read_text("utf-8")
        lines = [line for _, block in _BLOCK.findall(text) for line in block.splitlines()]
        found = [line for line in lines if line.startswith("gatherwell ")]
        found += _INLINE.findall(_BLOCK.sub("", text))
        for line in found:
            yield path.name, line.split("  #")[0].strip()


def unknown_parts(line: str) -> list[str]:
    """The words of a command line that name no command and no option of ours."""
    words = shlex.split(line, comments=True)[1:]
    command: click.Command = cli
    context = click.Context(cli, info_name="gatherwell")
    wrong = []
    for word in words:
        if _OPEN.search(word) and not word.startswith("--"):
            break
        if isinstance(command, click.Group) and not word.startswith("-"):
            found = command.get_command(context, word)
            if found is None:
                return [word]
            command, context = found, click.Context(found, parent=context)
        elif word.startswith("--"):
            options = {each for param in command.params for each in (*param.opts, *param.secondary_opts)}
            name = word.split("=")[0].strip("….,;)")
            if name not in {*options, "--help", "--version"}:
                wrong.append(name)
    return wrong


def test_every_command_in_the_documents_exists_with_its_options() -> None:
    shown = list(commands())
    assert len(shown) > 40
    assert {(page, line): wrong for page, line in shown if (wrong := unknown_parts(line))} == {}


def test_every_snippet_of_settings_is_accepted() -> None:
    snippets = [
        (path.name, block)
        for path in WRITTEN
        for language, block in _BLOCK.findall(path.read_text("utf-8"))
        if language == "yaml" and block.startswith("# gatherwell.yaml")
    ]
    assert len(snippets) >= 2
    for _, block in snippets:
        parse_config(block if "\ntitle:" in block else f"{block}\ntitle: T\n")


def test_every_target_of_make_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        (path.name, name)
        for path in WRITTEN
        for name in re.findall(r"(?:^|`)make ([a-z-]+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert len(named) > 5
    assert {pair for pair in named if pair[1] not in targets} == set()


def test_the_first_article_of_the_writers_page_is_accepted_where_it_would_lie() -> None:
    parsed = parse_document(first_article().encode(), "article", "travelling.md")
    assert parsed.problems == ()
    front_matter = parsed.front_matter
    assert isinstance(front_matter, ArticleFrontMatter)
    assert all((ROOT / f"content/_people/{name}.md").exists() for name in front_matter.authors)
    links = re.findall(r"\]\(([^)]+)\)", first_article())
    assert links
    assert all((ROOT / ARTICLE).parent.joinpath(link).exists() for link in links)


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("handbook")
    make_project(folder)
    project = Project(folder, folder / "site")
    build(project, Options(now=NOW, jobs=1, search=False), lambda _: None)
    return project


def test_the_documentation_is_built_without_a_finding(handbook: Project) -> None:
    found = find_problems(handbook, Options(now=NOW, jobs=1, search=False), lambda _: None)
    assert [str(problem) for problem in found.problems] == []


def test_each_section_names_its_pages_in_order(handbook: Project) -> None:
    for name, section in SECTIONS.items():
        page = (handbook.out / name / "index.html").read_text("utf-8")
        start = page[page.index('id="page-start"') : page.index("</ol>", page.index('id="page-start"'))]
        assert start.count('class="line"') == len(section.pages)


def test_the_documentation_claims_nothing_medical(handbook: Project) -> None:
    pages = {path: path.read_text("utf-8") for path in handbook.out.rglob("*.html")}
    assert [path.name for path, text in pages.items() if '"@type":"Medical' in text] == []


@pytest.mark.long
@pytest.mark.browser
def test_axe_finds_nothing_in_the_documentation(handbook: Project, chromium: Browser) -> None:
    handler = partial(_Silent, directory=str(handbook.out))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    page = chromium.new_page()
    found = {}
    try:
        for path in sorted(handbook.out.rglob("index.html")):
            place = path.relative_to(handbook.out).as_posix().removesuffix("index.html")
            page.goto(f"http://127.0.0.1:{server.server_port}/{place}")
            violations = run_axe(page).response["violations"]
            if violations:
                found[place] = [
                    (each["id"], [node["target"] for node in each["nodes"]][:3]) for each in violations
                ]
    finally:
        page.close()
        server.shutdown()
        server.server_close()
    assert found == {}


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        return


def test_make_docs_installs_what_serving_needs_and_says_how_to_open_the_result() -> None:
    told = subprocess.run(
        ["make", "--dry-run", "--always-make", "docs"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert ".[test" not in told
    assert "-m tests.docs_site" in told
    opening = re.search(r'"Open it with: \S*bin/(gatherwell [^"]+)"', told)
    assert opening
    assert unknown_parts(opening[1]) == []
    assert opening[1].split()[-1] == FOLDER.relative_to(ROOT).as_posix()


def test_the_documentation_needs_nothing_of_the_tests() -> None:
    without = "import sys; sys.modules |= dict.fromkeys(['pytest', 'playwright', 'hypothesis', 'boto3'])"
    code = f"{without}; import tests.docs_site.__main__"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
