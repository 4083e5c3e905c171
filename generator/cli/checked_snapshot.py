"""A snapshot is built from only after the checks of a pull: whoever wrote the file, no page holds HTML that the function keeps out."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final

from generator import __version__
from generator.content.snapshot import EARLIER, PRIVATE, SNAPSHOT
from generator.ground.errors import SiteError
from generator.ground.text import digest

_CHECKED: Final = f"{PRIVATE}/snapshot.checked"  # what was checked last, and by which version


def demand_checked_snapshot(root: Path) -> None:
    """Raises SiteError with the place of the first entry that no function answers; looked at once for each pull."""
    path = SNAPSHOT if (root / SNAPSHOT).exists() else EARLIER
    try:
        raw = (root / path).read_bytes()
    except OSError:
        return  # there is none, or the build says that it cannot be read
    stamp = digest(raw, __version__)
    with contextlib.suppress(OSError, UnicodeDecodeError):
        if (root / _CHECKED).read_text("utf-8") == stamp:
            return
    # Imported when it is wanted: it loads what cleans members' words.
    from widgets.adapters.snapshot_check import demand_snapshot
    from widgets.store.records import StoreError

    try:
        demand_snapshot(root / path)
    except StoreError as error:
        raise SiteError(str(error)) from None
    with contextlib.suppress(OSError):
        (root / PRIVATE).mkdir(parents=True, exist_ok=True)
        (root / _CHECKED).write_text(stamp, "utf-8")
