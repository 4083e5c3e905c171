"""Copies that syncing, merging and file managers leave: never pages of their own in silence."""

from __future__ import annotations

import pytest

from generator.files.left_copies import left_copies
from tests.sites import TinySite

LEFT = [
    "rest (1).md",
    "rest copy.md",
    "rest copy 2.md",
    "rest - Copy.md",
    "rest - Copy (2).md",
    "Copy of rest.md",
    "Kopie von rest.md",
    "rest - Kopie.md",
    "rest (Kopie).md",
    "rest (1. Kopie).md",
    "rest (Anna's conflicted copy 2024-01-01).md",
    "rest (Case Conflict).md",
    "rest.sync-conflict-20240101-101010-ABCDEFG.md",
    "rest_BACKUP_1234.md",
    "rest.REMOTE.1234.md",
]
OWN = [
    "copying.md",
    "other (1).md",
    "other copy.md",
    "rest 2.md",
    "rest-2.md",
    "copy.md",
    "photocopy.md",
    "rest.es.md",
]


@pytest.mark.parametrize("name", LEFT)
def test_copy_of_a_page_is_an_error(name: str) -> None:
    (problem,) = left_copies(["content/ms/rest.md", f"content/ms/{name}"])
    assert (problem.source_path, problem.severity, problem.rule) == (f"content/ms/{name}", "error", "files")


@pytest.mark.parametrize("name", OWN)
def test_article_with_a_name_of_its_own_is_no_copy(name: str) -> None:
    assert left_copies(["content/ms/rest.md", "content/ra/other.md", f"content/ms/{name}"]) == []


def test_conflicted_copy_is_found_where_the_other_file_is_gone() -> None:
    assert left_copies(["content/ms/rest (conflicted copy).md"])


def test_copy_is_told_by_a_build_and_published_by_none(site: TinySite) -> None:
    site.put("content/ms/_index.md", "---\ntitle: MS\n---\nWelcome.")
    site.article("ms/rest.md", "Take 5.")
    site.article("ms/rest (1).md", "Take 50.")
    (fault,) = site.fails()
    assert fault.startswith("content/ms/rest (1).md: this looks like a copy of content/ms/rest.md")
