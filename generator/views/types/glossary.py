"""The glossary."""

from __future__ import annotations

from generator.ground.model import Struct
from generator.views.types.pages import Page


class GlossaryEntry(Struct):
    """A term in plain words; its anchor is the *id*."""

    id: str
    term: str
    plain: str
    also: tuple[str, ...] = ()


class GlossaryPage(Page, tag="glossary"):
    """The glossary A–Z: *groups* are (initial, entries)."""

    groups: tuple[tuple[str, tuple[GlossaryEntry, ...]], ...] = ()
