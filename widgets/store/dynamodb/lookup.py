"""Owns finding one comment in DynamoDB: a pointer by its id, then its place in the thread."""

from __future__ import annotations

from typing import Any, Final

from widgets.store.dynamodb.items import comment_from, place_key, pointer_key
from widgets.store.dynamodb.table import Table
from widgets.store.records import Comment

_LONGEST_ID: Final = 100  # characters; longer ids do not exist, and DynamoDB limits the length of keys


def read_item(table: Table, id_: str) -> dict[str, Any] | None:
    if not 0 < len(id_) <= _LONGEST_ID:
        return None
    pointer = table.get(*pointer_key(id_))
    return table.get(*place_key(pointer["thread"], pointer["root"], id_)) if pointer else None


def read_comment(table: Table, id_: str) -> Comment | None:
    item = read_item(table, id_)
    return comment_from(item) if item else None
