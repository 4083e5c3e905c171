"""Lists of phrases: found in any text in time that grows with it and no faster, refused with their line."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from re._parser import parse  # type: ignore[import-not-found]
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.rules import personal_data as package
from widgets.rules.claims import NO_CLAIMS, Claim, claim_files, judge_claim, read_claims
from widgets.rules.crisis import Plea, judge_plea
from widgets.rules.harm import Harm, harm_files, judge_harm
from widgets.rules.personal_data import Place, contacts, personal_data
from widgets.rules.personal_data.place import around, in_browser_units
from widgets.rules.phrases import PhraseError, compile_phrase, gather
from widgets.rules.phrases.files import PhraseFile
from widgets.rules.pleas.signs import sign_files
from widgets.rules.pleas.unmasked import core_files
from widgets.rules.pleas.wide import wide_files
from widgets.rules.words import read_words

RULES: tuple[Callable[[str], Any], ...] = (judge_plea, judge_claim, judge_harm, personal_data)


def found(phrase: str, text: str, **groups: list[str]) -> list[str]:
    phrases = gather([compile_phrase(phrase, groups)])
    words = read_words(text, lambda word: word in phrases.vocabulary)
    return [" ".join(word.text for word in words[span.begin : span.end]) for span in phrases.find(words)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("end|ending it all", "I am ENDING it all", ["ending it all"]),
        ("want to? die", "want die", ["want die"]),
        ("want ... die", "want so very much to die", ["want so very much to die"]),
        ("want ... die", "want so very very much to die", []),
        ("want ... die", "I want it. To die", []),
        ("attempt* suicide", "Attempted suicide", ["attempted suicide"]),
        ("my @near left", "my brother left", ["my brother left"]),
        ("i? am", "am", ["am"]),
    ],
)
def test_how_a_phrase_is_found(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text, near=["brother"]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I want to be gone", ["want to be gone"]),
        ("I want to not wake up", ["want to not wake up"]),
        ("I want to be with her now", ["want to be with her now"]),
        ("I want to be with you", []),
        ("I want to end it. All", []),
    ],
)
def test_a_class_holds_turns_and_other_classes(text: str, expected: list[str]) -> None:
    classes = {
        "die": ["@finish", "be gone|dead", "be with her|him now", "not? wake up"],
        "finish": ["end it all"],
    }
    assert found("want to @die", text, **classes) == expected


def test_a_phrase_that_begins_with_a_turn_is_found() -> None:
    assert found("@wish ... die", "I would like to just die", wish=["would like to", "want"]) == [
        "would like to just die"
    ]


@pytest.mark.parametrize(
    ("phrase", "groups", "message"),
    [
        ("@a here", {"a": ["@b"], "b": ["so @a now"]}, "'@a' holds itself"),
        ("@a here", {"a": ["b* c"]}, "'b\\* c' of '@a' must begin with a whole word"),
        ("a ... @b", {"b": ["c ... d ... e ... f"]}, "has more than 3 gaps"),
    ],
)
def test_a_class_that_cannot_be_read_is_refused(
    phrase: str, groups: dict[str, list[str]], message: str
) -> None:
    with pytest.raises(PhraseError, match=message):
        compile_phrase(phrase, groups)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In the film she wants to die.", None),
        ("In the film she is happy. I want to die.", "thoughts"),
        ("I can't do this anymore.", "thoughts"),
        ("I can't do this anymore. The pharmacy lost it again.", None),
        ("I can't do this anymore. The pharmacy lost it and I want to die.", "thoughts"),
        ("If it doesn't work I don't want to wake up.", "thoughts"),
    ],
)
def test_what_a_text_is_about_decides(text: str, expected: str | None) -> None:
    one = judge_plea(text)
    assert (one and one.level) == expected


def test_a_gap_swallows_no_negation() -> None:
    phrases = gather([compile_phrase("daughter ... die", {})], frozenset({"not"}))
    words = read_words("my daughter does not want to die", lambda word: False)
    assert list(phrases.find(words)) == []


@pytest.mark.parametrize(
    "text", ["w@nt", "wa\u200bnt", "WÁNT", "waaaant", "w a n t", "ｗａｎｔ", "want", "wan´t", "*want*"]
)
def test_a_disguise_is_taken_off(text: str) -> None:
    assert [word.text for word in read_words(text, {"want"}.__contains__)] == ["want"]


def test_words_of_no_list_stay_as_they_are() -> None:
    words = [word.text for word in read_words("2 x 400mg, Füße", lambda word: False)]
    assert words == ["2", "x", "400mg", "fusse"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@given(text=st.text(max_size=400) | st.text("i wantodie.,'*@1\n", max_size=400))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_a_rule(rule: Callable[[str], Any], text: str) -> None:
    assert isinstance(rule(text), Plea | Claim | Harm | tuple | None)


ADVERSARIES = {
    "letters": "a " * 5_000,
    "drawn": "a" * 10_000,
    "first words": "i want to want to " * 600,
    "gaps": "thinking thinking about about of of end end " * 230,
    "classes": "I hope I want to not wake up and never wake and go to sleep and " * 150,
    "sentences": "In the film she wants to die. " * 330,
    "digits": "1 " * 5_000,
    "stars": "*" * 10_000,
    "signs": "a!@$" * 2_500,
    "pleas": "I want to die " * 700,
    "negations": "not never I do not think that I " * 310,
    "times": "years ago I tried to kill myself in 2012 " * 240,
    "figures": "I want to die laughing " * 430,
    "orders": "go kill yourself and " * 470,
    "hidden": "k*xl s.u.i " * 900,
    "addresses": "https://a " * 1_000,
}


def calls(rule: Callable[[str], Any], text: str) -> int:
    """How many calls of functions and methods a rule makes."""
    made = 0

    def count(frame: Any, event: str, argument: Any) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        rule(text)
    finally:
        sys.setprofile(before)
    return made


@pytest.mark.parametrize("name", ADVERSARIES)
@pytest.mark.parametrize("rule", [judge_plea, judge_claim, judge_harm], ids=lambda rule: rule.__name__)
def test_twice_the_text_is_twice_the_work(rule: Callable[[str], Any], name: str) -> None:
    rule("the lists are read now")
    text = ADVERSARIES[name]
    half, whole = calls(rule, text[: len(text) // 2]), calls(rule, text)
    assert whole <= 2.3 * half + 1_000
    assert whole <= 400 * len(text)


def patterns() -> Iterator[re.Pattern[str]]:
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, re.Pattern):
                    yield one


def test_no_pattern_for_personal_data_repeats_without_end() -> None:
    every = list(patterns())
    assert len(every) >= 15
    assert [one.pattern for one in every if "MAXREPEAT" in repr(parse(one.pattern, one.flags))] == []


def test_the_lists_are_read_whole() -> None:
    for files in (wide_files(), claim_files(), harm_files()):
        assert [file.language for file in files] == ["en", "es"]
        assert all(len(file.vocabulary) > 100 for file in files)
    assert [file.language for file in core_files()] == ["en", "es", "fr", "de", "pt", "it", "more"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("migraine:\n  - fine words\n  - ... gap first\n", "claims.yaml:3: '... gap first' must begin"),
        ("migraine:\n  - a ... b ... c ... d ... e\n", "claims.yaml:2: 'a ... b ... c ... d ... e' has more"),
        ("migraine:\n  - bad-word here\n", "claims.yaml:2: 'bad-word' in 'bad-word here' holds more"),
        ("migraine:\n  - '@nobody cures'\n", "claims.yaml:2: '@nobody' in '@nobody cures' is not listed"),
        ("migraine: words\n", "claims.yaml:1: write `name:`"),
        ("- words\n", "claims.yaml:1: write `name:`"),
        ("migraine: [a]\nmigraine: [b]\n", "claims.yaml:2: a name stands here twice"),
        ("migraine: [a\n", "claims.yaml:2: is not YAML"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_with_its_line(
    tmp_path: Path, content: str, message: str
) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(PhraseError) as refused:
        read_claims(path)
    assert str(refused.value).startswith(message)


def test_a_missing_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PhraseError, match=r"claims\.yaml: cannot be read"):
        read_claims(tmp_path / "claims.yaml")


def test_what_editors_add_is_known_in_their_condition_alone(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text("migraine:\n  - daith piercing stops\n  - No|never triptans\n", encoding="utf-8")
    added = read_claims(path)
    text = "A daith piercing STOPS every attack."
    assert judge_claim(text, added["migraine"])
    assert judge_claim(text, NO_CLAIMS) != Claim()
    assert judge_claim("No triptans, ever!", added["migraine"])
    assert not judge_claim("I do not say that a daith piercing stops it.", added["migraine"])


EVERY = [file for files in (core_files, wide_files, sign_files, claim_files, harm_files) for file in files()]


@pytest.mark.parametrize("file", EVERY, ids=lambda file: file.language)
def test_no_list_is_passed_over_that_could_find_a_phrase(file: PhraseFile) -> None:
    for name, phrases in file.lists.items():
        assert all([word] == file.possible(frozenset({word})).get(name) for word in phrases.rare)
        assert (name in file.always) == bool(phrases.starts)


@pytest.mark.parametrize("file", EVERY, ids=lambda file: file.language)
def test_a_phrase_is_looked_for_because_of_words_without_which_it_cannot_stand(file: PhraseFile) -> None:
    for phrases in file.lists.values():
        because: dict[int, set[str]] = {}
        for word, numbers in phrases.rare.items():
            for number in numbers:
                because.setdefault(number, set()).add(word)
        for number, words in because.items():
            assert all(words in sought.needs for sought in phrases.sought(number))


@given(
    text=st.lists(
        st.sampled_from(
            [
                "ana",
                "x." * 40,
                " ",
                "  ",
                "-",
                "@",
                " at ",
                "(at)",
                " [arroba] ",
                "{a}",
                "gmail",
                "mail.com",
                "a dot com",
                "\n",
            ]
        ),
        max_size=12,
    ).map("".join)
)
@settings(max_examples=300, deadline=None)
def test_addresses_are_found_as_their_patterns_find_them(text: str) -> None:
    for pattern, middle in contacts.WRITTEN:
        assert [one.span() for one in around(pattern, middle, text)] == [
            one.span() for one in pattern.finditer(text)
        ]


def test_places_found_in_order_are_those_that_overlap_nothing_found_before() -> None:
    text = (
        "a@b.co my insta is frida_k, 12345678Z, born 3 May 1981, 07700 900123, I live at 4 Old Mill Lane, +44 7700 900123 😀 "
        * 3
    )
    found: list[Place] = []
    for finder in package.FINDERS:
        for place in finder(text):
            if not any(map(place.overlaps, found)):
                found.append(place)
    places = personal_data(text)
    assert places == tuple(sorted(found, key=lambda place: place.start))
    for place, told in zip(places, in_browser_units(text, places), strict=True):
        assert (
            text.encode("utf-16-le")[2 * told["start"] : 2 * told["end"]].decode("utf-16-le")
            == (text[place.start : place.end])
        )
