"""Text to words and words to keys; ``words.json`` is read by the tests of the reader's script too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.bodies.terms.stems import analyzer, english_stemmer
from generator.bodies.terms.stop_words import stop_words
from generator.bodies.terms.words import chunk_words, chunks_of, token_text, tokens_of, words_of

CASES = json.loads((Path(__file__).parent / "words.json").read_text("utf-8"))["cases"]
SAMPLE = Path(__file__).parents[4] / "docs"


@pytest.mark.parametrize(("language", "text", "words"), CASES, ids=[case[1] for case in CASES])
def test_words_of_a_text(language: str, text: str, words: list[str]) -> None:
    assert words_of(text, language) == words


@given(st.text())
def test_words_of_any_text_are_words_by_themselves(text: str) -> None:
    for word in words_of(text, "en"):
        assert 0 < len(word) <= 40
        assert not word.isspace()


@given(st.text(), st.text())
def test_blanks_separate_words(one: str, other: str) -> None:
    assert chunks_of(f"{one} {other}") == chunks_of(one) + chunks_of(other) or "Σ" in one + other


@given(st.text() | st.text("aB1Σα.,:;'’-“”<=>\u0338\u0301 \u00a0\n"))
def test_tokens_hold_the_words_of_their_text(text: str) -> None:
    assert [chunk for token in tokens_of(text) for chunk in chunks_of(token_text(token))] == chunks_of(text)


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ["therapy", "therapies"]),
        ("en", ["migraine", "migraines", "Migraine's"]),
        ("es", ["migraña", "migrañas", "MIGRAÑAS"]),
        ("de", ["Kopfschmerz", "Kopfschmerzen"]),
    ],
)
def test_forms_of_one_word_share_a_key(language: str, forms: list[str]) -> None:
    keys = {analyzer(language).keyed(token).every for form in forms for token in tokens_of(form)}
    assert len(keys) == 1


def test_words_of_a_language_without_a_stemmer_are_their_own_keys() -> None:
    assert analyzer("xx").keyed(b"running").every == ("running",)


def test_the_last_character_of_a_text_without_blanks_is_a_key_too_but_no_neighbour() -> None:
    keyed = analyzer("ja").keyed("頭痛の薬".encode())
    assert keyed.keys == ("頭痛", "痛の", "の薬", "薬")
    assert keyed.plain == ("頭痛", "痛の", "の薬")


def test_english_words_that_are_not_stemmed_are_words_that_no_rule_changes() -> None:
    import snowballstemmer  # type: ignore[import-untyped]

    stem = snowballstemmer.stemmer("english").stemWord
    words = {word for page in SAMPLE.rglob("*.md") for word in words_of(page.read_text("utf-8"), "en")}
    assert len(words) > 3000
    quick = english_stemmer(stem)
    assert {word: quick(word) for word in words} == {word: stem(word) for word in words}


@pytest.mark.parametrize("language", ["en", "es", "fr", "de", "pt-BR", "nb"])
def test_stop_words_are_folded_words(language: str) -> None:
    stop = stop_words(language)
    assert len(stop) > 50
    assert all(chunk_words(word, language).words == (word,) for word in stop)


def test_tokens_of_one_word_share_what_is_known_of_it() -> None:
    keyed = analyzer("en").keyed
    assert keyed(b"headaches") is keyed(b"headaches,")
    assert keyed(b"headaches").keys is keyed(b"headaches").every
