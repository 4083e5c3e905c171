"""Owns the way of free texts from the ledger into the store: in batches, so that no text goes in beside its response."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from widgets.rules.keys import Keys
from widgets.store.interface import Ledger, Store
from widgets.store.surveys import FreeText, Response

K: Final = 11  # people among whom nobody is told apart
LEAST: Final = K + 1  # texts of a question that go together: each with eleven others


async def move_texts(store: Store, ledger: Ledger) -> int:
    """How many went. Each step may be done again: a run that stopped is carried on by the next."""
    waiting: dict[tuple[str, str], list[FreeText]] = defaultdict(list)
    for text in await ledger.texts.waiting():
        waiting[text.survey, text.question].append(text)
    batch = [text for texts in waiting.values() if len(texts) >= LEAST for text in texts]
    if batch:
        await store.surveys.keep_texts(batch)
        await ledger.texts.drop([text.key for text in batch])
    return len(batch)


async def erase_texts(store: Store, ledger: Ledger, keys: Keys, row: Response, receipt: bytes) -> int:
    """Erase all texts of a receipt's response, wherever they are by now, and those that are on their way: to every question
    that its version ever had."""
    places = await _places(store, keys, row, receipt)
    dropped = await ledger.texts.drop([key for _, _, key in places])
    return dropped + await store.surveys.erase_texts(places)


async def drop_late_texts(store: Store, ledger: Ledger, keys: Keys, row: Response, receipt: bytes) -> None:
    """Once the row is deleted: a retry that still saw it has put its texts back. One that comes later sees that it is gone."""
    await ledger.texts.drop([key for _, _, key in await _places(store, keys, row, receipt)])


async def _places(store: Store, keys: Keys, row: Response, receipt: bytes) -> list[tuple[str, str, str]]:
    asked = (await store.surveys.head(row.survey, row.version)).asked
    return [
        (row.survey, question, keys.free_text(row.survey, question, receipt)) for question in sorted(asked)
    ]


async def end_surveys(store: Store, ledger: Ledger, now: float) -> int:
    """Delete the rows of surveys whose time is over, and all free texts of a survey of which no version has any left. How
    many rows there were."""
    heads = await store.surveys.heads()
    over = [head for head in heads if not head.ended and head.until is not None and head.until <= now]
    erased = sum([await store.surveys.end(head.survey, head.version) for head in over])
    left = {head.survey for head in heads if not head.ended and head not in over}
    for survey in {head.survey for head in over} - left:
        gone = [text.key for text in await ledger.texts.waiting() if text.survey == survey]
        await ledger.texts.drop(gone)
        await store.surveys.end_texts(survey)
    return erased
