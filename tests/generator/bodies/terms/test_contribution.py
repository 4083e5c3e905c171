"""What a page contributes to the search index, and what several pages contribute together."""

from __future__ import annotations

import pytest

from generator.bodies.terms.contribution import Texts, contribution
from generator.bodies.terms.parts import Part
from generator.bodies.terms.stems import Analyzer
from generator.outputs.search.batches import Gathered
from generator.outputs.search.coding import posting, unpack


def texts(text: str, title: str = "", summary: str = "") -> Texts:
    return Texts(title, summary, "", "", (Part("", "", text),))


def words_of(gathered: Gathered) -> dict[str, list[int]]:
    return {key: sorted(unpack(packed)) for key, packed in gathered.whole().words.items()}


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("pain pain, (pain", {"pain": 3}),
        ("pain Pains “pain” pain's pain-free", {"pain": 4, "free": 1, "painfre": 1}),
        ("pain " * 8 + "pains pains", {"pain": 5}),
        ("the and of", {}),
        ("beta-blocker", {"beta": 1, "blocker": 1, "betablock": 1}),
        ("beta-blocker beta", {"beta": 2, "blocker": 1, "betablock": 1}),
    ],
)
def test_weights_follow_how_often_a_text_holds_a_key(text: str, weights: dict[str, int]) -> None:
    gathered = Gathered(Analyzer("en"))
    gathered.add(1, contribution(texts(text), gathered.analyzer))
    assert words_of(gathered) == {key: [posting(1, weight)] for key, weight in weights.items()}


def test_forms_that_do_not_begin_with_their_key_stand_by_themselves() -> None:
    gathered = Gathered(Analyzer("en"))
    gathered.add(1, contribution(texts("happy pains"), gathered.analyzer))
    gathered.add(2, contribution(texts("pain"), gathered.analyzer))
    share = gathered.whole()
    assert share.forms == {"pain\tpains": 1, "pain\tpain": 1}
    assert share.leading == {"happy\thappi": 1}


def test_a_title_weighs_beside_the_text_and_also_where_the_text_has_no_such_word() -> None:
    gathered = Gathered(Analyzer("en"))
    gathered.add(7, contribution(texts("pains and pain", title="The pain"), gathered.analyzer))
    gathered.add(9, contribution(texts("rest", title="Pain"), gathered.analyzer))
    assert words_of(gathered)["pain"] == [posting(7, 11), posting(9, 9)]
    assert words_of(gathered)["the"] == [posting(7, 9)]
    assert gathered.whole().forms["pain\tpain"] == 2
