"""Reactions and counts: one tap, one more takes it back."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from generator.views.types import Comment, Date
from tests.browser.elements.conftest import COME_NEAR, OpenPage, kept, said
from tests.browser.elements.village import Village, thread

WEATHER = "migraine~weather"


def me_too(page: Page, count: str, pressed: bool) -> None:
    button = page.locator("gw-reactions").get_by_role("button", name="Me too")
    expect(button).to_have_attribute("aria-pressed", str(pressed).lower())
    expect(button.locator("[data-count]")).to_have_text(count)


def test_one_tap_counts_and_one_more_takes_it_back(village: Village, browse: OpenPage) -> None:
    village.member().react(WEATHER, "me-too")
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-reactions")
    me_too(page, "1", pressed=False)

    page.get_by_role("button", name="Me too").click()
    me_too(page, "2", pressed=True)
    page.reload()
    me_too(page, "2", pressed=True)
    page.get_by_role("button", name="Me too").press("Enter")

    me_too(page, "1", pressed=False)
    assert "reacted" not in kept(page)["gatherwell"]


def test_a_refused_reaction_is_undone_with_words(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-reactions")
    village.trouble.status = 500

    page.get_by_role("button", name="Me too").click()

    said(page, "gw-reactions", "This did not work, and nothing was changed. Please try again a little later.")
    me_too(page, "", pressed=False)


def test_a_reaction_made_offline_is_sent_once(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-reactions")
    page.context.set_offline(True)
    page.get_by_role("button", name="Me too").click()
    said(
        page, "gw-reactions", "There is no connection. This browser keeps it and sends it as soon as it can."
    )
    me_too(page, "1", pressed=True)

    with page.expect_response("**/reactions"):
        page.context.set_offline(False)

    me_too(page, "1", pressed=True)
    assert village.trouble.asked.count(f"POST /threads/{WEATHER}/reactions") == 1


def test_a_reaction_without_javascript(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", java_script_enabled=False)

    page.get_by_role("button", name="Me too").click()

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    counts = village.do(village.store.counts([WEATHER]))[WEATHER]
    assert counts.reactions == {"me-too": 1}


def one_comment(village: Village, text: str = "One.", number: int = 7) -> str:
    comment = village.member(number).write(WEATHER, text, f"Neighbour {number}")
    village.approve(comment)
    return comment


def test_one_tap_on_a_comment_counts_for_that_comment_alone(village: Village, browse: OpenPage) -> None:
    first, second = one_comment(village), one_comment(village, "Two.", 8)
    village.member(3).react(WEATHER, "me-too", first)
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    button = page.locator(f"#c-{first}").get_by_role("button", name="Me too")
    expect(button).to_have_text(re.compile(r"Me too\s+1"))

    with page.expect_response("**/reactions"):
        button.click()

    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_have_text(re.compile(r"Me too\s+2"))
    expect(button).to_be_focused()
    other = page.locator(f"#c-{second}").get_by_role("button", name="Me too")
    expect(other).to_have_attribute("aria-pressed", "false")
    expect(page.locator("gw-reactions [value=me-too]")).to_have_attribute("aria-pressed", "false")
    page.reload()
    page.evaluate(COME_NEAR, "gw-comments")
    expect(button).to_have_attribute("aria-pressed", "true")
    with page.expect_response("**/reactions"):
        button.press("Enter")
    expect(button).to_have_text(re.compile(r"Me too\s+1"))
    assert "reacted" not in kept(page)["gatherwell"]


def test_a_refused_reaction_to_a_comment_is_undone_with_words(village: Village, browse: OpenPage) -> None:
    first = one_comment(village)
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    button = page.locator(f"#c-{first}").get_by_role("button", name="Me too")
    village.trouble.status = 500

    button.click()

    said(page, "gw-comments", "This did not work, and nothing was changed. Please try again a little later.")
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(button.locator(".reaction-count")).to_have_text("")
    expect(page.locator("gw-comments .say")).to_be_in_viewport()


def test_a_baked_comment_is_reacted_to_without_javascript(village: Village, browse: OpenPage) -> None:
    first = one_comment(village)
    day = Date("2026-01-02T00:00:00Z", "2 January 2026")
    baked = (Comment(first, "Neighbour 7", "<p>One.</p>", "One.", day, reacted=4),)
    village.pages.page("/weather/", talk=thread("weather", baked=baked))
    page = browse("/weather/", java_script_enabled=False)
    button = page.locator(f"#c-{first}").get_by_role("button", name="Me too")
    expect(button).to_have_text(re.compile(r"Me too\s+4"))

    button.click()

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert dict(village.do(village.store.comment(first)).reactions) == {"me-too": 1}


def test_a_baked_comment_s_count_is_refreshed_in_its_place(village: Village, browse: OpenPage) -> None:
    first = one_comment(village)
    village.member(3).react(WEATHER, "me-too", first)
    day = Date("2026-01-02T00:00:00Z", "2 January 2026")
    baked = (Comment(first, "Neighbour 7", "<p>One.</p>", "One.", day),)
    village.pages.page("/weather/", talk=thread("weather", baked=baked))
    page = browse("/weather/", "gw-comments")
    button = page.locator(f"#c-{first}").get_by_role("button", name="Me too")
    expect(button).to_have_text(re.compile(r"Me too\s+1"))

    with page.expect_response("**/reactions"):
        button.click()

    expect(button).to_have_text(re.compile(r"Me too\s+2"))
    assert village.trouble.asked.count(f"POST /threads/{WEATHER}/reactions") == 1 + 1


def test_the_most_reacted_come_first_when_asked_for(village: Village, browse: OpenPage) -> None:
    ids = [one_comment(village, f"Number {number}.", number) for number in range(1, 24)]
    village.member(30).react(WEATHER, "helpful", ids[22])
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    expect(page.locator(".comment-text").first).to_have_text("Number 1.")

    page.get_by_label("Order").select_option("Most reactions first")
    expect(page.locator(".comment-list > li .comment-text").first).to_have_text("Number 23.")
    page.get_by_role("button", name="More comments").click()
    expect(page.locator(".comment")).to_have_count(23)
    page.get_by_label("Order").select_option("Newest first")

    expect(page.locator(".comment-list > li .comment-text").nth(1)).to_have_text("Number 22.")
    expect(page.locator(".comment")).to_have_count(20)


def test_counts_beside_links_come_in_one_question(village: Village, browse: OpenPage) -> None:
    village.approve(village.member().write(WEATHER, "One.", "Neighbour 1"))
    forms = "0 comments|1 comment|2 comments|3 comments"
    links = "".join(
        f'<gw-counts data-thread="{name}" data-count="{forms}"><a href="/{name}/">Comments</a></gw-counts>'
        for name in (WEATHER, "ms~first", "ra~pre")
    )
    village.pages.raw("/list/", links)
    page = browse("/list/")

    expect(page.locator("gw-counts").first).to_have_text("1 comment")
    expect(page.locator("gw-counts").last).to_have_text("Comments")
    assert village.trouble.asked[1:] == ["GET /counts"]
