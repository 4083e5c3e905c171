"""Merge conflicts: what is one, what only looks like one, and where it is told."""

from __future__ import annotations

import pytest

from generator.ground.conflicts import refuse_conflicts
from generator.ground.errors import ContentError, ThemeError

TWO = "<<<<<<< HEAD\nRest for an hour.\n=======\nRest for a day.\n>>>>>>> later\n"
THREE = "<<<<<<< ours\na\n||||||| 1f2e3d\nb\n=======\nc\n>>>>>>> theirs\n"
SPACED = "<<<<<<< .mine\n\na\n\n=======\n\nb\n\n>>>>>>> .r12\n"
BARE = "<<<<<<<\na\n=======\n>>>>>>>"


def found(text: str, path: str = "content/ms/a.md") -> list[int]:
    """The line of the first conflict, and those that the hint names."""
    try:
        refuse_conflicts(text, path)
    except ContentError as error:
        told = error
    else:
        return []
    assert (told.message, told.source_path, told.column) == ("an unsolved merge conflict", path, 1)
    assert "delete the lines" in told.hint
    others = told.hint.partition("on these lines: ")[2]
    return [told.line, *map(int, filter(None, others.split(", ")))]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (TWO, [1]),
        (THREE, [1]),
        (SPACED, [1]),
        (BARE, [1]),
        (TWO.replace("\n", "\r\n"), [1]),
        ("## A\n\n" + TWO + "\n" + THREE, [3, 9]),
        ("---\ntitle: A\n" + TWO + "---\n", [3]),
        ("<<<<<<< HEAD\na\n" + TWO, [3]),
        ("```\n" + TWO, [1 + 1]),  # the block is never closed
        ("```\na\n<<<<<<< x\nb\n```\n=======\nc\n```\n>>>>>>> y\n", [3]),
        ("<<<<<<< x\n```\na\n```\n=======\n```\nb\n```\n>>>>>>> y\n", [1]),
        ("<<<<<<< x\n```\n=======\n~~~\n>>>>>>> y\na\n```\n", [1]),
        ("```\na\n```\n" + TWO + "```\nb\n```\n", [4]),
        ("```a``` b\n" + TWO + "```\nc\n```\n", [2]),
    ],
)
def test_conflict_is_found_at_its_first_line(text: str, lines: list[int]) -> None:
    assert found(text) == lines


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Take 5 mg.\n=======\nTake 50 mg.\n>>>>>>> fix\n", 4),
        ("<<<<<<< HEAD\nTake 5 mg.\n", 1),
        ("Take 5 mg.\n>>>>>>> fix\n", 2),
        ("a: 1\n<<<<<<< HEAD\nb: 2\n>>>>>>> x\n=======\n", 2),
        ("```\na\n```\n>>>>>>> fix\n", 4),
        ("```\n>>>>>>> fix\n", 2),
    ],
)
def test_what_is_left_of_a_conflict_solved_by_half_is_found(text: str, line: int) -> None:
    assert found(text) == [line]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A heading\n=======\n\n> > > > > > > deep quote\n",
        "=======\n<<<<<<<\n>>>>>>>\n",
        "```\n>>>>>>> fix\n```\n",
        " >>>>>>> fix\n",
        "<<<<<<<< eight\n=======\n>>>>>>>> x\n",
        "<<<<<<<a\n=======\n>>>>>>>b\n",
        " <<<<<<< HEAD\n =======\n >>>>>>> x\n",
        "".join(f"    {line}\n" for line in TWO.split("\n")),
        f"```\n{TWO}```\n",
        f"~~~~ diff\n{THREE}~~~\n~~~~\n",
        f"```\n{TWO}\n{THREE}```\n",
    ],
)
def test_what_only_looks_like_a_conflict_is_none(text: str) -> None:
    assert found(text) == []


def test_example_in_a_code_block_is_for_markdown_alone() -> None:
    assert found(f"```\n{TWO}```\n", "content/_topics.yaml") == [2]


def test_conflict_is_raised_as_the_error_of_its_kind_of_file() -> None:
    with pytest.raises(ThemeError):
        refuse_conflicts(TWO, "themes/quiet/theme.yaml", ThemeError)
