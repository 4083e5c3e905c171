"""The preview wakes when a scheduled moment passes, and when an edit brings a nearer one."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest

from generator.preview.clock import SiteClock, pause_until
from generator.site.schedule import Epoch
from tests.sites import NOW


def at(seconds: float) -> str:
    return (NOW + dt.timedelta(seconds=seconds)).isoformat()


@pytest.mark.parametrize(
    ("until", "pause"), [("", 60.0), (at(3600), 60.0), (at(5), 5.0), (at(0), 0.0), (at(-3600), 0.0)]
)
def test_pause_ends_with_the_epoch_or_after_a_minute(until: str, pause: float) -> None:
    assert pause_until(Epoch("", until), NOW) == pause


def test_nearer_moment_of_a_new_plan_is_not_slept_through() -> None:
    epochs = [Epoch("", at(3600))]
    passed = asyncio.Event()

    async def make_plan() -> None:
        epochs[0] = Epoch(at(0), "")
        passed.set()

    async def scene() -> None:
        clock = SiteClock(lambda: epochs[0], lambda: NOW)
        watching = asyncio.create_task(clock.run(make_plan))
        await asyncio.sleep(0)
        epochs[0] = Epoch("", at(0))
        clock.plan_changed()
        await asyncio.wait_for(passed.wait(), 60)
        watching.cancel()

    asyncio.run(scene())
