"""Owns going back to a copy: it is checked, what was erased since is erased in it, and then it takes the store's place."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from widgets.store.desk_records import SHORT_LIVED
from widgets.store.records import StoreError, Vote
from widgets.store.sqlite import comments, desk, free_texts, marks, surveys, voices, votes, watches
from widgets.store.sqlite.copies import demand_other, sync_folder, write_copy
from widgets.store.sqlite.erasures import REMEDY, entry, log_path, mark_of, reach, read_log
from widgets.store.sqlite.files import (
    CONTRIBUTIONS,
    demand_store,
    migrate,
    named,
    open_database,
    open_read_only,
)
from widgets.store.sqlite.inspection import faults
from widgets.store.sqlite.rows import read_comment, write_comment
from widgets.store.voices import Voice, voice_from


@dataclass(frozen=True, slots=True)
class Restored:
    """How many rows of the copy were erased or put back into the queue, by kind; `kept` is the file that was replaced."""

    erased: Mapping[str, int] = field(default_factory=dict)
    kept: Path | None = None


def restore(
    copy: Path, store: Path, *, erasures: Path | None = None, without_erasures: bool = False
) -> Restored:
    """Put `copy` in the place of `store`, which no process may have open. Raises StoreError; nothing has changed then.

    `erasures` is the log of erasures, by default the one beside the store.
    """
    demand_store(copy)
    demand_other(store, copy)
    part = store.with_name(f"{store.name}.restoring")
    _remove(part)
    try:
        with closing(open_read_only(copy)) as source:
            write_copy(source, part)
        erased = _prepare(part, erasures or log_path(store), without_erasures, mark_of(store))
        kept = _set_aside(store)
        part.replace(store)
        sync_folder(store.parent)
    except OSError as error:
        raise StoreError(f"The copy could not be put in place ({named(error)}).") from error
    finally:
        _remove(part)
    return Restored(erased, kept)


def _prepare(
    part: Path, log: Path, without_erasures: bool, replaced: tuple[bytes, int] | None
) -> dict[str, int]:
    """`replaced`: the key and the mark of the store in whose place the copy comes."""
    with closing(open_database(part, synchronous="FULL")) as db:
        known = db.execute("PRAGMA user_version").fetchone()[0]
        migrate(db, CONTRIBUTIONS)
        if found := faults(db):
            raise StoreError(f"The copy is damaged: {found[0]}")
        secret, after = db.execute("SELECT secret, seq FROM erasure_mark").fetchone()
        entries: frozenset[str] = frozenset()
        store_mark = replaced[1] if replaced and replaced[0] == secret else 0
        if without_erasures:
            after = max(after, reach(log, secret), store_mark)  # no number is used twice
        else:
            _demand_log(log, marked=known >= _MARKED)
            entries, after = read_log(log, secret, after)
            if after < store_mark:
                raise StoreError(
                    f"{log} is older than the store that would be replaced: it lacks {store_mark - after} of its erasures. "
                    f"{REMEDY}"
                )
        db.execute("BEGIN IMMEDIATE")
        erased = _Erasing(db, secret, entries).run()
        db.execute("UPDATE erasure_mark SET seq = ?", (after,))
        db.executemany("DELETE FROM desk WHERE kind = ?", [(kind,) for kind in SHORT_LIVED])
        db.execute("COMMIT")
        db.execute("VACUUM")
        db.execute("PRAGMA journal_mode = DELETE")
    return {what: n for what, n in erased.items() if n}


_MARKED: Final = next(n for n, script in enumerate(CONTRIBUTIONS, start=1) if "erasure_mark" in script)


def _demand_log(log: Path, *, marked: bool) -> None:
    if not marked:
        raise StoreError(
            "The copy is of a version that kept no log of erasures: what was erased since cannot be known. "
            "--without-erasures accepts that it comes back."
        )
    if not log.is_file():
        raise StoreError(
            f"There is no log of erasures at {log}: what was erased since the copy cannot be known. {REMEDY}"
        )


class _Erasing:
    """Finds the rows of a copy that the log names, and erases them as the store does."""

    def __init__(self, db: sqlite3.Connection, secret: bytes, entries: frozenset[str]) -> None:
        self._db = db
        self._secret = secret
        self._entries = entries

    def run(self) -> Counter[str]:
        if not self._entries:
            return Counter()
        return Counter(
            comments=self._comments(),
            held=self._hidden(),
            votes=self._votes(),
            marks=self._marks(),
            desk=self._desk(),
            responses=self._responses(),
            texts=self._texts(),
            voices=self._voices(),
            watches=self._watches(),
        )

    def _named(self, what: str, *parts: str) -> bool:
        return entry(self._secret, what, *parts) in self._entries

    def _comments(self) -> int:
        ids = [id_ for (id_,) in self._db.execute("SELECT id FROM comments WHERE state <> 'withdrawn'")]
        wanted = [id_ for id_ in ids if self._named("comment", id_) or self._named("text", id_)]
        for id_ in wanted:
            comments.remove(self._db, id_, None)
        return len(wanted)

    def _hidden(self) -> int:
        ids = [id_ for (id_,) in self._db.execute("SELECT id FROM comments") if self._named("hidden", id_)]
        shown = [found for id_ in ids if (found := read_comment(self._db, id_)) and found.visible]
        for before in shown:
            held = replace(
                before, state="held", held=("restored",), queued=True, revision=before.revision + 1
            )
            write_comment(self._db, held)
            comments.show(self._db, held, -1)
        return len(shown)

    def _votes(self) -> int:
        keys = self._db.execute("SELECT poll, version, voter, day FROM votes").fetchall()
        wanted = [key for key in keys if self._named("vote", key[0], str(key[1]), key[2])]
        for poll, version, voter, day in wanted:
            votes.cast(self._db, Vote(poll, version, voter, (), day), None)
        return len(wanted)

    def _marks(self) -> int:
        keys = self._db.execute("SELECT kind, thread, person FROM marks").fetchall()
        return sum(marks.erase(self._db, *key) for key in keys if self._named("marks", *key))

    def _responses(self) -> int:
        heads = surveys.read_heads(self._db)
        ended = [head for head in heads if self._named("survey", head.survey, str(head.version))]
        erased = sum(surveys.end(self._db, head.survey, head.version) for head in ended)
        rows = [row for head in heads for row in surveys.read_rows(self._db, head.survey, head.version)]
        return erased + sum(
            surveys.withdraw(self._db, row)
            for row in rows
            if self._named("response", row.survey, str(row.version), row.voter, row.receipt)
        )

    def _texts(self) -> int:
        erased = 0
        for survey, question in free_texts.read_places(self._db):
            texts = free_texts.read(self._db, survey, question)
            if self._named("free-texts", survey):
                free_texts.end(self._db, survey)
                erased += len(texts)
                continue
            wanted = [text for text in texts if self._named("free-text", survey, question, text.key)]
            erased += free_texts.erase(self._db, [(survey, question, text.key) for text in wanted])
        return erased

    def _voices(self) -> int:
        """Those that were withdrawn go; those that were taken off the page, or changed there, wait to be read again; ticks that
        were taken back stay so."""
        found = [voice_from(value) for (value,) in self._db.execute("SELECT value FROM voices")]
        gone = [voice for voice in found if self._named("voice", voice.id)]
        for voice in found:
            if voice in gone:
                voices.remove(self._db, voice.id, None)
            elif (after := self._with_less(voice)) != voice:
                voices.change(self._db, after)
        return len(gone)

    def _with_less(self, voice: Voice) -> Voice:
        left = tuple(tick for tick in voice.consents if not self._named("voice-consent", voice.id, tick))
        after = replace(voice, consents=left)
        if voice.state == "offered" and "edit" not in left:
            after = replace(after, state="read", offered=None, due=None)
        if voice.state == "published" and self._named("voice-shown", voice.id):
            after = replace(
                after, state="read", held=("restored",), shown=None, agreed=None, html="", published=""
            )
        return after

    def _watches(self) -> int:
        wanted = [row for row in watches.read_all(self._db) if self._named("watch", *row)]
        for _, thing in wanted:
            watches.erase(self._db, thing)
        return len(wanted)

    def _desk(self) -> int:
        keys = self._db.execute("SELECT kind, id FROM desk").fetchall()
        wanted = [key for key in keys if self._named("desk", *key)]
        for kind, id_ in wanted:
            row = desk.read_row(self._db, kind, id_)
            if (
                row is not None and "revoked" in row.value
            ):  # the audit log names revoked staff, so the row stays
                desk.keep(self._db, replace(row, value={**row.value, "revoked": int(time.time())}))
            else:
                desk.drop(self._db, kind, id_)
        return len(wanted)


def _set_aside(store: Path) -> Path | None:
    """The file in place, whole in itself, under another name. Raises StoreError where a process has it open."""
    if not store.exists():
        _remove(store)
        return None
    try:
        with closing(sqlite3.connect(store, timeout=1.0, isolation_level=None)) as connection:
            # Folds the log into the file and removes it; SQLite refuses while any other connection is open.
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.OperationalError as error:
        if named(error) in ("SQLITE_BUSY", "SQLITE_LOCKED"):
            raise StoreError(f"{store} is in use: stop the function first.") from error
    except sqlite3.DatabaseError:
        pass  # damaged: kept as it is
    kept = store.with_name(f"{store.name}.replaced")
    _remove(kept)
    for suffix in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            store.with_name(store.name + suffix).replace(kept.with_name(kept.name + suffix))
    return kept


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
