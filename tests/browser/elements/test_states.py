"""What holds in every state: nothing kept by reading, nothing moving, nothing that axe finds, every language and way."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from generator.views.types import Comment, Date
from tests.browser.elements.conftest import COME_NEAR, OpenPage, kept, said
from tests.browser.elements.village import PLAIN_ORIGIN, Village, poll, thread

WEATHER = "migraine~weather"
WITHIN = "gw-poll, gw-reactions, gw-comments, gw-you"


def whole_page(village: Village, **more: str) -> None:
    """A page with every widget at */weather/*, two comments baked, one of them with a note, and `/you/`."""
    first = village.member(7).write(WEATHER, "One.", "Neighbour 7")
    village.approve(first)
    second = village.member(8).write(WEATHER, "Two.", "Neighbour 8", first)
    village.approve(second)
    day = Date("2026-01-02T00:00:00Z", "2 January 2026")
    reply = Comment(
        second, "Neighbour 8", "<p>Two.</p>", "Two.", day, role="advocate", note_html="<p>Please ask.</p>"
    )
    talk = thread(
        "weather", baked=(Comment(first, "Neighbour 7", "<p>One.</p>", "One.", day, replies=(reply,)),)
    )
    village.pages.page("/weather/", poll("weather"), poll("later", results="after-vote"), talk=talk, **more)  # type: ignore[arg-type]
    village.pages.you(language=more.get("language", "en"))


def wake_all(page: Page) -> None:
    for name in ("gw-poll", "gw-reactions", "gw-comments"):
        page.evaluate(COME_NEAR, name)
        page.wait_for_function("(name) => document.querySelector(name).started", arg=name)


def test_reading_a_page_with_every_widget_keeps_nothing(village: Village, browse: OpenPage) -> None:
    whole_page(village)
    page = browse("/weather/")
    wake_all(page)
    expect(page.get_by_role("heading", name="2 comments")).to_be_attached()
    page.goto("/you/")
    expect(page.locator(".you-none")).to_be_visible()

    state = page.evaluate(
        """async () => [localStorage.length, sessionStorage.length, document.cookie,
             (await indexedDB.databases()).length, (await caches.keys()).length]"""
    )

    assert state == [0, 0, "", 0, 0]
    assert page.context.cookies() == []
    assert {line.split()[0] for line in village.trouble.asked[2:]} == {"GET"}


def test_targets_are_large_enough_to_hit(village: Village, browse: OpenPage) -> None:
    whole_page(village)
    page = browse("/weather/", "gw-comments", viewport={"width": 320, "height": 700})
    wake_all(page)
    page.get_by_text("Report", exact=True).first.click()
    page.get_by_role("button", name="Reply").first.click()

    small = page.evaluate(
        """(within) => [...document.querySelectorAll(within)].flatMap((place) =>
             [...place.querySelectorAll("button, summary, select, textarea, label.choice, input:not(.choice input, [name=choice], [name=website], [type=hidden])")])
             .filter((one) => one.checkVisibility()).map((one) => [one.getBoundingClientRect().height, one.outerHTML])
             .filter(([height]) => height < 44)""",
        WITHIN,
    )

    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_spanish_from_question_to_thanks(village: Village, browse: OpenPage) -> None:
    whole_page(village, language="es")
    page = browse("/weather/", "gw-poll")

    page.get_by_label("Often").first.check()
    page.get_by_role("button", name="Votar").first.click()
    expect(page.locator("gw-poll .say").first).to_have_text(
        "Gracias. Tu voto cuenta. Puedes cambiarlo o retirarlo."
    )
    expect(page.locator("gw-poll .bars-note").first).to_have_text("1 persona quiso responder.")
    page.get_by_label("Tu comentario").fill("Lluvia.")
    page.get_by_label("El nombre que se verá").fill("Garza")
    page.get_by_role("button", name="Enviar", exact=True).last.click()

    said(page, "gw-comments", "Tu comentario está publicado.")
    expect(page.get_by_role("article", name="Garza").locator("time")).to_contain_text(" de ")


def test_right_to_left_keeps_everything_inside(village: Village, browse: OpenPage) -> None:
    whole_page(village, direction="rtl")
    page = browse("/weather/", "gw-comments", viewport={"width": 320, "height": 700})
    wake_all(page)

    page.get_by_role("button", name="Reply").first.click()

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('gw-comments .comment-do')).direction")
        == "rtl"
    )


def test_all_widgets_work_without_any_storage(village: Village, browse: OpenPage) -> None:
    whole_page(village)
    page = browse("/weather/")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } })"
    )
    page.reload()
    wake_all(page)

    page.get_by_label("Often").first.check()
    page.get_by_role("button", name="Vote").first.click()

    expect(page.locator("gw-poll .say").first).to_contain_text("Thank you")
    expect(page.get_by_role("button", name="Take it back").first).to_be_visible()


@pytest.mark.parametrize("entry", ["", "null", "5", "[]", '"text"', "{", '{"polls": 3}'])
def test_a_damaged_entry_is_as_good_as_none(village: Village, browse: OpenPage, entry: str) -> None:
    village.pages.page("/weather/", poll("weather"))
    village.pages.raw("/empty/", "")
    page = browse("/empty/")
    page.evaluate("(entry) => localStorage.setItem('gatherwell', entry)", entry)
    page.goto("/weather/")
    page.wait_for_function("() => document.querySelector('gw-poll').started")

    page.get_by_label("Often").check()
    page.get_by_role("button", name="Vote").click()

    expect(page.locator("gw-poll .say")).to_contain_text("Thank you")
    assert re.fullmatch("[0-9a-f]{32}", kept(page)["gatherwell"]["key"])


def test_without_a_secure_context_comments_are_held(village: Village, browse: OpenPage) -> None:
    """A phone on plain http: no WebCrypto there. Its origin is known to the function as one more."""
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse(f"{PLAIN_ORIGIN}/weather/", "gw-comments")
    assert page.evaluate("isSecureContext") is False

    page.get_by_label("Your comment").fill("From the phone.")
    page.get_by_label("The name to show").fill("Quiet Heron")
    page.get_by_role("button", name="Send", exact=True).last.click()

    said(page, "gw-comments", "Only you can see this until an editor has read it.")
