"""The crisis lines that nobody has called yet, in a demonstration too."""

from __future__ import annotations

from pathlib import Path

from generator.ground.errors import SiteError
from generator.site.data_files import CRISIS, parse_crisis, read_data_file


def crisis_lines_of(root: Path) -> list[tuple[str, bool]]:
    """Every line as ``locale: name``, and whether somebody has called it; raises SiteError."""
    lines, _ = parse_crisis(read_data_file(root, CRISIS))
    return [(f"{locale}: {line.name}", bool(line.checked)) for locale, some in lines.items() for line in some]


def uncalled_lines(root: Path) -> list[str]:
    """The lines that nobody has called; nothing where the file cannot be read, which `check` reports."""
    try:
        return [name for name, called in crisis_lines_of(root) if not called]
    except SiteError:
        return []
