"""Owns where moderators' notes on a pseudonym lie, and that they go when its writer has nothing here any more."""

from __future__ import annotations

from typing import Final

from widgets.rules.keys import Keys
from widgets.store.interface import Store

NAME_NOTES: Final = "name-notes"  # kind of rows, under a hash for them alone

IMPORTED: Final = (
    "imported-"  # how authors of older systems begin; hashes of device keys are hexadecimal digits alone
)


def name_notes_place(keys: Keys, author: str) -> str:
    """Of an imported name, whose author no device makes, the author itself: the terminal, which has no secret, erases such
    names too."""
    if author.startswith(IMPORTED):
        return author
    return keys.digest("name-notes", author)


async def forget_notes(store: Store, keys: Keys, author: str) -> None:
    """To be called after an erasure: notes outlive no last text."""
    if not await store.comments_by(author):
        await store.drop_desk_row(NAME_NOTES, name_notes_place(keys, author))
