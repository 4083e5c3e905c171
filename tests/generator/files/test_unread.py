"""Files that look like texts and that nothing reads are counted by suffix, not passed over in silence."""

from __future__ import annotations

import pytest

from generator.files.unread import unread_files
from tests.sites import TinySite


@pytest.mark.parametrize(
    ("paths", "used", "told"),
    [
        (["content/ra/c.mdx"], [], [("content/ra/c.mdx", "a file that ends with .mdx is not read")]),
        (
            ["content/ra/d.HTML", "content/ra/c.html"],
            [],
            [("content/ra/c.html", "2 files that end with .html are not read, this one the first")],
        ),
        (["content/ra/a.txt"], ["content/ra/a.txt"], []),
        (["content/_glossary.yaml", "content/ra/surveys/s.yaml", "content/_results/r.yaml"], [], []),
        (
            ["content/_glossary.yml"],
            [],
            [("content/_glossary.yml", "a file that ends with .yml is not read")],
        ),
        (["content/ra/a.png", "content/ra/a.pdf", "content/ra/LICENSE"], [], []),
    ],
)
def test_unread_texts_are_counted_by_suffix(
    paths: list[str], used: list[str], told: list[tuple[str, str]]
) -> None:
    assert [(each.source_path, each.message) for each in unread_files(paths, used)] == told


def test_build_tells_them_and_the_settings_say_how_loud(site: TinySite) -> None:
    site.put("gatherwell.yaml", "title: T\nbase_url: https://x.example/\n")
    site.put("content/ra/_index.md", "---\ntitle: RA\n---\n[Form](form.docx)\n")
    site.put("content/ra/form.docx", b"words")
    site.put("content/ra/c.mdx", "import X from 'y'")
    assert [each.source_path for each in site.build().warnings] == ["content/ra/c.mdx"]
    site.put("gatherwell.yaml", 'title: T\nbase_url: https://x.example/\nchecks: {files: "error"}\n')
    assert "content/ra/c.mdx: a file that ends with .mdx is not read" in site.fails()[0]
