"""Stories and questions of members on pages: their forms, lists and pages, from the snapshot alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.sites import TinySite

SITE = """
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
languages: [en, es]
cards: "off"
widgets: {endpoint: /api/v1}
== content/migraine/_index.md
---
title: Migraine
---
== content/migraine/_index.es.md
---
title: Migraña
---
== content/migraine/a.md
---
title: Article A
date: 2026-01-01
---
Words.
== content/migraine/stories/_index.md
---
title: What people lived through
---
Tell yours.

:::story-form
- How did it begin?
- What *helped* you?
:::
"""
PAGE = "migraine/stories/bcdfghjk/index.html"


def voice(**more: Any) -> dict[str, Any]:
    given = {
        **{
            "id": "bcdfghjk",
            "kind": "story",
            "condition": "migraine",
            "lang": "en",
            "title": "A <long> winter",
        },
        **{"html": "<h2>Then</h2>\n<p>It was a zebrafinch.</p>\n", "pseudonym": "Quiet Heron"},
        **{"published": "2026-05-21", "share": True, "archive": False, "carer": False, "content_notes": []},
        **{"note": None, "accepted": None, "text": None},
    }
    return {**given, **more}


def pull(site: TinySite, *voices: dict[str, Any], **more: Any) -> None:
    found = {one["id"]: one for one in voices}
    snapshot = {"version": 1, "fetched": "2026-06-01T00:00:00Z", "polls": {}, "threads": {}, "voices": found}
    site.put(".gatherwell/private/snapshot.json", json.dumps({**snapshot, **more}))


def main(site: TinySite, path: str = PAGE) -> str:
    return site.text(path).partition("<main")[2].partition("</main>")[0]


def texts(site: TinySite, out: Path | None = None) -> str:
    paths = sorted((out or site.out).rglob("*"))  # a folder lists its files in the order of its file system
    return "".join(path.read_text("utf-8") for path in paths if path.is_file())


def test_the_form_is_complete_without_scripts_and_the_manifest_names_it(site: TinySite) -> None:
    site.write(SITE)
    site.build()
    form = main(site, "migraine/stories/index.html")
    assert 'method="post" novalidate action="/api/v1/stories"' in form
    for name in (
        "title",
        "q.1",
        "q.2",
        "text",
        "pseudonym",
        "age",
        "publish",
        "edit",
        "share",
        "archive",
        "carer",
    ):
        assert f'name="{name}"' in form, name
    assert ">How did it begin?</label>" in form
    # As in the story: one's own words stand first.
    assert form.index('name="text"') < form.index('name="q.1"') < form.index('name="q.2"')
    assert "14 days" in form
    assert json.loads(site.text("manifest.json"))["voices"] == {
        "migraine~story": {
            "kind": "story",
            "condition": "migraine",
            "pages": {"en": "/migraine/stories/"},
            "prompts": {"en": ["How did it begin?", "What helped you?"]},
        }
    }
    assert "gw-voice" not in site.text("migraine/a/index.html")


def test_a_story_has_a_page_and_stands_in_list_feed_and_sitemap(site: TinySite) -> None:
    site.write(SITE)
    pull(site, voice())
    site.build()
    page = site.text(PAGE)
    assert "<h2>Then</h2>\n<p>It was a zebrafinch.</p>" in page
    assert "A &lt;long&gt; winter" in page
    assert 'Quiet Heron · <time datetime="2026-05-21">21 May 2026</time>' in page
    assert "not medically reviewed" in page
    assert "noindex" not in page
    assert 'href="/migraine/stories/bcdfghjk/"' in main(site, "migraine/stories/index.html")
    assert "https://tiny.example/migraine/stories/bcdfghjk/" in site.text("sitemap.xml")
    assert "zebrafinch" in site.text("migraine/stories/feed.atom")
    assert "bcdfghjk" not in site.text("migraine/feed.atom")


def test_without_the_consent_to_share_only_the_site_itself_has_it(site: TinySite) -> None:
    site.write(SITE)
    pull(site, voice(share=False))
    site.build()
    page = site.text(PAGE)
    assert '<meta name="robots" content="noindex">' in page
    assert "ld+json" not in page
    assert "bcdfghjk" not in site.text("sitemap.xml")
    assert not (site.out / "migraine/stories/feed.atom").exists()
    assert 'href="/migraine/stories/bcdfghjk/"' in main(site, "migraine/stories/index.html")


def test_a_list_is_made_where_nobody_wrote_a_text_above_it(site: TinySite) -> None:
    site.write(SITE)
    pull(site, voice(lang="es"), voice(id="ffffffff", lang="fr"))
    site.build()
    listed = main(site, "migraine/es/stories/index.html")
    assert 'href="/migraine/es/stories/bcdfghjk/"' in listed
    assert 'lang="fr"' in main(site, "migraine/stories/index.html")
    assert not (site.out / "migraine/es/stories/ffffffff").exists()


def test_what_no_story_may_hold_is_left_out_and_never_an_error(site: TinySite) -> None:
    hostile = (
        '<p id="x" onclick="y()">ok<script>alert(1)</script><img src=x><a href="javascript:z">l</a></p>'
        '<h1>big</h1>:::poll{#p}<style>p{}</style><iframe src="//e"></iframe>'
    )
    site.write(SITE)
    undated = voice(id="gggggggg", published="yesterday")
    pull(site, voice(html=hostile), voice(id="../../x"), voice(id="ffffffff", condition="elsewhere"), undated)
    site.build()
    text = main(site).partition('id="page-text"')[2].partition("</article>")[0]
    for bad in ("onclick", "<script", "<img", "javascript:", "<h1", "<style", "<iframe", 'id="x"'):
        assert bad not in text, bad
    assert "ok" in text
    assert sorted(path.name for path in (site.out / "migraine/stories").iterdir() if path.is_dir()) == [
        "bcdfghjk"
    ]


def test_content_notes_stand_before_the_text_and_hide_its_beginning(site: TinySite) -> None:
    site.write(SITE)
    pull(
        site,
        voice(
            content_notes=["hospital", "loss"], note={"html": "<p>Ask first.</p>", "source": None, "by": "Dr"}
        ),
    )
    site.build()
    page = main(site)
    assert page.index("hospital, loss") < page.index("zebrafinch")
    assert page.index("Ask first.") < page.index("zebrafinch")
    assert "zebrafinch" not in site.text("migraine/stories/index.html")


def test_a_page_is_described_by_no_word_that_may_not_be_shared(site: TinySite) -> None:
    site.write(SITE)
    pull(site, voice(share=False), voice(id="ffffffff", content_notes=["loss"]))
    site.build()
    for id_ in ("bcdfghjk", "ffffffff"):
        page = site.text(f"migraine/stories/{id_}/index.html")
        [said] = re.findall(r'name="description" content="([^"]+)"', page)
        assert "zebrafinch" not in said


def test_a_withdrawn_story_is_nowhere_after_the_next_build(site: TinySite) -> None:
    site.search = True
    site.write(SITE)
    pull(site, voice(), voice(id="ffffffff", html="<p>Another.</p>", title="Stays"))
    site.build()
    assert "zebrafinch" in texts(site)
    pull(site, voice(id="ffffffff", html="<p>Another.</p>", title="Stays"))
    site.build()
    assert "zebrafinch" not in texts(site)
    assert "bcdfghjk" not in texts(site)
    assert not (site.out / "migraine/stories/bcdfghjk").exists()
    left = [
        path
        for path in (site.root / ".gatherwell").rglob("*")
        if path.is_file() and b"zebrafinch" in path.read_bytes()
    ]
    assert left == []
    clean = site.out.with_name("clean")
    site.build(clean)
    assert texts(site) == texts(site, clean)


def test_a_story_in_an_old_snapshot_leaves_with_a_build_of_withdrawals(site: TinySite) -> None:
    from generator.build.last_good_build import build_withdrawals
    from generator.ground.project import Options, Project
    from tests.sites import NOW

    site.search = True
    site.write(SITE)
    pull(site, voice())
    site.build(keeps_inputs=True)
    site.put("content/migraine/broken.md", "---\ntitle: [\n---\n")
    pull(site)
    build_withdrawals(Project(site.root, site.out), Options(now=NOW, search=True), lambda _: None)
    assert "zebrafinch" not in texts(site)
    left = [
        path
        for path in (site.root / ".gatherwell").rglob("*")
        if path.is_file() and b"zebrafinch" in path.read_bytes()
    ]
    assert left == []


def test_a_question_is_answered_below_and_a_clinicians_answer_can_stand_first(site: TinySite) -> None:
    def comment(id_: str, text: str, role: str | None) -> dict[str, Any]:
        named = {"key": role, "person": None} if role else None
        return {
            "id": id_,
            "html": f"<p>{text}</p>",
            "created": "2026-05-22T10:00:00Z",
            "pseudonym": "N",
            "role": named,
        }

    site.write(SITE)
    asked = voice(kind="question", title="Does it pass?", accepted="b" * 26)
    answers = [comment("a" * 26, "Not for me.", None), comment("b" * 26, "It often does.", "clinician")]
    thread = {"thread": "migraine~bcdfghjk", "count": 2, "comments": answers}
    pull(site, asked, threads={"migraine~bcdfghjk": thread})
    site.build()
    page = main(site, "migraine/questions/bcdfghjk/index.html")
    assert page.index("The accepted answer") < page.index("It often does.") < page.index("Not for me.")
    assert page.count("It often does.") == 1
    listed = page.partition(f'id="c-{"b" * 26}"')[2].partition("</article>")[0]
    assert '<div class="comment-text"><p><a href="#page-accepted">This is the accepted answer.' in listed
    assert "not medically reviewed" in page
    manifest = json.loads(site.text("manifest.json"))
    assert manifest["threads"]["migraine~bcdfghjk"]["pages"] == {"en": "/migraine/questions/bcdfghjk/"}
    pull(site, {**asked, "accepted": "a" * 26}, threads={"migraine~bcdfghjk": thread})
    site.build()
    page = main(site, "migraine/questions/bcdfghjk/index.html")
    assert "The accepted answer" not in page
    assert ">2 answers</h2>" in page
    assert page.count("It often does.") == 1


@pytest.mark.parametrize(("years", "asked"), [(16, 1), (18, 1), (0, 0)])
def test_who_answers_a_question_is_asked_for_the_age_that_the_function_demands(
    site: TinySite, years: int, asked: int
) -> None:
    site.write(SITE.replace('cards: "off"', f'cards: "off"\ncomments: {{minimum_age: {years}}}'))
    pull(site, voice(kind="question"))
    site.build()
    form = main(site, "migraine/questions/bcdfghjk/index.html").partition('id="page-comment-form"')[2]
    assert form.count('name="age"') == asked
    assert (f"I am {years} or older" in form) == bool(asked)


@pytest.mark.parametrize(
    ("count", "heading", "spanish"),
    [(0, "Answers", "Respuestas"), (1, "1 answer", "1 respuesta"), (2, "2 answers", "2 respuestas")],
)
def test_below_a_question_answers_are_called_answers(
    site: TinySite, count: int, heading: str, spanish: str
) -> None:
    site.write(SITE)
    pull(
        site,
        voice(kind="question"),
        voice(kind="question", id="bcdfghjm", lang="es"),
        threads={
            f"migraine~{id_}": {"thread": f"migraine~{id_}", "count": count, "comments": []}
            for id_ in ("bcdfghjk", "bcdfghjm")
        },
    )
    site.build()
    page = main(site, "migraine/questions/bcdfghjk/index.html")
    assert f">{heading}</h2>" in page
    assert 'data-count="|{n} answer||||{n} answers"' in page
    assert "omment" not in re.sub("<[^>]+>", "", page)
    assert f">{spanish}</h2>" in main(site, "migraine/es/questions/bcdfghjm/index.html")


ADOPTED = [
    ("# How\n\nIt went.", [("h2", "How")]),
    ("It went.\n\n# How\n\n#### When\n\n###### Where", [("h2", "How"), ("h3", "When"), ("h3", "Where")]),
    ("> # How\n\n- # When", [("h2", "How"), ("h2", "When")]),
    ("It went.\n\n    # How", [("h2", "How")]),
    ("It went\n---\n\n\nAnd\n===\n\nthen\n-", []),
    ("```\n# How\n---\n```", []),
    ("\\# How\n\n#How", []),
]


@pytest.mark.parametrize(("text", "headings"), ADOPTED, ids=range(len(ADOPTED)))
def test_an_adopted_text_has_the_headings_that_it_had_as_a_story(
    text: str, headings: list[tuple[str, str]]
) -> None:
    from generator.cli.stories import adopted
    from generator.content.snapshot import VoiceAnswer
    from tests.generator.bodies.markdown.shown import body_of, show

    answer = VoiceAnswer("bcdfghjk", "story", "migraine", "en", "A title", "", "2026-05-21", text=text)
    html = show(body_of(adopted(answer, "/migraine/stories/bcdfghjk/").partition("\n---\n")[2]))
    assert re.findall(r"<(h[1-6])[^>]*>(?:<[^>]+>)*([^<]+)", html) == headings
    assert "<hr" not in html
    assert ("<pre" in html) == text.startswith("```")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("See [our *leaflet*](https://e.org/a_b).", "See our <em>leaflet</em> (https://e.org/a_b)."),
        ("![A map](https://e.org/y.png)", "A map (https://e.org/y.png)"),
        ("![A map](y.png) [](https://e.org/)", "A map https://e.org/"),
        ("<https://e.org/> [us](mailto:a@e.org)", "https://e.org/ us (a@e.org)"),
        (r"\[no link\](x)", "[no link](x)"),
    ],
)
def test_an_adopted_text_says_where_its_links_led(text: str, words: str) -> None:
    from generator.cli.stories import adopted
    from generator.content.snapshot import VoiceAnswer
    from tests.generator.bodies.markdown.shown import body_of, show

    answer = VoiceAnswer("bcdfghjk", "story", "migraine", "en", "A title", "", "2026-05-21", text=text)
    html = show(body_of(adopted(answer, "/migraine/stories/bcdfghjk/").partition("\n---\n")[2]))
    assert words in html
    assert "<a " not in html


def test_the_hub_leads_to_the_form_and_to_the_newest_that_may_be_shared(site: TinySite) -> None:
    site.write(SITE)
    pull(
        site, voice(), voice(id="ffffffff", title="Not shared", share=False), voice(id="gggggggg", lang="es")
    )
    site.build()
    hub = main(site, "migraine/index.html")
    strip = hub[hub.index('id="page-voices"') :].partition("</section>")[0]
    assert 'href="/migraine/stories/">Stories, and a form to tell yours</a>' in strip
    assert 'href="/migraine/stories/bcdfghjk/"' in strip
    assert "Not shared" not in strip
    assert "/questions/" not in strip
    assert 'href="/migraine/es/stories/">Todas las historias</a>' in main(site, "migraine/es/index.html")


def test_an_adopted_story_is_a_file_and_only_with_the_consent_to_the_archive(site: TinySite) -> None:
    from click.testing import CliRunner

    from generator.cli.stories import command

    site.write(SITE)
    hostile = "## How\n\nIt *went*.\n\n:::poll{#x}\n![a](b) <b>c</b> [^1] :term[x] \\<i>d \\\\<s>"
    pull(site, voice(archive=True, text=hostile, share=False), voice(id="ffffffff"))
    run = CliRunner()
    refused = run.invoke(command, ["adopt", "ffffffff", "--root", str(site.root)])
    assert "has not agreed to the archive" in str(refused.exception)
    assert "no story" in str(run.invoke(command, ["adopt", "../etc", "--root", str(site.root)]).exception)
    done = run.invoke(command, ["adopt", "bcdfghjk", "--root", str(site.root)])
    assert done.exit_code == 0, done.exception
    site.build()
    page = main(site, "migraine/bcdfghjk/index.html")
    assert "<em>went</em>" in page
    assert ":::poll{#x}" in page
    for tag in ("b", "i", "s"):
        assert f"&lt;{tag}&gt;" in page
    assert "https://tiny.example/migraine/bcdfghjk/" in site.text(PAGE)
    assert "went" not in site.text(PAGE)
    assert (site.out / "migraine/stories/ffffffff/index.html").exists()
