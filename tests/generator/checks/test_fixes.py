"""What can be mended without reading is mended in its place, and all else of the file stays."""

from __future__ import annotations

import pytest

from generator.checks.fixes import fixed
from generator.ground.errors import Problem


def found(line: int, column: int, rule: str = "tracking") -> Problem:
    return Problem("m", line, column, rule=rule)


@pytest.mark.parametrize(
    ("line", "parameters", "mended"),
    [
        ("[a](https://b.example/?utm_source=x)", ["utm_source"], "[a](https://b.example/)"),
        ("[a](https://b.example/?utm_source=x&id=1)", ["utm_source"], "[a](https://b.example/?id=1)"),
        ("[a](https://b.example/?id=1&utm_source=x)", ["utm_source"], "[a](https://b.example/?id=1)"),
        ("[a](https://b.example/?id=1&fbclid=x#top)", ["fbclid"], "[a](https://b.example/?id=1#top)"),
        ("[a](https://b.example/?utm_a=x&utm_b=y)", ["utm_a", "utm_b"], "[a](https://b.example/)"),
        ("[a](https://b.example/?x=1&amp;gclid=x&amp;y=2)", ["gclid"], "[a](https://b.example/?x=1&amp;y=2)"),
        ("`?utm_a=x` [a](https://b.example/?utm_b=y)", ["utm_b"], "`?utm_a=x` [a](https://b.example/)"),
        ("<https://b.example/?utm_a=é>", ["utm_a"], "<https://b.example/>"),
    ],
)
def test_parameters_are_cut_off_where_they_were_found(line: str, parameters: list[str], mended: str) -> None:
    problems = [found(1, line.index(f"{name}=") + 1) for name in parameters]
    assert fixed(line, problems) == mended
    assert fixed(mended, problems) == mended


def test_an_address_of_a_body_that_begins_as_a_value_does_is_left() -> None:
    text = "---\na: b\n---\nurl: https://b.example/?utm_a=x\n"
    assert fixed(text, [found(4, 6)]) == text


@pytest.mark.parametrize(
    ("value", "mended"),
    [
        ("https://b.example/?utm_a=x&id=1&utm_b=y", "https://b.example/?id=1"),
        ('"https://b.example/?utm_a=x"', '"https://b.example/"'),
        ("'https://b.example/?utm_a=x,y&id=1'", "'https://b.example/?id=1'"),
        ("https://b.example/?utm_a=x,y&id=1", "https://b.example/?id=1"),
        ("&here https://b.example/?utm_a=x  # a note", "&here https://b.example/  # a note"),
        (">-\n      https://b.example/?utm_a=x\n", ">-\n      https://b.example/\n"),
        ('"https://b.example/?utm_a=x\\u0026id=1"', '"https://b.example/?utm_a=x\\u0026id=1"'),
    ],
)
@pytest.mark.parametrize("path", ["content/a.md", "content/_crisis.yaml"])
def test_a_value_of_front_matter_or_data_is_mended_as_a_whole(value: str, mended: str, path: str) -> None:
    before, after = (
        ("---\na: 1\n", "\n---\nText.\n") if path.endswith(".md") else ("a: 0\nb: 1\n", "\nc: 1\n")
    )
    text = f"{before}list:\n  - url: {value}{after}"
    assert fixed(text, [found(4, 10)], path) == f"{before}list:\n  - url: {mended}{after}"


def test_values_in_one_line_stay_apart() -> None:
    text = "---\na: [{url: https://b.example/?utm_a=x, id: b}, {url: https://c.example/?utm_a=x}]\n---\n"
    places = [found(2, text.splitlines()[1].index(f"https://{name}") + 1) for name in "bc"]
    mended = "---\na: [{url: https://b.example/, id: b}, {url: https://c.example/}]\n---\n"
    assert fixed(text, places) == mended


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("begin", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_stay(end: str, begin: str) -> None:
    text = f"{begin}a?utm_a=x{end}two\u2028still two{end}b?utm_a=x{end}"
    assert fixed(text, [found(1, 3), found(3, 3)]) == f"{begin}a{end}two\u2028still two{end}b{end}"


@pytest.mark.parametrize("problem", [found(9, 1), found(0, 0), found(1, 11), found(1, 3, "absolutes")])
def test_what_is_not_there_or_wants_reading_stays(problem: Problem) -> None:
    assert fixed("a?utm_a=x b", [problem]) == "a?utm_a=x b"
