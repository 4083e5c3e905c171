"""Who is who: keyed hashes that are the same for the same person in the same place, and for nothing else."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from widgets.rules.keys import DEVICE_KEY, IDEMPOTENCY_KEY, Keys, keyed

SECRET = b"a secret of at least thirty-two bytes"
KEYS = Keys(SECRET)
DEVICE = "0123456789abcdef0123456789abcdef"
OTHER = DEVICE[::-1]


def test_hash_is_hmac_sha_256_over_lengths_and_parts_cut_to_128_bits() -> None:
    message = b"\x00\x00\x00\x02ab" + b"\x00\x00\x00\x02" + "é".encode()
    assert keyed(SECRET, "ab", "é") == hmac.new(SECRET, message, hashlib.sha256).hexdigest()[:32]


def test_lists_of_parts_do_not_read_alike() -> None:
    lists = [(), ("",), ("", ""), ("ab",), ("a", "b"), ("b", "a"), ("ab", ""), ("", "ab"), ("\ud800",)]
    assert len({keyed(SECRET, *parts) for parts in lists}) == len(lists)


def test_another_secret_gives_other_hashes() -> None:
    assert keyed(SECRET, "a") != keyed(SECRET + b"!", "a")


def test_each_of_its_parts_changes_a_hash_and_no_two_kinds_share_one() -> None:
    hashes = [
        KEYS.voter("p", 1, DEVICE),
        KEYS.voter("q", 1, DEVICE),
        KEYS.voter("p", 2, DEVICE),
        KEYS.voter("p", 1, OTHER),
        KEYS.person("reaction", "t", DEVICE),
        KEYS.person("flag", "t", DEVICE),
        KEYS.person("reaction", "u", DEVICE),
        KEYS.person("reaction", "t", OTHER),
        KEYS.author("ms", DEVICE),
        KEYS.author("migraine", DEVICE),
        KEYS.author("ms", OTHER),
        KEYS.once("r", "w", "k"),
        KEYS.once("s", "w", "k"),
        KEYS.once("r", "x", "k"),
        KEYS.once("r", "w", "l"),
        KEYS.digest("p", "1", DEVICE),
        KEYS.digest("ms", DEVICE),
        KEYS.proof_secret("challenge"),
        KEYS.proof_secret("solution"),
        KEYS.respondent("p", 1, DEVICE),
        KEYS.respondent("q", 1, DEVICE),
        KEYS.receipt_hash(b"r"),
        KEYS.free_text("p", "q", b"r"),
        KEYS.free_text("p", "r", b"r"),
        KEYS.free_text("p", "q", b"s"),
    ]
    assert len(set(hashes)) == len(hashes)
    assert {len(found) for found in hashes} == {32}


# Stores hold these: another value would part everybody from their votes, reactions and comments.
KEPT = {
    "voter": (KEYS.voter("p", 1, DEVICE), ("voter", "p", "1", DEVICE)),
    "person": (KEYS.person("flag", "t", DEVICE), ("person", "flag", "t", DEVICE)),
    "author": (KEYS.author("ms", DEVICE), ("author", "ms", DEVICE)),
    "once": (KEYS.once("r", "w", "k"), ("once", "r", "w", "k")),
    "digest": (KEYS.digest("a", "b"), ("digest", "a", "b")),
    "respondent": (KEYS.respondent("s", 1, DEVICE), ("respondent", "s", "1", DEVICE)),
    "receipt": (KEYS.receipt_hash(b"\x01\x02"), ("receipt-hash", "0102")),
    "free text": (KEYS.free_text("s", "q", b"\x01"), ("free-text", "s", "q", "01")),
    "proof": (KEYS.proof_secret("challenge"), ("proof", "challenge")),
}


@pytest.mark.parametrize(("made", "parts"), KEPT.values(), ids=KEPT)
def test_hashes_that_stores_hold_stay_what_they_are(made: str, parts: tuple[str, ...]) -> None:
    assert made == keyed(SECRET, *parts)


@pytest.mark.parametrize(
    ("text", "device", "idempotency"),
    [
        (DEVICE, True, True),
        (DEVICE[:-1], False, True),
        (f"{DEVICE}0", False, True),
        (DEVICE.upper(), False, True),
        (f"{DEVICE}\n", False, False),
        ("g" * 32, False, True),
        ("a" * 15, False, False),
        ("a" * 16, False, True),
        ("Az09_-Az09_-Az09", False, True),
        ("a" * 64, False, True),
        ("a" * 65, False, False),
        ("a" * 15 + ".", False, False),
        ("a" * 15 + "é", False, False),
        ("", False, False),
    ],
)
def test_shapes_of_keys(text: str, device: bool, idempotency: bool) -> None:
    assert bool(DEVICE_KEY.fullmatch(text)) is device
    assert bool(IDEMPOTENCY_KEY.fullmatch(text)) is idempotency
