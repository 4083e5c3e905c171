"""`gatherwell new` tells at once that an address belongs to another file."""

from __future__ import annotations

import pytest

from tests.generator.command_line import Run
from tests.sites import TinySite

HUB = "---\ntitle: MS\n---\n"


@pytest.mark.parametrize(
    ("path", "text", "owner"),
    [
        ("content/ms/living/pacing.md", "---\ntitle: A\n---\n", "content/ms/living/pacing.md"),
        ("content/ms/a.md", "---\ntitle: A\nslug: pacing\n---\n", "content/ms/a.md"),
        ("content/ms/Pacing/index.md", "---\ntitle: A\n---\n", "content/ms/Pacing/index.md"),
        ("content/ms/a.md", "---\ntitle: A\naliases: [/MS/pac%69ng]\n---\n", "content/ms/a.md, as an alias"),
        (
            "content/_pages/b.md",
            "---\ntitle: B\naliases: /ms/pacing/\n---\n",
            "content/_pages/b.md, as an alias",
        ),
        ("content/ms/pacing/_index.md", "---\ntitle: S\n---\n", "content/ms/pacing/_index.md"),
        ("static/ms/pacing/index.html", "<p>", "static/ms/pacing/index.html"),
        ("content/ms/pacing.es.md", "---\ntitle: A\n---\n", ""),
        ("content/flu/pacing.md", "---\ntitle: A\n---\n", ""),
    ],
)
def test_a_taken_address_is_told_with_its_owner(
    site: TinySite, run: Run, path: str, text: str, owner: str
) -> None:
    site.put("gatherwell.yaml", "title: T\nbase_url: https://t.example/\nlanguages: [es]\n")
    site.put("content/ms/_index.md", HUB)
    site.put("content/flu/_index.md", HUB)
    site.put(path, text)

    told = run("new", "article", "ms", "Pacing", "--root", str(site.root))

    assert (told.code, f"/ms/pacing/ belongs to {owner};" in told.err) == ((1, True) if owner else (0, False))
    assert (site.root / "content/ms/pacing.md").is_file() is not bool(owner)


def test_on_a_host_of_its_own_a_condition_meets_the_sites_pages(site: TinySite, run: Run) -> None:
    site.put("gatherwell.yaml", "title: T\nbase_url: https://t.example/\n")
    site.put("content/ms/_index.md", "---\ntitle: MS\nbase_url: https://ms.example/\n---\n")
    site.put("content/_pages/privacy.md", "---\ntitle: Privacy\n---\n")

    told = run("new", "article", "ms", "Privacy", "--root", str(site.root))

    assert "/privacy/ belongs to content/_pages/privacy.md" in told.err


def test_a_condition_is_not_begun_at_the_address_of_a_page(site: TinySite, run: Run) -> None:
    site.put("gatherwell.yaml", "title: T\nbase_url: https://t.example/\n")
    site.put("content/_pages/privacy.md", "---\ntitle: Privacy\n---\n")

    told = run("new", "condition", "Privacy", "--root", str(site.root))

    assert "/privacy/ belongs to content/_pages/privacy.md" in told.err
