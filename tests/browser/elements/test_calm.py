"""Pages stay calm while widgets wake: nothing moves, nothing far is fetched, nothing is laid out again and again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from generator.views.types import Comment, Date
from tests.browser.elements.conftest import OpenPage
from tests.browser.elements.test_states import WEATHER, wake_all, whole_page
from tests.browser.elements.village import Village, poll, thread

MORE_LAYOUTS = 15  # than the page has without its widgets' scripts; one a comment would be 20 more


def busy_thread(village: Village, comments: int) -> tuple[Comment, ...]:
    """Comments that are published and baked; the polls and reactions have more and longer numbers than the page."""
    day = Date("2026-01-02T00:00:00Z", "2 January 2026")
    baked = []
    for number in range(1, comments + 1):
        id_ = village.member(number).write(WEATHER, f"Number {number}.", f"Neighbour {number}")
        village.approve(id_)
        baked.append(Comment(id_, f"Neighbour {number}", f"<p>Number {number}.</p>", "", day))
        village.member(number).vote(WEATHER, "often")
        village.member(number).react(WEATHER, "me-too")
        village.member(number).react(WEATHER, "me-too", baked[0].id)
    return tuple(baked)


@pytest.mark.parametrize("size", [(390, 780), (1280, 900), (320, 640)], ids=str)
def test_nothing_moves_while_widgets_wake(village: Village, browse: OpenPage, size: tuple[int, int]) -> None:
    whole_page(village)
    village.member(3).vote(WEATHER, "often")
    village.member(3).react(WEATHER, "me-too")
    page = browse("/weather/", viewport={"width": size[0], "height": size[1]})
    wake_all(page)
    expect(page.get_by_role("heading", name="2 comments")).to_be_attached()
    for name in ("gw-poll", "gw-reactions", "gw-comments"):
        page.locator(name).first.scroll_into_view_if_needed()
        expect(page.locator(name).first).to_be_in_viewport()

    assert page.evaluate("window.shifts") == 0


def test_little_moves_where_widgets_are_in_sight_from_the_start(village: Village, browse: OpenPage) -> None:
    village.approve(village.member(7).write(WEATHER, "One.", "Neighbour 7"))
    village.member(3).vote(WEATHER, "often")
    village.pages.page("/weather/", poll("weather"), talk=thread("weather"), space=0)
    page = browse("/weather/", viewport={"width": 900, "height": 2400})

    expect(page.locator(".comment > .comment-text")).to_have_text("One.")
    expect(page.locator("[data-key=often] .bar-value")).to_have_text("100% (1)")

    # A comment that the page does not hold pushes its form down; 0.1 counts as good (web.dev, CLS).
    assert page.evaluate("window.shifts") < 0.1


@pytest.mark.parametrize(
    "width", [320, *(pytest.param(width, marks=pytest.mark.long) for width in (390, 1280))]
)
def test_nothing_moves_when_baked_numbers_in_sight_grow(
    village: Village, browse: OpenPage, width: int
) -> None:
    baked = busy_thread(village, 12)
    talk = thread("weather", baked=baked, count=11)
    village.pages.page("/weather/", poll("weather", counts=(1, 3, 0)), talk=talk, space=0)
    page = browse("/weather/", viewport={"width": width, "height": 6000})

    expect(page.locator("[data-key=often] .bar-value")).to_have_text("100% (12)")
    expect(page.locator("gw-reactions .reaction-count").first).to_have_text("12")
    expect(page.locator(".comment .reaction-count").first).to_have_text("12")
    expect(page.get_by_role("heading", name="12 comments")).to_be_visible()

    assert page.evaluate("window.shifts") == 0


@pytest.mark.long
def test_nothing_moves_where_more_than_a_page_is_baked(village: Village, browse: OpenPage) -> None:
    baked = busy_thread(village, 23)[:20]
    village.pages.page("/weather/", talk=thread("weather", baked=baked, count=23), space=0)
    page = browse("/weather/", viewport={"width": 900, "height": 7000})

    expect(page.get_by_label("Order")).to_be_visible()
    expect(page.get_by_role("button", name="More comments")).to_be_visible()

    assert page.evaluate("window.shifts") == 0


def test_what_is_far_below_is_not_even_fetched(village: Village, browse: OpenPage) -> None:
    """The count beside the title is near; the thread's own module and words wait for the reader."""
    village.pages.page("/far/", talk=thread("weather"), space=120)
    village.pages.raw("/nothing/", "")
    page = browse("/nothing/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))

    with page.expect_response("**/counts*"):
        page.goto("/far/")

    assert "comments.js" not in asked
    assert village.trouble.asked == ["GET /counts"]


@pytest.mark.long
def test_widgets_lay_the_page_out_a_few_times_at_most(village: Village, browse: OpenPage) -> None:
    baked = busy_thread(village, 20)
    village.pages.page("/weather/", poll("weather"), talk=thread("weather", baked=baked), space=0)
    village.pages.raw("/nothing/", "")

    def layouts(page: Page, ready: str) -> float:
        client = page.context.new_cdp_session(page)
        client.send("Performance.enable")
        page.goto("/weather/", wait_until="networkidle")
        expect(page.locator(ready).first).to_be_visible()
        return float(
            next(
                one["value"]
                for one in client.send("Performance.getMetrics")["metrics"]
                if one["name"] == "LayoutCount"
            )
        )

    still = browse("/nothing/", viewport={"width": 900, "height": 7000})
    still.route("**/loader.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    awake = browse("/nothing/", viewport={"width": 900, "height": 7000})

    more = layouts(awake, "label:has-text('Order')") - layouts(still, ".comment")

    assert more <= MORE_LAYOUTS
