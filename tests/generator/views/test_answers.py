"""You said, we did: a page names what it answers; polls, surveys, questions and the hub lead to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import TinySite

SITE = """\
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
languages: [en, es]
widgets: {endpoint: /api/v1}
== content/ra/_index.md
---
title: Rheumatoid arthritis
---
== content/ra/mornings.md
---
title: Mornings
date: 2026-01-02
---
:::poll{#stiff}
Are your mornings stiff?
- Yes {#yes}
- No {#no}
:::
== content/ra/question.md
---
title: What helps on a stiff morning?
type: question
date: 2026-01-03
---
Text.
== content/ra/did.md
---
title: A page on mornings
type: we-did
date: 2026-02-01
because:
- poll: stiff
- page: question.md
---
Text.
== content/ra/did.es.md
---
title: Una página sobre las mañanas
type: we-did
date: 2026-02-01
because:
- poll: stiff
---
Texto.
"""


@pytest.fixture
def answered(site: TinySite) -> TinySite:
    site.write(SITE)
    return site


def test_the_page_shows_what_led_to_it(answered: TinySite) -> None:
    answered.build()
    page = answered.text("ra/did/index.html")
    assert 'href="/ra/mornings/#poll-stiff">Are your mornings stiff?</a>' in page
    assert 'href="/ra/question/">What helps on a stiff morning?</a>' in page


def test_poll_and_question_lead_to_the_page_that_answers_them(answered: TinySite) -> None:
    answered.build()
    for path in ("ra/mornings", "ra/question"):
        assert 'What came of it: <a href="/ra/did/">A page on mornings</a>' in answered.text(
            f"{path}/index.html"
        )


def test_the_hub_shows_what_was_asked_and_what_changed(answered: TinySite) -> None:
    answered.build()
    hub = answered.text("ra/index.html")
    strip = hub[hub.index('id="page-changes"') :]
    assert strip.index("Are your mornings stiff?") < strip.index("A page on mornings")
    assert "Una página sobre las mañanas" in answered.text("ra/es/index.html")


def test_what_the_team_did_is_no_story_and_stands_beside_what_was_said(answered: TinySite) -> None:
    answered.replace("content/ra/did.md", "because:\n- poll: stiff\n- page: question.md\n", "")
    answered.build()
    hub = answered.text("ra/index.html")
    assert "A page on mornings" in hub[hub.index('id="page-changes"') :]
    assert "You said:" not in hub
    assert "page-stories" not in hub + answered.text("index.html")
    page = answered.text("ra/did/index.html")
    assert "team reports what was done" in page
    assert "not medical advice" not in page[page.index("<h1>") : page.index('id="page-text"')]


@pytest.mark.parametrize(
    ("hidden", "severity", "said"),
    [
        ("draft: true", "error", "content/ra/question.md is a draft"),
        ("expires: 2026-01-04", "warning", "content/ra/question.md is expired"),
    ],
)
def test_a_page_that_is_not_shown_is_named_as_a_link_to_it_would_be(
    answered: TinySite, hidden: str, severity: str, said: str
) -> None:
    answered.replace("content/ra/question.md", "type: question", f"type: question\n{hidden}")
    found = answered.fails() if severity == "error" else [str(one) for one in answered.build().warnings]
    [problem] = [line for line in found if "question.md is" in line]
    assert problem.startswith("content/ra/did.md:7:")
    assert said in problem


def test_a_draft_answers_nothing(answered: TinySite) -> None:
    answered.replace("content/ra/did.md", "type: we-did", "type: we-did\ndraft: true")
    answered.delete("content/ra/did.es.md")
    answered.build()
    assert "What came of it" not in answered.text("ra/mornings/index.html")
    assert "page-changes" not in answered.text("ra/index.html")


def test_an_edit_of_the_answer_renders_what_leads_to_it_anew(answered: TinySite, tmp_path: Path) -> None:
    answered.build()
    answered.replace("content/ra/did.md", "title: A page on mornings", "title: A better page on mornings")
    answered.build()
    assert answered.outputs() == answered.clean_outputs(tmp_path / "clean")
    assert "A better page on mornings" in answered.text("ra/mornings/index.html")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("- poll: stif", "there is no poll 'stif'"),
        ("- survey: absent", "there is no survey 'absent'"),
        ("- page: nowhere.md", "there is no page 'nowhere.md'"),
        ("- page: _index.md", "there is no page '_index.md'"),
        ("- page: did.md", "a page does not answer itself"),
        ("- {}", "does not name one thing"),
        ("- {poll: stiff, page: question.md}", "does not name one thing"),
    ],
)
def test_what_is_not_there_is_an_error_at_its_line(answered: TinySite, entry: str, said: str) -> None:
    answered.replace("content/ra/did.md", "- poll: stiff\n- page: question.md", entry)
    [problem] = answered.fails()
    assert problem.startswith("content/ra/did.md:6:")
    assert said in problem
