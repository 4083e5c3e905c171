"""A phrase's signs, and the words beside them, keep nothing from being found that its pattern means."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from generator.bodies.wording import WORD_RULES
from generator.bodies.wording.rule import CompiledPhrase, Phrase
from generator.bodies.wording.tokens import tokens_of

_SAMPLES = 60
_OF_CATEGORY = {"CATEGORY_SPACE": " ", "CATEGORY_WORD": "z", "CATEGORY_DIGIT": "7", "CATEGORY_NOT_WORD": " "}


def written(parts: Iterable[Any], choose: random.Random) -> str:
    """A text that a parsed pattern may match, but for what it looks at before and behind."""
    return "".join(_part(str(name), given, choose) for name, given in parts)


def _part(name: str, given: Any, choose: random.Random) -> str:
    if name == "LITERAL":
        return chr(given)
    if name == "IN":
        kind, value = choose.choice(given)
        if str(kind) == "NEGATE":
            return " "
        if str(kind) == "RANGE":
            return chr(choose.randint(*value))
        return chr(value) if str(kind) == "LITERAL" else _OF_CATEGORY[str(value)]
    if name == "MAX_REPEAT":
        least, most, inner = given
        return "".join(
            written(inner, choose) for _ in range(choose.randint(least, min(int(most), least + 1)))
        )
    if name == "SUBPATTERN":
        return written(given[-1], choose)
    if name == "BRANCH":
        return written(choose.choice(given[1]), choose)
    return ""


PHRASES = [(rule.code, phrase) for rule in WORD_RULES for each in rule.phrases.values() for phrase in each]


@pytest.mark.parametrize(
    ("code", "phrase"), PHRASES, ids=[f"{code}-{one.signs[:40]}" for code, one in PHRASES]
)
def test_every_text_that_a_pattern_means_has_its_signs(code: str, phrase: Phrase) -> None:
    parsed, choose, compiled = (
        _parser.parse(phrase.pattern, re.IGNORECASE),
        random.Random(3),
        CompiledPhrase(phrase, ""),
    )
    for _ in range(_SAMPLES):
        text = written(parsed, choose)
        if compiled.pattern.search(text):
            tokens = tokens_of(text)
            signs = {word.encode() for word in compiled.words}
            assert compiled.marks or not signs or tokens.keys() & signs, text
            assert compiled.fits(tokens.keys(), text), text
            assert compiled.is_near(text.lower()), text
