"""Searching as readers do: by word, by another name, in plain words, in both languages, and unobserved."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.axe import run_axe

pytestmark = pytest.mark.browser


def search(page: Page, url: str, words: str) -> None:
    page.goto(url)
    page.get_by_role("searchbox").fill(words)


def choose_type(page: Page, label: str) -> None:
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label(label).check()


def titles(page: Page) -> list[str]:
    """The results' titles, once there are any."""
    expect(page.locator(".search-title").first).to_be_visible()
    return page.locator(".search-title").all_inner_texts()


@pytest.mark.parametrize(
    ("path", "words", "first"),
    [
        ("/search/", "yawn", "Yawning a lot"),
        ("/search/", "hemicrania", "Migraine"),
        ("/search/", "sick headache", "Migraine"),
        ("/search/", "early warning signs", "prodrome"),
        ("/es/search/", "bosteza", "Bostezar mucho"),
        ("/es/search/", "jaqueca", "Migraña"),
        ("/es/search/", "primeros avisos", "pródromo"),
        ("/search/", "光", "Asking for 頭痛の薬 abroad"),
        ("/search/", "薬", "Asking for 頭痛の薬 abroad"),
    ],
)
def test_word_synonym_and_plain_words_lead_to_the_page(
    page: Page, address: str, path: str, words: str, first: str
) -> None:
    search(page, address + path, words)
    assert titles(page)[0] == first


def test_page_that_explains_a_term_is_found_by_its_plain_words_and_other_names(
    page: Page, address: str
) -> None:
    search(page, f"{address}/search/", "early warning")
    assert "Yawning a lot" in titles(page)
    search(page, f"{address}/search/", "premonitory phase")
    assert "Yawning a lot" in titles(page)


def test_languages_are_kept_apart(page: Page, address: str) -> None:
    search(page, f"{address}/es/search/", "diary")
    expect(page.get_by_role("status")).to_contain_text("No hay resultados")


def test_types_filter_the_results_and_their_number_is_announced(page: Page, address: str) -> None:
    search(page, f"{address}/search/", "diary")
    assert set(titles(page)) == {"My diary", "Pacing", "Yawning a lot"}
    choose_type(page, "Story")
    expect(page.get_by_role("status")).to_have_text("1 page found")
    assert titles(page) == ["My diary"]


def test_topic_filters_without_any_word(page: Page, address: str) -> None:
    page.goto(f"{address}/search/")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_role("combobox", name="Topic").select_option("signs")
    assert titles(page) == ["Yawning a lot"]


def test_search_of_a_condition_begins_with_that_condition(page: Page, address: str) -> None:
    search(page, f"{address}/fatigue/search/", "diary")
    assert titles(page) == ["Pacing"]
    page.get_by_role("combobox", name="Where").select_option("")
    expect(page.get_by_role("status")).to_have_text("3 pages found")


def test_result_names_its_place_and_leads_there_and_to_the_part_that_matches(
    page: Page, address: str
) -> None:
    search(page, f"{address}/search/", "noting")
    result = page.locator(".search-results li").first
    expect(result).to_contain_text("Symptom · Migraine")
    expect(result.locator("b")).to_have_text("Noting")
    assert (
        result.get_by_role("link", name="What helps").get_attribute("href")
        == "/health/migraine/yawning/#helps"
    )
    result.get_by_role("link", name="Yawning a lot").click()
    expect(page).to_have_url(f"{address}/migraine/yawning/")


def test_a_heading_that_is_what_was_typed_comes_before_a_title_that_holds_more(
    page: Page, address: str
) -> None:
    search(page, f"{address}/search/", "emergency kit")
    assert titles(page) == ["Packing", "An emergency kit for the road"]


def test_words_that_no_page_has_together_find_pages_with_some_of_them(page: Page, address: str) -> None:
    search(page, f"{address}/search/", "yawn rain")
    expect(page.get_by_role("status")).to_contain_text("No page has all of these words")
    assert set(titles(page)) == {"Yawning a lot", "My diary"}


def test_nothing_found_says_so_and_where_to_go(page: Page, address: str) -> None:
    search(page, f"{address}/search/", "xyzzyq")
    expect(page.get_by_role("status")).to_contain_text("Nothing found")
    expect(page.get_by_role("link", name="Ask the people here")).to_be_visible()


def test_a_slip_finds_the_word_that_was_meant_and_says_so(page: Page, address: str) -> None:
    search(page, f"{address}/search/", "migrane ")
    assert titles(page)[0] == "Migraine"
    expect(page.locator("[data-note]")).to_have_text(
        "“migrane” was not found. Searched for “migraine” instead."
    )


def test_filters_tell_how_many_of_the_results_they_leave(page: Page, address: str) -> None:
    search(page, f"{address}/search/", "diary")
    page.get_by_text("Filters", exact=True).click()
    expect(page.get_by_label("Story (1)")).to_be_visible()
    expect(page.get_by_label("Symptom (1)")).to_be_visible()


def test_filters_that_hide_everything_can_be_taken_away_at_once(page: Page, address: str) -> None:
    search(page, f"{address}/fatigue/search/", "yawn")
    page.get_by_role("button", name="Search without filters: 1 found").click()
    assert titles(page) == ["Yawning a lot"]


