"""A private answer on the device of its writer: shown after a press, kept nowhere, gone with the page."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.axe import run_axe
from tests.browser.elements.conftest import OpenPage, kept, said
from tests.browser.elements.village import Village, thread
from widgets.function.text.private_answers import PrivateAnswer, keep_answer
from widgets.store.desk_records import AuditEntry
from widgets.store.interface import CommentChange

WORDS = "I have read every word, zugzwang."


def test_it_is_read_in_the_thread_and_among_ones_own_and_nowhere_else(
    village: Village, browse: OpenPage
) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    village.pages.you()
    page = browse("/weather/", "gw-comments")
    page.get_by_label("Your comment").fill("I am going to end my life tonight.")
    page.get_by_label("The name to show").fill("Quiet Heron")
    page.get_by_role("button", name="Send", exact=True).last.click()
    expect(page.locator(".help-given")).to_be_visible()
    # Help stands there before the answer.
    page.wait_for_function("JSON.parse(localStorage.gatherwell ?? '{}').mine")
    [id_] = kept(page)["gatherwell"]["mine"]
    services = village.services
    answer = PrivateAnswer(WORDS, "Mo", "moderator", services.now())
    comment = village.do(services.store.comment(id_))
    entry = AuditEntry(services.new_id(), services.now(), "mo", "private-answer", id_)
    village.do(keep_answer(services, comment, answer, entry))
    page.reload()
    page.locator("gw-comments").scroll_into_view_if_needed()
    expect(page.locator(".comments-own")).to_be_visible()
    assert WORDS not in page.content()

    page.get_by_role("button", name="What became of mine?").click()
    told = page.locator(".answers")
    expect(told).to_contain_text(WORDS)
    expect(told.locator("a[href^='tel:']").first).to_be_visible()
    assert "zugzwang" not in str(kept(page))
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    expect(told).to_be_empty()

    page.goto("/you/")
    expect(page.locator(".answers")).to_contain_text(WORDS)
    with page.expect_response("**/read") as receipt:
        page.get_by_role("button", name="I have read it").click()
    assert receipt.value.status == 200
    expect(page.get_by_role("button", name="I have read it")).to_have_count(0)
    told_back = "You said that you have read it. Nothing else was told."
    said(page, "gw-you", told_back)
    expect(page.locator(".answers")).to_contain_text(told_back)
    assert "zugzwang" not in str(kept(page))

    village.reject(id_, "care")
    page.reload()
    expect(page.locator(".you-comments a[href^='tel:']").first).to_be_visible()
    page.goto("/weather/")
    page.locator("gw-comments").scroll_into_view_if_needed()
    page.get_by_role("button", name="What became of mine?").click()
    expect(page.locator(f"#c-{id_} a[href^='tel:']").first).to_be_visible()


async def decided_now(village: Village, id_: str) -> None:
    comment = await village.store.comment(id_)
    change = CommentChange(id_, comment.revision, {"decided": village.services.now()})
    await village.store.change_comment(change)


def test_another_look_is_asked_for_once_among_ones_own(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    village.pages.you()
    page = browse("/weather/", "gw-comments")
    page.get_by_label("Your comment").fill("Rain again.")
    page.get_by_label("The name to show").fill("Quiet Heron")
    page.get_by_role("button", name="Send", exact=True).last.click()
    said(page, "gw-comments", "Your comment is published.")
    [id_] = kept(page)["gatherwell"]["mine"]
    village.reject(id_, "off-topic")
    village.do(decided_now(village, id_))

    page.goto("/you/")
    expect(page.locator(".you-comments")).to_contain_text("A person read it and decided this on")
    page.get_by_label("Why it should be looked at again").fill("It was about the weather.")
    assert run_axe(page).violations_count == 0
    with page.expect_response("**/appeals") as answer:
        page.get_by_role("button", name="Ask for another look").click()
    assert answer.value.status == 202
    said(page, "gw-you", re.compile("What you wrote has arrived"))
    assert village.do(village.store.comment(id_)).held == ("appeal",)
    page.reload()
    expect(page.locator(".you-comments")).to_contain_text("You have asked that it is looked at again.")
    expect(page.get_by_label("Why it should be looked at again")).to_have_count(0)
