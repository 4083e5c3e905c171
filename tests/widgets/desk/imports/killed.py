"""Imports a file of comments into a store again and again, each time killed a little later; then once to its end.

`python killed.py STORE FILE MANIFEST STEP`: the n-th time SIGKILL comes at the (n · STEP)-th statement that the store runs. Prints how
many were killed.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Any

from widgets.desk.imports.commands import import_comments
from widgets.desk.imports.taking import OldPlaces

STATEMENTS = frozenset({"execute", "executemany", "executescript", "commit"})


def main(store: str, file: str, manifest: str, step: int) -> None:
    killed = 0
    while attempt(store, Path(file), Path(manifest).read_bytes(), (killed + 1) * step):
        killed += 1
    print(killed)


def attempt(store: str, file: Path, manifest: bytes, deadly: int) -> bool:
    """Whether a process of its own was killed."""
    child = os.fork()
    if child:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in (0, -signal.SIGKILL)
        return code != 0
    seen = 0

    def count(_frame: FrameType, event: str, what: Any) -> None:
        nonlocal seen
        if event == "c_call" and getattr(what, "__name__", "") in STATEMENTS:
            seen += 1
            if seen == deadly:
                os.kill(os.getpid(), signal.SIGKILL)

    threading.setprofile(count)
    sys.setprofile(count)
    old = OldPlaces({"2019/05/post": ("migraine~weather", "en")})
    import_comments(f"sqlite:{store}", file, [manifest], old, None)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
