"""Owns what holds around each commit: the files are in place, and what it erases is in the log of erasures."""

from __future__ import annotations

from widgets.store.sqlite.erasures import ErasureLog
from widgets.store.sqlite.identity import FileIdentity
from widgets.store.sqlite.writer import Guard


class StoreGuard(Guard):
    def __init__(self, files: FileIdentity, log: ErasureLog) -> None:
        self._files = files
        self._log = log

    def demand(self) -> None:
        """Raises Busy where a file of the store, or its log of erasures, is not the one that was opened."""
        self._files.demand()
        self._log.demand()

    def begin(self) -> None:
        self._files.demand()
        self._log.begin()

    def before_commit(self) -> None:
        self._log.flush()

    def committed(self) -> None:
        self._files.demand()
