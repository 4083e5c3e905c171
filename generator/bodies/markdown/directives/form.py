"""What defines a directive: its name, its forms, its attributes, and the function that writes its HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from markdown_it.token import Token

from generator.bodies.markdown.attributes import Check
from generator.bodies.markdown.findings import Findings
from generator.ground.errors import Position

if TYPE_CHECKING:
    from generator.bodies.markdown.writer import BodyWriter

Form = Literal["container", "leaf", "text"]
EXAMPLES: dict[Form, str] = {"container": ":::{0} … :::", "leaf": "::{0}", "text": ":{0}[…]"}


@dataclass(slots=True)
class Call:
    """One use of a directive.

    ``given`` are the names of all attributes as written, ``values`` the valid ones. ``start`` and ``end`` are the token
    indices of a container's content, ``end`` exclusive.
    """

    name: str
    form: Form
    place: Position
    colons: int = 0
    directive: Directive | None = None
    given: frozenset[str] = frozenset()
    values: dict[str, str] = field(default_factory=dict)
    label: Token | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Directive:
    """One kind of directive.

    ``write`` writes a call's HTML. ``prepare``, if any, is called with all tokens and a container's call before inline
    text is parsed.
    """

    name: str
    forms: tuple[Form, ...]
    write: Callable[[BodyWriter, Call], None]
    attributes: Mapping[str, Check] = field(default_factory=dict)
    label: Literal["none", "optional", "required"] = "none"
    prepare: Callable[[list[Token], Call, Findings], None] | None = None

    @property
    def usage(self) -> str:
        return " or ".join(EXAMPLES[form].format(self.name) for form in self.forms)


def opening(tag: str, classes: str, values: Mapping[str, str], more: str = "") -> str:
    """A start tag with the directive's own classes, then the writer's class, id and language."""
    given = f" {values['class']}" if "class" in values else ""
    anchor = f' id="{values["id"]}"' if "id" in values else ""
    language = f' lang="{values["lang"]}"' if "lang" in values else ""
    return f'<{tag} class="{classes}{given}"{anchor}{language}{more}>\n'
