"""How the desk's pages look and read: no accessibility violation, nothing that scrolls sideways, big targets."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.axe import run_axe
from tests.browser.desk.conftest import Arrive, Office
from tests.browser.wide import WIDE

pytestmark = pytest.mark.browser
SCHEMES = pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])


def full(office: Office) -> list[str]:
    """A desk with something of everything; the paths of all its pages."""
    root = office.written("Does anybody else get this in spring?", state="published")
    office.written("I cannot go on like this.", urgency=9, held=("crisis", "first"))
    office.written(
        "Stop your pills, I did.", urgency=7, held=("medical-claim",), flags={"unsafe-medical-claim": 2}
    )
    office.written("Write to me: 555 0100", urgency=5, held=("personal-data", "links"))
    office.written(
        "A first post.\n\nWith two paragraphs and averyveryverylongwordthatdoesnotbreakanywhereatall"
    )
    own = {"author": "f" * 32, "pseudonym": "Quiet Heron", "skeleton": "quietheron"}
    office.written("Written before.", state="rejected", **own)
    office.link("Ana", may_answer_crisis=True)
    item = office.written("Every spring.", root=root.id, parent=root.id, urgency=2, held=("links",), **own)
    return [f"/desk/{name}" for name in ("", "unanswered", "search", "load", "audit", "account")] + [
        f"/desk/items/{item.id}",
        "/desk/nowhere-at-all/x",
        "/desk/items/00000000000000000000000000",
    ]


@SCHEMES
def test_no_page_has_an_accessibility_violation(office: Office, arrive: Arrive, scheme: str) -> None:
    paths = full(office)
    page = arrive("Ed", "editor", color_scheme=scheme)
    found = {}
    for path in paths:
        page.goto(path)
        if "/items/" in path:
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        results = run_axe(page)
        if results.violations_count:
            found[path] = [
                (violation["id"], [node["html"][:200] for node in violation["nodes"]][:3])
                for violation in results.response["violations"]
            ]
    assert found == {}


@SCHEMES
def test_the_pages_of_those_not_signed_in_have_none_either(
    office: Office, arrive: Arrive, scheme: str
) -> None:
    page = arrive(color_scheme=scheme)
    page.get_by_role("button", name="Sign out (Mo)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to the desk")
    assert run_axe(page).violations_count == 0
    page.goto(office.link())
    assert run_axe(page).violations_count == 0


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_scrolls_sideways(office: Office, arrive: Arrive, width: int) -> None:
    paths = full(office)
    page = arrive("Ed", "editor", viewport={"width": width, "height": 800})
    wide = {}
    for path in paths:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            wide[path] = over
    assert wide == {}


def test_whatever_is_pressed_is_at_least_44_pixels_high(office: Office, arrive: Arrive) -> None:
    paths = full(office)
    page = arrive("Ed", "editor", viewport={"width": 360, "height": 800})
    small = {}
    for path in paths:
        page.goto(path)
        found = page.evaluate(
            "[...document.querySelectorAll('button, .button, summary, nav a, .pick')]"
            ".filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.9)"
            ".map((one) => one.textContent.trim())"
        )
        if found:
            small[path] = found
    assert small == {}


def test_no_text_widens_or_stretches_the_desk(office: Office, arrive: Arrive) -> None:
    items = [office.written(text, pseudonym="W" * 40) for text in WIDE.values()]
    page = arrive("Ed", "editor", viewport={"width": 360, "height": 800})
    page.goto("/desk/")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    heights = page.evaluate("[...document.querySelectorAll('.text')].map((one) => one.offsetHeight)")
    assert len(heights) == len(WIDE)
    assert max(heights) < 700
    page.goto(f"/desk/items/{items[0].id}")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("language", ["en", "es"])
def test_on_a_phone_the_menu_takes_three_rows_at_most(office: Office, arrive: Arrive, language: str) -> None:
    page = arrive("Ed", "editor", viewport={"width": 360, "height": 800}, locale=language)
    page.goto("/desk/")
    tops = page.eval_on_selector_all(
        ".top nav > ul > li", "all => all.map((one) => Math.round(one.getBoundingClientRect().top))"
    )
    assert len(tops) == 8
    assert len(set(tops)) <= 3
