"""One stylesheet from several: layers, tokens, addresses, and text that must come through untouched."""

from __future__ import annotations

import pytest

from generator.ground.errors import SiteErrors
from generator.theme.stylesheet import CssFile, minify, render_stylesheet

URLS = {"icons/i.svg": "assets/icons/i.01234567.svg", "fonts/f.woff2": "assets/f.89abcdef.woff2"}


def css(*texts: str, tokens: str = ":root{--ink:#000}") -> str:
    files = [
        CssFile(f"css/{number}.css", f"themes/t/{number}.css", text) for number, text in enumerate(texts)
    ]
    return render_stylesheet(files, tokens, {"ink": "#000"}, URLS)


@pytest.mark.parametrize(
    ("texts", "sheet"),
    [
        ([], "@layer tokens{:root{--ink:#000}}"),
        (["a{b:c}"], "@layer tokens{:root{--ink:#000}}a{b:c}"),
        (["a{b:c}", "d{e:f}"], "@layer tokens{:root{--ink:#000}}a{b:c} d{e:f}"),
        (
            ["@layer tokens, base;\na{b:c}"],
            "@layer tokens,base;@layer tokens{:root{--ink:#000}}a{b:c}",
        ),
        (
            ["a{b:c}", "@layer one;d{e:f}", "@layer two;"],
            "@layer one;@layer tokens{:root{--ink:#000}}a{b:c}d{e:f}@layer two;",
        ),
    ],
)
def test_order_of_layers_stands_before_the_tokens(texts: list[str], sheet: str) -> None:
    assert css(*texts).replace("} ", "}") == sheet.replace("} ", "}")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("url(../icons/i.svg)", 'url("icons/i.01234567.svg")'),
        ("url( '../icons/i.svg' )", 'url("icons/i.01234567.svg")'),
        ('url("../icons/../icons/./i.svg")', 'url("icons/i.01234567.svg")'),
        ("url(../fonts/f.woff2)", 'url("f.89abcdef.woff2")'),
        ("url(data:image/png;base64,AA==)", "url(data:image/png;base64,AA==)"),
        ("url(#mask)", "url(#mask)"),
    ],
)
def test_addresses_lead_to_fingerprinted_files(written: str, address: str) -> None:
    assert css(f"a{{b:{written}}}").endswith(f"a{{b:{address}}}")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a{b:var(--inc)}", (1, 11, "unknown token 'inc'", "did you mean 'ink'?")),
        ("\na {\n  b: var( --zzz );\n}", (3, 13, "unknown token 'zzz'", "")),
        ("a{b:url(i.svg)}", (1, 9, "no asset 'i.svg' in the theme", "did you mean 'icons/i.svg'?")),
        (
            "\n a{b:url('https://x.example/y')}",
            (
                2,
                11,
                "no asset 'https://x.example/y' in the theme",
                "write it relative to this file; other origins are not allowed",
            ),
        ),
    ],
)
def test_faults_are_told_with_place_and_remedy(text: str, place: tuple[int, int, str, str]) -> None:
    with pytest.raises(SiteErrors) as raised:
        css("/* fine */", text)
    (problem,) = raised.value.problems
    assert (problem.line, problem.column, problem.message, problem.hint) == place
    assert (problem.source_path, problem.rule) == ("themes/t/1.css", "theme")


@pytest.mark.parametrize(
    "text",
    [
        "a{b:var(--ink)}",
        "a{b:var(--own)} c{--own: 1px}",
        "a{b:var(--maybe, 1px)}",
        "/* var(--zzz) */",
    ],
)
def test_tokens_that_are_declared_or_have_a_fallback_are_no_fault(text: str) -> None:
    assert css(text)


@pytest.mark.parametrize(
    ("source", "small"),
    [
        ("a { b : c ; }", None),
        ("/* one */ a{b:c}", "a{b:c}"),
        ("a  >  b ,  c{d:e}", None),
        ('a{content:"  /* x */ ; "}', 'a{content:"  /* x */ ; "}'),
        (r"a{content:'it\'s  so'}", r"a{content:'it\'s  so'}"),
        ("a{b:url(x  y)}", "a{b:url(x  y)}"),
        ("a{width:calc(1px  +  2px)}", "a{width:calc(1px + 2px)}"),
        ("a{width:calc(1px - -2px)}", "a{width:calc(1px - -2px)}"),
        ("a :hover{b:c}", "a :hover{b:c}"),
        ("a:not(b) .c{d:e f}", "a:not(b) .c{d:e f}"),
        ("@media (min-width: 40em) and (hover){a{b:c}}", None),
        ("", ""),
    ],
)
def test_small_css_means_the_same(source: str, small: str | None) -> None:
    found = minify(source)
    if small is None:
        assert "".join(found.split()) == "".join(source.split()).replace(";}", "}")
        assert len(found) <= len(source)
    else:
        assert found == small
