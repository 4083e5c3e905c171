"""What a reader meets on a first visit: comments at once, links that lead there, help that can be seen, nothing that tells."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.elements.conftest import COME_NEAR, OpenPage, kept, said
from tests.browser.elements.test_comments import WEATHER, baked, publish, texts, write
from tests.browser.elements.village import Village, poll, thread
from widgets.function.state.settings import ProofSettings

HELD = "Only you can see this until an editor has read it."
IN_SIGHT = {"width": 390, "height": 1600}


def keyed(page: Page) -> list[Request]:
    """From now on: every request that carries the device key."""
    found: list[Request] = []
    page.on("request", lambda one: found.append(one) if "gatherwell-key" in one.headers else None)
    return found


def test_comments_stand_there_at_once_even_where_they_are_in_sight(
    village: Village, browse: OpenPage
) -> None:
    publish(village, "One.")
    village.pages.page("/weather/", talk=thread("weather", count=1), space=0)

    page = browse("/weather/", "gw-comments", viewport=IN_SIGHT)

    expect(page.locator(".comment > .comment-text")).to_have_text("One.")
    expect(page.get_by_role("button", name="Show", exact=True)).to_be_hidden()


def test_what_was_written_since_the_build_stands_there_too(village: Village, browse: OpenPage) -> None:
    first = publish(village, "One.")
    publish(village, "Two.", number=8)
    talk = thread("weather", baked=(baked(first, "One."),))
    village.pages.page("/weather/", talk=talk, space=0)

    page = browse("/weather/", "gw-comments", viewport=IN_SIGHT)

    expect(page.locator(".comment")).to_have_count(2)
    assert texts(page) == ["One.", "Two."]


@pytest.mark.parametrize("in_page", [False, True], ids=["not baked", "baked"])
def test_a_link_to_a_comment_leads_to_it(village: Village, browse: OpenPage, in_page: bool) -> None:
    ids = [publish(village, f"Number {at}.", number=at) for at in range(1, 5)]
    some = tuple(baked(one, f"Number {at}.") for at, one in enumerate(ids, 1)) if in_page else ()
    village.pages.page("/weather/", talk=thread("weather", baked=some))

    page = browse(f"/weather/#c-{ids[3]}")

    page.wait_for_function("() => document.querySelector('gw-comments').started")
    expect(page.locator(f"#c-{ids[3]}:target")).to_be_in_viewport()


def test_a_link_to_a_comment_followed_within_the_page_leads_to_it(village: Village, browse: OpenPage) -> None:
    comment = publish(village, "One.")
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/")

    page.evaluate("(id) => { location.hash = `c-${id}`; }", comment)

    expect(page.locator(f"#c-{comment}:target")).to_be_in_viewport()


def test_an_empty_thread_says_that_nobody_has_written(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    empty = page.get_by_text("Nobody has written here yet. You may be the first.")
    expect(empty).to_be_visible()
    gap = page.evaluate(
        "() => document.querySelector('.comment-form').getBoundingClientRect().top"
        " - document.querySelector('.comments-empty').getBoundingClientRect().bottom"
    )
    assert gap < 40

    write(page, "I am.", "Quiet Heron")

    said(page, "gw-comments", "Your comment is published.")
    expect(empty).to_be_hidden()


def test_the_page_of_ones_own_is_linked_once_beside_the_forms_and_the_thread_has_its_feed(
    village: Village, browse: OpenPage
) -> None:
    village.pages.page("/weather/", poll("weather"), talk=thread("weather"))
    page = browse("/weather/", java_script_enabled=False)

    link = page.locator("main").get_by_role("link", name="See or take back what you contributed")
    expect(link).to_have_count(1)
    expect(link).to_have_attribute("href", "/you/")
    expect(page.locator("#page-comment-form a[href='/you/']")).to_have_count(1)
    feed = page.get_by_role("link", name="Follow these comments")
    expect(feed).to_have_attribute("href", f"/api/v1/threads/{WEATHER}/comments.atom")


def test_the_first_comment_is_refused_by_nothing(
    village: Village, browse: OpenPage, tmp_path_factory: pytest.TempPathFactory
) -> None:
    village.close()
    village.open(tmp_path_factory.mktemp("slow"), proof=ProofSettings(cost=10, most=3, min_seconds=2))
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    refused: list[int] = []
    page.on("response", lambda answer: refused.append(answer.status) if answer.status >= 400 else None)

    write(page, "Pasted at once.", "Quiet Heron")

    said(page, "gw-comments", "Your comment is published.")
    assert refused == []


def test_withdrawing_can_be_left(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    write(page, "Rain.", "Quiet Heron")
    said(page, "gw-comments", "Your comment is published.")

    page.get_by_role("button", name="Withdraw").click()
    page.get_by_role("button", name="Keep it").click()

    expect(page.get_by_role("button", name="Withdraw", exact=True)).to_be_focused()
    expect(page.get_by_role("button", name="Yes, withdraw it")).to_have_count(0)
    expect(page.locator(".comment")).to_contain_text("Rain.")
    page.get_by_role("button", name="Withdraw", exact=True).click()
    page.get_by_role("button", name="Yes, withdraw it").click()
    said(page, "gw-comments", "Withdrawn")


def test_the_question_about_personal_data_is_seen_and_focused(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments", viewport={"width": 360, "height": 560})

    write(page, "Call me on 020 7946 0958, in the evening." + "\nMore." * 40, "Quiet Heron")

    question = page.locator(".comments-line")
    expect(question).to_be_focused()
    expect(question.locator(".say")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Send it as it is")).to_be_in_viewport()


def test_a_note_stands_above_what_it_is_about(village: Village, browse: OpenPage) -> None:
    comment = publish(village, "Stop all your pills.")
    one = baked(comment, "Stop all your pills.")
    noted = type(one)(one.id, one.name, one.html, one.text, one.date, note_html="<p>Please do not.</p>")
    village.pages.page("/weather/", talk=thread("weather", baked=(noted,)))

    page = browse("/weather/", java_script_enabled=False)

    words = page.locator(".comment").inner_text()
    assert words.index("Please do not.") < words.index("Stop all your pills.")


def test_no_page_that_is_opened_sends_the_key(village: Village, browse: OpenPage) -> None:
    village.pages.page("/first/", poll("later", results="after-vote"), talk=thread("first", "ms"))
    page = browse("/first/", "gw-comments")
    page.locator("gw-poll").scroll_into_view_if_needed()
    page.get_by_label("Often").check()
    page.get_by_role("button", name="Vote").click()
    expect(page.locator("gw-poll .say")).to_contain_text("Thank you")
    write(page, "My first words here.", "Quiet Heron")
    said(page, "gw-comments", HELD)
    sent = keyed(page)

    page.reload()
    for name in ("gw-poll", "gw-reactions", "gw-comments"):
        page.evaluate(COME_NEAR, name)
        page.wait_for_function("(name) => document.querySelector(name).started", arg=name)
    expect(page.locator(".comment-state")).to_have_text(HELD)
    assert sent == []

    village.reject(page.locator(".comment").get_attribute("id")[2:])  # type: ignore[index]
    page.get_by_role("button", name="What became of mine?").click()

    expect(page.locator(".comment-state")).to_contain_text("decided not to publish this")
    page.get_by_role("button", name="Show the results").click()
    expect(page.locator("[data-key=often] .bar-value")).to_have_text("100% (1)")
    assert [one.method for one in sent] == ["POST", "POST"]
    assert ["referer" in one.all_headers() for one in sent] == [False, False]


def test_requests_with_the_key_name_no_page(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", poll("weather"), talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    sent = keyed(page)

    page.get_by_role("button", name="Me too").click()
    page.get_by_label("Often").check()
    page.get_by_role("button", name="Vote").click()
    write(page, "Rain.", "Quiet Heron")
    said(page, "gw-comments", "Your comment is published.")
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_role("button", name="Yes, withdraw it").click()
    said(page, "gw-comments", "Withdrawn")

    headers = [one.all_headers() for one in sent]
    assert len(headers) == 4
    assert [one.get("referer") for one in headers] == [None] * 4
    assert all(one.get("origin") == village.origin for one in headers)


def test_what_is_ones_own_reads_as_on_the_page(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", poll("weather"), talk=thread("weather"))
    village.pages.you()
    page = browse("/weather/", "gw-comments")
    page.get_by_label("Often").check()
    page.get_by_role("button", name="Vote").click()
    write(page, "Rain, **every** time.", "Quiet Heron")
    said(page, "gw-comments", "Your comment is published.")

    page.goto("/you/")

    expect(page.locator(".you-votes p")).to_have_text("Often")
    expect(page.locator(".you-comments .comment-text strong")).to_have_text("every")
    expect(page.locator(".you-comments")).not_to_contain_text("**")
    key = kept(page)["gatherwell"]["key"]
    elsewhere = browse("/you/", "gw-you")
    elsewhere.evaluate("(key) => localStorage.setItem('gatherwell', JSON.stringify({ key }))", key)
    elsewhere.reload()
    expect(elsewhere.locator(".you-votes p")).to_have_text("Often")
    expect(elsewhere.locator(".you-votes a")).to_have_attribute("href", "/weather/")


# Help


@pytest.mark.parametrize(
    ("locale", "near"),
    [
        ("en-US", ["American line", "Emergency", "A directory", "British line"]),
        ("en-GB", ["British line", "Second British line", "Emergency", "A directory"]),
        ("de", ["German line", "Emergency", "A directory", "American line"]),
        ("es-MX", ["Emergency", "A directory", "American line", "British line"]),
    ],
)
def test_lines_of_the_readers_own_country_come_first(
    village: Village, browse: OpenPage, locale: str, near: list[str]
) -> None:
    village.pages.page("/weather/")
    page = browse("/weather/", locale=locale)
    requests: list[str] = []
    page.on("request", lambda one: requests.append(one.url))

    page.locator("footer").get_by_role("button", name="If you need somebody now").click()

    box = page.get_by_role("dialog", name="If you need somebody now")
    expect(box.locator(".crisis > ul li")).to_have_count(4)
    shown = box.locator(".crisis > ul .crisis-name").all_inner_texts()
    assert [re.sub(" (United States|United Kingdom|Germany)$", "", name) for name in shown] == near
    expect(box.locator("details li").first).to_be_hidden()
    box.locator("summary").click()
    expect(box.locator("details li")).to_have_count(2)
    assert requests == []


def test_without_javascript_help_opens_as_well(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", java_script_enabled=False)

    page.locator("article.article").get_by_role("button", name="If you need somebody now").click()

    box = page.get_by_role("dialog", name="If you need somebody now")
    expect(box.get_by_role("link", name="112")).to_have_attribute("href", "tel:112")
    box.locator("summary").click()
    expect(box.get_by_role("link", name="Text 741741")).to_have_attribute("href", "sms:741741")


@pytest.mark.parametrize(
    ("locale", "first"), [("en-US", "American line"), ("en-GB", "British line"), ("es-MX", "Línea")]
)
def test_a_plea_is_answered_in_the_words_of_the_page_without_javascript(
    village: Village, browse: OpenPage, locale: str, first: str
) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    plain = browse("/weather/", java_script_enabled=False, locale=locale)
    write(plain, "I am going to kill myself tonight.", "Quiet Heron")
    words = [plain.get_by_role("heading", level=1).inner_text()]
    words += [plain.locator("main > p").nth(at).inner_text() for at in range(2)]
    page = browse("/weather/", "gw-comments", locale=locale)

    write(page, "I am going to kill myself tonight.", "Loud Heron")

    box = page.locator(".comments-help")
    expect(box).to_be_focused()
    for one in words:
        expect(box).to_contain_text(one)
    expect(box.locator(".crisis-name").first).to_have_text(first)
    expect(box.locator("> ul > li")).to_have_count(4)
    expect(box.locator("details li").first).to_be_hidden()
    box.locator("summary").click()
    expect(box.locator("a[href='sms:741741']")).to_have_text("Text 741741")
