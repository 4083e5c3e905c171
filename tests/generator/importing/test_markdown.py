"""Markdown of Hugo and Jekyll becomes ours; what is plain Markdown stays as it was written."""

from __future__ import annotations

import pytest

from generator.importing.markdown.code import Tools
from generator.importing.markdown.convert import markdown_to_ours
from generator.importing.markdown.hugo_shortcodes import translate_shortcodes
from generator.importing.markdown.liquid import translate_liquid
from tests.generator.importing.bringing import Bringing, told
from tests.generator.importing.test_html import Here


def plain(text: str, here: Here) -> str:
    return markdown_to_ours(text, here, lambda text, tools: text, str)


def hugo(text: str, here: Here) -> str:
    return markdown_to_ours(text, here, translate_shortcodes, str, bare_links=True)


def jekyll(text: str, here: Here) -> str:
    def translate(text: str, tools: Tools) -> str:
        return translate_liquid(text, tools, "/blog")

    return markdown_to_ours(text, here, translate, str)


KEPT = [
    "Two lines make\none paragraph, *emphasis* and **strong**.",
    "- a\n- b\n  1. c",
    "| A | B |\n|---|---|\n| 1 | `a|b` |",
    "Common.[^1]\n\n[^1]: A note.",
    "Term\n: Words.",
    "- [ ] task",
    "> [!NOTE]\n> Text.",
    "```html\n<div>{{ x }}</div> [a](b) me\n```",
    "    indented",
    "a `<div>` b `{{ x }}`",
    "![b](files/a.png)",
    "H<sub>2</sub>O<br>x",
    "a \\[b\\](c) \\`d",
]


@pytest.mark.parametrize("text", KEPT)
def test_plain_markdown_stays_line_for_line(text: str) -> None:
    here = Here()
    here.picture = lambda address, line: address  # type: ignore[method-assign]
    assert plain(text, here).rstrip("\n") == text
    assert here.notes == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("# A\n\n## B", "## A\n\n### B"),
        ("A\n===\n\nB\n---", "## A\n\n### B"),
        ("#A", "## A"),
        ("## A\n\n#### B", "## A\n\n### B"),
        ("a [b][c] [d] [c][]\n\n[c]: https://x.example 'T'\n[d]: <https://y.example>",
         'a [b](https://x.example "T") [d](https://y.example) [c](https://x.example "T")'),
        ("[![a](/b.png)](https://x.example)", "[![a](files/b.png)](https://x.example)"),
        ("![a](/missing.png)", ""),
        ("a <b class='x'>b</b> <span style='y'>c</span> <a href='https://x.example'>d</a>", "a <b>b</b> c [d](https://x.example)"),
        ("<p align='center'>\n<img src='/a.png' alt='b'>\n</p>", "![b](files/a.png)"),
        ("<div>\n\n**a**\n\n</div>", "**a**"),
        ("a <!-- b --> c", "a  c"),
        ("<table>\n<tr><td>a</td></tr>\n\n<tr><td>b</td></tr>\n</table>", "| a |\n| --- |\n| b |"),
        ("![a](/b.png){width=3 height=4} ![a](/b.png){.x}", "![a](files/b.png){width=3 height=4} ![a](files/b.png)"),
        ("[TOC]\n\na", "a"),
        ("a <script>x()</script> b\n\n<style>\n\np {}\n</style>", "a  b"),
        ("<details><summary>A</summary>\n\nb **c**\n\n</details>", "**A**\n\nb **c**"),
        ('<details markdown="1"><summary>A</summary>\n\n**b**\n</details>', "**A**\n\n**b**"),
        ('<div class="x" markdown="1">a **b**</div>', "a **b**"),
        ("==a== H~2~O m^2^", "<mark>a</mark> H<sub>2</sub>O m<sup>2</sup>"),
        ("me@example.org <me@example.org>", "… …"),
    ],
)  # fmt: skip
def test_other_dialects_become_ours(text: str, wanted: str) -> None:
    assert plain(text, Here()).rstrip("\n") == wanted


