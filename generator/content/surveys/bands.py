"""Bands of a number question: ranges in order that cover every possible number once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from generator.content.surveys.written import BandEntry
from generator.schema.convert import Reader
from generator.schema.yaml_source import Path

FEWEST, MOST = 2, 20


class Span(NamedTuple):
    """The numbers that may be answered, both ends included, with so many *decimals*."""

    least: float
    most: float
    decimals: int = 0

    def first_from(self, number: float) -> float:
        """The smallest number from *number* on that may be answered, were there no end."""
        scale: int = 10**self.decimals
        return math.ceil(round(max(number, self.least) * scale, 6)) / scale


def check_bands(key: str, span: Span, bands: Sequence[BandEntry], reader: Reader, path: Path) -> None:
    """Refuse bands that overlap, leave numbers out, can hold none, or share a key. *path* leads to the question."""
    if span.least >= span.most:
        message = f"'most' is not above 'least' ({shown(span.least)})"
        reader.refuse((*path, "most"), message, "swap them")
        return
    path = (*path, "bands")
    if not FEWEST <= len(bands) <= MOST:
        reader.refuse(path, f"'{key}' has {len(bands)} bands", f"write {FEWEST} to {MOST}")
    keys: set[str] = set()
    for index, band in enumerate(bands):
        if band.key in keys:
            reader.refuse((*path, index, "key"), f"two bands have the key '{band.key}'", "rename one")
        keys.add(band.key)
        if _follows(band, bands[index - 1] if index else None, reader, (*path, index)):
            _check_band(band, span, reader, (*path, index))
    _check_ends(span, bands, reader, path)


def _follows(band: BandEntry, before: BandEntry | None, reader: Reader, path: Path) -> bool:
    """Whether *band* begins where the one *before* ends; refused where not."""
    if before is None:
        return True
    if before.below is None or band.least is None:
        hint = "only the first band may lack `least`, only the last one `below`"
        reader.refuse(path, f"where the band '{band.key}' begins is not said", hint)
        return False
    if band.least == before.below:
        return True
    what = "overlaps the one before" if band.least < before.below else "leaves a hole after the one before"
    hint = f"begin it there: least: {shown(before.below)}"
    reader.refuse((*path, "least"), f"the band '{band.key}' {what}", hint)
    return False


def _check_band(band: BandEntry, span: Span, reader: Reader, path: Path) -> None:
    low = span.first_from(span.least if band.least is None else band.least)
    if low > span.most or (band.below is not None and low >= band.below):
        between = f"numbers lie between {shown(span.least)} and {shown(span.most)}"
        hint = f"{between}; remove it, or change its ends"
        reader.refuse(path, f"no number can fall into the band '{band.key}'", hint)


def _check_ends(span: Span, bands: Sequence[BandEntry], reader: Reader, path: Path) -> None:
    first, last = bands[0], bands[-1]
    if first.least is not None and first.least > span.least:
        message = f"no band holds {shown(span.least)}, which may be answered"
        hint = f"write least: {shown(span.least)}, or leave it out"
        reader.refuse((*path, 0, "least"), message, hint)
    if last.below is not None and last.below <= span.most:
        message = f"no band holds {shown(span.most)}, which may be answered"
        reader.refuse((*path, len(bands) - 1, "below"), message, "leave `below` out in the last band")


def shown(number: float) -> str:
    """A number as people write it: without a fraction that is zero."""
    return str(int(number)) if number == int(number) else str(number)
