"""Receipts: eight words stand for 64 bits, are read however they are typed, and nothing else is."""

from __future__ import annotations

import itertools

import pytest

from widgets.rules.keys import Keys
from widgets.rules.receipts import BYTES, lists, read_receipt, words_of

RECEIPT = bytes(range(3, 3 + BYTES))


@pytest.mark.parametrize("lang", ["en", "es", "es-MX", "fr"])
def test_words_lead_back_to_the_receipt(lang: str) -> None:
    words = words_of(RECEIPT, lang)
    assert len(words.split()) == 8
    assert read_receipt(words) == RECEIPT


@pytest.mark.parametrize("lang", lists())
def test_every_receipt_has_words_of_its_own(lang: str) -> None:
    for byte in range(256):
        receipt = bytes([byte, *RECEIPT[1:]])
        assert read_receipt(words_of(receipt, lang)) == receipt


def one_letter_apart(one: str, other: str) -> bool:
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


@pytest.mark.parametrize("lang", lists())
def test_a_list_has_256_plain_words_and_none_is_a_slip_of_another(lang: str) -> None:
    words = lists()[lang]
    assert len(set(words)) == 256
    assert all(word.isascii() and word.isalpha() and word.islower() and 3 <= len(word) <= 9 for word in words)
    assert [pair for pair in itertools.combinations(words, 2) if one_letter_apart(*pair)] == []


def test_no_word_is_in_two_lists() -> None:
    assert len({word for words in lists().values() for word in words}) == 256 * len(lists())


def test_it_is_read_however_it_is_typed() -> None:
    words = words_of(RECEIPT, "es").split()
    typed = f"  1. {words[0].upper()},\n2: {words[1].title()}\t-{words[2]}.. " + " / ".join(words[3:])
    assert read_receipt(typed.replace("a", "á", 1)) == RECEIPT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "word",
        " ".join(words_of(RECEIPT, "en").split()[:7]),
        words_of(RECEIPT, "en") + " acorn",
        words_of(RECEIPT, "en").replace(words_of(RECEIPT, "en").split()[3], "nothing"),
        "\x00" * 100,
        "acorn " * 1_000_000,
    ],
)
def test_anything_else_is_no_receipt(text: str) -> None:
    assert read_receipt(text) is None


def test_a_receipt_is_made_for_one_response_alone() -> None:
    keys, device = Keys(b"s" * 32), "0" * 32
    made = [
        keys.receipt("a", 1, device, "salt"),
        keys.receipt("b", 1, device, "salt"),
        keys.receipt("a", 2, device, "salt"),
        keys.receipt("a", 1, "1" * 32, "salt"),
        keys.receipt("a", 1, device, "other"),
    ]
    assert len(set(made)) == 5
    assert {len(receipt) for receipt in made} == {BYTES}
