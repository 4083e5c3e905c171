"""Markup of other generators: each found by its name with our equivalent, and alerts read as notes."""

from __future__ import annotations

import pytest

from generator.bodies.markdown.alerts import KINDS

from .shown import PLAIN, RAW, body_of, show

FOREIGN = [
    ("{{< youtube abc >}}", "1:1", "shortcode of Hugo"),
    ("Text {{% notice %}}x{{% /notice %}}", "1:6", "shortcode of Hugo"),
    ("{% comment %}QQ{% endcomment %}", "1:1", "comment of Liquid"),
    ("a {%- comment -%}\n\nQQ {% endcomment %}", "1:3", "comment of Liquid"),
    ("{% include x.html %}", "1:1", "tag of Liquid"),
    ("- a\n- {{ site.title }}", "2:3", "placeholder of a template"),
    ("[x]({{site.url}}/y)", "1:5", "placeholder of a template"),
    ('import X from "y"\n\nText', "1:1", "import of MDX"),
    ("import { A, B } from '../c';", "1:1", "import of MDX"),
    ("export const meta = 1", "1:1", "import of MDX"),
    ('!!! note "Title"\n    Text.', "1:1", "admonition of MkDocs"),
    ("??? tip\n\n    Text.", "1:1", "admonition of MkDocs"),
    (".. note:: x", "1:1", "directive of reStructuredText"),
    ("See :doc:`other`.", "1:5", "role of Sphinx"),
    ("See {ref}`other`.", "1:5", "role of Sphinx"),
    ("```{warning}\nx\n```", "1:1", "directive of MyST"),
    ("```mermaid\nx\n```", "1:1", "diagram of Mermaid"),
    ("See [[Wiki]] there", "1:5", "wiki link"),
    ("![[picture.png]]", "1:1", "wiki link"),
    ("[TOC]\n\nText", "1:1", "table of contents"),
    ("* list\n{:toc}", "2:1", "table of contents"),
    ("[[_TOC_]]", "1:1", "table of contents"),
    ("Text\n{:.class}", "2:1", "attribute list of kramdown"),
    ("Text {: .a #b}", "1:6", "attribute list of kramdown"),
    ("[gallery ids=1]", "1:1", "shortcode of WordPress"),
    ("[caption width=3]x[/caption]", "1:1", "shortcode of WordPress"),
    ("Text %%private%%", "1:6", "comment of Obsidian"),
    ("A ==marked== word", "1:3", "highlight"),
    ("H~2~O", "1:2", "subscript of Pandoc"),
    ("m^2^", "1:2", "superscript of Pandoc"),
    ("$$x$$", "1:1", "formula of TeX"),
    ("It is $x^2$ then", "1:7", "formula of TeX"),
    (r"It is \(x^2\) then", "1:7", "formula of TeX"),
]
OURS = [
    "`{{< youtube >}}` and `[[x]]` and `$x^2$`",
    "```\n{% include x %}\n!!! note\n```",
    "    {{ x }}",
    "It costs $5 to $10, or US$3 = £2.",
    "[[1]](a.md) and [[2]][ref]\n\n[ref]: https://example.org",
    r"\{\{ x }} and \[[x]] and \(a note\)",
    "He shouted !!! note this",
    "Great!!!! (c) +-5",
    "We import goods from 'abroad'",
    "~~gone~~ and a ~ b ~ c",
    "See [^1] and [^2]\n\n[^1]: a\n\n[^2]: b",
    "a == b, and ====",
    "50%",
]


def told(text: str, raw: bool = False) -> list[tuple[str, str]]:
    problems = body_of(text, "en", RAW if raw else PLAIN).facts.problems
    return [(f"{p.line}:{p.column}", p.message) for p in problems if p.rule in ("foreign", "comment")]


@pytest.mark.parametrize(("text", "place", "name"), FOREIGN, ids=[text for text, _, _ in FOREIGN])
def test_foreign_markup_is_named_where_it_stands(text: str, place: str, name: str) -> None:
    ((at, message),) = told(text)
    assert (at, name in message) == (place, True), message
    assert told(text, raw=True) == told(text)


@pytest.mark.parametrize("text", OURS)
def test_examples_and_prose_are_no_foreign_markup(text: str) -> None:
    assert told(text) == []


def test_private_comment_of_obsidian_is_an_error() -> None:
    (problem,) = body_of("%% a patient got worse %%").facts.problems
    assert (problem.severity, problem.rule) == (
        "error",
        "comment",
    )  # which `checks: {foreign: off}` does not reach


@pytest.mark.parametrize(("kind", "directive"), KINDS.items(), ids=KINDS)
def test_alert_is_written_like_the_directive(kind: str, directive: str) -> None:
    alert = show(body_of(f"> [!{kind.upper()}]\n> Drink *water*.\n>\n> - More."))
    assert alert == show(body_of(f":::{directive}\nDrink *water*.\n\n- More.\n:::"))


def test_alert_may_have_a_title() -> None:
    alert = show(body_of("> [!warning]- Call **now**\n> Text."))
    assert alert == show(body_of(":::warning[Call **now**]\nText.\n:::"))


def test_alert_in_an_alert_closes_by_itself() -> None:
    html = show(body_of("> [!NOTE]\n> A\n>\n> > [!TIP]\n> > B\n>\n> > C\n\nD"))
    assert html.count("<div") == html.count("</div>") == 2
    assert html.count("<blockquote>") == html.count("</blockquote>") == 1


def test_unknown_alert_is_named_with_the_nearest() -> None:
    ((place, message),) = told("> [!NOTA]\n> x")
    assert (place, message) == ("1:3", "'[!NOTA]' is no alert that is known here")


def test_what_a_link_in_an_alert_lacks_is_told_in_its_line() -> None:
    (problem,) = body_of("> [!NOTE]\n> [x](javascript:a)").facts.problems
    assert (problem.line, problem.column) == (2, 3)


@pytest.mark.parametrize(("name", "ours"), [("info", "note"), ("danger", "warning"), ("hint", "tip")])
def test_box_of_another_name_is_told_ours(name: str, ours: str) -> None:
    problem = body_of(f":::{name}\nx\n:::").facts.problems[0]
    assert problem.hint.startswith(f"write '{ours}'")
