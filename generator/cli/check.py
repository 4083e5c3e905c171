"""`gatherwell check`: everything that is wrong, for people and programs; the sites stay as they are."""

from __future__ import annotations

import contextlib
import gc
import json
import os
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

from generator import __version__
from generator.cli.baseline import beyond, write_baseline
from generator.cli.grouped import in_groups
from generator.cli.messages import count
from generator.cli.options import (
    drafts_option,
    jobs_option,
    make_options,
    make_project,
    now_option,
    root_option,
)
from generator.cli.since import changed_since
from generator.cli.typed import as_typed
from generator.content.config import read_config
from generator.ground.errors import Problem, SiteError, in_order

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@root_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="For people, programs, GitHub's annotations or code scanning.",
)
@click.option(
    "--all", "every", is_flag=True, help="Show each finding by itself, also where many have one cause."
)
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Accept the findings in this file, and fail on any other, also a warning; a file that is not there is written.",
)
@click.option(
    "--since", metavar="REV", help="Show findings alone in files that changed since a commit of git."
)
@click.option(
    "--fix", is_flag=True, help="Show a diff of what can be mended without reading, ask, and write it."
)
@click.option("--yes", "asked", is_flag=True, help="With --fix: write without asking.")
@drafts_option
@now_option
@jobs_option
def command(
    paths: tuple[Path, ...],
    root: Path,
    form: str,
    every: bool,
    baseline: Path | None,
    since: str | None,
    fix: bool,
    asked: bool,
    drafts: bool,
    now_text: str | None,
    jobs: int,
) -> None:
    """Say everything that is wrong, and write nothing but what --fix mends.

    With PATHs only what concerns these files and folders is shown. Findings of one cause are shown as a group.
    """
    from generator.build.check import find_problems

    gc.disable()  # as a build does: the process ends soon
    wanted = [_inside(path, root) for path in paths]
    changed = changed_since(root, since) if since is not None else None

    def concerned(problems: Iterable[Problem]) -> list[Problem]:
        return [
            problem
            for problem in problems
            if (not wanted or _concerns(problem, wanted))
            and (changed is None or problem.source_path in changed.paths)
        ]

    options = make_options(root, now_text, drafts, jobs)
    look = partial(find_problems, make_project(root, None), options, lambda text: click.echo(text, err=True))
    found = look()
    if fix:
        # Imported when it is wanted: it loads what reads Markdown.
        from generator.cli.fixing import mend

        if mend(root, concerned(found.problems), asked):
            found = look()
    problems: Sequence[Problem] = found.problems
    if changed is not None:
        # Imported when it is wanted: it loads what reads front matter.
        from generator.cli.untold import untold_changes

        problems = in_order((*problems, *untold_changes(root, changed, options.now)))
    if baseline is not None:
        problems = _new(baseline, problems)
    shown = concerned(problems)
    errors = sum(problem.severity == "error" for problem in shown)
    write = in_groups if form == "text" and not every else None
    output = write(shown) if write else FORMATS[form](shown, _prefix(root))
    if output:
        click.echo(output)
    if form == "text":
        click.echo(f"{count(errors, 'error')}, {count(len(shown) - errors, 'warning')}", err=True)
        with contextlib.suppress(SiteError):  # settings that cannot be read are among the findings
            _say_uncalled(root)
        _say_unfinished(found.unfinished)
    others = sum(problem.severity == "error" for problem in problems) - errors
    if others:
        rest = "" if found.complete else "; until they are mended, not everything here can be checked"
        click.echo(f"{count(others, 'error')} in other files{rest}", err=True)
    failed = errors or (baseline is not None and shown) or not (found.complete or baseline is not None)
    # Raised, not returned: so the frame and what the check made live until the process ends.
    raise SystemExit(1 if failed else 0)


def _new(baseline: Path, problems: Sequence[Problem]) -> Sequence[Problem]:
    """The *problems* that the baseline does not hold; without the file, none: it is written."""
    if not baseline.exists():
        write_baseline(baseline, problems)
        click.echo(f"{count(len(problems), 'finding')} accepted in {baseline}; keep it in git", err=True)
        return ()
    new, gone = beyond(baseline, problems)
    if gone:
        click.echo(
            f"{count(gone, 'finding')} of {baseline} gone; delete it, and check again to shorten it", err=True
        )
    return new


