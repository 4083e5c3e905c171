"""What is said of directives that there are not."""

from __future__ import annotations

import pytest

from generator.bodies.markdown.directives import BLOCKS

from .shown import body_of


@pytest.mark.parametrize("source", [":::survey\nC\n:::\n", "::telling\n"])
def test_unknown_directive_that_resembles_none_is_told_with_all_that_there_are(source: str) -> None:
    (finding,) = body_of(source).facts.problems
    assert "unknown directive" in finding.message
    assert f"known: {', '.join(sorted(BLOCKS))} (" in finding.hint
