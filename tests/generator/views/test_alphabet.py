"""A–Z: accents and case do not part what begins alike."""

from __future__ import annotations

import pytest

from generator.views import types as shapes
from generator.views.alphabet import group_links, initial


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("aura", "A"),
        ("Étourdissement", "E"),
        ("ångström", "A"),
        ("ñu", "N"),
        ("straße", "S"),
        ("ß", "S"),
        ("偏頭痛", "偏"),
        ("5-HT", "#"),
        ("#me", "#"),
        (" space", "#"),
        ("", "#"),
    ],
)
def test_initial_is_a_letter_without_its_accent(text: str, letter: str) -> None:
    assert initial(text) == letter


def test_links_are_sorted_within_their_letter() -> None:
    links = [shapes.Link(label, "/") for label in ("zinc", "Éa", "eb", "É", "5-HT")]
    groups = [(letter, [link.label for link in found]) for letter, found in group_links(links)]
    assert groups == [("#", ["5-HT"]), ("E", ["É", "Éa", "eb"]), ("Z", ["zinc"])]
