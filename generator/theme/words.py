"""What a theme is once read: frozen, encodable, the same for every worker."""

from __future__ import annotations

from typing import Literal

import msgspec

from generator.errors import Problem

Direction = Literal["ltr", "rtl"]

FALLBACK_LANGUAGE = "en"

_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
)


class AssetFile(msgspec.Struct, frozen=True, omit_defaults=True):
    """One file below every site root: *output_path* relative to it, its bytes in *content*."""

    output_path: str
    content: bytes = b""


class Theme(msgspec.Struct, frozen=True):
    """A theme with its parents merged in.

    ``templates`` and ``template_paths`` go by template name (``partials/card.html``); ``strings`` are
    complete for each language that has a file (what a language lacks was taken from English).
    ``urls`` maps logical asset names to output paths: ``site.css``, ``js/scheme.js``, ``elements/loader.js``,
    ``icons/icon.svg``. ``digest`` covers all that can change a page's bytes; asset paths reach pages
    through their views and are not part of it. ``colours`` are the light scheme's colour tokens as ``#rrggbb``;
    ``accents`` give each condition's accent and its soft tint there, ``""`` the theme's own.
    """

    name: str
    templates: dict[str, str]
    template_paths: dict[str, str]
    strings: dict[str, dict[str, str]]
    directions: dict[str, Direction]
    files: tuple[AssetFile, ...]
    urls: dict[str, str]
    digest: str
    warnings: tuple[Problem, ...] = ()
    colours: dict[str, str] = {}
    accents: dict[str, tuple[str, str]] = {}

    def strings_for(self, language: str) -> dict[str, str]:
        """The strings of *language* (``es-MX``), else of its primary language (``es``), else English."""
        for tag in (language, language.split("-")[0], FALLBACK_LANGUAGE):
            if tag in self.strings:
                return self.strings[tag]
        return {}

    def direction_of(self, language: str) -> Direction:
        """Which way *language* is written, known for languages without a file of strings too."""
        primary = language.split("-")[0]
        return self.directions.get(language) or self.directions.get(primary) or direction_of(language)


def direction_of(language: str) -> Direction:
    """Which way a language is written, by its primary subtag (or its script subtag where it has one)."""
    parts = language.split("-")
    if len(parts) > 1 and parts[1].title() in {"Arab", "Hebr", "Syrc", "Thaa"}:
        return "rtl"
    return "rtl" if parts[0].lower() in _RIGHT_TO_LEFT else "ltr"
