"""Social cards: pictures of a page's title for those who share its address."""

from generator.cards.store import Card, draw_cards, read_card

__all__ = ["Card", "draw_cards", "read_card"]
