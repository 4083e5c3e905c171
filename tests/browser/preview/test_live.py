"""What a writer sees in a real browser while files change."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.preview.previews import RunningPreview
from tests.sites import TinySite

pytestmark = pytest.mark.browser

PACING = "content/migraine/pacing.md"
Start = Callable[..., RunningPreview]


def visit(page: Page, preview: RunningPreview, path: str) -> None:
    """Open a page and wait until the preview's client is at work."""
    page.goto(preview.url + path)
    page.wait_for_selector("gatherwell-preview[data-ready]", state="attached")
    page.evaluate("window.sameDocument = true")


def stayed(page: Page) -> bool:
    return bool(page.evaluate("window.sameDocument === true"))


def test_a_saved_text_changes_in_place(start: Start, site: TinySite, page: Page) -> None:
    visit(page, start(), "migraine/pacing/")

    site.replace(PACING, "Rest before", "Sleep long before")

    expect(page.get_by_text("Sleep long before you are tired.")).to_be_visible()
    assert stayed(page)


def test_scroll_focus_details_and_typed_words_are_kept(start: Start, site: TinySite, page: Page) -> None:
    site.replace(PACING, "And rest after.", "And rest after.\n\n" + "More.\n\n" * 60)
    visit(page, start(), "migraine/pacing/")
    box = page.get_by_label("Your comment")
    box.fill("Half a thought")
    box.focus()
    page.evaluate(
        "window.scrollTo(0, 300); document.querySelectorAll('details').forEach((each) => { each.open = true; })"
    )
    opened = page.evaluate("document.querySelectorAll('details[open]').length")

    site.replace(PACING, "## Second {#second}", "## Second part {#second}")
    expect(page.locator("h2#second")).to_contain_text("Second part")

    assert stayed(page)
    assert page.evaluate("window.scrollY") == 300
    assert box.input_value() == "Half a thought"
    assert page.evaluate("document.activeElement.localName") == "textarea"
    assert page.evaluate("document.querySelectorAll('details[open]').length") == opened


def test_a_style_changes_without_a_reload_and_keeps_a_typed_comment(
    start: Start, site: TinySite, page: Page
) -> None:
    site.put("themes/commons/theme.yaml", "extends: commons\n")
    site.put("themes/commons/assets/css/90-own.css", "h1 { color: rgb(1, 2, 3); }\n")
    visit(page, start(), "migraine/pacing/")
    page.get_by_label("Your comment").fill("Half a thought")

    site.put("themes/commons/assets/css/90-own.css", "h1 { color: rgb(4, 5, 6); }\n")

    expect(page.locator("h1")).to_have_css("color", "rgb(4, 5, 6)")
    expect(page.locator("head link[rel=stylesheet]")).to_have_count(1)
    assert stayed(page)
    assert page.get_by_label("Your comment").input_value() == "Half a thought"


def test_an_error_appears_with_its_line_and_goes_away_when_mended(
    start: Start, site: TinySite, page: Page
) -> None:
    visit(page, start(), "migraine/pacing/")
    overlay = page.locator("gatherwell-preview .overlay")

    site.replace(PACING, "And rest after.", "And [rest](nowhere.md) after.")
    expect(overlay).to_contain_text(f"{PACING}:11:5")
    expect(overlay).to_contain_text("there is no page 'nowhere.md'")
    expect(overlay.locator(".here")).to_contain_text("And [rest](nowhere.md) after.")
    expect(page.get_by_text("And rest after.")).to_be_visible()
    counted = page.locator("gatherwell-preview .bar summary.hard")
    expect(counted).to_contain_text("1 error")
    expect(page.locator("gatherwell-preview .bar")).to_contain_text("there is no page 'nowhere.md'")

    site.replace(PACING, "nowhere.md", "light.md")
    expect(overlay).to_be_hidden()
    expect(counted.filter(has_text="error")).to_have_count(0)
    expect(page.get_by_role("link", name="rest", exact=True)).to_have_attribute("href", "/migraine/light/")
    assert stayed(page)


def test_a_broken_template_is_told_over_the_last_good_page(start: Start, site: TinySite, page: Page) -> None:
    visit(page, start(), "migraine/pacing/")
    overlay = page.locator("gatherwell-preview .overlay")

    site.put("themes/commons/theme.yaml", "extends: commons\n")
    site.put("themes/commons/templates/article.html", "<p>\n{{ page.nothing.at_all }}\n")
    expect(overlay).to_contain_text("templates/article.html:2")
    expect(page.locator("h1")).to_have_text("Pacing")

    site.delete("themes/commons/templates/article.html")
    expect(overlay).to_be_hidden()


def test_the_overlay_writes_a_key_as_the_file_has_it(start: Start, site: TinySite, page: Page) -> None:
    visit(page, start(), "migraine/pacing/")

    site.put("gatherwell.yaml", "title: Tiny\nthem: commons\n")

    heading = page.locator("gatherwell-preview .overlay h3")
    expect(heading).to_have_text("'them' is not a known key")
    letter = heading.evaluate("node => getComputedStyle(node, '::first-letter').textTransform")
    assert letter == "none"


