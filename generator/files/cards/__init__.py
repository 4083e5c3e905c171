"""Social cards: pictures with a page's title that other sites show beside a link to it."""

from generator.files.cards.card import Card
from generator.files.cards.store import draw_cards, read_card

__all__ = ["Card", "draw_cards", "read_card"]
