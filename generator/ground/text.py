"""Small pure functions on strings: slugs, suggestions, digests, plain text."""

from __future__ import annotations

import difflib
import functools
import hashlib
import posixpath
import re
import unicodedata
from collections.abc import Iterable

_NOT_SLUG = re.compile(r"[^\w]+|_+", re.UNICODE)
_ASCII_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BETWEEN = re.compile(r"[\s\u00ad\u2010\u2011-]+")
_CRITIC = re.compile(r"\{(?:>>|\+\+|--|~~|==)")

_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\r") + b"\x7f"
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

# Of Unicode's confusables.txt those that look like one Latin letter: Cyrillic, then Greek.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһкԛԝАВЕКМНОРСТУХІЈЅαοινρυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdhkqwABEKMHOPCTYXIJSaoivpuABEZHIKMNOPTYX",
)
_LOOKALIKE = "".join(map(chr, _LOOKALIKES))
_LATIN = "A-Za-z\u00c0-\u024f"
_MIXED = re.compile(f"[{_LATIN}][{_LOOKALIKE}]|[{_LOOKALIKE}][{_LATIN}]")
_WORD = re.compile(r"\w+")


def unfit(text: str) -> int:
    """The index of the first character of *text* that HTML or XML forbids, or that turns the order of letters around
    (U+202D, U+202E: ``05 mg`` is read as ``gm 50``); -1 where there is none.
    """
    found = _UNFIT.search(text)
    return found.start() if found else -1


def may_be_unfit(raw: bytes) -> bool:
    """Whether UTF-8 text *may* hold a character that :func:`unfit` finds; false positives, but far cheaper."""
    if b"\xe2\x80\xad" in raw or b"\xe2\x80\xae" in raw:
        return True
    return b"\xc2" in raw or b"\xef" in raw or len(raw.translate(None, _CONTROLS)) != len(raw)


@functools.lru_cache(maxsize=65_536)
def slugify(text: str) -> str:
    """One URL segment made of *text*: NFC, lower case, letters and digits of every script, hyphens between words.

    Returns ``""`` where *text* has no letter or digit (only emoji, for example).
    """
    if _ASCII_SLUG.fullmatch(text):
        return text
    lowered = unicodedata.normalize("NFC", text).casefold()
    return _NOT_SLUG.sub("-", lowered).strip("-")


@functools.lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """*text* without what makes no other word of it: NFC, case folded, each run of blanks and hyphens as one hyphen.

    Two texts with one slug that differ here differ in a sign (``RF+``, ``RF-``, ``C++``). A hyphen at the end is a sign.
    """
    found = unicodedata.normalize("NFC", text).casefold().strip()
    return found if found.isalnum() else _BETWEEN.sub("-", found)


def in_latin_letters(text: str) -> str:
    """*text* with the Cyrillic and Greek letters that pass for Latin ones, inside of words that have Latin ones too, as those:
    what readers take for one word is compared as that word. Every character keeps its place.
    """
    return _WORD.sub(_in_latin, text) if not text.isascii() and _MIXED.search(text) else text


def _in_latin(word: re.Match[str]) -> str:
    return word[0].translate(_LOOKALIKES) if _MIXED.search(word[0]) else word[0]


def holds_note(text: str) -> bool:
    """Whether *text* holds an HTML comment or CriticMarkup: notes among writers, which only Markdown bodies take out."""
    return "<!--" in text or ("{" in text and _CRITIC.search(text) is not None)


_OWN_PARTS = re.compile(r"[a-z]*[_-][a-z]", re.IGNORECASE)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``did you mean 'topics'?``, or ``""`` where no known word is similar."""
    near = difflib.get_close_matches(str(word).lower(), sorted(known), n=1, cutoff=0.6)
    if near and _OWN_PARTS.match(str(word)[len(near[0]) :]) and str(word).lower().startswith(near[0]):
        return ""  # `drafted_by` is a word of its own, and no slip for `draft`
    return f"did you mean '{near[0]}'?" if near else ""


def digest(*parts: bytes | str) -> str:
    """A 128-bit BLAKE2b digest in hex; each part is preceded by its length, so that ("ab", "c") and ("a", "bc") differ."""
    hasher = hashlib.blake2b(digest_size=16)
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        hasher.update(len(raw).to_bytes(8, "little"))
        hasher.update(raw)
    return hasher.hexdigest()


def xml_text(text: str) -> str:
    """*text* as the content of an XML element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def xml_attribute(text: str) -> str:
    """*text* as the value of an XML attribute, with its quotes; line breaks and tabs survive."""
    escaped = xml_text(text).replace('"', "&quot;")
    return f'"{escaped}"'.replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")


def reading_minutes(words: int) -> int:
    """Reading time in whole minutes at 220 words a minute; at least 1, or 0 without any words."""
    return max(1, round(words / 220)) if words else 0


def shorten(text: str, limit: int) -> str:
    """*text* on one line; a longer one is cut after a word and ends in an ellipsis, with at most *limit* characters."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip(" ,;:.–—-") + "…"


def fingerprinted(path: str, content_digest: str) -> str:
    """``diagram.1a2b3c4d.svg``: the file's stem as a slug, eight digits of the content's digest, the suffix."""
    stem, suffix = posixpath.splitext(posixpath.basename(path))
    short = (slugify(stem) or "file").encode()[:60].decode(errors="ignore")
    return f"{short}.{content_digest[:8]}{suffix.lower()}"
