"""What a view was made from: noted whenever it is looked up, so that no page has to say so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar, overload

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")
# A value, and what was noted when it was made.
Kept = tuple[V, tuple[str, ...]]

# Every article and every list there is.
EVERYTHING = "/"


def of_person(person: str) -> str:
    """The name under which somebody's works are noted."""
    return f"/person/{person}"


def of_address(address: tuple[str, str]) -> str:
    """The name under which it is noted that a url_path in the folder of a host was looked up."""
    return f"/address/{address[0]}{address[1]}"


def of_edition(edition: tuple[str, str]) -> str:
    """The name of an edition's lists: its condition."""
    return edition[0]


def of_path(path: str) -> str:
    """The name of a document: its source path, whether there is one or not."""
    return path


class Reads:
    """The *names* of what was looked up since :meth:`begin`: source paths, ids of conditions (for their lists), works of
    people, addresses, :data:`EVERYTHING`.

    All articles and mappings of a site share one. It is no part of what they are: any two are equal. *groups* are what was
    noted while outputs were planned, *group* the place of that which is being planned, -1 where nothing is.
    """

    __slots__ = ("group", "groups", "names")

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.groups: list[set[str]] = []
        self.group = -1

    def begin(self) -> None:
        """Forget what was noted so far; nothing is being planned any more."""
        self.names = set()
        self.group = -1

    def begin_plan(self) -> None:
        """Forget all groups too."""
        self.begin()
        self.groups = []

    def begin_group(self) -> None:
        """What is noted from now on belongs to a new group of outputs."""
        self._enter(set())

    def apart(self, planned: Iterable[T]) -> Iterator[T]:
        """The outputs *planned*, as a group of their own: what was noted before counts for it, what it notes for no other."""
        outer, names = self.group, self.names
        self._enter(set(names))
        yield from planned
        self.group, self.names = outer, names

    def _enter(self, names: set[str]) -> None:
        self.names = names
        self.group = len(self.groups)
        self.groups.append(names)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Note nothing: for values that are compared with those of the last build as wholes (``build/shared_values.py``)."""
        names, self.names = self.names, set()
        try:
            yield
        finally:
            self.names = names

    def kept(self, values: dict[K, Kept[V]], key: K, make: Callable[[], V]) -> V:
        """The value of *key*, made once and kept in *values*; what was noted when it was made is noted at each use."""
        found = values.get(key)
        if found is None:
            outer, self.names = self.names, set()
            value = make()
            found = values[key] = (value, tuple(self.names))
            self.names = outer
        self.names.update(found[1])
        return found[0]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reads)

    def __hash__(self) -> int:
        return 0


class Lookups(Mapping[K, V]):
    """A mapping that notes by *name* what is looked up, found or not; to go over it is noted as everything."""

    __slots__ = ("_name", "_reads", "_values")

    def __init__(self, values: Mapping[K, V], reads: Reads, name: Callable[[K], str]) -> None:
        self._values = values
        self._reads = reads
        self._name = name

    def __getitem__(self, key: K) -> V:
        self._reads.names.add(self._name(key))
        return self._values[key]

    @overload
    def get(self, key: K, /) -> V | None: ...
    @overload
    def get(self, key: K, default: V | T, /) -> V | T: ...
    def get(self, key: K, default: V | T | None = None, /) -> V | T | None:
        self._reads.names.add(self._name(key))
        return self._values.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._reads.names.add(self._name(key))  # type: ignore[arg-type]
        return key in self._values

    def __iter__(self) -> Iterator[K]:
        self._reads.names.add(EVERYTHING)
        return iter(self._values)

    def __len__(self) -> int:
        self._reads.names.add(EVERYTHING)
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lookups) and self._values == other._values

    __hash__ = None  # type: ignore[assignment]

    def known(self) -> tuple[K, ...]:
        """Its keys, which are noted nowhere: those of editions are compared as a whole between builds."""
        return tuple(self._values)
