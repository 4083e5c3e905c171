"""Owns reservations of pseudonyms in DynamoDB, as parts of the transactions over the comments that bear them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from widgets.store.dynamodb.items import name_key
from widgets.store.dynamodb.table import Table, Update
from widgets.store.records import Comment, Name, NameTaken


def name_from(item: Mapping[str, Any]) -> Name:
    """An item that does not say whether the name was shown counts as one that was: earlier versions did not note it."""
    return Name(item["holder"], bool(item.get("approved")), bool(item.get("shown", True)))


def claimed(table: Table, comment: Comment, uses: int = 1) -> list[dict[str, Any]]:
    """The name of a new comment, or of several. Held posts of several authors may bear the same: the first that is shown has
    it. Raises NameTaken."""
    return _named(table, comment, uses, None)


def settled(table: Table, comment: Comment, shown: bool, approved: bool | None) -> list[dict[str, Any]]:
    """The name of a comment that changes: shown from now on, or approved. Raises NameTaken."""
    if not shown and approved is None:
        return []
    return _named(table, comment, 0, approved)


def _named(table: Table, comment: Comment, uses: int, approved: bool | None) -> list[dict[str, Any]]:
    key = name_key(comment.condition, comment.skeleton)
    item = table.get(*key)
    held = name_from(item) if item else None
    own = held is None or held.author == comment.author
    if not own and held is not None and held.public and (uses or comment.visible):
        raise NameTaken
    if not comment.visible and (not own or (held is None and not uses)):
        return []
    fields: dict[str, Any] = {"holder": comment.author}
    if comment.visible or (held is None and uses):
        fields["shown"] = comment.visible
    if approved is not None or not own:
        fields["approved"] = bool(approved)
    if own and held is not None:
        return [table.update(Update(key, fields, {"uses": uses} if uses else {}, **_as_read(held)))]
    return [table.update(Update(key, {**fields, "uses": max(1, uses)}, {}, **_as_read(held)))]


def _as_read(held: Name | None) -> dict[str, Any]:
    """The condition that the name is whose it was."""
    if held is None:
        return {"condition": "attribute_not_exists(holder)"}
    if held.public:
        return {"condition": "holder = :holder", "values": {":holder": held.author}}
    return {
        "condition": "holder = :holder AND shown = :hidden",
        "values": {":holder": held.author, ":hidden": False},
    }


def released(table: Table, comment: Comment) -> tuple[list[dict[str, Any]], bool]:
    """The parts, and whether that was the last use of a public name."""
    key = name_key(comment.condition, comment.skeleton)
    item = table.get(*key)
    if item is None or item["holder"] != comment.author:
        return [], False
    if item["uses"] <= 1:
        return [table.delete(key, "uses = :uses", uses=item["uses"])], name_from(item).public
    update = Update(key, {}, {"uses": -1}, condition="uses = :uses", values={":uses": item["uses"]})
    return [table.update(update)], False
