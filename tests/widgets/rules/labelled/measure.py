"""Measures the rules on the labelled texts, and prints what docs/care-figures.md says: ``python -m tests.widgets.rules.labelled.measure``.

With `--folds` the second opinions too, each text judged by weights that have not seen it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final

from tests.widgets.rules.labelled import learn
from widgets.rules.claims import judge_claim
from widgets.rules.crisis import Plea, judge_plea
from widgets.rules.harm import judge_harm
from widgets.rules.personal_data import personal_data
from widgets.rules.weights import Name

KINDS: Final = ("crisis", "harm", "claim", "personal-data", "benign")
SETS: Final = (
    "tune",
    "held_out",
    "later",
    "fresh",
    "tried",
    "blind",
    "taught",
    "written",
    "hints",
    "hints_apart",
    "kinds",
)
# Written for the rules or tuned on; no rule was made after the texts of the others.
TUNED: Final = ("tune", "held_out", "later", "fresh", "taught", "written", "hints", "kinds")
APART: Final = ("tried", "blind", "hints_apart")


@cache
def rows(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(learn.rows_of(name))


def found(text: str) -> str:
    """As the rules rank them: harm to others, a plea, a claim, personal data. What the weights alone find of a claim
    counts where no rule finds anything else."""
    if judge_harm(text) is not None:
        return "harm"
    if judge_plea(text) is not None:
        return "crisis"
    claim = judge_claim(text)
    if claim is not None and not claim.weighed:
        return "claim"
    if personal_data(text):
        return "personal-data"
    return "claim" if claim is not None else "benign"


@cache
def table(name: str) -> Counter[tuple[str, str]]:
    return Counter((row["expected"], found(row["text"])) for row in rows(name))


def table_lines(name: str) -> Iterator[str]:
    cells = table(name)
    for kind in KINDS:
        if any(cells[kind, other] for other in KINDS):
            yield f"| {kind} | " + " | ".join(str(cells[kind, other]) for other in KINDS) + " |"


def level_of(row: dict[str, Any]) -> str:
    """`now`, `thoughts`, `past` of oneself; `other now`, `other`; and the other dangers by name."""
    if row["kind"] == "self":
        return str(row["level"])
    if row["kind"] == "other":
        return "other now" if row["level"] == "now" else "other"
    return "dangers"


LEVELS: Final = ("now", "thoughts", "past", "other now", "other", "dangers")


@cache
def levels(names: tuple[str, ...]) -> dict[str, Counter[str]]:
    """Of the pleas of each level: how many there are, are found, held, alerted at once, taken for past."""
    counts: dict[str, Counter[str]] = {level: Counter() for level in LEVELS}
    for name in names:
        for row in rows(name):
            if row["expected"] == "crisis" and "level" in row:
                counts[level_of(row)].update(_outcomes(judge_plea(row["text"])))
    return counts


def _outcomes(plea: Plea | None) -> Iterator[str]:
    yield "texts"
    if plea is not None:
        yield "found"
        if plea.held:
            yield "held"
        if plea.alert == "at once":
            yield "at once"
        if plea.level == "past":
            yield "past"


def level_lines(names: tuple[str, ...]) -> Iterator[str]:
    for level, counts in levels(names).items():
        if counts["texts"]:
            cells = (counts[one] for one in ("texts", "found", "held", "at once", "past"))
            yield f"| {level} | " + " | ".join(map(str, cells)) + " |"


def false_alarms(names: Sequence[str], *, weighed: bool) -> tuple[int, int]:
    """Harmless texts taken for a plea, by rules alone or by the weights alone; and how many there are."""
    texts = [row["text"] for name in names for row in rows(name) if row["expected"] == "benign"]
    pleas = [plea for text in texts if (plea := judge_plea(text)) is not None]
    return sum(plea.weighed == weighed for plea in pleas), len(texts)


def folds(name: Name) -> str:
    """Recall and false alarms of a second opinion alone, with the smallest and the largest of the folds."""
    judged = learn.cross(name, learn.read(name))
    least = learn.least_of(judged, learn.SHARE[name])

    def share(fold: int, *, sought: bool) -> float:
        some = [one for one in judged if one.sought == sought and one.fold == fold]
        return sum(one.likeness >= least for one in some) / len(some)

    parts = []
    for sought, said in ((True, "found"), (False, "false alarms")):
        every = [share(fold, sought=sought) for fold in range(learn.FOLDS)]
        parts.append(f"{said} {sum(every) / len(every):.1%} ({min(every):.1%} to {max(every):.1%})")
    return f"{name}: " + ", ".join(parts)


def report(*, with_folds: bool) -> Iterator[str]:
    for names in (TUNED, *((name,) for name in APART)):
        yield f"levels in {', '.join(names)}"
        yield from level_lines(names)
        for weighed, by in ((False, "rules"), (True, "weights alone")):
            alarms, texts = false_alarms(names, weighed=weighed)
            yield f"false alarms by {by}: {alarms} of {texts} ({alarms / texts:.1%})"
    for name in SETS:
        yield f"{name} ({len(rows(name))} texts)"
        yield from table_lines(name)
    if with_folds:
        yield from (folds(name) for name in learn.MOST)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", action="store_true", help="measure the second opinions as well")
    given = parser.parse_args()
    for line in report(with_folds=given.folds):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
