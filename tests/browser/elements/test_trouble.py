"""Every act while the function is slow, failing, dead or out of reach: said in words, nothing lost, nothing sent twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.elements.conftest import COME_NEAR, OpenPage, kept, said
from tests.browser.elements.test_states import WEATHER, wake_all, whole_page
from tests.browser.elements.village import Village, poll, thread

FAILED = "This did not work, and nothing was changed. Please try again a little later."
Act = Callable[[Page], None]


def vote(page: Page) -> None:
    page.get_by_label("Often").first.check()
    page.get_by_role("button", name="Vote").first.click()


def react(page: Page) -> None:
    page.locator("gw-reactions button").first.click()


def react_to_a_comment(page: Page) -> None:
    page.locator(".comment button[data-act=react]").first.click()


def write(page: Page) -> None:
    page.get_by_label("Your comment").fill("Rain.")
    page.get_by_label("The name to show").fill("Quiet Heron")
    page.locator("#page-comment-form [type=submit]").click()


def flag(page: Page) -> None:
    page.get_by_text("Report", exact=True).first.click()
    page.locator(".comment-flag [type=submit]").first.click()


ACTS: list[tuple[Act, str, str]] = [
    (vote, "gw-poll", "Thank you. Your vote is counted. You can change it or take it back."),
    (react, "gw-reactions", ""),
    (react_to_a_comment, "gw-comments", ""),
    (write, "gw-comments", "Your comment is published."),
    (flag, "gw-comments", "Thank you. An editor will look at it."),
]
every_act = pytest.mark.parametrize(("act", "element", "done"), ACTS, ids=[one[0].__name__ for one in ACTS])


@every_act
def test_an_error_is_said_and_the_same_act_works_after_it(
    village: Village, browse: OpenPage, act: Act, element: str, done: str
) -> None:
    whole_page(village)
    page = browse("/weather/", "gw-comments")
    wake_all(page)
    village.trouble.status = 500
    act(page)
    said(page, element, FAILED)
    assert page.locator("[aria-pressed=true]").count() == 0
    village.trouble.status = 0

    if act is flag:
        page.locator(".comment-flag [type=submit]").first.click()
    else:
        act(page)

    said(page, element, done)


@every_act
def test_a_dead_function_leaves_the_page_whole(
    village: Village, browse: OpenPage, act: Act, element: str, done: str
) -> None:
    whole_page(village)
    page = browse("/weather/")
    page.route("**/api/**", lambda route: route.abort("connectionrefused"))
    wake_all(page)

    act(page)

    expect(page.locator(f"{element} .say").first).to_contain_text("There is no connection.")
    expect(page.locator(".comment")).to_have_count(2)
    expect(page.locator("gw-poll form")).to_have_count(2)


def test_a_page_in_the_functions_place_is_no_answer(village: Village, browse: OpenPage) -> None:
    """As the door page of a hotel's network answers, or a host that has a page for every address."""
    whole_page(village)
    page = browse("/weather/")
    page.route("**/api/**", lambda route: route.fulfill(body="<h1>Welcome</h1>", content_type="text/html"))
    wake_all(page)

    write(page)

    expect(page.locator("gw-comments .say").first).to_contain_text("There is no connection.")


def written(village: Village) -> list[str]:
    """What wrote at the function: not the question whether words are a plea, which keeps nothing."""
    return [line for line in village.trouble.asked if not line.startswith("GET") and line != "POST /help"]


@every_act
def test_a_slow_function_is_waited_for_and_asked_once(
    village: Village, browse: OpenPage, act: Act, element: str, done: str
) -> None:
    whole_page(village)
    page = browse("/weather/", "gw-comments")
    wake_all(page)
    before = len(written(village))
    village.hold()

    act(page)
    if act is write:
        page.locator("#page-comment-form [type=submit]").click()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        village.release()

    said(page, element, done)
    assert len(written(village)) == before + 1


def test_two_tabs_that_come_back_together_send_a_vote_once(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", poll("weather"), talk=thread("weather"))
    one = browse("/weather/", "gw-poll")
    other = browse("/weather/", "gw-poll", beside=one)
    one.context.set_offline(True)
    vote(one)
    expect(one.locator("gw-poll .say")).to_contain_text("There is no connection.")
    expect(other.get_by_label("Often")).to_be_checked()

    one.context.set_offline(False)

    said(one, "gw-poll", ACTS[0][2])
    expect(other.locator("[data-key=often] .bar-value")).to_have_text("100% (1)")
    assert village.voters(WEATHER) == 1
    assert "outbox" not in kept(one)["gatherwell"]


def test_a_draft_of_an_answer_comes_back_below_what_it_answers(village: Village, browse: OpenPage) -> None:
    whole_page(village)
    page = browse("/weather/", "gw-comments")
    page.get_by_role("button", name="Reply").first.click()
    page.get_by_label("Your comment").fill("Half a thought")

    page.reload()
    page.evaluate(COME_NEAR, "gw-comments")

    expect(page.get_by_role("heading", name="Reply to Neighbour 7")).to_be_visible()
    expect(page.get_by_label("Your comment")).to_have_value("Half a thought")


def test_a_comment_left_while_it_was_being_sent_is_there_again_and_told_of(
    village: Village, browse: OpenPage
) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    village.pages.raw("/nothing/", "")
    page = browse("/weather/", "gw-comments")
    village.hold()
    write(page)
    expect(page.locator(".comment-end .say")).to_have_text("Sending …")

    page.goto("/nothing/")
    village.release()
    page.goto("/weather/")
    page.evaluate(COME_NEAR, "gw-comments")

    expect(page.locator(".comment-end .say")).to_contain_text("Your comment was not sent yet.")
    expect(page.get_by_label("Your comment")).to_have_value("Rain.")
    page.locator("#page-comment-form [type=submit]").click()
    said(page, "gw-comments", "Your comment is published.")
    expect(page.locator(".comment > .comment-text")).to_have_text("Rain.")
    assert "drafts" not in kept(page)["gatherwell"]


def test_leaving_the_page_ends_the_proof_of_work(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    village.pages.raw("/nothing/", "")
    page = browse("/weather/", "gw-comments")
    village.hold()
    with page.expect_worker() as started:
        page.get_by_label("Your comment").press_sequentially("R")

    # The browser reports the end of a worker on its own time: the event is awaited, not looked for.
    with started.value.expect_event("close"):
        page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")

    page.wait_for_function("() => document.querySelector('gw-comments').proof === null")
    assert page.workers == []


def test_a_flag_by_keyboard_alone(village: Village, browse: OpenPage) -> None:
    whole_page(village)
    page = browse("/weather/", "gw-comments")
    page.locator(".comment-flag summary").first.focus()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    said(page, "gw-comments", "Thank you. An editor will look at it.")
    expect(page.locator(".comments-line")).to_be_focused()


def test_withdrawing_by_keyboard_alone(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    write(page)
    said(page, "gw-comments", "Your comment is published.")

    page.get_by_role("button", name="Withdraw").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")

    said(page, "gw-comments", "Withdrawn")
    expect(page.locator(".comment")).to_have_count(0)
    expect(page.locator(".comments-line")).to_be_focused()