def test_page_that_never_was_good_is_left_out_and_appears_when_mended(
    start: Start, site: TinySite, page: Page
) -> None:
    site.replace(PACING, "title: Pacing", "titel: Pacing")
    preview = start()

    page.goto(preview.url + "migraine/pacing/")
    overlay = page.locator("gatherwell-preview .overlay")
    expect(overlay).to_contain_text(f"{PACING}:2")
    expect(overlay).to_contain_text(f"Left out until mended: {PACING}")
    expect(page.locator("h1")).to_have_text("This page is not here")

    site.replace(PACING, "titel: Pacing", "title: Pacing")
    expect(page.locator("h1")).to_have_text("Pacing")


def test_a_deleted_page_becomes_a_404_with_a_note(start: Start, site: TinySite, page: Page) -> None:
    preview = start()
    visit(page, preview, "migraine/pacing/")

    site.delete(PACING)

    expect(page.locator("gatherwell-preview .note").first).to_contain_text(f"{PACING} was deleted")
    answer = page.request.get(preview.url + "migraine/pacing/")
    assert answer.status == 404


@pytest.mark.long
def test_a_restarted_preview_is_found_again(start: Start, site: TinySite, page: Page) -> None:
    preview = start()
    visit(page, preview, "migraine/pacing/")
    port = preview.port
    assert preview.stop() == 0
    expect(page.locator("gatherwell-preview .lost")).to_be_visible()
    site.replace(PACING, "Rest before", "Sleep before")

    start(port=port)

    expect(page.get_by_text("Sleep before you are tired.")).to_be_visible()
    expect(page.locator("gatherwell-preview .lost")).to_be_hidden()
    assert stayed(page)


def test_two_tabs_of_one_browser_and_another_browser_follow(
    start: Start, site: TinySite, page: Page, chromium: Browser
) -> None:
    preview = start()
    second = page.context.new_page()
    phone = chromium.new_context().new_page()
    for each in (page, second, phone):
        visit(each, preview, "migraine/pacing/")

    site.replace(PACING, "Rest before", "Sleep before")

    for each in (page, second, phone):
        expect(each.get_by_text("Sleep before you are tired.")).to_be_visible()
        assert stayed(each)
    phone.context.close()


@pytest.mark.long
def test_the_first_tab_closed_leaves_the_others_listening(start: Start, site: TinySite, page: Page) -> None:
    preview = start()
    second = page.context.new_page()
    visit(page, preview, "migraine/pacing/")
    visit(second, preview, "migraine/pacing/")
    page.close()

    site.replace(PACING, "Rest before", "Sleep before")

    expect(second.get_by_text("Sleep before you are tired.")).to_be_visible()


def test_a_new_title_changes_the_page_and_the_list_that_shows_it(
    start: Start, site: TinySite, page: Page
) -> None:
    preview = start()
    hub = page.context.new_page()
    visit(page, preview, "migraine/pacing/")
    visit(hub, preview, "migraine/")

    site.replace(PACING, "title: Pacing", "title: Pacing yourself")

    expect(page.locator("h1")).to_have_text("Pacing yourself")
    expect(hub.get_by_role("link", name="Pacing yourself").first).to_be_visible()
    assert stayed(hub)


@pytest.mark.parametrize(
    "save",
    [
        "rename over",
        pytest.param("backup and rewrite", marks=pytest.mark.long),
        pytest.param("from outside", marks=pytest.mark.long),
    ],
)
def test_editors_save_in_their_own_ways(
    start: Start, site: TinySite, page: Page, tmp_path: Path, save: str
) -> None:
    visit(page, start(), "migraine/pacing/")
    source = site.root / PACING
    text = source.read_text().replace("Rest before", "Sleep before")

    if save == "rename over":
        source.with_name(".pacing.md.swap").write_text(text)
        source.with_name(".pacing.md.swap").replace(source)
    elif save == "backup and rewrite":
        source.replace(source.with_name("pacing.md~"))
        source.write_text(text)
    else:
        (tmp_path / "elsewhere.md").write_text(text)
        (tmp_path / "elsewhere.md").replace(source)

    expect(page.get_by_text("Sleep before you are tired.")).to_be_visible()
    assert stayed(page)


@pytest.mark.long
def test_a_folder_deleted_and_made_again_is_still_watched(
    start: Start, site: TinySite, page: Page, tmp_path: Path
) -> None:
    visit(page, start(), "migraine/pacing/")
    content = site.root / "content"
    content.rename(tmp_path / "away")
    expect(page.locator("gatherwell-preview .overlay")).to_contain_text("there is no folder content/")
    (tmp_path / "away").rename(content)
    expect(page.locator("gatherwell-preview .overlay")).to_be_hidden()

    site.replace(PACING, "Rest before", "Sleep before")

    expect(page.get_by_text("Sleep before you are tired.")).to_be_visible()


