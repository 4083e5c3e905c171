"""Owns what a page of the queue is narrowed to: reason, condition, language, age, and what is one's own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final, Protocol
from urllib.parse import urlencode

AGES: Final[Mapping[str, int]] = {"hour": 3_600, "four": 14_400, "day": 86_400, "week": 604_800}
_LONGEST: Final = 60


class Waits(Protocol):
    """What of an entry of the queue a filter looks at, whatever kind of entry it is."""

    @property
    def id(self) -> str: ...
    @property
    def condition(self) -> str: ...
    @property
    def lang(self) -> str: ...
    @property
    def created(self) -> int: ...
    @property
    def held(self) -> Sequence[str]: ...
    @property
    def flags(self) -> Mapping[str, int]: ...


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty fields narrow nothing. `age`: waits at least so long."""

    reason: str = ""
    condition: str = ""
    lang: str = ""
    age: str = ""
    mine: str = ""
    aside: str = ""

    @property
    def narrows(self) -> bool:
        return bool(self.reason or self.condition or self.lang or self.age or self.mine)

    def get(self, name: str) -> str:
        return str(getattr(self, name))

    def query(self) -> str:
        """As an address holds it, without a leading mark."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return urlencode({name: value for name, value in given.items() if value})

    def keep(self, entry: Waits, now: int, mine: Collection[str]) -> bool:
        return (
            (not self.reason or self.reason in (*entry.held, *entry.flags))
            and self.condition in ("", entry.condition)
            and self.lang in ("", entry.lang.partition("-")[0])
            and now - entry.created >= AGES.get(self.age, 0)
            and (not self.mine or entry.id in mine)
        )


def read_filters(asked: Mapping[str, str]) -> Filters:
    """From an address or a form; what is no filter is passed over."""
    given = {field.name: asked.get(field.name, "")[:_LONGEST] for field in fields(Filters)}
    return Filters(**{name: value if value.isprintable() else "" for name, value in given.items()})
