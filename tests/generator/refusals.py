"""A small site that builds, and what a refusal must leave behind."""

from __future__ import annotations

from tests.sites import TinySite

GOOD = """
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
search: false
== content/migraine/_index.md
---
title: Migraine
---
Welcome.
== content/migraine/a.md
---
title: Article A
date: 2026-01-01
---
Text of A.
"""


def assert_refused(site: TinySite, *expected: str) -> None:
    """The build fails with just these errors, and the output folder holds what it held."""
    before = site.outputs()
    assert site.fails() == list(expected)
    assert site.outputs() == before
