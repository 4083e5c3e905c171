"""Run as a process of its own: a function takes one plea, and is killed at a point between plea and alert."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from pathlib import Path
from typing import Any, Final

import httpx

from tests.widgets.conftest import NOON, ORIGIN, THREAD
from widgets import CONTRACT_DIR
from widgets.app import create_app
from widgets.function.state import alerts
from widgets.function.state.alert_channels import AlertSettings, Channel, attempt
from widgets.function.state.settings import ProofSettings, Settings

POINTS: Final = ("written", "leased", "delivered")


def settings(folder: Path, hook: str, clock: Any, wait: Any = asyncio.sleep) -> Settings:
    return Settings(
        manifest=CONTRACT_DIR / "examples" / "manifest.portfolio.json",
        store=f"sqlite:{folder / 'store.sqlite'}",
        secret=b"a secret of at least thirty-two bytes",
        clock=clock,
        random=random.Random(str(folder)).randbytes,
        extra_origins=(ORIGIN,),
        limits=None,
        proof=ProofSettings(required=False),
        alerts=AlertSettings(webhook=hook, wait=wait),
    )


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def die_when_told(self: Any) -> None:
    die()


async def die_before(channel: Channel, seconds: float, number: int) -> bool:
    die()
    return False


async def die_after(channel: Channel, seconds: float, number: int) -> bool:
    await attempt(channel, seconds, number)
    die()
    return True


async def write_plea(folder: Path, hook: str, point: str) -> None:
    if point == "written":
        alerts.Alerts.told = die_when_told  # type: ignore[method-assign]
    else:
        alerts.attempt = die_before if point == "leased" else die_after
    app = create_app(settings(folder, hook, lambda: NOON))
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=ORIGIN)
    body = {"text": "I am going to kill myself tonight.", "pseudonym": "Quiet Heron"}
    headers = {"origin": ORIGIN, "gatherwell-key": "0" * 32}
    answer = await client.post(f"/api/v1/threads/{THREAD}/comments", json=body, headers=headers)
    answer.raise_for_status()
    await asyncio.Event().wait()  # until it is killed


if __name__ == "__main__":
    asyncio.run(write_plea(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
