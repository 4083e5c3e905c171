"""Owns how many long texts are judged at once: one of ordinary length and one longer, whatever number of them comes.

Help has no limit. A body of 300 kB costs a second of work, so that a crowd of them would take the processor from every other
request, and the threads from the store. None is turned away; whoever sends one waits for those before it, and a text that a
person may write waits for no longer one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

T = TypeVar("T")

LONG: Final = 5_000  # characters from which a text is judged in a thread
LONGER: Final = 25_000  # more than forms take
_LONG: Final = ThreadPoolExecutor(1, "gatherwell-long")
_LONGER: Final = ThreadPoolExecutor(1, "gatherwell-longer")


async def look(work: Callable[[], T], characters: int) -> T:
    """What `work` finds in a text of so many characters: here, or in a thread, in its turn."""
    if characters < LONG:
        return work()
    thread = _LONG if characters < LONGER else _LONGER
    return await asyncio.get_running_loop().run_in_executor(thread, work)