@pytest.mark.parametrize(
    ("text", "wanted", "notes"),
    [
        ('{{< figure src="/a.png" alt="b" caption="C" >}}', ":::figure\n![b](files/a.png)\n\nC\n:::", []),
        ("{{< youtube abcdefg >}}", "<https://www.youtube.com/watch?v=abcdefg>", [("changed", 1)]),
        ("{{< tip >}}\na\n{{< /tip >}}", ":::tip\na\n:::", []),
        ('{{% notice warning "T" %}}a{{% /notice %}}', ":::warning\na\n:::", []),
        ("{{< highlight go >}}\na {{x}}\n{{< /highlight >}}", "```go\na {{x}}\n```", []),
        ("a\n\n{{< odd x=1 >}} b", "a\n\n b", [("lost", 3)]),
        ("{{< tabs >}}\n{{< tab >}}a{{< /tab >}}\n{{< /tabs >}}", "a", [("changed", 1)]),
        (
            '{{< tabs >}}{{< tab "One" >}}a{{< /tab >}}{{< tab name="Two" >}}b{{< /tab >}}{{< /tabs >}}',
            "**One**\n\na\n\n**Two**\n\nb",
            [("changed", 1)],
        ),
        (
            '{{< figure src="/a.png" alt="b" caption="In *May*" >}}',
            ":::figure\n![b](files/a.png)\n\nIn *May*\n:::",
            [],
        ),
        (
            "a {{< highlight go >}}x{{< /highlight >}} b {{% notice tip %}}c{{% /notice %}}{{% note %}}d{{% /note %}}",
            "a\n\n```go\nx\n```\n\nb\n\n:::tip\nc\n:::\n\n:::note\nd\n:::",
            [],
        ),
        ("- {{% note %}}d{{% /note %}}", "- :::note\nd\n:::", []),
        ("{{</* x */>}}", "", []),
        ("`{{< x >}}`", "`{{< x >}}`", []),
        ('[a]({{< ref "b.md" >}})', "[a](b.md)", []),
        ("see https://x.example/y.", "see <https://x.example/y>.", []),
    ],
)
def test_shortcodes_of_hugo(text: str, wanted: str, notes: list[tuple[str, int]]) -> None:
    here = Here()
    assert hugo(text, here).strip("\n") == wanted
    assert here.notes == notes


@pytest.mark.parametrize(
    ("text", "wanted", "notes"),
    [
        ("{% highlight py %}\na\n{% endhighlight %}", "```py\na\n```", []),
        ("[a]({{ '/b/' | relative_url }}) [c]({{ site.baseurl }}/d/)", "[a](/blog/b/) [c](/blog/d/)", []),
        ("a\n\n{% include x.html %}{{ page.x }}", "a", [("lost", 3), ("lost", 3)]),
        ("{% include figure.html src='/a.png' alt='b' %}", "![b](files/a.png)", []),
        ("* TOC\n{:toc}\n\na", "a", []),
        ("## A\n{: #b}", "## A {#b}", []),
        ("a\n{: .lead}", "a", [("changed", 2)]),
        ("{% raw %}{{ a }}{% endraw %}", "`{{ a }}`", []),
        ("{% comment %}\nx\n{% endcomment %}\na", "a", []),
        (
            "{% for p in x %}\n- {% for q in p %}{{ q }}{% endfor %}\n{% endfor %}\na",
            "a",
            [("lost", 2), ("lost", 1)],
        ),
        (
            "a{% if x %}b{% else %}c{% if y %}d{% elsif z %}e{% endif %}{% endif %}f",
            "abf",
            [("lost", 1), ("lost", 1)],
        ),
        ("{% case x %}{% when 1 %}a{% when 2 %}b{% endcase %}", "a", [("lost", 1)]),
        (
            "{% include youtube.html id='abcdefghijk' %}",
            "<https://www.youtube.com/watch?v=abcdefghijk>",
            [("changed", 1)],
        ),
        (
            "{% include figure.html src='/a.png' alt='b' caption='C *d*' %}",
            ":::figure\n![b](files/a.png)\n\nC *d*\n:::",
            [],
        ),
    ],
)
def test_liquid_and_kramdown(text: str, wanted: str, notes: list[tuple[str, int]]) -> None:
    here = Here()
    assert jekyll(text, here).strip("\n") == wanted
    assert here.notes == notes


def test_a_project_of_hugo_passes_our_own_reader(bringing: Bringing) -> None:
    from tests.generator.importing.test_wordpress import problems

    report = bringing.hugo()
    assert [line.partition(": ")[2] for line in problems(bringing.site)] == [
        "the original, content/sleep/pacing-well.md, was changed after this translation",
        "this image has no description",
    ]
    text = bringing.text("sleep/pacing-well.md")
    assert (
        "aliases:\n  - /blog/2019/03/pacing-well/\n  - /blog/old/pacing/\n  - /blog/2019/03/former/\n" in text
    )
    assert (
        "[the classic](../migraine/classic.md#part), [by file](../migraine/classic.md), [by address]" in text
    )
    assert "36: the shortcode strange was taken out; what it showed is to be written anew" in told(
        report, "lost"
    )


def test_a_project_of_jekyll_passes_our_own_reader(bringing: Bringing) -> None:
    from tests.generator.importing.test_wordpress import problems

    bringing.jekyll()
    assert problems(bringing.site) == []
    text = bringing.text("sleep/pacing.md")
    assert "aliases:\n  - /blog/sleep/2019/pacing.html\n  - /blog/old/pacing/\n" in text
    assert (
        "[the classic](../migraine/classic.md), [by file](../migraine/classic.md#part),\n[by address](../migraine/classic.md) and gone.\n"
        in text
    )
    assert "draft: true" in bringing.text("migraine/idea.md")
    assert "draft: true" in bringing.text("migraine/hidden.md")
    assert bringing.text("migraine/html.md").endswith("An **old** post.\n")


