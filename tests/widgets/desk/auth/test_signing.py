"""Coming to the desk and leaving it: links, cookies, sessions that end, are stolen, or are revoked."""

from __future__ import annotations

from typing import Any

import pytest

from tests.widgets.conftest import ORIGIN, Build, Function
from tests.widgets.desk.conftest import Colleague, SignIn, arrived, cookie_of, invited, written
from widgets.desk.auth.people import Staff, StaffError, revoke, staff_id
from widgets.desk.auth.sessions import IDLE_SECONDS, LONGEST_SECONDS
from widgets.desk.request import DeskRoute
from widgets.desk.routes import ROUTES
from widgets.rules.limits import DEFAULT_LIMITS, Limit

pytestmark = pytest.mark.anyio
HOUR = 3_600


def visitor(function: Function) -> Colleague:
    return Colleague(function.client, Staff("nobody", "Nobody", "moderator"))


async def test_looking_at_a_link_does_not_spend_it(function: Function) -> None:
    token = await invited(function, "Mo")
    for _ in range(3):
        answer = await visitor(function).get(f"/enter?t={token}")
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
    assert (await visitor(function).post("/enter", {"t": token})).status_code == 303


async def test_a_link_lets_in_once(function: Function) -> None:
    token = await invited(function, "Mo")
    assert (await visitor(function).post("/enter", {"t": token})).status_code == 303
    again = await visitor(function).post("/enter", {"t": token})
    assert again.status_code == 410
    assert "set-cookie" not in again.headers
    assert (await visitor(function).get(f"/enter?t={token}")).status_code == 410


@pytest.mark.parametrize(
    ("role", "place"), [("moderator", "/desk/"), ("clinician", "/desk/"), ("advocate", "/desk/unanswered")]
)
async def test_a_link_leads_to_what_waits_and_says_how_to_come_back(
    function: Function, role: str, place: str
) -> None:
    answer = await visitor(function).post("/enter", {"t": await invited(function, "Mo", role)})
    assert answer.headers["location"] == f"{place}?new=1"
    colleague = visitor(function)
    colleague.cookie = cookie_of(answer)
    page = (await colleague.get(f"{place}?new=1".removeprefix("/desk"))).text
    assert "You are signed in." in page
    assert '<a href="/desk/account">My account</a>' in page
    assert "You are signed in." not in (await colleague.get(place.removeprefix("/desk"))).text


async def test_a_link_ends_after_two_days(function: Function) -> None:
    token = await invited(function, "Mo")
    function.clock.forward(48 * HOUR)
    assert (await visitor(function).post("/enter", {"t": token})).status_code == 410


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "é" * 64])
async def test_a_made_up_link_lets_nobody_in(function: Function, token: str) -> None:
    assert (await visitor(function).post("/enter", {"t": token})).status_code == 410


async def test_the_cookie_goes_to_the_desk_alone_and_to_no_script(function: Function) -> None:
    answer = await visitor(function).post("/enter", {"t": await invited(function, "Mo")})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Secure-gw-desk=")
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "secure", "samesite=strict", "path=/desk"} <= parts
    assert not any(part.startswith("domain") for part in parts)


async def test_over_plain_http_the_cookie_has_a_plain_name(build: Build) -> None:
    function = build(secure_cookie=False)
    answer = await visitor(function).post("/enter", {"t": await invited(function, "Mo")})
    assert answer.headers["set-cookie"].startswith("gw-desk=")
    assert "secure" not in answer.headers["set-cookie"].lower()


async def test_neither_token_nor_cookie_stands_in_the_store(function: Function) -> None:
    token = await invited(function, "Mo")
    rows = await function.store.desk_rows("invitation")
    answer = await visitor(function).post("/enter", {"t": token})
    secret = cookie_of(answer).partition("=")[2]
    rows += await function.store.desk_rows("session")
    assert len(rows) == 2
    assert not any(token in str(row) or secret in str(row) for row in rows)


