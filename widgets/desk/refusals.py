"""Owns the desk's errors: each has a key, under which its text stands in every language."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """`values` fill the text's placeholders; they never hold what was just sent."""

    def __init__(self, status: int, key: str, **values: Any) -> None:
        super().__init__(key)
        self.status = status
        self.key = key
        self.values = values
