"""A story's whole way in Chromium: told, edited back and forth, accepted, published, seen, taken back, and then found nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from generator.build.pipeline import build
from generator.ground.project import Options, Project
from tests.axe import run_axe
from tests.browser.elements.conftest import OpenPage, kept
from tests.browser.elements.village import Village
from tests.sites import NOW
from widgets import ELEMENTS_DIR
from widgets.adapters.pull import pull
from widgets.store.desk_records import DeskRow
from widgets.store.voices import Message, Voice, Words

CANARY = "zebrafinch"
FORM = "migraine~story"
DAYS = 14 * 86_400
LISTING = """
== gatherwell.yaml
title: A village
base_url: {origin}/
languages: [en, es]
cards: "off"
widgets: {{endpoint: /api/v1}}
== content/migraine/_index.md
---
title: Migraine
---
== content/migraine/a.md
---
title: An article
date: 2026-01-01
---
Words.
== content/migraine/stories/_index.md
---
title: Stories
---
Tell yours.

:::story-form
- How did it begin?
:::
== content/migraine/_index.es.md
---
title: Migraña
---
== content/migraine/stories/_index.es.md
---
title: Historias
---
Cuenta la tuya.

:::story-form
- ¿Cómo empezó?
:::
"""


class Town:
    """The village with pages that a build made, and a build after each pull."""

    def __init__(self, village: Village, folder: Path) -> None:
        from tests.sites import TinySite

        self.village, self.folder = village, folder
        self.site = TinySite(folder / "project", LISTING.format(origin=village.origin))
        self.build()

    def build(self) -> None:
        project = Project(self.site.root, self.site.out, ELEMENTS_DIR)
        build(project, Options(now=NOW, jobs=1, search=True), lambda _: None)
        files = {
            f"/{path.relative_to(self.site.out).as_posix()}".removesuffix("index.html"): path.read_bytes()
            for path in self.site.out.rglob("*")
            if path.is_file()
        }
        self.village.pages.files = {**self.assets, **files}

    @property
    def assets(self) -> dict[str, bytes]:
        return {path: content for path, content in self.village.pages.files.items() if "/assets/" in path}

    def publish(self) -> None:
        pull(endpoint=self.village.origin, out=self.site.root / ".gatherwell/private/snapshot.json")
        self.build()

    def voice(self) -> Voice:
        [voice] = self.village.do(self.village.store.voices.listed(("sent", "read", "asked", "offered")))
        return voice

    def change(self, **fields: object) -> None:
        before = self.voice()
        after = replace(before, **{"due": before.created + DAYS, **fields})  # type: ignore[arg-type]

        async def change() -> None:
            await self.village.store.voices.change(after)

        self.village.do(change())

    def answer(self, text: str) -> None:
        """A private answer to the story, as a moderator marked for it gives one."""
        answer = {"text": text, "by": "Mo", "role": "moderator", "at": 1, "once": ""}
        value = {"answers": [answer], "read": None}
        row = DeskRow("private-answer", self.voice().id, value, self.voice().created + 30 * 86_400)

        async def keep() -> None:
            await self.village.store.keep_beside(row)

        self.village.do(keep())

    def holding(self) -> list[str]:
        """Every file of site, cache, snapshot and store that holds the canary."""
        places = (self.site.out, self.site.root / ".gatherwell", self.folder)
        files = {path for place in places for path in place.rglob("*") if path.is_file()}
        return sorted(path.name for path in files if CANARY.encode() in path.read_bytes())


@pytest.fixture
def village(the_village: Village, tmp_path: Path) -> Iterator[Village]:
    """The function with a form for stories."""
    files = dict(the_village.pages.files)
    pages = {"en": "/migraine/stories/", "es": "/migraine/es/stories/"}
    form = {
        "kind": "story",
        "condition": "migraine",
        "pages": pages,
        "prompts": {"en": ["How did it begin?"], "es": ["¿Cómo empezó?"]},
    }
    the_village.open(tmp_path, voices={FORM: form})
    yield the_village
    the_village.close()
    the_village.pages.files = files


@pytest.fixture
def town(village: Village, tmp_path: Path) -> Town:
    return Town(village, tmp_path)


def violations(page: Page) -> list[str]:
    return [one["id"] for one in run_axe(page).response["violations"]]


def fill(page: Page) -> None:
    page.get_by_label("A title for your story").fill("A long winter")
    page.get_by_label("How did it begin?").fill(f"With a {CANARY}.")
    for label in (
        "I am 16 years old or older.",
        "It may be published",
        "It may be edited",
        "It may be shared",
    ):
        page.get_by_label(label).check()


@pytest.mark.long
def test_a_story_is_told_edited_accepted_seen_and_taken_back(town: Town, browse: OpenPage) -> None:
    page = browse("/migraine/stories/")
    page.wait_for_function("() => document.querySelector('gw-voice').started")
    assert kept(page) == {}
    assert violations(page) == []
    fill(page)
    assert kept(page)["gatherwell"]["told"][FORM]["q.1"] == f"With a {CANARY}."
    page.reload()
    expect(page.get_by_label("How did it begin?")).to_have_value(f"With a {CANARY}.")
    fill(page)
    page.get_by_role("button", name="Send my story").click()
    expect(page.locator(".voice-done h2")).to_be_focused()
    assert len(page.locator(".voice-done strong").inner_text().split()) == 8
    assert list(kept(page)["gatherwell"]) == ["key"]

    town.change(state="asked", messages=(Message("staff", "When was that?", "2026-06-01"),))
    page.goto("/you/")
    own = page.locator("gw-voices")
    expect(own.get_by_text("When was that?")).to_be_visible()
    own.get_by_text("Answer, or change your text").click()
    own.get_by_label("Your answer").fill("In March.")
    own.get_by_role("button", name="Send").click()
    expect(own.get_by_text("It waits to be read.").first).to_be_visible()
    assert [one.text for one in town.voice().messages] == ["When was that?", "In March."]

    town.answer("You matter to us.")
    page.reload()
    expect(own.get_by_text("You matter to us.")).to_be_visible()
    expect(own.get_by_text("You cannot write back here")).to_be_visible()
    assert "matter to us" not in str(kept(page))
    own.get_by_role("button", name="I have read it").click()
    expect(own.get_by_role("button", name="I have read it")).to_be_hidden()

    town.change(state="offered", offered=Words("Winter", f"A {CANARY} came.\n\n## Then"))
    page.reload()
    offer, before = own.locator(".voice-both > section").all()
    expect(offer.locator("div p").last).to_have_text(f"[new: A {CANARY} came.]")
    expect(before.locator("del").last).to_contain_text(f"With a {CANARY}.")
    assert violations(page) == []
    own.get_by_role("button", name="Publish it in these words").click()
    expect(own.get_by_text("It is published").first).to_be_visible()
    town.publish()
    own.get_by_role("link", name="A long winter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Winter")
    expect(page.get_by_text(f"A {CANARY} came.")).to_be_visible()
    assert violations(page) == []
    assert "feed.atom" in town.holding()

    page.goto("/you/")
    own.get_by_role("button", name="No longer share it").click()
    expect(own.get_by_role("status")).to_contain_text("it leaves the feeds")
    expect(own.get_by_role("heading", name="A long winter")).to_be_focused()
    own.get_by_role("button", name="Take it back and erase it").click()
    own.get_by_role("button", name="Yes, take it back").click()
    expect(own.get_by_role("heading")).to_have_count(0)
    expect(own.get_by_role("status")).to_contain_text("It is erased here.")
    expect(own.get_by_role("status")).to_be_focused()
    town.publish()
    assert town.holding() == []


@pytest.mark.long
def test_help_stands_above_the_receipt_of_a_story_that_pleads(town: Town, browse: OpenPage) -> None:
    page = browse("/migraine/stories/")
    page.set_viewport_size({"width": 360, "height": 640})
    page.wait_for_function("() => document.querySelector('gw-voice').started")
    fill(page)
    page.get_by_label("In your own words").fill("I am going to kill myself tonight.")

    page.get_by_role("button", name="Send my story").click()

    expect(page.locator(".voice-done strong")).not_to_be_empty()
    expect(page.locator(".help-given")).to_be_focused()
    expect(page.locator(".crisis-title")).to_be_in_viewport()
    expect(page.locator(".help-given ~ .voice-done")).to_be_visible()


@pytest.mark.long
def test_whoever_tells_a_story_may_ask_to_be_told(town: Town, browse: OpenPage) -> None:
    page = browse("/migraine/stories/")
    page.wait_for_function("() => document.querySelector('gw-voice').started")
    fill(page)
    page.get_by_label("Tell me here when somebody answers").check()
    with page.expect_response("**/api/v1/news") as asked:
        page.get_by_role("button", name="Send my story").click()
    assert asked.value.ok
    assert asked.value.request.post_data_json == {"story": town.voice().id}
    assert town.voice().consents == ("publish", "edit", "share")


@pytest.mark.long
def test_the_same_way_without_scripts(town: Town, browse: OpenPage) -> None:
    page = browse("/migraine/stories/", java_script_enabled=False)
    fill(page)
    page.get_by_role("button", name="Send my story").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We have it, thank you")
    receipt = page.locator("strong").inner_text()
    town.change(state="offered", offered=Words("Winter", f"A {CANARY} came."))
    page.goto("/you/")
    page.get_by_label("The eight words of your receipt").fill(receipt)
    page.get_by_role("button", name="See whether").click()
    expect(page.locator("ins").last).to_contain_text(f"A {CANARY} came.")
    page.get_by_role("button", name="Publish it in these words").click()
    expect(page.get_by_text("It is published").first).to_be_visible()
    town.publish()
    page.get_by_role("link", name="A long winter").click()
    expect(page.get_by_text(f"A {CANARY} came.")).to_be_visible()
    page.goto("/you/")
    page.get_by_label("The eight words of your receipt").fill(receipt)
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Taken back")
    town.publish()
    assert town.holding() == []
    assert json.loads((town.site.root / ".gatherwell/private/snapshot.json").read_text())["voices"] == {}


def tab_to(page: Page, place: Locator) -> None:
    """As somebody without a mouse comes there: forward by Tab, whatever has the focus now."""
    expect(place).to_be_visible()
    for _ in range(150):
        if place.evaluate("(one) => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {place}")


def write(page: Page, label: str, text: str) -> None:
    tab_to(page, page.get_by_label(label).first)
    page.keyboard.type(text)


def press(page: Page, place: Locator, key: str = "Enter") -> None:
    tab_to(page, place)
    page.keyboard.press(key)


@pytest.mark.long
@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_in_spanish_and_by_keyboard_alone(town: Town, browse: OpenPage, scripts: bool) -> None:
    page = browse("/migraine/es/stories/", java_script_enabled=scripts, locale="es")
    if scripts:
        page.wait_for_function("() => document.querySelector('gw-voice').started")
    write(page, "Un título para tu historia", "Un invierno largo")
    write(page, "¿Cómo empezó?", f"Con un {CANARY}.")
    for tick in ("Tengo 16 años", "Puede publicarse", "Puede editarse", "Puede compartirse"):
        press(page, page.get_by_label(tick), "Space")
    press(page, page.get_by_role("button", name="Enviar mi historia"))
    if scripts:
        expect(page.locator(".voice-done h2")).to_be_focused()
        receipt = page.locator(".voice-done strong").inner_text()
    else:
        receipt = page.locator("strong").inner_text()
    assert not scripts or violations(page) == []  # axe is a script
    town.change(state="offered", offered=Words("Invierno", f"Vino un {CANARY}."))
    own_page(page, receipt, scripts)
    expect(page.locator("ins").last).to_contain_text("Vino")
    press(page, page.get_by_role("button", name="Publicarlo con estas palabras"))
    expect(page.get_by_text("Está publicad").first).to_be_visible()
    town.publish()
    [folder] = [one for one in (town.site.out / "migraine/es/stories").iterdir() if one.is_dir()]
    page.goto(f"/migraine/es/stories/{folder.name}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Invierno")
    assert not scripts or violations(page) == []
    assert town.holding() != []
    own_page(page, receipt, scripts)
    press(page, page.get_by_role("button", name="Retirarlo y borrarlo"))
    if scripts:
        press(page, page.get_by_role("button", name="Sí, retirarlo"))
        expect(page.locator("gw-voices .say")).to_contain_text("Aquí está borrado.")
        expect(page.locator("gw-voices .say")).to_be_focused()
    else:
        expect(page.get_by_role("heading", level=1)).to_have_text("Retirado")
    town.publish()
    assert town.holding() == []


def own_page(page: Page, receipt: str, scripts: bool) -> None:
    """One's own story: found by the device's key, or by the receipt where no script runs."""
    page.goto("/es/you/")
    if not scripts:
        write(page, "Las ocho palabras de tu recibo", receipt)
        page.keyboard.press("Enter")


@pytest.mark.long
def test_an_article_loads_nothing_of_it(town: Town, browse: OpenPage) -> None:
    page = browse("/migraine/stories/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/migraine/a/")
    page.wait_for_load_state("networkidle")
    assert not any("voice" in url for url in asked)
