"""Writes the file of comments, a line for each, which `gatherwell function import` takes in."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple
from urllib.parse import unquote, urlsplit

import msgspec

from generator.content.snapshot import PRIVATE
from generator.ground.errors import ContentError
from generator.importing.clean import moment
from generator.importing.comments.markup import LARGEST
from generator.importing.comments.names import NAMELESS, Names, Shortening
from generator.importing.comments.old import CommentSource, Old
from generator.importing.entries import Origin
from generator.importing.linking import short_of
from generator.importing.record import read_record
from generator.importing.report import Report

VERSION = 1
LONGEST = 50_000  # characters of a comment that `gatherwell function import` takes


class Head(msgspec.Struct):
    """The first line: what the file is."""

    format: str = "gatherwell-comments"
    version: int = VERSION
    source: str = ""


class Line(msgspec.Struct, omit_defaults=True):
    """One comment, as `widgets/contract/old-comments.schema.json` says."""

    id: str
    address: str
    name: str
    created: str
    text: str
    parent: str = ""
    page: str = ""


class CommentsFile(NamedTuple):
    """Where the comments lie, relative to the project, and how many there are."""

    path: str
    comments: int
    changed: bool


def comments_path(source: CommentSource) -> str:
    return f"{PRIVATE}/comments-{source.kind}.jsonl"


class CommentSettings(NamedTuple):
    """How comments are written; *language* decides what somebody without a name is called."""

    root: Path
    names: Shortening = "first"
    language: str = "en"
    dry_run: bool = False


def write_comments(source: CommentSource, settings: CommentSettings, report: Report) -> CommentsFile:
    """Write the comments of *source*. Raises SiteError where it cannot be read, or the file not be written."""
    path = comments_path(source)
    file = settings.root / path
    nameless = NAMELESS.get(settings.language.partition("-")[0], "Member")
    names = Names(settings.names, nameless)
    _keep_names(source, file, names)
    out: Counter[str] = Counter()
    temporary = file.with_name(f".{file.name}.importing")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        with os.fdopen(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as stream:
            written = _write(source, stream, _Maker(settings.root, names, source), out, report)
        for why, number in sorted(out.items()):
            report.note("out", Origin("comments"), f"{number:,} {why}")
        changed = written > 0 and not _equal(temporary, file)
        if changed and not settings.dry_run:
            temporary.replace(file)
        return CommentsFile(path, written, changed)
    except OSError as error:
        raise ContentError(f"cannot be written ({error.strerror})", path) from None
    finally:
        temporary.unlink(missing_ok=True)


def _write(source: CommentSource, stream: IO[bytes], maker: _Maker, out: Counter[str], report: Report) -> int:
    written = 0
    for old in source.comments(report.note, out):
        if not written:
            stream.write(msgspec.json.encode(Head(source=source.kind)) + b"\n")
        line = maker.line(old)
        if not line.created:
            line.created = "1970-01-01T00:00:00+00:00"
            report.note(
                "look", Origin("comments", old.line), "a comment without a date was given one of 1970"
            )
        for cause, what in _too_long(old, line):
            report.note(cause, Origin("comments", old.line), what)
        stream.write(msgspec.json.encode(line) + b"\n")
        written += 1
    return written


def _too_long(old: Old, line: Line) -> Iterator[tuple[str, str]]:
    """Nothing of a text is lost in silence."""
    if old.cut:
        yield "lost", f"comment {old.key} has more than {LARGEST:,} characters, and its end was left out"
    if len(line.text) > LONGEST:
        what = f"comment {old.key} is longer than {LONGEST:,} characters: `gatherwell function import` leaves it out"
        yield "look", what


def _keep_names(source: CommentSource, file: Path, names: Names) -> None:
    """Give whoever stands in the file of an earlier import the same name again."""
    earlier = dict(_earlier(file))
    if not earlier:
        return
    for name in earlier.values():
        names.take(name)
    for old in source.comments(lambda *_: None, Counter()):
        known = earlier.get(_id(source, old.key))
        if known:
            names.keep(old.who, known)


def _earlier(file: Path) -> Iterator[tuple[str, str]]:
    decoder = msgspec.json.Decoder(Line)
    try:
        with file.open("rb") as stream:
            next(stream, b"")
            for raw in stream:
                line = decoder.decode(raw)
                yield line.id, line.name
    except (OSError, msgspec.DecodeError):
        return


def _id(source: CommentSource, key: str) -> str:
    return f"{source.kind}:{source.site()}:{key}"


class _Maker:
    def __init__(self, root: Path, names: Names, source: CommentSource) -> None:
        self._names = names
        self._source = source
        self._mentions: re.Pattern[str] | None = None
        self._logins: frozenset[str] = frozenset()
        # The number of a post of WordPress → its file, where the address is a query.
        entries = read_record(root).entries
        self._by_number = {
            key.rpartition(":")[2]: path for key, path in entries.items() if key.startswith("wordpress:")
        }

    def line(self, old: Old) -> Line:
        if self._source.logins() != self._logins:
            self._logins = self._source.logins()
            known = "|".join(re.escape(login) for login in sorted(self._logins) if len(login) > 2)
            self._mentions = (
                re.compile(rf"(?<!\w)(?:@(?:{known})\b|(?:{known})(?=@))", re.IGNORECASE) if known else None
            )
        text = self._mentions.sub("@…", old.text) if self._mentions else old.text
        address, query = _address(old.address)
        return Line(
            id=_id(self._source, old.key),
            parent=_id(self._source, old.parent) if old.parent else "",
            address=address,
            page=self._by_number.get(query, ""),
            name=self._names.name(old.who, old.name, self._logins),
            created=_utc(old.created),
            text=text,
        )


def _address(written: str) -> tuple[str, str]:
    """The path, and the number that a query of WordPress names."""
    try:
        parts = urlsplit(written)
    except ValueError:
        return "", ""
    return unquote(parts.path) or "/", short_of(parts.query).removeprefix("?p=")


def _utc(written: str) -> str:
    """A moment in UTC, as JSON Schema's date-time; empty where it is none."""
    text = written.strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d", text):
        text = f"{text}Z"
    found = moment(text)
    return found if "T" in found or not found else f"{found}T00:00:00+00:00"


def _equal(one: Path, other: Path) -> bool:
    try:
        with one.open("rb") as new, other.open("rb") as old:
            while piece := new.read(1 << 16):
                if piece != old.read(1 << 16):
                    return False
            return not old.read(1)
    except OSError:
        return False
