"""Those who look after people are called at once, with nothing of the person, whatever becomes of the call."""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket

import pytest

from tests.widgets.conftest import ORIGIN, THREAD, Build, Clock
from tests.widgets.function.state.alarms import Arrivals, mailbox, webhook
from widgets.adapters.environment import settings_from
from widgets.function.state.alert_channels import AlertSettings

pytestmark = pytest.mark.anyio

PLEA = "Some days I just want to die."
BASE = {
    "GATHERWELL_MANIFEST": "manifest.json",
    "GATHERWELL_STORE": "sqlite:store",
    "GATHERWELL_SECRET": "s" * 32,
}


class Pauses:
    """Waiting that moves the clock and notes for how long."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        self.clock.forward(seconds)


def by_mail(mail: Arrivals) -> AlertSettings:
    return AlertSettings(
        smtp=mail.address,
        mail_from="site@example.org",
        mail_to=("one@example.org", "two@example.org"),
    )


def closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def test_the_webhook_is_told_where_and_why_and_nothing_of_the_person(build: Build) -> None:
    with webhook() as hook:
        function = build(alerts=AlertSettings(webhook=hook.address))
        member = function.member()
        written = (await member.write(PLEA)).json()["comment"]
        headers, document = await hook.next()
    assert document == {
        "site": ORIGIN,
        "condition": "migraine",
        "reason": "crisis",
        "queue": f"{ORIGIN}/desk/",
        "text": f"Somebody may be in danger (migraine): please look at the queue. {ORIGIN}/desk/",
    }
    for secret in ("Quiet Heron", "want to die", written["id"], member.key, THREAD):
        assert secret not in str(document) + str(headers)


async def test_the_mail_says_the_same_and_no_more(build: Build) -> None:
    with mailbox() as mail:
        function = build(alerts=by_mail(mail))
        await function.member().write(PLEA)
        message = email.message_from_string(await mail.next(), policy=email.policy.default)
    assert message["To"] == "one@example.org, two@example.org"
    assert message["Subject"] == "Somebody may be in danger (migraine): please look at the queue."
    body = message.get_content()
    assert body.strip().endswith(f"{ORIGIN}/desk/")
    assert "Heron" not in body
    assert "want to die" not in body


async def test_a_failing_end_is_tried_again_with_growing_pauses(build: Build) -> None:
    clock = Clock()
    pauses = Pauses(clock)
    with webhook(refuse=2) as hook, mailbox(refuse=1) as mail:
        settings = AlertSettings(
            hook.address, mail.address, "site@example.org", ("one@example.org",), wait=pauses
        )
        function = build(alerts=settings, clock=clock)
        await function.member().write(PLEA)
        await hook.next()
        await mail.next()
        await hook.next()  # again after 15 minutes, since nobody has looked
    assert pauses.seconds[:3] == [2, 15, 900]


async def test_an_end_that_is_not_there_is_given_up_after_a_day_and_never_named(
    build: Build, caplog: pytest.LogCaptureFixture
) -> None:
    address = f"http://127.0.0.1:{closed_port()}/hook?token=secret-token"
    function = build(alerts=AlertSettings(webhook=address, inline=True))
    assert (await function.member().write(PLEA)).status_code == 201
    for _ in range(30):
        function.clock.forward(3_600)
        await function.services.alerts.send_due()
    assert "An alert by webhook failed (URLError), attempt 1." in caplog.text
    assert "An alert is given up after a day: look at the queue." in caplog.text
    assert "secret-token" not in caplog.text
    assert "want to die" not in caplog.text


async def test_the_answer_does_not_wait_for_the_alert(build: Build) -> None:
    held = asyncio.Event()

    async def never(seconds: float) -> None:
        held.set()
        await asyncio.Event().wait()

    with webhook(refuse=1) as hook:
        function = build(alerts=AlertSettings(webhook=hook.address, wait=never))
        answer = await function.member().write(PLEA)
        await asyncio.wait_for(held.wait(), 30)
        assert answer.status_code == 201
        assert hook.nothing_more()
        await function.services.alerts.close()


async def test_where_nothing_runs_after_the_answer_the_alert_is_before_it(build: Build) -> None:
    with webhook() as hook, mailbox() as mail:
        settings = AlertSettings(
            hook.address, mail.address, "site@example.org", ("one@example.org",), inline=True
        )
        function = build(alerts=settings)
        await function.member().write(PLEA)
        assert not hook.nothing_more()
        assert not mail.nothing_more()


async def test_a_failing_end_does_not_fail_the_answer_there_either(build: Build) -> None:
    address = f"http://127.0.0.1:{closed_port()}/"
    function = build(alerts=AlertSettings(webhook=address, inline=True))
    answer = await function.member().write(PLEA)
    assert (answer.status_code, bool(answer.json()["help"])) == (201, True)


async def test_one_text_is_one_alert(build: Build) -> None:
    with webhook() as hook:
        function = build(alerts=AlertSettings(webhook=hook.address, inline=True))
        member = function.member()
        once = {"idempotency-key": "the-same-intent-0001"}
        written = (await member.write(PLEA, headers=once)).json()["comment"]
        await member.write(PLEA, headers=once)
        await member.send("PATCH", f"/comments/{written['id']}", {"text": PLEA + " Really."})
        await function.member().send("POST", f"/comments/{written['id']}/flags", {"reason": "crisis"})
        await hook.next()
        assert hook.nothing_more()


@pytest.mark.parametrize(
    "text", ["A quiet day.", "Ten years ago I attempted suicide. I am well.", "Stop taking your insulin."]
)
async def test_what_is_not_urgent_calls_nobody(build: Build, text: str) -> None:
    with webhook() as hook:
        function = build(alerts=AlertSettings(webhook=hook.address, inline=True))
        await function.member().write(text)
        assert hook.nothing_more()


async def test_an_edit_and_a_reader_s_flag_call_too(build: Build) -> None:
    with webhook() as hook:
        function = build(alerts=AlertSettings(webhook=hook.address, inline=True))
        member = function.member()
        edited = (await member.write("A quiet day.")).json()["comment"]
        await member.send(
            "PATCH", f"/comments/{edited['id']}", {"text": "How many pills would it take to die?"}
        )
        assert (await hook.next())[1]["reason"] == "method"
        function.clock.forward(300)
        flagged = (await member.write("Another day.")).json()["comment"]
        path = f"/comments/{flagged['id']}/flags"
        await function.member().send("POST", path, {"reason": "crisis"})
        await function.member().send("POST", path, {"reason": "crisis"})
        assert (await hook.next())[1]["reason"] == "crisis"
        assert hook.nothing_more()


def test_the_environment_sets_where_alerts_go() -> None:
    assert settings_from(BASE).alerts is None
    given = {
        "GATHERWELL_ALERT_WEBHOOK": "https://chat.example/hook",
        "GATHERWELL_ALERT_SMTP_SSM": "smtp",
        "GATHERWELL_ALERT_FROM": "site@example.org",
        "GATHERWELL_ALERT_TO": "one@example.org, two@example.org",
        "GATHERWELL_DESK_URL": "https://example.org/desk/",
    }
    found = settings_from(BASE | given, {"smtp": "smtps://user:word@mail.example"}.__getitem__).alerts
    assert found == AlertSettings(
        webhook="https://chat.example/hook",
        smtp="smtps://user:word@mail.example",
        mail_from="site@example.org",
        mail_to=("one@example.org", "two@example.org"),
        desk="https://example.org/desk/",
    )


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"GATHERWELL_ALERT_WEBHOOK": "file:///etc/passwd"}, "GATHERWELL_ALERT_WEBHOOK"),
        ({"GATHERWELL_ALERT_SMTP": "mail.example:587"}, "GATHERWELL_ALERT_SMTP"),
        ({"GATHERWELL_ALERT_SMTP": "smtp://mail.example"}, "GATHERWELL_ALERT_TO"),
    ],
)
def test_a_wrong_setting_is_named(given: dict[str, str], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        settings_from(BASE | given)
