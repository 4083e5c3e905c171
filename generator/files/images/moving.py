"""Animated GIF, WebP and PNG files without their metadata (camera, place, author); frames are left as they are."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_WEBP_PRIVATE = frozenset({b"EXIF", b"XMP "})
# EXIF and XMP flags in the VP8X chunk (WebP container specification, "Extended File Format").
_WEBP_FLAGS = 0x08 | 0x04
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_PRIVATE = frozenset({b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME", b"caBX"})
_GIF_KEPT_APPLICATIONS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def strip_moving(raw: bytes, suffix: str) -> bytes:
    """*raw* without its metadata; *suffix* is ``.gif``, ``.webp`` or ``.png``. Raises ValueError if malformed."""
    try:
        if suffix == ".webp":
            return _strip_webp(raw)
        return b"".join(_png_pieces(raw) if suffix == ".png" else _gif_pieces(raw))
    except (IndexError, struct.error) as error:
        raise ValueError("cut off") from error


def _strip_webp(raw: bytes) -> bytes:
    if raw[:4] != b"RIFF" or raw[8:12] != b"WEBP":
        raise ValueError("no WebP container")
    kept = bytearray()
    at = 12
    while at + 8 <= len(raw):
        name, length = raw[at : at + 4], struct.unpack_from("<I", raw, at + 4)[0]
        end = at + 8 + length + (length & 1)
        chunk = bytearray(raw[at:end])
        if name == b"VP8X":
            chunk[8] &= ~_WEBP_FLAGS & 0xFF
        if name not in _WEBP_PRIVATE:
            kept += chunk
        at = end
    return b"RIFF" + struct.pack("<I", len(kept) + 4) + b"WEBP" + bytes(kept)


def _png_pieces(raw: bytes) -> Iterator[bytes]:
    if not raw.startswith(_PNG_SIGNATURE):
        raise ValueError("no PNG signature")
    yield _PNG_SIGNATURE
    at = 8
    while at < len(raw):
        length = struct.unpack_from(">I", raw, at)[0]
        name = raw[at + 4 : at + 8]
        end = at + 12 + length
        if name not in _PNG_PRIVATE:
            yield raw[at:end]
        if name == b"IEND":
            return
        at = end
    raise ValueError("cut off")


def _gif_pieces(raw: bytes) -> Iterator[bytes]:
    """The blocks of a GIF (GIF89a) without comments, unknown application data and anything after the trailer."""
    if raw[:6] not in (b"GIF87a", b"GIF89a"):
        raise ValueError("no GIF signature")
    at = 13 + _colours(raw[10])
    yield raw[:at]
    while raw[at] != 0x3B:
        start = at
        if raw[at] == 0x2C:
            at = _after_blocks(raw, at + 11 + _colours(raw[at + 9]))
            yield raw[start:at]
        elif raw[at] == 0x21:
            label, application = raw[at + 1], raw[at + 3 : at + 14]
            at = _after_blocks(raw, at + 2)
            if label == 0xF9 or (label == 0xFF and application in _GIF_KEPT_APPLICATIONS):
                yield raw[start:at]
        else:
            raise ValueError("an unknown block")
    yield b"\x3b"


def _colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(raw: bytes, at: int) -> int:
    while raw[at]:
        at += raw[at] + 1
    return at + 1
