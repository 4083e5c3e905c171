"""Related articles: those that share the rarest topics; of equals, the nearest in date. Independent of *now*."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

_MAX_TOPICS = 6
Group = str | tuple[str, str]


class RelatedIndex:
    """Finds the articles most similar to one of a list, given as topics and days (ordinals) in order of date.

    A topic of n articles weighs ``24 - bit_length(n)``. Weights change at powers of two only, so that a new article
    seldom changes any. The candidates are the nearest articles in date within each topic and each pair of topics. This
    bounds the work for one article, and a new article can become related to those near it in date only.
    """

    def __init__(self, topics_of: Sequence[Sequence[str]], days: Sequence[int]) -> None:
        self._topics = [frozenset(topics[:_MAX_TOPICS]) for topics in topics_of]
        self._days = days
        self._groups = [_groups(topics) for topics in self._topics]
        self._members: dict[Group, list[int]] = defaultdict(list)
        for index, groups in enumerate(self._groups):
            for group in groups:
                self._members[group].append(index)
        self._weight_of = {group: 24 - len(found).bit_length() for group, found in self._members.items()}
        self._weights: dict[frozenset[str], int] = {}

    def nearest(self, index: int, wanted: int) -> tuple[int, ...]:
        """The indices of the *wanted* articles most similar to that at *index*, the most similar first."""
        topics, days, weights = self._topics, self._days, self._weights
        mine, day = topics[index], days[index]
        candidates: set[int] = set()
        for group in self._groups[index]:
            found = self._members[group]
            at = bisect_left(found, index)
            candidates.update(found[max(0, at - wanted) : at + wanted + 1])
        candidates.discard(index)
        scored = []
        for other in candidates:
            shared = mine & topics[other]
            weight = weights.get(shared)
            if weight is None:
                weight = weights[shared] = sum(self._weight_of[topic] for topic in shared)
            scored.append((-weight, abs(days[other] - day), other))
        scored.sort()
        return tuple(other for _, _, other in scored[:wanted])


def _groups(topics: frozenset[str]) -> list[Group]:
    """Each topic, and each pair of topics."""
    ordered = sorted(topics)
    return [*ordered, *combinations(ordered, 2)]
