"""Who publishes a site and what its pages show of them: settings of ``gatherwell.yaml``."""

from __future__ import annotations

import re
from typing import Annotated

from generator.content.front_matter.schema import TEXT, URL
from generator.content.menu import MenuItem
from generator.ground.model import Struct
from generator.schema.convert import Check, Invalid

_EMAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\".]+")


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise Invalid(f"'{text}' is not an e-mail address", "write it as `hello@example.org`")
    return text


class Organisation(Struct):
    """Who publishes, for the footer, JSON-LD and feeds."""

    name: Annotated[str, TEXT]
    url: Annotated[str, URL] = ""
    email: Annotated[str, Check(_email, r"^[^\s@]+@[^\s@]+$")] = ""
    telephone: str = ""
    address: str = ""
    charity_number: str | int = ""


class Footer(Struct):
    """What the foot of every page says besides the policies: *text*, and *links* like those of the menu."""

    text: str | dict[str, str] = ""
    links: tuple[MenuItem, ...] = ()
