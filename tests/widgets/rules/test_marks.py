"""Normal forms cost as much as the text is long, whatever its marks."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from widgets.contract.problems import Problem
from widgets.rules.age import told_age
from widgets.rules.crisis import judge_plea
from widgets.rules.marks import MOST, Form, normal
from widgets.rules.names import check_pseudonym
from widgets.rules.text import normalise

PILE = "\u0301\u0323" * 250_000  # 40 minutes where each run is sorted by insertion


@pytest.mark.parametrize("form", ["NFC", "NFKC", "NFKD"])
@pytest.mark.parametrize(
    "text", ["", "plain", "e\u0301te\u0323\u0301", "ñandú", "\u1e69", "한국어", "ﬁn", "क्ष"]
)
def test_what_people_write_has_the_form_of_unicode(form: Form, text: str) -> None:
    assert normal(form, text) == unicodedata.normalize(form, text)


def test_of_a_run_of_marks_the_first_thirty_stay() -> None:
    below, above = "\u0323", "\u0301"
    assert normal("NFKD", f"a{below * 99}b{above * 99}") == f"a{below * MOST}b{above * MOST}"


def test_every_mark_of_unicode_is_counted() -> None:
    marks = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.combining(chr(code))]
    kept = [mark for mark in marks if normal("NFKD", mark * 50) == unicodedata.normalize("NFKD", mark * 50)]
    assert kept == []


@pytest.mark.parametrize("pile", [PILE, f"a{PILE}", f"I want to die {PILE}"])
def test_a_pile_of_marks_is_read_by_every_rule(pile: str) -> None:
    for rule in (judge_plea, told_age):
        rule(pile)
    for ends in (check_pseudonym, lambda text: normalise(text, 10)):
        with pytest.raises(Problem):
            ends(pile)


def test_a_plea_with_a_pile_of_marks_is_a_plea() -> None:
    assert judge_plea(f"I am going to kill{PILE} myself tonight") is not None
