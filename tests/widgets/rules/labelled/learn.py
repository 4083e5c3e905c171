"""Makes the weights of the second opinions from the labelled texts: ``python -m tests.widgets.rules.labelled.learn``.

Logistic regression over words, pairs of words and letters in a row, each present or not, their number evened out; fitted by
adaptive gradient descent in a fixed order, so that equal texts give equal weights. The likeness from which a text counts is
chosen by five-fold cross-validation: the one that at most `SHARE` of the harmless texts reach, each judged by weights that
have not seen it.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from widgets.rules.crisis import read_plain
from widgets.rules.weights import FOLDER as WEIGHTS
from widgets.rules.weights import NEVER, SCALE, Name, Weights, features

FOLDER: Final = Path(__file__).parent
# What was never trained on: the half kept apart, and the sets that test what was learnt.
TRAINED: Final = ("tune", "later", "taught", "written", "hints", "kinds")
FOLDS: Final = 5
ROUNDS, STEP, DECAY, SEEN = 6, 0.5, 3e-4, 3
# Features kept.
MOST: Final[dict[Name, int]] = {
    "crisis": 18_000,
    "claims": 6_000,
    "now": 5_000,
    "other": 2_500,
}
SHARE: Final[dict[Name, float]] = {
    "crisis": 0.055,
    "claims": 0.045,
    "now": 0.03,
    "other": 0.03,
}
# The share of harmless texts that reach the likeness from which a text that is a plea already is a decision.
SURE: Final[dict[Name, float]] = {"now": 0.06}


class Text(NamedTuple):
    """`sought`: it is of the kind that the weights look for. `harmless`: it is of none."""

    sought: bool
    features: frozenset[str]
    harmless: bool = False


def read(name: Name, sets: Sequence[str] = TRAINED) -> list[Text]:
    """Pleas, claims, or decisions about oneself, against everything else; pleas for somebody else against
    those of their writers."""
    rows = [row for one in sets for row in rows_of(one)]
    if name == "other":
        rows = [row for row in rows if row["expected"] == "crisis" and row["kind"] in ("self", "other")]
    return [
        Text(_sought(name, row), features(read_plain(row["text"])), row["expected"] == "benign")
        for row in rows
    ]


def _sought(name: Name, row: dict[str, Any]) -> bool:
    if name == "now":
        return row["expected"] == "crisis" and (row["level"], row["kind"]) == ("now", "self")
    if name == "other":
        return bool(row["kind"] == "other")
    return bool(row["expected"] == {"crisis": "crisis", "claims": "claim"}[name])


def rows_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]


def learn(name: Name, texts: Sequence[Text], least: int = 0, sure: int = NEVER) -> Weights:
    """Weights fitted to *texts*; those that are sought and the others count alike, however many of each there are."""
    index = {feature: at for at, feature in enumerate(_told(texts, MOST[name]))}
    rows = [(text.sought, sorted(index[one] for one in text.features & index.keys())) for text in texts]
    weights, slopes, bias = [0.0] * len(index), [1e-8] * len(index), 0.0
    share = sum(text.sought for text in texts) / len(texts)
    chance = random.Random(1)
    for _ in range(ROUNDS):
        chance.shuffle(rows)
        for sought, row in rows:
            scale = 1 / math.sqrt(len(row) or 1)
            odds = bias + scale * sum([weights[at] for at in row])
            error = (1 / (1 + math.exp(-max(odds, -30.0))) - sought) * (
                0.5 / share if sought else 0.5 / (1 - share)
            )
            bias -= 0.05 * error
            for at in row:
                slope = scale * error + DECAY * weights[at]
                slopes[at] += slope * slope
                weights[at] -= STEP * slope / math.sqrt(slopes[at])
    of = {feature: round(SCALE * weights[at]) for feature, at in index.items()}
    return Weights(
        name, round(SCALE * bias), least, sure, {feature: weight for feature, weight in of.items() if weight}
    )


def _told(texts: Sequence[Text], most: int) -> list[str]:
    """The features that tell the two kinds apart best, in the order of the alphabet."""
    every = Counter(feature for text in texts for feature in text.features)
    sought = Counter(feature for text in texts if text.sought for feature in text.features)
    of_sought = sum(text.sought for text in texts)
    of_others = len(texts) - of_sought

    def tells(feature: str) -> float:
        here = (sought[feature] + 0.5) / (of_sought + 1)
        there = (every[feature] - sought[feature] + 0.5) / (of_others + 1)
        return abs(math.log(here / there)) * math.sqrt(every[feature])

    known = [feature for feature, times in every.items() if times >= SEEN]
    return sorted(sorted(known, key=lambda one: (-tells(one), one))[:most])


class Judged(NamedTuple):
    """A text judged by weights that have not seen it, and which fold it was in."""

    sought: bool
    likeness: float
    fold: int
    harmless: bool = False


def cross(name: Name, texts: Sequence[Text]) -> list[Judged]:
    order = list(texts)
    random.Random(2).shuffle(order)
    judged: list[Judged] = []
    for fold in range(FOLDS):
        weights = learn(name, [text for at, text in enumerate(order) if at % FOLDS != fold])
        judged += [
            Judged(text.sought, weights.likeness(text.features), fold, text.harmless)
            for text in order[fold::FOLDS]
        ]
    return judged


def least_of(judged: Sequence[Judged], share: float) -> int:
    """The likeness that `share` of the texts that are not sought reach."""
    others = sorted((one.likeness for one in judged if not one.sought), reverse=True)
    return math.ceil(others[int(len(others) * share)])


def sure_of(name: Name, judged: Sequence[Judged]) -> int:
    """The likeness that `SURE` of the harmless texts reach."""
    if name not in SURE:
        return NEVER
    return least_of([one for one in judged if one.harmless], SURE[name])


def encode(weights: Weights) -> str:
    """By weight, so that the file stays small: features of one weight share a line."""
    by_weight: dict[int, list[str]] = {}
    for feature, weight in sorted(weights.of.items()):
        by_weight.setdefault(weight, []).append(feature)
    lines = [
        f"{json.dumps(str(weight))}:{json.dumps(chr(9).join(many), ensure_ascii=False)}"
        for weight, many in sorted(by_weight.items())
    ]
    bounds = f'"least":{weights.least},"sure":{weights.sure}'
    head = f'{{"bias":{weights.bias},{bounds},\n"weights":{{\n'
    return head + ",\n".join(lines) + "\n}}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"the weights to make, of {', '.join(MOST)}; all"
    )
    for name in parser.parse_args().names or MOST:
        texts = read(name)
        judged = cross(name, texts)
        least, sure = least_of(judged, SHARE[name]), sure_of(name, judged)
        (WEIGHTS / f"{name}.json").write_text(encode(learn(name, texts, least, sure)), "utf-8")


if __name__ == "__main__":
    main()
