"""Owns addresses and numbers that inline markup parts: `a@**x**.org` is read as the address that its readers see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from widgets.rules.personal_data.place import Place

_MARKS: Final = r"</?[A-Za-z][^<>\n]{0,200}>|`{1,20}|~~|\*\*|\\(?=[!-/:-@\[-`{-~])"
# An asterisk alone stands in no address, but between numbers that are multiplied.
OF_ADDRESSES: Final = re.compile(rf"{_MARKS}|\*")
OF_NUMBERS: Final = re.compile(_MARKS)


def across(text: str, marks: re.Pattern[str], finder: Callable[[str], Iterator[Place]]) -> Iterator[Place]:
    """The places, in the text as it is written, of what *finder* finds without *marks* and holds some of them."""
    parts = [(found.start(), found.end()) for found in marks.finditer(text)]
    if not parts:
        return
    kept: list[int] = []  # by character that is left: where it is written
    at = 0
    for start, end in [*parts, (len(text), len(text))]:
        kept.extend(range(at, start))
        at = end
    bare = "".join(text[place] for place in kept)
    for place in finder(bare):
        start, end = kept[place.start], kept[place.end - 1] + 1
        if end - start > place.end - place.start:
            yield replace(place, start=start, end=end)
