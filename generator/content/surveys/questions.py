"""What a written question must have by its kind, and the question that is made of it."""

from __future__ import annotations

from generator.content.surveys.bands import Span, check_bands
from generator.content.surveys.instrument import AskIf, Band, Question, QuestionWords
from generator.content.surveys.written import QuestionEntry
from generator.schema.convert import Reader
from generator.schema.yaml_source import Path

_CHOSEN = ("single", "multiple")
# Which kinds of question each key is for.
_FOR = {
    "options": _CHOSEN,
    "exclusive": ("multiple",),
    "min": ("multiple",),
    "max": ("multiple",),
    "points": ("scale",),
    "ends": ("scale",),
    "unit": ("number",),
    "least": ("number",),
    "most": ("number",),
    "decimals": ("number",),
    "bands": ("number",),
}
_NEEDS = {
    "single": {"options": "write 2 to 30 options: options: {often: Often, never: Never}"},
    "multiple": {"options": "write 2 to 30 options: options: {often: Often, never: Never}"},
    "scale": {
        "points": "write how many points it has: points: 5",
        "ends": "say what its ends mean: ends: [Not at all, Completely]",
    },
    "number": {
        "least": "write the smallest number that is possible: least: 0",
        "most": "write the largest number that is possible: most: 100",
        "bands": "write the ranges under which numbers are published: - {key: …, label: …, below: 5}",
    },
    "text": {},
}
FEWEST, MOST = 2, 30


def check_question(entry: QuestionEntry, reader: Reader, path: Path) -> None:
    """Refuse what a question of its kind lacks, has too much, or has in a way that cannot be answered."""
    for key, kinds in _FOR.items():
        if key in _given(entry) and entry.kind not in kinds:
            told = " and ".join(f"`{kind}`" for kind in kinds)
            message = f"'{key}' is not for a question of the kind '{entry.kind}'"
            reader.refuse((*path, key), message, f"it belongs to {told}; remove it, or change the kind", True)
    missing = [key for key in _NEEDS[entry.kind] if key not in _given(entry)]
    for key in missing:
        reader.refuse(path, f"'{entry.key}' has no '{key}'", _NEEDS[entry.kind][key])
    if entry.kind in _CHOSEN and entry.options:
        _check_options(entry, reader, path)
    if entry.kind == "number" and entry.least is not None and entry.most is not None and entry.bands:
        check_bands(entry.key, Span(entry.least, entry.most, entry.decimals or 0), entry.bands, reader, path)


def _given(entry: QuestionEntry) -> set[str]:
    """The keys of :data:`_FOR` that were written."""
    return {key for key in _FOR if getattr(entry, key) not in ({}, (), "", None)}


def _check_options(entry: QuestionEntry, reader: Reader, path: Path) -> None:
    if not FEWEST <= len(entry.options) <= MOST:
        message = f"'{entry.key}' has {len(entry.options)} option{'' if len(entry.options) == 1 else 's'}"
        reader.refuse((*path, "options"), message, f"write {FEWEST} to {MOST}")
    said: dict[str, str] = {}
    for key, label in entry.options.items():
        other = said.setdefault(label.casefold(), key)
        if other != key:
            reader.refuse(
                (*path, "options", key), f"'{other}' and '{key}' have the same words", "reword one of them"
            )
    for index, key in enumerate(entry.exclusive):
        if key not in entry.options:
            hint = f"its options are: {', '.join(entry.options)}"
            reader.refuse((*path, "exclusive", index), f"there is no option '{key}'", hint)
    together = len([key for key in entry.options if key not in entry.exclusive])
    least, most = entry.min or 0, entry.max or together
    if entry.kind == "multiple" and not least <= most <= max(together, 1):
        key = "max" if entry.max else "min"
        message = f"between {least} and {most} of {together} options cannot be chosen together"
        reader.refuse((*path, key), message, f"min and max lie between 0 and {together}, min not above max")


def make_question(entry: QuestionEntry) -> Question:
    """The question of a checked entry, without its words."""
    choices = tuple(entry.options)
    if entry.kind == "scale":
        choices = tuple(str(point) for point in range(1, (entry.points or 0) + 1))
    several = entry.kind == "multiple"
    together = len(choices) - len(entry.exclusive)
    return Question(
        key=entry.key,
        kind=entry.kind,
        choices=choices,
        exclusive=entry.exclusive,
        min=(entry.min or 0) if several else 0,
        max=(entry.max or max(together, 1)) if several else 1,
        least=entry.least,
        most=entry.most,
        decimals=entry.decimals or 0,
        bands=tuple(Band(band.key, band.least, band.below) for band in entry.bands),
        required=entry.required,
        sensitive=entry.sensitive,
        ask_if=tuple(AskIf(key, wanted(keys)) for key, keys in entry.ask_if.items()),
    )


def wanted(keys: str | int | tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that a condition of ``ask_if`` lists: one, or several; points of a scale are written as numbers."""
    return tuple(dict.fromkeys(str(key) for key in (keys if isinstance(keys, tuple) else (keys,))))


def make_words(entry: QuestionEntry) -> QuestionWords:
    """A question's words in the language of its instrument."""
    bands = {band.key: band.label for band in entry.bands}
    options = entry.options or bands or scale_ends(entry.ends, entry.points)
    return QuestionWords(entry.ask, entry.help, options, entry.unit)


def scale_ends(ends: tuple[str, ...], points: int | None) -> dict[str, str]:
    """The words of a scale's two ends by point."""
    return {"1": ends[0], str(points): ends[1]} if len(ends) == 2 and points else {}
