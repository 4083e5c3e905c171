"""Takes out of pictures what they tell of their taking (place, camera, names); what they show is not touched."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from pathlib import PurePath

from PIL import Image

_ORIENTATION = 0x0112
# JPEG: Exif and XMP, IPTC, comments. Colour profiles (APP2) and Adobe's colour transform (APP14) stay.
_JPEG_DROPPED = frozenset({0xE1, 0xED, 0xFE})
_PNG_DROPPED = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
_WEBP_DROPPED = frozenset({b"EXIF", b"XMP "})


def without_traces(name: str, raw: bytes) -> bytes:
    """The bytes of a picture without notes on its taking; *raw* where it is no JPEG, PNG or WebP, or is damaged."""
    cleaners = {".jpg": _jpeg, ".jpeg": _jpeg, ".png": _png, ".webp": _webp}
    clean = cleaners.get(PurePath(name).suffix.lower())
    try:
        return clean(raw) if clean else raw
    except (struct.error, IndexError, ValueError, OSError):
        return raw


def _jpeg(raw: bytes) -> bytes:
    if not raw.startswith(b"\xff\xd8"):
        return raw
    parts = [raw[:2], _turned(raw)]
    at = 2
    while raw[at] == 0xFF and raw[at + 1] != 0xDA:
        marker, length = raw[at + 1], struct.unpack_from(">H", raw, at + 2)[0]
        if marker not in _JPEG_DROPPED:
            parts.append(raw[at : at + 2 + length])
        at += 2 + length
    return b"".join((*parts, raw[at:]))


def _turned(raw: bytes) -> bytes:
    """A segment that says how the camera was held and nothing else; empty where it was held upright."""
    with Image.open(io.BytesIO(raw)) as image:
        orientation = image.getexif().get(_ORIENTATION, 1)
    if orientation not in range(2, 9):
        return b""
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    payload = exif.tobytes()
    return b"\xff\xe1" + struct.pack(">H", len(payload) + 2) + payload


def _png(raw: bytes) -> bytes:
    if not raw.startswith(b"\x89PNG\r\n\x1a\n"):
        return raw
    parts, at = [raw[:8]], 8
    while at < len(raw):
        length, kind = struct.unpack_from(">I4s", raw, at)
        end = at + 12 + length
        if kind not in _PNG_DROPPED:
            parts.append(raw[at:end])
        at = end
    return b"".join(parts)


def _webp(raw: bytes) -> bytes:
    if raw[:4] != b"RIFF" or raw[8:12] != b"WEBP":
        return raw
    body = b"".join(_webp_chunks(raw))
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _webp_chunks(raw: bytes) -> Iterator[bytes]:
    at = 12
    while at + 8 <= len(raw):
        kind, length = struct.unpack_from("<4sI", raw, at)
        chunk = raw[at : at + 8 + length + length % 2]
        if kind == b"VP8X":  # flags say which chunks follow
            chunk = chunk[:8] + bytes([chunk[8] & ~0x0C]) + chunk[9:]
        if kind not in _WEBP_DROPPED:
            yield chunk
        at += 8 + length + length % 2
