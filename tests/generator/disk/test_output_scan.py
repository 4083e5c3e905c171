"""Outputs are looked at in a process of its own where that pays; what was touched there is made good all the same."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.sites import TinySite

PAGE = "migraine/a/index.html"


def build(site: TinySite, *options: str) -> dict[str, int]:
    """A build by the command, with two processes."""
    run = "from generator.cli import run; run()"
    command = [sys.executable, "-c", run, "build", "--root", str(site.root), "--jobs", "2", "--no-search"]
    done = subprocess.run([*command, "--json", *options], capture_output=True, text=True, check=True)
    told: dict[str, int] = json.loads(done.stdout)
    return told


def emptied(site: TinySite) -> None:
    (site.out / PAGE).write_bytes(b"")


def removed(site: TinySite) -> None:
    (site.out / PAGE).unlink()


def replaced(site: TinySite) -> None:
    content = (site.out / PAGE).read_bytes()
    (site.out / PAGE).write_bytes(content.replace(b"Article", b"Particle"[:7]))


@pytest.mark.parametrize(
    "harm", [emptied, *(pytest.param(harm, marks=pytest.mark.long) for harm in (removed, replaced))]
)
def test_harmed_output_is_made_good(built: TinySite, harm: Callable[[TinySite], None]) -> None:
    build(built)
    whole = built.outputs()
    harm(built)
    build(built)
    assert built.outputs() == whole


def test_harmed_output_is_made_good_beside_a_text_edit(built: TinySite) -> None:
    build(built)
    built.article("migraine/b.md", "First words.\n\nOther words.")
    build(built)
    built.article("migraine/b.md", "First words.\n\nOther words again.")
    whole = built.text(PAGE)
    emptied(built)
    assert build(built)["rendered"] == 2
    assert built.text(PAGE) == whole


def test_nothing_is_done_where_all_stands(built: TinySite) -> None:
    first = build(built)
    assert build(built) | {"seconds": 0} == first | {
        "seconds": 0,
        "rendered": 0,
        "skipped": first["pages"],
        "bodies_rendered": 0,
    }


def test_lost_list_of_outputs_is_written_again(built: TinySite) -> None:
    build(built)
    (built.out / ".gatherwell-outputs").unlink()
    build(built)
    assert (built.out / ".gatherwell-outputs").exists()
