"""``medical: false``: a site about no condition of health claims nothing medical and shows no crisis lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import TinySite

SITE = """\
== gatherwell.yaml
title: Tiny
== content/_crisis.yaml
en:
  - {name: Helpline, number: "116 123", kinds: [suicide]}
== content/guide/_index.md
---
title: Guide
codes: {icd10: G43}
---
== content/guide/begin.md
---
title: Begin
type: basics
---
Words.

::crisis
"""


@pytest.fixture
def site(tmp_path: Path) -> TinySite:
    return TinySite(tmp_path / "tiny", SITE)


def test_pages_claim_nothing_medical(site: TinySite) -> None:
    site.build()
    assert "MedicalWebPage" in site.text("guide/begin/index.html")

    site.replace("gatherwell.yaml", "title: Tiny", "title: Tiny\nmedical: false")
    site.build()

    pages = {path: content for path, content in site.outputs().items() if path.endswith(".html")}
    assert [path for path, content in pages.items() if b"Medical" in content] == []
    assert b'"@type":"CollectionPage"' in pages["guide/index.html"]
    assert b'"@type":"Article"' in pages["guide/begin/index.html"]


def test_pages_show_no_crisis_lines_and_no_sentence_of_care(site: TinySite) -> None:
    site.replace("gatherwell.yaml", "title: Tiny", "title: Tiny\nmedical: false")
    site.build()
    for path in ("guide/index.html", "guide/begin/index.html"):
        assert "Helpline" not in site.text(path)
        assert "footer-care" not in site.text(path)


def test_its_search_knows_no_pleas(site: TinySite) -> None:
    site.search = True
    site.build()
    assert "want to die" in site.text("search/index.html")

    site.replace("gatherwell.yaml", "title: Tiny", "title: Tiny\nmedical: false")
    site.build()
    assert "want to die" not in site.text("search/index.html")
