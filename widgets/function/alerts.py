"""Owns the call to those who look after people: a webhook and an e-mail when a text tells of danger.

An alert holds nothing of the person: no text, no pseudonym, no address. It never delays or fails an answer.
"""

from __future__ import annotations

import asyncio
import json
import logging
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final
from urllib.parse import unquote, urlsplit

from widgets.function.pages.page import language, phrase

log = logging.getLogger("gatherwell.function")

_SECONDS: Final = 5.0  # for one attempt in the background
_INLINE_SECONDS: Final = 1.5  # where nothing runs after the answer
_AGAIN_AFTER: Final = (2.0, 15.0, 60.0, 300.0, 900.0)  # seconds

Wait = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """`webhook` is an http(s) address; `smtp` is `smtp://user:password@host:587` (STARTTLS) or `smtps://…`,
    `smtp+plain://…` without encryption for a relay on the same machine. `desk` is the desk's address, where
    it is not `/desk/` on the condition's own host. `inline`: send before the answer, once, and briefly."""

    webhook: str | None = None
    smtp: str | None = None
    mail_from: str = ""
    mail_to: tuple[str, ...] = ()
    desk: str | None = None
    inline: bool = False
    wait: Wait = asyncio.sleep

    def __post_init__(self) -> None:
        if self.webhook and urlsplit(self.webhook).scheme not in ("http", "https"):
            raise ValueError("GATHERWELL_ALERT_WEBHOOK must be an http or https address.")
        if self.smtp is None:
            return
        if (
            urlsplit(self.smtp).scheme not in ("smtp", "smtps", "smtp+plain")
            or not urlsplit(self.smtp).hostname
        ):
            raise ValueError("GATHERWELL_ALERT_SMTP is written smtp://user:password@host:587.")
        if not self.mail_from or not self.mail_to:
            raise ValueError("GATHERWELL_ALERT_SMTP needs GATHERWELL_ALERT_FROM and GATHERWELL_ALERT_TO too.")


@dataclass(frozen=True, slots=True)
class Alert:
    """All that leaves the house."""

    site: str
    condition: str
    reason: str
    lang: str
    queue: str

    def document(self) -> dict[str, str]:
        text = f"{self._said('alert-subject')} {self.queue}"
        return {
            "site": self.site,
            "condition": self.condition,
            "reason": self.reason,
            "queue": self.queue,
            "text": text,  # what chat services show
        }

    def message(self, settings: AlertSettings) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"] = settings.mail_from, ", ".join(settings.mail_to)
        message["Subject"] = self._said("alert-subject")
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(f"{self._said('alert-body')}\n\n{self.queue}\n")
        return message

    def _said(self, key: str) -> str:
        return phrase(language(self.lang), key).format(site=self.site, condition=self.condition)


class Alerts:
    """Deliveries under way; each channel is tried again by itself until it succeeds or gives up."""

    def __init__(self, settings: AlertSettings | None) -> None:
        self._settings = settings or AlertSettings()
        self._under_way: set[asyncio.Task[None]] = set()

    def link(self, origin: str) -> str:
        return self._settings.desk or f"{origin}/desk/"

    async def send(self, alert: Alert) -> None:
        """Returns at once; where nothing runs after the answer, after one short attempt. Never raises."""
        channels = self._channels(alert)
        if self._settings.inline:
            await asyncio.gather(*(_attempt(name, deliver, _INLINE_SECONDS, 1) for name, deliver in channels))
            return
        for name, deliver in channels:
            task = asyncio.create_task(self._deliver(name, deliver))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def close(self) -> None:
        """What is under way gets a moment, what waits for another try is given up."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=_INLINE_SECONDS)
        for task in list(self._under_way):
            task.cancel()

    def _channels(self, alert: Alert) -> list[tuple[str, Callable[[], None]]]:
        settings = self._settings
        found: list[tuple[str, Callable[[], None]]] = []
        if settings.webhook:
            address, body = settings.webhook, json.dumps(alert.document(), ensure_ascii=False).encode()
            found.append(("webhook", lambda: _post(address, body)))
        if settings.smtp:
            server, message = settings.smtp, alert.message(settings)
            found.append(("e-mail", lambda: _mail(server, message)))
        return found

    async def _deliver(self, name: str, deliver: Callable[[], None]) -> None:
        for number, pause in enumerate((0.0, *_AGAIN_AFTER), start=1):
            if pause:
                await self._settings.wait(pause)
            if await _attempt(name, deliver, _SECONDS * 2, number):
                return
        log.error("An alert by %s is given up: look at the queue.", name)


async def _attempt(name: str, deliver: Callable[[], None], seconds: float, number: int) -> bool:
    try:
        await asyncio.wait_for(asyncio.to_thread(deliver), seconds)
    except (OSError, smtplib.SMTPException, ValueError, TimeoutError) as error:
        # The kind of failure alone: a message could hold the address with its token.
        log.warning("An alert by %s failed (%s), attempt %d.", name, type(error).__name__, number)
        return False
    return True


def _post(address: str, body: bytes) -> None:
    headers = {"Content-Type": "application/json", "User-Agent": "gatherwell"}
    request = urllib.request.Request(address, body, headers)  # noqa: S310  (http or https, checked above)
    with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
        answer.read(1)


def _mail(server: str, message: EmailMessage) -> None:
    parts = urlsplit(server)
    host = parts.hostname or ""
    if parts.scheme == "smtps":
        context = ssl.create_default_context()
        client: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=_SECONDS, context=context)
    else:
        client = smtplib.SMTP(host, parts.port or 587, timeout=_SECONDS)
    with client:
        if parts.scheme == "smtp":
            client.starttls(context=ssl.create_default_context())
        if parts.username:
            client.login(unquote(parts.username), unquote(parts.password or ""))
        client.send_message(message)