def _say_uncalled(root: Path) -> None:
    """In a demonstration nobody has to call the crisis lines, so they are no finding; that nobody did is said."""
    if not read_config(root)[0].demonstration:
        return
    from generator.cli.uncalled import uncalled_lines

    if uncalled := uncalled_lines(root):
        number = count(len(uncalled), "crisis line")
        said = f"a demonstration: nobody has called its {number}; `gatherwell doctor` names them"
        click.echo(as_typed(said), err=True)


def _say_unfinished(unfinished: Sequence[str]) -> None:
    """Texts that somebody has to write before readers come are a matter of `doctor`; that there are some is said."""
    if unfinished:
        said = f"{count(len(unfinished), 'page')} to complete; `gatherwell doctor` names what"
        click.echo(as_typed(said), err=True)


def _inside(path: Path, root: Path) -> str:
    """*path* relative to the project, with forward slashes; wrong usage where it lies elsewhere."""
    same_drive = path.absolute().drive == root.absolute().drive
    inside = Path(os.path.relpath(path, root) if same_drive else "..")
    if inside.parts[:1] == ("..",):
        raise click.BadParameter(f"{path} is not inside of {root}", param_hint="PATH")
    return inside.as_posix()


def _concerns(problem: Problem, wanted: Iterable[str]) -> bool:
    place = problem.source_path
    return any(path == "." or place == path or place.startswith(f"{path}/") for path in wanted)


def _prefix(root: Path) -> str:
    """The prefix that makes a source path relative to the working folder, as GitHub expects it."""
    # On Windows there is no relative path to another drive.
    relative = root if root.drive else Path(os.path.relpath(root))
    return "" if relative == Path() else f"{relative.as_posix()}/"


def as_text(problems: Sequence[Problem], prefix: str) -> str:
    """As `build` says it: ``path:line:column: message`` and a hint below."""
    return "\n".join(str(problem) for problem in problems)


def as_json(problems: Sequence[Problem], prefix: str) -> str:
    """One object; paths are relative to the project, lines count from 1, line 0 means the whole file."""
    errors = sum(problem.severity == "error" for problem in problems)
    findings = [
        {
            "path": problem.source_path,
            "line": problem.line,
            "column": problem.column,
            "severity": problem.severity,
            "rule": _rule(problem),
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in problems
    ]
    return json.dumps(
        {"errors": errors, "warnings": len(problems) - errors, "findings": findings}, ensure_ascii=False
    )


def as_github(problems: Sequence[Problem], prefix: str) -> str:
    """Workflow commands, which GitHub shows beside the lines of a pull request."""
    return "\n".join(_annotation(problem, prefix) for problem in problems)


def _annotation(problem: Problem, prefix: str) -> str:
    values = {"file": prefix + problem.source_path} if problem.source_path else {}
    if problem.line:
        values.update(line=str(problem.line), col=str(problem.column or 1))
    values["title"] = _rule(problem)
    properties = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in values.items())
    text = f"{problem.message}\n{problem.hint}" if problem.hint else problem.message
    return f"::{problem.severity} {properties}::{_escaped(text)}"


def _escaped(text: str, further: str = "") -> str:
    return "".join(
        f"%{ord(character):02X}" if character in f"%\r\n{further}" else character for character in text
    )


def as_sarif(problems: Sequence[Problem], prefix: str) -> str:
    """SARIF 2.1.0 (OASIS), as code scanning reads it."""
    rules = sorted({_rule(problem) for problem in problems})
    driver = {
        "name": "Gatherwell",
        "semanticVersion": __version__,
        "rules": [{"id": rule, "shortDescription": {"text": f"Gatherwell: {rule}"}} for rule in rules],
    }
    results = [_result(problem, rules.index(_rule(problem)), prefix) for problem in problems]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False)


def _result(problem: Problem, rule_index: int, prefix: str) -> dict[str, Any]:
    place: dict[str, Any] = {
        "artifactLocation": {"uri": quote(prefix + (problem.source_path or "gatherwell.yaml"))}
    }
    if problem.line:
        place["region"] = {"startLine": problem.line, "startColumn": problem.column or 1}
    text = f"{problem.message}: {problem.hint}" if problem.hint else problem.message
    return {
        "ruleId": _rule(problem),
        "ruleIndex": rule_index,
        "level": problem.severity,
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
    }


def _rule(problem: Problem) -> str:
    return problem.rule or "content"


FORMATS: dict[str, Callable[[Sequence[Problem], str], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
