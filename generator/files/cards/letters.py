"""The typeface of cards, the same on every machine, and accented letters composed from its signs.

Pillow bundles the typeface Aileron with the letters of English only. Accents, and the inverted signs of Spanish, are
drawn with other signs of it. A line with a letter that cannot be composed is not drawn at all.
"""

from __future__ import annotations

import functools
import unicodedata
from typing import Any, NamedTuple

# Combining mark → the sign drawn in its place, and its size relative to the letter's.
_ABOVE = {
    "\u0300": ("`", 1.0),
    "\u0301": ("´", 1.0),
    "\u0302": ("^", 0.55),
    "\u0303": ("~", 0.7),
    "\u0308": ("..", 0.8),
    "\u030a": ("°", 0.7),
}
_BELOW = {"\u0327": (",", 0.8)}
_TURNED = {"¿": "?", "¡": "!"}
_SAME = str.maketrans({"–": "-", "—": "-", "\u00a0": " ", "\u202f": " ", "\u2011": "-", "\u2212": "-"})
_GAP = 0.05


class LineStyle(NamedTuple):
    """How a line is drawn: *size* in pixels, *colour* as ``#rrggbb``, *weight* of the outline in pixels."""

    size: int
    colour: str
    weight: float


def drawable(text: str) -> str:
    """*text* decomposed (NFD) and without emoji; empty where any letter of it cannot be drawn."""
    kept = [c for c in unicodedata.normalize("NFD", text.translate(_SAME)) if not _is_emoji(c)]
    words = " ".join("".join(kept).split())
    drawn = all(c == " " or c in _ABOVE or c in _BELOW or c in _TURNED or _has_glyph(c) for c in words)
    return words if drawn else ""


def length(text: str, size: int) -> float:
    """The width in pixels of a drawable text."""
    return float(_font(size).getlength(_plain(text)))


def draw_line(draw: Any, position: tuple[float, float], text: str, style: LineStyle) -> None:
    """Draw a drawable *text*; *position* is (left end, baseline) in pixels."""
    left, baseline = position
    pen, size = _Pen(draw, style), style.size
    start = 0
    for at, character in enumerate(text):
        if character in _TURNED:
            pen.write(left + length(text[:start], size), baseline, _plain(text[start:at]))
            pen.turn(left + length(text[:at], size), baseline, _TURNED[character])
            start = at + 1
    pen.write(left + length(text[:start], size), baseline, _plain(text[start:]))
    for at, character in enumerate(text):
        if character in _ABOVE or character in _BELOW:
            letter = _letter_before(text, at)
            pen.mark(left + length(text[:at], size) - length(letter, size) / 2, baseline, letter, character)


class _Pen:
    """Draws text in one style."""

    def __init__(self, draw: Any, style: LineStyle) -> None:
        self._draw = draw
        self._size, self._colour, self._weight = style
        self._font = _font(style.size)

    def write(self, x: float, baseline: float, text: str) -> None:
        style = {"fill": self._colour, "stroke_width": self._weight, "stroke_fill": self._colour}
        self._draw.text((x, baseline), text, font=self._font, anchor="ls", **style)

    def turn(self, x: float, baseline: float, sign: str) -> None:
        """Draw the sign upside down, its top at the height of small letters."""
        from PIL import Image, ImageDraw

        room = self._size * 2
        mask = Image.new("L", (room, room))
        ImageDraw.Draw(mask).text(
            (room // 2, room // 2), sign, 255, self._font, "ms", stroke_width=self._weight
        )
        shape = mask.crop(mask.getbbox()).rotate(180)
        top = baseline + _ink("x", self._size)[1]
        side = (float(self._font.getlength(sign)) - shape.width) / 2
        self._draw.bitmap((x + side, top), shape, self._colour)

    def mark(self, middle: float, baseline: float, letter: str, mark: str) -> None:
        """Draw a combining mark above or below a letter that is drawn already."""
        sign, share = (_ABOVE | _BELOW)[mark]
        small = round(self._size * share)
        left, top, right, bottom = _ink(sign, small)
        gap = self._size * _GAP + self._weight
        if mark in _BELOW:
            y = baseline - top + gap / 2
        else:
            head = _ink("x" if letter in "ij" else letter, self._size)[1]
            if letter in "ij":
                self._cover_dot(middle, baseline, letter)
            y = baseline + head - gap - bottom
        style = {"fill": self._colour, "stroke_width": self._weight, "stroke_fill": self._colour}
        self._draw.text((middle - (left + right) / 2, y), sign, font=_font(small), anchor="ls", **style)

    def _cover_dot(self, middle: float, baseline: float, letter: str) -> None:
        left, top, right, _ = _ink(letter, self._size)
        under = baseline + _ink("x", self._size)[1] - self._size * _GAP / 2
        half = (right - left) / 2 + self._weight + 1
        image = self._draw._image
        paper = image.getpixel((int(middle), int(baseline + top - self._size * 0.2)))
        self._draw.rectangle(
            (middle - half, baseline + top - self._weight - 1, middle + half, under), fill=paper
        )


def _letter_before(text: str, at: int) -> str:
    return next(c for c in reversed(text[:at]) if c not in _ABOVE and c not in _BELOW)


def _plain(text: str) -> str:
    """*text* in signs of the typeface: without combining marks, with inverted signs the right way up."""
    return "".join(_TURNED.get(c, c) for c in text if c not in _ABOVE and c not in _BELOW)


def _is_emoji(character: str) -> bool:
    return (
        unicodedata.category(character) in ("So", "Sk", "Cf", "Cs", "Co", "Cn", "Cc")
        or character in "\ufe0e\ufe0f\u20e3"
    )


@functools.cache
def _font(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.load_default(size)


@functools.cache
def _ink(sign: str, size: int) -> tuple[int, int, int, int]:
    """The box of a sign's pixels: left, top, right, bottom, from its origin on the baseline."""
    from PIL import Image, ImageDraw

    mask = Image.new("L", (size * 4, size * 4))
    ImageDraw.Draw(mask).text((size, size * 2), sign, 255, _font(size), "ls")
    left, top, right, bottom = mask.getbbox() or (size, size * 2, size, size * 2)
    return left - size, top - size * 2, right - size, bottom - size * 2


@functools.cache
def _has_glyph(character: str) -> bool:
    font = _font(40)
    shape = font.getmask(character)
    return bool(shape.getbbox()) and bytes(shape) != bytes(font.getmask("\U0010ffff"))
