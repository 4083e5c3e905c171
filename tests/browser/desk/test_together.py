"""Many posts by the keyboard, and the pages of work that is shared: focus, notes, private answers, appeals."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.axe import run_axe
from tests.browser.desk.conftest import Arrive, Office
from widgets.function.text.appeals import Appeal, keep_appeal, look_at

pytestmark = pytest.mark.browser


class Keys:
    """Presses keys and counts them; a key that leads to another page waits for it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, key: str, *, leads: bool = False) -> None:
        self.pressed += 1
        if leads:
            with self.page.expect_navigation():
                self.page.keyboard.press(key)
        else:
            self.page.keyboard.press(key)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


@pytest.mark.long
def test_sixty_mixed_posts_are_cleared_by_the_keyboard(
    office: Office, arrive: Arrive, capsys: pytest.CaptureFixture[str]
) -> None:
    pleas = [office.written(f"I cannot go on, {n}.", held=("crisis",), urgency=8) for n in range(6)]
    for n in range(54):
        office.written(f"Rain again, for the {n}th time.", held=("links",) if n % 6 == 0 else ("first",))
    page = arrive()
    keys = Keys(page)
    keys.press("j")
    for plea in pleas:
        assert focused(page) == f"i-{plea.id}"
        keys.press("s", leads=True)
        assert focused(page) == f"i-{plea.id}"
        keys.press("v")
        keys.press("r", leads=True)
        expect(page.locator("input[name=answer]").first).to_be_focused()
        keys.press("Space")
        keys.press("Enter", leads=True)
    for n in range(54):
        if n % 6:
            keys.press("a", leads=True)
        else:
            keys.press("r", leads=True)
            expect(page.locator("input[name=answer]").first).to_be_focused()
            keys.press("Space")
            keys.press("Enter", leads=True)
    expect(page.locator(".empty")).to_be_visible()
    with capsys.disabled():
        print(f"\n60 posts, 6 of them pleas and 9 rejected: {keys.pressed} keys")
    assert keys.pressed <= 120


def test_every_state_of_a_post_reads_well_and_keeps_ones_place(office: Office, arrive: Arrive) -> None:
    first = office.written("I cannot go on like this.", held=("crisis",), urgency=9)
    second = office.written("Another one.")
    office.link("Dr Lee", "clinician")
    page = arrive(may_answer_crisis=True)
    page.locator("summary", has_text="Show the text").click()
    expect(page.get_by_text("I cannot go on like this.")).to_be_visible()
    page.get_by_role("button", name="Seen, I am on it").click()
    expect(page.locator(f"#i-{first.id}")).to_be_focused()
    assert run_axe(page).violations_count == 0
    page.locator(f"#i-{first.id}").get_by_role("link", name="Open").click()
    page.locator("#private > summary").click()
    page.locator("select[name=thank]").select_option(index=1)
    page.get_by_role("button", name="Put the chosen ones into the text").click()
    expect(page.get_by_label("Your words")).to_have_value(
        "Thank you for saying it here. That takes courage, and you did nothing wrong."
    )
    page.get_by_role("button", name="Answer privately").click()
    expect(page.locator(".flash")).to_contain_text("Answered")
    page.goto(f"/desk/items/{first.id}?next={second.id}")
    page.locator("summary", has_text="Note for colleagues").click()
    page.get_by_label("What colleagues should know", exact=True).fill("Called her sister. " + "W" * 300)
    page.get_by_role("button", name="Note for colleagues").click()
    expect(page.locator(".memos")).to_contain_text("Called her sister.")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert run_axe(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.goto(f"/desk/items/{first.id}?next={second.id}#reject")
    page.get_by_label("Kept between its writer and us").check()
    page.locator("#reject").get_by_role("button", name="Do not show it").click()
    expect(page.locator(f"#i-{second.id}")).to_be_focused()
    rejected = office.comment(first.id)
    appeal = Appeal("Please look again.", office.services.now())
    store = office.services.store
    found = office.do(look_at(store, rejected, appeal.text, 0, appeal.at))
    office.do(keep_appeal(store, rejected, appeal, found, None, None))
    page.goto(f"/desk/items/{first.id}")
    expect(page.locator("main")).to_contain_text("Please look again.")
    assert run_axe(page).violations_count == 0


def test_the_queue_is_narrowed_without_scripts(office: Office, arrive: Arrive) -> None:
    office.written("Otra vez lluvia.", lang="es")
    office.written("Rain again.")
    page = arrive(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page.locator("summary", has_text="Show only").click()
    page.get_by_label("Language").select_option("es")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".card")).to_have_count(1)
    page.get_by_role("button", name="Approve").first.click()
    expect(page.locator(".empty")).to_have_text("Nothing that waits fits.")
    assert "lang=es" in page.url
