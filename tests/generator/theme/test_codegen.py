"""Templates compiled our way give what Jinja's own code gives; macros remember, and mix nothing up."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import jinja2
import pytest
from markupsafe import Markup

from generator.ground.model import Struct
from generator.theme import Theme
from generator.theme.codegen import find_template, render_template
from generator.theme.environment import make_environment


class Thing(Struct):
    name: str
    parts: tuple[str, ...] = ()
    other: Any = None


TEMPLATES = {
    "macros.html": """
{% macro tag(name, kind="b", close=true) %}<{{ kind }}>{{ name }}{% if close %}</{{ kind }}>{% endif %}{% endmacro %}
{% macro several() %}{% for item in varargs %}{{ item }},{% endfor %}{{ kwargs|length }}{% endmacro %}
{% macro around() %}({{ caller() }}){% endmacro %}
{% macro nested(thing) %}{{ tag(thing.name) }}{% if thing.other %}{{ nested(thing.other) }}{% endif %}{% endmacro %}
""",
    "part.html": "[{{ thing.name }}|{{ loop_value|default('none') }}|{{ set_here }}]",
    "base.html": "<{% block main %}base{% endblock %}>{% block tail %}tail{% endblock %}",
    "child.html": "{% extends 'base.html' %}{% block main %}{{ super() }}+{{ thing.name }}{% endblock %}",
}
THING = Thing("a & <b>", ("x", "y<"), Thing("inner"))
TEXTS = [
    "{{ thing.name }} {{ thing.name|safe }} {{ number }} {{ none }} {{ marked }}",
    "{% from 'macros.html' import tag %}{{ tag(thing.name) }}{{ tag(thing.name, 'i') }}{{ tag(close=false, name=1) }}",
    "{% import 'macros.html' as m %}{{ m.tag(marked) }}{{ m.several(1, '<', x=2) }}{{ m.nested(thing) }}",
    "{% from 'macros.html' import around %}{% call around() %}{{ thing.name }}{% endcall %}",
    "{% set set_here = 'set' %}{% for loop_value in thing.parts %}{% include 'part.html' %}{{ loop.index }}{% endfor %}",
    "{% macro own(x) %}{{ x }}{{ thing.name }}{% endmacro %}{{ own(1) }}{{ own(true) }}{{ own('1') }}",
    "{% set block %}{% set set_here = 1 %}{% include 'part.html' %}{% endset %}{{ block }}",
    "{% include ['missing.html', 'part.html'] ignore missing %}{% include 'missing.html' ignore missing %}",
    "{% extends 'child.html' %}{% block tail %}{{ thing.parts|join(', ') }}{{ 'a' ~ thing.name }}{% endblock %}",
    "{% for key, value in pairs.items() recursive %}{{ key }}{{ value.upper() }}{% endfor %}{{ [1, '<']|first }}",
    "{% if thing.missing is defined %}yes{% else %}no{% endif %}{{ thing.missing|default('<') }}",
]


def theme_of(templates: dict[str, str]) -> Theme:
    return Theme(
        name="t",
        templates=templates,
        template_paths={name: name for name in templates},
        strings={"en": {}},
        directions={},
        files=(),
        urls={},
        digest="",
    )


def values() -> dict[str, Any]:
    return {
        "thing": THING,
        "number": 5,
        "none": None,
        "marked": Markup("<i>"),
        "pairs": {"a": "<p>"},
        "set_here": "given",
    }


@pytest.mark.parametrize("text", TEXTS)
def test_pages_are_those_of_jinjas_own_code(text: str) -> None:
    templates = {**TEMPLATES, "page.html": text}
    ours = make_environment(theme_of(templates), "en")
    stock = jinja2.Environment(
        loader=jinja2.DictLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    once = render_template(ours, "page.html", values())
    assert once == stock.get_template("page.html").render(values())
    assert render_template(ours, "page.html", values()) == once


def test_a_macro_tells_true_from_one_and_text_from_markup() -> None:
    text = "{% from 'macros.html' import tag %}" + "".join(
        f"{{{{ tag({argument}) }}}}" for argument in ("1", "true", "'<i>'", "marked", "1.0")
    )
    ours = make_environment(theme_of({**TEMPLATES, "page.html": text}), "en")
    shown = render_template(ours, "page.html", values())
    assert shown == "<b>1</b><b>True</b><b>&lt;i&gt;</b><b><i></b><b>1.0</b>"


def test_a_macro_takes_what_cannot_be_remembered() -> None:
    text = "{% from 'macros.html' import tag %}{{ tag(list) }}"
    ours = make_environment(theme_of({**TEMPLATES, "page.html": text}), "en")
    first = render_template(ours, "page.html", {"list": [1]})
    assert (first, render_template(ours, "page.html", {"list": [2]})) == ("<b>[1]</b>", "<b>[2]</b>")


class Name:
    def __init__(self, number: int) -> None:
        self.number = number

    def __str__(self) -> str:
        return f"<{self.number}>"


@pytest.mark.parametrize(("rounds", "kept"), [(1, 0), (2, 299)])
def test_a_macro_keeps_what_it_made_only_where_its_arguments_recur(rounds: int, kept: int) -> None:
    text = "{% from 'macros.html' import tag %}{{ tag(name) }}"
    ours = make_environment(theme_of({**TEMPLATES, "page.html": text}), "en")
    names = [Name(number) for number in range(300)]
    shown = [render_template(ours, "page.html", {"name": name}) for name in names for _ in range(rounds)]
    assert shown == [f"<b>&lt;{number}&gt;</b>" for number in range(300) for _ in range(rounds)]
    alive = [weakref.ref(name) for name in names[:-1]]  # the last one is still at hand
    names.clear()
    gc.collect()
    assert sum(name() is not None for name in alive) == kept


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("tag()", "parameter 'name' was not provided"),
        ("tag(1, 2, 3, 4)", "takes not more than 3 argument"),
        ("tag(1, colour=2)", "takes no keyword argument 'colour'"),
        ("tag(nothing)", "'nothing' is undefined"),
    ],
)
def test_a_macro_called_wrongly_says_so(call: str, said: str) -> None:
    text = f"{{% from 'macros.html' import tag %}}{{{{ {call} }}}}"
    ours = make_environment(theme_of({**TEMPLATES, "page.html": text}), "en")
    with pytest.raises((TypeError, jinja2.UndefinedError), match=said.replace("(", r"\(")):
        render_template(ours, "page.html", {})


def test_a_template_is_compiled_once() -> None:
    ours = make_environment(theme_of(TEMPLATES), "en")
    assert find_template(ours, "part.html") is find_template(ours, "part.html")
