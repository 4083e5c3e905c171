"""Which images pages use, and what was made of each: from the cache where known, else by workers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.cache import Cache, decode_cached
from generator.config import Images
from generator.errors import Problem
from generator.images.files import SUFFIXES, ImageCopy, ImageFile, ImageSet, Made, Use, Variant
from generator.images.svg import make_svg
from generator.project import STATE_DIR
from generator.read import look_at
from generator.software import installed_version
from generator.stamps import Seen
from generator.text import digest, fingerprinted
from generator.tree import Source
from generator.workers import Workers

MAX_IMAGE_BYTES = 40_000_000
STORE = f"{STATE_DIR}/images"
_TABLE = "images"
# Changes whenever the same image would become other files.
_RECIPE = "1"
_SPARE = 400


class _Source(NamedTuple):
    path: str
    use: Use
    digest: str
    key: str


def read_images(
    root: Path,
    wanted: Iterable[tuple[str, Use]],
    others: Mapping[str, Source],
    settings: Images,
    cache: Cache,
    workers: Workers,
) -> tuple[dict[str, ImageFile], list[Problem]]:
    """The images among *wanted* source paths that exist, by path; and what is wrong with any, where it is used."""
    problems: list[Problem] = []
    sources = _known_sources(root, wanted, others, settings, cache, problems)
    made = _made_before(root, sources, cache)
    missing = {source.key: source for source in sources if source.key not in made}
    fresh = {key: _read_svg(root, source) for key, source in missing.items() if _is_svg(source.path)}
    fresh.update(_make(root, {k: s for k, s in missing.items() if k not in fresh}, settings, workers))
    if fresh:
        cache.put(
            _TABLE,
            ((key, msgspec.msgpack.encode(value)) for key, value in fresh.items() if not value.problem),
        )
        _prune(root, made.keys() | fresh.keys())
    made.update(fresh)
    images: dict[str, ImageFile] = {}
    for source in sources:
        result = made[source.key]
        if result.problem:
            problems.append(_problem(source.path, source.use, result.problem, result.hint))
        else:
            images[source.path] = image_file(source.path, source.digest, source.key, result)
    return images, problems


def image_file(path: str, source_digest: str, key: str, made: Made) -> ImageFile:
    """The published names of an image's files: readable, with a fingerprint of content and settings."""
    if not made.variants:
        output_path = f"assets/images/{fingerprinted(path, source_digest)}"
        copies = (ImageCopy(output_path, path, source_digest),)
        return ImageFile(path, output_path, output_path, source_digest, made.width, made.height, copies)
    names = {variant.name: _published(path, key, variant) for variant in made.variants}
    sets: dict[str, list[tuple[str, int]]] = {}
    for number, variant in enumerate(made.variants):
        if number != made.fallback:
            sets.setdefault(variant.type, []).append((names[variant.name], variant.width))
    fallback = names[made.variants[made.fallback].name]
    widest = sets["image/webp"][-1][0] if "image/webp" in sets else fallback
    return ImageFile(
        source_path=path,
        output_path=fallback,
        widest_path=widest,
        digest=source_digest,
        width=made.width,
        height=made.height,
        copies=tuple(ImageCopy(names[v.name], f"{STORE}/{v.name}", v.digest) for v in made.variants),
        sets=tuple(ImageSet(type_, tuple(files)) for type_, files in sets.items()),
    )


def _published(path: str, key: str, variant: Variant) -> str:
    stem = fingerprinted(path, key).rpartition(".")[0]
    rest = variant.name[len(key) :]
    return f"assets/images/{stem}{rest}"


def _known_sources(
    root: Path,
    wanted: Iterable[tuple[str, Use]],
    others: Mapping[str, Source],
    settings: Images,
    cache: Cache,
    problems: list[Problem],
) -> list[_Source]:
    """Every image that is there, once, with the digest of its bytes and the key of what is made of it."""
    known = cache.seen_sources()
    changed: dict[str, Seen] = {}
    salt = digest(_RECIPE, installed_version("pillow"), msgspec.msgpack.encode(settings))
    found: list[_Source] = []
    uses: dict[str, Use] = {}
    for path, use in wanted:
        uses[path] = min(uses.get(path, use), use, key=lambda u: (u.source_path, u.line, u.column))
    for path in sorted(uses):
        source = others.get(path)
        if source is None:
            continue
        if not path.lower().endswith(SUFFIXES):
            hint = "export it as JPEG, PNG, WebP or SVG"
            problems.append(_problem(path, uses[path], "is of a kind that browsers do not show", hint))
            continue
        if source.stamp.size > MAX_IMAGE_BYTES:
            message = (
                f"has {source.stamp.size / 1e6:.0f} MB, an image may have {MAX_IMAGE_BYTES / 1e6:.0f} MB"
            )
            problems.append(_problem(path, uses[path], message, "scale it down first"))
            continue
        try:
            seen = look_at(root, source, known.get(path))
        except OSError as error:
            message = f"cannot be read ({error.strerror})"
            problems.append(_problem(path, uses[path], message, "check its permissions"))
            continue
        if seen is not known.get(path):
            changed[path] = seen
        found.append(_Source(path, uses[path], seen.digest, _key(path, seen.digest, salt)))
    if changed:
        cache.replace_sources(changed, ())
    return found


def _key(path: str, content: str, salt: str) -> str:
    """What is made of an image depends on its bytes, on how images are made, and on what its name promises."""
    return digest(content, salt, path.rpartition(".")[2].lower())


def _made_before(root: Path, sources: Iterable[_Source], cache: Cache) -> dict[str, Made]:
    """What an earlier build made, where all of its files are still in the store."""
    payloads = cache.get(_TABLE, list({source.key for source in sources}))
    made = {key: decode_cached(payload, Made) for key, payload in payloads.items()}
    if not any(value.variants for value in made.values()):
        return made
    stored = {path.name: path.stat().st_size for path in (root / STORE).glob("*")}
    return {
        key: value
        for key, value in made.items()
        if all(stored.get(v.name) == v.length for v in value.variants)
    }


def _make(root: Path, missing: Mapping[str, _Source], settings: Images, workers: Workers) -> dict[str, Made]:
    if not missing:
        return {}
    # Pillow is slow to load: only where there is something to make.
    from generator.images.raster import Order, Settings, make_rasters

    (root / STORE).mkdir(parents=True, exist_ok=True)
    orders = [Order(source.key, source.path, source.digest) for source in missing.values()]
    setup = (str(root), str(root / STORE), Settings(settings.widths, settings.quality))
    made: dict[str, Made] = {}
    for batch in workers.map(make_rasters, setup, orders, 1, len(orders), worth=2, stage="images"):
        made.update(batch)
    return made


def _prune(root: Path, live: set[str]) -> None:
    """Remove files that no build needed lately, once there are many of them."""
    files = [path for path in (root / STORE).glob("*") if path.name[:32] not in live]
    if len(files) > len(live) * 8 + _SPARE:
        for path in files:
            path.unlink(missing_ok=True)


def _read_svg(root: Path, source: _Source) -> Made:
    return make_svg((root / source.path).read_bytes())


def _is_svg(path: str) -> bool:
    return path.lower().endswith(".svg")


def _problem(path: str, use: Use, message: str, hint: str) -> Problem:
    """Said where the image is used, so that an editor opens the line; the words name the image itself."""
    return Problem(f"the image {path} {message}", use.line, use.column, hint, use.source_path, rule="images")
