"""Each thing that staff do, done in a real browser: with its scripts and without any."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import Arrive, Office

pytestmark = pytest.mark.browser
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])


@SCRIPTS
def test_approving_from_the_queue_and_taking_it_back(office: Office, arrive: Arrive, scripts: bool) -> None:
    comment = office.written()
    page = arrive(java_script_enabled=scripts)
    page.get_by_role("button", name=f"Approve ({comment.pseudonym})").click()
    expect(page.get_by_role("status")).to_contain_text("Approved.")
    assert office.state(comment) == "published"
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Taken back")
    assert office.state(comment) == "held"


@SCRIPTS
def test_rejecting_with_a_kind_answer(office: Office, arrive: Arrive, scripts: bool) -> None:
    comment = office.written()
    page = arrive(java_script_enabled=scripts)
    page.get_by_role("link", name=f"Reject… ({comment.pseudonym})").click()
    reject = page.locator("#reject")
    if not scripts:
        reject.locator("summary").click()
    reject.get_by_role("radio", name="Advertising").check()
    reject.get_by_role("button", name="Reject").click()
    expect(page.get_by_role("status")).to_contain_text("Rejected. Its writer can read why.")
    assert office.comment(comment.id).reason == "advert"


@SCRIPTS
def test_many_at_once(office: Office, arrive: Arrive, scripts: bool) -> None:
    chosen, left = [office.written() for _ in range(3)], office.written()
    page = arrive(java_script_enabled=scripts)
    for comment in chosen:
        page.get_by_label(f"Choose the post of {comment.pseudonym}").check()
    page.get_by_role("button", name="Hold the chosen").click()
    expect(page.get_by_role("status")).to_contain_text("3 posts: Held.")
    for comment in chosen:
        page.get_by_label(f"Choose the post of {comment.pseudonym}").check()
    page.get_by_role("button", name="Set the chosen aside for a day").click()
    expect(page.get_by_role("status")).to_contain_text("3 posts: Set aside")
    expect(page.get_by_text("3 posts are set aside for a day.")).to_be_visible()
    expect(page.get_by_label(f"Choose the post of {left.pseudonym}")).to_be_visible()
    assert {office.state(comment) for comment in (*chosen, left)} == {"held"}


@SCRIPTS
def test_moving_a_plea_to_the_first_place(office: Office, arrive: Arrive, scripts: bool) -> None:
    office.written(urgency=5)
    plea = office.written("I am so tired of all this.")
    page = arrive(java_script_enabled=scripts)
    expect(page.locator(".card").first).not_to_contain_text(plea.text)
    page.get_by_role("link", name=f"Open ({plea.pseudonym})").click()
    page.get_by_role("button", name="Move to crisis").click()
    first = page.locator(".card").first
    expect(first).to_contain_text(plea.text)
    expect(first).to_contain_text("At once")
    expect(first).to_contain_text("Its writer may be in crisis")


@SCRIPTS
def test_answering_as_an_advocate(office: Office, arrive: Arrive, scripts: bool) -> None:
    question = office.written("How long did it take?", state="published")
    page = arrive("Ana", "advocate", "/desk/unanswered", java_script_enabled=scripts)
    page.get_by_role("link", name=f"Open ({question.pseudonym})").click()
    page.locator("summary", has_text="Answer").click()
    expect(page.get_by_text("You answer as Ana, Advocate.")).to_be_visible()
    page.get_by_label("Your answer").fill("About a year, with me.")
    page.get_by_role("button", name="Answer").click()
    around = page.get_by_role("region", name="The conversation")
    expect(around).to_contain_text("About a year, with me.")
    expect(around).to_contain_text("Advocate")


@SCRIPTS
def test_a_clinicians_note(office: Office, arrive: Arrive, scripts: bool) -> None:
    claim = office.written("I stopped my pills, do so too.", held=("medical-claim",), urgency=7)
    page = arrive("Dr Lee", "clinician", java_script_enabled=scripts)
    page.get_by_role("link", name=f"Open ({claim.pseudonym})").click()
    page.locator("summary", has_text="Show with a note").click()
    page.get_by_label("Your note").fill("Never stop alone.")
    page.get_by_label("Its source").fill("https://example.org/source")
    page.get_by_role("button", name="Show with a note").click()
    expect(page.get_by_role("status")).to_contain_text("Visible with your note.")
    noted = office.comment(claim.id)
    assert (noted.state, noted.note.by if noted.note else "") == ("noted", "Dr Lee")


def test_a_marked_span_is_taken_out(office: Office, arrive: Arrive) -> None:
    comment = office.written("My number 🙂 is 555 0100, call me.")
    page = arrive(path=f"/desk/items/{comment.id}")
    page.locator("summary", has_text="Take something out").click()
    page.get_by_label("The text: mark what goes").evaluate(
        "(area) => { const at = area.value.indexOf('555'); area.setSelectionRange(at, at + 8); "
        "area.dispatchEvent(new Event('select')); }"
    )
    page.get_by_role("button", name="Take something out").click()
    expect(page.get_by_role("status")).to_contain_text("what stood there is destroyed")
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    text = office.comment(comment.id).text
    assert "555 0100" not in text
    assert text.startswith("My number 🙂 is ")
    assert text.endswith(", call me.")


def test_a_span_is_taken_out_without_scripts(office: Office, arrive: Arrive) -> None:
    comment = office.written("My number is 555 0100, call me.")
    page = arrive(path=f"/desk/items/{comment.id}", java_script_enabled=False)
    page.locator("summary", has_text="Take something out").click()
    page.get_by_label("From character").fill("14")
    page.get_by_label("to character", exact=True).fill("21")
    page.get_by_role("button", name="Take something out").click()
    expect(page.get_by_role("status")).to_contain_text("what stood there is destroyed")
    assert office.comment(comment.id).text == "My number is […], call me."


@SCRIPTS
def test_what_looks_like_personal_data_is_taken_out_by_one_button(
    office: Office, arrive: Arrive, scripts: bool
) -> None:
    comment = office.written("Write to ana@example.org, any time.")
    page = arrive(path=f"/desk/items/{comment.id}", java_script_enabled=scripts)
    page.locator("summary", has_text="Take something out").click()
    expect(page.get_by_text("E-mail address: ana@example.org")).to_be_visible()
    page.get_by_role("button", name="Take out what was found").click()
    expect(page.get_by_role("status")).to_contain_text("what stood there is destroyed")
    assert office.comment(comment.id).text == "Write to […], any time."


@SCRIPTS
def test_locking_a_conversation_and_holding_a_pseudonym(
    office: Office, arrive: Arrive, scripts: bool
) -> None:
    comment = office.written(state="published")
    page = arrive(path=f"/desk/items/{comment.id}", java_script_enabled=scripts)
    page.locator("summary", has_text="Lock the conversation").click()
    page.get_by_label("Reason, which everybody reads").fill("Let us rest.")
    page.get_by_role("button", name="Lock the conversation").click()
    expect(page.get_by_role("status")).to_contain_text("The conversation is locked.")
    page.goto(f"/desk/items/{comment.id}")
    expect(page.get_by_text("This conversation is locked: Let us rest.")).to_be_visible()
    page.locator("summary", has_text="Hold this pseudonym").click()
    page.get_by_label("Days").fill("3")
    page.get_by_role("button", name="Hold this pseudonym").click()
    expect(page.get_by_role("status")).to_contain_text("The pseudonym is on hold.")
    page.goto(f"/desk/items/{comment.id}")
    expect(page.get_by_text("This pseudonym is on hold for 3 more days.")).to_be_visible()


@SCRIPTS
def test_searching(office: Office, arrive: Arrive, scripts: bool) -> None:
    comment = office.written("A rare word: zugzwang.", state="published")
    page = arrive(path="/desk/search", java_script_enabled=scripts)
    page.get_by_label("Words in a text").fill("ZUGZWANG")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_have_text("1 post found.")
    expect(page.locator(".card")).to_contain_text(comment.text)
    assert "zugzwang" not in page.url.lower()


@SCRIPTS
def test_two_who_decide_at_once(office: Office, arrive: Arrive, scripts: bool) -> None:
    comment = office.written()
    path = f"/desk/items/{comment.id}"
    mo = arrive("Mo", path=path, java_script_enabled=scripts)
    eve = arrive("Eve", path=path, java_script_enabled=scripts)
    expect(eve.get_by_role("status")).to_contain_text("Mo is looking at this just now.")
    mo.get_by_role("button", name="Approve").click()
    expect(mo.get_by_role("status")).to_contain_text("Approved.")
    eve.get_by_role("button", name="Move to crisis").click()
    expect(eve.get_by_role("alert")).to_contain_text("While you read: Mo approved.")
    assert office.comment(comment.id).urgency == 0


def test_the_keyboard_goes_through_the_queue(office: Office, arrive: Arrive) -> None:
    first, second, third = (office.written() for _ in range(3))
    page = arrive()
    page.keyboard.press("j")
    expect(page.locator(f"#i-{first.id}")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator(f"#i-{second.id}")).to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_label(f"Choose the post of {second.pseudonym}")).to_be_checked()
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_contain_text("Approved.")
    assert [office.state(one) for one in (first, second, third)] == ["held", "published", "held"]
    expect(page.get_by_label("Keyboard shortcuts")).to_be_checked()  # the new page's script has run
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("Taken back")
    expect(page.locator(f"#i-{second.id}")).to_be_focused()
    expect(page.get_by_label("Keyboard shortcuts")).to_be_checked()
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(f"#i-{second.id}")).to_be_focused()  # the one before the last
    expect(page.get_by_label("Keyboard shortcuts")).to_be_checked()
    page.keyboard.press("r")
    expect(page.locator("#reject input[type=radio]").first).to_be_focused()


def test_the_shortcuts_can_be_turned_off_and_stay_off(office: Office, arrive: Arrive) -> None:
    first = office.written()
    page = arrive()
    page.get_by_label("Keyboard shortcuts").uncheck()
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(f"#i-{first.id}")).not_to_be_focused()
    page.reload()
    expect(page.get_by_label("Keyboard shortcuts")).not_to_be_checked()
    assert office.state(first) == "held"
