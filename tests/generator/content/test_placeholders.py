"""What stands in a key where somebody has nothing to say is told from an answer."""

from __future__ import annotations

import pytest

from generator.content.front_matter.placeholders import is_written, says_something


@pytest.mark.parametrize(
    ("text", "written", "says"),
    [
        ("a link was mended", True, True),
        ("None of the doses changed", True, True),
        ("none", True, False),
        ("N/A", True, False),
        ("Ninguno.", True, False),
        ("-", False, False),
        ("\u200b", False, False),
        ("&nbsp;", False, False),
        ("TBC", False, False),
        ("[To complete]", False, False),
        ("", False, False),
    ],
)
def test_placeholders(text: str, written: bool, says: bool) -> None:
    assert (is_written(text), says_something(text)) == (written, says)
