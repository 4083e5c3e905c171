"""Raster images: decoded with limits, rotated upright, converted to sRGB, scaled, stripped of metadata."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from generator.disk.names import on_disk
from generator.files.images.files import Made, Variant, scaled_widths, write_stored
from generator.files.images.moving import strip_moving
from generator.ground.text import digest

MAX_PIXELS = 64_000_000
# The EXIF tag for the camera's orientation; values 5 to 8 are rotated by a quarter turn.
_ORIENTATION = 0x0112
_FORMATS = {
    ".jpg": ("JPEG", "MPO"),
    ".jpeg": ("JPEG", "MPO"),
    ".png": ("PNG",),
    ".gif": ("GIF",),
    ".webp": ("WEBP",),
    ".avif": ("AVIF",),
}
_TYPES = {
    "AVIF": "image/avif",
    "WEBP": "image/webp",
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "GIF": "image/gif",
}
_SUFFIX = {"AVIF": ".avif", "WEBP": ".webp", "JPEG": ".jpg", "PNG": ".png", "GIF": ".gif"}
# In pixels. WebP stores width and height in 14 bits.
_MAX_SIDE = {"WEBP": 16_383, "AVIF": 65_536, "JPEG": 65_535, "PNG": 1_000_000}
_EXPORT = "export it again as JPEG, PNG or WebP"
# Files that are no images for the web, recognized by bytes at an offset: (bytes, offset, problem, hint).
_OTHER_FORMATS = (
    (b"version https://git-lfs", 0, "is a Git LFS pointer and not the image itself", "run `git lfs pull`"),
    (b"ftyphei", 4, "is an HEIC image, which browsers do not show", "export it as JPEG"),
    (b"ftypmif", 4, "is an HEIF image, which browsers do not show", "export it as JPEG"),
    (b"II*\x00", 0, "is a TIFF image, which browsers do not show", "export it as JPEG or PNG"),
    (b"MM\x00*", 0, "is a TIFF image, which browsers do not show", "export it as JPEG or PNG"),
    (b"BM", 0, "is a BMP image, which is needlessly large", "export it as PNG"),
    (b"%PDF", 0, "is a PDF and not an image", "export the page as PNG or SVG"),
    (b"<svg", 0, "is an SVG image under another name", "give its name the ending .svg"),
)


class Settings(NamedTuple):
    """How images are made: widths in pixels, and the configured quality, 1 to 100."""

    widths: tuple[int, ...]
    quality: int


class Setup(NamedTuple):
    """What every batch needs: the project's root, the folder that made files go to, the settings."""

    root: str
    store: str
    settings: Settings


class Order(NamedTuple):
    """One image to make: *key* names its files in the store, *digest* is the expected digest of the source's bytes."""

    key: str
    path: str
    digest: str


class _UnusableError(Exception):
    """Nothing can be made of an image: what is wrong, and the remedy."""

    def __init__(self, problem: str, hint: str) -> None:
        super().__init__(problem)
        self.made = Made(problem=problem, hint=hint)


def make_rasters(setup: Setup, orders: Sequence[Order]) -> list[tuple[str, Made]]:
    """Make each order's files in the store; returns (key, result) of each. Runs in workers, one image in memory at a
    time.
    """
    root, store, settings = setup
    made = []
    for order in orders:
        try:
            raw = Path(on_disk(f"{root}/{order.path}")).read_bytes()
            if digest(raw) != order.digest:
                raise _UnusableError("was changed while the site was built", "build again")
            made.append(
                (order.key, _make(raw, Path(order.path).suffix.lower(), order.key, Path(store), settings))
            )
        except _UnusableError as refusal:
            made.append((order.key, refusal.made))
    return made


def _make(raw: bytes, suffix: str, key: str, store: Path, settings: Settings) -> Made:
    try:
        with warnings.catch_warnings():
            # Pillow warns of large images, which are refused below, and of bad metadata, which is removed anyway.
            warnings.simplefilter("ignore")
            with _opened(io.BytesIO(raw), raw[:64], suffix) as image:
                if image.format != "MPO" and getattr(image, "is_animated", False):
                    return _moving(raw, image, key, store)
                return _still(image, key, store, settings)
    except _UnusableError:
        raise
    except Image.DecompressionBombError:
        raise _too_large(0, 0) from None
    except MemoryError:
        raise _UnusableError("does not fit into memory", "scale it down first") from None
    except Exception as error:
        # Pillow's decoders raise many kinds of exceptions for damaged files; they all mean the same to a writer.
        raise _UnusableError("is damaged or cut off", _EXPORT) from error


