"""Polls in the page: voted on, changed, taken back, closed, and through every kind of trouble."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.elements.conftest import OpenPage, kept, said
from tests.browser.elements.village import Village, poll
from widgets.function.strings import phrase
from widgets.rules.limits import Limit

WEATHER = "migraine~weather"
THANKS = "Thank you. Your vote is counted. You can change it or take it back."


def vote(page: Page, *labels: str) -> None:
    for label in labels:
        page.get_by_label(label).check()
    page.get_by_role("button", name="Vote").click()


def test_a_vote_is_counted_shown_and_kept_under_one_key(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", poll("weather", counts=(1, 2, 1)))
    village.member().vote(WEATHER, "often")
    page = browse("/weather/", "gw-poll")
    expect(page.locator(".bars-note")).to_have_text("1 person who chose to answer.")

    vote(page, "Never")

    said(page, "gw-poll", THANKS)
    expect(page.locator("[data-key=never] .bar-value")).to_have_text("50% (1)")
    expect(page.locator(".bars-note")).to_have_text("2 people who chose to answer.")
    entries = kept(page)
    assert list(entries) == ["gatherwell"]
    assert len(entries["gatherwell"]["key"]) == 32
    assert village.voters(WEATHER) == 2


def test_a_poll_keeps_no_empty_place_and_moves_nothing_when_it_speaks(
    village: Village, browse: OpenPage
) -> None:
    village.pages.page("/weather/", poll("weather"))
    page = browse("/weather/", "gw-poll")
    places = """() => ['.poll-privacy', '.poll-answer'].map((name) => {
      const { top, bottom } = document.querySelector(name).getBoundingClientRect();
      return name === '.poll-answer' ? top : bottom;
    })"""
    before = page.evaluate(places)

    page.get_by_label("Often").check()
    page.get_by_role("button", name="Vote").click()
    said(page, "gw-poll", "Thank you. Your vote is counted. You can change it or take it back.")

    assert before[1] - before[0] < 30
    assert page.evaluate(places) == before


def test_a_vote_is_changed_and_taken_back(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", poll("weather"))
    page = browse("/weather/", "gw-poll")
    vote(page, "Often")
    said(page, "gw-poll", THANKS)
    page.reload()
    expect(page.get_by_label("Often")).to_be_checked()

    vote(page, "Never")
    expect(page.locator("[data-key=never] .bar-value")).to_have_text("100% (1)")
    said(page, "gw-poll", THANKS)
    page.get_by_role("button", name="Take it back").click()

    said(page, "gw-poll", "Your vote is taken back.")
    expect(page.get_by_label("Never")).not_to_be_checked()
    expect(page.get_by_role("button", name="Take it back")).to_be_hidden()
    assert village.voters(WEATHER) == 0


def test_several_choices_keep_to_their_bounds(village: Village, browse: OpenPage) -> None:
    village.pages.page("/many/", poll("many", multiple=True, maximum=2))
    page = browse("/many/", "gw-poll")

    vote(page, "Often", "Sometimes", "Never")
    said(page, "gw-poll", "Choose 1 to 2 answers.")
    page.get_by_label("Never").uncheck()
    vote(page)

    said(page, "gw-poll", THANKS)
    expect(page.locator("[data-key=often] .bar-value")).to_have_text("100% (1)")


def test_results_for_voters_show_with_the_vote(village: Village, browse: OpenPage) -> None:
    village.pages.page("/later/", poll("later", results="after-vote"))
    page = browse("/later/", "gw-poll")
    expect(page.locator(".poll-later")).to_have_text("The results show once you have voted.")
    expect(page.locator(".poll-answer")).to_be_hidden()

    vote(page, "Sometimes")

    expect(page.locator("[data-key=sometimes] .bar-value")).to_have_text("100% (1)")
    expect(page.locator(".poll-later")).to_have_count(0)


def test_results_on_closing_stay_hidden_after_a_vote(village: Village, browse: OpenPage) -> None:
    village.pages.page("/hidden/", poll("hidden", results="on-close"))
    page = browse("/hidden/", "gw-poll")

    vote(page, "Sometimes")

    said(page, "gw-poll", THANKS)
    expect(page.locator(".poll-answer")).to_be_hidden()


def test_a_sensitive_poll_tells_nothing_of_a_single_vote(village: Village, browse: OpenPage) -> None:
    village.pages.page("/tender/", poll("tender", sensitive=True))
    page = browse("/tender/", "gw-poll")

    vote(page, "Sometimes")

    said(page, "gw-poll", phrase("en", "voted-sensitive-open"))
    expect(page.locator("[data-key=sometimes] .bar-value")).to_have_text("0% (0)")


def test_a_poll_that_closed_since_the_build_closes_in_the_page(village: Village, browse: OpenPage) -> None:
    village.pages.page("/over/", poll("over"))
    page = browse("/over/", "gw-poll")

    said(page, "gw-poll", "This poll is closed.")
    expect(page.get_by_role("button", name="Vote")).to_be_disabled()
    expect(page.get_by_label("Often")).to_be_disabled()


def test_a_page_older_than_its_poll_is_told_to_reload(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", poll("weather", version=7, counts=(1, 0, 0)))
    page = browse("/weather/", "gw-poll")

    vote(page, "Never")

    said(page, "gw-poll", "This page has changed meanwhile. Please load it again.")
    expect(page.get_by_label("Never")).not_to_be_checked()


def test_a_first_vote_shows_while_its_proof_is_being_solved(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", poll("weather"))
    page = browse("/weather/", "gw-poll")
    solver: list[Route] = []

    def hold(route: Route) -> None:
        solver.append(route)

    page.context.route("**/worker.js", hold)

    with page.expect_request("**/worker.js"):
        vote(page, "Never")
    expect(page.locator("[data-key=never] .bar-value")).to_have_text("100% (1)")
    said(page, "gw-poll", "Sending …")
    assert village.voters(WEATHER) == 0
    solver.pop().continue_()

    said(page, "gw-poll", THANKS)
    assert village.voters(WEATHER) == 1


def test_a_first_vote_is_refused_by_nothing_and_its_puzzle_knows_no_device(
    village: Village, browse: OpenPage
) -> None:
    village.pages.page("/weather/", poll("weather"))
    page = browse("/weather/", "gw-poll")
    refused: list[int] = []
    asked: list[Request] = []
    page.on("response", lambda answer: refused.append(answer.status) if answer.status >= 400 else None)
    page.on("request", lambda request: asked.append(request) if "/challenge" in request.url else None)

    for choice in ("Never", "Often"):
        vote(page, choice)
        said(page, "gw-poll", THANKS)

    assert refused == []
    (puzzle,) = asked
    assert puzzle.url.endswith("/challenge?for=vote")
    assert "gatherwell-key" not in puzzle.all_headers()
    assert "referer" not in puzzle.all_headers()


def test_a_vote_that_this_device_has_forgotten_is_asked_for_its_proof_again(
    village: Village, browse: OpenPage
) -> None:
    village.pages.page("/weather/", poll("weather"))
    page = browse("/weather/", "gw-poll")
    page.route("**/challenge?for=vote", lambda route: route.abort())

    vote(page, "Never")

    said(page, "gw-poll", THANKS)
    assert village.voters(WEATHER) == 1


def test_a_vote_shows_at_once_and_is_undone_in_words_when_refused(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", poll("weather"))
    village.member().vote(WEATHER, "often")
    page = browse("/weather/", "gw-poll")
    expect(page.locator("[data-key=often] .bar-value")).to_have_text("100% (1)")
    village.hold()

    vote(page, "Never")
    expect(page.locator("[data-key=never] .bar-value")).to_have_text("50% (1)")
    said(page, "gw-poll", "Sending …")
    village.trouble.status = 500
    village.release()

    said(page, "gw-poll", "This did not work, and nothing was changed. Please try again a little later.")
    expect(page.locator("[data-key=never] .bar-value")).to_have_text("0% (0)")
    expect(page.get_by_label("Never")).not_to_be_checked()
    assert "polls" not in kept(page)["gatherwell"]


def test_too_many_at_once_says_how_long_to_wait(
    village: Village, browse: OpenPage, tmp_path_factory: pytest.TempPathFactory
) -> None:
    village.close()
    village.open(tmp_path_factory.mktemp("limited"), limits={"vote": (Limit(1, 3_600),)})
    village.pages.page("/weather/", poll("weather"))
    page = browse("/weather/", "gw-poll")
    vote(page, "Often")
    said(page, "gw-poll", THANKS)

    vote(page, "Never")

    expect(page.locator("gw-poll .say")).to_contain_text("That was a lot at once. Please try again in")
    expect(page.get_by_label("Often")).to_be_checked()


def test_a_vote_cast_offline_is_kept_and_sent_once(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", poll("weather"))
    page = browse("/weather/", "gw-poll")
    expect(page.locator(".bars-note")).to_have_text("0 people who chose to answer.")
    page.context.set_offline(True)

    vote(page, "Never")
    said(page, "gw-poll", "There is no connection. This browser keeps it and sends it as soon as it can.")
    expect(page.get_by_label("Never")).to_be_checked()
    assert village.voters(WEATHER) == 0
    page.context.set_offline(False)

    said(page, "gw-poll", THANKS)
    assert village.voters(WEATHER) == 1
    assert village.trouble.asked.count("POST /polls/migraine~weather/votes") == 1
    assert "outbox" not in kept(page)["gatherwell"]


def test_a_vote_left_waiting_is_sent_by_the_next_page(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", poll("weather"))
    village.pages.page("/many/", poll("many", multiple=True, maximum=2))
    page = browse("/weather/", "gw-poll")
    page.route("**/votes", lambda route: route.abort())
    vote(page, "Never")
    said(page, "gw-poll", "There is no connection. This browser keeps it and sends it as soon as it can.")
    page.unroute_all()

    with page.expect_response(lambda answer: answer.url.endswith("/votes") and answer.ok):
        page.goto("/many/")

    page.goto("/weather/")
    expect(page.get_by_label("Never")).to_be_checked()
    assert village.voters(WEATHER) == 1


def test_two_tabs_show_the_same_vote(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", poll("weather"))
    one = browse("/weather/", "gw-poll")
    other = browse("/weather/", "gw-poll", beside=one)

    vote(one, "Often")
    expect(other.get_by_label("Often")).to_be_checked()
    expect(other.locator("[data-key=often] .bar-value")).to_have_text("100% (1)")
    vote(other, "Never")

    expect(one.get_by_label("Never")).to_be_checked()
    said(other, "gw-poll", THANKS)
    assert village.voters(WEATHER) == 1


def test_going_back_shows_what_was_changed_meanwhile(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", poll("weather"))
    village.pages.you()
    page = browse("/weather/", "gw-poll")
    vote(page, "Often")
    said(page, "gw-poll", THANKS)
    page.goto("/you/")
    page.locator(".you-votes").get_by_role("button", name="Take it back").click()
    expect(page.locator(".you-votes")).to_be_hidden()

    page.go_back()

    expect(page.get_by_label("Often")).not_to_be_checked()
    expect(page.locator("[data-key=often] .bar-value")).to_have_text("0% (0)")


def test_a_vote_by_keyboard_alone(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", poll("weather"))
    page = browse("/weather/", "gw-poll")

    page.locator("#poll-weather input[value=often]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Vote")).to_be_focused()
    page.keyboard.press("Enter")
    said(page, "gw-poll", THANKS)
    expect(page.get_by_role("button", name="Vote")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")

    said(page, "gw-poll", "Your vote is taken back.")


def test_a_vote_without_javascript(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", poll("weather", counts=(3, 1, 0)))
    page = browse("/weather/", java_script_enabled=False)
    expect(page.locator("[data-key=often] .bar-value")).to_have_text("75% (3)")

    vote(page, "Never")

    expect(page.get_by_role("heading", level=1)).to_have_text("Your vote is counted")
    page.get_by_role("link", name="Back to the page").click()
    expect(page.locator("#poll-weather")).to_be_visible()
    assert village.voters(WEATHER) == 1


def test_a_page_without_a_function_is_complete_and_silent(village: Village, browse: OpenPage) -> None:
    village.pages.page("/alone/", poll("weather", action="", counts=(3, 1, 0)), endpoint="")
    page = browse("/alone/")

    expect(page.locator("[data-key=often] .bar-value")).to_have_text("75% (3)")
    expect(page.get_by_role("button", name="Vote")).to_have_count(0)
    assert village.trouble.asked == []
