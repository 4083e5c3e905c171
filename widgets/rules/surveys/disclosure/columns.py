"""Owns the columns of a crossed table: the groups of its second question and, last, all others."""

from __future__ import annotations

from collections.abc import Sequence

from widgets.contract.surveys import Question
from widgets.rules.surveys.cells import ALL, cell, keys
from widgets.rules.surveys.disclosure.imagined import Community


class Columns:
    def __init__(self, community: Community, by: Question) -> None:
        self.community, self.by, self.groups = community, by, keys(by)

    def name(self, name: str, group: str) -> str:
        """Those of the cell who are in the group."""
        return cell(self.by.key, group) if name == ALL else f"{name}|{self.by.key}={group}"

    def named(self, name: str, row: Sequence[int]) -> dict[str, int]:
        """A row's numbers by their names; those of the others have none."""
        return {self.name(name, group): number for group, number in zip(self.groups, row, strict=False)}

    def true(self, name: str) -> list[int]:
        """The counts of a row."""
        inside = [self.community.count(self.name(name, group)) for group in self.groups]
        return [*inside, max(0, self.community.count(name) - sum(inside))]

    def imagined(self, name: str) -> list[int | None]:
        """The numbers of a row, in the groups alone; None where they could not be imagined."""
        return [self.community.numbers.get(self.name(name, group)) for group in self.groups]


def with_others(inside: Sequence[int | None], whole: int) -> list[int] | None:
    """A row with those who are in no group; None where something in it could not be imagined."""
    known = [number for number in inside if number is not None]
    return [*known, whole - sum(known)] if len(known) == len(inside) else None


def less(counts: Sequence[int], *others: Sequence[int]) -> list[int]:
    """A row without others."""
    return [max(0, count - sum(rest)) for count, *rest in zip(counts, *others, strict=True)]
