"""Coming and going in a real browser: links, passkeys, sessions that end, stolen cookies, forged forms."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk.conftest import Arrive, Office

pytestmark = pytest.mark.browser
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])


@SCRIPTS
def test_a_link_signs_in_by_its_button_and_never_again(
    office: Office, chromium: Browser, scripts: bool
) -> None:
    context = chromium.new_context(java_script_enabled=scripts)
    page = context.new_page()
    link = office.link()
    page.goto(link)
    page.reload()
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Queue")
    expect(page.get_by_role("status")).to_contain_text("You are signed in.")
    [cookie] = context.cookies(f"{office.origin}/desk/")
    assert (cookie["name"], cookie["path"], cookie["sameSite"]) == ("__Secure-gw-desk", "/desk", "Strict")
    assert cookie["httpOnly"]
    assert cookie["secure"]
    page.goto(link)
    expect(page.get_by_role("alert")).to_contain_text("has been used")
    context.close()


@SCRIPTS
def test_a_session_that_ended_while_the_page_was_open(office: Office, arrive: Arrive, scripts: bool) -> None:
    comment = office.written()
    page = arrive(java_script_enabled=scripts)
    office.skew = 13 * 3_600
    page.get_by_role("button", name=f"Approve ({comment.pseudonym})").click()
    expect(page.get_by_role("alert")).to_contain_text("You are not signed in any more.")
    assert office.state(comment) == "held"
    page.goto("/desk/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to the desk")


def test_a_cookie_in_another_browser_is_worth_nothing_once_its_owner_left(
    office: Office, arrive: Arrive, chromium: Browser
) -> None:
    page = arrive()
    thief = chromium.new_context(base_url=office.origin)
    thief.add_cookies(page.context.cookies(f"{office.origin}/desk/"))  # type: ignore[arg-type]
    stolen = thief.new_page()
    stolen.goto("/desk/")
    expect(stolen.get_by_role("heading", level=1)).to_have_text("Queue")
    page.get_by_role("button", name="Sign out (Mo)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to the desk")
    stolen.goto("/desk/")
    expect(stolen.get_by_role("heading", level=1)).to_have_text("Sign in to the desk")
    thief.close()


def test_a_form_on_another_site_changes_nothing(office: Office, arrive: Arrive) -> None:
    comment = office.written()
    page = arrive()
    token = page.locator("[name=csrf]").first.get_attribute("value")
    trap = page.context.new_page()
    trap.set_content(
        f'<form method="post" action="{office.origin}/desk/items/{comment.id}/approve">'
        f'<input name="revision" value="1"><input name="csrf" value="{token}"><button>x</button></form>'
    )
    trap.get_by_role("button").click()
    expect(trap.get_by_role("alert")).to_contain_text("did not come from a page of the desk")
    assert office.state(comment) == "held"


def test_a_passkey_is_made_signs_in_and_can_be_removed(office: Office, arrive: Arrive) -> None:
    page = arrive(path="/desk/account")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_text("last used")).to_be_visible()
    page.get_by_role("button", name="Sign out (Mo)").click()
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.post_data or ""))
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Queue")
    [used] = [body for body in sent if body.startswith("credential=")]
    again = page.context.request.post(
        "/desk/passkeys/sign-in",
        data=used,
        headers={"origin": office.origin, "content-type": "application/x-www-form-urlencoded"},
    )
    assert again.status == 400
    page.goto("/desk/account")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("You have none yet.")).to_be_visible()
    page.get_by_role("button", name="Sign out (Mo)").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The passkey was not accepted.")


def test_a_device_without_a_passkey_says_so(arrive: Arrive) -> None:
    page = arrive()
    page.get_by_role("button", name="Sign out (Mo)").click()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "isUserVerified": False}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("That did not work.")).to_be_visible()
