"""What a social card shows, and the store where drawn cards are kept by content."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.model import Struct
from generator.project import STATE_DIR
from generator.software import installed_version
from generator.text import digest, slugify
from generator.workers import Workers

STORE = f"{STATE_DIR}/cards"
# Changes whenever the same card would be drawn otherwise.
_RECIPE = "1"
_MARK = 32


class Card(Struct):
    """A card: colours as ``#rrggbb``. *condition* stands above the title, *site* below."""

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
        """Equal keys mean equal pictures, on one platform."""
        parts = (self.title, self.site, self.condition, str(self.right_to_left))
        colours = (self.paper, self.ink, self.quiet, self.accent, self.soft)
        return digest(_RECIPE, installed_version("pillow"), *parts, *colours)

    @property
    def output_path(self) -> str:
        """Where the card lies below a site's root."""
        letters = unicodedata.normalize("NFD", self.title).encode("ascii", "ignore").decode()
        stem = slugify(letters)[:60].strip("-") or "card"
        return f"assets/cards/{stem}.{self.key[:8]}.png"


def read_card(root: Path, card: Card) -> bytes:
    """The card's PNG: from the store where it was drawn before, else drawn and stored."""
    path = root / STORE / card.key
    try:
        stored = path.read_bytes()
    except OSError:
        stored = b""
    content = stored[_MARK:]
    if content and stored[:_MARK] == digest(content).encode():
        return content
    # Pillow is slow to load: only where there is something to draw.
    from generator.cards.drawing import draw_card

    content = draw_card(card)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.part")
    temporary.write_bytes(digest(content).encode() + content)
    temporary.replace(path)
    return content


def draw_cards(root: Path, cards: Iterable[Card], workers: Workers) -> None:
    """Draw those of *cards* that are not in the store, many at once."""
    missing = [card for card in dict.fromkeys(cards) if not (root / STORE / card.key).exists()]
    for _ in workers.map(_draw_batch, str(root), missing, 8, len(missing), worth=24, stage="cards"):
        pass


def _draw_batch(root: str, cards: Sequence[Card]) -> int:
    return sum(len(read_card(Path(root), card)) for card in cards)
