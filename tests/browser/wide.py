"""Texts that want to widen or stretch what shows them."""

from __future__ import annotations

from typing import Final

WIDE: Final = {
    "long code": f"`{'a' * 1_500}`\n\n```\n{'b' * 1_500}\n```",
    "long word": "w" * 3_000,
    "long link": f"<https://example.org/{'x' * 1_500}>",
    "piled marks": "Z" + "\u0310\u0311\u0312\u0313" * 300 + " a",
    "bidi controls": "\u202e\u202e\u2067" + "reversed " * 50,
    "thousand paragraphs": "\n\n".join("p" * 1 for _ in range(1_000)),
    "thousand lines": "\n".join("l" for _ in range(1_500)),
    "nested quotes": "\n>\n".join(f"{'>' * depth} deep" for depth in range(1, 18)),
    "nested lists": "\n".join(f"{'  ' * depth}- deep" for depth in range(18)),
    "no spaces": "\u00a0".join("nbsp" for _ in range(500)),
}
