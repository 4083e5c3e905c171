"""Snippets in README and docs: each is read by the reader of the file that it stands for, and links are whole."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
import yaml

from generator.build.check import find_problems
from generator.content.config import parse_config
from generator.content.front_matter.parse import parse_document
from generator.ground.project import Options, Project
from generator.insights.months import Month
from generator.insights.reads import read_counts
from generator.site.data_files import parse_crisis
from generator.site.retracted import parse_retracted
from generator.theme.inheritance import parse_settings
from generator.theme.reading import read_theme
from tests.sites import TinySite
from widgets.rules.claims import read_claims
from widgets.rules.replies import parse_replies

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*/README.md")])
BLOCK = re.compile(
    r"^(?P<indent> *)(?P<fence>`{3,})(?P<language>\w+)\n(?P<text>.*?)^(?P=indent)(?P=fence)$",
    re.DOTALL | re.MULTILINE,
)
LINK = re.compile(r"https?://[^\s)>\]`\"'<|]+")
NOW = dt.datetime(2026, 11, 15, 12, 0, tzinfo=dt.UTC)
# Addresses that are told as examples, or that no certificate can be had for.
OWN_MACHINE = {"localhost", "127.0.0.1", "relay"}


class Snippet(NamedTuple):
    """*place* names the page and the block's number on it; *file* is what the block's first line says it stands for."""

    place: str
    language: str
    file: str
    text: str


def snippets() -> Iterator[Snippet]:
    for path in PAGES:
        name = path.relative_to(ROOT).as_posix()
        for number, block in enumerate(BLOCK.finditer(path.read_text("utf-8")), 1):
            text = textwrap.dedent(block["text"])
            file = re.match(r"(?:#|/\*|\{#) ([\w./~\-]+)", text)
            yield Snippet(f"{name} {number}", block["language"], file[1] if file else "", text)


ALL = list(snippets())


def of(language: str, ending: str) -> list[Snippet]:
    return [each for each in ALL if each.language == language and each.file.endswith(ending)]


# --- yaml -----------------------------------------------------------------------------------------


def settings(text: str, folder: Path) -> None:
    parse_config(text if "\ntitle:" in text else f"{text}\ntitle: T\n")


def crisis_lines(text: str, folder: Path) -> None:
    lines, problems = parse_crisis(text.encode())
    assert lines
    assert [problem for problem in problems if problem.severity == "error"] == []


def retracted(text: str, folder: Path) -> None:
    read, problems = parse_retracted(text.encode())
    assert read
    assert list(problems) == []


def front_matter(text: str, folder: Path) -> None:
    title = "" if "\ntitle:" in text else "title: T\n"
    parsed = parse_document(f"---\n{title}{text}---\n".encode(), "article", "pacing.md")
    assert parsed.problems == ()


def claims(text: str, folder: Path) -> None:
    (folder / "claims.yaml").write_text(text, "utf-8")
    assert read_claims(folder / "claims.yaml")


def replies(text: str, folder: Path) -> None:
    (folder / "replies.yaml").write_text(text, "utf-8")
    assert parse_replies(folder / "replies.yaml")


def theme(text: str, folder: Path) -> None:
    parse_settings(text, "theme.yaml")


def strings(text: str, folder: Path) -> None:
    """As the strings of a theme that has nothing else."""
    home = folder / "themes" / "words"
    (home / "i18n").mkdir(parents=True)
    (home / "theme.yaml").write_text("extends: commons\n", "utf-8")
    (home / "i18n" / "en.yaml").write_text(text, "utf-8")
    read_theme("words", [folder / "themes", ROOT / "themes"], {}, None)


def workflow(text: str, folder: Path) -> None:
    read = yaml.safe_load(text)
    for step in steps(read):
        assert len({"uses", "run"} & step.keys()) == 1, step
        assert re.fullmatch(r"[\w-]+/[\w-]+@v\d+", step.get("uses", "a/b@v1"))


def steps(read: Any) -> Iterator[dict[str, Any]]:
    """The steps of a workflow, of its jobs, or of a list of steps."""
    if isinstance(read, list):
        yield from read
        return
    jobs = read.get("jobs", read)
    assert jobs
    for job in jobs.values():
        yield from job["steps"]


def survey(text: str, folder: Path) -> None:
    """With all its wordings, in a project of its condition."""
    site = TinySite(folder / "site", AROUND)
    for each in ALL:
        if "/surveys/" in each.file:
            site.put(each.file, each.text)
    site.put("gatherwell.yaml", "title: T\nlanguages: [en, es]\nbase_url: https://t.example/\n")
    found = find_problems(
        Project(site.root, site.out), Options(now=NOW, jobs=1, search=False), lambda _: None
    )
    assert text in {each.text for each in ALL if "/surveys/" in each.file}
    told = [str(problem) for problem in found.problems if "/surveys/" in problem.source_path]
    assert [one for one in told if "the wording is not fixed" not in one] == []


def results(text: str, folder: Path) -> None:
    """The demonstration's own file is read whole elsewhere; the example has the same keys."""
    shown = yaml.safe_load(text)
    (own,) = (ROOT / "content/_results").glob("*.yaml")
    kept = yaml.safe_load(own.read_text("utf-8"))
    assert shown.keys() <= kept.keys() | {"final"}
    assert {key for table in shown["tables"] for key in table} <= {
        "question",
        "answered",
        "answers",
        "by",
        "groups",
    }


