"""Searching as readers do: by word, by another name, in plain words, in both languages, and unobserved."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

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
    search(page, f"{address}/search/", "premonitory")
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


def test_nothing_found_says_so_and_offers_what_would_be_found(page: Page, address: str) -> None:
    search(page, f"{address}/search/", "yawn rain")
    expect(page.get_by_role("status")).to_contain_text("Nothing found")
    page.get_by_role("button", name="yawn (1)").click()
    assert titles(page) == ["Yawning a lot"]


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
