"""Reads XML of strangers as a stream with flat memory: no entities, no document types, damaged bytes mended and told.

Expat is used without name spaces, so that a prefix that nobody declared is a name like any other.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Protocol
from xml.parsers import expat

from generator.ground.errors import ContentError
from generator.importing.clean import without_controls
from generator.importing.entries import Noting, Origin

_CHUNK = 16_384
_DECLARED = re.compile(rb"<\?xml[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
# Plug-ins of WordPress print blank lines before the declaration, which no parser takes then. What it says was read already.
_LATE_DECLARATION = re.compile(r"\A([\s\ufeff]+)<\?xml\s[^>]*?\?>")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DEEPEST = 200
_MOST_TOLD = 50


class Handler(Protocol):
    """What is told of a document; *path* are the names of the elements around, the own one last."""

    def start(self, path: list[str], attributes: dict[str, str], line: int) -> None: ...
    def text(self, path: list[str], text: str, line: int) -> None: ...
    def end(self, path: list[str]) -> None: ...


def read_xml(file: Path, handler: Handler, note: Noting) -> Iterator[None]:
    """Feed *file* to *handler*, a chunk at a time; yields after each, so that its results can be taken.

    Raises ContentError where the file cannot be opened, is no XML at all, or declares entities or a document type. A
    file that breaks off, or is damaged in the middle, is read as far as it goes and noted.
    """
    name = file.name
    feeder = _Feeder(name, handler)
    decoder = _Decoder(name, note)
    try:
        with file.open("rb") as stream:
            for text in decoder.texts(stream):
                feeder.feed(text)
                yield
            feeder.close()
            yield
    except OSError as error:
        raise ContentError(f"cannot be read ({error.strerror})", name) from None
    except expat.ExpatError as error:
        if not feeder.begun:
            hint = "is this the file that the old site exported, unpacked?"
            raise ContentError(
                f"is not XML ({expat.ErrorString(error.code)})", name, error.lineno, 1, hint
            ) from None
        what = (
            "the file breaks off"
            if feeder.closing
            else f"the XML is damaged ({expat.ErrorString(error.code)})"
        )
        note(
            "damaged",
            Origin(name, error.lineno),
            f"{what} here; nothing after this was read: export it again",
        )
        yield


class _Feeder:
    def __init__(self, name: str, handler: Handler) -> None:
        self._name = name
        self._handler = handler
        self._path: list[str] = []
        self.begun = False
        self.closing = False
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.EntityDeclHandler = self._refuse_entity
        parser.ExternalEntityRefHandler = self._refuse_entity
        self._parser = parser

    def feed(self, text: str) -> None:
        self._parser.Parse(text.encode(), False)

    def close(self) -> None:
        self.closing = True
        self._parser.Parse(b"", True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.begun = True
        self._path.append(name)
        if len(self._path) > _DEEPEST:
            hint = "an export has no such nesting; do not import this file"
            raise ContentError("elements lie too deep in each other", self._name, self._line, 1, hint)
        self._handler.start(self._path, attributes, self._line)

    def _end(self, name: str) -> None:
        self._handler.end(self._path)
        self._path.pop()

    def _text(self, text: str) -> None:
        self._handler.text(self._path, text, self._line)

    @property
    def _line(self) -> int:
        return self._parser.CurrentLineNumber

    def _refuse_doctype(self, _name: str, system: str | None, _public: str | None, has_subset: int) -> None:
        if has_subset or system:
            self._refuse("has a document type, which could read files of this machine")

    def _refuse_entity(self, *_: object) -> int:
        self._refuse("declares entities, which could fill this machine's memory or read its files")
        return 0

    def _refuse(self, what: str) -> None:
        hint = (
            "no export needs this: it was not read any further, and nothing was imported; where is it from?"
        )
        raise ContentError(what, self._name, self._line, 1, hint)


def _blank(found: re.Match[str]) -> str:
    return found[1].replace("\ufeff", "") + "\n" * found[0][len(found[1]) :].count("\n")


class _Decoder:
    """Bytes to text: the encoding that is declared, UTF-8 by default; a byte that is none is read as Windows-1252."""

    def __init__(self, name: str, note: Noting) -> None:
        self._name = name
        self._note = note
        self._line = 1
        self._told = 0

    def texts(self, stream: IO[bytes]) -> Iterator[str]:
        first = stream.read(_CHUNK)
        encoding = self._encoding(first)
        rest = iter(lambda: stream.read(_CHUNK), b"")
        if encoding == "utf-8":
            texts = self._utf8(first.removeprefix(codecs.BOM_UTF8), rest)
        else:
            texts = self._other(first, rest, encoding)
        for number, text in enumerate(texts):
            self._line += text.count("\n")
            yield without_controls(text if number else _LATE_DECLARATION.sub(_blank, text))

    def _encoding(self, first: bytes) -> str:
        for bom, encoding in _BOMS:
            if first.startswith(bom):
                return encoding
        declared = _DECLARED.search(first[:200])
        try:
            name = codecs.lookup(declared[1].decode()).name if declared else "utf-8"
        except LookupError:
            return "utf-8"
        # What calls itself ASCII or Latin-1 was written by Windows more often than not; the latter is its subset.
        return "cp1252" if name in ("ascii", "iso8859-1") else name

    def _other(self, first: bytes, rest: Iterator[bytes], encoding: str) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        yield decoder.decode(first).removeprefix("\ufeff")
        yield from (decoder.decode(chunk) for chunk in rest)
        yield decoder.decode(b"", final=True)

    def _utf8(self, first: bytes, rest: Iterator[bytes]) -> Iterator[str]:
        pending = first
        for chunk in rest:
            text, pending = self._mended(pending)
            yield text
            pending += chunk
        text, pending = self._mended(pending)
        yield text + pending.decode("cp1252", "replace")

    def _mended(self, raw: bytes) -> tuple[str, bytes]:
        """The text of *raw*, and the bytes at its end that may begin a character."""
        parts: list[str] = []
        while True:
            try:
                return "".join((*parts, raw.decode())), b""
            except UnicodeDecodeError as error:
                parts.append(raw[: error.start].decode())
                if error.end == len(raw) and len(raw) - error.start < 4 and "unexpected end" in error.reason:
                    return "".join(parts), raw[error.start :]
                parts.append(raw[error.start : error.end].decode("cp1252", "replace"))
                self._tell(self._line + sum(part.count("\n") for part in parts))
                raw = raw[error.end :]

    def _tell(self, line: int) -> None:
        """Note a broken character; of a whole file in another encoding only the first ones."""
        self._told += 1
        if self._told <= _MOST_TOLD:
            what = "a character is not in the encoding that the file declares; it was read as Windows-1252"
            self._note("changed", Origin(self._name, line), what)
