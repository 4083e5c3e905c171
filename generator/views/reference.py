"""What a template may see, written out as Markdown from the types themselves: a part of ``docs/themes.md``.

``python -m generator.views.reference docs/themes.md`` brings that page up to date; a test says when.
"""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from generator.ground.model import Struct
from generator.views import types as shapes

BEGIN = "<!-- what a template may see: written by generator.views.reference, do not edit -->"
END = "<!-- end of what a template may see -->"
_WORDS = {str: "text", int: "number", bool: "yes or no", bytes: "bytes"}


def render_reference() -> str:
    """The page kinds, then the parts that they are made of, each with its fields."""
    pages = get_args(shapes.AnyPage)
    known = [shapes.Chrome, shapes.Page, *pages]
    parts = sorted(_parts_of(known), key=lambda part: part.__name__)
    lines = [BEGIN, ""]
    for kind in known:
        lines += _describe(kind, "###")
    lines += ["### Parts", ""]
    for kind in parts:
        lines += _describe(kind, "####")
    return "\n".join([*lines, END])


def refreshed(text: str) -> str:
    """*text* with the reference between its marks replaced by the current one."""
    return re.sub(
        f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: render_reference(), text, flags=re.DOTALL
    )


def _parts_of(kinds: list[Any]) -> set[type[Struct]]:
    found: set[type[Struct]] = set()
    waiting = list(kinds)
    while waiting:
        for hint in get_type_hints(waiting.pop()).values():
            for part in _named(hint):
                if part not in found and part not in kinds:
                    found.add(part)
                    waiting.append(part)
    return found


def _named(hint: Any) -> list[type[Struct]]:
    if isinstance(hint, type) and issubclass(hint, Struct):
        return [hint]
    return [part for inner in get_args(hint) for part in _named(inner)]


def _describe(kind: type[Struct], level: str) -> list[str]:
    inherited = set(shapes.Page.__struct_fields__) if kind is not shapes.Page else set()
    own = [field for field in msgspec.structs.fields(kind) if field.name not in inherited]
    if not issubclass(kind, shapes.Page):
        own = list(msgspec.structs.fields(kind))
    hints = get_type_hints(kind)
    text = " ".join(inspect.cleandoc(kind.__doc__ or "").split())
    lines = [f"{level} {kind.__name__}", "", text.replace("``", "`"), ""]
    if own:
        lines += ["| field | holds |", "|---|---|"]
        lines += [f"| `{field.name}` | {_type_words(hints[field.name])} |" for field in own]
        lines.append("")
    return lines


def _type_words(hint: Any) -> str:
    if get_origin(hint) in (UnionType, Union):
        members = [member for member in get_args(hint) if member is not NoneType]
        words = " or ".join(_type_words(member) for member in members)
        return f"{words}, or nothing" if NoneType in get_args(hint) else words
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        if inner[-1] is Ellipsis:
            return f"list of {_type_words(inner[0])}"
        return f"pair ({', '.join(_type_words(part) for part in inner)})"
    return _WORDS.get(hint, f"`{hint.__name__}`" if isinstance(hint, type) else str(hint))


if __name__ == "__main__":  # pragma: no cover - a maintainer's command
    page = Path(sys.argv[1])
    page.write_text(refreshed(page.read_text(encoding="utf-8")), encoding="utf-8")
