"""Owns what the desk does not do: each refusal has a key, under which its words stand in every language."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """`values` fill the words' places; they are of ours or looked up, never what was just sent."""

    def __init__(self, status: int, key: str, **values: Any) -> None:
        super().__init__(key)
        self.status = status
        self.key = key
        self.values = values
