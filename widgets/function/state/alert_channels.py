"""Owns the ends of alerts: a webhook and an e-mail to those on duty, and what is said there.

An alert holds nothing of the person: no text, no pseudonym, no address.
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
from functools import partial
from typing import Final
from urllib.parse import unquote, urlsplit

from widgets.function.strings import language, phrase

log = logging.getLogger("gatherwell.function")

_SECONDS: Final = 5.0  # for one step of a conversation with a server

Wait = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """`webhook` is an http(s) address; `smtp` is `smtp://user:password@host:587` (STARTTLS) or `smtps://…`,
    `smtp+plain://…` without encryption for a relay on the same machine. `desk` is the desk's address, where
    it is not `/desk/` on the condition's own host. `inline`: send before the answer, once, and briefly. The second addresses are told
    where nobody has looked for an hour."""

    webhook: str | None = None
    smtp: str | None = None
    mail_from: str = ""
    mail_to: tuple[str, ...] = ()
    second_webhook: str | None = None
    second_mail_to: tuple[str, ...] = ()
    desk: str | None = None
    inline: bool = False
    wait: Wait = asyncio.sleep

    def __post_init__(self) -> None:
        for name, address in (("WEBHOOK", self.webhook), ("SECOND_WEBHOOK", self.second_webhook)):
            if address and urlsplit(address).scheme not in ("http", "https"):
                raise ValueError(f"GATHERWELL_ALERT_{name} must be an http or https address.")
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
    """All that is sent: no text, no pseudonym, no address. `refused`: the code with which a plea was refused, of which
    nothing was kept."""

    site: str
    condition: str
    reason: str
    lang: str
    queue: str
    refused: str = ""
    more: int = 0  # further calls that this message stands for
    test: bool = False

    def document(self) -> dict[str, str | int]:
        text = f"{self._subject()} {self.queue}"
        refused = {"refused": self.refused} if self.refused else {}
        return {
            **refused,
            **({"more": self.more} if self.more else {}),
            **({"test": True} if self.test else {}),
            "site": self.site,
            "condition": self.condition,
            "reason": self.reason,
            "queue": self.queue,
            "text": text,  # what chat services show
        }

    def message(self, sender: str, receivers: tuple[str, ...]) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"] = sender, ", ".join(receivers)
        message["Subject"] = self._subject()
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(f"{self._body()}\n\n{self.queue}\n")
        return message

    def _subject(self) -> str:
        """One line, which is all that a chat or a locked screen shows."""
        return self._said(self._key("alert-subject")) + (f" {self._said('alert-more')}" if self.more else "")

    def _body(self) -> str:
        return self._said(self._key("alert-body")) + (f"\n\n{self._said('alert-more')}" if self.more else "")

    def _key(self, of_a_comment: str) -> str:
        if self.test or self.refused:
            return "alert-test" if self.test else "alert-refused"
        return "alert-survey" if self.reason == "survey" else of_a_comment

    def _said(self, key: str) -> str:
        return phrase(language(self.lang), key).format(
            site=self.site, condition=self.condition or "?", code=self.refused, n=self.more
        )


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to those on duty. `deliver` blocks; it raises what `attempt` catches."""

    name: str
    deliver: Callable[[], None]


def channels(settings: AlertSettings, alert: Alert, *, second: bool = False) -> list[Channel]:
    """`second`: the second addresses too."""
    body = json.dumps(alert.document(), ensure_ascii=False).encode()
    found = []
    hooks = {"webhook": settings.webhook, "second webhook": settings.second_webhook if second else None}
    for name, address in hooks.items():
        if address:
            found.append(Channel(name, partial(_post, address, body)))
    mails = {"e-mail": settings.mail_to, "second e-mail": settings.second_mail_to if second else ()}
    for name, receivers in mails.items():
        if settings.smtp and receivers:
            message = alert.message(settings.mail_from, receivers)
            found.append(Channel(name, partial(_mail, settings.smtp, message)))
    return found


async def attempt(channel: Channel, seconds: float, number: int) -> bool:
    """Whether it was delivered; `number` counts the tries. Never raises."""
    try:
        await asyncio.wait_for(asyncio.to_thread(channel.deliver), seconds)
    except (OSError, smtplib.SMTPException, ValueError, TimeoutError) as error:
        # The kind of failure alone: a message could hold the address with its token.
        log.warning("An alert by %s failed (%s), attempt %d.", channel.name, type(error).__name__, number)
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
