"""Cards that were drawn before, kept by key under ``.gatherwell/cards``; what is missing is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.files.cards.card import Card
from generator.ground.project import CARDS
from generator.ground.text import digest
from generator.processes.workers import Stage, Workers

# A stored card begins with the digest of its PNG, so that a damaged file is noticed.
_CHECKSUM_LENGTH = 32


def read_card(root: Path, card: Card) -> bytes:
    """The card's PNG, from the store where it was drawn before; else it is drawn and stored."""
    path = root / CARDS / card.key
    try:
        stored = path.read_bytes()
    except OSError:
        stored = b""
    content = stored[_CHECKSUM_LENGTH:]
    if content and stored[:_CHECKSUM_LENGTH] == digest(content).encode():
        return content
    # Imported here, because Pillow is slow to load.
    from generator.files.cards.drawing import draw_card

    content = draw_card(card)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.part")
    temporary.write_bytes(digest(content).encode() + content)
    temporary.replace(path)
    return content


def draw_cards(root: Path, cards: Iterable[Card], workers: Workers) -> None:
    """Draw those of *cards* that are not in the store, in worker processes where there are many."""
    missing = [card for card in dict.fromkeys(cards) if not (root / CARDS / card.key).exists()]
    for _ in workers.map(_draw_batch, str(root), missing, len(missing), Stage("cards", 8, worth=24)):
        pass


def _draw_batch(root: str, cards: Sequence[Card]) -> int:
    return sum(len(read_card(Path(root), card)) for card in cards)
