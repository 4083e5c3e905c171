"""A file's bytes to typed front matter, and the text of its body."""

from __future__ import annotations

import re
from functools import partial
from typing import Any, NamedTuple

import frontmatter
import msgspec
from frontmatter.default_handlers import BaseHandler

from generator.content.front_matter.extra import Extra, read_extra
from generator.content.front_matter.foreign_keys import FOREIGN_KEYS
from generator.content.front_matter.held_back import REMEDY as HELD_BACK
from generator.content.front_matter.held_back import holds_back, looks_like_it
from generator.content.front_matter.schema import (
    ArticleFrontMatter,
    FrontMatter,
    HubFrontMatter,
    PageFrontMatter,
    PersonFrontMatter,
    SectionFrontMatter,
)
from generator.ground.conflicts import refuse_conflicts
from generator.ground.errors import ContentError, Position, Problem, SiteErrors
from generator.ground.model import Struct
from generator.ground.text import digest, may_be_unfit, unfit
from generator.schema.convert import Reader
from generator.schema.yaml_source import Mapped, as_mapping, parse_yaml

MAX_BYTES = 4_000_000
MATTER_TYPES: dict[str, type[FrontMatter]] = {
    "article": ArticleFrontMatter,
    "hub": HubFrontMatter,
    "person": PersonFrontMatter,
    "page": PageFrontMatter,
    "section": SectionFrontMatter,
}
ALIASES: dict[str, dict[str, str]] = {
    "article": {"author": "authors"},
    "section": {"description": "summary"},
}
_ADVISED = re.compile(r"write `([a-z_]+):")
# Advice that names a key which this kind of file does not know is left out.
_FOREIGN: dict[str, dict[str, str]] = {
    kind: {
        key: hint
        for key, hint in FOREIGN_KEYS.items()
        if not (advised := _ADVISED.match(hint)) or advised[1] in fields.__struct_fields__
    }
    for kind, fields in MATTER_TYPES.items()
}
_OTHER_FORMS = {"+++": "TOML", "{": "JSON", ";;;": "JSON", "---toml": "TOML", "---json": "JSON"}
_LATE = re.compile(r"(?:\s|<!--(?:(?!-->).)*-->)+(?=---[ \t]*\n)", re.DOTALL)
_REMEDY = "remove it, or name it under `front_matter: {extra: […]}` in gatherwell.yaml"
_OPENING = re.compile(r"---[ \t]*(?:\n|$)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_ASKS = re.compile(r"::[ \t]*(?:poll|story-form|ask-form)")


_encode_places = msgspec.msgpack.Encoder().encode
_decode_places = msgspec.msgpack.Decoder(dict[str, Position]).decode
_NOWHERE = msgspec.Raw(_encode_places({}))


class Parsed(Struct):
    """What the bytes of a file say, independent of its path: front matter, its positions, the body's digest and line.

    *places* maps each top-level key, each item of a list and each address to its position, encoded, because few of them are ever needed (:meth:`place`);
    *body_line* is the file's line on which the body begins. Where *asks* is false, the body holds no poll and no form for
    stories or questions; where it is true, it may hold one.
    """

    front_matter: FrontMatter | None = None
    places: msgspec.Raw = _NOWHERE
    body_digest: str = ""
    body_line: int = 1
    asks: bool = False
    problems: tuple[Problem, ...] = ()
    extra: Extra = Extra()

    def place(self, key: str) -> Position:
        """The position of the value of a top-level *key*, of an item of its list (``authors.1``), or of an address in it
        (``references.0.url``).

        What has no place of its own is where that is which holds it; a key that is missing, at the file's first line.
        """
        places = _decode_places(self.places)
        while key not in places and "." in key:
            key = key.rpartition(".")[0]
        return places.get(key, Position(1, 1))


class Handler(BaseHandler):
    """Makes python-frontmatter use our split and our YAML reader, which keeps the position of every value."""

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
    """The text of a file without BOM, with line feeds only.

    Raises ContentError where it is not UTF-8 text, or holds an unsolved merge conflict.
    """
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
    refuse_conflicts(text, source_path)
    return text


class SplitText(NamedTuple):
    """The two parts of a file's text, and the line on which the body begins; 1 means that there is no front matter."""

    block: str
    body: str
    body_line: int


def split(text: str, source_path: str) -> SplitText:
    """Front matter and body; the body is a slice of *text*, with all of its white space.

    Raises ContentError where the front matter is opened and never closed.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return SplitText("", text, 1)
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
    return SplitText(text[opening.end() : closing.start()], text[end:], text.count("\n", 0, end) + 1)


def _places(mapped: Mapped, kind: str) -> dict[str, Position]:
    """Positions of keys and items; those of a key with another name are found by the name of its field too."""
    places = mapped.key_positions()
    for alias, name in ALIASES.get(kind, {}).items():
        for key in [key for key in places if key.partition(".")[0] == alias]:
            places.setdefault(name + key[len(alias) :], places[key])
    return places


def _no_front_matter(kind: str, body: str, source_path: str) -> ContentError:
    key = "name" if kind == "person" else "title"
    message = "there is no front matter" if body.strip() else "the file is empty"
    hint = f"begin it with three lines: `---`, `{key}: …`, `---`"
    for sign, name in _OTHER_FORMS.items():
        if body.lstrip().startswith(sign):
            message = f"this front matter is {name}; it is read as YAML only"
            return ContentError(message, source_path, 1, 1, f"write it as YAML: `---`, `{key}: …`, `---`")
    late = _LATE.match(body)
    if late:
        line = body.count("\n", 0, late.end()) + 1
        message = "the front matter does not begin on the first line"
        return ContentError(
            message, source_path, line, 1, "put `---` on the file's first line, above all else"
        )
    return ContentError(message, source_path, 1, 1, hint)


def _held_back(key: str, value: object, extra: frozenset[str]) -> str:
    """The remedy for a key that would hold the page back. One of a theme's own is no slip, but holds back all the same."""
    back = holds_back(key, value) or (key not in extra and looks_like_it(key, value))
    return HELD_BACK if back else ""


def parse_document(raw: bytes, kind: str, source_path: str, extra: frozenset[str] = frozenset()) -> Parsed:
    """A document from its bytes; raises nothing: what is wrong is in ``problems``, each with its position.

    *kind* is ``article``, ``hub``, ``person`` or ``page``; *source_path* is used in problems only; keys in *extra* are
    accepted and kept apart.
    """
    return parse_text(raw, kind, source_path, extra)[0]


def parse_text(raw: bytes, kind: str, source_path: str, extra: frozenset[str]) -> tuple[Parsed, str]:
    """:func:`parse_document`, and the body's text; the text is empty where file or front matter cannot be parsed."""
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
    reader = Reader(handler.mapped, source_path, _REMEDY, _FOREIGN[kind], partial(_held_back, extra=extra))
    front_matter = reader.struct(values, MATTER_TYPES[kind], extra=extra, aliases=ALIASES.get(kind))
    own = read_extra(values, extra - set(front_matter.__struct_fields__), reader) if front_matter else Extra()
    parsed = Parsed(
        front_matter=front_matter,
        places=msgspec.Raw(_encode_places(_places(handler.mapped, kind))),
        body_digest=digest(body),
        body_line=body_line,
        asks=_ASKS.search(body) is not None,
        problems=tuple(reader.problems),
        extra=own,
    )
    return parsed, body
