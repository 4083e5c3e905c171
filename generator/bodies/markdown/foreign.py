"""Finds the markup of other generators, which would be shown to readers as it is written, and names our equivalent."""

from __future__ import annotations

import re
from typing import NamedTuple

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.bodies.markdown.findings import Findings
from generator.bodies.markdown.signs import holds_any
from generator.bodies.markdown.unparsed_comments import without_code
from generator.ground.errors import Position, Severity


class Syntax(NamedTuple):
    """A syntax of others: what it is called, what to write instead.

    A text that contains none of *signs* does not hold it; *shape* finds it in running text without code, and *shape* is
    looked for with its backslashes where *escaped*.
    """

    name: str
    remedy: str
    signs: tuple[str, ...]
    shape: re.Pattern[str]
    escaped: bool = False
    severity: Severity = "warning"


_FIGURE = (
    "for a picture ![what it shows](file), for a film ::video[what it is]{src=…}, for a poll, a note or a quote "
    "a directive such as :::note"
)
_BOX = (
    "write :::note[title], the text on lines of its own, and ::: below it; others are tip, warning, emergency"
)
_HEADINGS = "delete it; the page lists its headings itself"
_MATH = "write it in words and signs (x², √, ≤), or as a picture with a description"


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)


SYNTAXES: tuple[Syntax, ...] = (
    Syntax("a table of contents", _HEADINGS, ("[TOC]", "[toc]", "[[_TOC_]]", "[[toc]]", "[[TOC]]", "toc}"),
           _shape(r"^[ \t]*(?:\[\[?_?(?:TOC|toc)_?\]\]?|\$?\{\{?:?[ \t]*toc[ \t]*\}?\})[ \t]*$")),
    Syntax("a shortcode of Hugo", f"write {_FIGURE}", ("{{<", "{{%"), _shape(r"\{\{[<%]")),
    Syntax("a comment of Liquid, Jinja or Nunjucks", "write it as <!-- … -->", ("{%",), _shape(r"\{%-?\s*comment\b"), severity="error"),
    Syntax("a tag of Liquid, Jinja or Nunjucks", f"write what it stands for: {_FIGURE}", ("{%",), _shape(r"(?<!\{)\{%(?!-?\s*(?:end)?comment\b)")),
    Syntax("a placeholder of a template", "write what it stands for; articles are no templates", ("{{",),
           _shape(r"(?<!\))\{\{(?![<%])")),
    Syntax("an attribute list of kramdown", "write {.class} or {#id} right after a link, an image or a heading",
           ("{:",), _shape(r"(?<!\))\{(?!:toc\})::?[ \t]*[^{}\n]{0,300}\}")),
    Syntax("a wiki link", "link to the file: [text](../folder/file.md), for a picture ![what it shows](file)",
           ("[[",), _shape(r"!?\[\[(?!_?toc_?\]\])(?!_?TOC_?\]\])[^\[\]\n]+\]\](?![(\[:])")),
    Syntax("an admonition of MkDocs", _BOX, ("!!!", "???"), _shape(r"^[ \t]*(?:!!!|\?\?\?\+?)[ \t]+[a-z]")),
    Syntax("a directive of reStructuredText", f"write Markdown: {_BOX}", (".. ",), _shape(r"^[ \t]*\.\. [\w:-]+::")),
    Syntax("a role of Sphinx", "link to the file: [text](file.md); for a term :term[word]", (":`", "}`"),
           _shape(r":[a-z][a-z-]*:(?=\0)|\{[a-z][a-z-]*\}(?=\0)")),
    Syntax("an import of MDX", "delete it; components of MDX do not run here", ("import ", "export "),
           _shape(r"^(?:import\s+(?:[\w*{][^\n;]{0,300}\sfrom\s+)?[\"'][^\"'\n]+[\"'];?[ \t]*$"
                  r"|export\s+(?:default\b|(?:const|let|function)\s+\w+))")),
    Syntax("a shortcode of WordPress", f"write {_FIGURE}", ("[/", "[gallery", "[embed", "[caption", "[contact-form"),
           _shape(r"\[/?(?:caption|gallery|embed|audio|video|playlist|contact-form(?:-7)?|youtube|vc_\w+|et_pb_\w+)"
                  r"(?:[ \t][^\[\]\n]{0,500})?\](?![(\[:])")),
    Syntax("a comment of Obsidian", "write it as <!-- … -->", ("%%",), _shape(r"%%"), severity="error"),
    Syntax("a highlight", "write <mark>…</mark>, or **…**", ("==",), _shape(r"(?<![=\w])==(?=[^\s=])[^=\n]*[^\s=]==(?!=)")),
    Syntax("a subscript of Pandoc", "write H<sub>2</sub>O", ("~",), _shape(r"(?<=[\w)])(?<!~)~[\w+-]{1,12}~(?!~)")),
    Syntax("a superscript of Pandoc", "write m<sup>2</sup>", ("^",), _shape(r"(?<=[\w)])\^[\w+-]{1,12}\^")),
    Syntax("a formula of TeX", _MATH, ("$",),
           _shape(r"\$\$|(?<![\w$\\])\$(?=[^\s$])(?=[^$\n]*(?:\\[a-zA-Z]|[\^_=]))[^$\n]*[^\s$]\$(?![\w$])"), escaped=True),
    Syntax("a formula of TeX", _MATH, ("\\(", "\\["),
           _shape(r"\\\((?=[^\n()]{0,300}(?:\\[a-zA-Z]|[\^_=])[^\n]{0,300}\\\))|^[ \t]*\\\[[ \t]*$|\\\[(?=[^\n\[\]]{0,300}\\[a-zA-Z][^\n]{0,300}\\\])"),
           escaped=True),
)  # fmt: skip