def look_at_raster(path: Path | str) -> Made:
    """An image's size, or what is wrong with it, as its first bytes tell; its pixels are not decoded."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - Pillow reads on from it
            head = file.read(64)
            file.seek(0)
            with warnings.catch_warnings(), _opened(file, head, Path(path).suffix.lower()) as image:
                warnings.simplefilter("ignore")
                return Made(*image.size)
    except _UnusableError as refusal:
        return refusal.made
    except OSError as error:
        return Made(problem=f"cannot be read ({error.strerror or error})", hint="check its permissions")
    except Image.DecompressionBombError:
        return _too_large(0, 0).made
    except Exception:  # as in _make
        return Made(problem="is damaged or cut off", hint=_EXPORT)


def _opened(file: BinaryIO, raw: bytes, suffix: str) -> Image.Image:
    """The image in *file*, which begins with *raw*."""
    if not raw:
        raise _UnusableError("is empty", _EXPORT)
    try:
        image = Image.open(file, formats=("JPEG", "PNG", "GIF", "WEBP", "AVIF"))
    except UnidentifiedImageError:
        for mark, at, problem, hint in _OTHER_FORMATS:
            if raw[at : at + len(mark)] == mark:
                raise _UnusableError(problem, hint) from None
        raise _UnusableError("is not an image that can be read", _EXPORT) from None
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise _too_large(width, height)
    if suffix in _FORMATS and image.format not in _FORMATS[suffix]:
        name = "JPEG" if image.format == "MPO" else str(image.format)
        raise _UnusableError(
            f"is a {name} image, though its name ends in {suffix}",
            f"give its name the ending {_SUFFIX[name]}",
        )
    return image


def _too_large(width: int, height: int) -> _UnusableError:
    size = f"{width:,} × {height:,} pixels" if width else "far too many pixels"
    return _UnusableError(
        f"has {size}; an image may have {MAX_PIXELS // 1_000_000} million",
        "scale it down to 4000 pixels a side first",
    )


def _moving(raw: bytes, image: Image.Image, key: str, store: Path) -> Made:
    kind = str(image.format)
    if kind == "AVIF":
        raise _UnusableError(
            "is an animated AVIF, whose metadata cannot be removed safely", "export it as an animated WebP"
        )
    frames = getattr(image, "n_frames", 1)
    if image.width * image.height * frames > 8 * MAX_PIXELS:
        raise _UnusableError(
            f"has {frames:,} frames of {image.width:,} × {image.height:,} pixels",
            "make it shorter or smaller",
        )
    image.seek(frames - 1)
    image.load()
    width, height = image.size
    content = strip_moving(raw, _SUFFIX[kind])
    name = f"{key}{_SUFFIX[kind]}"
    mark = write_stored(store, name, content)
    return Made(width, height, (Variant(name, _TYPES[kind], width, height, mark, len(content)),))


def _still(image: Image.Image, key: str, store: Path, settings: Settings) -> Made:
    kind = str(image.format)
    _draft(image, max(settings.widths))
    upright = _in_srgb(ImageOps.exif_transpose(image))
    fallback = (
        "JPEG" if kind in ("JPEG", "MPO") or (kind in ("WEBP", "AVIF") and upright.mode == "RGB") else "PNG"
    )
    widths = scaled_widths(upright.width, settings.widths)
    middle = widths[len(widths) // 2]
    by_kind: dict[str, list[Variant]] = {"AVIF": [], "WEBP": [], fallback: []}
    for width in reversed(widths):
        scaled = _scaled(upright, width)
        for format_, variants in by_kind.items():
            if (format_ == fallback and width != middle) or max(scaled.size) > _MAX_SIDE[format_]:
                continue
            variants.insert(0, _variant(scaled, format_, key, store, settings))
    if sum(v.length for v in by_kind["AVIF"]) >= sum(v.length for v in by_kind["WEBP"]) > 0:
        # Browsers take the first format that they know, so AVIF is dropped where it is not smaller than WebP.
        for variant in by_kind.pop("AVIF"):
            (store / variant.name).unlink(missing_ok=True)
    found = tuple(variant for variants in by_kind.values() for variant in variants)
    height = max(1, round(upright.height * widths[-1] / upright.width))
    return Made(widths[-1], height, found, len(found) - 1)


def _draft(image: Image.Image, widest: int) -> None:
    """Let the JPEG decoder scale down by 2, 4 or 8 where enough pixels remain; this saves time and memory."""
    if image.format not in ("JPEG", "MPO"):
        return
    rotated = image.getexif().get(_ORIENTATION, 1) >= 5
    scale = 1.5 * widest / (image.height if rotated else image.width)
    if scale < 1:
        image.draft(None, (math.ceil(image.width * scale), math.ceil(image.height * scale)))


def _scaled(image: Image.Image, width: int) -> Image.Image:
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _variant(image: Image.Image, format_: str, key: str, store: Path, settings: Settings) -> Variant:
    quality = settings.quality
    # One thread, because libaom's output depends on the number of threads.
    options: dict[str, dict[str, Any]] = {
        "AVIF": {"quality": max(1, quality - 20), "speed": 8, "max_threads": 1},
        "WEBP": {"quality": min(100, quality + 10), "method": 4},
        "JPEG": {"quality": min(95, quality + 14), "progressive": True, "optimize": True},
        "PNG": {"compress_level": 8},
    }
    file = io.BytesIO()
    image.save(file, format_, **options[format_])
    content = file.getvalue()
    name = f"{key}-{image.width}{_SUFFIX[format_]}"
    mark = write_stored(store, name, content)
    return Variant(name, _TYPES[format_], image.width, image.height, mark, len(content))


def _in_srgb(image: Image.Image) -> Image.Image:
    """*image* as RGB or RGBA in sRGB, with an empty ``info``, so that no metadata is saved."""
    profile = image.info.get("icc_profile")
    has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    if image.mode.startswith(("I", "F")):
        image = image.convert("F").point(lambda value: value / 257).convert("L")
    if image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        image = image.convert("RGBA" if has_alpha else "RGB")
    elif "transparency" in image.info and image.mode in ("RGB", "L"):
        image = image.convert("RGBA")
    if profile:
        image = _converted(image, profile)
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    if image.mode not in ("RGB", "RGBA"):
        image = image.convert("RGB")
    clean = image.copy()
    clean.info = {}
    return clean


def _converted(image: Image.Image, icc: bytes) -> Image.Image:
    spaces = {"RGB": "RGB ", "RGBA": "RGB ", "L": "GRAY", "CMYK": "CMYK"}
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        if profile.profile.xcolor_space != spaces[image.mode] or "sRGB" in str(
            profile.profile.profile_description
        ):
            return image
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, profile, target, outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        # A broken profile is ignored: an image without a profile is taken as sRGB.
        return image
