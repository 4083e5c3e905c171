"""Makes `lookalikes.json` from Unicode's confusables: ``python -m widgets.rules.names.make CONFUSABLES.JSON``.

The argument is the file of that name in the package `confusable-homoglyphs`.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
_MARKS: Final = str.maketrans("", "", "\u200e\u200f")  # the data set right-to-left letters apart with them
# What readers take for the same in a name, beside Unicode's pairs.
_OURS: Final = {
    **dict(zip("аеорсухіјѕԁһкмтвнαεορτυνικχ", "aeopcyxijsdhkmtbhaeoptuvikx", strict=True)),
    **{"0": "o", "1": "l", "i": "l"},
}
_SMALL_CAPITAL: Final = re.compile(r"LATIN LETTER SMALL CAPITAL (?:BARRED )?([A-Z]|AE|OE|OU)(?: WITH .*)?")


def make(confusables: Mapping[str, Sequence[Mapping[str, str]]]) -> dict[str, str]:
    """Target → all characters that look like it, each once: small letters, and capitals that look like another letter than
    their small forms do (Ν like N, but ν like v). Sources are decomposed (NFKD).

    In the data a character names what it looks like, and that names all that look like it: one with a single entry
    whose own list is longer is a copy. Of a pair the one that Unicode lists first is the target.
    """
    data = {
        key.translate(_MARKS): [one["c"].translate(_MARKS) for one in found]
        for key, found in confusables.items()
    }
    like: dict[str, str] = {}
    for source, found in data.items():
        target = found[0]
        copy = len(found) == 1 and (
            len(data.get(target, ())) > 1 or (like.get(target) is None and target < source)
        )
        if copy and len(source) == 1 and _plain(source) == source and (shown := _plain(target)):
            like[source] = shown
    like |= _small_capitals() | _OURS
    like |= _capitals(data, like)
    grouped: dict[str, list[str]] = defaultdict(list)
    for source in sorted(like):
        target = _settled(like, source)
        if target != source:
            grouped[target].append(source)
    return {target: "".join(sources) for target, sources in sorted(grouped.items())}


def _plain(text: str) -> str:
    """Folded, without marks; small capitals as the letters that they are."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    letters = [_letter(character) for character in folded if unicodedata.category(character)[0] in "LN"]
    return "".join(letters)


def _letter(character: str) -> str:
    found = _SMALL_CAPITAL.fullmatch(unicodedata.name(character, ""))
    return found[1].casefold() if found else character


def _small_capitals() -> dict[str, str]:
    every = map(chr, range(sys.maxunicode + 1))
    return {one: shown for one in every if (shown := _letter(one)) != one and _decomposed(one)}


def _capitals(data: Mapping[str, Sequence[str]], like: Mapping[str, str]) -> dict[str, str]:
    """Capitals that look like a Latin letter, and not like the one that their small form looks like."""
    found: dict[str, str] = {}
    for source, targets in data.items():
        if len(source) != 1 or unicodedata.category(source) != "Lu" or not _decomposed(source):
            continue
        target = targets[0]
        shown = _settled(like, target.casefold())
        if target.isascii() and target.isalpha() and shown != _settled(like, source.casefold()):
            found[source] = shown
    return found


def _decomposed(character: str) -> bool:
    return unicodedata.normalize("NFKD", character) == character


def _settled(like: Mapping[str, str], source: str) -> str:
    """The end of the chain of likenesses."""
    text, seen = source, {source}
    while (
        after := "".join(like.get(character, character) for character in text)
    ) != text and after not in seen:
        text = after
        seen.add(text)
    return text


def main(path: str) -> None:
    made = make(json.loads(Path(path).read_text("utf-8")))
    lines = [
        f"{json.dumps(target, ensure_ascii=False)}:{json.dumps(made[target], ensure_ascii=False)}"
        for target in made
    ]
    (FOLDER / "lookalikes.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
