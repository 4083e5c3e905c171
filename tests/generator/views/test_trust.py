"""``/trust/`` and ``trust.json`` of each host: figures of its own, and ways from one to the other."""

from __future__ import annotations

import json

import pytest

from tests.generator.views.test_voices import pull
from tests.sites import TinySite

SITE = """
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
cards: "off"
== content/_people/ana.md
---
name: Ana
role: clinician
credential: Nurse
---
== content/ms/_index.md
---
title: Multiple sclerosis
base_url: https://ms.example/
---
== content/ms/a.md
---
title: A
type: treatment
reviewer: ana
last_reviewed: 2026-05-01
---
Words.
== content/migraine/_index.md
---
title: Migraine
---
== content/migraine/b.md
---
title: B
type: treatment
---
Words.
"""


def privacy_and_reviews(site: TinySite, path: str) -> tuple[object, object]:
    data = json.loads(site.text(path))
    return data["privacy"]["other_origins"], (data["pages"], data["reviewed"])


def test_each_host_has_its_own_page_and_its_own_figures(site: TinySite) -> None:
    site.write(SITE)
    site.build()
    assert privacy_and_reviews(site, "tiny.example/trust.json") == ([], (2, 1))
    assert privacy_and_reviews(site, "ms.example/trust.json") == ([], (1, 1))
    own = site.text("ms.example/trust/index.html")
    assert "1 of 1" in own
    assert 'href="/trust.json"' in own
    assert '<link rel="canonical" href="https://ms.example/trust/">' in own
    assert not (site.out / "ms.example/ms/trust/index.html").exists()


def test_the_portfolio_leads_to_the_page_of_each_condition_on_its_host(site: TinySite) -> None:
    site.write(SITE)
    site.build()
    portfolio = site.text("tiny.example/trust/index.html")
    assert 'href="https://ms.example/trust/"' in portfolio
    assert 'href="/migraine/trust/"' in portfolio
    assert (site.out / "tiny.example/migraine/trust/index.html").exists()
    assert 'href="/trust/"' in site.text("ms.example/index.html")


def test_a_function_on_a_host_of_its_own_is_an_origin_that_is_said(site: TinySite) -> None:
    site.write(SITE)
    site.replace("gatherwell.yaml", "title", "widgets: {endpoint: 'https://fn.example/api/v1'}\ntitle")
    site.build()
    assert privacy_and_reviews(site, "ms.example/trust.json")[0] == ["https://fn.example"]
    assert "https://fn.example" in site.text("ms.example/trust/index.html")


@pytest.mark.parametrize(("asked", "said"), [(33, True), (32, False)])
def test_the_time_to_a_first_answer_is_said_in_words_beside_who_watches(
    site: TinySite, asked: int, said: bool
) -> None:
    site.write(SITE)
    site.replace("gatherwell.yaml", "title", "widgets: {endpoint: /api/v1}\ntitle")
    threads = {}
    for number in range(asked):
        site.article(f"migraine/q{number}.md", "Does it pass?", type="question", date="2026-04-10")
        answer = {
            "id": "a" * 26,
            "html": "<p>Yes.</p>",
            "created": "2026-04-11T20:00:00Z",
            "pseudonym": "Nia",
        }
        threads[f"migraine~q{number}"] = {"thread": f"migraine~q{number}", "count": 1, "comments": [answer]}
    pull(site, threads=threads)
    site.build()
    page = site.text("tiny.example/migraine/trust/index.html")
    assert ("Most questions have a first answer within two days" in page) == said
    assert "Nobody watches here at night." in page
    waits = json.loads(site.text("tiny.example/trust.json"))["conditions"]["migraine"]["first_answers"]
    assert (waits and waits["wait"]) == ("two-days" if said else None)
