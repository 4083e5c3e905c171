"""Strict conversion of YAML mappings to frozen types; reports all problems of a file at once, each with its position."""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar, get_args, get_origin

import msgspec

from generator.ground.errors import Problem
from generator.ground.text import did_you_mean
from generator.schema.yaml_source import Mapped, Path

T = TypeVar("T", bound=msgspec.Struct)

KEYS = "keys"
NO_WORDS: Mapping[str, str] = types.MappingProxyType({})


class Invalid(ValueError):
    """Raised by a check for a bad value: what is wrong, in *hint* how to correct it, in *index* which item of a list,
    in *others* what is wrong with further items."""

    others: Sequence[Invalid] = ()

    def __init__(self, message: str, hint: str = "", index: int | None = None) -> None:
        super().__init__(message)
        self.hint, self.index = hint, index


class Check(NamedTuple):
    """Annotates a field: *function* returns the canonical value or raises :class:`Invalid`.

    *pattern* is a regular expression (ECMA-262, unanchored) for editors. It covers most of what *function* checks, of a
    text or of each text in a list.
    """

    function: Callable[[Any], Any]
    pattern: str = ""


class _Field(NamedTuple):
    """How one field is converted.

    *list_like*: a single text is accepted as a list of one. *struct*, *items* and *values* are the struct types of the
    value itself, of a list's items and of a block's values; None where these are no structs.
    """

    name: str
    type: Any
    required: bool
    list_like: bool
    struct: Any
    items: Any
    values: Any
    check: Check | None


_KINDS = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "a block",
}
_EXPECTED = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a block of keys",
    "null": "nothing",
}


@functools.cache
def _plan(struct_type: type[msgspec.Struct]) -> dict[str, _Field]:
    hints = typing.get_type_hints(struct_type, include_extras=True)
    plan = {}
    for field in msgspec.structs.fields(struct_type):
        hint = hints[field.name]
        check = next((part for part in getattr(hint, "__metadata__", ()) if isinstance(part, Check)), None)
        bare = get_args(hint)[0] if check else hint
        options = [o for o in get_args(bare) if o is not type(None)] if _is_union(bare) else [bare]
        plain = options[0] if len(options) == 1 else bare
        origin, args = get_origin(plain), get_args(plain)
        plan[field.name] = _Field(
            name=field.name,
            type=plain,
            required=field.required,
            list_like=origin is tuple or any(get_origin(option) is tuple for option in options),
            struct=plain if _is_struct(plain) else None,
            items=args[0] if origin is tuple and _is_struct(args[0]) else None,
            values=args[1] if origin is dict and _is_struct(args[1]) else None,
            check=check,
        )
    return plan


def _is_union(hint: Any) -> bool:
    return get_origin(hint) in (typing.Union, types.UnionType)


def _is_struct(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, msgspec.Struct)


NESTED = "remove it: it holds more than a value or a list of values, which no template sees"


def _is_nested(raw: object) -> bool:
    return any(
        not isinstance(one, str | int | float) for one in (raw if isinstance(raw, list) else [raw or ""])
    )


def _never_grave(key: str, value: object) -> str:
    return ""


