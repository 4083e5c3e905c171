"""`build --keep-going` leaves out the files that are at fault and builds everything else."""

from __future__ import annotations

import pytest

from tests.generator.command_line import Run
from tests.sites import TinySite

SITE = """
== gatherwell.yaml
title: T
base_url: https://x.example/
cards: "off"
== content/ra/_index.md
---
title: RA
---
== content/ra/good.md
---
title: Good
---
Words.
== content/ra/bad.md
---
title: Bad
---
Words.
"""
FAULTS = {
    "front matter": "---\ntitel: Bad\n---\nWords.\n",
    "a dead link": "---\ntitle: Bad\n---\n[x](gone.md)\n",
    "a directive": "---\ntitle: Bad\n---\n:::polll\n:::\n",
    "an address": "---\ntitle: Bad\nslug: topics\n---\nWords.\n",
    "bytes": b"\xff\xfe",
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_faulty_file_is_left_out_and_the_rest_is_built(site: TinySite, fault: str | bytes) -> None:
    site.write(SITE).put("content/ra/bad.md", fault)
    result = site.build(keep_going=True)
    assert {each.source_path for each in result.faults} == {"content/ra/bad.md"}
    assert (site.out / "ra/good/index.html").exists()
    assert not (site.out / "ra/bad/index.html").exists()


def test_page_that_links_to_it_is_built_and_told(site: TinySite) -> None:
    site.write(SITE).put("content/ra/bad.md", FAULTS["front matter"])
    site.article("ra/good.md", "[bad](bad.md)")
    result = site.build(keep_going=True)
    assert {each.source_path for each in result.faults} == {"content/ra/bad.md", "content/ra/good.md"}
    assert (site.out / "ra/good/index.html").exists()


def test_mended_file_is_built_again_and_all_is_as_it_was(site: TinySite) -> None:
    site.write(SITE).build()
    whole = site.outputs()
    good = (site.root / "content/ra/bad.md").read_bytes()
    site.put("content/ra/bad.md", FAULTS["a dead link"])
    site.build(keep_going=True)
    assert site.build(keep_going=True).faults, "told again while it is not mended"
    site.put("content/ra/bad.md", good)
    assert site.build(keep_going=True).faults == ()
    assert site.outputs() == whole


def test_without_it_nothing_is_built(site: TinySite) -> None:
    site.write(SITE).put("content/ra/bad.md", FAULTS["a dead link"])
    assert len(site.fails()) == 1
    assert not site.out.exists() or not (site.out / "ra").exists()


def test_fault_of_no_page_stops_it(site: TinySite) -> None:
    site.write(SITE).put("content/_glossary.yaml", "a: [\n")
    assert "content/_glossary.yaml" in site.fails(keep_going=True)[0]


def test_command_says_so_and_exits_with_1(run: Run, site: TinySite) -> None:
    site.put("content/migraine/bad.md", FAULTS["a dead link"])
    told = run("build", "--jobs", "1", "--no-search", "--keep-going")
    assert told.code == 1
    assert "there is no page 'gone.md'" in told.err
    assert "Not everything was built: 1 file at fault." in told.err
    assert (site.out / "migraine/index.html").exists()
