"""The composite Action and the hook for pre-commit say what they should, and install nothing by a bare name."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from generator.cli.check import command

ROOT = Path(__file__).parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action/action.yml").read_text("utf-8"))
STEPS = {step.get("name", ""): step for step in ACTION["runs"]["steps"]}


@pytest.mark.skipif(not shutil.which("bash"), reason="the Action runs in bash")
@pytest.mark.parametrize(
    ("package", "installed"),
    [
        ("gatherwell", False),
        ("gatherwell==0.1.0", False),
        ("", False),
        ("--index-url=https://other.example/ gatherwell", False),
        ("git+https://git.example/g", False),
        ("git+https://git.example/g@0123456789abcdef", True),
        ("./dist/gatherwell-0.1.0-py3-none-any.whl", True),
        ("https://host.example/gatherwell-0.1.0-py3-none-any.whl", True),
    ],
)
def test_a_bare_name_is_never_installed(tmp_path: Path, package: str, installed: bool) -> None:
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\necho "$@"\n')
    python.chmod(0o755)
    environment = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "PACKAGE": package}
    done = subprocess.run(
        ["bash", "-e", "-c", STEPS["Install"]["run"]],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if installed:
        assert (done.returncode, done.stdout) == (0, f"-m pip install -- {package}\n")
    else:
        assert done.returncode == 2
        assert done.stdout.startswith("::error::package:")


@pytest.mark.skipif(not shutil.which("bash"), reason="the Action runs in bash")
@pytest.mark.parametrize(("code", "told"), [(0, True), (1, True), (2, False)])
def test_a_check_ends_as_it_was_found_and_the_summary_has_all(tmp_path: Path, code: int, told: bool) -> None:
    gatherwell = tmp_path / "gatherwell"
    gatherwell.write_text(f'#!/bin/sh\necho "$@"\nexit {code}\n')
    gatherwell.chmod(0o755)
    summary = tmp_path / "summary.md"
    environment = {
        "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
        "ROOT": "a site",
        "SINCE": "abc",
        "GITHUB_STEP_SUMMARY": str(summary),
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS["Check"]["run"]],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (code, "check --root a site --format github --since abc\n")
    assert summary.exists() == told
    if told:
        assert summary.read_text().splitlines()[1:-1] == ["check --root a site --since abc"]


def test_inputs_reach_no_shell_but_through_the_environment() -> None:
    assert ACTION["runs"]["using"] == "composite"
    assert all("${{" not in step.get("run", "") for step in ACTION["runs"]["steps"])
    assert ACTION["inputs"]["package"]["required"] is True


def test_options_that_action_and_hook_name_are_there() -> None:
    told = CliRunner().invoke(command, ["--help"]).output
    assert all(option in told for option in ("--root", "--since", "--format"))
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert {"id", "name", "entry", "language"} <= hook.keys()
    assert hook["entry"] == "gatherwell check"
