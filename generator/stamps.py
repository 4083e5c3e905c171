"""What is known of a file without reading it, and whether that still says what bytes it holds."""

from __future__ import annotations

import time

import msgspec

# A file changed within this time of being looked at may change again without its times telling (as in git's index);
# file systems that count whole seconds get two of them.
_RACY_NS = 20_000_000
_RACY_COARSE_NS = 2_000_000_000


class Stamp(msgspec.Struct, frozen=True, gc=False):
    """What the file system says of a file without reading it."""

    size: int
    mtime: int
    ctime: int
    inode: int


class Seen(msgspec.Struct, frozen=True, gc=False):
    """A file as it was at *seen* (ns since the epoch), with the digest of its bytes."""

    stamp: Stamp
    seen: int
    digest: str

    def holds_for(self, stamp: Stamp) -> bool:
        """True when a file with *stamp* certainly still has the bytes of *digest*."""
        if stamp != self.stamp:
            return False
        newest = max(stamp.mtime, stamp.ctime)
        window = _RACY_COARSE_NS if stamp.mtime % 1_000_000_000 == 0 else _RACY_NS
        return self.seen - newest > window


class Written(msgspec.Struct, frozen=True, gc=False):
    """An output as an earlier build left it; *view* is the digest of the view that it was rendered from."""

    view: str
    file: Seen


def stamp_of(stat: object) -> Stamp:
    """The stamp in an ``os.stat_result``."""
    return Stamp(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)  # type: ignore[attr-defined]


def clock_ns() -> int:
    """The file system's clock, for the guard against racy times; nothing in the output depends on it."""
    return time.time_ns()
