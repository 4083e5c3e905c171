"""Small images for tests: photographs with and without secrets, animations, damaged files."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

SECRET = "Secret Street 5"


def picture(size: tuple[int, int] = (700, 500), mode: str = "RGB") -> Image.Image:
    """A picture whose left half is red and whose right half is blue, with a white dot at the top left."""
    image = Image.new(mode, size, (200, 30, 30) if mode == "RGB" else (200, 30, 30, 128))
    draw = ImageDraw.Draw(image)
    draw.rectangle((size[0] // 2, 0, *size), fill=(30, 30, 200))
    draw.ellipse((0, 0, size[0] // 8, size[0] // 8), fill=(255, 255, 255))
    return image


def landscape(size: tuple[int, int]) -> Image.Image:
    """Soft colours that flow into each other, as photographs have them."""
    rising = Image.linear_gradient("L").resize(size)
    falling = Image.radial_gradient("L").resize(size)
    hills = rising.rotate(120).filter(ImageFilter.GaussianBlur(9))
    return Image.merge("RGB", (rising, falling, hills))


def encoded(image: Image.Image, format_: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, format_, **options)
    return file.getvalue()


def photograph(size: tuple[int, int] = (700, 500), orientation: int = 1, format_: str = "JPEG") -> bytes:
    """A photograph that tells where it was taken, by whom, and how the camera was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = SECRET
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 29: SECRET})
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><d>{SECRET}</d></x:xmpmeta>'.encode()
    return encoded(picture(size), format_, exif=exif, xmp=xmp)


def animation(format_: str, size: tuple[int, int] = (40, 30)) -> bytes:
    first, second = picture(size), picture(size).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    extra: dict[str, Any] = {"comment": SECRET.encode()} if format_ == "GIF" else {"exif": photograph_exif()}
    return encoded(first, format_, save_all=True, append_images=[second], duration=100, loop=0, **extra)


def photograph_exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x013B] = SECRET
    return exif


def opened(raw: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(raw))
    image.load()
    return image
