"""Strict conversion of YAML mappings to frozen types: every fault of a file at once, each with its place."""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar, get_args, get_origin

import msgspec

from generator.errors import Problem
from generator.text import did_you_mean
from generator.yaml_source import Mapped, Path

T = TypeVar("T", bound=msgspec.Struct)


class Invalid(ValueError):
    """A value that a check refuses: what is wrong, and what would be right."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Check(NamedTuple):
    """Annotates a field: *function* returns the canonical value or raises :class:`Invalid`.

    *pattern* tells editors most of what *function* asks of a text, or of each text of a list (ECMA-262, unanchored).
    """

    function: Callable[[Any], Any]
    pattern: str = ""


class _Field(NamedTuple):
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


class Reader:
    """Converts the parts of one file, collecting problems; *extra* keys are let through and dropped.

    *remedy* says what to do with a top-level key that resembles none; else the known ones are listed.
    """

    def __init__(self, mapped: Mapped, source_path: str, remedy: str = "") -> None:
        self.remedy = remedy
        self.mapped = mapped
        self.source_path = source_path
        self.problems: list[Problem] = []

    def refuse(self, path: Path, message: str, hint: str = "", of_key: bool = False) -> None:
        place = self.mapped.key_position(*path) if of_key else self.mapped.position(*path)
        self.problems.append(Problem(message, place[0], place[1], hint, self.source_path))

    def struct(
        self,
        value: Any,
        struct_type: type[T],
        path: Path = (),
        extra: frozenset[str] = frozenset(),
        aliases: Mapping[str, str] | None = None,
    ) -> T | None:
        """*value* as *struct_type*, or None after reporting; a field that is at fault hides no other."""
        name = path[-1] if path else "this file"
        if not isinstance(value, dict):
            self.refuse(path, f"'{name}' must be a block of keys, not {_KINDS.get(type(value), 'empty')}")
            return None
        plan = _plan(struct_type)
        found: dict[str, Any] = {}
        before = len(self.problems)
        for key, raw in value.items():
            name_of = key if key in plan else (aliases or {}).get(key, key)
            field = plan.get(name_of)
            if field is None:
                if key not in extra:
                    known = [*plan, *(aliases or ())]
                    hint = did_you_mean(key, known) or (not path and self.remedy) or _list(known)
                    self.refuse((*path, key), f"'{key}' is not a known key", hint, True)
            elif name_of in found:
                self.refuse(
                    (*path, key), f"'{key}' and '{name_of}' say the same thing", "keep one of them", True
                )
            elif raw is not None:
                found[name_of] = self._field(raw, field, (*path, key))
        for field in plan.values():
            if field.required and field.name not in found:
                empty = (*path, field.name) if field.name in value else path
                self.refuse(empty, f"'{field.name}' is missing", f"add a line `{field.name}: …`")
        if len(self.problems) > before:
            return None
        return struct_type(**found)

    def _field(self, raw: Any, field: _Field, path: Path) -> Any:
        if field.struct is not None:
            return self.struct(raw, field.struct, path)
        if field.items is not None and isinstance(raw, list):
            return tuple(self.struct(item, field.items, (*path, index)) for index, item in enumerate(raw))
        if field.values is not None and isinstance(raw, dict):
            return {key: self.struct(item, field.values, (*path, key)) for key, item in raw.items()}
        if field.list_like and isinstance(raw, str):
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
            self.refuse(path, f"'{field.name}': {error}", error.hint)
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
        if isinstance(raw, list) and field.list_like:
            for index, item in enumerate(raw):
                if not isinstance(item, str):
                    kind = _KINDS.get(type(item), "nothing")
                    self.refuse(
                        (*path, index), f"'{name}' must hold text, not {kind}", 'put it in quotes: "…"'
                    )
                    return
        expected = message.split("`")[1] if "`" in message else "text"
        wanted = " or ".join(
            _EXPECTED.get(part.strip(), part.strip())
            for part in expected.split("|")
            if part.strip() != "null"
        )
        hint = (
            f'put it in quotes: {name}: "{raw}"' if wanted == "text" and isinstance(raw, int | float) else ""
        )
        if wanted == "text" and isinstance(raw, list):
            hint = f"write one value: {name}: …"
        self.refuse(path, f"'{name}' must be {wanted}, not {_KINDS.get(type(raw), 'nothing')}", hint)


def _choices(hint: Any) -> list[str]:
    if get_origin(hint) is typing.Literal:
        return [str(choice) for choice in get_args(hint)]
    return [choice for part in get_args(hint) for choice in _choices(part)]


def _list(words: list[str]) -> str:
    return "known are: " + ", ".join(sorted(words))
