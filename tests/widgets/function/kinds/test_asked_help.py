"""Whether words ask for help, asked before they are sent: answered at once, kept nowhere, without a limit; one person is one alert."""

from __future__ import annotations

from typing import Any, Final

import httpx
import pytest

from tests.widgets.conftest import THREAD, Build, Function, Member
from tests.widgets.function.kinds.test_surveys import respond
from tests.widgets.function.kinds.test_voices import body as story
from tests.widgets.function.state.alarms import Arrivals, webhook
from widgets.function.state.alert_channels import AlertSettings
from widgets.function.text import refused_pleas as refused
from widgets.function.text.refused_pleas import refused_pleas
from widgets.rules.calls import seen
from widgets.rules.limits import Limit

pytestmark = pytest.mark.anyio

PLEA: Final = "I am going to kill myself tonight."
SURVEY: Final = "migraine~sleep"


async def ask(member: Member, *texts: str, about: str = THREAD, **more: Any) -> httpx.Response:
    return await member.send("POST", "/help", {"about": about, "texts": texts, "lang": "en", **more})


async def alerts(function: Function, hook: Arrivals, *, later: int = 0) -> list[str]:
    """With which code each text was refused that somebody was called about; "" for one that was kept."""
    function.clock.forward(later)
    await function.services.alerts.send_due()
    found = []
    while not hook.nothing_more():
        found.append(hook.taken()[1].get("refused", ""))
    return found


def codes(rows: Any) -> list[tuple[str, int]]:
    return [(row.code, row.times) for row in rows]


async def never() -> None:
    """The outbox sends nothing."""


@pytest.fixture
def hook() -> Any:
    with webhook() as arrivals:
        yield arrivals


@pytest.fixture
def function(build: Build, hook: Arrivals) -> Function:
    return build(alerts=AlertSettings(webhook=hook.address, inline=True))


async def test_a_plea_is_answered_with_lines_and_words(function: Function) -> None:
    answer = (await ask(function.member(), PLEA)).json()
    assert answer["help"]
    assert answer["help_words"]["after"].startswith("What you wrote is being sent")


async def test_other_words_are_answered_with_nothing(function: Function) -> None:
    assert (await ask(function.member(), "This noise is killing me.")).json() == {"help": []}


async def test_nothing_is_kept_and_nobody_is_called_where_it_is_sent_next(
    function: Function, hook: Arrivals
) -> None:
    await ask(function.member(), PLEA)
    assert await alerts(function, hook) == []
    assert not await refused_pleas(function.store, function.services.now())
    assert await function.store.queue(10) == []


async def test_a_question_of_as_many_characters_as_it_may_have_is_no_refused_plea(
    function: Function, hook: Arrivals
) -> None:
    answer = await ask(function.member(), f"{'頭' * 59_000} {PLEA}")
    assert (answer.status_code, bool(answer.json()["help"])) == (200, True)
    assert await alerts(function, hook) == []


async def test_no_limit_keeps_help_back(build: Build) -> None:
    function = build(limits={rule: (Limit(0, 60),) for rule in ("comment", "response", "voice", "challenge")})
    member = function.member()
    for _ in range(70):
        answer = await ask(member, PLEA)
    assert answer.json()["help"]


async def test_a_child_is_shown_lines_for_children_first(
    function: Function, manifest: dict[str, Any]
) -> None:
    manifest["conditions"]["migraine"]["minimum_age"] = 16
    manifest["help"]["en"].append({"name": "Children's line", "phone": "0800 1111", "kinds": ["child"]})
    answer = (await ask(function.member(), f"I am 13. {PLEA}")).json()
    assert answer["help"][0]["name"] == "Children's line"


@pytest.mark.parametrize("about", ["nowhere", "", "migraine~nothing"])
async def test_of_no_page_there_is_help_too(function: Function, about: str) -> None:
    assert (await ask(function.member(), PLEA, about=about)).json()["help"]


async def test_a_question_that_is_refused_holds_help(function: Function) -> None:
    answer = await ask(function.member(), PLEA, unheard_of="yes")
    assert (answer.json()["code"], bool(answer.json()["help"])) == ("body-invalid", True)


@pytest.mark.parametrize("missing", ["age-missing", "consent-missing", "answers-invalid"])
async def test_where_a_form_is_not_complete_those_on_duty_are_told(
    function: Function, hook: Arrivals, missing: str
) -> None:
    answer = (await ask(function.member(), PLEA, about=SURVEY, missing=missing)).json()
    assert "have not been kept yet" in answer["help_words"]["after"]
    assert await alerts(function, hook) == [missing]
    assert codes(await refused_pleas(function.store, function.services.now())) == [(missing, 1)]


# -- one person is one alert


async def test_a_name_that_is_missing_is_said_by_its_own_code_with_help(function: Function) -> None:
    answer = (await function.member().write(PLEA, pseudonym="")).json()
    assert (answer["code"], bool(answer["help"])) == ("pseudonym-invalid", True)
    assert (await function.member().write("", pseudonym="Quiet Heron")).json()["code"] == "text-empty"


