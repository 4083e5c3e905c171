"""Front matter of other systems that cannot be read is told with its line, and without an address that may stand there."""

import pytest

from generator.importing.sources.matter import read_matter


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("---\ntitle: [unclosed\n---\nA\n", "line 3: did not find expected ',' or ']'"),
        ("---\na: b\ntitle: @ana\n---\nA\n", "line 3: found character that cannot start any token"),
        ("---\ntitle: A\n---\nA\n", ""),
    ],
)
def test_a_fault_has_its_line(text: str, fault: str) -> None:
    read = read_matter(text)
    assert read is not None
    assert read.fault == fault
