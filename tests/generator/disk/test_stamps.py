"""When what is known of a file still says what bytes it holds."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from generator.disk.stamps import Seen, Stamp, stamp_of

SECOND = 1_000_000_000
CHANGED = 1_780_000_000 * SECOND + 123_456_789
WHOLE = 1_780_000_000 * SECOND
STAMP = Stamp(size=10, mtime=CHANGED, ctime=CHANGED, inode=7)


@pytest.mark.parametrize(
    ("mtime", "ctime", "seen", "holds"),
    [
        # Clocks of nanoseconds: 20 ms after the newest of both times.
        (CHANGED, CHANGED, CHANGED - 1, False),
        (CHANGED, CHANGED, CHANGED, False),
        (CHANGED, CHANGED, CHANGED + 19_999_999, False),
        (CHANGED, CHANGED, CHANGED + 20_000_000, False),
        (CHANGED, CHANGED, CHANGED + 20_000_001, True),
        (CHANGED, CHANGED + SECOND, CHANGED + 20_000_001, False),
        (CHANGED, CHANGED + SECOND, CHANGED + SECOND + 20_000_000, False),
        (CHANGED, CHANGED + SECOND, CHANGED + SECOND + 20_000_001, True),
        (CHANGED + SECOND, CHANGED, CHANGED + 20_000_001, False),
        (CHANGED + SECOND, CHANGED, CHANGED + SECOND + 20_000_001, True),
        # Clocks of whole seconds: 2 s.
        (WHOLE, WHOLE, WHOLE + 20_000_001, False),
        (WHOLE, WHOLE, WHOLE + 2 * SECOND, False),
        (WHOLE, WHOLE, WHOLE + 2 * SECOND + 1, True),
        (WHOLE + 1, WHOLE + 1, WHOLE + 20_000_002, True),
    ],
)
def test_unchanged_stamp_holds_only_beyond_the_racy_window(
    mtime: int, ctime: int, seen: int, holds: bool
) -> None:
    stamp = Stamp(10, mtime, ctime, 7)
    assert Seen(stamp, seen, "digest").holds_for(stamp) is holds


@pytest.mark.parametrize("field", ["size", "mtime", "ctime", "inode"])
def test_a_stamp_that_differs_anywhere_does_not_hold(field: str) -> None:
    seen = Seen(STAMP, CHANGED + 60 * SECOND, "digest")
    other = msgspec.structs.replace(STAMP, **{field: getattr(STAMP, field) - 1})
    assert seen.holds_for(STAMP)
    assert seen.holds_for(other) is False


def test_stamp_is_what_the_file_system_says(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    os.utime(path, ns=(CHANGED, CHANGED - 7))
    stat = path.stat()
    assert stamp_of(stat) == Stamp(5, CHANGED - 7, stat.st_ctime_ns, stat.st_ino)
