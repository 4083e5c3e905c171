"""Related articles: shared topics weighed by rarity, nearness in time breaking ties; nothing quadratic, no clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

_MAX_TOPICS = 6


def related(topics_of: Sequence[Sequence[str]], days: Sequence[int], wanted: int) -> list[tuple[int, ...]]:
    """For each article its *wanted* nearest kin, as indices, nearest first.

    *topics_of* lists each article's topics and *days* its day's ordinal, articles ordered by date. A topic of n articles weighs
    ``24 - floor(log2 n)``: steps of powers of two, so that one new article shifts no weights but at a step.
    Candidates are the nearest neighbours in time within each topic and each pair of topics shared, so that the
    work per article is bounded and a new article can enter the lists of those near it only.
    """
    members: dict[object, list[int]] = defaultdict(list)
    for index, topics in enumerate(topics_of):
        for group in _groups(topics):
            members[group].append(index)
    weight = {group: 24 - len(found).bit_length() for group, found in members.items() if isinstance(group, str)}
    place: dict[object, int] = defaultdict(int)
    results: list[tuple[int, ...]] = []
    own: list[frozenset[str]] = [frozenset(topics[:_MAX_TOPICS]) for topics in topics_of]
    for index, topics in enumerate(topics_of):
        candidates: set[int] = set()
        for group in _groups(topics):
            found = members[group]
            at = place[group]
            place[group] = at + 1
            candidates.update(found[max(0, at - wanted) : at + wanted + 1])
        candidates.discard(index)
        mine = own[index]
        if len(candidates) > 1:
            day = days[index]
            scored = sorted((-_score(mine & own[other], weight), abs(days[other] - day), other) for other in candidates)
            results.append(tuple(other for _, _, other in scored[:wanted]))
        else:
            results.append(tuple(candidates))
    return results


def _score(shared: frozenset[str], weight: Mapping[object, int]) -> int:
    return sum(weight[topic] for topic in shared)


def _groups(topics: Sequence[str]) -> list[object]:
    """The topics and their pairs, each once."""
    few = sorted(set(topics[:_MAX_TOPICS]))
    return [*few, *combinations(few, 2)]
