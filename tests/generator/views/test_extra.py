"""Keys of front matter that only the theme understands: in pages, in cards, and in what decides about rendering."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import TinySite

SITE = """\
== gatherwell.yaml
title: Tiny
theme: own
front_matter: {extra: [photographer, places, sensitive]}
== themes/own/theme.yaml
extends: commons
== themes/own/templates/article.html
{% extends "article.html" %}
{% block after_text %}<p>{% if page.extra.photographer %}Photo: {{ page.extra.photographer }}{% else %}No photo{% endif %}{% for place in page.extra.places %} [{{ place }}]{% endfor %}</p>{% endblock %}
== themes/own/templates/partials/card.html
{% extends "partials/card.html" %}
{% block card_end %}<i>{{ card.extra.photographer }}</i>{% endblock %}
== content/migraine/a.md
---
title: A
photographer: Ada <Lens>
places: [Rome, 12]
---
Words.
== content/migraine/b.md
---
title: B
---
Words.
"""


@pytest.fixture
def site(tmp_path: Path) -> TinySite:
    return TinySite(tmp_path / "tiny", SITE)


def test_an_own_key_reaches_the_page_and_its_cards(site: TinySite) -> None:
    site.build()
    assert "<p>Photo: Ada &lt;Lens&gt; [Rome] [12]</p>" in site.text("migraine/a/index.html")
    assert "<i>Ada &lt;Lens&gt;</i>" in site.text("index.html")


def test_a_key_that_is_not_written_is_empty(site: TinySite) -> None:
    site.build()
    assert "<p>No photo</p>" in site.text("migraine/b/index.html")


def test_a_changed_own_key_renders_its_page_and_the_lists_that_show_its_card(
    site: TinySite, tmp_path: Path
) -> None:
    site.build()
    before = site.outputs()
    site.replace("content/migraine/a.md", "Ada <Lens>", "Grace")

    site.build()

    after = site.outputs()
    changed = {path for path in after if path.endswith(".html") and after[path] != before[path]}
    assert changed == {"index.html", "migraine/a/index.html"}
    assert after == site.clean_outputs(tmp_path / "clean")


def test_a_misspelt_own_key_in_a_template_is_told_with_those_there_are(site: TinySite) -> None:
    site.put("themes/own/templates/article.html", "\n{{ page.extra.photografer }}")
    (told,) = site.fails()
    assert told == (
        "themes/own/templates/article.html:2:15: Extra has no field 'photografer' | did you mean 'photographer'?"
    )


@pytest.mark.parametrize(
    ("value", "line"),
    [("{a: 1}", 3), ("[{a: 1}]", 3)],
)
def test_an_own_key_holds_plain_values_only(site: TinySite, value: str, line: int) -> None:
    site.put("content/migraine/b.md", f"---\ntitle: B\nphotographer: {value}\n---\nWords.\n")
    (told,) = site.fails()
    assert told.startswith(f"content/migraine/b.md:{line}:")
    assert "'photographer' must be a text, a number, true or false, or a list of these" in told
