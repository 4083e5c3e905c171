"""Without JavaScript: forms, one cookie, a way back, pages for people in their language."""

from __future__ import annotations

import re
from typing import Any

import html5lib
import httpx
import pytest

from tests.widgets.conftest import POLL, THREAD, Build, Function
from widgets.contract.problems import codes
from widgets.function.pages.said import Said, to_said
from widgets.function.state.settings import ProofSettings
from widgets.function.strings import LANGUAGES

pytestmark = pytest.mark.anyio
KEY = "0123456789abcdef0123456789abcdef"
COOKIE = {"__Host-gw": KEY}
VOTE = {"version": "1", "choice": "often", "lang": "es"}


def location(function: Function, told: Said) -> str:
    """The address that a form is answered with."""
    return str(to_said(function.services, told).headers["location"])


async def said(function: Function, told: Said) -> httpx.Response:
    return await function.client.get(location(function, told))


async def test_the_first_vote_sets_one_cookie_and_says_so(function: Function) -> None:
    answer = await function.form(f"/polls/{POLL}/votes", VOTE)
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert re.match(r"__Host-gw=[0-9a-f]{32}; ", cookie)
    assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    page = await function.get(answer.headers["location"].removeprefix("/api/v1"))
    assert "una cookie llamada __Host-gw" in page.text
    assert 'href="/es/clima/"' in page.text


@pytest.mark.parametrize(
    ("closes", "offered"), [("2999-01-01T00:00:00Z", True), ("2020-01-01T00:00:00Z", False)]
)
async def test_after_a_vote_the_conditions_open_survey_is_offered(
    build: Build, manifest: dict[str, Any], closes: str, offered: bool
) -> None:
    manifest["surveys"]["migraine~sleep"] |= {"opens": None, "closes": closes}
    function = build()
    answer = await function.form(f"/polls/{POLL}/votes", VOTE | {"lang": "es"})
    page = await function.client.get(answer.headers["location"])
    assert ("Dormir con migraña" in page.text) is offered
    assert (f'href="{manifest["surveys"]["migraine~sleep"]["pages"]["es"]}"' in page.text) is offered


async def test_a_later_vote_goes_straight_back_to_the_page(function: Function) -> None:
    answer = await function.form(f"/polls/{POLL}/votes", VOTE, COOKIE)
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "https://example.org/es/clima/#poll-weather-trigger",
    )
    assert "set-cookie" not in answer.headers
    back = await function.form(
        f"/polls/{POLL}/votes", VOTE, COOKIE, referer="https://example.org/else/where/?q=1"
    )
    assert back.headers["location"] == "https://example.org/else/where/#poll-weather-trigger"


@pytest.mark.parametrize(
    "referer",
    [
        "https://evil.example/",
        "https://example.org//evil.example/",
        "javascript:alert(1)",
        "https://example.org:1/x",
    ],
)
async def test_the_way_back_leads_nowhere_else(function: Function, referer: str) -> None:
    answer = await function.form(f"/polls/{POLL}/votes", VOTE, COOKIE, referer=referer)
    assert answer.headers["location"].startswith("https://example.org/es/clima/")


async def test_a_form_without_a_choice_asks_before_it_takes_the_vote_back_and_says_so(
    function: Function,
) -> None:
    path = f"/polls/{POLL}/votes"
    await function.form(path, VOTE, COOKIE)
    asked = await function.form(path, {"version": "1", "lang": "en"}, COOKIE)
    assert "Take your vote back?" in asked.text
    assert (await function.store.tally(POLL, 1)).voters == 1
    fields = dict(re.findall(r'name="(\w+)" value="([\w-]+)"', asked.text))
    told = await function.form(path, fields, COOKIE)
    assert (await function.store.tally(POLL, 1)).voters == 0
    assert "Your vote is taken back" in (await function.client.get(told.headers["location"])).text


@pytest.mark.parametrize(
    ("method", "path", "fields"),
    [("GET", "/me?lang=es", None), ("POST", f"/polls/{POLL}/votes", {"version": "1", "lang": "es"})],
)
async def test_a_refusal_speaks_the_language_of_the_page_and_not_the_browsers(
    function: Function, method: str, path: str, fields: dict[str, str] | None
) -> None:
    headers = {"origin": "https://example.org", "accept": "text/html", "accept-language": "en"}
    answer = await function.client.request(method, f"/api/v1{path}", data=fields, headers=headers)
    assert answer.status_code >= 400
    assert '<html lang="es">' in answer.text


async def test_a_text_that_is_too_long_is_refused_with_its_length_and_the_limit(function: Function) -> None:
    fields = {"text": "x" * 5_400, "pseudonym": "Ana", "lang": "es"}
    answer = await function.form(f"/threads/{THREAD}/comments", fields, COOKIE)
    assert "Tiene 5.400 caracteres; puede tener 5.000 como mucho." in answer.text
    story = {
        "form": "migraine~story",
        "text": "It began.",
        "consents": ["publish"],
        "age": True,
        "lang": "en",
    }
    sent = await function.member().send("POST", "/stories", {**story, "title": "x" * 121})
    assert (sent.json()["length"], sent.json()["limit"]) == (121, 120)
    assert "It has 121 characters; it may have 120 at most." in sent.json()["said"]