async def test_whoever_is_not_signed_in_is_led_to_the_door(function: Function) -> None:
    for path in ("/", "/account", "/audit", "/search", "/items/01k5q3w8r0c4v7n2x9h6j5t1ma"):
        answer = await visitor(function).get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/desk/sign-in")


async def test_the_bare_address_leads_to_the_desk(function: Function) -> None:
    answer = await function.client.get("/desk")
    assert (answer.status_code, answer.headers["location"]) == (308, "/desk/")


async def test_a_session_ends_after_twelve_idle_hours(function: Function, sign_in: SignIn) -> None:
    mo = await sign_in()
    function.clock.forward(IDLE_SECONDS - 1)
    assert (await mo.get("/")).status_code == 200
    function.clock.forward(IDLE_SECONDS - 1)
    assert (await mo.get("/")).status_code == 200
    function.clock.forward(IDLE_SECONDS)
    assert (await mo.get("/")).status_code == 303


async def test_a_session_ends_after_two_weeks_however_busy(function: Function, sign_in: SignIn) -> None:
    mo = await sign_in()
    for _ in range(LONGEST_SECONDS // (6 * HOUR) - 1):
        function.clock.forward(6 * HOUR)
        assert (await mo.get("/")).status_code == 200
    function.clock.forward(6 * HOUR)
    assert (await mo.get("/")).status_code == 303


async def test_a_copied_cookie_is_worth_nothing_once_its_owner_signed_out(
    function: Function, sign_in: SignIn
) -> None:
    mo = await sign_in()
    thief = Colleague(function.client, mo.staff, mo.cookie)
    assert (await thief.get("/")).status_code == 200
    answer = await mo.post("/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/sign-in")
    assert "max-age=0" in answer.headers["set-cookie"].lower()
    assert (await thief.get("/")).status_code == 303


async def test_signing_out_everywhere_ends_every_device(sign_in: SignIn) -> None:
    desk, phone = await sign_in(), await sign_in()
    other = await sign_in("Eve")
    await desk.post("/sign-out", {"everywhere": "1"})
    assert (await phone.get("/")).status_code == 303
    assert (await other.get("/")).status_code == 200


async def test_signing_in_ends_the_session_that_the_browser_brought(
    function: Function, sign_in: SignIn
) -> None:
    mo = await sign_in()
    answer = await mo.post("/enter", {"t": await invited(function, "Mo")})
    assert cookie_of(answer) != mo.cookie
    assert (await mo.get("/")).status_code == 303


async def test_a_revoked_person_is_out_at_once(function: Function, sign_in: SignIn) -> None:
    mo = await sign_in()
    link = await invited(function, "Mo")
    await revoke(function.store, "mo", function.services.now(), function.services.new_id)
    assert (await mo.get("/")).status_code == 303
    assert (await mo.post("/bulk", {"act": "approve"})).status_code == 401
    assert (await visitor(function).post("/enter", {"t": link})).status_code == 410


async def test_a_revoked_person_can_be_invited_anew_in_another_role(
    function: Function, sign_in: SignIn
) -> None:
    await sign_in("Mo", "moderator")
    with pytest.raises(StaffError, match="revoke mo first"):
        await invited(function, "Mo", "editor")
    await revoke(function.store, "mo", function.services.now(), function.services.new_id)
    mo = await sign_in("Mo", "editor")
    assert (await mo.get("/audit")).status_code == 200


@pytest.mark.parametrize(
    "staff",
    [
        {"name": "Mo", "role": "owner"},
        {"name": "M", "role": "moderator"},
        {"name": "M" * 41, "role": "moderator"},
        {"name": "Terminal", "role": "moderator"},
        {"name": "Dr Lee", "role": "clinician", "person": None},
        {"name": "Dr Lee", "role": "clinician", "verified_by": ""},
        {"name": "Ana", "role": "advocate", "person": None},
        {"name": "…", "role": "moderator"},
    ],
)
async def test_a_person_is_not_invited_half(function: Function, staff: dict[str, str]) -> None:
    with pytest.raises(StaffError):
        await invited(function, **staff)


def test_a_name_becomes_an_id_of_plain_letters() -> None:
    assert staff_id("Dra. Ana Núñez") == "dra-ana-nunez"


async def test_no_line_of_the_log_names_a_link_a_comment_or_a_person(
    build: Build, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="gatherwell.function")
    function = build(access_log=True)
    comment = await written(function)
    token = await invited(function, "Mo")
    await visitor(function).get(f"/enter?t={token}")
    mo = await arrived(function, "Mo Ray")
    await mo.get(f"/items/{comment.id}")
    await mo.act("reject", comment, answer="unkind")
    await mo.post("/search", {"words": "zugzwang"})
    assert caplog.text.count("GET ") + caplog.text.count("POST ") >= 6
    secrets = (token, mo.cookie, comment.id, comment.pseudonym, "zugzwang", "mo-ray", "192.0.2.7")
    assert not [secret for secret in secrets if secret in caplog.text]


@pytest.mark.parametrize("wrong", ["word", b"\xff", "x" * 70_000])
async def test_a_post_that_is_no_form_of_ours_is_refused_in_words(
    function: Function, sign_in: SignIn, wrong: str | bytes
) -> None:
    mo = await sign_in()
    headers = {
        "cookie": mo.cookie,
        "origin": ORIGIN,
        "content-type": "application/x-www-form-urlencoded",
        "accept": "text/html",
    }
    answer = await function.client.post("/desk/bulk", content=wrong, headers=headers)
    assert answer.status_code in (400, 403, 413)
    assert "That was not done" in answer.text


async def test_tries_at_the_door_are_bounded(build: Build) -> None:
    function = build(limits=DEFAULT_LIMITS)
    answers = [await visitor(function).post("/enter", {"t": "0" * 64}) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [410] * 20 + [429]
    function.clock.forward(60)
    assert (await visitor(function).post("/enter", {"t": "0" * 64})).status_code == 410


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.method == "POST"], ids=lambda one: one.path
)
async def test_posts_of_who_is_not_signed_in_are_limited(build: Build, route: DeskRoute) -> None:
    function = build(limits={"desk-enter": (Limit(1, 60),)})
    visitor = Colleague(function.client, Staff("nobody", "Nobody", "moderator"))
    path = route.path.format(comment="0" * 26, voice="a" * 8, question="a" * 8, act="approve")
    assert (await visitor.post(path)).status_code != 429
    assert (await visitor.post(path)).status_code == 429


