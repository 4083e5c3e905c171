"""Writes what is imported: nothing that was edited or made here is overwritten, and equal bytes are not written again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from generator.disk.replacing import replace_file
from generator.ground.errors import ContentError
from generator.ground.text import digest
from generator.importing.entries import Noting, Origin


class Written(Protocol):
    """What is remembered of earlier imports: digests by path."""

    files: dict[str, str]


class Target:
    """The project that is written into. With *dry_run* it is only compared."""

    def __init__(self, root: Path, record: Written, dry_run: bool, note: Noting) -> None:
        self._root = root
        self._real = Path(os.path.realpath(root))
        self._record = record
        self._dry_run = dry_run
        self._note = note

    def put(self, path: str, content: bytes, origin: Origin) -> bool:
        """Write *content* to *path* unless that would lose work done here; whether anything was, or would be, written."""
        wanted = digest(content)
        recorded = self._record.files.get(path)
        present = self._present(path)
        if present == wanted:
            self._record.files[path] = wanted
            return False
        if recorded is not None and present != recorded:
            if wanted != recorded:
                what = "was edited here" if present else "was deleted here"
                self._note("kept", origin, f"{path} {what}, and has changed there since")
            return False
        if recorded is None and present is not None:
            self._note(
                "kept", origin, f"{path} exists and was made by no import; rename it to import this one"
            )
            return False
        if not self._dry_run:
            self._write(path, content)
        self._record.files[path] = wanted
        return True

    def has(self, path: str) -> bool:
        return self._present(path) is not None

    def _present(self, path: str) -> str | None:
        try:
            return digest((self._root / path).read_bytes())
        except OSError:
            return None

    def _write(self, path: str, content: bytes) -> None:
        file = self._root / path
        if not Path(os.path.realpath(file)).is_relative_to(self._real):
            raise ContentError("leads out of the project by a symbolic link", path, hint="remove the link")
        try:
            replace_file(file, content)
        except OSError as error:
            raise ContentError(f"cannot be written ({error.strerror})", path) from None
