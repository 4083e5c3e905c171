"""Pictures lose what they tell of their taking, and show what they showed."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops, ImageOps, PngImagePlugin

from generator.importing.photographs import without_traces
from tests.generator.pictures import SECRET, photograph


def with_texts() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", SECRET)
    info.add_itxt("Place", SECRET)
    file = io.BytesIO()
    Image.new("RGB", (20, 10), "red").save(file, "PNG", pnginfo=info)
    return file.getvalue()


def shown(raw: bytes) -> Image.Image:
    return ImageOps.exif_transpose(Image.open(io.BytesIO(raw))).convert("RGB")


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.jpg", photograph((60, 40))),
        ("a.JPEG", photograph((60, 40), orientation=6)),
        ("a.webp", photograph((60, 40), format_="WEBP")),
        ("a.png", with_texts()),
    ],
)
def test_no_trace_is_left_and_the_picture_is_the_same(name: str, raw: bytes) -> None:
    assert SECRET.encode() in raw
    clean = without_traces(name, raw)
    assert SECRET.encode() not in clean
    assert 0x8825 not in Image.open(io.BytesIO(clean)).getexif()
    assert ImageChops.difference(shown(raw), shown(clean)).getbbox() is None


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\xff", b"\x89PNG\r\n\x1a\n\x00", b"RIFF", b"text"]
)
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.pdf"])
def test_what_is_no_picture_stays(name: str, raw: bytes) -> None:
    assert without_traces(name, raw).startswith(raw[:8])
