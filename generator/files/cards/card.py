"""A social card: what it shows, its key and where it is published."""

from __future__ import annotations

import unicodedata

from generator.disk.version import installed_version
from generator.ground.model import Struct
from generator.ground.text import digest, slugify

# Change it whenever the same card is drawn differently: it is part of every key.
_RECIPE = "2"


class Card(Struct):
    """A card. Colours are written as ``#rrggbb``; *condition* is shown above the title, *site* below it."""

    title: str
    site: str
    condition: str = ""
    right_to_left: bool = False
    paper: str = "#ffffff"
    ink: str = "#1d1d1d"
    quiet: str = "#555555"
    accent: str = "#2d5f5a"
    soft: str = "#dfe9e7"

    @property
    def key(self) -> str:
        """Equal keys mean equal pictures on one platform."""
        parts = (self.title, self.site, self.condition, str(self.right_to_left))
        colours = (self.paper, self.ink, self.quiet, self.accent, self.soft)
        return digest(_RECIPE, installed_version("pillow"), *parts, *colours)

    @property
    def output_path(self) -> str:
        """Where the card is published, below a site's root."""
        letters = unicodedata.normalize("NFD", self.title).encode("ascii", "ignore").decode()
        stem = slugify(letters)[:60].strip("-") or "card"
        return f"assets/cards/{stem}.{self.key[:8]}.png"
