"""Members' words and machines: what pages hold of comments, what of it may be quoted, and what JSON-LD says."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest

from tests.generator.views.test_voices import SITE, pull, voice
from tests.sites import TinySite

ARTICLE, QUESTION, HUB = (
    "migraine/a/index.html",
    "migraine/questions/bcdfghjk/index.html",
    "migraine/index.html",
)
WORD = "zebrafinch"
# Elements without an end tag (HTML, section 13.1.2).
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


class Said(HTMLParser):
    """Counts how often a text says the word, and how often outside of ``data-nosnippet``."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[bool] = []
        self.inside = self.outside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            above = bool(self.open) and self.open[-1]
            self.open.append(above or any(name == "data-nosnippet" for name, _ in attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1]:
            self.inside += data.count(WORD)
        else:
            self.outside += data.count(WORD)


def said(page: str) -> tuple[int, int]:
    """How often a page says the word inside and outside of ``data-nosnippet``, scripts and JSON-LD left out."""
    parts = page.split("<script")
    seen = Said()
    seen.feed(parts[0] + "".join(part.partition("</script>")[2] for part in parts[1:]))
    return seen.inside, seen.outside


def built(site: TinySite, setting: str) -> TinySite:
    """A site with the word in a comment, a reply and an accepted answer, chosen for the hub."""

    def comment(id_: str, parent: str = "", role: str = "") -> dict[str, object]:
        return {
            "id": id_ * 26,
            "html": f"<p>A {WORD}.</p>",
            "created": "2026-05-22T10:00:00Z",
            "pseudonym": "Nia",
            **({"parent": parent * 26, "root": parent * 26} if parent else {}),
            **({"role": {"key": role}} if role else {}),
        }

    threads = {
        "migraine~a": {"thread": "migraine~a", "count": 2, "comments": [comment("a"), comment("b", "a")]},
        "migraine~bcdfghjk": {
            "thread": "migraine~bcdfghjk",
            "count": 1,
            "comments": [comment("c", role="clinician")],
        },
    }
    site.write(SITE)
    site.replace("gatherwell.yaml", "title: Tiny", f"title: Tiny\ncomments: {setting}")
    asked = voice(kind="question", title="Does it pass?", html="<p>Does it?</p>", accepted="c" * 26)
    pull(site, asked, threads=threads, hub={"migraine": ["a" * 26]})
    site.build()
    return site


def test_comments_in_pages_are_never_quoted_by_search_engines(site: TinySite) -> None:
    built(site, "{}")
    assert {path: said(site.text(path)) for path in (ARTICLE, QUESTION, HUB)} == {
        ARTICLE: (2, 0),
        QUESTION: (1, 0),  # the accepted answer stands above all answers, and once
        HUB: (1, 0),
    }


def test_with_in_pages_off_no_output_holds_a_comment_and_forms_stay(site: TinySite) -> None:
    built(site, "{in_pages: false, structured: true}")
    texts = [path.read_bytes() for path in site.out.rglob("*") if path.is_file()]
    assert not any(WORD.encode() in text for text in texts)
    for path in (ARTICLE, QUESTION):
        page = site.text(path)
        assert "<gw-comments" in page
        assert 'id="page-comment-form"' in page
        assert "data-nosnippet" not in page


@pytest.mark.parametrize(("setting", "comments"), [("{}", None), ("{structured: true}", 1)])
def test_json_ld_holds_comments_where_settings_say_so(
    site: TinySite, setting: str, comments: int | None
) -> None:
    built(site, setting)
    text = site.text(ARTICLE).partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    graph = {thing["@type"]: thing for thing in json.loads(text)["@graph"]}
    discussion = graph.get("DiscussionForumPosting")
    assert (len(discussion["comment"]) if discussion else None) == comments
    assert (WORD in text) == bool(comments)
