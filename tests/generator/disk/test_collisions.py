"""Two inputs that lead to one output are told with both names; one input that does so twice is told too."""

from __future__ import annotations

import pytest

from generator.disk.collisions import find_collisions

A, B = "content/ms/a.md", "content/ms/b.md"
TABLE: list[tuple[str, list[tuple[str, str]], list[tuple[str, str]]]] = [
    ("nothing", [], []),
    ("apart", [("a/index.html", A), ("b/index.html", B), ("a/b/index.html", B)], []),
    (
        "same",
        [("x/index.html", A), ("x/index.html", B)],
        [(B, f"two inputs lead to /x/: {A} and {B}")],
    ),
    (
        "case",
        [("X/index.html", A), ("x/index.html", B)],
        [(B, f"two inputs lead to /x/: {A} and {B}")],
    ),
    (
        "unlike letters of one case",
        [("stra\u00dfe.html", A), ("STRASSE.html", B)],
        [(B, f"two inputs lead to /STRASSE.html: {A} and {B}")],
    ),
    (
        "first is a file, second is not",
        [("x/index.html", A), ("x/index.html", "topics")],
        [(A, f"two inputs lead to /x/: {A} and topics")],
    ),
    (
        "neither is a file",
        [("x/index.html", "search"), ("x/index.html", "topics")],
        [("topics", "two inputs lead to /x/: search and topics")],
    ),
    (
        "one input twice",
        [("x/index.html", A), ("x/index.html", A)],
        [(A, f"two inputs lead to /x/: {A} and {A}")],
    ),
    ("one asset twice", [("assets/a.png", "a.png"), ("assets/a.png", "a.png")], []),
    (
        "two assets",
        [("assets/a.png", "a.png"), ("assets/a.png", "b.png")],
        [("b.png", "two inputs lead to /assets/a.png: a.png and b.png")],
    ),
    (
        "three inputs",
        [("x.html", A), ("x.html", B), ("x.html", "c")],
        [(B, f"two inputs lead to /x.html: {A} and {B}"), (A, f"two inputs lead to /x.html: {A} and c")],
    ),
    (
        "folder where a file is",
        [("x", A), ("x/index.html", B)],
        [(B, f"/x/ needs a folder where {A} puts a file")],
    ),
    (
        "file where a folder is",
        [("x/y/index.html", B), ("X", A)],
        [(B, f"/x/y/ needs a folder where {A} puts a file")],
    ),
    (
        "two folders down",
        [("x", "static"), ("x/y/z.html", B)],
        [(B, "/x/y/z.html needs a folder where static puts a file")],
    ),
]


@pytest.mark.parametrize(("outputs", "problems"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_collisions(outputs: list[tuple[str, str]], problems: list[tuple[str, str]]) -> None:
    assert [(found.source_path, found.message) for found in find_collisions(outputs)] == problems
