"""Keys of front matter that only a theme understands: checked values that can be hashed and encoded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from generator.ground.model import Struct
from generator.schema.convert import Reader

Plain = str | int | float | bool
ExtraValue = Plain | tuple[Plain, ...]


class Extra(Struct):
    """What front matter says beside the known keys: `page.extra.photographer`.

    It has every name of `front_matter.extra` in gatherwell.yaml, `""` where nothing was written.
    """

    pairs: tuple[tuple[str, ExtraValue], ...] = ()

    def __getattr__(self, name: str) -> ExtraValue:
        for key, value in self.pairs:
            if key == name:
                return value
        raise AttributeError(name)

    @property
    def names(self) -> list[str]:
        return [key for key, _ in self.pairs]

    def with_names(self, names: Collection[str]) -> Extra:
        """All of *names*, those that were not written with the value ``""``."""
        written = dict(self.pairs)
        return Extra(tuple((name, written.get(name, "")) for name in sorted({*names, *written})))


def read_extra(values: Mapping[str, Any], names: Collection[str], reader: Reader) -> Extra:
    """The values of the keys among *names*; what is no plain value or list of these is refused to *reader*."""
    pairs: list[tuple[str, ExtraValue]] = []
    for key in sorted(values.keys() & set(names)):
        value = values[key]
        if value is None:
            continue
        items = value if isinstance(value, list) else [value]
        if any(not isinstance(item, (str, int, float, bool)) for item in items):
            hint = "write each value under a key of its own"
            reader.refuse(
                (key,), f"'{key}' must be a text, a number, true or false, or a list of these", hint
            )
            continue
        pairs.append((key, tuple(value) if isinstance(value, list) else value))
    return Extra(tuple(pairs))
