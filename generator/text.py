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


_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\r") + b"\x7f"
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def unfit(text: str) -> int:
    """Where *text* first holds a character that neither HTML nor XML may hold; -1 where it holds none."""
    found = _UNFIT.search(text)
    return found.start() if found else -1


def may_be_unfit(raw: bytes) -> bool:
    """Quickly: whether UTF-8 text *may* hold an unfit character; far cheaper than to look for one."""
    return b"\xc2" in raw or b"\xef" in raw or len(raw.translate(None, _CONTROLS)) != len(raw)


@functools.lru_cache(maxsize=65_536)
def slugify(text: str) -> str:
    """One URL segment from any text: NFC, lower case, letters and digits of every script, hyphens between.

    Returns ``""`` where nothing of the text can stand in a segment (only emoji, say).
    """
    if _ASCII_SLUG.fullmatch(text):
        return text
    lowered = unicodedata.normalize("NFC", text).casefold()
    return _NOT_SLUG.sub("-", lowered).strip("-")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``did you mean 'topics'?``, or ``""`` where nothing known is near."""
    near = difflib.get_close_matches(str(word).lower(), sorted(known), n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else ""


def digest(*parts: bytes | str) -> str:
    """A 128-bit BLAKE2b digest in hex; parts are separated by their lengths, so they cannot run together."""
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
    """Reading time in whole minutes at 220 words a minute, at least one where there is anything to read."""
    return max(1, round(words / 220)) if words else 0


def shorten(text: str, limit: int) -> str:
    """*text* on one line, cut at a word with an ellipsis so that it has at most *limit* characters."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip(" ,;:.–—-") + "…"


def fingerprinted(path: str, content_digest: str) -> str:
    """``diagram.1a2b3c4d.svg``: a readable stem, the content's fingerprint, the suffix."""
    stem, suffix = posixpath.splitext(posixpath.basename(path))
    short = (slugify(stem) or "file").encode()[:60].decode(errors="ignore")
    return f"{short}.{content_digest[:8]}{suffix.lower()}"
