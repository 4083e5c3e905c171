"""What axe-core finds in each state that a widget can be in: nothing, in both colour schemes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from generator.views.types import Comment, Date
from tests.axe import run_axe
from tests.browser.elements.conftest import OpenPage, said
from tests.browser.elements.test_states import WEATHER, wake_all, whole_page
from tests.browser.elements.village import Village, poll, thread

Act = Callable[[Village, Page], None]


def vote(village: Village, page: Page) -> None:
    page.get_by_label("Often").first.check()
    page.get_by_role("button", name="Vote").first.click()
    expect(page.locator("gw-poll .say").first).to_contain_text("Thank you")


def react(village: Village, page: Page) -> None:
    page.locator("gw-reactions button").first.click()
    page.locator(".comment button[data-act=react]").first.click()
    expect(page.locator("[aria-pressed=true]")).to_have_count(2)


def write(page: Page, text: str, name: str = "Quiet Heron") -> None:
    page.get_by_label("Your comment").fill(text)
    page.get_by_label("The name to show").fill(name)
    page.locator("#page-comment-form [type=submit]").click()


def reply(village: Village, page: Page) -> None:
    page.get_by_role("button", name="Reply").first.click()
    page.get_by_text("Preview").click()
    page.get_by_label("Your comment").fill("> said\n\nMe **too**: [here](https://example.org)")


def flag(village: Village, page: Page) -> None:
    for summary in page.locator(".comment-flag summary").all():
        summary.click()


def personal(village: Village, page: Page) -> None:
    write(page, "Write to me@example.org")
    expect(page.get_by_role("button", name="Send it as it is")).to_be_visible()


def published(village: Village, page: Page) -> None:
    write(page, "Rain.")
    said(page, "gw-comments", "Your comment is published.")


def editing(village: Village, page: Page) -> None:
    published(village, page)
    page.get_by_role("button", name="Change").click()


def asking(village: Village, page: Page) -> None:
    published(village, page)
    page.get_by_role("button", name="Withdraw").click()


def in_crisis(village: Village, page: Page) -> None:
    line = {
        "name": "A line",
        "phone": "116 123",
        "url": "https://example.org",
        "text": None,
        "hours": "always",
    }
    page.evaluate(
        "(line) => document.querySelector('gw-comments').help({ help: [line], help_words: { title: 'A title', intro: 'Words.', after: 'More.' } })",
        line,
    )
    expect(page.locator(".comments-help")).to_be_visible()


def by_somebody_near(village: Village, page: Page) -> None:
    write(page, "My husband beats me.")
    expect(page.get_by_role("link", name="Leave this page now")).to_be_visible()


def reporting(village: Village, page: Page) -> None:
    page.get_by_text("Report a mistake on this page").click()
    expect(page.locator("#page-mistake")).to_be_visible()


def failing(village: Village, page: Page) -> None:
    village.trouble.status = 500
    page.get_by_role("button", name="Vote").first.click()
    page.locator(".comment button[data-act=react]").first.click()
    page.locator("gw-reactions button").first.click()
    for name in ("gw-reactions", "gw-comments"):
        expect(page.locator(f"{name} .say")).to_contain_text("did not work")


def announced(village: Village, page: Page) -> None:
    page.locator(".comment").first.scroll_into_view_if_needed()
    village.approve(village.member(9).write(WEATHER, "Three.", "Neighbour 9"))
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    said(page, "gw-comments", "1 new comment")


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
@pytest.mark.parametrize(
    "act",
    [
        lambda village, page: None,
        vote,
        react,
        reply,
        flag,
        personal,
        published,
        editing,
        asking,
        in_crisis,
        by_somebody_near,
        reporting,
        failing,
        announced,
    ],
    ids=lambda act: act.__name__.replace("<lambda>", "awake"),
)
def test_axe_finds_nothing(village: Village, browse: OpenPage, act: Act, scheme: str) -> None:
    whole_page(village)
    page = browse("/weather/", "gw-comments", color_scheme=scheme)
    wake_all(page)

    act(village, page)

    sound(page)


def test_axe_finds_nothing_in_a_held_comment(village: Village, browse: OpenPage) -> None:
    village.pages.page("/first/", talk=thread("first", "ms"))
    page = browse("/first/", "gw-comments")
    sound(page)  # empty

    write(page, "My first words here.")

    expect(page.locator(".comment-state")).to_be_visible()
    sound(page)


def test_axe_finds_nothing_where_the_tick_about_age_is_missing(village: Village, browse: OpenPage) -> None:
    village.pages.page("/ages/", talk=thread("ages", "young", minimum_age=16))
    page = browse("/ages/", "gw-comments")

    write(page, "My first words here.", "Quiet Heron")

    expect(page.get_by_role("checkbox", name="I am 16 or older")).to_be_focused()
    sound(page)


def test_axe_finds_nothing_in_closed_polls_and_threads(village: Village, browse: OpenPage) -> None:
    day = Date("2026-01-02T00:00:00Z", "2 January 2026")
    baked = (Comment("0" * 26, "Neighbour 7", "<p>Once.</p>", "Once.", day),)
    talk = thread("over", comments="closed", comments_action="", baked=baked)
    village.pages.page("/over/", poll("over"), poll("hidden", closed=True, counts=(3, 1, 0)), talk=talk)
    page = browse("/over/", "gw-poll")

    said(page, "gw-poll", "This poll is closed.")
    sound(page)


def test_axe_finds_nothing_on_the_second_page_of_a_thread(village: Village, browse: OpenPage) -> None:
    for number in range(1, 24):
        village.approve(village.member(number).write(WEATHER, f"Number {number}.", f"Neighbour {number}"))
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")

    page.get_by_role("button", name="More comments").click()
    expect(page.locator(".comment")).to_have_count(23)

    sound(page)


def test_axe_finds_nothing_on_ones_own_page(village: Village, browse: OpenPage) -> None:
    whole_page(village)
    page = browse("/weather/", "gw-comments")
    wake_all(page)
    vote(village, page)
    react(village, page)
    published(village, page)
    page.goto("/you/")
    expect(page.locator(".you-one")).to_have_count(4)
    for summary in page.locator(".you summary").all():
        summary.click()

    sound(page)


def sound(page: Page) -> None:
    found = run_axe(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
