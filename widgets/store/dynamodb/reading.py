"""Owns reading threads from DynamoDB: conversations by pages, counts, the queue, a writer's own comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from heapq import nlargest
from itertools import groupby, islice
from typing import Final

from widgets.store.conversations import shown
from widgets.store.dynamodb.desk import of_conditions
from widgets.store.dynamodb.items import comment_from, stat_key
from widgets.store.dynamodb.marks import page_counts, page_key
from widgets.store.dynamodb.removal import conversation
from widgets.store.dynamodb.table import Table
from widgets.store.dynamodb.votes import SHARDS
from widgets.store.records import VISIBLE, Comment, Cursor, Page, PageAsk, ThreadCounts

_AFTER_ALL: Final = "~"  # sorts behind every letter and digit of a key

Conversation = tuple[Cursor, list[Comment]]  # its place, and what is shown of it


def read_page(table: Table, ask: PageAsk) -> Page:
    backwards = ask.cursor is not None and ask.cursor.backwards
    beyond = _beyond(table, ask, ask.cursor, backwards)
    taken: list[Conversation] = []
    size = 0
    more = False
    for place, group in beyond:
        live = sum(comment.visible for comment in group)
        if len(taken) == ask.roots or (taken and size + live > ask.enough):
            more = True
            break
        taken.append((place, group))
        size += live
    if backwards:
        taken.reverse()
    if not taken:
        return Page((), None, None)
    first, last = taken[0][0], taken[-1][0]
    before = more if backwards else bool(ask.cursor and _any(_beyond(table, ask, first, True)))
    after = _any(_beyond(table, ask, last, False)) if backwards else more
    return Page(
        tuple(comment for _, group in taken for comment in group),
        replace(first, backwards=True) if before else None,
        last if after else None,
    )


def _any(groups: Iterator[Conversation]) -> bool:
    return bool(list(islice(groups, 1)))


def _beyond(table: Table, ask: PageAsk, cursor: Cursor | None, backwards: bool) -> Iterator[Conversation]:
    """Conversations with something visible, from the cursor on, in the direction asked."""
    if ask.order == "reacted":
        return _by_reactions(table, ask.thread, cursor, backwards)
    return _by_time(table, ask.thread, cursor, descending=(ask.order == "newest") != backwards)


def _by_time(table: Table, thread: str, cursor: Cursor | None, *, descending: bool) -> Iterator[Conversation]:
    low, high = "C#", f"C#{_AFTER_ALL}"
    if cursor is not None:
        own = f"C#{cursor.root}#"
        if descending:
            high = f"{own}{_AFTER_ALL}" if cursor.inclusive else f"C#{cursor.root}"
        else:
            low = own if cursor.inclusive else f"{own}{_AFTER_ALL}"
    items = table.query(
        "pk = :pk AND sk BETWEEN :low AND :high",
        {":pk": f"T#{thread}", ":low": low, ":high": high},
        ScanIndexForward=not descending,
        Limit=100,
    )
    for root, group in groupby(items, key=lambda item: str(item["root"])):
        visible = shown(map(comment_from, group))
        if visible:
            yield Cursor(root), visible


def _by_reactions(
    table: Table, thread: str, cursor: Cursor | None, backwards: bool
) -> Iterator[Conversation]:
    roots = table.query(
        "pk = :pk AND begins_with(sk, :prefix)",
        {":pk": f"T#{thread}", ":prefix": "C#", ":none": 0},
        FilterExpression="attribute_not_exists(parent) AND live > :none",
        ProjectionExpression="id, reacted",
    )
    ranked = sorted((-root["reacted"], root["id"]) for root in roots)
    if cursor is not None:
        here = (-cursor.reacted, cursor.root)
        if backwards:
            ranked = [place for place in ranked if place < here]
        else:
            ranked = [place for place in ranked if place > here or (cursor.inclusive and place == here)]
    for rank, root in reversed(ranked) if backwards else ranked:
        visible = shown(map(comment_from, conversation(table, thread, root)))
        if visible:
            yield Cursor(root, -rank), visible


def read_newest(table: Table, thread: str, limit: int) -> list[Comment]:
    """Reads the whole thread, since comments lie by conversation: used for feeds, which are mostly cached."""
    rows = table.query("pk = :pk AND begins_with(sk, :prefix)", {":pk": f"T#{thread}", ":prefix": "C#"})
    visible = (row for row in rows if row["state"] in VISIBLE)
    return [comment_from(row) for row in nlargest(limit, visible, key=lambda row: str(row["id"]))]


def read_counts(table: Table, threads: Sequence[str]) -> dict[str, ThreadCounts]:
    keys = [stat_key(thread) for thread in threads]
    keys += [page_key(thread, shard) for thread in threads for shard in range(SHARDS)]
    found = table.get_many(keys, consistent=False)
    counts = {}
    for thread in threads:
        reactions = page_counts("reaction", found, thread)
        counts[thread] = ThreadCounts(found.get(stat_key(thread), {}).get("shown", 0), reactions)
    return counts


def read_queue(
    table: Table, limit: int, after: str | None, conditions: Sequence[str]
) -> list[tuple[str, Comment]]:
    condition, values = "qp = :q", {":q": "Q"}
    if after:
        urgency, _, id_ = after.partition(".")
        condition, values = "qp = :q AND qs > :after", {":q": "Q", ":after": f"{9 - int(urgency)}.{id_}"}
    filters, bound = of_conditions(conditions)
    rows = table.query(condition, {**values, **bound}, IndexName="queue", Limit=limit, **filters)
    found = (comment_from(row) for row in islice(rows, limit))
    return [(f"{comment.urgency}.{comment.id}", comment) for comment in found]


def read_by(table: Table, author: str) -> list[Comment]:
    rows = table.query("author = :author", {":author": author}, IndexName="author")
    return [comment_from(row) for row in rows]
