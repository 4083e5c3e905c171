"""Owns how DynamoDB keeps comments of an older system: a batch is one transaction, each item of which is named once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from widgets.store.desk_records import DeskRow
from widgets.store.dynamodb import names
from widgets.store.dynamodb.desk import new_row, read_row
from widgets.store.dynamodb.items import comment_item, place_key, pointer_key, stat_key
from widgets.store.dynamodb.table import Table, Update
from widgets.store.records import Comment, ParentGone


def keep(table: Table, comments: Sequence[Comment], row: DeskRow) -> None:
    def attempt() -> None:
        if read_row(table, row.kind, row.id) is not None:
            return  # our own write, whose answer was lost, or another importer's
        parts = [*new_row(table, row), *_items(table, comments), *_roots(table, comments)]
        parts += [part for group in _by_name(comments) for part in names.claimed(table, group[0], len(group))]
        shown = Counter(comment.thread for comment in comments if comment.visible)
        parts += [table.update(Update(stat_key(thread), {}, {"shown": n})) for thread, n in shown.items()]
        table.transact(parts)

    table.try_again(attempt, "The batch met too many conflicting writes.")


def _items(table: Table, comments: Sequence[Comment]) -> Iterator[dict[str, Any]]:
    """The comments themselves; a root carries the counts of its answers in the batch."""
    live = Counter(comment.root for comment in comments if comment.visible)
    size = Counter(comment.root for comment in comments)
    for comment in comments:
        pk, sk = pointer_key(comment.id)
        yield table.put(
            {"pk": pk, "sk": sk, "thread": comment.thread, "root": comment.root}, "attribute_not_exists(pk)"
        )
        first = comment.id == comment.root
        counted = replace(comment, live=live[comment.root] if first else 0)
        yield table.put(comment_item(counted, size[comment.root] - 1 if first else 0))


def _roots(table: Table, comments: Sequence[Comment]) -> Iterator[dict[str, Any]]:
    """The counts of conversations that were there before the batch. Raises ParentGone."""
    here = {comment.id for comment in comments}
    for thread, root in dict.fromkeys((comment.thread, comment.root) for comment in comments):
        if root in here:
            continue
        answers = [comment for comment in comments if comment.root == root]
        key = place_key(thread, root, root)
        if table.get(*key) is None:
            raise ParentGone
        step = {"live": sum(comment.visible for comment in answers), "answers": len(answers)}
        yield table.update(Update(key, {}, step, condition="attribute_exists(pk)"))


def _by_name(comments: Sequence[Comment]) -> list[list[Comment]]:
    """Comments of one name together, a visible one first."""
    groups: dict[tuple[str, str, str], list[Comment]] = {}
    for comment in comments:
        if not comment.author:  # a removed one, of which its place alone is carried
            continue
        groups.setdefault((comment.condition, comment.skeleton, comment.author), []).append(comment)
    return [sorted(group, key=lambda comment: not comment.visible) for group in groups.values()]