async def test_who_is_signed_in_is_not_limited(build: Build) -> None:
    function = build(limits={"desk-enter": (Limit(1, 60),)})
    mo = await arrived(function)
    assert [(await mo.post("/bulk")).status_code for _ in range(3)] == [403, 403, 403]


@pytest.mark.parametrize(
    "other",
    [
        {"conditions": ()},
        {"conditions": ("migraine", "arthritis")},
        {"role": "moderator"},
        {"person": "somebody"},
        {"verified_by": "nobody"},
    ],
    ids=str,
)
async def test_a_further_link_gives_no_other_rights(function: Function, other: dict[str, Any]) -> None:
    await invited(function, "Dr Lee", "clinician", conditions=("migraine",))
    before = await function.store.desk_rows("staff")
    more: dict[str, Any] = {"role": "clinician", "conditions": ("migraine",), **other}
    with pytest.raises(
        StaffError, match="is a clinician for migraine, profile sample, verified by a test already"
    ):
        await invited(function, "Dr Lee", **more)
    assert await function.store.desk_rows("staff") == before
    assert len(await function.store.desk_rows("invitation")) == 1


async def test_a_further_link_with_the_same_rights_lets_in(function: Function) -> None:
    for _ in range(2):
        await invited(function, "Dr Lee", "clinician", conditions=("migraine", "arthritis"))
        await invited(function, "Dr Lee", "clinician", conditions=("arthritis", "migraine"))
    assert len(await function.store.desk_rows("invitation")) == 4
