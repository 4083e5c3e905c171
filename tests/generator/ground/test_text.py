"""Slugs, digests, escapes, reading times and short texts, row by row."""

from __future__ import annotations

import hashlib

import pytest

from generator.ground.text import (
    did_you_mean,
    digest,
    fingerprinted,
    folded,
    holds_note,
    in_latin_letters,
    may_be_unfit,
    reading_minutes,
    shorten,
    slugify,
    unfit,
    xml_attribute,
    xml_text,
)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("pacing", "pacing"),
        ("pacing-your-day", "pacing-your-day"),
        ("Pacing your day", "pacing-your-day"),
        ("  a  b  ", "a-b"),
        ("a_b__c", "a-b-c"),
        ("-a--b-", "a-b"),
        ("Heat & cold, 2026!", "heat-cold-2026"),
        ("e\u0301tude", "étude"),
        ("STRASSE Straße", "strasse-strasse"),
        ("偏頭痛", "偏頭痛"),
        ("a/b.c", "a-b-c"),
        ("🎈", ""),
        ("", ""),
        ("---", ""),
    ],
)
def test_slug_is_one_segment_of_letters_digits_and_hyphens(text: str, slug: str) -> None:
    assert slugify(text) == slug


UNFIT = {
    "": -1,
    "plain é偏🎈\t\n\r": -1,
    "\x00": 0,
    "a\x08": 1,
    "ab\x0b": 2,
    "\x0c": 0,
    "a\x0e": 1,
    "\x1f": 0,
    "a\x7f": 1,
    "\x80": 0,
    "\x9f": 0,
    "\xa0": -1,
    "\ufdcf": -1,
    "\ufdd0": 0,
    "\ufdef": 0,
    "\ufdf0": -1,
    "\ufffd": -1,
    "\ufffe": 0,
    "a\uffff\x00": 1,
}


@pytest.mark.parametrize(("text", "place"), UNFIT.items(), ids=[ascii(text) for text in UNFIT])
def test_first_character_that_neither_html_nor_xml_holds_is_found(text: str, place: int) -> None:
    assert unfit(text) == place


@pytest.mark.parametrize("text", [text for text, place in UNFIT.items() if place >= 0], ids=ascii)
def test_quick_look_misses_no_unfit_character(text: str) -> None:
    assert may_be_unfit(text.encode())


@pytest.mark.parametrize("text", ["", "plain", "\t\n\r", "偏🎈"], ids=ascii)
def test_quick_look_lets_ordinary_text_pass(text: str) -> None:
    assert not may_be_unfit(text.encode())


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("topic", "did you mean 'topics'?"),
        ("TOPICS", "did you mean 'topics'?"),
        ("titel", "did you mean 'title'?"),
        ("zzz", ""),
        ("drafted_by", ""),
        ("drafts", "did you mean 'draft'?"),
    ],
)
def test_near_word_is_suggested(word: str, hint: str) -> None:
    assert did_you_mean(word, {"topics", "title", "type", "draft"}) == hint


def test_digest_is_blake2b_of_128_bits_over_lengths_and_parts() -> None:
    raw = b"\x01" + b"\x00" * 7 + b"a" + b"\x02" + b"\x00" * 7 + "é".encode()
    assert digest("a", "é") == digest(b"a", "é".encode()) == hashlib.blake2b(raw, digest_size=16).hexdigest()


def test_parts_of_a_digest_do_not_run_together() -> None:
    lists = [(), ("",), ("", ""), ("ab",), ("a", "b"), ("b", "a"), ("ab", ""), ("", "ab"), ("ac",)]
    assert len({digest(*parts) for parts in lists}) == len(lists)


@pytest.mark.parametrize(
    ("text", "content", "attribute"),
    [
        ("plain", "plain", '"plain"'),
        ("&amp;", "&amp;amp;", '"&amp;amp;"'),
        ("<a>", "&lt;a&gt;", '"&lt;a&gt;"'),
        ("]]>", "]]&gt;", '"]]&gt;"'),
        ("\"'", "\"'", '"&quot;\'"'),
        ("a\nb\rc\td", "a\nb\rc\td", '"a&#10;b&#13;c&#9;d"'),
    ],
)
def test_text_is_escaped_for_xml(text: str, content: str, attribute: str) -> None:
    assert (xml_text(text), xml_attribute(text)) == (content, attribute)