@pytest.mark.parametrize("cookie", [{}, COOKIE])
async def test_a_form_without_a_choice_from_somebody_who_never_voted_asks_for_one(
    function: Function, cookie: dict[str, str]
) -> None:
    answer = await function.form(f"/polls/{POLL}/votes", {"version": "1", "lang": "en"}, cookie)
    assert (answer.status_code, "choice-count" in answer.text) == (422, True)
    assert "set-cookie" not in answer.headers


async def test_pressing_a_reaction_again_takes_it_back(function: Function) -> None:
    for expected in (1, 0):
        answer = await function.form(f"/threads/{THREAD}/reactions", {"reaction": "me-too"}, COOKIE)
        assert answer.headers["location"].endswith("/weather/#reactions")
        counts = (await function.store.counts([THREAD]))[THREAD].reactions
        assert counts.get("me-too", 0) == expected


async def test_a_comment_without_javascript_is_held_for_an_editor(build: Build) -> None:
    function = build(proof=ProofSettings())
    fields = {"text": "Hello", "pseudonym": "Ana", "website": "", "lang": "en"}
    answer = await function.form(f"/threads/{THREAD}/comments", fields)
    page = await function.get(answer.headers["location"].removeprefix("/api/v1"))
    assert "An editor reads it before it is shown" in page.text
    [(_, held)] = await function.store.queue(10)
    assert held.held == ("no-proof",)


async def test_ones_own_page_shows_and_withdraws_and_erases(function: Function) -> None:
    await function.form(f"/polls/{POLL}/votes", VOTE, COOKIE)
    await function.form(f"/threads/{THREAD}/comments", {"text": "Mine", "pseudonym": "Ana"}, COOKIE)
    page = await function.get("/me", accept="text/html", cookie=f"__Host-gw={KEY}")
    assert "Does the weather trigger" in page.text
    [id_] = re.findall(r'action="/api/v1/comments/(\w+)"', page.text)
    gone = await function.form(f"/comments/{id_}", {"action": "withdraw"}, COOKIE)
    assert "what=withdrawn" in gone.headers["location"]
    erased = await function.form("/me", {"action": "erase"}, COOKIE)
    assert '__Host-gw=""; ' in erased.headers["set-cookie"]
    assert (await function.store.tally(POLL, 1)).voters == 0


async def test_what_a_refusal_repeats_is_text(function: Function) -> None:
    fields = {"text": "<script>secret words</script>", "pseudonym": "<b>admin</b>"}
    answer = await function.form(f"/threads/{THREAD}/comments", fields, COOKIE, accept_language="es-MX,es")
    assert answer.status_code == 422
    assert "Este seudónimo no se puede usar" in answer.text
    assert "&lt;script&gt;secret words&lt;/script&gt;</textarea>" in answer.text
    assert "<b>" not in answer.text


async def test_every_answer_page_is_valid_scriptless_html_under_a_strict_policy(function: Function) -> None:
    pages = [
        await said(function, Said(what, lang, thread=THREAD, first=True))
        for what in ("voted", "reacted", "held", "published", "flagged", "withdrawn", "erased")
        for lang in LANGUAGES
    ]
    pages.append(await function.get("/me", accept="text/html", cookie=f"__Host-gw={KEY}"))
    pages.append(await function.get("/nowhere", accept="text/html"))
    parser = html5lib.HTMLParser(strict=True)
    for page in pages:
        tree = parser.parse(page.text)
        assert tree is not None
        assert "<script" not in page.text
        assert " style=" not in page.text
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert page.headers["cache-control"] == "no-store"


async def test_nobody_can_make_the_site_say_what_did_not_happen(function: Function) -> None:
    signed = location(function, Said("withdrawn", thread=THREAD))
    assert (await function.client.get(signed)).status_code == 200
    for made_up in (
        f"/api/v1/said?what=withdrawn&thread={THREAD}",
        signed.replace("withdrawn", "erased"),
        signed.replace("until=1", "until=9"),
        signed.partition("&until")[0],
        f"{signed}%C3%A9",
        signed.replace("until=", "until=%EF%BC%91"),
    ):
        assert (await function.client.get(made_up)).status_code == 404, made_up


async def test_what_an_answer_page_says_is_soon_forgotten(function: Function) -> None:
    signed = location(function, Said("withdrawn", thread=THREAD))
    function.clock.forward(600)
    assert (await function.client.get(signed)).status_code == 200
    function.clock.forward(1)
    assert (await function.client.get(signed)).status_code == 404


async def test_a_made_up_answer_page_is_not_found(function: Function) -> None:
    assert (await function.get("/said?what=<script>")).status_code == 404
    page = await said(function, Said("voted", "<b>", poll='"><script>alert(1)</script>'))
    assert "<script" not in page.text
    assert page.text.count("<a ") == 1
    assert "not-found" in codes()


async def test_ones_own_page_speaks_the_language_of_the_page_that_led_there(function: Function) -> None:
    english = {"accept": "text/html", "accept-language": "en", "cookie": f"__Host-gw={KEY}"}
    await function.form(f"/polls/{POLL}/votes", VOTE, COOKIE)
    page = (await function.client.get("/api/v1/me?lang=es", headers=english)).text
    assert '<html lang="es"' in page
    assert "Lo que ha aportado este navegador" in page
    other = (await function.client.get("/api/v1/me?lang=<b>", headers=english)).text
    assert '<html lang="en"' in other
    assert "<b>" not in other
