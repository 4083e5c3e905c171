"""The back/forward cache: pages with widgets may rest in it, and wake up knowing what changed meanwhile."""

from __future__ import annotations

import os

from playwright.sync_api import Browser, expect

from tests.browser.elements.conftest import COME_NEAR
from tests.browser.elements.village import Village, poll, thread
from tests.chromium import ARGUMENTS, executable


def test_a_page_that_rested_shows_what_was_changed_meanwhile(village: Village, chromium: Browser) -> None:
    village.pages.page("/weather/", poll("weather"), talk=thread("weather"), space=0)
    village.pages.you()
    sandbox = [] if not hasattr(os, "geteuid") or os.geteuid() else ["--no-sandbox"]
    browser = chromium.browser_type.launch(
        executable_path=executable(whole=True),
        args=[*ARGUMENTS, *sandbox],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    page = browser.new_context(base_url=village.origin).new_page()
    page.goto("/weather/")
    page.evaluate("addEventListener('pageshow', (event) => { window.rested = event.persisted; })")
    page.get_by_label("Often").focus()
    page.evaluate(COME_NEAR, "gw-poll")
    page.wait_for_function("() => document.querySelector('gw-poll').started")
    page.get_by_label("Often").check()
    page.get_by_role("button", name="Vote").click()
    expect(page.locator("gw-poll .say")).to_contain_text("Thank you")
    page.get_by_label("Your comment").fill("Half a thought")
    page.goto("/you/")
    page.locator(".you-votes").get_by_role("button", name="Take it back").click()
    expect(page.locator(".you-votes")).to_be_hidden()

    page.go_back(wait_until="commit")

    expect(page.locator("[data-key=often] .bar-value")).to_have_text("0% (0)")
    assert page.evaluate("window.rested") is True
    expect(page.get_by_label("Often")).not_to_be_checked()
    expect(page.get_by_label("Your comment")).to_have_value("Half a thought")
    browser.close()
