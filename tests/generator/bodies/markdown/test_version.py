"""The rules' version stands in cache keys: it must change with any of their code, and with nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import generator
from generator.bodies.markdown import RULES_VERSION
from generator.bodies.markdown.version import rules_version


def _copy(folder: Path) -> Path:
    source = Path(generator.__file__).parent
    copied = folder / "generator"
    shutil.copytree(
        source / "bodies" / "markdown",
        copied / "bodies" / "markdown",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    (copied / "ground").mkdir()
    for name in ("errors.py", "model.py", "text.py"):
        shutil.copy(source / "ground" / name, copied / "ground" / name)
    return copied


def test_version_is_the_same_wherever_the_rules_lie(tmp_path: Path) -> None:
    assert rules_version(_copy(tmp_path) / "bodies" / "markdown") == RULES_VERSION


def test_version_does_not_know_line_ends(tmp_path: Path) -> None:
    rule = _copy(tmp_path) / "bodies" / "markdown" / "links.py"
    rule.write_bytes(rule.read_bytes().replace(b"\n", b"\r\n"))
    assert rules_version(rule.parent) == RULES_VERSION


def test_version_changes_with_a_rule_and_with_what_rules_use(tmp_path: Path) -> None:
    copied = _copy(tmp_path)
    seen = {RULES_VERSION}
    for name in (
        "bodies/markdown/directives/note.py",
        "bodies/markdown/new_rule.py",
        "ground/text.py",
        "ground/model.py",
    ):
        path = copied / name
        path.write_bytes((path.read_bytes() if path.exists() else b"") + b"#")
        seen.add(rules_version(copied / "bodies" / "markdown"))
    assert len(seen) == 5
