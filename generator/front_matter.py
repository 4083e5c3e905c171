"""From a file's bytes to typed front matter and the place where its body begins."""

from __future__ import annotations

import re
from typing import Any

import frontmatter
import msgspec
from frontmatter.default_handlers import BaseHandler

from generator.errors import ContentError, Problem, SiteErrors
from generator.matter import ArticleMatter, HubMatter, Matter, PageMatter, PersonMatter
from generator.model import Struct
from generator.strict import Reader
from generator.text import digest, may_be_unfit, unfit
from generator.yaml_source import Mapped, Position, as_mapping, parse_yaml

MAX_BYTES = 4_000_000
MATTER_TYPES: dict[str, type[Matter]] = {
    "article": ArticleMatter,
    "hub": HubMatter,
    "person": PersonMatter,
    "page": PageMatter,
}
ALIASES: dict[str, dict[str, str]] = {"article": {"author": "authors"}}
_REMEDY = "remove it, or name it under `front_matter: {extra: […]}` in gatherwell.yaml"
_OPENING = re.compile(r"---[ \t]*(?:\n|$)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_POLL = re.compile(r"::[ \t]*poll")


_encode_places = msgspec.msgpack.Encoder().encode
_decode_places = msgspec.msgpack.Decoder(dict[str, Position]).decode
_NOWHERE = msgspec.Raw(_encode_places({}))


class Parsed(Struct):
    """A file as its bytes alone tell it: front matter, the places of its values, and its body's place and digest.

    *places* maps each top-level key to (line, column), encoded, since few are ever looked up (:meth:`place`);
    *body_line* is the file's line on which the body begins.
    Where *asks* is not set, the body holds no poll for certain.
    """

    matter: ArticleMatter | HubMatter | PersonMatter | PageMatter | None = None
    places: msgspec.Raw = _NOWHERE
    body_digest: str = ""
    body_line: int = 1
    asks: bool = False
    problems: tuple[Problem, ...] = ()

    def place(self, key: str) -> Position:
        """Line and column of the value of a top-level key; the file's first line where it is not written."""
        return _decode_places(self.places).get(key, (1, 1))


class Handler(BaseHandler):
    """Hands python-frontmatter our own split and our own YAML reader, which keeps the place of every value."""

    FM_BOUNDARY = _CLOSING

    def __init__(self, block: str, source_path: str) -> None:
        super().__init__()
        self._block = block
        self._source_path = source_path
        self.mapped = Mapped({}, {}, {})

    def split(self, text: str) -> tuple[str, str]:
        return self._block, ""

    def load(self, fm: str) -> Any:
        self.mapped = parse_yaml(fm, self._source_path, first_line=2)
        return as_mapping(self.mapped, self._source_path)


def decode(raw: bytes, source_path: str) -> str:
    """The text of a file, its BOM and CRLF taken away; raises ContentError where it is not text."""
    if len(raw) > MAX_BYTES:
        raise ContentError(
            f"has {len(raw) / 1e6:.0f} MB, an article may have {MAX_BYTES / 1e6:.0f} MB",
            source_path,
            hint="split the article; images lie beside it as files of their own",
        )
    if b"\x00" in raw:
        line = raw.count(b"\n", 0, raw.index(b"\x00")) + 1
        raise ContentError(
            "is not text (it holds a NUL byte)", source_path, line, 1, "is this an image or a document?"
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line_start = raw.rfind(b"\n", 0, error.start) + 1
        raise ContentError(
            "is not UTF-8 text",
            source_path,
            raw.count(b"\n", 0, error.start) + 1,
            error.start - line_start + 1,
            "save the file as UTF-8",
        ) from None
    at = unfit(text) if may_be_unfit(raw) else -1
    if at >= 0:
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        what = f"holds the control character U+{ord(text[at]):04X}"
        raise ContentError(what, source_path, line, column, "remove it; is the file plain UTF-8 text?")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def split(text: str, source_path: str) -> tuple[str, str, int]:
    """Front matter, body and the line on which the body begins; the body is a slice of *text*, never stripped.

    Raises ContentError where a block is opened and never closed.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return "", text, 1
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        raise ContentError(
            "the front matter is never closed",
            source_path,
            1,
            1,
            "add a line `---` after the last `key: value`",
        )
    end = closing.end() + 1
    return text[opening.end() : closing.start()], text[end:], text.count("\n", 0, end) + 1


def _no_front_matter(kind: str, body: str, source_path: str) -> ContentError:
    key = "name" if kind == "person" else "title"
    message = "there is no front matter" if body.strip() else "the file is empty"
    return ContentError(message, source_path, 1, 1, f"begin it with three lines: `---`, `{key}: …`, `---`")


def parse_document(raw: bytes, kind: str, source_path: str, extra: frozenset[str] = frozenset()) -> Parsed:
    """A document from its bytes; never raises on content: faults are in ``problems``, each with its place.

    *kind* is ``article``, ``hub``, ``person`` or ``page``; *source_path* appears in problems only.
    """
    return parse_text(raw, kind, source_path, extra)[0]


def parse_text(raw: bytes, kind: str, source_path: str, extra: frozenset[str]) -> tuple[Parsed, str]:
    """:func:`parse_document`, and the body's text; that is empty where front matter or file cannot be read."""
    try:
        block, body, body_line = split(decode(raw, source_path), source_path)
        handler = Handler(block, source_path)
        values, _ = frontmatter.parse("", handler=handler)
        if body_line == 1:
            raise _no_front_matter(kind, body, source_path)
    except SiteErrors as errors:
        return Parsed(problems=tuple(errors.problems)), ""
    except ContentError as error:
        return Parsed(problems=(error.problem,)), ""
    reader = Reader(handler.mapped, source_path, _REMEDY)
    matter = reader.struct(values, MATTER_TYPES[kind], extra=extra, aliases=ALIASES.get(kind))
    parsed = Parsed(
        matter=matter,
        places=msgspec.Raw(_encode_places(handler.mapped.key_positions())),
        body_digest=digest(body),
        body_line=body_line,
        asks=_POLL.search(body) is not None,
        problems=tuple(reader.problems),
    )
    return parsed, body
