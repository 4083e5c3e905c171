"""A thread in the page: read, written in, answered, changed, withdrawn, flagged, and kept through an outage."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from generator.views.types import Comment, Date
from tests.browser.elements.conftest import COME_NEAR, OpenPage, kept, said
from tests.browser.elements.village import Village, thread
from widgets.function.state.settings import ProofSettings
from widgets.function.text import moderation
from widgets.store.records import Note

WEATHER, FIRST, PRE = "migraine~weather", "ms~first", "ra~pre"
HELD = "Only you can see this until an editor has read it."


def write(page: Page, text: str, name: str = "") -> None:
    page.get_by_label("Your comment").fill(text)
    if name:
        page.get_by_label("The name to show").fill(name)
    page.get_by_role("button", name="Send", exact=True).last.click()


def publish(
    village: Village, text: str, *, number: int = 7, parent: str | None = None, talk: str = WEATHER
) -> str:
    comment = village.member(number).write(talk, text, f"Neighbour {number}", parent)
    village.approve(comment)
    return comment


def baked(id_: str, text: str, *replies: Comment) -> Comment:
    return Comment(
        id_,
        "Neighbour 7",
        f"<p>{text}</p>",
        text,
        Date("2026-01-02T00:00:00Z", "2 January 2026"),
        replies=replies,
    )


def texts(page: Page) -> list[str]:
    return page.locator(".comment > .comment-text").all_inner_texts()


def test_an_answer_of_staff_leads_to_who_gave_it(village: Village, browse: OpenPage) -> None:
    publish(village, "Ask your own team.")
    village.pages.page("/weather/", talk=thread("weather", people_url="/people/"))
    page = browse("/weather/")

    def signed(route: Route) -> None:
        answer = route.fetch().json()
        answer["comments"][0]["role"] = {"key": "clinician", "person": "dr-lee"}
        route.fulfill(json=answer)

    page.route("**/threads/*", signed)
    page.evaluate(COME_NEAR, "gw-comments")

    expect(page.get_by_role("link", name="Neighbour 7")).to_have_attribute("href", "/people/dr-lee/")
    expect(page.locator(".role-clinician")).to_have_text("Clinician")


def test_a_comment_is_published_with_a_solved_challenge(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")

    write(page, "Rain *every* time.", "Quiet Heron")

    said(page, "gw-comments", "Your comment is published.")
    article = page.get_by_role("article", name="Quiet Heron")
    expect(article).to_be_focused()
    expect(article.locator("em")).to_have_text("every")
    expect(page.get_by_label("Your comment")).to_have_value("")
    assert list(kept(page)) == ["gatherwell"]
    other = browse("/weather/", "gw-comments")
    expect(other.get_by_role("heading", name="1 comment")).to_be_visible()
    expect(other.locator(".comment > .comment-text")).to_have_text("Rain every time.")


def test_a_held_comment_stays_with_its_writer_until_approved(village: Village, browse: OpenPage) -> None:
    village.pages.page("/first/", talk=thread("first", "ms"))
    page = browse("/first/", "gw-comments")

    write(page, "My first words here.", "Quiet Heron")

    said(page, "gw-comments", HELD)
    expect(page.locator(".comment-state")).to_have_text(HELD)
    page.reload()
    expect(page.locator(".comment-state")).to_have_text(HELD)
    assert texts(browse("/first/", "gw-comments")) == []
    village.approve(page.locator(".comment").get_attribute("id")[2:])  # type: ignore[index]
    page.reload()
    expect(page.locator(".comment-state")).to_have_text("Your comment is published.")


def test_a_rejected_comment_says_so_to_its_writer_alone(village: Village, browse: OpenPage) -> None:
    village.pages.page("/pre/", talk=thread("pre", "ra"))
    page = browse("/pre/", "gw-comments")
    write(page, "Words.", "Quiet Heron")
    said(page, "gw-comments", HELD)

    village.reject(page.locator(".comment").get_attribute("id")[2:])  # type: ignore[index]
    page.reload()
    page.get_by_role("button", name="What became of mine?").click()

    expect(page.locator(".comment-state")).to_have_text(
        "An editor has decided not to publish this. Only you can see it."
    )


def test_a_rejected_comments_writer_reads_why(village: Village, browse: OpenPage) -> None:
    village.pages.page("/pre/", talk=thread("pre", "ra"))
    page = browse("/pre/", "gw-comments")
    write(page, "Words.", "Quiet Heron")
    said(page, "gw-comments", HELD)

    village.reject(page.locator(".comment").get_attribute("id")[2:], "off-topic")  # type: ignore[index]
    page.reload()
    page.get_by_role("button", name="What became of mine?").click()

    expect(page.locator(".comment-state")).to_contain_text("This page is about something else")


def test_an_answer_stands_below_what_it_answers(village: Village, browse: OpenPage) -> None:
    publish(village, "One.")
    publish(village, "Two.", number=8)
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")

    page.get_by_role("article", name="Neighbour 7").get_by_role("button", name="Reply").click()
    expect(page.get_by_label("Your comment")).to_be_focused()
    expect(page.get_by_role("heading", name="Reply to Neighbour 7")).to_be_visible()
    write(page, "Same here.", "Quiet Heron")

    said(page, "gw-comments", "Your comment is published.")
    assert texts(page) == ["One.", "Same here.", "Two."]
    expect(page.locator(".replies .comment-text")).to_have_text("Same here.")
    expect(page.get_by_role("heading", name="Write a comment")).to_be_visible()


def test_ones_own_comment_is_changed_and_withdrawn(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    write(page, "Rian.", "Quiet Heron")
    said(page, "gw-comments", "Your comment is published.")

    page.get_by_role("button", name="Change").click()
    expect(page.get_by_label("Your comment")).to_have_value("Rian.")
    write(page, "Rain.")
    expect(page.locator(".comment > .comment-text")).to_have_text("Rain.")
    expect(page.locator(".comment-edited")).to_be_visible()
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_role("button", name="Yes, withdraw it").click()

    expect(page.locator(".comment")).to_have_count(0)
    said(page, "gw-comments", "Withdrawn")
    assert "mine" not in kept(page)["gatherwell"]
    assert texts(browse("/weather/", "gw-comments")) == []


def test_a_withdrawn_comment_with_answers_leaves_an_empty_place(village: Village, browse: OpenPage) -> None:
    first = publish(village, "Gone soon.")
    publish(village, "An answer.", number=8, parent=first)
    village.member(7).withdraw(first)
    village.pages.page("/weather/", talk=thread("weather", baked=(baked(first, "Gone soon."),)))
    page = browse("/weather/", "gw-comments")

    expect(page.locator(f"#c-{first} .comment-name")).to_have_text("Withdrawn")
    assert texts(page) == ["", "An answer."]


def test_a_baked_comment_that_is_gone_is_taken_away_without_a_jump(
    village: Village, browse: OpenPage
) -> None:
    stays = publish(village, "Stays.")
    goes = "0" * 26
    talk = thread("weather", baked=(baked(goes, "Erased since."), baked(stays, "Stays.")))
    village.pages.page("/weather/", talk=talk)
    page = browse("/weather/", "gw-comments", viewport={"width": 800, "height": 1600})

    expect(page.get_by_text("Erased since.")).to_have_count(0)
    expect(page.get_by_text("Stays.")).to_be_visible()
    assert page.evaluate("window.shifts") == 0


def test_a_baked_comment_gets_the_note_that_it_has_since(village: Village, browse: OpenPage) -> None:
    comment = publish(village, "Stop all your pills.")
    note = Note("<p>Please ask first.</p>", None, "A clinician")
    village.do(moderation.add_note(village.store, comment, note))
    talk = thread("weather", baked=(baked(comment, "Stop all your pills."),))
    village.pages.page("/weather/", talk=talk)

    page = browse("/weather/", "gw-comments")

    expect(page.locator(".comment-note")).to_contain_text("Please ask first.")


def test_a_baked_comment_that_still_holds_is_left_as_it_is(village: Village, browse: OpenPage) -> None:
    comment = publish(village, "Still *true* & <b>.")
    html = village.do(village.store.comment(comment)).html
    one = Comment(comment, "Neighbour 7", html, "", Date("2026-01-02T00:00:00Z", "2 January 2026"))
    village.pages.page("/weather/", talk=thread("weather", baked=(one,)))
    page = browse("/weather/")
    page.evaluate("document.querySelector('.comment').first = true")

    page.evaluate(COME_NEAR, "gw-comments")
    page.wait_for_function("() => document.querySelector('gw-comments').answers?.length")

    assert page.evaluate("document.querySelector('.comment').first") is True


def test_nothing_moves_when_a_baked_comment_in_sight_is_gone(village: Village, browse: OpenPage) -> None:
    stays, last = publish(village, "Stays."), publish(village, "Last.", number=8)
    talk = thread("weather", baked=(baked("0" * 26, "Erased."), baked(stays, "Stays."), baked(last, "Last.")))
    village.pages.page("/weather/", talk=talk, space=0)

    page = browse("/weather/", "gw-comments", viewport={"width": 800, "height": 2400})

    expect(page.get_by_text("Erased.")).to_have_count(0)
    expect(page.get_by_text("Stays.")).to_be_in_viewport()
    assert texts(page) == ["Stays.", "Last."]
    assert page.evaluate("window.shifts") == 0


def test_new_comments_are_announced_and_wait_for_a_press(village: Village, browse: OpenPage) -> None:
    first = publish(village, "One.")
    village.pages.page("/weather/", talk=thread("weather", baked=(baked(first, "One."),)))
    page = browse("/weather/", "gw-comments", viewport={"width": 800, "height": 1600})
    expect(page.locator(".comment-flag")).to_have_count(1)
    publish(village, "Two.", number=8, parent=first)

    page.locator(".comment").scroll_into_view_if_needed()

    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    said(page, "gw-comments", "1 new comment")
    assert texts(page) == ["One."]
    assert page.evaluate("window.shifts") == 0
    page.get_by_role("button", name="Show", exact=True).click()

    expect(page.get_by_role("article", name="Neighbour 8")).to_be_focused()
    assert texts(page) == ["One.", "Two."]


def test_a_long_thread_comes_by_page_and_a_permalink_finds_its_own(
    village: Village, browse: OpenPage
) -> None:
    ids = [publish(village, f"Number {at}.", number=at) for at in range(1, 24)]
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    expect(page.locator(".comment")).to_have_count(20)
    page.get_by_role("button", name="More comments").click()
    expect(page.locator(".comment")).to_have_count(23)

    there = browse(f"/weather/#c-{ids[21]}", "gw-comments")

    expect(there.locator(f"#c-{ids[21]}")).to_be_in_viewport()
    expect(there.locator(f"#c-{ids[21]}:target")).to_have_count(1)
    there.get_by_role("button", name="Earlier comments").click()
    expect(there.locator(f"#c-{ids[5]}")).to_have_count(1)


def test_a_flag_reaches_the_editors(village: Village, browse: OpenPage) -> None:
    comment = publish(village, "Stop all your pills.")
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")

    page.get_by_text("Report", exact=True).click()
    page.get_by_label("What is wrong?").select_option("unsafe-medical-claim")
    page.locator(".comment-flag [type=submit]").click()

    said(page, "gw-comments", "Thank you. An editor will look at it.")
    queue = village.do(village.store.queue(10))
    assert [waiting.id for _, waiting in queue] == [comment]


def test_what_looks_like_personal_data_is_asked_about_first(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")

    write(page, "Write to me@example.org", "Quiet Heron")
    expect(page.locator("gw-comments .say").first).to_contain_text("seems to hold a phone number")
    assert page.evaluate("getSelection().toString()") == "me@example.org"
    page.get_by_role("button", name="Send it as it is").click()

    said(page, "gw-comments", "Your comment is published.")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Neighbour 7", "Somebody else here has this name. Please choose another."),
        ("Editor", "This name could be taken for the site’s own. Please choose another."),
        ("<b>", "This name does not work. Please use 2 to 40 letters, digits and spaces."),
    ],
)
def test_a_refused_name_keeps_the_text(village: Village, browse: OpenPage, name: str, words: str) -> None:
    publish(village, "One.")
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")

    write(page, "My words.", name)

    said(page, "gw-comments", words)
    expect(page.locator("gw-comments .say")).to_be_in_viewport()
    expect(page.get_by_label("Your comment")).to_have_value("My words.")


def test_a_comment_typed_before_an_outage_is_there_after_it(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    page.context.set_offline(True)
    write(page, "Written in a tunnel.", "Quiet Heron")
    said(
        page,
        "gw-comments",
        "There is no connection. Your text is kept on this device. Please send it again later.",
    )
    page.context.set_offline(False)

    page.reload()
    page.wait_for_function("() => document.querySelector('gw-comments').started")
    expect(page.get_by_label("Your comment")).to_have_value("Written in a tunnel.")
    page.get_by_role("button", name="Send", exact=True).last.click()

    said(page, "gw-comments", "Your comment is published.")
    assert "drafts" not in kept(page)["gatherwell"]


def test_a_lost_answer_does_not_post_twice(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")

    def lose(route: object) -> None:
        route.fetch()  # type: ignore[attr-defined]
        route.abort()  # type: ignore[attr-defined]

    page.route("**/comments", lose)
    write(page, "Once.", "Quiet Heron")
    said(
        page,
        "gw-comments",
        "There is no connection. Your text is kept on this device. Please send it again later.",
    )
    page.unroute_all()
    page.get_by_role("button", name="Send", exact=True).last.click()

    said(page, "gw-comments", "Your comment is published.")
    assert texts(browse("/weather/", "gw-comments")) == ["Once."]


@pytest.mark.parametrize("status", [500, 502, 404])
def test_a_failing_function_leaves_reading_and_the_text_alone(
    village: Village, browse: OpenPage, status: int
) -> None:
    village.pages.page("/weather/", talk=thread("weather", baked=(baked("0" * 26, "Baked."),)))
    village.trouble.status = status
    page = browse("/weather/", "gw-comments")

    write(page, "My words.", "Quiet Heron")

    said(page, "gw-comments", "This did not work, and nothing was changed. Please try again a little later.")
    expect(page.get_by_label("Your comment")).to_have_value("My words.")
    assert texts(page) == ["Baked."]


def test_a_slow_function_is_waited_for_with_words(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    village.hold()

    write(page, "Patience.", "Quiet Heron")
    said(page, "gw-comments", "Sending …")
    page.get_by_role("button", name="Send", exact=True).last.click()
    village.release()

    said(page, "gw-comments", "Your comment is published.")
    assert village.trouble.asked.count("POST /threads/migraine~weather/comments") == 1


def test_where_no_challenge_can_be_solved_an_editor_reads_first(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    page.route("**/worker.js", lambda route: route.abort())

    write(page, "No worker here.", "Quiet Heron")

    said(page, "gw-comments", HELD)


def test_a_challenge_solved_too_fast_is_sent_again_by_itself(
    village: Village, browse: OpenPage, tmp_path_factory: pytest.TempPathFactory
) -> None:
    village.close()
    village.open(
        tmp_path_factory.mktemp("slow"), proof=ProofSettings(cost=10, most=3, vote_most=3, min_seconds=1)
    )
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")

    write(page, "Pasted.", "Quiet Heron")

    said(page, "gw-comments", "Your comment is published.")


def test_a_preview_shows_what_will_stand_there(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    page.get_by_text("Preview").click()

    page.get_by_label("Your comment").fill(
        "One **two** <b>3</b>\n\n- a\n- b\n\n> said `x` [here](https://example.org)"
    )

    preview = page.locator(".preview .comment-text")
    assert preview.inner_html() == (
        "<p>One <strong>two</strong> &lt;b&gt;3&lt;/b&gt;</p><ul><li>a</li><li>b</li></ul>"
        '<blockquote><p>said <code>x</code> <a href="https://example.org">here</a></p></blockquote>'
    )


def test_writing_by_keyboard_alone(village: Village, browse: OpenPage) -> None:
    publish(village, "One.")
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    expect(page.locator(".comment")).to_have_count(1)

    page.get_by_role("button", name="Reply").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("By keys.")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.type("Quiet Heron")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    said(page, "gw-comments", "Your comment is published.")
    page.keyboard.press("Tab")
    expect(page.locator(".replies time").locator("..")).to_be_focused()


def test_a_comment_without_javascript_gets_a_page_that_explains(village: Village, browse: OpenPage) -> None:
    comment = publish(village, "One.")
    village.pages.page("/weather/", talk=thread("weather", baked=(baked(comment, "One."),)))
    page = browse("/weather/", java_script_enabled=False)

    page.get_by_label("Reply").check()
    write(page, "Without script.", "Quiet Heron")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    queue = village.do(village.store.queue(10))
    assert [(waiting.text, waiting.parent) for _, waiting in queue] == [("Without script.", comment)]


def test_a_flag_without_javascript(village: Village, browse: OpenPage) -> None:
    comment = publish(village, "One.")
    village.pages.page("/weather/", talk=thread("weather", baked=(baked(comment, "One."),)))
    page = browse("/weather/", java_script_enabled=False)

    page.get_by_text("Report", exact=True).click()
    page.locator(".comment-flag [type=submit]").click()

    assert [waiting.id for _, waiting in village.do(village.store.queue(10))] == [comment]


def test_a_closed_thread_is_read_only(village: Village, browse: OpenPage) -> None:
    talk = thread("over", comments="closed", comments_action="", baked=(baked("0" * 26, "Once."),))
    village.pages.page("/over/", talk=talk)
    page = browse("/over/", "gw-comments")

    expect(page.get_by_label("Your comment")).to_have_count(0)
    expect(page.get_by_text("Comments are closed.")).to_be_visible()


def test_a_thread_closed_since_the_build_says_so(village: Village, browse: OpenPage) -> None:
    village.pages.page("/over/", talk=thread("over"))
    page = browse("/over/", "gw-comments")

    said(page, "gw-comments", "Comments are closed.")
    write(page, "Too late.", "Quiet Heron")

    said(page, "gw-comments", "Comments are closed.")
    expect(page.get_by_label("Your comment")).to_have_value("Too late.")


def test_a_locked_thread_says_why(village: Village, browse: OpenPage) -> None:
    village.pages.page("/weather/", talk=thread("weather"))
    village.lock("migraine~weather", "Everybody needs a rest.")
    page = browse("/weather/", "gw-comments")

    said(page, "gw-comments", "Comments are closed. Everybody needs a rest.")
    write(page, "One more thing.", "Quiet Heron")

    said(page, "gw-comments", "Comments are closed.")
    expect(page.get_by_label("Your comment")).to_have_value("One more thing.")
