"""Owns the values of the outbox: calls to those on duty, kept until they are sent and somebody has looked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Call:
    """A call in the outbox. It holds no word, pseudonym, thread, comment or key. Times are seconds since 1970.

    `due`: when it is to be looked at next, None once all is done. `sent`: when it first went out. `step`: how often it went
    out. `done`: the channels by which the present step has gone out already. `alone`: it went out in a message of its
    own. `revision` 0 means: not stored yet.
    """

    id: str
    condition: str
    reason: str
    site: str
    queue: str
    lang: str
    created: int
    due: int | None
    at_once: bool = False
    proven: bool = False  # a solved proof of work came with the text
    refused: str = ""  # the code with which the text was refused
    step: int = 0
    sent: int | None = None
    alone: bool = False
    tries: int = 0
    done: tuple[str, ...] = ()
    revision: int = 0


def call_text(call: Call) -> str:
    return json.dumps(asdict(call), ensure_ascii=False)


def call_from(text: str, revision: int) -> Call:
    """Unknown fields are passed over, so that a field may be taken away later."""
    value: Mapping[str, Any] = json.loads(text)
    known = {name: value[name] for name in Call.__dataclass_fields__ if name in value}
    return replace(Call(**known), done=tuple(known.get("done", ())), revision=revision)
