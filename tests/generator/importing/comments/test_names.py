"""What stays of old names."""

from __future__ import annotations

import pytest

from generator.importing.comments.names import Names, Shortening, shortened


@pytest.mark.parametrize(
    ("written", "how", "expected"),
    [
        ("Ana Ruiz", "first", "Ana"),
        ("Ana Ruiz", "initials", "A. R."),
        ("Ana Ruiz", "full", "Ana Ruiz"),
        ("María-José Gil", "first", "María-José"),
        ("J. Doe", "first", "J. Doe"),
        ("Dr. Ana Ruiz", "first", "Ana"),
        ("Dr.", "first", ""),
        ("A", "first", "A."),
        ("sunflower", "first", "sunflower"),
        ("kai77", "first", ""),
        ("kai_s", "full", ""),
        ("ana@x.example", "first", ""),
        ("The-Login", "full", ""),
        ("★ Ana ★", "first", "Ana"),
        ("<b>Ana</b> Ruiz", "first", "Ana"),
        ("…", "first", ""),
        ("", "first", ""),
    ],
)
def test_names_are_shortened(written: str, how: Shortening, expected: str) -> None:
    assert shortened(written, how, frozenset({"the-login"})) == expected


def test_two_people_never_share_a_name_and_one_person_has_one() -> None:
    names = Names("first", "Member")
    asked = [("mail a", "Ana R"), ("mail b", "ana"), ("mail a", "Other"), ("mail c", "x99"), ("mail d", "")]
    assert [names.name(*one, frozenset()) for one in asked] == ["Ana", "ana 2", "Ana", "Member", "Member 2"]
