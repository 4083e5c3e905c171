"""Scripts lose their comments and indentation when they are published, and stay the same program."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from pygments.lexers.javascript import JavascriptLexer  # type: ignore[import-untyped]
from pygments.token import Comment, Whitespace  # type: ignore[import-untyped]

from generator.theme.scripts import bare_script
from widgets import ELEMENTS_DIR

ROOT = Path(__file__).parents[3]
SCRIPTS = [*ELEMENTS_DIR.glob("*.js"), *(ROOT / "themes/commons/assets/js").glob("*.js")]


def words(source: str) -> list[str]:
    """What another reader of JavaScript finds in *source*, without comments and white space."""
    found: Iterable[tuple[object, str]] = JavascriptLexer(ensurenl=False).get_tokens(source)
    kept = (text for kind, text in found if kind not in Comment and kind not in Whitespace)
    return [text for text in kept if text.strip()]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_every_published_script_is_the_same_program_and_smaller(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    bare = bare_script(source)

    assert words(bare) == words(source)
    assert len(bare) < len(source) * 0.9
    assert not any(line.startswith((" ", "//")) or not line for line in bare.split("\n"))


@pytest.mark.parametrize(
    ("source", "bare"),
    [
        ("// why\nlet a = 1; // more\n\n\n  let b = 2;\n", "let a=1;let b=2;"),
        ("a /* one */ b /* c */ + d", "a b+d"),
        ("a /* one\n two */\nb", "a\nb"),
        ('let a = \'b  // c\' + "/* d */  \\"  ";', 'let a=\'b  // c\'+"/* d */  \\"  ";'),
        ('let a = `b  // ${c ?? ""}  ${ {d} }`;  // e', 'let a=`b  // ${c ?? ""}  ${ {d} }`;'),
        ("let a = `b\n   c`;\n   d();", "let a=`b\n   c`;d();"),
        ("a.split(/[/ , ]  '/g) , b", "a.split(/[/ , ]  '/g),b"),
        ("return /a , b/ ;", "return/a , b/;"),
        ("let a = b / c , d = (e) / f;", "let a=b/c,d=(e)/f;"),
        ("a = b + +c - -d", "a=b+ +c- -d"),
        ("a = b ? .5 : c", "a=b?.5:c"),
        ("const { a } = b ;\nexport { a } ;", "const{a}=b;export{a};"),
        ("return\na", "return\na"),
        ("a\n(b)\nc = [\n  d,\n  e\n]\n++f", "a\n(b)\nc=[d,e]\n++f"),
        ("const a = {\n  'b': 1,\n  'c': 2,\n}", "const a={'b':1,'c':2,}"),
        ("let a = 1\r\n  let b\r\n", "let a=1\nlet b"),
        ("", ""),
    ],
)
def test_what_is_code_is_squeezed_and_what_is_text_stays(source: str, bare: str) -> None:
    assert bare_script(source) == bare


@pytest.mark.parametrize(
    "source",
    [
        "let a = `b ${ `c // d` }  e`",
        "let a = `b ${ f({ c: { d } }, `e`) }`",
        "a = (b) => /c  d/.test(b)",
        "a = [.../b  c/.exec(d)]",
        "for (const a of /b  c/.exec(d)) e()",
        "if ( a ) /b , c/.test(d)",  # a regular expression after a bracket, or two divisions
        "a ++ / b / c",
        "a = b\n  / c / '  d'",
        "a = b / /c/",
        "class A {\n  a = 1\n  #b = 2\n}",
        "let a = b\n'use c'",
        "let a = b\n~c",
        "class A {\n  a\n  *b() {}\n}",
        "return /* a\n b */ c",
        "let \\u0061 = 1",
        "a = 1 .toFixed()",
        "a = b <! --c",
        "let a = 1 // b\u2028let c",
        "#!/usr/bin/env node\nlet  a",
    ],
)
def test_what_rjsmin_could_change_is_published_as_it_was_written(source: str) -> None:
    assert bare_script(source) == source


def test_the_other_reader_tells_programs_apart() -> None:
    assert words("a = b // c") == words("a=b") != words("a=c")
