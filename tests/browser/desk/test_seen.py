"""How the desk's pages look and read: no accessibility violation, nothing that scrolls sideways, big targets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.axe import run_axe
from tests.browser.desk.conftest import Arrive, Office
from tests.browser.wide import WIDE
from widgets.function.text.false_alarms import FalseAlarm, alarm_row
from widgets.function.text.mistakes import Mistake, keep_mistake
from widgets.store.voices import Message, Voice, Words

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
    story = told(office)
    beside(office)
    names = ("", "unanswered", "search", "load", "audit", "account", "voices", "mistakes", "alarms", "texts")
    return [f"/desk/{name}" for name in names] + [
        f"/desk/items/{item.id}",
        f"/desk/voices/{story.id}",
        "/desk/questions/fghjkmnp",
        "/desk/nowhere-at-all/x",
        "/desk/items/00000000000000000000000000",
    ]


LONG = "Averyveryverylongwordthatdoesnotbreakanywhereatall" * 3
TURNED = "\u202eturned around\u202c, Z" + "\u0301" * 60


def told(office: Office) -> Voice:
    """Stories in every list, the last with all that a page of one can hold."""
    words = Words(LONG[:120], f"It began. {LONG} {TURNED}\n\n## {LONG}\n\n* a list")
    messages = (Message("staff", f"When? {LONG}", "2026-09-01"), Message("writer", TURNED, "2026-09-02"))
    story = Voice(
        id="bcdfghjk",
        kind="story",
        condition="migraine",
        author="a" * 32,
        receipt="b" * 32,
        lang="en",
        pseudonym="",
        written=words,
        created=office.services.now() - 900,
        consents=("publish", "edit"),
        carer=True,
        state="read",
        messages=messages,
        content_notes=("illness",),
        held=("crisis", "child", "device-held"),
        urgency=9,
    )
    more: dict[str, Any] = {
        "shown": words,
        "state": "published",
        "html": "<p>x</p>",
        "published": "2026-09-01",
    }

    async def add(voice: Voice) -> Voice:
        kept: Voice = await office.services.store.voices.add(voice, None)
        return kept

    office.do(add(replace(story, id="cdfghjkm", receipt="c" * 32, held=(), urgency=0, **more)))
    office.do(add(replace(story, id="dfghjkmn", receipt="d" * 32, state="offered", offered=words, due=2**31)))
    asked = {"kind": "question", "held": (), "urgency": 0, "content_notes": (LONG[:40],), **more}
    for id_, since in (("fghjkmnp", office.services.now()), ("ghjkmnpq", None)):
        office.do(add(replace(story, id=id_, receipt=id_, clinician=since, **asked)))
    return office.do(add(story))


def beside(office: Office) -> None:
    """Reported mistakes, a false alarm."""
    services = office.services
    for text, passage in ((f"Wrong. {LONG}", TURNED), (TURNED, LONG)):
        mistake = Mistake("migraine~weather", "migraine", text, passage, "en", services.now() // 86_400)
        office.do(keep_mistake(services, mistake))
    plea = Mistake("migraine~weather", "migraine", f"I cannot. {LONG}", TURNED, "en", 20_000, ("crisis",), 9)
    office.do(keep_mistake(services, plea))
    alarm = FalseAlarm("0" * 26, (LONG[:60], "works"), "migraine", "ed", services.now())

    async def teach() -> None:
        await services.store.keep_desk_row(alarm_row(alarm))

    office.do(teach())


@SCHEMES
def test_no_page_has_an_accessibility_violation(office: Office, arrive: Arrive, scheme: str) -> None:
    paths = full(office)
    page = arrive("Ed", "editor", color_scheme=scheme)
    found = {}
    for path in paths:
        page.goto(path)
        if "/items/" in path or "/voices/" in path:
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
    page.goto(f"/desk/items/{office.written().id}")
    page.get_by_role("button", name="Approve").first.click()  # so that the audit has a line
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