async def test_a_refused_plea_that_is_kept_next_is_one_alert_and_leaves_no_row(
    function: Function, hook: Arrivals
) -> None:
    member = function.member()
    await member.write(PLEA, pseudonym="")
    await member.write(PLEA, pseudonym="!")
    assert (await member.write(f" {PLEA}\n")).status_code == 201
    assert await alerts(function, hook) == ["pseudonym-invalid"]
    assert codes(await refused_pleas(function.store, function.services.now())) == []


async def test_another_person_s_same_words_are_another_alert(function: Function, hook: Arrivals) -> None:
    await function.member().write(PLEA, pseudonym="")
    function.clock.forward(120)
    await function.member().write(PLEA)
    assert sorted(await alerts(function, hook, later=600)) == ["", "pseudonym-invalid"]
    assert codes(await refused_pleas(function.store, function.services.now())) == [("pseudonym-invalid", 1)]


async def test_what_is_kept_after_somebody_has_looked_is_told_again(
    function: Function, hook: Arrivals
) -> None:
    member = function.member()
    await member.write(PLEA, pseudonym="")
    for call in await function.store.calls():
        await function.store.keep_call(seen(call))
    await member.write(PLEA)
    assert await alerts(function, hook, later=600) == ["pseudonym-invalid", ""]


async def test_a_story_without_its_ticks_and_then_with_them_is_one_alert(
    function: Function, hook: Arrivals
) -> None:
    member = function.member()
    first = await member.send("POST", "/stories", story(text=PLEA, consents=[]))
    assert (first.json()["code"], bool(first.json()["help"])) == ("consent-missing", True)
    assert (await member.send("POST", "/stories", story(text=PLEA, age=False))).json()["help"]
    assert (await member.send("POST", "/stories", story(text=PLEA))).status_code == 201
    assert await alerts(function, hook) == ["consent-missing"]
    assert codes(await refused_pleas(function.store, function.services.now())) == []


async def test_a_call_that_has_not_gone_out_is_replaced_by_that_about_the_kept_words(
    function: Function, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(function.services.alerts, "told", never)
    member = function.member()
    await member.write(PLEA, pseudonym="")
    await member.write(PLEA)
    calls = await function.store.calls()
    assert sorted((call.refused, call.due is not None) for call in calls) == [
        ("", True),
        ("pseudonym-invalid", False),
    ]


async def test_a_call_that_stands_for_somebody_else_too_stays(
    function: Function, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(function.services.alerts, "told", never)
    member = function.member()
    await member.write(PLEA, pseudonym="")
    await function.member().write(PLEA, pseudonym="")
    await member.write(PLEA)
    assert [call.due is not None for call in await function.store.calls()] == [True, True]
    assert codes(await refused_pleas(function.store, function.services.now())) == [("pseudonym-invalid", 1)]


async def waiting(function: Function) -> list[tuple[str, bool]]:
    calls = await function.store.calls()
    return sorted((call.refused, call.due is not None) for call in calls)


async def test_who_is_refused_in_the_minute_of_a_call_that_was_replaced_is_called_about(
    function: Function, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(function.services.alerts, "told", never)
    member = function.member()
    await member.write(PLEA, pseudonym="")
    await member.write(PLEA)
    assert await waiting(function) == [("", True), ("pseudonym-invalid", False)]
    await function.member().write(PLEA, pseudonym="")
    assert await waiting(function) == [("", True), ("pseudonym-invalid", True)]


async def test_who_is_refused_in_the_minute_in_which_somebody_has_looked_is_called_about(
    function: Function, hook: Arrivals
) -> None:
    await function.member().write(PLEA, pseudonym="")
    for call in await function.store.calls():
        await function.store.keep_call(seen(call))
    await function.member().write(PLEA, pseudonym="")
    assert await alerts(function, hook) == ["pseudonym-invalid", "pseudonym-invalid"]


async def test_a_call_is_not_taken_back_while_somebody_else_is_being_counted(
    function: Function, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the call of one and its row another's words are kept, and their call is replaced."""
    monkeypatch.setattr(function.services.alerts, "told", never)
    first, second = function.member(), function.member()
    await first.write(PLEA, pseudonym="")
    count = refused._count

    async def slowly(*given: Any) -> None:
        monkeypatch.setattr(refused, "_count", count)
        await first.write(PLEA)
        await count(*given)

    monkeypatch.setattr(refused, "_count", slowly)
    await second.write(PLEA, pseudonym="")
    assert await waiting(function) == [("", True), ("pseudonym-invalid", True)]


async def test_a_survey_without_its_tick_and_then_with_it_is_one_alert(
    function: Function, hook: Arrivals
) -> None:
    """Among other answers, which are no part of the plea."""
    member, answers = function.member(), {"sleep": "good", "words": PLEA}
    assert (await respond(member, answers, age=False)).json()["code"] == "age-missing"
    assert (await respond(member, answers)).status_code == 201
    assert await alerts(function, hook, later=600) == ["age-missing"]
    assert codes(await refused_pleas(function.store, function.services.now())) == [("survey-text", 1)]