_FENCES = {"mermaid": "a diagram of Mermaid", "math": "a formula of TeX"}
_FENCE_SIGNS = ("```{", "~~~{", "``` {", *(f"```{name}" for name in _FENCES))
SIGNS = tuple(dict.fromkeys((*_FENCE_SIGNS, *(sign for syntax in SYNTAXES for sign in syntax.signs))))
"""A text without any of these holds nothing that :func:`find_foreign` finds."""


def find_foreign(state: StateCore) -> None:
    """Core rule: reports each foreign syntax in running text once a block, and fences that other programs fill."""
    findings: Findings = state.env["findings"]
    present = [syntax for syntax in SYNTAXES if holds_any(state.src, syntax.signs)]
    signs = [sign for syntax in present for sign in syntax.signs]
    for token in state.tokens:
        if token.type == "fence" and token.info:
            _check_fence(token, findings)
        elif token.type == "inline" and holds_any(token.content, signs):
            _find_in(
                token, [syntax for syntax in present if holds_any(token.content, syntax.signs)], findings
            )


def _find_in(inline: Token, likely: list[Syntax], findings: Findings) -> None:
    plain = without_code(inline.content)
    for syntax in likely:
        text = without_code(inline.content, escaped=True) if syntax.escaped else plain
        if found := syntax.shape.search(text):
            place = findings.place(inline, found.start())
            _report(findings, place, syntax.name, syntax.remedy, syntax.severity)


def _check_fence(token: Token, findings: Findings) -> None:
    place = Position((token.map[0] if token.map else 0) + 1, 1)
    name = token.info.strip()
    if name.startswith("{") and name.endswith("}"):
        _report(findings, place, "a directive of MyST or R Markdown", _BOX)
    elif name in _FENCES:
        _report(findings, place, _FENCES[name], "show it as a picture with a description")


def _report(
    findings: Findings, place: Position, name: str, remedy: str, severity: Severity = "warning"
) -> None:
    hint = f"{remedy}; put an example between backticks"
    # A note among writers is shown at no level of `foreign`.
    rule = "comment" if severity == "error" else "foreign"
    findings.add(rule, place, f"this is {name}, which readers would see as it is written", hint, severity)
