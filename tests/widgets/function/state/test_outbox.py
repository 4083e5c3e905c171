"""Alerts arrive: after a kill, after a restart, again until somebody has looked, and where nobody is called it is said."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.widgets.conftest import NOON, THREAD, Build, Function
from tests.widgets.desk.conftest import arrived
from tests.widgets.function.state.alarms import Arrivals, mailbox, webhook
from tests.widgets.function.state.dying_alert import POINTS, settings
from tests.widgets.function.state.test_limits_and_proof import CHEAP, solved
from widgets.app import create_app
from widgets.function.state.alert_channels import AlertSettings
from widgets.function.text.withdrawn_pleas import withdrawn_pleas

pytestmark = pytest.mark.anyio

DECIDED = "I am going to kill myself tonight."
THOUGHT = "Some days I just want to die."


async def never(seconds: float) -> None:
    await asyncio.Event().wait()


async def killed_and_restarted(folder: Path, point: str) -> int:
    """How many alerts arrived of a plea after which the function was killed at that point, and started again."""
    folder.mkdir()
    with webhook() as hook:
        command = [
            sys.executable,
            "-m",
            "tests.widgets.function.state.dying_alert",
            str(folder),
            hook.address,
            point,
        ]
        done = await asyncio.to_thread(
            subprocess.run, command, env=os.environ, capture_output=True, check=False
        )
        assert done.returncode == -signal.SIGKILL, done.stderr
        before = 0 if hook.nothing_more() else 1
        app = create_app(settings(folder, hook.address, lambda: NOON + 120, never))
        async with app.router.lifespan_context(app):
            await hook.next()
    return before + 1


@pytest.mark.parametrize("point", POINTS[:2])
async def test_an_alert_survives_a_kill(tmp_path: Path, point: str) -> None:
    assert await killed_and_restarted(tmp_path / "killed", point) == 1


@pytest.mark.long
async def test_twenty_kills_between_plea_and_alert_lose_none(tmp_path: Path) -> None:
    points = [POINTS[number % len(POINTS)] for number in range(20)]
    told = [await killed_and_restarted(tmp_path / f"{n}", point) for n, point in enumerate(points)]
    assert told == [2 if point == "delivered" else 1 for point in points]


async def sent_at(function: Function, seconds: float) -> None:
    function.clock.forward(seconds)
    await function.services.alerts.send_due()


def arrivals(hook: Arrivals) -> list[dict[str, object]]:
    found = []
    while not hook.nothing_more():
        found.append(hook.taken()[1])
    return found


async def test_nobody_looks_so_it_is_said_again_and_then_to_a_second_address(build: Build) -> None:
    with webhook() as hook, webhook() as second, mailbox() as mail:
        function = build(
            alerts=AlertSettings(
                webhook=hook.address,
                smtp=mail.address,
                mail_from="site@example.org",
                mail_to=("one@example.org",),
                second_webhook=second.address,
                second_mail_to=("two@example.org",),
                inline=True,
            )
        )
        await function.member().write(DECIDED)
        assert len(arrivals(hook)) == 1
        await sent_at(function, 15 * 60)
        assert (len(arrivals(hook)), len(arrivals(second))) == (1, 0)
        await sent_at(function, 45 * 60)
        assert (len(arrivals(hook)), len(arrivals(second))) == (1, 1)
        await sent_at(function, 24 * 3_600)
        assert (len(arrivals(hook)), len(arrivals(second))) == (0, 0)
        told = [mail.taken() for _ in range(4)]
        assert ["To: two@example.org" in message for message in sorted(told)].count(True) == 1


@pytest.mark.parametrize(
    ("staff", "again"),
    [({}, 0), ({"conditions": ("arthritis",)}, 1), ({"role": "advocate"}, 1)],
    ids=["with rights there", "of another condition", "who reads no held posts"],
)
@pytest.mark.parametrize("page", ["/", "/items/{}"])
async def test_who_has_rights_there_and_looks_ends_it(
    build: Build, staff: dict[str, object], again: int, page: str
) -> None:
    with webhook() as hook:
        function = build(alerts=AlertSettings(webhook=hook.address, inline=True))
        written = (await function.member().write(DECIDED)).json()["comment"]
        assert len(arrivals(hook)) == 1
        colleague = await arrived(function, **staff)  # type: ignore[arg-type]
        await colleague.get(page.format(written["id"]))
        await sent_at(function, 15 * 60)
        assert len(arrivals(hook)) == again


async def test_a_flood_without_proof_is_one_alert_and_one_more_after_five_minutes(build: Build) -> None:
    with webhook() as hook:
        function = build(alerts=AlertSettings(webhook=hook.address, inline=True), proof=CHEAP)
        for number in range(30):
            await function.member().write(DECIDED, pseudonym=f"Heron {number}")
        assert len(arrivals(hook)) == 1
        proof = await solved(function)
        function.clock.forward(5)
        await function.member().write(DECIDED, pseudonym="Real Heron", altcha=proof)
        assert len(arrivals(hook)) == 1
        await sent_at(function, 300)
        [told] = arrivals(hook)
        assert told["more"] == 28
        assert "And 28 more." in str(told["text"])


async def test_no_row_of_the_outbox_holds_anything_of_the_person(build: Build) -> None:
    with webhook() as hook:
        function = build(alerts=AlertSettings(webhook=hook.address, inline=True))
        member = function.member()
        written = (await member.write(DECIDED)).json()["comment"]
        [call] = await function.store.calls()
        for secret in ("Quiet Heron", "kill myself", written["id"], member.key, THREAD):
            assert secret not in str(call)


async def test_without_a_channel_nothing_waits_and_the_desk_says_so(function: Function) -> None:
    await function.member().write(DECIDED)
    assert await function.store.calls() == []
    mo = await arrived(function)
    assert "Nobody is called" in (await mo.get("/")).text


async def test_with_a_channel_the_desk_does_not_say_so(build: Build) -> None:
    function = build(alerts=AlertSettings(webhook="https://chat.example/hook", inline=True))
    mo = await arrived(function)
    assert "Nobody is called" not in (await mo.get("/")).text


@pytest.mark.parametrize(
    ("text", "level", "words"),
    [
        (DECIDED, "now", "a decision or an attempt"),
        ("I want to die. How many of these pills would it take?", "thoughts", "thoughts"),
    ],
)
async def test_what_is_withdrawn_while_held_leaves_a_trace(
    function: Function, text: str, level: str, words: str
) -> None:
    member = function.member()
    written = (await member.write(text)).json()["comment"]
    await member.send("DELETE", f"/comments/{written['id']}")
    [row] = await withdrawn_pleas(function.store, NOON)
    assert (row.condition, row.level, row.minute) == ("migraine", level, NOON // 60)
    [kept] = await function.store.desk_rows("withdrawn-plea")
    assert not [one for one in ("Heron", "die", written["id"], member.key, THREAD) if one in str(kept)]
    mo = await arrived(function)
    assert f"{words}: its writer took it back" in (await mo.get("/")).text
    function.clock.forward(30 * 86_400)
    await function.services.purge()
    assert await function.store.desk_rows("withdrawn-plea") == []


async def test_erasing_everything_leaves_the_trace_too(function: Function) -> None:
    member = function.member()
    await member.write(DECIDED)
    await member.send("DELETE", "/me")
    assert len(await withdrawn_pleas(function.store, NOON)) == 1


async def test_what_was_not_held_leaves_none(function: Function) -> None:
    member = function.member()
    written = (await member.write(THOUGHT)).json()["comment"]
    await member.send("DELETE", f"/comments/{written['id']}")
    assert await withdrawn_pleas(function.store, NOON) == []


async def test_harm_to_others_calls_together_with_others(build: Build) -> None:
    with webhook() as hook:
        function = build(alerts=AlertSettings(webhook=hook.address, inline=True))
        await function.member().write("Just kill yourself already.")
        [told] = arrivals(hook)
        assert told["reason"] == "incitement"


async def test_after_a_person_has_decided_a_flag_calls_nobody(build: Build) -> None:
    with webhook() as hook:
        function = build(alerts=AlertSettings(webhook=hook.address, inline=True))
        written = (await function.member().write("A quiet day.")).json()["comment"]
        mo = await arrived(function)
        comment = await function.store.comment(written["id"])
        await mo.act("approve", comment)
        await function.member().send("POST", f"/comments/{written['id']}/flags", {"reason": "crisis"})
        assert arrivals(hook) == []
