"""The tick about age, the way to leave at once, and the report of a mistake, with scripts and without."""

from __future__ import annotations

import re

from playwright.sync_api import Route, expect

from tests.browser.elements.conftest import OpenPage, said
from tests.browser.elements.test_comments import write
from tests.browser.elements.village import Village, thread
from widgets.function.pages.help_lines import AWAY
from widgets.function.text.mistakes import MISTAKE

OLD_ENOUGH = "young"  # a condition of the village that asks for 16


def test_the_tick_is_asked_for_and_keeps_no_plea_back(village: Village, browse: OpenPage) -> None:
    village.pages.page("/ages/", talk=thread("ages", OLD_ENOUGH, minimum_age=16))
    page = browse("/ages/", "gw-comments")
    tick = page.get_by_role("checkbox", name="I am 16 or older")

    write(page, "It helps me to rest.", "Quiet Heron")
    said(page, "gw-comments", "Please set the tick about your age, if it is true.")
    expect(tick).to_be_focused()
    tick.check()
    page.get_by_role("button", name="Send", exact=True).last.click()
    said(page, "gw-comments", "Your comment is published.")

    tick.uncheck()
    write(page, "I am going to kill myself tonight.")
    expect(page.locator(".comments-help")).to_be_focused()

    plain = browse("/ages/", java_script_enabled=False)
    write(plain, "I want to die. I am 13.", "Small Heron")
    expect(plain.get_by_role("heading", level=1)).to_have_text("You are not alone with this")


def test_a_page_about_abuse_is_left_at_once_and_not_come_back_to(village: Village, browse: OpenPage) -> None:
    village.pages.page("/before/")
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/before/", also=AWAY)
    page.goto("/weather/")
    page.locator("gw-comments").scroll_into_view_if_needed()
    asked: list[str] = []

    def neutral(route: Route) -> None:
        asked.append(route.request.header_value("referer") or "")
        route.fulfill(body="<title>Elsewhere</title>", content_type="text/html")

    page.route(f"{AWAY}**", neutral)
    write(page, "My husband beats me.", "Quiet Heron")
    box = page.locator(".comments-help")
    expect(box).to_contain_text("Somebody else may see this screen.")
    assert asked == []

    box.get_by_role("link", name="Leave this page now").click()

    expect(page).to_have_title("Elsewhere")
    assert asked == [""]
    page.go_back()
    expect(page).to_have_url(re.compile("/before/$"))


def test_a_mistake_is_reported_with_the_words_that_were_marked(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"), tools=True)
    page = browse("/weather/")
    words = page.evaluate(
        """() => {
          const first = document.querySelector("#page-text p");
          getSelection().selectAllChildren(first);
          return first.textContent.trim();
        }"""
    )

    opens = page.get_by_text("Report a mistake on this page")
    opens.hover()
    opens.click()
    expect(page.get_by_label("Which words?")).to_have_value(words)
    page.get_by_label("What is wrong").fill("It rained on Tuesday.")
    page.get_by_role("button", name="Send to the editors").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for telling us")
    plain = browse("/weather/", java_script_enabled=False)
    plain.get_by_text("Report a mistake on this page").click()
    plain.get_by_label("Which words?").fill("Snow")
    plain.get_by_label("What is wrong").fill("There was none.")
    plain.get_by_role("button", name="Send to the editors").click()
    plain.get_by_role("link", name="Back to the page").click()
    expect(plain).to_have_url(re.compile("/weather/$"))
    assert page.context.cookies() + plain.context.cookies() == []
    rows = village.do(village.store.desk_rows(MISTAKE))
    assert sorted((row.value["passage"], row.value["text"]) for row in rows) == sorted(
        [(words, "It rained on Tuesday."), ("Snow", "There was none.")]
    )
