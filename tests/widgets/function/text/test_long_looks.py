"""Long texts are judged one after another, those of ordinary length beside longer ones."""

from __future__ import annotations

import asyncio
import threading

import pytest

from widgets.function.text.long_looks import LONG, LONGER, look

pytestmark = pytest.mark.anyio


async def test_a_long_text_waits_for_those_of_its_length_and_for_no_longer_one() -> None:
    release, seen = threading.Event(), list[str]()

    def first() -> None:
        seen.append("first")
        release.wait(30)

    longer = [asyncio.create_task(look(work, LONGER)) for work in (first, lambda: seen.append("second"))]
    await asyncio.sleep(0)
    await look(lambda: seen.append("long"), LONG)
    await look(lambda: seen.append("short"), LONG - 1)
    assert "second" not in seen
    assert {"long", "short"} <= set(seen)
    release.set()
    await asyncio.gather(*longer)
    assert seen[-1] == "second"
