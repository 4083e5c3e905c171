"""A theme as a frozen value that can be encoded, and the writing directions of languages."""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from generator.ground.errors import Problem

Direction = Literal["ltr", "rtl"]

FALLBACK_LANGUAGE = "en"
# What the name of a parent's template begins with that another extends under the same name.
PARENT = "^"

_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
)


class AssetFile(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file that is published below every site root: *output_path* relative to the root, and its bytes."""

    output_path: str
    content: bytes = b""


class Accent(NamedTuple):
    """An accent colour and its soft tint, for areas behind text in that colour; both as ``#rrggbb``."""

    colour: str
    soft: str


class NamedPage(NamedTuple):
    """A page that a template names by file path: ``url("_pages/about.md")``; where it stands in *source_path*."""

    path: str
    source_path: str
    line: int
    column: int


class Theme(msgspec.Struct, frozen=True):
    """A theme merged with its parents.

    The keys of ``templates`` and ``template_paths`` are template names (``partials/card.html``); a parent's template that
    another extends under the same name is kept as ``^partials/card.html``. ``strings`` are
    complete for each language that has a file; missing ones were copied from English. ``urls`` maps logical asset names
    to output paths: ``site.css``, ``js/scheme.js``, ``elements/loader.js``, ``icons/icon.svg``.

    ``digest`` covers all parts that change a page's bytes, except asset paths, which are in the pages' views.
    ``colours`` are the light scheme's colour tokens as ``#rrggbb``. ``accents`` are the light scheme's accents by
    condition; ``""`` is the theme's own. ``pages`` are those that templates name.
    ``unmarked`` are warnings of ``check`` alone, about replaced files.
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
    accents: dict[str, Accent] = {}
    pages: tuple[NamedPage, ...] = ()
    unmarked: tuple[Problem, ...] = ()

    def language_of_strings(self, language: str) -> str:
        """The language whose strings pages in *language* (``es-MX``) show: it, else ``es``, else English."""
        for tag in (language, language.split("-")[0]):
            if tag in self.strings:
                return tag
        return FALLBACK_LANGUAGE

    def strings_for(self, language: str) -> dict[str, str]:
        """The strings of :meth:`language_of_strings`."""
        return self.strings.get(self.language_of_strings(language), {})

    def direction_of(self, language: str) -> Direction:
        """The writing direction of *language*, which need not have a file of strings."""
        primary = language.split("-")[0]
        return self.directions.get(language) or self.directions.get(primary) or direction_of(language)


def direction_of(language: str) -> Direction:
    """The writing direction of a language, by its script subtag where it has one, else by its primary subtag."""
    parts = language.split("-")
    if len(parts) > 1 and parts[1].title() in {"Arab", "Hebr", "Syrc", "Thaa"}:
        return "rtl"
    return "rtl" if parts[0].lower() in _RIGHT_TO_LEFT else "ltr"
