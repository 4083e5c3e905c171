"""Stylesheets lose comments and white space when they are published, and mean the same."""

from __future__ import annotations

import pytest

from generator.theme.stylesheet import minify


@pytest.mark.parametrize(
    ("css", "bare"),
    [
        ("/* why */\na {\n  b: c; /* d */\n  e: f;\n}\n", "a{b:c;e:f}"),
        ("@layer a, b;\n@layer a { b { c: d } }", "@layer a,b;@layer a{b{c:d}}"),
        ("@layer a { .b :is(c, d) :not(e) { f: g } }", "@layer a{.b :is(c,d) :not(e){f:g}}"),
        ("@media (x: y) { a :hover > b + c ~ d { e: f } }", "@media (x:y){a :hover>b+c~d{e:f}}"),
        ("a { b: calc(1px + 2px * -1) }", "a{b:calc(1px + 2px * -1)}"),
        ("a { b: calc(1px - (2px + var(--c))) }", "a{b:calc(1px - (2px + var(--c)))}"),
        ("a { --b: ; --c: 1px  solid ; d: var(--e, ) }", "a{--b:;--c:1px solid;d:var(--e,)}"),
        ("@supports (a: b) and (not (c: d)) { e { f: g } }", "@supports (a:b) and (not (c:d)){e{f:g}}"),
        ("@container a (width > 30em) { b { c: d } }", "@container a (width > 30em){b{c:d}}"),
        ("a { & > b { c: d } &:hover { e: f } & :hover { g: h } }", "a{&>b{c:d}&:hover{e:f}& :hover{g:h}}"),
        ('a::before { content: "/*  b  */ ; {" }', 'a::before{content:"/*  b  */ ; {"}'),
        ("a { b: url(c//d.svg) , url('e  f') }", "a{b:url(c//d.svg),url('e  f')}"),
        ("a { b: rgb(0 0 0 / 50%); grid-area: 1 / 2 }", "a{b:rgb(0 0 0 / 50%);grid-area:1 / 2}"),
        ("", ""),
    ],
)
def test_white_space_goes_where_it_means_nothing(css: str, bare: str) -> None:
    assert minify(css) == bare
