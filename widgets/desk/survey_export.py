"""Owns the export of a survey's raw rows, on the operator's machine alone: each is in the audit."""

from __future__ import annotations

import json
import secrets
import time
from typing import Any

from widgets.desk.auth.people import TERMINAL
from widgets.function.state.services import new_id
from widgets.store.desk_records import AuditEntry
from widgets.store.interface import Store
from widgets.store.opening import demand_existing, with_stores
from widgets.store.records import StoreError


def export_survey(store: str, survey: str, version: int | None = None) -> list[dict[str, Any]]:
    """Every response that is kept, in the order of its keyed hash, without that hash, its receipt, or any free text. The
    audit tells of it before it is read. Raises StoreError."""
    demand_existing(store)
    return with_stores(store, lambda opened, _: _export(opened, survey, version))


async def _export(store: Store, survey: str, version: int | None) -> list[dict[str, Any]]:
    heads = [head for head in await store.surveys.heads() if head.survey == survey]
    if not heads:
        raise StoreError(
            f"The store has no response to a survey {survey!r}: it is written <condition>~<file>."
        )
    wanted = [head.version for head in heads if version in (None, head.version)]
    now = time.time()
    after = {"survey": survey, "versions": wanted}
    condition = survey.partition("~")[0]
    entry = AuditEntry(
        new_id(now, secrets.token_bytes(10)),
        int(now),
        TERMINAL,
        "export-raw",
        after=after,
        condition=condition,
    )
    await store.append_audit(entry)
    rows = [row for number in wanted for row in await store.surveys.rows(survey, number)]
    return [
        {
            **{"survey": row.survey, "version": row.version, "day": row.day, "publication": row.publication},
            "answers": json.loads(row.answers),
        }
        for row in rows
    ]
