"""Findings as the browser shows them: place, words, remedy, the lines around with a caret, a link to the editor."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from generator.ground.errors import Problem
from generator.ground.project import bundled_themes

MOST = 50
_AROUND = 2
_LONGEST_LINE = 400
_LARGEST = 2_000_000

# How editors are opened by an address; `{path}` is absolute.
EDITORS = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
    "none": "",
}


class Reporter:
    """Reports findings of a project in *root*; *editor* is a name of :data:`EDITORS` or a template like theirs."""

    def __init__(self, root: Path, editor: str) -> None:
        self._root = root
        self._editor = EDITORS.get(editor, editor)

    def reports(self, problems: Iterable[Problem], with_links: bool) -> list[dict[str, Any]]:
        """The first findings; *with_links* only for browsers on this machine, others have no use for its paths."""
        found = sorted(problems, key=lambda problem: problem.severity != "error")
        return [self.report(problem, with_links) for problem in found[:MOST]]

    def report(self, problem: Problem, with_links: bool) -> dict[str, Any]:
        lines, first = self._excerpt(problem)
        return {
            "message": problem.message,
            "hint": problem.hint,
            "severity": problem.severity,
            "rule": problem.rule,
            "path": problem.source_path,
            "line": problem.line,
            "column": problem.column,
            "excerpt": lines,
            "first": first,
            "edit": self.edit_url(problem.source_path, problem.line, problem.column) if with_links else "",
        }

    def edit_url(self, source_path: str, line: int = 1, column: int = 1) -> str:
        """The address that opens a file in the editor; empty where there is no such file or no editor is named."""
        file = self._find(source_path)
        if file is None or not self._editor:
            return ""
        path = file.resolve().as_posix()
        path = quote(path if path.startswith("/") else f"/{path}")
        return (
            self._editor.replace("{path}", path)
            .replace("{line}", str(line or 1))
            .replace("{column}", str(column or 1))
        )

    def _find(self, source_path: str) -> Path | None:
        if not source_path:
            return None
        for base in (self._root, bundled_themes(), bundled_themes().parent):
            file = base / source_path
            if file.is_file():
                return file
        return None

    def _excerpt(self, problem: Problem) -> tuple[list[str], int]:
        """The lines around a finding and the number of the first of them."""
        file = self._find(problem.source_path)
        if file is None or not problem.line:
            return [], 0
        try:
            if file.stat().st_size > _LARGEST:
                return [], 0
            lines = file.read_text("utf-8-sig", errors="replace").splitlines()
        except OSError:
            return [], 0
        first = max(1, problem.line - _AROUND)
        return [line[:_LONGEST_LINE] for line in lines[first - 1 : problem.line + _AROUND]], first
