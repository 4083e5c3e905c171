"""Parses YAML 1.2 and keeps line and column of every value; for front matter, configuration and data files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import yaml

from generator.ground.errors import ContentError, Position, SiteError
from generator.ground.text import holds_note, unfit

Path = tuple[str | int, ...]
"""The keys and indices that lead to a value: ``("references", 0, "url")``."""

MAX_VALUES = 20_000
_MAX_DEPTH = 40

if not hasattr(yaml, "CSafeLoader"):  # pragma: no cover - depends on how PyYAML was built
    raise ImportError("PyYAML was built without libyaml; install a wheel of PyYAML, it is 16 times faster")


class _Loader(yaml.CSafeLoader):
    """Composes nodes only; resolves scalars by YAML 1.2's core schema (no dates, no sexagesimals)."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - the library declares it so


# What a plain scalar of each tag may be, and the characters that it may begin with.
_PLAIN = {
    "tag:yaml.org,2002:null": (re.compile(r"^(?:~|null|Null|NULL|)$"), [*"~nN", ""]),
    "tag:yaml.org,2002:bool": (re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), [*"tTfF"]),
    "tag:yaml.org,2002:int": (
        re.compile(r"^(?:[-+]?[0-9]{1,18}|0o[0-7]{1,18}|0x[0-9a-fA-F]{1,15})$"),
        [*"-+0123456789"],
    ),
    "tag:yaml.org,2002:float": (
        re.compile(
            r"^(?:[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]{1,3})?|[-+]?[0-9]+[eE][-+]?[0-9]{1,3})$"
        ),
        [*"-+.0123456789"],
    ),
}
for _tag, (_pattern, _first) in _PLAIN.items():
    _Loader.add_implicit_resolver(_tag, _pattern, _first)

_WORDS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:null")
_CUT = re.compile(r"[ \t]+(#[^\s#][^\n]{0,60})")
_INT_BASES = {"0o": 8, "0x": 16}


class Mapped:
    """A value read from YAML (dict, list, str, int, float, bool, None) with the position of each part.

    ``position("references", 0, "url")`` gives the position of that value, or of the nearest parent that exists;
    ``key_position`` gives that of the key itself; ``written`` the characters of a value that is no text.
    """

    __slots__ = ("_keys", "_values", "_written", "value")

    def __init__(
        self,
        value: Any,
        values: dict[Path, Position],
        keys: dict[Path, Position],
        written: Mapping[Path, str] = MappingProxyType({}),
    ) -> None:
        self.value = value
        self._values = values
        self._keys = keys
        self._written = written

    def position(self, *path: str | int) -> Position:
        while path and path not in self._values:
            path = path[:-1]
        return self._values.get(path, Position(1, 1))

    def written(self, *path: str | int) -> str:
        """A number, a boolean or nothing as it stands in the file (``08``, ``1.10``, ``~``); ``""`` for other values."""
        return self._written.get(path, "")

    def key_position(self, *path: str | int) -> Position:
        return self._keys.get(path) or self.position(*path)

    def key_positions(self) -> dict[str, Position]:
        """The position of the value of each top-level key, of each item of its list as ``key.0``, ``key.1`` …, and of
        each web address however deep (``key.0.url``).
        """
        return {
            ".".join(map(str, path)): at
            for path, at in self._values.items()
            if len(path) == 1 or (len(path) == 2 and isinstance(path[1], int)) or self._is_address(path)
        }

    def _is_address(self, path: Path) -> bool:
        value = self.value
        for key in path:
            value = value[key]
        return isinstance(value, str) and "://" in value


def parse_yaml(text: str, source_path: str, first_line: int = 1) -> Mapped:
    """Parse one YAML document; *first_line* is the line of the file on which *text* begins.

    Raises ContentError with line, column and a hint on bad syntax, duplicate keys, keys that are not strings, several
    documents, tags, and more than :data:`MAX_VALUES` values.
    """
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error, text, source_path, first_line) from None
    except (yaml.YAMLError, ValueError) as error:
        character = getattr(error, "character", None)
        what = f"character {character!r} is not allowed here" if character is not None else "this is not YAML"
        line = first_line + _line_of(text, getattr(error, "position", None))
        raise ContentError(
            what, source_path, line, 1, "remove control characters; save the file as plain UTF-8 text"
        ) from None
    except RecursionError:
        raise ContentError(
            "values are nested too deeply", source_path, first_line, 1, "flatten this file"
        ) from None
    builder = _Builder(source_path, first_line, text)
    value = builder.build(node, (), 0) if node is not None else None
    return Mapped(value, builder.values, builder.keys, builder.written)


class Span(NamedTuple):
    """A value in a text, from its first sign (a quote too) to behind its last one."""

    value: str
    start: Position
    end: Position


def scalars_of(text: str, first_line: int = 1) -> Iterator[Span]:
    """The values in a text that is YAML, in their order; nothing more from where it is none."""
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark:
                start, end = (
                    Position(mark.line + first_line, mark.column + 1)
                    for mark in (event.start_mark, event.end_mark)
                )
                yield Span(event.value, start, end)
    except yaml.YAMLError:
        return


def _line_of(text: str, position: int | None) -> int:
    return text.count("\n", 0, position) if isinstance(position, int) and position >= 0 else 0


