"""A new text that is a reviewed one with other words, under that one's review: nobody has read what is new in it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

from generator.checks.untold_changes import Version, shown_words
from generator.content.front_matter.schema import ArticleFrontMatter
from generator.ground.errors import Problem
from generator.site.reviews import RULE, bare_name

_ALIKE: Final = 0.9  # of the words; two texts of one reviewer on one day have far fewer in common


def copied_review(path: str, now: Version, others: Iterable[tuple[str, Version]]) -> Problem | None:
    """A finding where *now*, which is new, has most words of one of *others* and its reviewer and day of review. The same
    words in another place are the reviewed ones.
    """
    claim, words = claimed_review(now), shown_words(now)
    for place, other in others:
        if claimed_review(other) != claim:
            continue
        theirs = shown_words(other)
        if theirs != words and _alike(theirs, words):
            message = f"this is {place} with other words, under the same review"
            hint = "have it reviewed and write the day as `last_reviewed`; until then leave out `reviewer` and `last_reviewed`"
            line, column = now.parsed.place("last_reviewed")
            return Problem(message, line, column, hint, path, "warning", RULE)
    return None


def claimed_review(version: Version) -> tuple[str, str] | None:
    """Who reviewed a text, as names are compared, and the day; None where nobody did."""
    front_matter = version.parsed.front_matter
    if not isinstance(front_matter, ArticleFrontMatter) or not front_matter.last_reviewed:
        return None
    return bare_name(front_matter.reviewer), front_matter.last_reviewed[:10]


def _alike(one: list[str], other: list[str]) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return (
        matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
    )
