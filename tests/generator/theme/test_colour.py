"""Colours as hexadecimal text, their contrast, and their places in OKLCH, against published values."""

from __future__ import annotations

import math

import pytest

from generator.theme.colour import Rgb, contrast, format_hex, from_lch, luminance, parse_hex, tint, to_lch


def rgb(text: str) -> Rgb:
    found = parse_hex(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("#000", (0, 0, 0)),
        ("#fff", (255, 255, 255)),
        ("#1aF", (0x11, 0xAA, 0xFF)),
        ("#0a1B2c", (0x0A, 0x1B, 0x2C)),
    ],
)
def test_hexadecimal_colours_are_read(text: str, parts: tuple[int, int, int]) -> None:
    assert rgb(text) == tuple(part / 255 for part in parts)


@pytest.mark.parametrize("text", ["", "fff", "#ff", "#ffff", "#fffff", "#ggg", "#fffffff", "#fff ", "red"])
def test_other_notations_are_not_read(text: str) -> None:
    assert parse_hex(text) is None


@pytest.mark.parametrize(
    ("colour", "text"),
    [
        ((0.0, 0.5, 1.0), "#0080ff"),
        ((-0.1, 1.1, 0.0), "#00ff00"),
        ((0.9 / 255, 1.4 / 255, 1.6 / 255), "#010102"),
    ],
)
def test_channels_are_rounded_and_clipped(colour: Rgb, text: str) -> None:
    assert format_hex(colour) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [("#000", 0.0), ("#fff", 1.0), ("#f00", 0.2126), ("#0f0", 0.7152), ("#00f", 0.0722), ("#777", 0.18447)],
)
def test_luminance_after_wcag(text: str, expected: float) -> None:
    assert luminance(rgb(text)) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000", "#fff", 21.0),
        ("#fff", "#fff", 1.0),
        ("#767676", "#fff", 4.54),
        ("#777", "#fff", 4.48),
        ("#f00", "#fff", 4.0),
        ("#00f", "#fff", 8.59),
        ("#0a0a0a", "#000", 1.06),
    ],
)
def test_contrast_after_wcag_whichever_comes_first(one: str, other: str, expected: float) -> None:
    assert contrast(rgb(one), rgb(other)) == pytest.approx(expected, abs=0.005)
    assert contrast(rgb(other), rgb(one)) == contrast(rgb(one), rgb(other))


OKLCH = {
    "#ff0000": (0.62796, 0.25768, 29.234),
    "#00ff00": (0.86644, 0.29483, 142.495),
    "#0000ff": (0.45201, 0.31321, 264.052),
    "#ffff00": (0.96798, 0.21101, 109.769),
    "#663399": (0.44027, 0.16030, 303.373),
}


@pytest.mark.parametrize(("text", "expected"), OKLCH.items(), ids=OKLCH)
def test_places_in_oklch_are_those_of_css_color_4(text: str, expected: tuple[float, float, float]) -> None:
    lightness, chroma, hue = to_lch(rgb(text))
    assert (lightness, chroma, math.degrees(hue) % 360) == pytest.approx(expected, abs=2e-3)
    assert format_hex(from_lch((lightness, chroma, hue))) == text


@pytest.mark.parametrize(("grey", "lightness"), [("#000000", 0.0), ("#808080", 0.59987), ("#ffffff", 1.0)])
def test_grey_has_a_lightness_and_no_chroma(grey: str, lightness: float) -> None:
    assert to_lch(rgb(grey))[:2] == pytest.approx((lightness, 0.0), abs=1e-4)
    assert format_hex(from_lch((to_lch(rgb(grey))[0], 0.0, 0.0))) == grey


def test_chroma_that_no_screen_has_gives_way_and_lightness_and_hue_stay() -> None:
    hue = math.radians(150)
    shown = from_lch((0.6, 0.4, hue))
    assert all(-0.001 <= part <= 1.001 for part in shown)
    assert (to_lch(shown)[0], to_lch(shown)[2]) == pytest.approx((0.6, hue), abs=2e-3)
    # What is left is the most that sRGB has there, to a step of 0.002.
    most = to_lch(shown)[1]
    assert to_lch(from_lch((0.6, most - 0.004, hue)))[1] == pytest.approx(most - 0.004, abs=1e-4)
    assert to_lch(from_lch((0.6, most + 0.004, hue)))[1] == pytest.approx(most, abs=2.1e-3)


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_tint_takes_a_share_of_the_hue_and_a_third_of_it_of_the_lightness(share: float) -> None:
    base, colour = rgb("#fbf7f1"), rgb("#5b3f9e")
    first, second = to_lch(base), to_lch(colour)

    def plane(lch: tuple[float, float, float]) -> tuple[float, float]:
        return lch[1] * math.cos(lch[2]), lch[1] * math.sin(lch[2])

    found = to_lch(tint(base, colour, share))
    expected = tuple(
        (1 - share) * one + share * other for one, other in zip(plane(first), plane(second), strict=True)
    )
    assert found[0] == pytest.approx(first[0] + share * (second[0] - first[0]) / 3, abs=2e-3)
    if share < 1:  # at this lightness no screen has all of the colour's chroma
        assert plane(found) == pytest.approx(expected, abs=2e-3)
