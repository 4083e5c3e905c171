"""The work for a text grows as the text does, whatever is repeated in it: lines of Python are counted, not seconds."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from generator.bodies.markdown.render import MarkdownOptions, render_body

REPEATED = [
    "\"a' ", "'a\" ", "\"'\"'", "*\"a' *", "*a **b _c ", "***a ", "[a](", "![a](", "[a]", "[^a]", "`a``", "<a ", "<b>", "</b>",
    "<!--", "{#a", "::a[", ":a[", "|a", "~~a", "[a]: b\n", "[^a]: b\n", "a\n: b\n", "> [!NOTE]\n", "{++a", "[[a]] ", "…--",
]  # fmt: skip


def lines_run(text: str) -> int:
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    sys.settrace(trace)
    try:
        render_body(text, "en", MarkdownOptions())
    finally:
        sys.settrace(None)
    return count


@pytest.mark.parametrize("repeated", REPEATED)
def test_work_grows_as_the_text_does(repeated: str) -> None:
    short, long = lines_run(repeated * 150), lines_run(repeated * 600)

    assert long <= 5 * short
