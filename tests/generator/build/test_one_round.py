"""`check` shows in one round what is wrong in every stage, and nothing that only follows from another fault."""

from __future__ import annotations

import pytest

from generator.build.check import find_problems
from generator.ground.project import Options, Project
from tests.sites import NOW, TinySite

SITE = """
== gatherwell.yaml
title: T
base_url: https://x.example/
== content/ra/_index.md
---
title: RA
---
== content/ra/a.md
---
title: A
weight: 3
---
[x](b.md)
== content/ra/b.md
---
title: B
---
[dead](gone.md), ![p](gone.png)

:::polll
:::
"""


def told(site: TinySite) -> list[str]:
    project = Project(site.root, site.out)
    found = find_problems(project, Options(now=NOW, jobs=1, search=False), lambda _: None).problems
    return [f"{p.source_path.removeprefix('content/')}: {p.message}" for p in found if p.severity == "error"]


LATER = [
    "ra/b.md: there is no image 'gone.png'",
    "ra/b.md: there is no page 'gone.md'",
    "ra/b.md: unknown directive 'polll'",
]


def test_faults_of_every_stage_are_shown_at_once(site: TinySite) -> None:
    site.write(SITE)
    site.put("content/ra/topics.md", "---\ntitle: Reserved\n---\n")
    site.put("content/ra/c.md", "---\ntitel: C\n---\n")
    site.put("content/_glossary.yaml", "a: [\n")
    site.put("themes/commons/theme.yaml", "extends: nothing\n")
    found = told(site)
    assert {line for line in found if line.startswith("ra/b.md")} == set(LATER)
    assert any(line.startswith("ra/a.md: 'weight' is not a known key") for line in found)
    assert any(line.startswith("ra/c.md: ") for line in found)
    assert "ra/topics.md: 'topics' is a reserved address" in found
    assert any(line.startswith("_glossary.yaml: ") for line in found)
    assert any(line.startswith("themes/commons/theme.yaml: ") for line in found)


@pytest.mark.parametrize(
    "fault", ["no front matter", "---\ntitel: B\n---\n", "---\ntitle: [\n---\n", b"\xff"]
)
def test_file_that_cannot_be_read_is_the_only_fault_of_those_that_name_it(
    site: TinySite, fault: str | bytes
) -> None:
    site.write(SITE)
    site.put("content/ra/a.md", "---\ntitle: A\n---\n[x](b.md), [y](b), [z](/ra/b/), [u](../ra/b.md#u)\n")
    site.put("content/ra/b.md", fault)
    assert {line.partition(":")[0] for line in told(site)} == {"ra/b.md"}


def test_profile_that_cannot_be_read_leaves_no_author_unknown(site: TinySite) -> None:
    site.write(SITE)
    site.put("gatherwell.yaml", 'title: T\nbase_url: https://x.example/\nchecks: {people: "error"}\n')
    site.put("content/_people/ana.md", "---\nnam: Ana\n---\n")
    site.put("content/ra/a.md", "---\ntitle: A\nauthors: ana\n---\n")
    site.put("content/ra/b.md", "---\ntitle: B\n---\n")
    assert {line.partition(":")[0] for line in told(site)} == {"_people/ana.md"}


def test_no_picture_is_made_for_a_check(site: TinySite) -> None:
    from tests.generator.pictures import encoded, picture

    site.write(SITE)
    site.put("content/ra/a.md", "---\ntitle: A\n---\n![A](p.png) ![B](q.png)\n")
    site.put("content/ra/b.md", "---\ntitle: B\n---\n")
    site.put("content/ra/p.png", encoded(picture((3000, 2000)), "PNG"))
    site.put("content/ra/q.png", b"no picture")
    assert told(site) == [
        "ra/a.md: the image content/ra/q.png is not an image that can be read",
    ]
    assert not (site.root / ".gatherwell/images").exists()


def test_address_that_two_files_want_is_shown_beside_other_faults(site: TinySite) -> None:
    site.write(SITE).article("ra/deep/a.md", weight=3)
    site.article("ra/search.md", weight=3)
    assert {
        "ra/deep/a.md: two inputs lead to /ra/a/: content/ra/a.md and content/ra/deep/a.md",
        "ra/search.md: 'search' is a reserved address",
    } <= set(told(site))
