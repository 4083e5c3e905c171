"""What a survey's page and the list of surveys show."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests.generator.content.surveys.working_day import (
    ID,
    INSTRUMENT,
    PATH,
    SPANISH,
    SPANISH_PATH,
    put_survey,
)
from tests.sites import TinySite

SITE = """
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
languages: [en, es]
cards: "off"
widgets: {endpoint: /api/v1}
== content/_crisis.yaml
en: [{name: A line, number: "1 2"}]
== content/migraine/_index.md
---
title: Migraine
---
== content/migraine/a.md
---
title: Article A
date: 2026-01-01
---
:::poll{#rain}
Rain?
- Yes {#yes}
- No {#no}
:::
"""
PAGE = "migraine/surveys/working-day/index.html"


@pytest.fixture
def asked(site: TinySite) -> TinySite:
    site.write(SITE)
    return put_survey(site)


def main(site: TinySite, path: str = PAGE) -> str:
    return site.text(path).partition("<main")[2].partition("</main>")[0]


def test_the_form_holds_what_the_function_reads(asked: TinySite) -> None:
    asked.build()
    form = main(asked)
    assert f'method="post" novalidate action="/api/v1/surveys/{ID}/responses"' in form
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert hidden == {"version": "1", "consent": "2026-03", "lang": "en"}
    fields = dict.fromkeys(re.findall(r'name="([\w.-]+)"', form))
    asked_for = ["q.years", "q.work", "q.helps", "q.understood", "q.mood", "q.words"]
    assert list(fields) == [*hidden, "device", *asked_for, "age", "collection", "publication", "website"]
    assert re.findall(r'type="checkbox" name="q.helps" value="(\w+)"', form) == ["breaks", "light", "none"]
    assert re.findall(r'type="radio" name="q.understood" value="(\d)"', form) == list("12345")


def test_only_what_everybody_is_asked_is_required_by_the_browser(asked: TinySite) -> None:
    asked.replace(PATH, "ask_if: {work: yes, years: from-5}", "ask_if: {work: yes}\n        required: true")
    asked.build()
    required = set(re.findall(r'name="([\w.]+)"[^>]* required', main(asked)))
    assert required == {"q.work", "age", "collection"}


def test_routing_is_told_in_words_to_those_without_scripts(asked: TinySite) -> None:
    asked.build()
    told = re.findall(r'<span class="survey-if">(.*?)</span>', main(asked))
    assert told == [
        "Only if you answered “I do” to question 2.",
        "Only if you answered “I do” to question 2.",
        "Only if you answered “5 years or more” to question 1.",
        "Only if you answered “Not at all” or “2” to question 4.",
    ]
    assert 'data-ask-if="work:yes;years:from-5"' in main(asked)
    assert 'data-bands="under-5::5;from-5:5:"' in main(asked)


def test_help_stands_beside_what_is_sensitive(asked: TinySite) -> None:
    asked.build()
    mood = main(asked).partition('id="q-mood"')[2].partition("</fieldset>")[0]
    assert 'href="tel:12"' in mood
    assert 'href="tel:12"' not in main(asked).replace(mood, "")


def test_every_language_has_its_own_page(asked: TinySite) -> None:
    asked.build()
    spanish = main(asked, "migraine/es/surveys/working-day/index.html")
    assert "¿Qué ayuda en el trabajo?" in spanish
    assert "What helps at work?" not in spanish
    assert 'hreflang="en"' in spanish


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-02-01T00:00:00+00:00", "This survey is not open yet."),
        ("2026-10-01T00:00:00+00:00", "This survey is closed."),
    ],
)
def test_before_and_after_its_questions_are_shown_to_be_read(asked: TinySite, now: str, told: str) -> None:
    asked.build(now=dt.datetime.fromisoformat(now))
    assert told in main(asked)
    assert "What helps at work?" in main(asked)
    assert "<form" not in main(asked)


def test_without_a_function_nothing_can_be_sent(asked: TinySite) -> None:
    asked.replace("gatherwell.yaml", "widgets: {endpoint: /api/v1}\n", "")
    asked.build()
    assert "This site takes no answers." in main(asked)
    assert "<form" not in main(asked)


def test_a_closed_survey_leads_to_its_report(asked: TinySite) -> None:
    asked.article(
        "migraine/found.md",
        "Text.",
        title="What we found",
        date="2026-09-02",
        type="survey-report",
        survey="working-day",
        finding="work",
    )
    who = "sponsor: Nobody.\nethics: Nobody was asked.\nrecruitment: Readers.\n"
    asked.put(PATH, INSTRUMENT + who)
    asked.put(SPANISH_PATH, SPANISH + who)
    asked.build(now=dt.datetime(2026, 10, 1, tzinfo=dt.UTC))
    for page in (PAGE, "migraine/surveys/index.html"):
        assert 'href="/migraine/found/"' in main(asked, page)


def test_open_surveys_are_offered_on_the_hub_beside_articles_and_after_a_vote(asked: TinySite) -> None:
    asked.build()
    assert 'href="/migraine/surveys/working-day/"' in main(asked, "migraine/index.html")
    article = main(asked, "migraine/a/index.html")
    assert re.findall(r'<a href="/migraine/surveys/">(.*?)</a>', article) == [
        "There is more that you can answer here.",
        "This community is asking. Your answers would help.",
    ]
    asked.build(now=dt.datetime(2026, 10, 1, tzinfo=dt.UTC))
    assert "/migraine/surveys/" not in main(asked, "migraine/a/index.html")


def test_the_sitemap_names_surveys_and_drafts_are_kept_from_search_engines(asked: TinySite) -> None:
    asked.build()
    assert "https://tiny.example/migraine/surveys/working-day/" in asked.text("sitemap.xml")
    asked.put(PATH, INSTRUMENT + "draft: true\n")
    asked.build(drafts=True)
    assert '<meta name="robots" content="noindex">' in asked.text(PAGE)
    assert "surveys/working-day/" not in asked.text("sitemap.xml")


def test_a_link_to_an_instrument_leads_to_its_page_in_the_language_of_the_text(asked: TinySite) -> None:
    asked.article("migraine/living/b.md", "[Answer](../surveys/working-day.yaml)")
    asked.article("migraine/living/b.es.md", "[Responde](../surveys/working-day.yaml)")
    asked.build()
    assert 'href="/migraine/surveys/working-day/"' in main(asked, "migraine/b/index.html")
    assert 'href="/migraine/es/surveys/working-day/"' in main(asked, "migraine/es/b/index.html")
    assert not list(asked.out.rglob("*.yaml"))
    asked.replace("content/migraine/living/b.md", "working-day", "working-days")
    assert asked.fails() == [
        "content/migraine/living/b.md:4:1: there is no page '../surveys/working-days.yaml' "
        "| did you mean '../surveys/working-day.yaml'?"
    ]