def _syntax_error(error: yaml.MarkedYAMLError, text: str, source_path: str, first_line: int) -> SiteError:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    shown = lines[line] if line < len(lines) else ""
    problem = error.problem or error.context or "this is not YAML"
    hint = "check the indentation and the quotes around this line"
    if "mapping values are not allowed" in problem:
        problem = "a second colon makes this line ambiguous"
        key = shown.split(":", 1)[0].strip() or "title"
        hint = f'words with a colon need quotes: {key}: "…: …"'
    elif "tab character" in problem or ("found character" in problem and shown[column : column + 1] == "\t"):
        problem, hint = "a tab stands where spaces are needed", "indent with spaces"
    elif "found character" in problem and "start any token" in problem:
        problem, hint = "a value cannot begin with this character", 'put the value in quotes: "…"'
    elif "undefined alias" in problem or shown.lstrip().split(": ", 1)[-1].startswith(
        ("*", "&", "!", "%", "@", "`")
    ):
        hint = 'put the value in quotes: "…"'
    elif "could not find expected ':'" in problem:
        problem, hint = "a key without a colon", "write each line as `key: value`"
        line, column = max(line - 1, 0), 0
    elif "expected a single document" in problem or "but found another document" in problem:
        problem, hint = "a second document begins here", "keep one block between the --- lines"
    elif "unexpected end of stream" in problem or "did not find expected ',' or" in problem:
        problem, hint = "a quote or bracket is never closed", "close the quote or bracket"
        context = error.context_mark
        line, column = (context.line, context.column) if context else (line, column)
    return ContentError(problem, source_path, first_line + line, column + 1, hint)


class _Builder:
    """Converts nodes to plain values and records the position of each."""

    def __init__(self, source_path: str, first_line: int, source: str) -> None:
        self.source_path = source_path
        self.first_line = first_line
        # The lines in which a comment may cut a value off.
        self.lines = source.split("\n") if _CUT.search(source) else []
        self.values: dict[Path, Position] = {}
        self.keys: dict[Path, Position] = {}
        self.written: dict[Path, str] = {}

    def _error(self, node: yaml.Node, message: str, hint: str) -> SiteError:
        line, column = self._position(node)
        return ContentError(message, self.source_path, line, column, hint)

    def _position(self, node: yaml.Node) -> Position:
        return Position(node.start_mark.line + self.first_line, node.start_mark.column + 1)

    def build(self, node: yaml.Node, path: Path, depth: int) -> Any:
        self.values[path] = self._position(node)
        if depth > _MAX_DEPTH or len(self.values) > MAX_VALUES:
            raise self._error(node, "too many values, or nested too deeply", "split this file")
        if isinstance(node, yaml.ScalarNode):
            value = self._scalar(node)
            if not isinstance(value, str):
                self.written[path] = node.value
            return value
        if isinstance(node, yaml.SequenceNode):
            self._refuse_tag(node, "tag:yaml.org,2002:seq")
            return [self.build(child, (*path, index), depth + 1) for index, child in enumerate(node.value)]
        self._refuse_tag(node, "tag:yaml.org,2002:map")
        return self._mapping(node, path, depth)

    def _mapping(self, node: yaml.Node, path: Path, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise self._error(key_node, "a key must be a single word", "write `key: value`")
            key = key_node.value
            if key in result:
                line, _ = self.keys[(*path, key)]
                raise self._error(
                    key_node, f"'{key}' stands here twice", f"remove one; the first is on line {line}"
                )
            self.keys[(*path, key)] = self._position(key_node)
            result[key] = self.build(value_node, (*path, key), depth + 1)
        return result

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        text: str = node.value
        tag = node.tag
        if self.lines and not node.style and tag in _WORDS:
            self._refuse_cut(node)
        if tag == "tag:yaml.org,2002:str" or node.style in ("'", '"', "|", ">"):
            if not text.isprintable() and (at := unfit(text)) >= 0:
                what = f"holds the control character U+{ord(text[at]):04X}"
                raise self._error(node, what, "remove it; it cannot be shown")
            if holds_note(text):
                what = "a note among writers stands in this text and would be shown"
                raise self._error(node, what, "write notes behind a `#` on a line of their own")
            return text
        if tag in _PLAIN and not _PLAIN[tag][0].match(text):
            what = f"{text!r} is not what its tag {tag!r} says"
            raise self._error(node, what, "remove the tag, or put the value in quotes")
        if tag == "tag:yaml.org,2002:null":
            return None
        if tag == "tag:yaml.org,2002:bool":
            return text[0] in "tT"
        if tag == "tag:yaml.org,2002:int":
            return (
                int(text, _INT_BASES.get(text[:2], 10))
                if text[:2] not in _INT_BASES
                else int(text[2:], _INT_BASES[text[:2]])
            )
        if tag == "tag:yaml.org,2002:float":
            return float(text)
        raise self._error(
            node, f"the tag {tag!r} is not allowed", "remove the tag, or put the value in quotes"
        )

    def _refuse_cut(self, node: yaml.ScalarNode) -> None:
        """A sign ``#`` with a word right behind it is more likely part of the value than a note: ``Type #2``."""
        end = node.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if cut := _CUT.match(rest):
            what = f"YAML leaves out what follows the #: {cut[1]!r}"
            raise self._error(node, what, "put the value in quotes; a note has a blank behind its #")

    def _refuse_tag(self, node: yaml.Node, plain: str) -> None:
        if node.tag != plain:
            raise self._error(node, f"the tag {node.tag!r} is not allowed", "remove the tag")


def as_mapping(mapped: Mapped, source_path: str) -> Mapping[str, Any]:
    """The value as a mapping; raises ContentError where the file holds something else."""
    if mapped.value is None:
        return {}
    if not isinstance(mapped.value, dict):
        line, column = mapped.position()
        kind = (
            "a list"
            if isinstance(mapped.value, Sequence) and not isinstance(mapped.value, str)
            else "one value"
        )
        raise ContentError(
            f"this must be `key: value` lines, not {kind}",
            source_path,
            line,
            column,
            "write `key: value`, one a line",
        )
    return mapped.value
