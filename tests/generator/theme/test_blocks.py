"""Blocks that a child template fills and none of its parents has are errors, wherever they would vanish."""

from __future__ import annotations

import pytest

from generator.theme.blocks import lost_blocks

BASE = "{% block head %}{% endblock %}{% block main %}{% block text %}{% endblock %}{% endblock %}"
CARD = "{% block card_end %}{% endblock %}"


def told(**templates: str) -> list[str]:
    """The findings about templates whose names are *templates*, `up_` standing for a parent theme's of the same name."""
    named = {"base.html": BASE, "card.html": CARD}
    named |= {f"{name.replace('up_', '^')}.html": text for name, text in templates.items()}
    return [str(problem) for problem in lost_blocks(named, {name: f"t/{name}" for name in named})]


@pytest.mark.parametrize(
    "child",
    [
        "{% extends 'base.html' %}{% block head %}x{% endblock %}",
        "{% extends 'base.html' %}{% block text %}x{% endblock %}",
        '{%- extends "base.html" -%}\n{%- block main -%}{% block own %}{% endblock %}{%- endblock main -%}',
        "{% extends 'base.html' %}{# {% block mian %}{% endblock %} #}",
        "{% extends 'base.html' %}{% block head %}{% raw %}{% block mian %}{% endraw %}{% endblock %}",
        "{% block mian %}{% endblock %}",
        "{% extends 'nothing.html' %}{% block mian %}{% endblock %}",
    ],
)
def test_what_shows_is_no_finding(child: str) -> None:
    assert told(article=child) == []


def test_a_misspelt_block_is_told_with_its_place_and_the_right_name() -> None:
    assert told(article="{% extends 'base.html' %}\n\n{% block mian %}x{% endblock %}") == [
        "t/article.html:3:10: 'base.html' has no block 'mian': what stands in it would show nowhere\n"
        "    did you mean 'main'?"
    ]


def test_a_block_of_another_template_names_that_one() -> None:
    (problem,) = told(article="{% extends 'base.html' %}{% block card_end %}x{% endblock %}")
    assert problem.endswith("'card.html' has it: write it in a file of that name")


def test_the_blocks_that_there_are_are_listed_where_none_is_near() -> None:
    (problem,) = told(article="{% extends 'base.html' %}{% block zzzzzz %}x{% endblock %}")
    assert problem.endswith("it has: head, main, text")


def test_parents_of_the_same_name_are_asked_up_to_the_last() -> None:
    parent = "{% extends 'base.html' %}{% block main %}{% block mine %}{% endblock %}{% endblock %}"
    child = "{% extends 'article.html' %}{% block NAME %}x{% endblock %}"
    for name in ("head", "main", "mine"):
        assert told(up_article=parent, article=child.replace("NAME", name)) == []
    (problem,) = told(up_article=parent, article=child.replace("NAME", "mien"))
    assert "'article.html' has no block 'mien'" in problem
    assert "did you mean 'mine'?" in problem