class Reader:
    """Converts the parts of one file and collects their problems.

    *remedy* is the hint for an unknown top-level key that is similar to no known one; without it, the hint lists the
    known ones. *foreign* has hints for keys of other generators. With a *remedy*, unknown keys have the rule ``keys``
    and leave the value usable, and an empty text for a field that may be missing is nothing. *grave*
    gives the hint for an unknown top-level key that is an error at every level of ``keys``; ``""`` for others.
    """

    def __init__(
        self,
        mapped: Mapped,
        source_path: str,
        remedy: str = "",
        foreign: Mapping[str, str] = NO_WORDS,
        grave: Callable[[str, object], str] = _never_grave,
    ) -> None:
        self.remedy, self.foreign, self.grave = remedy, foreign, grave
        self.mapped = mapped
        self.source_path = source_path
        self.problems: list[Problem] = []

    def refuse(self, path: Path, message: str, hint: str = "", of_key: bool = False) -> None:
        place = self.mapped.key_position(*path) if of_key else self.mapped.position(*path)
        self.problems.append(Problem(message, place[0], place[1], hint, self.source_path))

    def _unknown(self, path: Path, known: list[str], raw: object) -> None:
        """Report an unknown key. A value is made without it: the configuration may choose a lower level of `keys`."""
        key, top = path[-1], len(path) == 1
        if top and (grave := self.grave(str(key), raw)):
            message = (
                f"'{key}' holds a page back in other systems, or looks like a key that does; nothing reads it here, "
                "so the page would be published"
            )
            self.refuse(path, message, grave, of_key=True)
            return
        hint = (top and self.foreign.get(str(key))) or did_you_mean(str(key), known)
        place = self.mapped.key_position(*path)
        message = f"'{key}' is not a known key"
        remedy = (
            hint or (top and self.remedy and (NESTED if _is_nested(raw) else self.remedy)) or _list(known)
        )
        self.problems.append(
            Problem(message, place[0], place[1], remedy, self.source_path, rule=KEYS if self.remedy else "")
        )

    def struct(
        self,
        value: Any,
        struct_type: type[T],
        path: Path = (),
        extra: frozenset[str] = frozenset(),
        aliases: Mapping[str, str] | None = None,
    ) -> T | None:
        """*value* as *struct_type*, or None where it has problems; all fields are checked.

        Keys in *extra* are accepted and discarded; *aliases* maps accepted keys to the names of fields.
        """
        name = path[-1] if path else "this file"
        if not isinstance(value, dict):
            self.refuse(path, f"'{name}' must be a block of keys, not {_KINDS.get(type(value), 'empty')}")
            return None
        plan = _plan(struct_type)
        found: dict[str, Any] = {}
        before = self._faults()
        for key, raw in value.items():
            name_of = key if key in plan else (aliases or {}).get(key, key)
            field = plan.get(name_of)
            if field is None:
                # A theme may know the key: what would hold the page back elsewhere is still no matter of the theme's.
                if key not in extra or (not path and self.grave(str(key), raw)):
                    self._unknown((*path, key), [*plan, *(aliases or ())], raw)
            elif name_of in found:
                self.refuse(
                    (*path, key), f"'{key}' and '{name_of}' say the same thing", "keep one of them", True
                )
            elif raw is not None and (raw != "" or field.required or not self.remedy):
                found[name_of] = self._field(raw, field, (*path, key))
        for field in plan.values():
            if field.required and field.name not in found:
                empty = (*path, field.name) if field.name in value else path
                self.refuse(empty, f"'{field.name}' is missing", f"add a line `{field.name}: …`")
        if self._faults() > before:
            return None
        return struct_type(**found)

    def _faults(self) -> int:
        """The number of problems that leave a value unusable."""
        return sum(problem.rule != KEYS for problem in self.problems)

    def _field(self, raw: Any, field: _Field, path: Path) -> Any:
        if field.struct is not None:
            return self.struct(raw, field.struct, path)
        shorthand = getattr(field.items, "shorthand", "")
        if shorthand and isinstance(raw, str):
            raw = [raw]
        if field.items is not None and isinstance(raw, list):
            return tuple(
                self.struct(
                    {shorthand: item} if shorthand and isinstance(item, str) else item,
                    field.items,
                    (*path, index),
                )
                for index, item in enumerate(raw)
            )
        if field.values is not None and isinstance(raw, dict):
            return {key: self.struct(item, field.values, (*path, key)) for key, item in raw.items()}
        if field.list_like and field.items is None and isinstance(raw, str):
            raw = [raw]
        try:
            value = msgspec.convert(raw, field.type)
        except msgspec.ValidationError as error:
            self._wrong_type(raw, field, path, str(error))
            return None
        if field.check is None:
            return value
        try:
            return field.check.function(value)
        except Invalid as error:
            for each in (error, *error.others):
                at = path if each.index is None else (*path, each.index)
                self.refuse(at, f"'{field.name}': {each}", each.hint)
            return None

    def _wrong_type(self, raw: Any, field: _Field, path: Path, message: str) -> None:
        name = field.name
        if message.startswith("Invalid enum value"):
            choices = _choices(field.type)
            wrong = (
                raw
                if isinstance(raw, str)
                else next((x for x in raw if x not in choices), raw)
                if isinstance(raw, list)
                else raw
            )
            at = (*path, raw.index(wrong)) if isinstance(raw, list) and wrong in raw else path
            self.refuse(
                at, f"'{name}' cannot be '{wrong}'", did_you_mean(str(wrong), choices) or _list(choices)
            )
            return
        if isinstance(raw, list) and field.list_like and self._refuse_items(raw, name, path):
            return
        if isinstance(raw, dict) and self._refuse_texts(raw, message, path):
            return
        expected = message.split("`")[1] if "`" in message else "text"
        wanted = [
            _EXPECTED.get(part.strip(), part.strip())
            for part in expected.split("|")
            if part.strip() != "null"
        ]
        hint = ""
        if isinstance(raw, int | float) and (choices := _choices(field.type)):
            hint = _list(choices)
        elif isinstance(raw, int | float) and ("text" in wanted or field.list_like):
            hint = self.quoted(path, name)
        elif wanted == ["text"] and isinstance(raw, list):
            hint = f"write one value: {name}: …"
        told = " or ".join(wanted)
        self.refuse(path, f"'{name}' must be {told}, not {_KINDS.get(type(raw), 'nothing')}", hint)

    def _refuse_items(self, items: list[Any], name: str, path: Path) -> bool:
        """Refuse each of *items* that is no text; whether there is one."""
        wrong = [index for index, item in enumerate(items) if not isinstance(item, str)]
        for index in wrong:
            kind = _KINDS.get(type(items[index]), "nothing")
            self.refuse((*path, index), f"'{name}' must hold text, not {kind}", self.quoted((*path, index)))
        return bool(wrong)

    def _refuse_texts(self, values: dict[str, Any], message: str, path: Path) -> bool:
        """Refuse each value of a block of texts that is no text; whether there is one and *message* is about it."""
        if not message.endswith("- at `$[...]`"):
            return False
        wrong = [key for key, value in values.items() if not isinstance(value, str)]
        for key in wrong:
            kind = _KINDS.get(type(values[key]), "nothing")
            self.refuse((*path, key), f"'{key}' must be text, not {kind}", self.quoted((*path, key), key))
        return bool(wrong)

    def quoted(self, path: Path, name: str = "") -> str:
        """The hint for a value without quotes where a text is wanted, with the characters that the file holds."""
        written = self.mapped.written(*path)
        if not written:
            return ""
        return f'put it in quotes: {name}: "{written}"' if name else f'put it in quotes: "{written}"'


def _choices(hint: Any) -> list[str]:
    if get_origin(hint) is typing.Literal:
        return [str(choice) for choice in get_args(hint)]
    return [choice for part in get_args(hint) for choice in _choices(part)]


def _list(words: list[str]) -> str:
    return "known are: " + ", ".join(sorted(words))