def test_keyboard_alone_reaches_a_result(page: Page, address: str) -> None:
    page.goto(f"{address}/search/")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("yawn")
    page.keyboard.press("Enter")
    titles(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/migraine/yawning/")


def test_coming_back_from_a_result_finds_the_results_again(page: Page, address: str) -> None:
    search(page, f"{address}/search/", "diary")
    choose_type(page, "Story")
    page.get_by_role("link", name="My diary").click()
    expect(page).to_have_url(f"{address}/migraine/diary/")
    page.go_back()
    assert titles(page) == ["My diary"]
    expect(page.get_by_role("searchbox")).to_have_value("diary")


def test_other_language_takes_the_words_along_and_then_forgets_them(page: Page, address: str) -> None:
    page.route("https://gathered.example/**", lambda route: route.fulfill(status=200, body="elsewhere"))
    search(page, f"{address}/search/", "yawn")
    titles(page)
    page.get_by_role("link", name="Español").click()
    expect(page).to_have_url("https://gathered.example/health/es/search/#q=yawn")
    page.goto(f"{address}/search/#q=yawn")
    assert titles(page) == ["Yawning a lot"]
    expect(page).to_have_url(f"{address}/search/")


def test_nobody_learns_what_was_searched(page: Page, address: str) -> None:
    asked: list[str] = []
    violations: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: violations.append(message.text) if message.type == "error" else None)
    search(page, f"{address}/search/", "hemicrania")
    titles(page)
    assert violations == []
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(address).netloc}
    assert not [url for url in [*asked, page.url] if "hemicrania" in url.lower()]
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_index_is_not_loaded_before_it_is_wanted(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/search/", wait_until="networkidle")
    assert not [url for url in asked if "/search/index/" in url]


def test_a_search_that_asks_for_help_shows_the_lines_and_fetches_nothing_until_asked(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/search/")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.get_by_role("searchbox").fill("diary of a wish to die")
    expect(page.get_by_role("link", name="116 123")).to_be_visible()
    assert asked == []

    page.get_by_role("button", name="Show pages for these words").click()
    assert titles(page)
    expect(page.get_by_role("link", name="116 123")).to_be_visible()


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script> <img src=x onerror=alert(1)>",
        "__proto__ constructor toString",
        "(.*)+$ [a-z] \\d{9} ^",
        "диета 头痛 diet צום",
        "   \u200b  ",
        "wordless " * 120,
        "a" * 1000,
        "%00%ff../../",
    ],
    ids=["markup", "proto", "regexp", "scripts", "blank", "many", "long", "path"],
)
def test_nothing_that_is_typed_breaks_the_page(page: Page, address: str, typed: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    search(page, f"{address}/search/", typed)
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_load_state("networkidle")
    assert errors == []
    search(page, f"{address}/search/", "yawn")
    assert titles(page)[0] == "Yawning a lot"


@pytest.mark.parametrize("missing", ["words", "pages"])
@pytest.mark.parametrize(
    "answer", [{"status": 404}, {"status": 200, "body": '{"stamp":"0","wor'}], ids=["404", "cut"]
)
def test_files_that_cannot_be_had_are_not_called_nothing_found(
    page: Page, address: str, answer: dict[str, Any], missing: str
) -> None:
    page.route(f"**/search/index/en/{missing}/**", lambda route: route.fulfill(**answer))
    search(page, f"{address}/search/", "yawn")
    expect(page.get_by_role("status")).to_contain_text("Search does not work right now")
    expect(page.get_by_text("Nothing here fits")).to_be_hidden()


def test_results_that_may_lack_some_say_so(page: Page, address: str) -> None:
    held = iter([True])

    def serve(route: Route) -> None:
        route.fulfill(status=404) if next(held, None) else route.continue_()

    page.route("**/search/index/en/pages/**", serve)
    search(page, f"{address}/search/", "diary")
    expect(page.get_by_role("status")).to_contain_text("could not be loaded")
    assert len(titles(page)) == 2


def test_a_result_of_another_time_is_fetched_again(page: Page, address: str) -> None:
    stale = iter([{"status": 200, "body": '{"stamp":"of yesterday","words":[]}'}])

    def serve(route: Route) -> None:
        answer = next(stale, None)
        route.fulfill(**answer) if answer else route.continue_()  # type: ignore[arg-type]

    page.route("**/search/index/en/words/**", serve)
    search(page, f"{address}/search/", "yawn")
    assert titles(page)[0] == "Yawning a lot"


def test_slow_index_is_announced(page: Page, address: str) -> None:
    held: list[Route] = []
    page.route("**/search/index/en/directory.json", lambda route: held.append(route))
    search(page, f"{address}/search/", "yawn")
    expect(page.get_by_role("status")).to_have_text("Searching …")
    held[0].continue_()
    assert titles(page)[0] == "Yawning a lot"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_results_and_help(chromium: Browser, address: str, scheme: str) -> None:
    context = chromium.new_context(color_scheme=scheme, viewport={"width": 360, "height": 800})  # type: ignore[arg-type]
    page = context.new_page()
    for words in ("diary", "wish to die"):
        search(page, f"{address}/search/", words)
        expect(page.get_by_role("status")).not_to_be_empty()
        page.get_by_text("Filters", exact=True).click()
        assert run_axe(page).violations_count == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_index_that_cannot_be_loaded_is_said_plainly(page: Page, address: str) -> None:
    page.route("**/search/index/**", lambda route: route.abort())
    search(page, f"{address}/search/", "yawn")
    expect(page.get_by_role("status")).to_contain_text("Search does not work right now")
    expect(page.get_by_role("link", name="signs").first).to_be_visible()


def test_without_javascript_the_topics_lead_on(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/search/")
    expect(page.get_by_role("link", name="signs").first).to_be_visible()
    expect(page.get_by_role("searchbox")).to_be_hidden()
    context.close()
