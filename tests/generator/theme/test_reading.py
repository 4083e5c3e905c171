"""Reading themes: inheritance, tokens, strings, styles and assets, and how each can be at fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from generator.ground.errors import SiteError
from generator.theme import Theme, read_theme
from generator.theme.environment import make_environment
from generator.theme.lint import lint_templates

WriteThemes = Callable[..., Path]

BASE = {
    "base/theme.yaml": """\
title: Base
tokens:
  paper: {light: "#ffffff", dark: "#111111"}
  radius: .5rem
accent: {default: "#2d5f5a", backgrounds: [paper]}
""",
    "base/templates/article.html": "<p>{{ t('hello') }}</p>",
    "base/templates/partials/foot.html": "base foot",
    "base/i18n/en.yaml": 'hello: Hello\nby: "by {name}"\nminutes: {one: "{n} min", other: "{n} mins"}\n',
    "base/i18n/es.yaml": "hello: Hola\n",
    "base/assets/css/10-a.css": "@layer tokens, base;\n@layer base { p { border-radius: var(--radius); } }\n",
}
CHILD = {"child/theme.yaml": "extends: base\n"}


@pytest.fixture
def themes(tmp_path: Path) -> WriteThemes:
    """A folder ``themes`` with the given files, texts by path."""

    def write(*listings: dict[str, str]) -> Path:
        for listing in listings:
            for name, text in listing.items():
                path = tmp_path / "themes" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        return tmp_path / "themes"

    return write


def read(folder: Path, name: str = "child", **accents: str) -> Theme:
    return read_theme(name, [folder], accents, None)


def css_of(theme: Theme) -> str:
    return next(f.content.decode() for f in theme.files if f.output_path == theme.urls["site.css"])


def failure(folder: Path, name: str = "child", **accents: str) -> str:
    with pytest.raises(SiteError) as caught:
        read(folder, name, **accents)
    return str(caught.value)


def test_a_child_overrides_templates_by_name_and_keeps_the_rest(themes: WriteThemes) -> None:
    theme = read(themes(BASE, CHILD, {"child/templates/partials/foot.html": "child foot"}))
    assert theme.templates["partials/foot.html"] == "child foot"
    assert theme.templates["article.html"] == BASE["base/templates/article.html"]
    assert theme.template_paths["partials/foot.html"] == "themes/child/templates/partials/foot.html"


def rendered(theme: Theme, name: str = "article.html") -> str:
    return make_environment(theme, "en").get_template(name).render()


def test_a_child_extends_its_parent_s_template_of_the_same_name(themes: WriteThemes) -> None:
    base = {"base/templates/article.html": "<{% block a %}a{% endblock %}{% block b %}b{% endblock %}>"}
    child = {
        "child/templates/article.html": "{% extends 'article.html' %}{% block b %}{{ super() }}+{% endblock %}"
    }
    grandchild = {
        "grand/theme.yaml": "extends: child\n",
        "grand/templates/article.html": '{% extends "article.html" %}{% block b %}({{ super() }}){% endblock %}',
    }
    folder = themes(BASE, base, CHILD, child, grandchild)
    assert rendered(read(folder)) == "<ab+>"
    assert rendered(read(folder, "grand")) == "<a(b+)>"


def test_a_child_includes_its_parent_s_partial_of_the_same_name(themes: WriteThemes) -> None:
    child = {"child/templates/partials/foot.html": "[{% include 'partials/foot.html' %}]"}
    assert rendered(read(themes(BASE, CHILD, child)), "partials/foot.html") == "[base foot]"


def test_a_template_that_ends_the_chain_drops_what_it_replaces(themes: WriteThemes) -> None:
    child = {"child/templates/article.html": "{% extends 'article.html' %}"}
    grandchild = {"grand/theme.yaml": "extends: child\n", "grand/templates/article.html": "all mine"}
    theme = read(themes(BASE, CHILD, child, grandchild), "grand")
    assert [name for name in theme.templates if "article" in name] == ["article.html"]


def test_a_file_whose_parent_changed_is_named(themes: WriteThemes) -> None:
    foot = {"child/templates/partials/foot.html": "mine"}
    folder = themes(BASE, CHILD, foot)
    (unmarked,) = lint_templates(read(folder))
    path, mark = str(unmarked).split("`")[1].split(": ")
    assert path == "templates/partials/foot.html"

    themes({"child/theme.yaml": f"extends: base\nreplaces:\n  {path}: {mark}\n"})
    assert read(folder).warnings == lint_templates(read(folder)) == ()

    themes({"base/templates/partials/foot.html": "another foot"})
    (warning,) = read(folder).warnings
    assert str(warning).startswith(
        "themes/child/theme.yaml:3:3: warning: themes/base/templates/partials/foot.html is not the file that "
        "themes/child/templates/partials/foot.html was made from\n    compare the two, then write"
    )


def test_a_template_that_extends_its_parent_s_needs_no_mark(themes: WriteThemes) -> None:
    child = {"child/templates/article.html": "{% extends 'article.html' %}"}
    assert lint_templates(read(themes(BASE, CHILD, child))) == ()


def test_a_mark_of_a_file_that_replaces_nothing_is_told(themes: WriteThemes) -> None:
    child = {"child/theme.yaml": "extends: base\nreplaces:\n  templates/fot.html: v1234567\n"}
    (warning,) = read(themes(BASE, child)).warnings
    assert "themes/child/theme.yaml:3:3: warning: 'templates/fot.html' replaces no file of a parent" in str(
        warning
    )


def test_a_child_overrides_single_strings_and_tokens(themes: WriteThemes) -> None:
    child = {"child/theme.yaml": "extends: base\ntokens: {radius: 0}\n", "child/i18n/en.yaml": "hello: Hi\n"}
    theme = read(themes(BASE, child))
    assert theme.strings["en"]["hello"] == "Hi"
    assert theme.strings["en"]["by"] == "by {name}"
    assert "--radius:0" in css_of(theme)


def test_a_language_takes_from_english_what_it_lacks(themes: WriteThemes) -> None:
    theme = read(themes(BASE, CHILD))
    assert theme.strings["es"]["hello"] == "Hola"
    assert theme.strings["es"]["by"] == "by {name}"
    assert theme.strings_for("es-MX")["hello"] == "Hola"
    assert theme.strings_for("pt")["hello"] == "Hello"


def test_forms_of_a_string_are_never_of_two_languages(themes: WriteThemes) -> None:
    child = {
        "child/i18n/ja.yaml": 'minutes: {other: "{n}分"}\n',
        "child/i18n/es.yaml": 'minutes: {one: "un min"}\n',
    }

    strings = read(themes(BASE, CHILD, child)).strings

    assert "minutes.one" not in strings["ja"]
    assert strings["es"]["minutes.one"] == "un min"
    assert strings["es"]["minutes.other"] == "{n} mins"


@pytest.mark.parametrize(
    ("language", "strings", "told"),
    [
        (
            "pl",
            'hello: x\nminutes:\n  one: "{n} minuta"\n  other: "{n} minuty"\n',
            "pl.yaml:3:8: string 'minutes' lacks the plural forms 'few' and 'many', which Polish needs\n"
            "    write 'minutes.few' for 2, 3, 4 …; 'minutes.many' for 0, 5, 6 …",
        ),
        (
            "es",
            'minutes: {one: "un min"}\n',
            "es.yaml:1:16: string 'minutes' lacks the plural form 'other', which Spanish needs\n"
            "    write 'minutes.other' for 0, 2, 3 …",
        ),
    ],
)
def test_missing_plural_forms_are_told_in_words(
    themes: WriteThemes, language: str, strings: str, told: str
) -> None:
    (warning,) = read(themes(BASE, CHILD, {f"child/i18n/{language}.yaml": strings})).warnings
    assert str(warning) == f"themes/child/i18n/{told}"


@pytest.mark.parametrize(
    ("language", "strings"),
    [
        ("pl", 'minutes: {one: "{n} minuta", few: "{n} minuty", many: "{n} minut", other: "{n} minuty"}\n'),
        ("fr", 'minutes: {one: "{n} minute", other: "{n} minutes"}\n'),  # "many" is for millions
        ("ja", 'minutes.other: "{n}分"\n'),
        ("pl", "hello: Witaj\n"),  # all of it is English
    ],
)
def test_a_language_with_the_forms_it_needs_is_left_in_peace(
    themes: WriteThemes, language: str, strings: str
) -> None:
    assert read(themes(BASE, CHILD, {f"child/i18n/{language}.yaml": strings})).warnings == ()


def test_a_theme_may_extend_one_of_its_own_name_farther_along_the_path(
    tmp_path: Path, themes: WriteThemes
) -> None:
    bundled = themes(BASE)
    own = tmp_path / "own" / "base"
    (own / "templates").mkdir(parents=True)
    (own / "theme.yaml").write_text("extends: base\n")
    (own / "templates" / "article.html").write_text("mine")
    theme = read_theme("base", [tmp_path / "own", bundled], {}, None)
    assert theme.templates["article.html"] == "mine"
    assert theme.templates["partials/foot.html"] == "base foot"


def test_a_circle_of_themes_is_refused_with_its_place(themes: WriteThemes) -> None:
    circle = {"a/theme.yaml": "extends: b\n", "b/theme.yaml": "title: B\nextends: a\n"}
    assert "themes/b/theme.yaml:2:10: themes extend each other in a circle: a → b → a" in failure(
        themes(circle), "a"
    )


def test_a_missing_parent_is_refused_with_a_suggestion(themes: WriteThemes) -> None:
    told = failure(themes(BASE, {"child/theme.yaml": "extends: bse\n"}))
    assert "themes/child/theme.yaml:1:10: there is no theme 'bse'" in told
    assert "did you mean 'base'?" in told


def test_an_unknown_theme_is_refused_with_what_there_is(themes: WriteThemes) -> None:
    assert "themes found: base" in failure(themes(BASE), "zzz")
    assert "there is no theme '../base'" in failure(themes(BASE), "../base")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("extends: base\nextend: x\n", "theme.yaml:2:1: unknown key 'extend'\n    did you mean 'extends'?"),
        (
            "extends: base\ntokens: {raduis: 1px}\n",
            "theme.yaml:2:10: unknown token 'raduis'\n    did you mean 'radius'?",
        ),
        (
            "extends: base\ntokens: {radius: '1px; color: red'}\n",
            "theme.yaml:2:10: token 'radius' holds a character",
        ),
        ("extends: base\ntokens:\n  paper: {drak: '#000000'}\n", "theme.yaml:3:11: unknown scheme 'drak'"),
        ("extends: base\ntokens: 5\n", "theme.yaml:2:1: 'tokens' must be a map"),
        ("extends: [base]\n", "theme.yaml:1:1: 'extends' must be the name of one theme"),
        ("extends: base\naccent: {defualt: '#000000'}\n", "theme.yaml:2:10: unknown key 'defualt'"),
        ("extends: base\nextends: base\n", "theme.yaml:2:1:"),
        ("- a list\n", "theme.yaml:1:1: a theme's settings are a map"),
    ],
)
def test_settings_at_fault_are_told_with_place_and_remedy(
    themes: WriteThemes, settings: str, told: str
) -> None:
    assert f"themes/child/{told}" in failure(themes(BASE, {"child/theme.yaml": settings}))


CONTRAST = {
    "base/theme.yaml": BASE["base/theme.yaml"].replace(
        "tokens:\n", "contrast: {ink on paper: 7}\ntokens:\n  ink: {light: '#000000', dark: '#ffffff'}\n"
    )
}


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (
            "tokens:\n  ink: '#777777'\n",
            [
                ("light", "child/theme.yaml:3:3"),
                ("dark", "child/theme.yaml:3:3"),
                ("low-glare", "child/theme.yaml:3:3"),
            ],
        ),
        ("tokens:\n  ink: {dark: '#333333'}\n", [("dark", "child/theme.yaml:3:3")]),
        ("tokens:\n  paper: {light: '#888888'}\n", [("light", "child/theme.yaml:3:3")]),
        (
            "contrast:\n  ink on paper: 22\n",
            [(scheme, "child/theme.yaml:3:3") for scheme in ("light", "dark", "low-glare")],
        ),
    ],
)
def test_too_little_contrast_is_told_where_the_theme_wrote_it(
    themes: WriteThemes, settings: str, told: list[tuple[str, str]]
) -> None:
    warnings = read(themes(BASE, CONTRAST, {"child/theme.yaml": f"extends: base\n{settings}"})).warnings
    assert [
        (str(each).partition(" in ")[2].partition(",")[0], str(each).partition(": ")[0]) for each in warnings
    ] == [(scheme, f"themes/{place}") for scheme, place in told]


def test_contrast_of_the_parent_s_own_values_is_told_at_the_pair(themes: WriteThemes) -> None:
    pair = {"base/theme.yaml": CONTRAST["base/theme.yaml"].replace("paper: 7", "paper: 22")}
    warnings = read(themes(BASE, pair, CHILD)).warnings
    assert {str(each).partition(": ")[0] for each in warnings} == {"themes/base/theme.yaml:2:12"}


def test_a_theme_declares_tokens_and_strings_of_its_own_under_names_that_begin_so(
    themes: WriteThemes,
) -> None:
    child = {
        "child/theme.yaml": "extends: base\ntokens: {own-brand: '#123456'}\n",
        "child/i18n/en.yaml": 'own.by: "Photo: {name}"\n',
        "child/i18n/es.yaml": 'own.by: "Foto: {name}"\n',
        "child/assets/css/90-own.css": "@layer body { b { color: var(--own-brand); } }",
    }
    theme = read(themes(BASE, child))
    assert "--own-brand:#123456" in css_of(theme)
    assert theme.strings["es"]["own.by"] == "Foto: {name}"


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        (
            "theme.yaml",
            "extends: base\ntokens: {brand: red}\n",
            "theme.yaml:2:10: unknown token 'brand'\n    a token of your own begins with 'own-': own-brand",
        ),
        (
            "i18n/en.yaml",
            "zebra: x\n",
            "i18n/en.yaml:1:8: unknown string 'zebra'\n    a string of your own begins with 'own.': own.zebra",
        ),
    ],
)
def test_a_name_of_one_s_own_is_shown_how_to_begin(
    themes: WriteThemes, path: str, text: str, told: str
) -> None:
    assert f"themes/child/{told}" in failure(themes(BASE, CHILD, {f"child/{path}": text}))


@pytest.mark.parametrize(
    ("strings", "told"),
    [
        ("helo: Hi\n", "en.yaml:1:7: unknown string 'helo'\n    did you mean 'hello'?"),
        ("hello: [a]\n", "en.yaml:1:8: string 'hello' is not a text"),
        (
            'by: "by {author}"\n',
            "en.yaml:1:5: string 'by' has no value for {author}\n    placeholders of this string: {name}",
        ),
    ],
)
def test_strings_at_fault_are_told_with_place_and_remedy(
    themes: WriteThemes, strings: str, told: str
) -> None:
    assert f"themes/child/i18n/{told}" in failure(themes(BASE, CHILD, {"child/i18n/en.yaml": strings}))


def test_a_file_of_strings_that_is_no_language_is_refused(themes: WriteThemes) -> None:
    assert "'english!' is not a language tag" in failure(
        themes(BASE, CHILD, {"child/i18n/english!.yaml": "hello: x\n"})
    )


def test_a_template_that_is_not_utf8_is_refused_with_its_line(themes: WriteThemes) -> None:
    folder = themes(BASE, CHILD)
    (folder / "base/templates/article.html").write_bytes(b"fine\nnot \xff fine")
    assert "themes/base/templates/article.html:2:1: is not UTF-8 text" in failure(folder)


def test_an_unknown_token_in_css_is_refused_with_its_place(themes: WriteThemes) -> None:
    css = {"child/assets/css/20-b.css": "/* one\n   two */\np { color: var(--papper); }\n"}
    told = failure(themes(BASE, CHILD, css))
    assert "themes/child/assets/css/20-b.css:3:18: unknown token 'papper'" in told
    assert "did you mean 'paper'?" in told


def test_css_becomes_one_small_file_in_the_chain_s_order(themes: WriteThemes) -> None:
    css = {
        "child/assets/css/05-b.css": "/* note */ a:hover > b::before "
        '{ content: "a  /* b */"; width: calc(1px + 2px); }'
    }
    text = css_of(read(themes(BASE, CHILD, css)))
    assert text.startswith("@layer tokens,base;@layer tokens{:root{")
    assert text.endswith('a:hover>b::before{content:"a  /* b */";width:calc(1px + 2px)}')
    assert text.index("border-radius") < text.index("a:hover")


def test_an_overriding_stylesheet_stands_where_its_parent_s_stood(themes: WriteThemes) -> None:
    css = {"base/assets/css/20-z.css": "b{c:d}", "child/assets/css/10-a.css": "p{margin:0}"}
    text = css_of(read(themes(BASE, CHILD, css)))
    assert text.endswith("p{margin:0}b{c:d}")


def test_css_in_a_folder_is_a_stylesheet_for_the_pages_that_load_it(themes: WriteThemes) -> None:
    css = {
        "base/assets/css/charts/20.css": "@layer base { b { color: var(--radius) } }",
        "base/assets/icons/i.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "child/assets/css/charts/30.css": "i { background: url('../../icons/i.svg'); }",
    }
    theme = read(themes(BASE, CHILD, css))
    address = theme.urls["css/charts.css"]
    [text] = [file.content.decode() for file in theme.files if file.output_path == address]
    icon = theme.urls["icons/i.svg"].removeprefix("assets/")
    assert text == f'@layer base{{b{{color:var(--radius)}}}}i{{background:url("{icon}")}}'
    assert "b{color" not in css_of(theme)


def test_assets_are_fingerprinted_and_css_addresses_follow(themes: WriteThemes) -> None:
    assets = {
        "base/assets/icons/i.svg": "<svg/>",
        "base/assets/js/a.js": "// words\n  let a = 1;\n",
        "child/assets/css/20.css": "p { background: url('../icons/i.svg'); }",
    }
    theme = read(themes(BASE, CHILD, assets))
    assert theme.urls["icons/i.svg"].startswith("assets/icons/i.")
    assert theme.urls["js/a.js"].startswith("assets/a.")
    name = theme.urls["icons/i.svg"].removeprefix("assets/")
    assert f'url("{name}")' in css_of(theme)
    script = next(f for f in theme.files if f.output_path == theme.urls["js/a.js"])
    assert script.content == b"let a=1;"


@pytest.mark.parametrize("address", ["../icons/none.svg", "https://example.org/x.woff2", "/abs.png"])
def test_css_cannot_name_what_the_theme_does_not_hold(themes: WriteThemes, address: str) -> None:
    told = failure(themes(BASE, CHILD, {"child/assets/css/20.css": f"\np {{ background: url({address}); }}"}))
    assert f"themes/child/assets/css/20.css:2:21: no asset '{address}' in the theme" in told


def test_a_script_that_imports_its_neighbour_is_refused(themes: WriteThemes) -> None:
    told = failure(themes(BASE, CHILD, {"child/assets/js/a.js": "let a;\nimport { b } from './b.js';\n"}))
    assert "themes/child/assets/js/a.js:2:1: a theme's script cannot import other scripts" in told


def test_elements_keep_their_names_below_one_fingerprint(tmp_path: Path, themes: WriteThemes) -> None:
    elements = tmp_path / "elements"
    (elements / "poll").mkdir(parents=True)
    (elements / "loader.js").write_text("import('./poll/element.js');")
    (elements / "poll" / "element.js").write_text("1")
    (elements / "README.md").write_text("words")
    folder = themes(BASE, CHILD)
    theme = read_theme("child", [folder], {}, elements)
    home = theme.urls["elements/loader.js"].removesuffix("/loader.js")
    assert theme.urls["elements/poll/element.js"] == f"{home}/poll/element.js"
    assert not any("README" in file.output_path for file in theme.files)
    (elements / "poll" / "element.js").write_text("2")
    assert (
        read_theme("child", [folder], {}, elements).urls["elements/loader.js"]
        != theme.urls["elements/loader.js"]
    )


def test_a_theme_travels_to_workers_as_bytes(themes: WriteThemes) -> None:
    theme = read(themes(BASE, CHILD), migraine="#5b3f9e")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(theme), type=Theme) == theme


def test_the_digest_changes_with_templates_and_strings_and_nothing_else(themes: WriteThemes) -> None:
    folder = themes(BASE, CHILD)
    before = read(folder).digest
    assert read(folder, migraine="#5b3f9e").digest == before
    themes({"child/i18n/en.yaml": "hello: Hi\n"})
    with_string = read(folder).digest
    themes({"child/templates/new.html": "x"})
    assert len({before, with_string, read(folder).digest}) == 3


def test_right_to_left_is_known_by_language_and_by_script(themes: WriteThemes) -> None:
    theme = read(themes(BASE, CHILD))
    assert [theme.direction_of(tag) for tag in ("ar", "he-IL", "en", "es", "az-Arab", "fa")] == [
        "rtl",
        "rtl",
        "ltr",
        "ltr",
        "rtl",
        "rtl",
    ]
