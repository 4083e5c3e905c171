"""Runs Pagefind, which makes the index in a process of its own: documents in, a folder of files out."""

from __future__ import annotations

import base64
import gzip
import json
import subprocess
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

_DOCUMENT_SECONDS = 60
_WRITE_SECONDS = 3600
_END_SECONDS = 120
_GZIP = b"\x1f\x8b"


class SearchError(Exception):
    """The index could not be made: *reason*, and what may help."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.hint = hint


def pagefind_version() -> str:
    """The version of the indexer, empty where it is not installed."""
    # Slow to import, and asked for where an index is made or looked at.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("pagefind")
    except PackageNotFoundError:
        return ""


def write_index(documents: Iterable[tuple[str, str]], folder: Path) -> None:
    """Index *documents*, each (URL, HTML), into *folder*.

    They go one after the other: their order decides about the index's bytes. Raises SearchError.
    """
    with _Service() as service:
        index = service.ask({"type": "NewIndex", "config": {"write_playground": False}})["index_id"]
        for url, content in documents:
            service.ask(
                {
                    "type": "AddFile",
                    "index_id": index,
                    "url": url,
                    "file_contents": content,
                    "file_path": None,
                }
            )
        service.ask({"type": "WriteFiles", "index_id": index, "output_path": str(folder)}, _WRITE_SECONDS)
        _wait_for(folder)
    unfinished = sum(1 for path in _files(folder) if not is_whole(path))
    if unfinished:
        raise SearchError(f"Pagefind left {unfinished} files unfinished", "build again")


def _wait_for(folder: Path) -> None:
    """Pagefind answers when it has made its files and before it has filled them; what it has not filled when it ends is
    lost. Each is filled in one go.
    """
    end = time.monotonic() + _END_SECONDS
    while any(path.stat().st_size == 0 for path in _files(folder)) and time.monotonic() < end:
        time.sleep(0.01)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def is_whole(path: Path) -> bool:
    """Whether a file of an index has all that was written into it."""
    content = path.read_bytes()
    if not content.startswith(_GZIP):
        return bool(content)
    try:
        gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        return False
    return True


class _Service:
    """Pagefind's service mode: base64 of JSON, parted by commas, both ways.

    Pagefind's own client for Python waits a tenth of a second for each document, which is 17 minutes for 10,000.
    """

    def __init__(self) -> None:
        self._count = 0
        try:
            from pagefind.service import get_executable

            executable = get_executable()
        except ImportError:
            executable = None
        if executable is None:
            raise SearchError("Pagefind is not installed", "install it with: pip install 'pagefind[bin]'")
        try:
            self._process = subprocess.Popen(
                [str(executable), "--service"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise SearchError(
                f"Pagefind cannot be started ({error.strerror})",
                "install it again: pip install --force-reinstall 'pagefind[bin]'",
            ) from None

    def __enter__(self) -> _Service:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            with suppress(OSError, subprocess.TimeoutExpired):
                self._process.communicate(timeout=_END_SECONDS)
        self._process.kill()
        self._process.communicate()

    def ask(self, payload: dict[str, Any], seconds: float = _DOCUMENT_SECONDS) -> dict[str, Any]:
        """The answer to one message; raises SearchError where Pagefind refuses, ends or hangs."""
        self._count += 1
        message = json.dumps({"message_id": self._count, "payload": payload}).encode()
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        # A process that hangs is ended; the pipe then closes and the read below returns.
        watch = threading.Timer(seconds, self._process.kill)
        watch.start()
        try:
            stdin.write(base64.b64encode(message) + b",")
            stdin.flush()
            answer = bytearray()
            while (byte := stdout.read(1)) != b",":
                if not byte:
                    raise BrokenPipeError
                answer += byte
        except OSError:
            raise SearchError(
                "Pagefind ended before the index was done",
                "free some memory and build again, or build with --no-search",
            ) from None
        finally:
            watch.cancel()
        result: dict[str, Any] = json.loads(base64.b64decode(bytes(answer)))["payload"]
        if result["type"] == "Error":
            raise SearchError(
                f"Pagefind says: {result['message']}", "build with --no-search, and report this page"
            )
        return result
