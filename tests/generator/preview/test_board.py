"""The board of reviews lists what `gatherwell review` lists; a finding's code leads to what its rule says."""

from __future__ import annotations

import re

from generator.checks import PROTECTING
from generator.preview.board import EXPLAINED, review_board, rules_page
from generator.preview.reports import Reporter
from tests.generator.preview.workbench import Workbench
from tests.sites import TinySite

SITE = """
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
search: false
cards: "off"
== content/_people/ana.md
---
name: Ana
role: clinician
credential: Neurologist
---
== content/migraine/old.md
---
title: Old & tired
type: treatment
reviewer: ana
last_reviewed: 2020-01-05
---
[Words](https://b.example/?utm_source=x)
"""


def test_board_lists_what_is_overdue_with_a_way_to_it(site: TinySite) -> None:
    bench = Workbench(site.write(SITE))
    reporter = Reporter(site.root, "vscode")
    board = review_board(bench.plan.site, reporter, with_links=True).decode()
    assert "<h2>Overdue (1)</h2>" in board
    assert '<a href="/migraine/old/">Old &amp; tired</a>' in board
    assert 'href="vscode://file' in board
    assert "vscode:" not in review_board(bench.plan.site, reporter, with_links=False).decode()


def test_codes_of_findings_lead_to_their_explanation(site: TinySite) -> None:
    bench = Workbench(site.write(SITE))
    planned = bench.plan.planned["migraine/old/index.html"]
    reporter = Reporter(site.root, "none")
    said = bench.page_renderer.report(bench.plan, planned.output_path, reporter, with_links=False)
    assert {"reviews", "tracking"} <= {finding["rule"] for finding in said["findings"]}
    assert "tracking" in said["explained"]


def test_every_rule_that_protects_is_explained() -> None:
    page = rules_page().decode()
    assert all(f'<h2 id="{rule.code}">' in page and rule.source in page for rule in PROTECTING)
    assert len(EXPLAINED) == len(PROTECTING)
    assert all(address.startswith(("http", "/")) for address in re.findall(r'href="([^"]*)"', page))
