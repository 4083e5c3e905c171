"""Counts the words of a masked text in one pass: small letters as bytes, with apostrophes, without digits and marks."""

from __future__ import annotations

from collections import Counter

# Every byte of ASCII that is neither a letter nor an apostrophe parts words; letters beyond ASCII are bytes above it.
_PARTED = bytes(at if at > 127 or chr(at).isalpha() or chr(at) == "'" else 32 for at in range(256))
_APOSTROPHES = "’‘"
_MARKS = "“”„«»–—…¿¡·•\u00a0\u202f"


def tokens_of(text: str) -> Counter[bytes]:
    """How often each word stands in *text*."""
    if not text.isascii():
        for mark in _APOSTROPHES:
            if mark in text:
                text = text.replace(mark, "'")
        for mark in _MARKS:
            if mark in text:
                text = text.replace(mark, " ")
    parted = b" %b " % text.lower().encode("utf-8", "surrogatepass").translate(_PARTED)
    counts = Counter(parted.split())
    if b" '" in parted or b"' " in parted:
        for token in [token for token in counts if b"'" in token]:
            bare = token.strip(b"'")
            if bare != token:
                count = counts.pop(token)
                if bare:
                    counts[bare] += count
    return counts
