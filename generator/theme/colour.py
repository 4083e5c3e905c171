"""Colour arithmetic: contrast by WCAG 2, and changes of lightness in OKLCH that keep the hue."""

from __future__ import annotations

import math
import re
from typing import NamedTuple


class Rgb(NamedTuple):
    """An sRGB colour; each part is a share, 0 to 1."""

    red: float
    green: float
    blue: float


class Lch(NamedTuple):
    """An OKLCH colour: lightness 0 to 1, chroma, hue in radians."""

    lightness: float
    chroma: float
    hue: float


_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def parse_hex(text: str) -> Rgb | None:
    """The colour that ``#rgb`` or ``#rrggbb`` means; None for any other notation."""
    if not _HEX.fullmatch(text):
        return None
    digits = text[1:] if len(text) == 7 else "".join(digit * 2 for digit in text[1:])
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return Rgb(red, green, blue)


def format_hex(colour: Rgb) -> str:
    """The colour as ``#rrggbb``, each part rounded to the nearest of 256 values."""
    return "#" + "".join(f"{round(min(1.0, max(0.0, part)) * 255):02x}" for part in colour)


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Rgb) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (_linear(part) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def to_lch(colour: Rgb) -> Lch:
    """The colour in OKLCH (Björn Ottosson's OKLab, 2020)."""
    red, green, blue = (_linear(part) for part in colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Lch(lightness, math.hypot(a, b), math.atan2(b, a))


def from_lch(colour: Lch) -> Rgb:
    """The sRGB colour of the same lightness and hue; its chroma is reduced until sRGB can show it."""
    lightness, chroma, hue = colour
    while chroma > 0.001:
        rgb = _unclipped(lightness, chroma, hue)
        if all(-0.0005 <= part <= 1.0005 for part in rgb):
            return rgb
        chroma -= 0.002
    return _unclipped(lightness, 0.0, hue)


def tint(base: Rgb, colour: Rgb, share: float) -> Rgb:
    """*base* mixed in OKLab with a *share* (0 to 1) of a colour's hue and a third of that share of its lightness."""
    first, second = to_lch(base), to_lch(colour)
    a, b = (
        (1 - share) * first[1] * turn(first[2]) + share * second[1] * turn(second[2])
        for turn in (math.cos, math.sin)
    )
    lightness = first[0] + share / 3 * (second[0] - first[0])
    return from_lch(Lch(lightness, math.hypot(a, b), math.atan2(b, a)))


def _unclipped(lightness: float, chroma: float, hue: float) -> Rgb:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return Rgb(
        _encoded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _encoded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _encoded(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _encoded(part: float) -> float:
    if part <= 0.0031308:
        return 12.92 * part
    return float(1.055 * part ** (1 / 2.4)) - 0.055
