"""The file itself refuses to alter the audit, and files of the first schema become ones of today's."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.widgets.store.test_conformance_comments import comment
from widgets.store.desk_records import AuditAsk, AuditEntry
from widgets.store.sqlite import SqliteStore
from widgets.store.sqlite.files import CONTRIBUTIONS, migrate, open_database

pytestmark = pytest.mark.anyio
ENTRY = AuditEntry("01", 1_790_000_000, "ana", "approve", comment="c")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit",
        "UPDATE audit SET actor = 'eve'",
        "INSERT OR REPLACE INTO audit SELECT id, time, 'eve', action, comment, reason, batch, before, after, condition"
        " FROM audit",
    ],
)
async def test_the_file_refuses_to_alter_the_audit(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "store.sqlite"
    store = SqliteStore(path)
    await store.append_audit(ENTRY)
    other = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="the audit only grows"):
        other.execute(statement)
    other.close()
    assert await store.audit(AuditAsk()) == [ENTRY]
    await store.close()


async def test_a_file_of_the_first_schema_keeps_its_comments(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    old = open_database(path, synchronous="FULL")
    migrate(old, CONTRIBUTIONS[:1])
    columns = "id, thread, condition, root, author, pseudonym, skeleton, text, html, lang, state, created"
    c = comment(1)
    row = (c.id, c.thread, c.condition, c.root, c.author, c.pseudonym, c.skeleton, c.text, c.html, c.lang)
    places = ", ".join("?" * 12)
    old.execute(
        f"INSERT INTO comments ({columns}, held, urgency, queued, flags, reactions, live, revision, reacted) "
        f"VALUES ({places}, '[]', 0, 0, '{{}}', '{{}}', 1, 1, 0)",
        (*row, c.state, c.created),
    )
    old.close()
    store = SqliteStore(path)
    found = await store.comment(c.id)
    assert found is not None
    assert (found.text, found.reason, found.decided) == (c.text, None, None)
    await store.append_audit(ENTRY)
    await store.close()
