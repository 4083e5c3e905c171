"""Texts that want to be code: posted, approved, shown; nothing runs and the words appear as they were written."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from generator.views.types import Comment, Date
from tests.browser.elements.conftest import COME_NEAR, OpenPage
from tests.browser.elements.village import Village, thread
from tests.widgets.function.nasty import NASTY
from widgets.function.text import moderation

HERE = Path(__file__).parent
PAYLOADS = (HERE / "payloads.txt").read_text(encoding="utf-8").splitlines()
# Those of our naughty strings that are text; that the others are refused is the function's own test.
NAUGHTY = [
    text for text in NASTY if text.strip() and not any(unicodedata.category(c) in ("Cc", "Cs") for c in text)
]
# What Markdown reads as anything but these characters: emphasis, code, links, entities, escapes, lines with a meaning.
MARKUP = re.compile(
    r"[*`\\\n\t]|_.*_|~~|\]\s*[(\[:]|&#?\w+;|^\s*([>#+=-]|\d+[.)])|<[a-z][a-z0-9+.-]*:|<[^<>\s]+@",
    re.IGNORECASE,
)
WEATHER = "migraine~weather"
PER_COMMENT = 150  # answers to one comment; a page of a thread never parts them


def post_all(village: Village, texts: list[str]) -> dict[str, str]:
    """Post *texts* as answers to a few comments, approve them; by id those that the function took."""
    member = village.member()
    firsts = [
        member.write(WEATHER, f"Here they come, {at}.", "Neighbour 1")
        for at in range(-(-len(texts) // PER_COMMENT))
    ]
    village.do(approve_all(village.store, firsts))

    def post(at: int) -> tuple[str, str]:
        words = {
            "text": texts[at],
            "pseudonym": "Neighbour 1",
            "parent": firsts[at // PER_COMMENT],
            "confirmed": True,
        }
        answer = member.send("POST", f"/threads/{WEATHER}/comments", words)
        assert answer.status_code in (201, 422), texts[at]
        return (answer.json()["comment"]["id"] if answer.status_code == 201 else ""), texts[at]

    with ThreadPoolExecutor(16) as threads:
        taken = {id_: text for id_, text in threads.map(post, range(len(texts))) if id_}
    village.do(approve_all(village.store, list(taken)))
    return taken


async def approve_all(store: Any, ids: list[str]) -> None:
    await asyncio.gather(*(moderation.approve(store, id_) for id_ in ids))


def shown_as_written(text: str, shown: str) -> bool:
    def squeeze(value: str) -> str:
        return " ".join(unicodedata.normalize("NFC", value).split())

    return bool(MARKUP.search(text)) or squeeze(text) == squeeze(shown)


@pytest.mark.parametrize("texts", [PAYLOADS, NAUGHTY], ids=["payloads", "naughty-strings"])
def test_hostile_comments_show_as_the_text_they_are(
    village: Village, browse: OpenPage, texts: list[str]
) -> None:
    taken = post_all(village, texts)
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")

    comments = page.locator(".replies .comment")
    while (before := comments.count()) < len(taken):
        page.get_by_role("button", name="More comments").click()
        expect(comments).not_to_have_count(before)
    expect(page.locator(".replies .comment")).to_have_count(len(taken))

    found = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".comment > .comment-text")].map(
             (one) => [one.parentElement.id.slice(2), one.textContent]))"""
    )
    assert len(taken) >= len(texts) * 0.9
    assert [text for id_, text in taken.items() if not shown_as_written(text, found[id_])] == []
    allowed = "p, br, em, strong, a, ul, ol, li, blockquote, code, pre"
    assert page.locator(f".comment > .comment-text :not({allowed})").count() == 0
    links = page.locator(".comment > .comment-text a[href]").evaluate_all(
        "(all) => all.map((one) => one.protocol)"
    )
    assert set(links) <= {"http:", "https:", "mailto:"}


@pytest.mark.long
def test_hostile_names_are_refused_or_shown_as_text(village: Village, browse: OpenPage) -> None:
    """Names that the function would refuse come from a forged answer here: the page does not rely on the refusal."""
    member = village.member()
    statuses = {
        member.send("POST", f"/threads/{WEATHER}/comments", {"text": "Hi.", "pseudonym": name}).status_code
        for name in PAYLOADS[::8]
    }
    assert statuses <= {201, 422}
    forged: list[dict[str, Any]] = [
        {
            "id": f"{at:026}",
            "root": f"{at:026}",
            "parent": None,
            "state": "published",
            "pseudonym": name,
            "role": None,
            "html": "<p>Hi.</p>",
            "note": None,
            "created": "2026-01-01T00:00:00Z",
            "edited": None,
            "reactions": {},
        }
        for at, name in enumerate(PAYLOADS)
    ]

    def forge(route: Route) -> None:
        answer = {
            "thread": WEATHER,
            "comments_are": "open",
            "count": 1,
            "reactions": {},
            "order": "oldest",
            "comments": forged,
        }
        route.fulfill(json={**answer, "previous": None, "next": None})

    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/")
    page.route("**/threads/*", forge)
    page.evaluate(COME_NEAR, "gw-comments")

    expect(page.locator(".comment-name")).to_have_count(len(PAYLOADS))
    assert page.locator(".comment-name").all_text_contents() == PAYLOADS
    page.locator(".comment").first.get_by_role("button", name="Reply").click()
    expect(page.get_by_role("heading", name="Reply to <script>alert(1)</script>")).to_be_visible()


def test_hostile_baked_names_and_drafts_are_text(village: Village, browse: OpenPage) -> None:
    day = Date("2026-01-02T00:00:00Z", "2 January 2026")
    baked = tuple(Comment(f"{at:026}", name, "<p>Hi.</p>", "Hi.", day) for at, name in enumerate(PAYLOADS))
    village.pages.page("/weather/", talk=thread("weather", baked=baked))
    page = browse("/weather/", java_script_enabled=False)
    expect(page.locator(".comment-name")).to_have_text([" ".join(name.split()) for name in PAYLOADS])

    live = browse("/weather/", "gw-comments")
    live.get_by_text("Preview").click()
    live.get_by_label("Your comment").fill("\n\n".join(PAYLOADS))

    assert (
        live.locator(".preview .comment-text :not(p, strong, em, code, a, ul, ol, li, blockquote)").count()
        == 0
    )
    assert live.locator(".preview a:not([href^=http])").count() == 0
