"""Makes an index's bytes depend on its content alone: Pagefind leaves filters and languages in random order.

What is sorted: the values of a filter, the filters in a language's list, and the languages in the entry. Their
files are then named after their content. The format is Pagefind's: gzip around CBOR (RFC 8949).
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_MARK = b"pagefind_dcd"
_ENTRY = "pagefind-entry.json"
# Interfaces of Pagefind's own, for which this site has one that is a hundredth of their weight.
_UNUSED = ("pagefind-*ui.css", "pagefind-*ui.js", "pagefind-highlight.js")


def canonicalize(folder: Path) -> None:
    """Bring the index in *folder* into its one form; raises ValueError where it is not as known here."""
    for pattern in _UNUSED:
        for path in folder.glob(pattern):
            path.unlink()
    entry_path = folder / _ENTRY
    entry = json.loads(entry_path.read_bytes())
    try:
        for language, about in sorted(entry["languages"].items()):
            about["hash"] = _settle_language(folder, language, about["hash"])
    except (IndexError, KeyError, TypeError, OSError) as error:
        raise ValueError("an index of a form that is not known") from error
    entry["languages"] = dict(sorted(entry["languages"].items()))
    entry_path.write_bytes(json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode())


def _settle_language(folder: Path, language: str, name: str) -> str:
    path = folder / f"pagefind.{name}.pf_meta"
    meta = _read(path)
    filters = meta[3]
    for listed in filters:
        listed[1] = _settle_filter(folder, language, listed[1])
    filters.sort(key=lambda listed: listed[0])
    return _write_named(path, folder, f"pagefind.{language}_", ".pf_meta", meta, 10)


def _settle_filter(folder: Path, language: str, name: str) -> str:
    path = folder / "filter" / f"{name}.pf_filter"
    content = _read(path)
    content[1].sort(key=lambda value: value[0])
    return _write_named(path, folder / "filter", f"{language}_", ".pf_filter", content, 7)


def _write_named(old: Path, folder: Path, prefix: str, suffix: str, content: Any, digits: int) -> str:
    raw = _MARK + b"".join(encode_cbor(content))
    mark = hashlib.blake2b(raw, digest_size=16).hexdigest()[:digits]
    old.unlink()
    (folder / f"{prefix}{mark}{suffix}").write_bytes(gzip.compress(raw, 9, mtime=0))
    return f"{prefix.removeprefix('pagefind.')}{mark}"


def _read(path: Path) -> Any:
    raw = gzip.decompress(path.read_bytes())
    if not raw.startswith(_MARK):
        raise ValueError(f"{path.name} is of a form that is not known")
    value, end = decode_cbor(raw, len(_MARK))
    if end != len(raw):
        raise ValueError(f"{path.name} has more in it than is known")
    return value


def decode_cbor(raw: bytes, at: int) -> tuple[Any, int]:
    """The value at *at* and where it ends: whole numbers, texts and lists are all that these files hold."""
    kind, size = raw[at] >> 5, raw[at] & 31
    at += 1
    if size > 27 or kind not in (0, 3, 4):
        raise ValueError("a kind of value that is not known")
    if size > 23:
        width = 1 << (size - 24)
        size = int.from_bytes(raw[at : at + width])
        at += width
    if kind == 0:
        return size, at
    if kind == 3:
        return raw[at : at + size].decode(), at + size
    items = []
    for _ in range(size):
        item, at = decode_cbor(raw, at)
        items.append(item)
    return items, at


def encode_cbor(value: Any) -> Iterator[bytes]:
    """The bytes of what :func:`decode_cbor` reads, each length in its shortest form."""
    if isinstance(value, int):
        yield _head(0, value)
    elif isinstance(value, str):
        raw = value.encode()
        yield _head(3, len(raw)) + raw
    else:
        yield _head(4, len(value))
        for item in value:
            yield from encode_cbor(item)


def _head(kind: int, size: int) -> bytes:
    if size < 24:
        return bytes((kind << 5 | size,))
    for code, width in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if size < 1 << (8 * width):
            return bytes((kind << 5 | code,)) + size.to_bytes(width)
    raise ValueError(f"{size} is too large")
