"""Owns how files of an export are opened: readable by their owner alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO, cast


def private_file(path: Path, *, append: bool = False) -> BinaryIO:
    """Open for writing; folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    how = os.O_APPEND if append else os.O_TRUNC
    return cast(BinaryIO, os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | how, 0o600), "wb"))
