"""Who writes of danger sees where to turn, with scripts and without, and nobody else sees what is held."""

from __future__ import annotations

import re

from playwright.sync_api import Route, expect

from tests.browser.elements.conftest import OpenPage, said
from tests.browser.elements.test_comments import write
from tests.browser.elements.village import Village, thread

PLEA = "Some days I just want to die."
DECIDED = "I am going to kill myself tonight."


def test_a_plea_is_answered_below_it_with_somebody_to_call(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")

    write(page, PLEA, "Quiet Heron")

    said(page, "gw-comments", "Your comment is published.")
    place = page.locator(".comments-help")
    expect(place).to_be_visible()
    expect(place).to_be_focused()
    expect(place.get_by_role("link", name="116 123")).to_have_attribute("href", re.compile(r"^tel:116 ?123$"))


def test_nobody_waits_for_the_proof_of_work_to_be_helped(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    page.set_viewport_size({"width": 360, "height": 640})
    held: list[Route] = []
    page.route("**/challenge", lambda route: held.append(route))

    write(page, DECIDED, "Quiet Heron")

    place = page.locator(".comments-help")
    expect(place.locator(".crisis-title")).to_be_in_viewport()
    expect(place).to_be_focused()
    expect(place).to_contain_text("What you wrote is being sent")
    assert village.do(village.store.queue(10)) == []
    held[0].continue_()
    expect(place).to_contain_text("Your comment has arrived")
    expect(place).to_be_focused()
    assert len(village.do(village.store.queue(10))) == 1


def test_what_is_missing_keeps_no_help_back(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    page.route("**/challenge", lambda route: None)

    write(page, DECIDED)

    expect(page.locator(".comments-help")).to_be_focused()
    said(page, "gw-comments", "This name does not work. Please use 2 to 40 letters, digits and spaces.")
    expect(page.get_by_label("Your comment")).to_have_value(DECIDED)


def test_a_held_plea_is_its_writer_s_alone(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")

    write(page, DECIDED, "Quiet Heron")

    expect(page.locator(".comments-help")).to_be_visible()
    expect(page.locator(".comment")).to_contain_text(DECIDED)
    other = browse("/weather/", "gw-comments")
    expect(other.locator(".comment")).to_have_count(0)


def test_other_words_bring_no_lines(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")

    write(page, "This noise is killing me.", "Quiet Heron")

    said(page, "gw-comments", "Your comment is published.")
    expect(page.locator(".comments-help")).to_be_hidden()


def test_without_javascript_the_answer_is_the_help(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", java_script_enabled=False)

    page.get_by_label("Your comment").fill(DECIDED)
    page.get_by_label("Name").fill("Quiet Heron")
    page.locator(".comment-form [type=submit]").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("You are not alone with this")
    expect(page.get_by_role("link", name="116 123")).to_have_attribute("href", "tel:116123")
    expect(page.get_by_role("main")).to_contain_text("Your comment has arrived and you did nothing wrong.")
    assert page.url.endswith("/comments")
    page.get_by_role("link", name="Back to the page").click()
    expect(page.get_by_role("heading", level=2, name="Comments")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(DECIDED)
