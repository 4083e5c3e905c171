"""Reactions and counts: one tap, one more takes it back."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.elements.conftest import OpenPage, kept, said
from tests.browser.elements.village import Village, thread

WEATHER = "migraine~weather"


def me_too(page: Page, count: str, pressed: bool) -> None:
    button = page.get_by_role("button", name="Me too")
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