READERS: dict[str, Callable[[str, Path], None]] = {
    "gatherwell.yaml": settings,
    "_crisis.yaml": crisis_lines,
    "_retracted.yaml": retracted,
    "claims.yaml": claims,
    "replies.yaml": replies,
    ".md": front_matter,
    "~mornings.yaml": results,
    "-day.yaml": survey,
    "-day.es.yaml": survey,
    "theme.yaml": theme,
    "i18n/en.yaml": strings,
    "site.yml": workflow,
    "pull-request.yml": workflow,
}


def test_every_yaml_says_which_file_it_is_of() -> None:
    nameless = [
        each.place for each in ALL if each.language == "yaml" and not each.file.endswith(tuple(READERS))
    ]
    assert nameless == []


@pytest.mark.parametrize(
    "snippet", [each for each in ALL if each.language == "yaml"], ids=lambda each: each.place
)
def test_yaml_is_read_by_the_reader_of_its_file(snippet: Snippet, tmp_path: Path) -> None:
    (read,) = (READERS[ending] for ending in READERS if snippet.file.endswith(ending))
    read(snippet.text, tmp_path)


def test_the_recipe_for_ci_keeps_what_new_communities_keep() -> None:
    """One cache, in the page and in the workflow that `init` writes: without members' words."""
    made = (ROOT / "generator/cli/community/project/site.yml").read_text("utf-8")
    ours = re.search(r"path: \|\n(.*?)\n *key", made, re.DOTALL)
    assert ours
    shown = [each.text for each in of("yaml", "site.yml") if "actions/cache" in each.text]
    assert len(shown) == 2
    for text in shown:
        cached = re.search(r"path: \|\n(.*?)\n *key", text, re.DOTALL)
        assert cached
        assert cached[1].split() == ours[1].split()


# --- a project around the settings ----------------------------------------------------------------

AROUND = """\
== content/_pages/about.md
---
title: About us
---
Words.
== content/migraine/_index.md
---
title: Migraine
start_here: [pacing.md]
---
== content/migraine/pacing.md
---
title: Pacing
---
Words.
== content/_images/logo.svg
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>
"""
# The other one has a theme of its own, and a test that builds it whole.
WITHOUT_A_THEME = [each for each in of("yaml", "gatherwell.yaml") if "\ntheme:" not in each.text]


@pytest.mark.parametrize("snippet", WITHOUT_A_THEME, ids=lambda each: each.place)
def test_settings_hold_in_a_project_that_has_what_they_name(snippet: Snippet, tmp_path: Path) -> None:
    site = TinySite(tmp_path / "site", AROUND)
    site.put("gatherwell.yaml", "title: T\nlanguages: [en, es]\n" + snippet.text)
    options = Options(now=NOW, jobs=1, search=False)
    found = find_problems(Project(site.root, site.out), options, lambda _: None)
    assert found.complete
    assert [str(problem) for problem in found.problems if problem.severity == "error"] == []


# --- other languages ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "snippet", [each for each in ALL if each.language == "json"], ids=lambda each: each.place
)
def test_json_is_json(snippet: Snippet) -> None:
    if "…" not in snippet.text:
        json.loads(snippet.text)


def test_every_example_of_markdown_is_tried_elsewhere() -> None:
    """Those of the guide with what comes out, that of the writers' page as a file of the demonstration."""
    pages = {each.place.rpartition(" ")[0] for each in ALL if each.language == "markdown"}
    assert pages == {"docs/markdown.md", "docs/writers.md"}
    assert "GUIDE" in (ROOT / "tests/generator/bodies/markdown/test_guide.py").read_text("utf-8")
    assert "first_article" in (ROOT / "tests/test_docs_site.py").read_text("utf-8")


def test_a_documented_log_of_reading_keeps_path_and_time_alone() -> None:
    formats = [each.text for each in ALL if each.language == "nginx"]
    assert formats
    assert {name for text in formats for name in re.findall(r"\$\w+", text)} == {"$uri", "$time_iso8601"}


def test_the_documented_filter_makes_the_file_that_insights_takes(tmp_path: Path) -> None:
    [program] = [each.text for each in ALL if each.language == "awk"]
    log = "/ra/jar/,2026-10-01T08:00:00+00:00\n/ra/jar/,2026-10-01T09:30:00+00:00\n/,2026-10-02T00:00:01+00:00\n"
    ran = subprocess.run(["awk", program], input=log, capture_output=True, text=True, check=True)
    (tmp_path / "reads.csv").write_text(ran.stdout, "utf-8")
    counts = read_counts(tmp_path / "reads.csv", (Month(2026, 10),))
    assert counts == {Month(2026, 10): {"/ra/jar/": 2, "/": 1}}


def test_no_language_is_shown_that_nothing_here_reads() -> None:
    told = {each.language for each in ALL}
    assert told <= {
        "yaml",
        "json",
        "sh",
        "markdown",
        "html",
        "css",
        "jinja",
        "js",
        "nginx",
        "awk",
        "caddyfile",
        "redirects",
    }


# --- links ----------------------------------------------------------------------------------------


def test_links_to_elsewhere_are_whole_and_encrypted() -> None:
    links = {
        (path.relative_to(ROOT).as_posix(), link.rstrip(".,;:"))
        for path in PAGES
        for link in LINK.findall(path.read_text("utf-8"))
    }
    assert len(links) > 40
    wrong = []
    for page, link in sorted(links):
        parts = urlsplit(link)
        host = (parts.hostname or "").lower()
        own = host in OWN_MACHINE or "…" in link
        if host and not own and (parts.scheme != "https" or "." not in host):
            wrong.append(f"{page}: {link}")
    assert wrong == []