JEKYLL = """
== _config.yml
url: https://old.example
baseurl: /j
collections: {recipes: {output: true}, notes: {output: false}, bare: }
defaults:
  - {scope: {path: "", type: posts}, values: {author: Mara Lind, permalink: "/b/:title/"}}
  - {scope: {path: _posts/old}, values: {permalink: "/o/:title/"}}
== _posts/2019-05-06-one.md
---
title: One
---
[a]({{ site.baseurl }}{% link about.md %}) [b]({% post_url 2019-05-07-two %}) [c]({{ site.baseurl }}/about/)
== _posts/2019-05-07-two.md
---
title: Two
published: false
---
[a]({% post_url 2019-05-06-one %})
== _posts/old/2018-01-01-three.md
---
title: Three
---
x
== _posts/undated.md
---
title: Undated
---
x
== _posts/2019-01-01-four.textile
h1. x
== _recipes/soup.md
---
title: Soup
---
x
== _notes/secret.md
---
title: Secret
---
x
== _bare/bare.md
---
title: Bare
---
x
== about.md
---
title: About
permalink: /about/
---
x
"""


def test_what_had_no_page_in_jekyll_gets_none(bringing: Bringing) -> None:
    report = bringing.jekyll(JEKYLL)
    brought = sorted(
        path for path in bringing.files() if path.startswith("content/") and "_index" not in path
    )
    names = [
        "_pages/about.md",
        "_people/mara-lind.md",
        *(f"migraine/{name}.md" for name in ("one", "soup", "three", "two")),
    ]
    assert brought == [f"content/{name}" for name in names]
    assert told(report, "out") == [
        "0: is of the collection 'bare', which has no pages there",
        "0: is of the collection 'notes', which has no pages there",
        "0: is not Markdown",
        "0: has no date in its name, so that it had no page there either",
    ]


@pytest.mark.parametrize(("path", "alias"), [("one", "/j/b/one/"), ("three", "/j/o/three/")])
def test_defaults_of_jekyll_decide_addresses(bringing: Bringing, path: str, alias: str) -> None:
    bringing.jekyll(JEKYLL)
    assert f"aliases:\n  - {alias}\n" in bringing.text(f"migraine/{path}.md")


def test_links_to_drafts_keep_their_words_but_in_drafts(bringing: Bringing) -> None:
    report = bringing.jekyll(JEKYLL)
    page = "../_pages/about.md"
    assert bringing.text("migraine/one.md").endswith(f"---\n[a]({page}) b [c]({page})\n")
    assert bringing.text("migraine/two.md").endswith("---\n[a](one.md)\n")
    assert told(report, "lost") == ["4: a link to content/migraine/two.md, which is a draft; its words stay"]


HUGO = """
== hugo.toml
baseURL = "https://old.example/"
[permalinks]
posts = "/:year/:slug/"
[[menus.main]]
name = "Us"
pageRef = "/about"
weight = 2
== content/about.md
+++
title = "About"
+++
See [c]({{< ref "contact" >}}), [d]({{< relref "posts/day" >}}) and [e](/posts/day/).
== content/contact.md
{"title": "Contact", "menu": {"main": {"weight": 1, "name": "Write"}}}
x
== content/help/contact-us.md
---
title: Other
menu: main
---
x
== content/posts/day/index.md
---
title: Day
date: 2020-01-02
menus: [footer]
---
[f](../../about.md) [g]({{< ref "contact-us" >}}) [h]({{< ref "nowhere" >}})
== content/posts/org.org
#+TITLE: x
"""


def test_paths_within_the_content_of_hugo_lead_to_files(bringing: Bringing) -> None:
    report = bringing.hugo(HUGO)
    day = "../migraine/day.md"
    assert f"See [c](contact.md), [d]({day}) and [e]({day})." in bringing.text("_pages/about.md")
    assert "[f](../_pages/about.md) [g](contact-us.md) h\n" in bringing.text("migraine/day.md")
    assert told(report, "out") == ["0: is not Markdown"]


def test_a_language_that_the_site_does_not_list_is_left_out_and_told(bringing: Bringing) -> None:
    from tests.generator.importing.hugo_project import LISTING

    listing = LISTING.replace(
        'languageName = "Español"', 'languageName = "Español"\n[languages.fr]\nweight = 3'
    )
    report = bringing.hugo(listing)
    assert "0: 'Repos' is in 'fr': add it to `languages` in gatherwell.yaml and import again" in told(
        report, "out"
    )
    assert not [path for path in bringing.files() if "french" in path]


def test_keys_that_mean_nothing_here_are_told_by_name_alone(bringing: Bringing) -> None:
    wanted = "keys of its front matter that mean nothing here: author_login, ip, user_agent"
    assert wanted in " ".join(told(bringing.hugo(), "lost"))
    assert "mean nothing here: author_email, author_login, ip, user_agent" in " ".join(
        told(bringing.jekyll(), "lost")
    )
