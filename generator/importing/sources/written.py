"""What Hugo and Jekyll have in common: texts in a folder, their writers by name, addresses made of patterns."""

from __future__ import annotations

from collections.abc import Mapping

from generator.importing.entries import Noting, Origin, Person, Withdrawn, host_of


class WrittenSite:
    """Keeps who wrote, and what is there and not public, while entries are read; *address* is the site's own."""

    def __init__(self) -> None:
        self._people: dict[str, Person] = {}
        self._withdrawn: list[Withdrawn] = []

    @property
    def address(self) -> str:
        raise NotImplementedError

    def withdraw(self, key: str, origin: Origin, why: str, note: Noting) -> None:
        note("out", origin, f"is {why}")
        self._withdrawn.append(Withdrawn(key, origin, why))

    def keys_of(self, people: tuple[Person, ...]) -> tuple[str, ...]:
        """The keys by which an entry names those who wrote it, who are kept."""
        self._people.update({person.key: person for person in people})
        return tuple(person.key for person in people)

    def people(self) -> tuple[Person, ...]:
        return tuple(self._people.values())

    def hosts(self) -> frozenset[str]:
        host = host_of(self.address)
        return frozenset({host} if host else ())

    def withdrawn(self) -> tuple[Withdrawn, ...]:
        return tuple(self._withdrawn)


def days_of(date: str) -> tuple[str, str, str]:
    """Year, month and day of a date as patterns of addresses name them; empty ones without a date."""
    year, month, day = ([*date[:10].split("-"), "", "", ""])[:3]
    return year, month, day


def filled(pattern: str, values: Mapping[str, str]) -> str:
    """*pattern* with ``:year`` and the like replaced, the longest names first."""
    for token in sorted(values, key=len, reverse=True):
        pattern = pattern.replace(f":{token}", values[token])
    return pattern
