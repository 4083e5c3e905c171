"""Images beside articles: found, measured, made safe, given fingerprinted names."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from generator.cache import Cache, Seen, clock_ns, decode_cached
from generator.errors import Problem
from generator.model import Struct
from generator.read import Source
from generator.text import digest, fingerprinted

SUFFIXES = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
MAX_IMAGE_BYTES = 40_000_000
_SVG_UNSAFE = re.compile(rb"<\s*(?:script|foreignObject|iframe)|\son\w+\s*=|(?:href|src)\s*=\s*[\"'](?!#|data:image/)", re.I)
_SVG_SIZE = re.compile(rb"<svg\b[^>]*>", re.I | re.S)
_NUMBER = re.compile(rb"^\s*([0-9.]+)(?:px)?\s*$")


class ImageFile(Struct):
    """An image that pages show: its size in pixels (0 unknown) and where it lies below each site root."""

    source_path: str
    output_path: str
    digest: str
    width: int
    height: int


class _Measured(Struct):
    width: int
    height: int
    problem: str = ""
    hint: str = ""


def read_images(
    root: Path, wanted: Iterable[str], others: Mapping[str, Source], cache: Cache
) -> tuple[dict[str, ImageFile], list[Problem]]:
    """The images among *wanted* source paths that exist; what is wrong with any of them."""
    known = cache.seen_sources()
    images: dict[str, ImageFile] = {}
    problems: list[Problem] = []
    changed: dict[str, Seen] = {}
    measured: list[tuple[str, bytes]] = []
    for path in sorted(set(wanted)):
        source = others.get(path)
        if source is None:
            continue
        if source.stamp.size > MAX_IMAGE_BYTES:
            message = f"has {source.stamp.size / 1e6:.0f} MB, an image may have {MAX_IMAGE_BYTES / 1e6:.0f} MB"
            problems.append(Problem(message, source_path=path, hint="scale it down first"))
            continue
        seen = known.get(path)
        raw: bytes | None = None
        if seen is None or not seen.holds_for(source.stamp):
            looked = clock_ns()
            try:
                raw = (root / path).read_bytes()
            except OSError as error:
                problems.append(Problem(f"cannot be read ({error.strerror})", source_path=path))
                continue
            seen = changed[path] = Seen(source.stamp, looked, digest(raw))
        key = f"size {seen.digest}"
        payload = cache.get("images", [key]).get(key)
        if payload is None:
            raw = raw if raw is not None else (root / path).read_bytes()
            size = _measure(raw, path)
            measured.append((key, msgspec.msgpack.encode(size)))
        else:
            size = decode_cached(payload, _Measured)
        if size.problem:
            problems.append(Problem(size.problem, source_path=path, hint=size.hint))
            continue
        name = fingerprinted(path, seen.digest)
        images[path] = ImageFile(path, f"assets/images/{name}", seen.digest, size.width, size.height)
    if changed:
        cache.replace_sources(changed, ())
    if measured:
        cache.put("images", measured)
    return images, problems


def _measure(raw: bytes, path: str) -> _Measured:
    if path.lower().endswith(".svg"):
        return _measure_svg(raw)
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - heavy; only where images are new

    try:
        with Image.open(io.BytesIO(raw)) as image:
            width, height = image.size
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return _Measured(0, 0, "is not an image that can be read", "export it again as PNG, JPEG or SVG")
    return _Measured(width, height)


def _measure_svg(raw: bytes) -> _Measured:
    opening = _SVG_SIZE.search(raw)
    if opening is None:
        return _Measured(0, 0, "is not an SVG image", "export it again as SVG or PNG")
    if _SVG_UNSAFE.search(raw):
        hint = "export it as a plain SVG, without scripts and links"
        return _Measured(0, 0, "holds a script or refers to something outside of itself", hint)
    attributes = dict(re.findall(rb"([\w:-]+)\s*=\s*[\"']([^\"']*)[\"']", opening[0]))
    width, height = (_NUMBER.match(attributes.get(name, b"")) for name in (b"width", b"height"))
    if width and height:
        return _Measured(round(float(width[1])), round(float(height[1])))
    box = attributes.get(b"viewBox", b"").replace(b",", b" ").split()
    try:
        return _Measured(round(float(box[2])), round(float(box[3])))
    except (IndexError, ValueError):
        return _Measured(0, 0)
