"""Being told that somebody answered: asked for by a tick, once a day, by a dot; and a private feed, made by a press."""

from __future__ import annotations

import httpx
from playwright.sync_api import Page, Request, expect

from tests.axe import run_axe
from tests.browser.elements.conftest import COME_NEAR, OpenPage, kept, said
from tests.browser.elements.village import Village, thread

MARK = "There is news for you"
TICK = "Tell me here when somebody answers"


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
            if headers.keys() & {"gatherwell-key", "gatherwell-news"}:
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


def test_without_the_tick_nothing_is_asked_and_without_a_key_nothing_has_one(
    village: Village, browse: OpenPage
) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    asked = Asked(page)
    opened(page, "/weather/")
    assert all("gatherwell-key" not in headers for _, headers in asked.take())

    write(page, "Rain every time.", tick=False)
    opened(page, "/weather/")

    assert asked.news() == []
    assert "news" not in kept(page)["gatherwell"]


def test_who_ticks_is_told_once_a_day_by_a_dot_and_ends_it_again(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    village.pages.page("/elsewhere/", talk=thread("over"))
    village.pages.you()
    page = browse("/weather/", "gw-comments")
    asked = Asked(page)
    with page.expect_response("**/api/v1/news") as told:
        write(page, "Rain every time.", tick=True)
    expect(page.get_by_label(TICK)).not_to_be_checked()
    [own] = kept(page)["gatherwell"]["mine"]
    news = kept(page)["gatherwell"]["news"]
    assert told.value.request.post_data_json == {"comment": own}
    [(act, headers)] = asked.news()
    assert (act, headers["gatherwell-news"]) == ("POST /news", news["token"])
    assert news["token"] != kept(page)["gatherwell"]["key"]

    answer = village.member().write("migraine~weather", "Here too.", "Neighbour", own)
    village.approve(answer)
    opened(page, "/elsewhere/")

    [(act, headers)] = asked.news()
    assert (act, headers["gatherwell-news"]) == ("GET /news", f"{news['token']} 0")
    assert "gatherwell-key" not in headers
    dot = page.get_by_role("link", name=MARK)
    expect(dot).to_be_visible()
    expect(dot).to_have_text("")
    assert [one["id"] for one in run_axe(page).response["violations"]] == []
    opened(page, "/elsewhere/")
    expect(dot).to_be_visible()
    assert asked.news() == []

    dot.click()
    found = page.locator(".you-news").get_by_role("link")
    expect(found).to_have_attribute("href", f"/weather/#c-{answer}")
    opened(page, "/weather/")
    expect(page.get_by_role("link", name=MARK)).to_have_count(0)
    assert asked.news() == []

    opened(page, "/you/")
    page.get_by_role("button", name="Make the feed").click()
    address = page.get_by_label("The address of your feed")
    expect(address).to_have_value(f"{village.origin}{kept(page)['gatherwell']['news']['feed']}")
    feed = address.input_value()
    assert httpx.get(feed).text.count("<entry>") == 1
    assert news["token"] not in feed
    assert [one["id"] for one in run_axe(page).response["violations"]] == []
    page.get_by_role("button", name="Tell me no more").click()
    said(page, "gw-news", "This device asks no more, and what was kept for it is deleted.")
    assert httpx.get(feed).status_code == 404
    assert "news" not in kept(page)["gatherwell"]
    asked.take()
    opened(page, "/weather/")
    assert asked.news() == []


def test_a_tick_that_did_not_reach_the_function_does_so_later(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    page.context.route("**/api/v1/news", lambda route: route.abort())
    with page.expect_request("**/api/v1/news"):
        write(page, "Rain every time.", tick=True)
    page.context.unroute_all()

    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.url.endswith("/news")):
        page.reload()

    page.wait_for_function("() => !JSON.parse(localStorage.gatherwell).news.sends?.length")
