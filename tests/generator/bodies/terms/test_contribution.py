"""What a page contributes to the search index, and what several pages contribute together."""

from __future__ import annotations

import pytest

from generator.bodies.terms.contribution import Texts, contribution
from generator.bodies.terms.parts import Part
from generator.bodies.terms.stems import Analyzer
from generator.outputs.search.batches import Gathered


def texts(text: str, title: str = "", summary: str = "") -> Texts:
    return Texts(title, summary, "", "", (Part("", "", text),))


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("pain pain, (pain", {"pain": 3}),
        ("the and of", {}),
        ("beta-blocker", {"beta": 1, "blocker": 1, "betablock": 1}),
        ("beta-blocker beta", {"beta": 2, "blocker": 1, "betablock": 1}),
    ],
)
def test_weights_follow_how_often_a_text_holds_a_key(text: str, weights: dict[str, int]) -> None:
    assert contribution(texts(text), Analyzer("en")).weights == weights


def test_forms_that_do_not_begin_with_their_key_stand_by_themselves() -> None:
    gathered = Gathered(Analyzer("en"))
    gathered.add(1, contribution(texts("happy pains"), gathered.analyzer))
    gathered.add(2, contribution(texts("pain"), gathered.analyzer))
    share = gathered.whole()
    assert share.forms == {"pain\tpains": 1, "pain\tpain": 1}
    assert share.leading == {"happy\thappi": 1}
