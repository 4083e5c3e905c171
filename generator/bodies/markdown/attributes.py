"""Attributes in braces, ``{#id .class key=value key="two words" bare}``: their syntax and their checks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from markdown_it.common.utils import unescapeAll

from generator.bodies.markdown.findings import Findings
from generator.ground.errors import Position
from generator.ground.text import did_you_mean

# Repetitions are bounded and possessive, so that no text causes much backtracking.
_BLOCK = re.compile(r"""\{((?:[^{}"'\n]|"[^"\n]{0,1000}"|'[^'\n]{0,1000}'){0,1000}+)\}""")
_ITEM = re.compile(
    r"""[\t ]*(?:
        \#(?P<id>[^\s{}\#.="'<>`]+)(?=[\s.\#]|$)
      | \.(?P<class>[^\s{}\#.="'<>`]+)(?=[\s.\#]|$)
      | (?P<key>[A-Za-z][\w:-]*)
        (?:=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=<>`{}]+)))?(?=\s|$)
    )""",
    re.VERBOSE,
)
_ID = re.compile(r"\w[\w:-]*")
_CLASS = re.compile(r"[A-Za-z_][\w-]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

Check = Callable[[str | None], str]
"""Takes a value as written (None for a bare key); returns what is wrong with it, or ``""``."""


class Attribute(NamedTuple):
    """One attribute as written; *offset* counts characters from the opening brace."""

    name: str
    value: str | None
    offset: int


Attributes = tuple[Attribute, ...]


class Braces(NamedTuple):
    """The attributes in a pair of braces, and the index after the closing one."""

    attributes: Attributes
    end: int


def parse_attributes(text: str, position: int) -> Braces | None:
    """The attributes in braces that begin at *position*; None where there are none, or something else in braces."""
    block = _BLOCK.match(text, position)
    if block is None:
        return None
    inner = block.group(1).rstrip()
    found: list[Attribute] = []
    at = 0
    while at < len(inner):
        item = _ITEM.match(inner, at)
        if item is None:
            return None
        found.append(_attribute(item))
        at = item.end()
    return Braces(tuple(found), block.end())


def _attribute(item: re.Match[str]) -> Attribute:
    kind = item.lastgroup or ""
    if kind in ("id", "class"):
        return Attribute(kind, item.group(kind), item.start(kind))
    offset = item.start("key") + 1
    if kind == "key":
        return Attribute(item.group("key"), None, offset)
    return Attribute(item.group("key"), unescapeAll(item.group(kind)), offset)


def checked(
    attributes: Attributes, allowed: Mapping[str, Check], owner: str, place: Position, findings: Findings
) -> dict[str, str]:
    """The valid attributes by name; a bare key's value is ``""``.

    Reports each attribute that is not *allowed*, has a bad value, or is given twice. *owner* (``an image``) is named in
    the problems; *place* is the position of the opening brace.
    """
    values: dict[str, str] = {}
    for name, value, offset in attributes:
        where = Position(place.line, place.column + offset)
        check = allowed.get(name)
        if check is None:
            near = did_you_mean(name, allowed) or _known(allowed)
            findings.add("attribute", where, f"{owner} has no attribute '{name}'", near)
        elif wrong := check(value):
            findings.add("attribute", where, f"{owner}: '{name}' {wrong}", _example(name, value))
        elif value and "<!--" in value:
            findings.add("comment", where, f"{owner}: '{name}' holds a comment", "take it out of the braces")
        elif name in values and name != "class":
            findings.add("attribute", where, f"{owner}: '{name}' is given twice", "keep one of them")
        else:
            values[name] = f"{values[name]} {value}" if name in values else (value or "")
    return values


def _known(allowed: Mapping[str, Check]) -> str:
    if not allowed:
        return "it takes no attributes: remove the braces"
    return f"allowed: {', '.join(sorted(allowed))}"


def _example(name: str, value: str | None) -> str:
    return f"write it as {name}=value" if value is None else "correct the value or remove the attribute"


def is_id(value: str | None) -> str:
    return "" if value and _ID.fullmatch(value) else "must be letters, digits and hyphens, like 'first-days'"


def is_class(value: str | None) -> str:
    names = (value or "").split()
    return "" if names and all(map(_CLASS.fullmatch, names)) else "must be class names, like 'wide'"


def is_language(value: str | None) -> str:
    return "" if value and _LANGUAGE.fullmatch(value) else "must be a language code, like 'es'"


def is_text(value: str | None) -> str:
    return "" if value and value.strip() else "needs a value"


def is_flag(value: str | None) -> str:
    return "" if value in (None, "true", "false") else "is a bare word, or true or false"


def one_of(*choices: str) -> Check:
    """A check for one of a few words."""
    return lambda value: "" if value in choices else f"must be one of: {', '.join(choices)}"


def whole_number(least: int) -> Check:
    """A check for a whole number of at least *least*."""

    def check(value: str | None) -> str:
        fits = (
            value is not None
            and value.isascii()
            and value.isdigit()
            and len(value) < 6
            and int(value) >= least
        )
        return "" if fits else f"must be a whole number of at least {least}"

    return check


def is_set(values: Mapping[str, str], name: str) -> bool:
    """Whether a flag is on: bare or ``true``."""
    return name in values and values[name] != "false"
