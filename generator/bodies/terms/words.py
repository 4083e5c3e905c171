"""Text to words, by the rules that the reader's script repeats (``docs/decisions/0022-an-index-of-our-own.md``)."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# Joiners may stand inside of a word, separators never do. No table of Unicode is asked, so that Python and JavaScript,
# whose tables differ in age, see the same words.
_APOSTROPHES, _HYPHENS = "'’ʼ`´", "-‐‑"
_JOINERS = rf"{_APOSTROPHES}\-‐‑.,"
_SEPARATORS = (
    "\x00-\x26\x28-\x2b\x2f\x3a-\x40\\x5b-\\x5f\x7b-\xa9\xab\xac\xae-\xb1\xb6-\xb8\xbb\xbf\xd7\xf7"
    "\u0589-\u058a\u05be\u05c0\u05c3\u05c6\u05f3-\u05f4\u060c\u061b-\u061f\u066a-\u066d\u06d4\u0964-\u0965"
    "\u0e2f\u0e4f\u0e5a-\u0e5b\u104a-\u104f\u10fb\u1361-\u1368\u17d4-\u17da\u1680\u2000-\u200b\u200e-\u200f"
    "\u2012-\u2018\u201a-\u205f\u2061-\u2064\u2066-\u206f\u207a-\u207e\u208a-\u208e\u20a0-\u20cf\u2120\u2122"
    "\u2190-\u24ff\u2500-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3007-\u3020\u3030\u303d-\u303f\u30a0\u30fb\ua92e"
    "\ue000-\uf8ff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffff"
    "\U0001f000-\U0001faff"
)
_SIGN = f"[^{_SEPARATORS}{_JOINERS}]"
_NO_DIGIT = f"[^{_SEPARATORS}{_JOINERS}0-9]"
CHUNK = re.compile(f"{_SIGN}+(?:[{_JOINERS}]{_SIGN}+)*")
_TOKEN = re.compile(f"[0-9]+(?:[.,][0-9]+)*|{_NO_DIGIT}{_SIGN}*")
_WHOLE = re.compile(f"{_SIGN}+")
_POSSESSIVE = re.compile(f"'s(?!{_SIGN})")

# For splitting a text at all separators of ASCII but those that Unicode's rules look at: of a final sigma, of composition.
_UNSPLIT = f"{_APOSTROPHES}{_HYPHENS}.,:^<=>"
_PARTED = bytes(
    code if code > 127 or chr(code).isalnum() or chr(code) in _UNSPLIT else 32 for code in range(256)
).lower()
_AROUND = f"{_APOSTROPHES}{_HYPHENS}.,“”‘…–"

_INVISIBLE = re.compile("[\u00ad\u200c\u200d\u2060\ufeff]")
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]")
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i",
        "ς": "σ",
        **dict.fromkeys(_APOSTROPHES, "'"),
        **dict.fromkeys(_HYPHENS, "-"),
    }
)  # fmt: skip
_GREEK_NAMES = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "omicron",
            "pi",
            "rho",
            "sigma",
            "tau",
            "upsilon",
            "phi",
            "chi",
            "psi",
            "omega",
        ],
        strict=True,
    )
)
_GREEK = re.compile("[\u0370-\u03ff]+")
_MICRO = re.compile("(?<![\u0370-\u03ff])μ(?=[a-z])")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+"
)
# Languages in which an apostrophe stands between two words: l'eau, dell'acqua.
_ELIDING = frozenset({"ca", "fr", "it", "oc"})
_LONGEST = 40
_MOST_JOINED = 3


class ChunkWords(NamedTuple):
    """The words of a chunk in their order, and the word that its hyphens join, ``""`` where there is none."""

    words: tuple[str, ...]
    joined: str


def elides(language: str) -> bool:
    """Whether an apostrophe separates words in *language*."""
    return language.partition("-")[0] in _ELIDING


def tokens_of(text: str) -> list[bytes]:
    """What stands between blanks and most separators; the words of a text are those of its tokens."""
    parted = text.encode("utf-8", "surrogatepass").translate(_PARTED)
    # Ends of sentences go in bulk: "pain." would be a token of its own beside "pain".
    return parted.replace(b". ", b" ").replace(b", ", b" ").split()


def token_text(token: bytes) -> str:
    """A token without joiners and quotation marks around it, which are no part of any word."""
    return token.decode("utf-8", "surrogatepass").strip(_AROUND)


def chunks_of(text: str) -> list[str]:
    """The chunks of *text*, lower case: what stands between separators. Folding comes later, once for each chunk."""
    lowered = text.lower()
    return CHUNK.findall(lowered if lowered.isascii() else unicodedata.normalize("NFC", lowered))


def words_of(text: str, language: str) -> list[str]:
    """All words of *text*, joined ones too."""
    found: list[str] = []
    for chunk in chunks_of(text):
        words, joined = chunk_words(chunk, language)
        found += (*words, joined) if joined else words
    return found


def chunk_words(chunk: str, language: str) -> ChunkWords:
    """The words of one chunk, folded."""
    if chunk.isascii() and chunk.isalpha():
        return ChunkWords(("ug" if chunk == "mcg" else chunk[:_LONGEST],), "")
    text = fold(chunk, language)
    if "'" in text:
        text = text.replace("'", " ") if elides(language) else _POSSESSIVE.sub("", text).replace("'", "")
    found: list[str] = []
    for word in _TOKEN.findall(text):
        found += _split_unspaced(word.replace(",", "."))
    words = tuple("ug" if word == "mcg" else word[:_LONGEST] for word in found)
    pieces = text.split("-")
    if not 2 <= len(pieces) <= _MOST_JOINED or not all(_WHOLE.fullmatch(piece) for piece in pieces):
        return ChunkWords(words, "")
    joined = "".join(pieces)
    return ChunkWords(words, "" if _UNSPACED.search(joined) else joined[:_LONGEST])


def ends_of_runs(chunk: str, language: str) -> list[str]:
    """The last character of each run without blanks. It begins no pair, so whoever looks for it alone would miss it."""
    if chunk.isascii():
        return []
    return [run[-1] for run in _UNSPACED.findall(fold(chunk, language)) if len(run) > 1]


def fold(text: str, language: str) -> str:
    """*text* in lower case without what writers leave out: accents, ligatures, compatibility forms, single Greek letters."""
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text).lower()).translate(_LETTERS)
        text = unicodedata.normalize("NFC", text)
        if language.partition("-")[0] != "el":
            text = _GREEK.sub(_greek_name, _MICRO.sub("u", text))
        return text
    return text.lower().replace("`", "'")


def _greek_name(found: re.Match[str]) -> str:
    name = _GREEK_NAMES.get(found[0], "")
    return f" {name} " if name else found[0]


def _split_unspaced(word: str) -> list[str]:
    """A word whose script puts no blanks between words as overlapping pairs of characters."""
    if word.isascii() or not _UNSPACED.search(word):
        return [word]
    found: list[str] = []
    end = 0
    for run in _UNSPACED.finditer(word):
        if run.start() > end:
            found.append(word[end : run.start()])
        text = run[0]
        found += [text[at : at + 2] for at in range(len(text) - 1)] or [text]
        end = run.end()
    if end < len(word):
        found.append(word[end:])
    return found
