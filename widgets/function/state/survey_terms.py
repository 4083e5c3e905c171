"""Owns that the store knows when the rows of each survey go, also of one that the manifest has lost."""

from __future__ import annotations

from typing import Final

from widgets.contract.manifest import Manifest
from widgets.rules.surveys.terms import rows_until
from widgets.store.interface import Store

LOST_SECONDS: Final = 730 * 86_400  # of a survey that is in no manifest any more and never closed


async def keep_terms(store: Store, manifest: Manifest, now: int) -> None:
    """Rows of an earlier version go with those of the present one."""
    for head in await store.surveys.heads():
        survey = manifest.surveys.get(head.survey)
        if survey is not None:
            until = rows_until(survey)
        else:
            until = head.until if head.until is not None else now + LOST_SECONDS
        if not head.ended and head.until != until:
            await store.surveys.keep_until(head.survey, head.version, until)
