"""Owns counting what was contributed to a SQLite store in a span of days."""

from __future__ import annotations

import sqlite3

from widgets.store.activity import Activity, Span

_DAYS = "day >= ? AND day < ?"
_SEEN = "state IN ('published', 'noted') AND created >= ? AND created < ?"


def read_activity(db: sqlite3.Connection, span: Span) -> Activity:
    """All counts as of one moment."""
    days, seconds = (span.first, span.end), (span.since, span.until)

    def counts(statement: str, bounds: tuple[str, str] | tuple[int, int]) -> dict[str, int]:
        return dict(db.execute(statement, bounds).fetchall())

    db.execute("BEGIN")
    try:
        return Activity(
            votes=counts(f"SELECT poll, count(*) FROM votes WHERE {_DAYS} GROUP BY poll", days),  # noqa: S608
            reactions=counts(
                f"SELECT thread, count(*) FROM marks WHERE kind = 'reaction' AND {_DAYS} GROUP BY thread",  # noqa: S608
                days,
            ),
            comments=counts(f"SELECT thread, count(*) FROM comments WHERE {_SEEN} GROUP BY thread", seconds),  # noqa: S608
            writers=counts(
                "SELECT condition, count(DISTINCT author) FROM comments"  # noqa: S608
                f" WHERE author <> '' AND role IS NULL AND {_SEEN} GROUP BY condition",
                seconds,
            ),
            responses=counts(
                f"SELECT survey, count(*) FROM responses WHERE {_DAYS} GROUP BY survey",  # noqa: S608
                days,
            ),
        )
    finally:
        db.execute("ROLLBACK")
