"""File stamps: whether a file still has the bytes of its last reading, without reading it again."""

from __future__ import annotations

import time

import msgspec

# A file that changed shortly before it was read may change again and get the same times (git calls such an entry of its
# index racily clean). It is trusted only if it was read later than this after its change; file systems with times in
# whole seconds need two seconds.
_RACY_NS = 20_000_000
_RACY_COARSE_NS = 2_000_000_000


class Stamp(msgspec.Struct, frozen=True, gc=False):
    """Size in bytes, times in ns since the epoch, and inode of a file."""

    size: int
    mtime: int
    ctime: int
    inode: int


class Seen(msgspec.Struct, frozen=True, gc=False):
    """The stamp and the digest of a file that was read at *seen* (ns since the epoch)."""

    stamp: Stamp
    seen: int
    digest: str

    def holds_for(self, stamp: Stamp) -> bool:
        """Whether a file that has *stamp* now is unchanged; False where this is not certain."""
        if stamp != self.stamp:
            return False
        newest = max(stamp.mtime, stamp.ctime)
        window = _RACY_COARSE_NS if stamp.mtime % 1_000_000_000 == 0 else _RACY_NS
        return self.seen - newest > window


class Written(msgspec.Struct, frozen=True, gc=False):
    """An output of an earlier build; *view* is the digest of the view that it was rendered from."""

    view: str
    file: Seen


def stamp_of(stat: object) -> Stamp:
    """The stamp in an ``os.stat_result``."""
    return Stamp(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)  # type: ignore[attr-defined]


def clock_ns() -> int:
    """The current time in ns since the epoch, for :attr:`Seen.seen`; no output depends on it."""
    return time.time_ns()
