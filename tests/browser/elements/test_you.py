"""The page of one's own contributions: seen, copied, taken back, erased, carried along."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.elements.conftest import COME_NEAR, OpenPage, kept, said
from tests.browser.elements.village import Village, poll, thread

WEATHER = "migraine~weather"


def contribute(village: Village, browse: OpenPage) -> Page:
    """A member who has voted, reacted and commented, on their own page now."""
    village.pages.page("/weather/", poll("weather"), talk=thread("weather"))
    village.pages.you()
    page = browse("/weather/", "gw-poll")
    page.get_by_label("Often").check()
    page.get_by_role("button", name="Vote").click()
    expect(page.locator("gw-poll .say")).to_contain_text("Thank you")
    page.get_by_role("button", name="Me too").scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('gw-reactions').started")
    with page.expect_response("**/reactions"):
        page.get_by_role("button", name="Me too").click()
    page.get_by_label("Your comment").fill("Rain.")
    page.get_by_label("The name to show").fill("Quiet Heron")
    page.get_by_role("button", name="Send", exact=True).last.click()
    said(page, "gw-comments", "Your comment is published.")
    page.goto("/you/")
    expect(page.locator(".you-one")).to_have_count(3)
    return page


def test_ones_own_contributions_are_listed_with_their_places(village: Village, browse: OpenPage) -> None:
    page = contribute(village, browse)

    expect(page.get_by_role("link", name="A question about weather?")).to_have_attribute(
        "href", "/weather/#poll-weather"
    )
    expect(page.locator(".you-votes p")).to_have_text("Often")
    expect(page.locator(".you-reactions p")).to_have_text("Me too")
    expect(page.locator(".you-comments .comment-text")).to_have_text("Rain.")


def test_single_things_are_taken_back(village: Village, browse: OpenPage) -> None:
    page = contribute(village, browse)

    page.locator(".you-votes").get_by_role("button").click()
    expect(page.locator(".you-votes")).to_be_hidden()
    page.locator(".you-reactions").get_by_role("button").click()
    expect(page.locator(".you-reactions")).to_be_hidden()
    page.locator(".you-comments").get_by_role("button").click()
    expect(page.locator(".you-comments")).to_be_hidden()

    assert village.voters(WEATHER) == 0
    assert village.do(village.store.counts([WEATHER]))[WEATHER].comments == 0


def test_a_copy_is_kept_as_json(village: Village, browse: OpenPage) -> None:
    page = contribute(village, browse)

    with page.expect_download() as download:
        page.get_by_role("button", name="Keep a copy").click()

    document = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert [vote["poll"] for vote in document["votes"]] == [WEATHER]
    assert [comment["text"] for comment in document["comments"]] == ["Rain."]


def test_erasing_takes_the_key_and_the_rows(village: Village, browse: OpenPage) -> None:
    page = contribute(village, browse)

    page.get_by_role("button", name="Erase all of it").click()
    page.get_by_role("button", name="Yes, erase all of it").click()

    said(
        page,
        "gw-you",
        "All of it is erased, and this browser keeps nothing any more. Of a pseudonym that was public a scrambled form and the "
        "month stay for twelve months, so that nobody passes for you.",
    )
    expect(page.locator(".you-none")).to_be_visible()
    assert kept(page) == {}
    assert village.voters(WEATHER) == 0
    counts = village.do(village.store.counts([WEATHER]))[WEATHER]
    assert (counts.comments, sum(counts.reactions.values())) == (0, 0)


def test_the_recovery_phrase_carries_the_name_to_another_device(village: Village, browse: OpenPage) -> None:
    page = contribute(village, browse)
    page.get_by_text("Show my recovery phrase").click()
    phrase = page.locator(".you-phrase").inner_text()
    assert len(phrase.split()) == 9

    other = browse("/you/", "gw-you")
    expect(other.locator(".you-none")).to_be_visible()
    other.get_by_text("I have a recovery phrase").click()
    other.get_by_label("Your nine words").fill(phrase[:-1] + ("b" if phrase[-1] != "b" else "d"))
    other.get_by_role("button", name="Continue with it").click()
    said(other, "gw-you", "Something in these words is not right. Please look at each letter.")
    other.get_by_label("Your nine words").fill(phrase.upper().replace(" ", " - "))
    other.get_by_role("button", name="Continue with it").click()

    expect(other.locator(".you-one")).to_have_count(3)
    assert kept(other)["gatherwell"]["key"] == kept(page)["gatherwell"]["key"]
    other.goto("/weather/")
    other.evaluate(COME_NEAR, "gw-comments")
    expect(other.get_by_label("Often")).to_be_checked()
    expect(other.get_by_label("The name to show")).to_have_value("Quiet Heron")


def test_any_key_has_a_phrase_that_leads_back(village: Village, browse: OpenPage) -> None:
    village.pages.you()
    page = browse("/you/", "gw-you")

    wrong = page.evaluate(
        """async (url) => {
          const { phraseOf, keyOf } = await import(url);
          let seed = 7; // the same keys each time: one in some 30,000 phrases passes its check with two words swapped
          const byte = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) >>> 24;
          const random = () => Array.from({ length: 16 }, () => byte().toString(16).padStart(2, "0")).join("");
          const keys = ["0".repeat(32), "f".repeat(32), ...Array.from({ length: 2000 }, random)];
          const swapped = (words) => [words[1], words[0], ...words.slice(2)].join(" ");
          return keys.filter((key) => keyOf(phraseOf(key)) !== key).length
            + keys.slice(2).filter((key) => keyOf(swapped(phraseOf(key).split(" "))) !== "").length
            + ["", "a b c", "lusab", "lusab ".repeat(9), "lusab ".repeat(40), "ñandú ".repeat(9)].filter(keyOf).length;
        }""",
        village.pages.asset("elements/you.js"),
    )

    assert wrong == 0


def test_erasing_without_javascript(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", poll("weather"))
    village.pages.you()
    page = browse("/weather/", java_script_enabled=False)
    page.get_by_label("Often").check()
    page.get_by_role("button", name="Vote").click()
    assert village.voters(WEATHER) == 1
    page.goto("/you/")

    page.get_by_role("button", name="Erase all of it").click()

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert village.voters(WEATHER) == 0
    assert page.context.cookies() == []


def test_a_slow_answer_is_told_of_and_can_be_asked_for_again(village: Village, browse: OpenPage) -> None:
    village.pages.you()
    page = browse("/you/")
    page.evaluate("() => localStorage.setItem('gatherwell', JSON.stringify({ key: '0'.repeat(32) }))")
    page.clock.install()
    village.hold()
    page.reload()
    page.wait_for_function("() => document.querySelector('gw-you').started")
    waits = page.locator("gw-you .you-waits")
    page.clock.run_for(600)
    expect(waits).to_have_text("Loading what you contributed …")
    page.clock.run_for(8_000)
    again = page.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    again.click()
    expect(waits).to_have_text("Loading what you contributed …")
    village.release()
    expect(waits).to_be_empty()
    expect(again).to_be_hidden()
