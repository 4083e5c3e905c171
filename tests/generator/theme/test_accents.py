"""Accents: one colour for each condition, readable in every scheme, changed as little as possible."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ground.errors import ThemeError
from generator.theme import read_theme
from generator.theme.colour import Rgb, contrast, format_hex, from_lch, parse_hex, to_lch
from generator.theme.tokens import ACCENT_CONTRAST, derive_accent

THEMES = Path(__file__).parents[3] / "themes"
BACKGROUNDS = {
    "light": ("#fbf7f1", "#fffdfa", "#f2ebe1"),
    "dark": ("#1b1815", "#25211d", "#2c2722"),
    "low-glare": ("#2a2723", "#312d29", "#37322d"),
}


def colours(*texts: str) -> list[Rgb]:
    return [found for text in texts if (found := parse_hex(text))]


@given(st.tuples(*[st.integers(0, 255)] * 3), st.sampled_from(sorted(BACKGROUNDS)))
def test_any_colour_becomes_one_that_reads_on_every_background(
    given_rgb: tuple[int, int, int], scheme: str
) -> None:
    red, green, blue = (part / 255 for part in given_rgb)
    behind = colours(*BACKGROUNDS[scheme])
    accent, soft = derive_accent(Rgb(red, green, blue), behind, scheme)
    shown = colours(format_hex(accent), format_hex(soft))
    assert min(contrast(shown[0], back) for back in [*behind, shown[1]]) >= ACCENT_CONTRAST


def test_a_colour_that_reads_stays_as_it_is_in_light() -> None:
    [violet] = colours("#5b3f9e")
    assert derive_accent(violet, colours(*BACKGROUNDS["light"]), "light")[0] == violet


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_a_colour_survives_the_way_through_oklch(rgb: tuple[int, int, int]) -> None:
    red, green, blue = (part / 255 for part in rgb)
    text = format_hex(Rgb(red, green, blue))
    assert format_hex(from_lch(to_lch(Rgb(red, green, blue)))) == text


def test_an_accent_that_had_to_change_is_reported_with_what_is_used() -> None:
    theme = read_theme("commons", [THEMES], {"migraine": "#ffcc00", "ms": "#5b3f9e"}, None)
    [warning] = theme.warnings
    assert warning.severity == "warning"
    assert warning.source_path == "content/migraine/_index.md"
    assert "#ffcc00 does not reach 4.5:1" in warning.message
    assert warning.hint.startswith("write accent: '#")


def test_an_accent_in_another_notation_is_refused() -> None:
    with pytest.raises(ThemeError, match="accent 'purple' is not a colour that can be checked"):
        read_theme("commons", [THEMES], {"migraine": "purple"}, None)


def test_an_accent_s_name_cannot_leave_its_selector() -> None:
    theme = read_theme("commons", [THEMES], {'a"]{}x': "#5b3f9e"}, None)
    css = next(f.content.decode() for f in theme.files if f.output_path == theme.urls["site.css"])
    assert '[data-accent="a\\"]{}x"]' in css
