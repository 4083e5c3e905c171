"""Owns trying alerts: one message by every channel of the environment, the second addresses too."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from widgets.adapters.environment import alert_settings
from widgets.function.state.alert_channels import Alert, attempt, channels

_SECONDS = 10.0


def has_alerts(environ: Mapping[str, str]) -> bool:
    """Whether the environment names a channel. Raises ValueError on a wrong setting."""
    return alert_settings(environ) is not None


def try_alerts(site: str, lang: str, environ: Mapping[str, str]) -> dict[str, bool]:
    """Channel → whether it took the message; empty where none is set. Raises ValueError on a wrong setting.

    `site` is an origin, `lang` the language of the message.
    """
    settings = alert_settings(environ)
    if settings is None:
        return {}
    alert = Alert(site, "", "test", lang, settings.desk or f"{site}/desk/", test=True)
    ends = channels(settings, alert, second=True)

    async def send() -> list[bool]:
        return list(await asyncio.gather(*(attempt(end, _SECONDS, 1) for end in ends)))

    return {end.name: ok for end, ok in zip(ends, asyncio.run(send()), strict=True)}
