"""A function on another origin than the pages: allowed by configuration, in the pages' policy and in its answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.elements.conftest import COME_NEAR, OpenPage, kept, said
from tests.browser.elements.village import Village, poll, thread

WEATHER = "migraine~weather"


@pytest.fixture
def elsewhere(village: Village, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    """A second server, whose function knows the origin of the first one's pages."""
    other = Village()
    other.open(tmp_path_factory.mktemp("elsewhere"), site=village.origin)
    yield other
    other.close()
    other.stop()


def far_page(village: Village, elsewhere: Village) -> None:
    endpoint = village.endpoint = f"{elsewhere.origin}/api/v1"
    talk = thread(
        "weather",
        comments_action=f"{endpoint}/threads/{WEATHER}/comments",
        reactions_action=f"{endpoint}/threads/{WEATHER}/reactions",
    )
    asked = poll("weather", action=f"{endpoint}/polls/{WEATHER}/votes")
    village.pages.page("/weather/", asked, talk=talk, endpoint=endpoint)
    village.pages.you(endpoint=endpoint)


def near(page: Page, name: str) -> None:
    page.evaluate(COME_NEAR, name)
    page.wait_for_function("(name) => document.querySelector(name).started", arg=name)


def test_everything_works_with_a_function_on_another_origin(
    village: Village, elsewhere: Village, browse: OpenPage
) -> None:
    far_page(village, elsewhere)
    page = browse("/weather/", "gw-poll", also=elsewhere.origin)

    page.get_by_label("Often").check()
    page.get_by_role("button", name="Vote").click()
    expect(page.locator("gw-poll .say")).to_contain_text("Thank you")
    near(page, "gw-reactions")
    with page.expect_response("**/reactions"):
        page.locator("gw-reactions button").first.click()
    near(page, "gw-comments")
    page.get_by_label("Your comment").fill("From afar.")
    page.get_by_label("The name to show").fill("Quiet Heron")
    page.get_by_role("button", name="Send", exact=True).last.click()
    said(page, "gw-comments", "Your comment is published.")
    assert (elsewhere.voters(WEATHER), village.voters(WEATHER)) == (1, 0)
    page.goto("/you/")
    expect(page.locator(".you-one")).to_have_count(3)
    page.get_by_role("button", name="Erase all of it").click()
    page.get_by_role("button", name="Yes, erase all of it").click()

    said(
        page,
        "gw-you",
        "All of it is erased, and this browser keeps nothing any more. Of a pseudonym that was public a scrambled form and the "
        "month stay for twelve months, so that nobody passes for you.",
    )
    assert elsewhere.voters(WEATHER) == 0
    assert kept(page) == {}
    assert page.context.cookies() == []
    assert village.trouble.asked == []


def test_a_vote_without_javascript_reaches_another_origin(
    village: Village, elsewhere: Village, browse: OpenPage
) -> None:
    far_page(village, elsewhere)
    page = browse("/weather/", also=elsewhere.origin, java_script_enabled=False)

    page.get_by_label("Never").check()
    page.get_by_role("button", name="Vote").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Your vote is counted")
    assert elsewhere.voters(WEATHER) == 1
    page.get_by_role("link", name="Back to the page").click()
    expect(page).to_have_url(f"{village.origin}/weather/")
    page.get_by_label("Often").check()
    page.get_by_role("button", name="Vote").click()
    expect(page).to_have_url(f"{village.origin}/weather/#poll-weather")
    assert elsewhere.voters(WEATHER) == 1