@pytest.mark.parametrize(
    ("words", "minutes"), [(0, 0), (1, 1), (219, 1), (329, 1), (331, 2), (549, 2), (551, 3), (2200, 10)]
)
def test_reading_takes_a_minute_for_220_words(words: int, minutes: int) -> None:
    assert reading_minutes(words) == minutes


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("", 10, ""),
        ("a  b\n c", 10, "a b c"),
        ("one two 10", 10, "one two 10"),
        ("one two 101", 10, "one two…"),
        ("one two, three", 10, "one two…"),
        ("abcdef two three", 12, "abcdef two…"),
        ("abcdefg two three", 12, "abcdefg…"),
        ("abcde two three", 10, "abcde two…"),
        ("abcdefghijklmnop", 10, "abcdefghi…"),
        ("ab cdefghijklmnop", 10, "ab cdefgh…"),
        ("abcd ghijklmnop", 9, "abcd ghi…"),
        ("abcde ghijklmnop", 9, "abcde…"),
        ("end of it. – more words", 13, "end of it…"),
        ("one two- three", 12, "one two…"),
    ],
)
def test_text_is_cut_at_a_word(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short
    assert len(short) <= limit


DIGEST = "0123456789abcdef"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("images/diagram.svg", "diagram.01234567.svg"),
        ("a/My Photo (2).JPG", "my-photo-2.01234567.jpg"),
        ("a/archive.tar.gz", "archive-tar.01234567.gz"),
        ("a/🎈.png", "file.01234567.png"),
        ("a/leaflet", "leaflet.01234567"),
        (f"{'x' * 61}.png", f"{'x' * 60}.01234567.png"),
        (f"{'偏' * 30}.png", f"{'偏' * 20}.01234567.png"),
        (f"a{'é' * 40}.png", f"a{'é' * 29}.01234567.png"),
    ],
)
def test_fingerprinted_name_stays_readable(path: str, name: str) -> None:
    assert fingerprinted(path, DIGEST) == name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Brain fog", "brain-fog", True),
        ("brain  FOG ", "Brain\u2011Fog", True),
        ("Migra\u00f1a", "migran\u0303a", True),
        ("Stra\u00dfe", "STRASSE", True),
        ("ANA -", "ana-", True),
        ("ANA+", "ANA-", False),
        ("ANA-", "ANA", False),
        ("C++", "C", False),
        ("F#", "F", False),
        ("t(9;22)", "t 9 22", False),
        ("\u2265 65", "< 65", False),
        ("sleep!", "sleep", False),
        ("\u03b2", "b", False),
    ],
)
def test_folded_texts_differ_in_signs_and_letters_alone(one: str, other: str, same: bool) -> None:
    assert (folded(one) == folded(other)) is same


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("a", False),
        ("{n} minutes", False),
        ("a -> b -- c", False),
        ("a <!-- b", True),
        ("a {>>b<<}", True),
        ("{~~a~>b~~}", True),
    ],
)
def test_notes_among_writers_are_known_by_their_marks(text: str, note: bool) -> None:
    assert holds_note(text) is note


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("m\u0435dically r\u0435viewed", "medically reviewed"),
        ("D\u03bfe", "Doe"),
        ("\u041cary", "Mary"),
        ("Москва, роман", "Москва, роман"),
        ("Νίκος", "Νίκος"),
        ("5 μg, 2 µg, Aβ, β-blocker", "5 μg, 2 µg, Aβ, β-blocker"),
        ("plain", "plain"),
    ],
)
def test_letters_that_pass_for_latin_ones_are_read_as_these_inside_of_latin_words(
    text: str, read: str
) -> None:
    assert in_latin_letters(text) == read
