"""Languages of files: named as the site lists them, translations under other names, originals that are newer."""

from __future__ import annotations

import pytest

from tests.sites import TinySite

CONTENT = """
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
languages: [en, es, pt-BR]
search: false
cards: "off"
== content/ms/_index.md
---
title: MS
---
Welcome.
== content/ms/guide.md
---
title: Guide
date: 2026-01-01
---
Text.
== content/ms/other.md
---
title: Other
---
Text.
"""
TRANSLATION = """
== content/ms/guia.es.md
---
title: Guía
translation_of: guide.md
date: 2026-02-01
---
[Otra](other.md)
"""
SLIPS = {
    "a.fr.md": "'fr' is not among the site's languages, so this is a page in en",
    "a.ES.md": "the language is written 'es' in gatherwell.yaml",
    "a.pt-br.md": "the language is written 'pt-BR' in gatherwell.yaml",
    "a.pt_BR.md": "the language is written 'pt-BR' in gatherwell.yaml",
    "a.pt.md": "'pt' is not among the site's languages",
    "a.de-AT.md": "'de-AT' is not among the site's languages",
}


@pytest.mark.parametrize(("name", "told"), SLIPS.items(), ids=SLIPS)
def test_file_in_a_language_that_is_not_listed_is_refused(site: TinySite, name: str, told: str) -> None:
    site.write(CONTENT).article(f"ms/{name}")
    (found,) = site.fails()
    assert found.startswith(f"content/ms/{name}: {told}")


@pytest.mark.parametrize("name", ["v1.2.md", "a.old.md", "dr.who.md", "a.es.md", "a.pt-BR.md"])
def test_other_names_with_dots_are_left_alone(site: TinySite, name: str) -> None:
    site.write(CONTENT).article(f"ms/{name}")
    assert [w for w in site.build().warnings if w.source_path.endswith(name)] == []


def test_level_of_languages_may_be_lowered(site: TinySite) -> None:
    site.write(CONTENT).article("ms/a.fr.md")
    site.replace("gatherwell.yaml", "search: false", "search: false\nchecks: {languages: warning}")
    assert "content/ms/a.fr.md" in {warning.source_path for warning in site.build().warnings}


def test_translation_under_another_name_belongs_to_its_original(site: TinySite) -> None:
    site.write(CONTENT).write(TRANSLATION)
    site.put("content/ms/other.es.md", "---\ntitle: Otra\n---\n[guía](guide.md)")
    site.build()
    assert 'hreflang="es" href="https://tiny.example/ms/es/guia/"' in site.text("ms/guide/index.html")
    assert '<a href="/ms/es/guia/">guía</a>' in site.text("ms/es/other/index.html")


WRONG = {
    "guid.md": "there is no article 'guid.md' that this could be a translation of | did you mean 'guide.md'?",
    "guia.es.md": "'guia.es.md' is no article of this condition in another language | name the original file",
}


@pytest.mark.parametrize(("written", "told"), WRONG.items(), ids=WRONG)
def test_original_that_is_none_is_told(site: TinySite, written: str, told: str) -> None:
    site.write(CONTENT).write(TRANSLATION)
    site.replace("content/ms/guia.es.md", "translation_of: guide.md", f"translation_of: {written}")
    assert site.fails() == [f"content/ms/guia.es.md:3:17: {told}"]


def test_second_translation_into_one_language_is_refused(site: TinySite) -> None:
    site.write(CONTENT).write(TRANSLATION).article("ms/z.es.md", translation_of="guide.md")
    assert "content/ms/guia.es.md is this translation already" in site.fails()[0]


@pytest.mark.parametrize(("changed", "older"), [("2026-03-01", True), ("2026-02-01", False), ("2026-01-02", False)])
def test_translation_older_than_its_original_is_shown_and_listed(site: TinySite, changed: str, older: bool) -> None:
    site.write(CONTENT).write(TRANSLATION)
    site.replace("content/ms/guide.md", "date: 2026-01-01", f"date: 2026-01-01\nupdated: {changed}")
    told = [w for w in site.build().warnings if w.source_path == "content/ms/guia.es.md"]
    assert [(w.rule, w.severity) for w in told] == ([("languages", "warning")] if older else [])
    assert ('<a href="/ms/guide/" hreflang="en" lang="en">Guide</a></p>' in site.text("ms/es/guia/index.html")) is older


def test_change_of_the_original_alone_reaches_its_translation(site: TinySite) -> None:
    site.write(CONTENT).write(TRANSLATION).build()
    site.replace("content/ms/guide.md", "date: 2026-01-01", "date: 2026-01-01\nupdated: 2026-03-01")
    assert "content/ms/guia.es.md" in {warning.source_path for warning in site.build().warnings}


def test_language_without_words_is_a_warning_and_its_words_say_theirs(site: TinySite) -> None:
    site.write(CONTENT).article("ms/a.pt-BR.md")
    found = [w for w in site.build().warnings if w.rule == "languages"]
    assert ["no words in 'pt-BR'" in w.message for w in found] == [True]
    html = site.text("ms/pt-BR/a/index.html")
    assert '<html lang="pt-BR"' in html
    assert '<header lang="en">' in html
    assert '<header lang' not in site.text("ms/guide/index.html")
