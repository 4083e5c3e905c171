"""Owns responses to surveys in SQLite: rows, what was published of them, and counts of what is gone since."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from widgets.store.records import Gone, Once
from widgets.store.sqlite.rows import bump, earlier, remember
from widgets.store.surveys import (
    AlreadyAnswered,
    Counts,
    Layout,
    Make,
    Responded,
    Response,
    SurveyHead,
    scope_of,
)

_COLUMNS: Final = "survey, version, voter, receipt, salt, answers, cells, publication, day"
_BY_VOTER: Final = f"SELECT {_COLUMNS} FROM responses WHERE survey = ? AND version = ? AND voter = ?"  # noqa: S608
_BY_RECEIPT: Final = f"SELECT {_COLUMNS} FROM responses WHERE receipt = ?"  # noqa: S608
_ALL: Final = f"SELECT {_COLUMNS} FROM responses WHERE survey = ? AND version = ? ORDER BY voter"  # noqa: S608
_HEAD: Final = "SELECT survey, version, results, moment, responses, until, ended, layout, asked FROM surveys"


def add(db: sqlite3.Connection, response: Response, once: Once | None) -> Responded:
    key = (response.survey, response.version, response.voter)
    before = _read(db, key)
    if earlier(db, once) is not None:
        if before is None:
            raise Gone
        return Responded(before, True)
    if before is not None:
        raise AlreadyAnswered
    _demand_head(db, response.survey, response.version)
    publications = _publications(db, response.survey, response.version)
    db.execute(
        "INSERT INTO responses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(*key, response.receipt, response.salt, response.answers, json.dumps(response.cells)),
            *(int(response.publication), response.day, publications),
        ),
    )
    _step(db, response, 1)
    remember(db, once, "")
    return Responded(response, False)


def withdraw(db: sqlite3.Connection, response: Response) -> bool:
    key = (response.survey, response.version, response.voter)
    row = db.execute(
        "SELECT cells, publications FROM responses WHERE survey = ? AND version = ? AND voter = ? AND receipt = ?",
        (*key, response.receipt),
    ).fetchone()
    if row is None:
        return False
    db.execute("DELETE FROM responses WHERE survey = ? AND version = ? AND voter = ?", key)
    if row[1] < _publications(db, response.survey, response.version):
        db.executemany(
            "INSERT INTO gone VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1",
            [(*key[:2], cell) for cell in json.loads(row[0])],
        )
    _step(db, response, -1)
    return True


def _step(db: sqlite3.Connection, response: Response, step: int) -> None:
    if response.publication:
        db.execute(
            "UPDATE surveys SET responses = responses + ? WHERE survey = ? AND version = ?",
            (step, response.survey, response.version),
        )
    bump(db, scope_of(response.survey))


def _demand_head(db: sqlite3.Connection, survey: str, version: int) -> None:
    db.execute("INSERT OR IGNORE INTO surveys (survey, version) VALUES (?, ?)", (survey, version))


def _publications(db: sqlite3.Connection, survey: str, version: int) -> int:
    row = db.execute(
        "SELECT publications FROM surveys WHERE survey = ? AND version = ?", (survey, version)
    ).fetchone()
    return int(row[0]) if row else 0


def _read(db: sqlite3.Connection, key: tuple[str, int, str]) -> Response | None:
    row = db.execute(_BY_VOTER, key).fetchone()
    return _response(row) if row else None


def _response(row: tuple[Any, ...]) -> Response:
    survey, version, voter, receipt, salt, answers, cells, publication, day = row
    return Response(
        survey, version, voter, receipt, salt, answers, tuple(json.loads(cells)), bool(publication), day
    )


def read_responses(db: sqlite3.Connection, keys: Sequence[tuple[str, int, str]]) -> list[Response]:
    return [found for key in keys if (found := _read(db, key)) is not None]


def read_by_receipt(db: sqlite3.Connection, receipt: str) -> Response | None:
    row = db.execute(_BY_RECEIPT, (receipt,)).fetchone()
    return _response(row) if row else None


def read_rows(db: sqlite3.Connection, survey: str, version: int) -> list[Response]:
    return [_response(row) for row in db.execute(_ALL, (survey, version))]


def read_head(db: sqlite3.Connection, survey: str, version: int) -> SurveyHead:
    row = db.execute(f"{_HEAD} WHERE survey = ? AND version = ?", (survey, version)).fetchone()
    return _head(row) if row else SurveyHead(survey, version)


def read_heads(db: sqlite3.Connection) -> list[SurveyHead]:
    return [_head(row) for row in db.execute(f"{_HEAD} ORDER BY survey, version")]


def _head(row: tuple[Any, ...]) -> SurveyHead:
    survey, version, results, moment, responses, until, ended, layout, asked = row
    return SurveyHead(
        survey, version, results, moment, responses, until, bool(ended), layout, tuple(json.loads(asked))
    )


def keep_until(db: sqlite3.Connection, survey: str, version: int, until: int | None) -> None:
    _demand_head(db, survey, version)
    db.execute("UPDATE surveys SET until = ? WHERE survey = ? AND version = ?", (until, survey, version))


def relabel(db: sqlite3.Connection, survey: str, version: int, layout: Layout) -> None:
    _demand_head(db, survey, version)
    where = (survey, version)
    rows = [row for row in read_rows(db, survey, version) if row.publication]
    db.executemany(
        "UPDATE responses SET cells = ? WHERE survey = ? AND version = ? AND voter = ?",
        [(json.dumps(layout.cells(row)), *where, row.voter) for row in rows],
    )
    asked = json.dumps(sorted({*read_head(db, survey, version).asked, *layout.asked}))
    db.execute(
        "UPDATE surveys SET layout = ?, asked = ? WHERE survey = ? AND version = ?",
        (layout.digest, asked, *where),
    )
    bump(db, scope_of(survey))


def count(db: sqlite3.Connection, survey: str, version: int) -> Counts:
    """A row's `publications` say how many there had been when it came: those since the last have as many as the survey. Counted
    here and not by `json_each`, which takes fifteen times as long."""
    where = (survey, version)
    publications = _publications(db, *where)
    standing: Counter[str] = Counter()
    came: Counter[str] = Counter()
    rows = db.execute("SELECT cells, publications FROM responses WHERE survey = ? AND version = ?", where)
    for cells, before in rows:
        names = json.loads(cells)
        standing.update(names)
        if before == publications:
            came.update(names)
    gone = db.execute("SELECT cell, n FROM gone WHERE survey = ? AND version = ?", where)
    return Counts(dict(standing), dict(came), dict(gone.fetchall()))


def publish(db: sqlite3.Connection, survey: str, version: int, moment: int, make: Make) -> SurveyHead:
    head = read_head(db, survey, version)
    if head.ended or (head.moment is not None and head.moment >= moment):
        return head
    fixed = make(count(db, survey, version), head.results)
    if fixed is None:
        return head
    _demand_head(db, survey, version)
    where = (survey, version)
    db.execute(
        "UPDATE surveys SET results = ?, moment = ?, publications = publications + ? WHERE survey = ? AND version = ?",
        (fixed.results, moment, int(fixed.counted), *where),
    )
    if fixed.counted:
        db.execute("DELETE FROM gone WHERE survey = ? AND version = ?", where)
    bump(db, scope_of(survey))
    return read_head(db, survey, version)


def end(db: sqlite3.Connection, survey: str, version: int) -> int:
    where = (survey, version)
    _demand_head(db, survey, version)
    erased = db.execute("DELETE FROM responses WHERE survey = ? AND version = ?", where).rowcount
    db.execute("DELETE FROM gone WHERE survey = ? AND version = ?", where)
    db.execute("UPDATE surveys SET ended = 1, responses = 0 WHERE survey = ? AND version = ?", where)
    bump(db, scope_of(survey))
    return erased


def wrong_counts(db: sqlite3.Connection) -> list[str]:
    rows = db.execute(
        "SELECT survey, version FROM surveys WHERE responses <> (SELECT count(*) FROM responses AS row"
        " WHERE row.survey = surveys.survey AND row.version = surveys.version AND row.publication)"
    )
    return [
        f"The count of responses to {survey} (version {version}) differs from its rows."
        for survey, version in rows
    ]
