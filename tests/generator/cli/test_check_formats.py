"""What `check` says to machines: SARIF by its schema, and GitHub's workflow commands by their grammar."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from generator.cli.check import as_github, as_sarif
from generator.ground.errors import Problem
from tests.generator.command_line import Run
from tests.sites import TinySite

SCHEMA: dict[str, Any] = json.loads(
    (Path(__file__).parent / "schemas/sarif-2.1.0-rtm.5.json").read_text("utf-8")
)
PROBLEMS = (
    Problem("nothing but a message"),
    Problem("a file as a whole", source_path="content/a.md", severity="warning", rule="reviews"),
    Problem("a line without a column", 3, 0, "a hint", "content/a.md", "error", "links"),
    Problem("a path that is no address", 3, 7, "", "content/migraine/é, b%20c: 1.md", "warning", "files"),
    Problem("100% of\r\ntwo lines: a, b", 1, 1, "%0A is\nno line end", "content/b.md", "error", "content"),
    Problem(
        "::error file=x::not a command", 2, 2, "::stop-commands::x", "content/::c.md", "warning", "x,y:z"
    ),
)


@pytest.mark.parametrize("prefix", ["", "project/"])
@pytest.mark.parametrize("problems", [(), *((each,) for each in PROBLEMS), PROBLEMS], ids=str)
def test_sarif_is_as_its_schema_says(problems: tuple[Problem, ...], prefix: str) -> None:
    log = json.loads(as_sarif(problems, prefix))
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    (run,) = log["runs"]
    assert len(run["results"]) == len(problems)
    for problem, result in zip(problems, run["results"], strict=True):
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        (place,) = result["locations"]
        assert re.fullmatch(r"[!-~]+", place["physicalLocation"]["artifactLocation"]["uri"])
        assert ("region" in place["physicalLocation"]) == bool(problem.line)


@pytest.mark.parametrize(
    "fault",
    [
        {"version": "2.0.0"},
        {"runs": [{"results": []}]},
        {"runs": [{"tool": {"driver": {"name": "G", "colour": 1}}}]},
        {"runs": [{"tool": {"driver": {"name": "G"}}, "results": [{"level": "error"}]}]},
        {
            "runs": [
                {"tool": {"driver": {"name": "G"}}, "results": [{"message": {"text": "m"}, "level": "bad"}]}
            ]
        },
    ],
    ids=["version", "no tool", "unknown key", "no message", "level"],
)
def test_the_schema_refuses_what_is_no_sarif(fault: dict[str, object]) -> None:
    log = {**json.loads(as_sarif((), "")), **fault}
    assert not jsonschema.Draft4Validator(SCHEMA).is_valid(log)


# `::command key=value,key=value::message`. In a value `%`, line ends, `:` and `,` are escaped, in a message `%` and line
# ends: docs.github.com, “Workflow commands for GitHub Actions”, and `escapeProperty` and `escapeData` of actions/toolkit.
VALUE = r"(?:[^%\r\n:,]|%25|%0D|%0A|%3A|%2C)+"
PROPERTY = rf"(?:file|line|endLine|col|endColumn|title)={VALUE}"
COMMAND = re.compile(
    rf"::(?P<command>error|warning|notice) (?P<properties>{PROPERTY}(?:,{PROPERTY})*)"
    r"::(?P<message>(?:[^%\r\n]|%25|%0D|%0A)+)"
)


@pytest.mark.parametrize("problem", PROBLEMS, ids=str)
def test_an_annotation_of_github_follows_the_grammar_and_says_what_was_found(problem: Problem) -> None:
    (line,) = as_github((problem,), "").splitlines()
    match = COMMAND.fullmatch(line)
    assert match
    assert match["command"] == problem.severity
    assert unescaped(match["message"]) == "\n".join(filter(None, (problem.message, problem.hint)))
    said = dict(properties_of(match["properties"]))
    assert said == {
        **({"file": problem.source_path} if problem.source_path else {}),
        **({"line": str(problem.line), "col": str(problem.column or 1)} if problem.line else {}),
        "title": problem.rule or "content",
    }


def properties_of(text: str) -> Iterator[tuple[str, str]]:
    for pair in text.split(","):
        key, _, value = pair.partition("=")
        yield key, unescaped(value)


def unescaped(text: str) -> str:
    for escape, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(escape, character)
    return text


def test_both_formats_of_a_site_with_faults_in_settings_texts_and_front_matter(
    run: Run, site: TinySite
) -> None:
    site.put(
        "content/migraine/é b.md",
        "---\ntitle: B\ntype: treatment\n---\n[here](https://b.example/?utm_source=x)\n",
    )
    site.put("content/migraine/c.md", "---\ntitle: C\ndate: soon\n---\n")
    log = json.loads(run("check", "--jobs", "1", "--format", "sarif").out)
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    lines = run("check", "--jobs", "1", "--format", "github").out.splitlines()
    assert len(lines) == len(log["runs"][0]["results"]) > 2
    assert all(COMMAND.fullmatch(line) for line in lines)
