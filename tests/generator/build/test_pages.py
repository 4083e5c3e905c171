"""Rendering pages: strings, slots, the chrome's parts, and errors that name the template's line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from generator.build.pages import Renderer
from generator.ground.errors import ThemeError
from generator.ground.model import Body, Facts, Footnote, Fragment, ImageSlot, LinkSlot, StringSlot
from generator.theme import Theme, read_theme
from generator.theme.lint import lint_templates
from generator.views import types as shapes

MakeTheme = Callable[..., Theme]

STRINGS = """\
hello: Hello & welcome
by: "by <{name}>"
minutes: {one: "{n} minute", other: "{n} minutes"}
number: {from: "10000"}
note.tip: A tip
"""
SPANISH = 'hello: Hola\nminutes: {one: "{n} minuto", other: "{n} minutos"}\n'
PARTS = {
    "partials/chrome-head.html": "",
    "partials/chrome-header.html": "[{{ chrome.site_title }}]",
    "partials/chrome-footer.html": "",
    "partials/image.html": '<img src="{{ image.src }}" alt="{{ image.alt }}">',
}


@pytest.fixture
def make_theme(tmp_path: Path) -> MakeTheme:
    """A theme whose ``article.html`` is the given text; further templates by name."""

    def make(article: str, **templates: str) -> Theme:
        home = tmp_path / "themes" / "t"
        for name, text in {**PARTS, "article.html": article, **templates}.items():
            path = home / "templates" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        (home / "i18n").mkdir(exist_ok=True)
        (home / "i18n" / "en.yaml").write_text(STRINGS, encoding="utf-8")
        (home / "i18n" / "es.yaml").write_text(SPANISH, encoding="utf-8")
        (home / "theme.yaml").write_text("title: T\n")
        return read_theme("t", [tmp_path / "themes"], {}, None)

    return make


def page(**changes: Any) -> shapes.ArticlePage:
    fields: dict[str, Any] = {
        "template": "article.html",
        "output_path": "a/index.html",
        "url": "/a/",
        "permalink": "https://e.example/a/",
        "canonical": "https://e.example/a/",
        "language": "en",
        "chrome_id": "c",
        "title": "A <b>title</b>",
        "head_title": "A",
    }
    return shapes.ArticlePage(**{**fields, **changes})


def chrome(**changes: Any) -> shapes.Chrome:
    fields: dict[str, Any] = {"site_title": "Site", "home_url": "/", "language": "en", "direction": "ltr"}
    return shapes.Chrome(**{**fields, **changes}, assets=shapes.Assets("/site.css"))


def render(theme: Theme, view: shapes.AnyPage | None = None, body: Body | None = None) -> str:
    return Renderer(theme).render(view or page(), chrome(), body).decode()


def failure(theme: Theme) -> str:
    with pytest.raises(ThemeError) as caught:
        render(theme)
    return str(caught.value)


def test_values_are_escaped_and_strings_speak_the_page_s_language(make_theme: MakeTheme) -> None:
    theme = make_theme("{{ page.title }} {{ t('hello') }} {{ t('by', name='<x>') }}")
    assert render(theme) == "A &lt;b&gt;title&lt;/b&gt; Hello &amp; welcome by &lt;&lt;x&gt;&gt;"
    assert "Hola" in render(theme, page(language="es"))
    assert "Hello" in render(theme, page(language="pt-BR"))


def test_numbers_choose_the_plural_and_are_grouped(make_theme: MakeTheme) -> None:
    theme = make_theme(
        "{{ t('minutes', n=1) }}|{{ t('minutes', n=0) }}|{{ t('minutes', n=12345) }}|{{ 9999|number }}"
    )
    assert render(theme) == "1 minute|0 minutes|12,345 minutes|9999"
    assert render(theme, page(language="es")) == "1 minuto|0 minutos|12.345 minutos|9999"


def test_a_list_is_written_as_the_language_does(make_theme: MakeTheme) -> None:
    assert render(make_theme("{{ ['a', 'b<', 'c']|listed }}")) == "a, b&lt;, c"


def test_scripts_get_every_form_of_a_string(make_theme: MakeTheme) -> None:
    assert render(make_theme("{{ forms('minutes') }}")) == "|{n} minute||||{n} minutes"
    assert "the theme has no string 'hours.other'" in failure(make_theme("{{ forms('hours') }}"))


def test_a_missing_string_may_have_a_default(make_theme: MakeTheme) -> None:
    assert render(make_theme("{{ t('reaction.hug', default='a <hug>') }}")) == "a &lt;hug&gt;"


@pytest.mark.parametrize(
    ("article", "told"),
    [
        (
            "one\ntwo {{ page.titel }}",
            "article.html:2:13: ArticlePage has no field 'titel'\n    did you mean 'title'?",
        ),
        ("\n\n{{ pge }}", "article.html:3:4: 'pge' is undefined\n    did you mean 'page'?"),
        ("\n{{ t('helo') }}", "article.html:2:7: the theme has no string 'helo'\n    did you mean 'hello'?"),
        ("{{ t('by') }}", "article.html:1:7: string 'by' needs a value for {name}"),
        (
            "\n{% include 'partials/imge.html' %}",
            "article.html:2:13: there is no template 'partials/imge.html'",
        ),
        ("\n{% if %}", "article.html:2:1:"),
        ("\n{{ page.__class__ }}", "article.html:2:9: a template cannot use '__class__'"),
        ("{{ [1, 2]|random }}", "article.html:1:11: No filter named 'random'"),
        (
            "{{ range(3) }}",
            "article.html:1:4: 'range' is undefined\n    templates have no functions but t, part",
        ),
        ("x\na page {{ page }} and {{ page.page }}", "article.html:2:31: ArticlePage has no field 'page'"),
        ("{% fr x in y %}", "article.html:1:4: Encountered unknown tag 'fr'.\n    did you mean 'for'?"),
        ("{% if page.url %}\nx", "article.html:2:1: Unexpected end of template."),
        ("{{ page.url|lenght }}", "article.html:1:13: No filter named 'lenght'.\n    did you mean 'length'?"),
        (
            "{{ page.url page.title }}",
            "article.html:1:13: expected token 'end of print statement', got 'page'",
        ),
        ("\n{{ asset('own.woff2') }}", "article.html:2:11: there is no asset 'own.woff2'"),
        ("\n{{ url('_pages/about.md') }}", "article.html:2:9: there is no page '_pages/about.md'"),
        ("{% extends 'article.html' %}", "article.html:1:13: 'article.html' extends itself: no parent"),
        ("\n{{ 1 // 0 }}", "article.html:2:1: ZeroDivisionError"),
    ],
)
def test_a_fault_in_a_template_is_told_with_its_file_line_and_remedy(
    make_theme: MakeTheme, article: str, told: str
) -> None:
    assert f"themes/t/templates/{told}" in failure(make_theme(article))


def test_a_fault_in_a_partial_names_the_partial(make_theme: MakeTheme) -> None:
    theme = make_theme("\n\n{% include 'partials/p.html' %}", **{"partials/p.html": "\n{{ page.nothing }}"})
    assert "themes/t/templates/partials/p.html:2:9: ArticlePage has no field 'nothing'" in failure(theme)


def test_lint_accepts_a_string_that_has_a_default(make_theme: MakeTheme) -> None:
    assert lint_templates(make_theme("{{ t('own.nothing', default='x') }}")) == ()


def test_lint_finds_faults_without_a_page(make_theme: MakeTheme) -> None:
    theme = make_theme(
        "{{ t('minutes', n=2) }}\n{{ t('helo') }}\n{% include 'partials/imge.html' %}",
        **{"partials/broken.html": "\n{% for %}"},
    )
    told = [str(problem) for problem in lint_templates(theme)]
    assert len(told) == 3
    assert (
        "article.html:3:13: there is no template 'partials/imge.html'\n    did you mean 'partials/image.html'?"
        in told[0]
    )
    assert "article.html:2:7: the theme has no string 'helo'" in told[1]
    assert "partials/broken.html:2:1:" in told[2]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ asset('ions/icon.svg') }}", "1:11: there is no asset 'ions/icon.svg'"),
        ("\n{{ url(page.url) }}", "2:4: 'url' needs a path that is known before pages are made"),
    ],
)
def test_lint_checks_the_assets_and_pages_that_templates_name(
    make_theme: MakeTheme, text: str, told: str
) -> None:
    (problem,) = lint_templates(make_theme(text))
    assert f"article.html:{told}" in str(problem)


def test_an_asset_has_its_published_address_on_the_page_s_root(make_theme: MakeTheme) -> None:
    theme = make_theme(
        "{{ asset('site.css') }} {{ part('partials/p.html') }}",
        **{"partials/p.html": "{{ asset('site.css') }}"},
    )
    renderer = Renderer(theme)
    # A preview's renderer may be older than the colours of the theme that the chrome was made for.
    for address in ("/health/assets/site.1.css", "/assets/site.2.css"):
        assets = shapes.Assets(address, others=(("site.css", address),))
        shown = renderer.render(page(), msgspec.structs.replace(chrome(), assets=assets)).decode()
        assert shown == f"{address} {address}"


def test_a_page_that_a_template_names_has_the_address_that_the_chrome_gives(make_theme: MakeTheme) -> None:
    theme = make_theme("{{ url('_pages/about.md') }}")
    named = msgspec.structs.replace(chrome(), named=(("_pages/about.md", "/about/"),))
    assert Renderer(theme).render(page(), named) == b"/about/"
    assert [(each.path, each.line, each.column) for each in theme.pages] == [("_pages/about.md", 1, 9)]


def test_slots_are_filled_in_the_body_and_in_its_notes(make_theme: MakeTheme) -> None:
    body = Body(
        Fragment(('<a href="', '">x</a>', " ", ""), (0, 1, 2)),
        (LinkSlot("a.md", 1, 1), ImageSlot("i.png", "i", 1, 1), StringSlot("note.tip")),
        Facts(footnotes=(Footnote("n", Fragment(("see ", ""), (0,)), 1),)),
    )
    values = (
        shapes.UrlValue("/a/?b=1&c=2"),
        shapes.ImageValue(shapes.Image("/i.png", 'a "picture"')),
        shapes.StringValue("note.tip"),
    )
    theme = make_theme("{{ body }}|{{ notes[0] }}")
    assert render(theme, page(body=shapes.BodyRef("d", values)), body) == (
        '<a href="/a/?b=1&amp;c=2">x</a><img src="/i.png" alt="a &#34;picture&#34;"> A tip'
        "|see /a/?b=1&amp;c=2"
    )


def test_a_view_that_does_not_fit_its_body_is_refused(make_theme: MakeTheme) -> None:
    body = Body(Fragment(("a", "b"), (0,)), (LinkSlot("a.md", 1, 1),), Facts())
    with pytest.raises(ValueError, match="fills 0 slots of a body that has 1"):
        render(make_theme("{{ body }}"), page(body=shapes.BodyRef("d")), body)


def test_the_chrome_is_rendered_anew_when_it_changes(make_theme: MakeTheme) -> None:
    renderer = Renderer(make_theme("{{ chrome_header }}"))
    first = renderer.render(page(), chrome())
    assert renderer.render(page(), chrome()) == first == b"[Site]"
    assert renderer.render(page(), chrome(site_title="Other")) == b"[Other]"
    assert renderer.render(page(), chrome()) == first


def test_compiled_templates_may_be_kept_and_change_nothing(make_theme: MakeTheme, tmp_path: Path) -> None:
    theme = make_theme("{{ t('hello') }} {{ page.title }}")
    kept = tmp_path / "bytecode"
    fresh = render(theme)
    assert Renderer(theme, kept).render(page(), chrome()).decode() == fresh
    assert any(kept.rglob("*"))
    assert Renderer(theme, kept).render(page(), chrome()).decode() == fresh
    changed = make_theme("changed")
    assert Renderer(changed, kept).render(page(), chrome()) == b"changed"


def test_indentation_of_templates_does_not_reach_the_page(make_theme: MakeTheme) -> None:
    assert render(make_theme("<ul>\n    <li>\n\t{{ page.url }}\n</ul>")) == "<ul>\n<li>\n/a/\n</ul>"
