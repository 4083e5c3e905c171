"""Names of files: one spelling for each, and back to the spelling of the disk."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from generator.disk.names import canonical, is_markdown, on_disk

NAMES = {
    "content/ra/a.md": "content/ra/a.md",
    unicodedata.normalize("NFD", "content/ra/migraña.md"): "content/ra/migraña.md",
    "content/%E4%B8%AD.md": "content/中.md",
    "my%20photo.png": "my photo.png",
    "a%2Fb.md": "a%2Fb.md",
    "a%23b.md": "a%23b.md",
    "100%.md": "100%.md",
    "100%25.md": "100%25.md",
    "%E4.md": "%E4.md",
    "%2E%2E/a.md": "%2E%2E/a.md",
    "a%0Ab.md": "a%0Ab.md",
}


@pytest.mark.parametrize(("written", "name"), NAMES.items(), ids=map(ascii, NAMES))
def test_name_has_one_spelling(written: str, name: str) -> None:
    assert canonical(written) == canonical(name) == name


@pytest.mark.parametrize("folder", ["x", unicodedata.normalize("NFD", "é")])
@pytest.mark.parametrize("name", ["a.md", unicodedata.normalize("NFD", "ñ.md"), "%E4%B8%AD.md"])
def test_file_is_found_under_its_one_spelling(tmp_path: Path, folder: str, name: str) -> None:
    file = tmp_path / folder / name
    file.parent.mkdir()
    file.touch()
    assert on_disk(f"{tmp_path}/{canonical(f'{folder}/{name}')}") == str(file)


def test_file_that_is_not_there_keeps_its_name(tmp_path: Path) -> None:
    assert on_disk(f"{tmp_path}/a/ñ.md") == f"{tmp_path}/a/ñ.md"


@pytest.mark.parametrize(
    ("name", "is_text"), [("A.MD", True), ("b.markdown", True), ("c.mdx", False), ("md", False)]
)
def test_markdown_is_known_by_its_suffix(name: str, is_text: bool) -> None:
    assert is_markdown(name) is is_text
