"""Being told that somebody answered: asked for by a tick, once a day, by a dot; and a private feed, made by a press."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Page, Request, expect

from tests.axe import run_axe
from tests.browser.elements.conftest import COME_NEAR, OpenPage, kept, said
from tests.browser.elements.village import Village, thread

MARK = "There is news for you"
KEYED = {"gatherwell-key", "gatherwell-news"}
TICK = "Tell me here when somebody answers"
ANOTHER_DAY = """() => {
  const all = JSON.parse(localStorage.gatherwell);
  all.news.day = "2000-01-01";
  localStorage.gatherwell = JSON.stringify(all);
}"""


class Asked:
    """Requests to the function as the browser sent them: method and path, headers."""

    def __init__(self, page: Page) -> None:
        self._requests: list[Request] = []
        page.on("request", lambda request: self._requests.append(request))

    def take(self) -> list[tuple[str, dict[str, str]]]:
        """Those since the last time; of each that every one of them kept the referrer to itself."""
        sent = [one for one in self._requests if "/api/v1/" in one.url]
        self._requests.clear()
        found = [(f"{one.method} {one.url.partition('/api/v1')[2]}", one.all_headers()) for one in sent]
        for _, headers in found:
            if headers.keys() & KEYED:
                assert headers.get("referer") is None
        return found

    def news(self) -> list[tuple[str, dict[str, str]]]:
        return [one for one in self.take() if one[0].partition(" ")[2].startswith("/news")]


def write(page: Page, text: str, *, tick: bool) -> None:
    page.evaluate(COME_NEAR, "gw-comments")
    page.get_by_label("Your comment").fill(text)
    page.get_by_label("The name to show").fill("Quiet Heron")
    box = page.get_by_label(TICK)
    expect(box).not_to_be_checked()
    if tick:
        box.check()
    page.get_by_role("button", name="Send", exact=True).last.click()
    said(page, "gw-comments", "Your comment is published.")


def opened(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")


def in_town(village: Village, browse: OpenPage) -> Page:
    """Before an article with a thread; there is another one, and the page of one's own contributions."""
    village.pages.page("/weather/", talk=thread("weather"))
    village.pages.page("/elsewhere/", space=1)
    village.pages.you()
    return browse("/weather/", "gw-comments")


def answered(village: Village, comment: str) -> str:
    """The id of an answer by somebody else, published."""
    answer = village.member().write("migraine~weather", "Here too.", "Neighbour", comment)
    village.approve(answer)
    return answer


def told(village: Village, browse: OpenPage) -> Page:
    """Somebody ticked, and was answered."""
    page = in_town(village, browse)
    with page.expect_response("**/api/v1/news"):
        write(page, "Rain every time.", tick=True)
    [own] = kept(page)["gatherwell"]["mine"]
    answered(village, own)
    return page


def test_without_the_tick_nothing_is_asked_and_without_a_key_nothing_has_one(
    village: Village, browse: OpenPage
) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    asked = Asked(page)
    opened(page, "/weather/")
    assert all(headers.keys().isdisjoint(KEYED) for _, headers in asked.take())

    write(page, "Rain every time.", tick=False)
    asked.take()
    opened(page, "/weather/")

    assert all(headers.keys().isdisjoint(KEYED) for _, headers in asked.take())
    assert "news" not in kept(page)["gatherwell"]


def test_who_ticks_is_told_once_a_day_by_a_dot_and_ends_it_again(village: Village, browse: OpenPage) -> None:
    page = in_town(village, browse)
    asked = Asked(page)
    with page.expect_response("**/api/v1/news") as answer_of_tick:
        write(page, "Rain every time.", tick=True)
    expect(page.get_by_label(TICK)).not_to_be_checked()
    [own] = kept(page)["gatherwell"]["mine"]
    news = kept(page)["gatherwell"]["news"]
    assert answer_of_tick.value.request.post_data_json == {"comment": own}
    [(act, headers)] = asked.news()
    assert (act, headers["gatherwell-news"]) == ("POST /news", news["token"])
    assert news["token"] != kept(page)["gatherwell"]["key"]

    answer = answered(village, own)
    with page.expect_response("**/api/v1/news"):
        page.goto("/elsewhere/")
    [(act, headers)] = asked.news()
    assert (act, headers["gatherwell-news"]) == ("GET /news", f"{news['token']} 0")
    assert "gatherwell-key" not in headers
    dot = page.get_by_role("link", name=MARK)
    expect(dot).to_have_text("")
    opened(page, "/elsewhere/")
    expect(dot).to_be_visible()
    assert asked.news() == []

    dot.click()
    found = page.locator(".you-news").get_by_role("link")
    expect(found).to_have_attribute("href", f"/weather/#c-{answer}")
    page.get_by_role("button", name="Tell me no more").click()
    said(page, "gw-news", "This device asks no more, and what was kept for it is deleted.")
    assert "news" not in kept(page)["gatherwell"]
    asked.take()
    opened(page, "/weather/")
    expect(dot).to_have_count(0)
    assert asked.news() == []


@pytest.mark.long
def test_what_ones_own_page_has_shown_is_news_no_more(village: Village, browse: OpenPage) -> None:
    page = told(village, browse)
    page.goto("/elsewhere/")
    expect(page.get_by_role("link", name=MARK)).to_be_visible()

    page.goto("/you/")
    page.wait_for_function("() => JSON.parse(localStorage.gatherwell).news.since")
    page.evaluate(ANOTHER_DAY)
    with page.expect_response("**/api/v1/news") as asked:
        page.goto("/elsewhere/")

    assert asked.value.json() == {"news": 0}
    expect(page.get_by_role("link", name=MARK)).to_have_count(0)


def test_a_private_feed_is_made_by_a_press_and_ended_by_another(village: Village, browse: OpenPage) -> None:
    page = told(village, browse)
    page.goto("/you/")
    page.get_by_role("button", name="Make the feed").click()
    address = page.get_by_label("The address of your feed")
    expect(address).to_be_focused()
    news = kept(page)["gatherwell"]["news"]

    assert address.input_value() == f"{village.origin}{news['feed']}"
    assert news["token"] not in news["feed"]
    assert httpx.get(address.input_value()).text.count("<entry>") == 1
    page.get_by_role("button", name="End the feed").click()
    said(page, "gw-news", "The feed has ended. Its address leads nowhere any more.")
    assert httpx.get(f"{village.origin}{news['feed']}").status_code == 404
    assert "feed" not in kept(page)["gatherwell"]["news"]


@pytest.mark.long
def test_without_scripts_there_is_no_tick(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", java_script_enabled=False)

    expect(page.get_by_label("Your comment")).to_be_visible()
    expect(page.get_by_label(TICK)).to_be_hidden()


@pytest.mark.long
def test_the_dot_and_the_page_that_ends_it_have_no_fault(village: Village, browse: OpenPage) -> None:
    page = told(village, browse)
    for path, shown in (("/elsewhere/", ".news-mark"), ("/you/", ".news-on")):
        page.goto(path)
        expect(page.locator(shown)).to_be_visible()
        assert [one["id"] for one in run_axe(page).response["violations"]] == []


@pytest.mark.long
def test_a_tick_that_did_not_reach_the_function_does_so_later(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    page.context.route("**/api/v1/news", lambda route: route.abort())
    with page.expect_request("**/api/v1/news"):
        write(page, "Rain every time.", tick=True)
    page.context.unroute_all()

    with page.expect_response(
        lambda answer: answer.request.method == "POST" and answer.url.endswith("/news")
    ):
        page.reload()

    page.wait_for_function("() => !JSON.parse(localStorage.gatherwell).news.sends?.length")
