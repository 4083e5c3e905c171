"""Owns counting what was contributed to a DynamoDB table in a span of days: one scan, for a report once a month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from widgets.store.activity import Activity, Span
from widgets.store.dynamodb.table import Table
from widgets.store.records import VISIBLE


def read_activity(table: Table, span: Span) -> Activity:
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    writers: dict[str, set[str]] = defaultdict(set)
    for item in table.scan():
        kind, _, rest = item["pk"].partition("#")
        if kind in ("V", "M", "Y") and span.first <= item["day"] < span.end:
            counted[f"M#{rest.partition('#')[0]}" if kind == "M" else kind][_scope(kind, rest)] += 1
        elif kind == "T" and item["sk"].startswith("C#") and _is_seen(item, span):
            counted["T"][item["thread"]] += 1
            if "author" in item and "role" not in item:
                writers[item["condition"]].add(item["author"])
    return Activity(
        votes=counted["V"],
        reactions=counted["M#reaction"],
        comments=counted["T"],
        writers={condition: len(authors) for condition, authors in writers.items()},
        responses=counted["Y"],
    )


def _is_seen(item: Mapping[str, Any], span: Span) -> bool:
    return item["state"] in VISIBLE and span.since <= item["created"] < span.until


def _scope(kind: str, rest: str) -> str:
    """The poll, thread or survey that a partition belongs to: `poll#version#shard`, `kind#thread#shard`."""
    first, second, _ = rest.split("#")
    return second if kind == "M" else first
