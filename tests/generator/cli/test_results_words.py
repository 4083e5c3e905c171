"""What `gatherwell results pull` says that it brought."""

from __future__ import annotations

import pytest

from generator.cli.results import in_words
from widgets.adapters.pull import Pulled


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (Pulled(1, 2, 0), "1 poll, 2 threads"),
        (Pulled(0, 1, 1), "0 polls, 1 thread, 1 story or question"),
        (Pulled(4, 0, 7), "4 polls, 0 threads, 7 stories and questions"),
    ],
)
def test_stories_and_questions_are_counted(held: Pulled, said: str) -> None:
    assert in_words(held) == said
