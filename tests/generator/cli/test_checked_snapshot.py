"""`gatherwell build` bakes no snapshot that a pull would have refused."""

from __future__ import annotations

import json
from typing import Any

from tests.generator.command_line import GOOD, Run
from tests.sites import TinySite

ID = "01a" + 23 * "0"


def put_snapshot(site: TinySite, html: str) -> None:
    comment = {"id": ID, "root": ID, "html": html, "created": "2026-01-02T03:04:05Z", "pseudonym": "Ana"}
    thread: dict[str, Any] = {"thread": "migraine~a", "count": 1, "comments": [comment]}
    document = {"version": 1, "fetched": "2026-01-02T03:04:05Z", "threads": {"migraine~a": thread}}
    site.put(".gatherwell/private/snapshot.json", json.dumps(document))


def test_a_changed_snapshot_is_refused_with_its_place_and_a_pulled_one_is_built(
    site: TinySite, run: Run
) -> None:
    site.write(GOOD)
    put_snapshot(site, "<p>Rest.</p>\n")
    assert run("build", "--jobs", "1", "--root", str(site.root)).code == 0
    put_snapshot(site, "<p>Rest.</p><script>x()</script>\n")
    told = run("build", "--jobs", "1", "--root", str(site.root))
    assert told.code == 1
    assert (
        "snapshot.json: line 1, threads, migraine~a: HTML that the function does not let through" in told.err
    )
