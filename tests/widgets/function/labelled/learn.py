"""Makes the weights of words from the labelled texts: ``python -m tests.widgets.function.labelled.learn``.

Logistic regression over words and pairs of words, each present or not, their number evened out; fitted by stochastic
gradient descent in a fixed order, so that equal texts give equal weights. ``--cross`` prints what fifths of the texts,
each left out in turn, are found by the weights of the other four.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from widgets.function.rules.crisis import crisis_files, read_plain
from widgets.function.rules.weights import FILE, Weights, features

FOLDER = Path(__file__).parent
# What was never trained on: the half kept apart, and the sets that test what was learnt.
TRAINED = ("tune", "later", "taught")
ROUNDS, STEP, FREEDOM, SEEN = 40, 2.0, 15.0, 2
# Telling is what came in so many pleas at least, and so much more often there than elsewhere.
TELLING_PLEAS, TELLING_SHARE = 3, 0.8


class Text(NamedTuple):
    language: str
    plea: bool
    features: frozenset[str]


def read(names: Sequence[str]) -> list[Text]:
    rows = [
        json.loads(line)
        for name in names
        for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    return [
        Text(row["language"], row["expected"] == "crisis", frozenset(features(read_plain(row["text"]))))
        for row in rows
    ]


def learn(texts: Sequence[Text]) -> Weights:
    """Weights fitted to *texts*; pleas and others count alike, however many of each there are."""
    counts = Counter(feature for text in texts for feature in text.features)
    known = {feature: 0.0 for feature, times in sorted(counts.items()) if times >= SEEN}
    share = sum(text.plea for text in texts) / len(texts)
    rows = [(text.plea, sorted(text.features & known.keys())) for text in texts]
    bias, shrunk, moves = 0.0, 1.0, 0
    decay = 1 / (FREEDOM * len(rows))
    chance = random.Random(1)
    for _ in range(ROUNDS):
        chance.shuffle(rows)
        for plea, row in rows:
            moves += 1
            step = 1 / (decay * moves + 1 / STEP)
            scale = 1 / math.sqrt(len(row) or 1)
            odds = bias + scale * shrunk * sum([known[feature] for feature in row])
            weight = 0.5 / share if plea else 0.5 / (1 - share)
            error = weight * (1 / (1 + math.exp(-odds)) - plea)
            shrunk *= 1 - step * decay
            bias -= step * 0.1 * error
            slope = step * error * scale / shrunk
            for feature in row:
                known[feature] -= slope
    return Weights(
        round(bias, 3),
        {feature: round(weight * shrunk, 2) for feature, weight in known.items()},
        telling(texts),
    )


def telling(texts: Sequence[Text]) -> frozenset[str]:
    """What is telling by itself. Left out are common words and pairs of them, and what somebody who read the list found
    to be telling of these texts alone (`neutral.txt`): days, relatives, a relapse.
    """
    neutral = set((FOLDER / "neutral.txt").read_text("utf-8").split("\n"))
    common = frozenset().union(*(file.sets["common"] for file in crisis_files()))
    pleas = Counter(feature for text in texts if text.plea for feature in text.features)
    others = Counter(feature for text in texts if not text.plea for feature in text.features)
    of_pleas, of_others = sum(text.plea for text in texts), sum(not text.plea for text in texts)
    return frozenset(
        feature
        for feature, times in pleas.items()
        if times >= TELLING_PLEAS
        and times / of_pleas >= TELLING_SHARE * (times / of_pleas + others[feature] / of_others)
        and feature not in neutral
        and not common.issuperset(feature.split())
    )


def cross(texts: Sequence[Text], parts: int = 5) -> None:
    shuffled = list(texts)
    random.Random(2).shuffle(shuffled)
    judged = []
    for part in range(parts):
        weights = learn([text for at, text in enumerate(shuffled) if at % parts != part])
        judged += [
            (text, weights.likeness(text.features), not weights.telling.isdisjoint(text.features))
            for text in shuffled[part::parts]
        ]
    for least in (0.1, 0.2, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9):
        found = [text.plea for text, how, tells in judged if tells and how >= least]
        pleas = sum(text.plea for text in texts)
        print(
            f"{least}: {sum(found) / pleas:.1%} of pleas, {(len(found) - sum(found)) / (len(texts) - pleas):.1%} of others"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--cross", action="store_true", help="judge the texts by what is learnt of the others"
    )
    given = parser.parse_args()
    texts = read(TRAINED)
    if given.cross:
        cross(texts)
        return
    weights = learn(texts)
    words = {word: weight for word, weight in weights.words.items() if weight}
    document = {"bias": weights.bias, "telling": sorted(weights.telling), "words": words}
    FILE.write_text(json.dumps(document, ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
