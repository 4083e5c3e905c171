"""Owns characters that nobody sees: default-ignorable ones, and letters that stand for an empty place."""

from __future__ import annotations

from typing import Final

# Default_Ignorable_Code_Point (Unicode 16, DerivedCoreProperties), as first and last code points.
_IGNORABLE: Final = (
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F)),
    *((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F)),
    *((0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A)),
    (0xE0000, 0xE0FFF),
)
_EMPTY: Final = frozenset(
    "\u2800\U0001d159"
)  # the Braille pattern without dots, the musical head without a note


def is_invisible(character: str) -> bool:
    point = ord(character)
    return character in _EMPTY or any(first <= point <= last for first, last in _IGNORABLE)
