"""How soon an editor looks at a comment that was pointed out."""

from __future__ import annotations

import pytest

from widgets.rules.flags import CALLS, URGENCY, flag_urgency


def test_reasons_by_urgency() -> None:
    assert URGENCY == {
        "crisis": 7,
        "unsafe-medical-claim": 7,
        "personal-data": 6,
        "abuse": 5,
        "spam": 3,
        "off-topic": 2,
        "other": 2,
    }


@pytest.mark.parametrize(
    ("reason", "already", "urgency"),
    [("crisis", 0, 7), ("crisis", 1, 7), ("crisis", 2, CALLS), ("crisis", 99, CALLS), ("spam", 99, 3)],
)
def test_one_reader_outranks_no_plea_and_many_none_of_now(reason: str, already: int, urgency: int) -> None:
    assert flag_urgency(reason, already) == urgency