@pytest.mark.long
def test_a_checkout_of_two_thousand_files_settles_to_the_right_state_with_few_rebuilds(
    start: Start, site: TinySite, page: Page
) -> None:
    def git(*arguments: str) -> None:
        identity = (
            "-c",
            "user.name=Writer",
            "-c",
            "user.email=writer@example.org",
            "-c",
            "commit.gpgsign=false",
        )
        subprocess.run(["git", *identity, *arguments], cwd=site.root, check=True, capture_output=True)

    for number in range(2000):
        site.article(f"migraine/n{number}.md", "Before.", date="2026-05-01")
    git("init", "-q", "-b", "main")
    git("add", "content", "gatherwell.yaml")
    git("commit", "-qm", "Before")
    git("checkout", "-qb", "other")
    for number in range(2000):
        site.article(f"migraine/n{number}.md", "After.", title=f"Other {number}", date="2026-05-02")
    site.replace(PACING, "Rest before", "Sleep before")
    git("commit", "-qam", "After")
    git("checkout", "-q", "main")
    preview = start()
    visit(page, preview, "migraine/pacing/")
    made = page.request.get(preview.url + "__preview/page?path=/migraine/").json()["version"]

    git("checkout", "-q", "other")

    expect(page.get_by_text("Sleep before you are tired.")).to_be_visible(timeout=60_000)
    assert page.request.get(preview.url + "migraine/n7/").text().count("Other 7") > 0
    assert page.request.get(preview.url + "__preview/page?path=/migraine/").json()["version"] <= made + 3
    assert stayed(page)


def test_the_bar_says_what_a_page_is_and_can_be_hidden(start: Start, site: TinySite, page: Page) -> None:
    site.put("content/_people/doc.md", "---\nname: Dr Doe\nrole: clinician\ncredential: Register 1\n---\n")
    site.put(
        "content/migraine/plan.md",
        "---\ntitle: Plan\ndate: 2026-06-20\nreviewer: doc\nlast_reviewed: 2024-01-01\nreview_in: 12 months\n---\n"
        + "Rest is good. " * 40,
    )
    preview = start("--drafts")
    visit(page, preview, "migraine/plan/")
    bar = page.locator("gatherwell-preview .bar")

    expect(bar).to_contain_text("Review overdue")
    expect(bar).to_contain_text("120 words")
    expect(bar).to_contain_text("grade")
    expect(bar.get_by_role("link", name="content/migraine/plan.md").first).to_have_attribute(
        "href", f"vscode://file{(site.root / 'content/migraine/plan.md').resolve()}:1:1"
    )
    bar.get_by_text("1 finding", exact=True).click()
    expect(bar).to_contain_text("the review was due on 2025-01-01")

    bar.get_by_role("button", name="Hide").click()
    page.reload()
    page.wait_for_selector("gatherwell-preview[data-ready]", state="attached")
    expect(bar).to_be_hidden()


def test_a_walk_through_next_week_stays_there(start: Start, site: TinySite, page: Page) -> None:
    site.article("migraine/later.md", date="2026-06-10", title="Later")
    preview = start()
    visit(page, preview, "migraine/?now=2026-06-11")

    page.get_by_role("link", name="Later").first.click()

    expect(page.locator("h1")).to_have_text("Later")
    assert "now=2026-06-11" in page.url
    expect(page.locator("gatherwell-preview .bar")).to_contain_text("As of Jun 11, 2026")


def test_a_withheld_page_says_why_it_is_not_there(start: Start, site: TinySite, page: Page) -> None:
    site.article("migraine/draft.md", draft="true")
    preview = start()

    visit(page, preview, "migraine/draft/")

    expect(page.locator("gatherwell-preview .note").first).to_contain_text("This page is a draft")


def test_a_spanish_page_is_spoken_to_in_spanish(start: Start, site: TinySite, page: Page) -> None:
    site.replace("gatherwell.yaml", "title: Gathered", "title: Gathered\nlanguages: [en, es]")
    site.put("content/migraine/pacing.es.md", "---\ntitle: Ritmo\ndate: 2026-03-01\n---\nDescansa.\n")
    visit(page, start(), "migraine/es/pacing/")

    expect(page.locator("gatherwell-preview .bar")).to_contain_text("Publicada")


def test_a_reload_for_a_new_script_keeps_what_was_typed(start: Start, site: TinySite, page: Page) -> None:
    site.put("themes/commons/theme.yaml", "extends: commons\n")
    visit(page, start(), "migraine/pacing/")
    page.get_by_label("Your comment").fill("Half a thought")

    site.put("themes/commons/assets/js/scheme.js", "document.documentElement.dataset.tried = 'yes';\n")

    expect(page.locator("html")).to_have_attribute("data-tried", "yes")
    expect(page.get_by_label("Your comment")).to_have_value("Half a thought")
