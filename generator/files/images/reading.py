"""The images that pages use, and the files made of each: from the cache where possible, else made by workers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import astuple

from generator.content.config import Images
from generator.content.file_bytes import look_at
from generator.disk.cache import Cache, decode_cached
from generator.disk.content_tree import Source
from generator.disk.names import on_disk
from generator.disk.stamps import Seen
from generator.disk.version import installed_version
from generator.files.images.files import (
    SUFFIXES,
    ImageCopy,
    ImageFile,
    ImageSet,
    Made,
    SizedFile,
    Use,
    Variant,
    WantedImage,
)
from generator.files.images.svg import make_svg
from generator.ground.errors import Problem
from generator.ground.project import STATE_DIR
from generator.ground.text import digest, fingerprinted
from generator.processes.workers import Stage, Workers

MAX_IMAGE_BYTES = 40_000_000
STORE = f"{STATE_DIR}/images"
_TABLE = "images"
# Change it whenever the same image is made into different files: it is part of every key.
_RECIPE = "1"
_MOST_UNUSED_FILES = 400


class _Source(NamedTuple):
    """An image that exists: where it is first used, the digest of its bytes, the key of its files."""

    path: str
    use: Use
    digest: str
    key: str


class _Problem(NamedTuple):
    message: str
    hint: str


def read_images(
    root: Path,
    wanted: Iterable[WantedImage],
    others: Mapping[str, Source],
    settings: Images,
    cache: Cache,
    workers: Workers,
    only_look: bool = False,
) -> tuple[dict[str, ImageFile], list[Problem]]:
    """The *wanted* images that exist among *others*, by source path; and their problems, at the place of use.

    With *only_look* nothing is made of those that no build has made: only the beginning of their files is read.
    """
    sources, problems = _find_sources(root, wanted, others, _salt(settings), cache, only_look)
    made = _made_before(root, sources, cache)
    if only_look:
        images, found = _as_files(sources, made | _looked_at(root, sources, made))
        return images, [*problems, *found]
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
    images, found = _as_files(sources, made)
    return images, [*problems, *found]


def _as_files(
    sources: Iterable[_Source], made: Mapping[str, Made]
) -> tuple[dict[str, ImageFile], list[Problem]]:
    images: dict[str, ImageFile] = {}
    problems: list[Problem] = []
    for source in sources:
        result = made[source.key]
        if result.problem:
            problems.append(_at_use(source.path, source.use, _Problem(result.problem, result.hint)))
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
    sets: dict[str, list[SizedFile]] = {}
    for number, variant in enumerate(made.variants):
        if number != made.fallback:
            sets.setdefault(variant.type, []).append(SizedFile(names[variant.name], variant.width))
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


def _looked_at(root: Path, sources: Iterable[_Source], made: Mapping[str, Made]) -> dict[str, Made]:
    """What the beginning of each file says that is not *made*."""
    unknown = [source for source in sources if source.key not in made]
    if not unknown:
        return {}
    # Imported when there is a picture to look at: Pillow takes longer to load than many a check needs for its pages.
    from generator.files.images.raster import look_at_raster

    return {
        source.key: _read_svg(root, source)
        if _is_svg(source.path)
        else look_at_raster(on_disk(f"{root}/{source.path}"))
        for source in unknown
    }


def _find_sources(
    root: Path,
    wanted: Iterable[WantedImage],
    others: Mapping[str, Source],
    salt: str,
    cache: Cache,
    only_look: bool,
) -> tuple[list[_Source], list[Problem]]:
    """Every wanted image that exists, once, in order of path; and the problems of those that cannot be used."""
    known = cache.seen_sources()
    changed: dict[str, Seen] = {}
    found: list[_Source] = []
    problems: list[Problem] = []
    for path, use in sorted(_first_uses(wanted).items(), key=lambda item: item[0]):
        source = others.get(path)
        if source is None:
            continue
        seen = _digested(root, source, known.get(path), only_look)
        if isinstance(seen, _Problem):
            problems.append(_at_use(path, use, seen))
            continue
        if seen is not known.get(path) and not only_look:
            changed[path] = seen
        found.append(_Source(path, use, seen.digest, _key(path, seen.digest, salt)))
    if changed:
        cache.replace_sources(changed, ())
    return found, problems


def _first_uses(wanted: Iterable[WantedImage]) -> dict[str, Use]:
    """The first use of each path, in order of document, line and column."""
    uses: dict[str, Use] = {}
    for path, use in wanted:
        uses[path] = min(uses.get(path, use), use, key=lambda u: (u.source_path, u.line, u.column))
    return uses


def _digested(root: Path, source: Source, known: Seen | None, only_look: bool) -> Seen | _Problem:
    """An image file with the digest of its bytes (of its stamp, if nobody needs more), or why it cannot be used."""
    if not source.path.lower().endswith(SUFFIXES):
        return _Problem("is of a kind that browsers do not show", "export it as JPEG, PNG, WebP or SVG")
    size = source.stamp.size
    if size > MAX_IMAGE_BYTES:
        message = f"has {size / 1e6:.0f} MB, an image may have {MAX_IMAGE_BYTES / 1e6:.0f} MB"
        return _Problem(message, "scale it down first")
    if only_look and not (known is not None and known.holds_for(source.stamp)):
        return Seen(source.stamp, 0, digest(source.path, *map(str, astuple(source.stamp))))
    try:
        return look_at(root, source, known)
    except OSError as error:
        return _Problem(f"cannot be read ({error.strerror})", "check its permissions")


def _salt(settings: Images) -> str:
    """The digest of everything that changes an image's files except the image itself."""
    return digest(_RECIPE, installed_version("pillow"), msgspec.msgpack.encode(settings))


def _key(path: str, content: str, salt: str) -> str:
    """The key of an image's files: its bytes, the salt, and its suffix, since a wrong one is a problem."""
    return digest(content, salt, path.rpartition(".")[2].lower())


def _made_before(root: Path, sources: Iterable[_Source], cache: Cache) -> dict[str, Made]:
    """Results of earlier builds by key, where all of their files are still in the store."""
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
    # Imported here, because Pillow is slow to load.
    from generator.files.images.raster import Order, Settings, Setup, make_rasters

    (root / STORE).mkdir(parents=True, exist_ok=True)
    orders = [Order(source.key, source.path, source.digest) for source in missing.values()]
    setup = Setup(str(root), str(root / STORE), Settings(settings.widths, settings.quality))
    made: dict[str, Made] = {}
    for batch in workers.map(make_rasters, setup, orders, len(orders), Stage("images", 1, worth=2)):
        made.update(batch)
    return made


def _prune(root: Path, live: set[str]) -> None:
    """Remove files that this build does not use, once there are many of them."""
    unused = [path for path in (root / STORE).glob("*") if path.name[:32] not in live]
    if len(unused) > len(live) * 8 + _MOST_UNUSED_FILES:
        for path in unused:
            path.unlink(missing_ok=True)


def _read_svg(root: Path, source: _Source) -> Made:
    return make_svg(Path(on_disk(f"{root}/{source.path}")).read_bytes())


def _is_svg(path: str) -> bool:
    return path.lower().endswith(".svg")


def _at_use(path: str, use: Use, problem: _Problem) -> Problem:
    """The problem at the place where the image is used, so that an editor opens that line; the text names the image."""
    message = f"the image {path} {problem.message}"
    return Problem(message, use.line, use.column, problem.hint, use.source_path, rule="images")
