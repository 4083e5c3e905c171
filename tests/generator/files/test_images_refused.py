"""Images that cannot be shown: each is refused with the line that uses it, what is wrong, and the remedy."""
# One case a line reads better than one that is cut.

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from tests.generator.files.test_images import site_with
from tests.generator.pictures import animation, encoded, photograph, picture

PLACE = "content/migraine/a.md:6:1: the image content/migraine/"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'


def refusal(tmp_path: Path, name: str, raw: bytes) -> str:
    (error,) = site_with(tmp_path, name, raw).fails()
    assert error.startswith(PLACE), error
    return error.removeprefix(f"{PLACE}{name} ")


def giant_png(width: int, height: int) -> bytes:
    """A PNG that claims a size in a few bytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("p.jpg", b"", "is empty | export it again as JPEG, PNG or WebP"),
        ("p.jpg", b"no image at all", "is not an image that can be read | export it again as JPEG, PNG or WebP"),
        ("p.jpg", b"version https://git-lfs.github.com/spec/v1\n", "is a Git LFS pointer and not the image itself | run `git lfs pull`"),
        ("p.jpg", b"\0\0\0\x18ftypheic\0\0\0\0", "is an HEIC image, which browsers do not show | export it as JPEG"),
        ("p.jpg", encoded(picture(), "PNG"), "is a PNG image, though its name ends in .jpg | give its name the ending .png"),
        ("p.png", photograph(), "is a JPEG image, though its name ends in .png | give its name the ending .jpg"),
        ("p.jpg", photograph()[:3000], "is damaged or cut off | export it again as JPEG, PNG or WebP"),
        ("p.png", encoded(picture(), "PNG")[:900], "is damaged or cut off | export it again as JPEG, PNG or WebP"),
        ("p.gif", animation("GIF")[:-40], "is damaged or cut off | export it again as JPEG, PNG or WebP"),
        ("p.webp", encoded(picture(), "WEBP")[:300], "is damaged or cut off | export it again as JPEG, PNG or WebP"),
        ("p.png", giant_png(9000, 9000), "has 9,000 × 9,000 pixels; an image may have 64 million | scale it down to 4000 pixels a side first"),
        ("p.png", giant_png(60_000, 60_000), "has far too many pixels; an image may have 64 million | scale it down to 4000 pixels a side first"),
        ("p.svg", b"", "is empty | export the image again"),
        ("p.svg", b"<svg", "is not an SVG image that can be read (line 1) | export it again as SVG or PNG"),
        ("p.svg", encoded(picture((20, 20)), "PNG"), "is not an SVG image that can be read (line 1) | export it again as SVG or PNG"),
        ("p.tiff", b"II*\0", "is of a kind that browsers do not show | export it as JPEG, PNG, WebP or SVG"),
    ],
)  # fmt: skip
def test_unusable_image_is_named_with_its_article_and_a_remedy(
    tmp_path: Path, name: str, raw: bytes, words: str
) -> None:
    assert refusal(tmp_path, name, raw) == words


def test_file_of_too_many_bytes_is_not_even_read(tmp_path: Path) -> None:
    site = site_with(tmp_path, "p.png", b"")
    with (site.root / "content/migraine/p.png").open("wb") as file:
        file.truncate(50_000_000)
    (error,) = site.fails()
    assert error == f"{PLACE}p.png has 50 MB, an image may have 40 MB | scale it down first"


def test_refused_image_leaves_the_earlier_site_as_it_was(tmp_path: Path) -> None:
    site = site_with(tmp_path, "p.png", encoded(picture((40, 40)), "PNG"))
    site.build()
    before = site.outputs()
    site.put("content/migraine/p.png", b"")
    site.fails()
    assert site.outputs() == before


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<script>alert(1)</script>", "holds a <script> element"),
        ("<foreignObject/>", "holds a <foreignObject> element"),
        ('<i xmlns="http://www.w3.org/1999/xhtml"/>', "holds a <i> element"),
        ('<g onclick="x()"/>', "holds a script in onclick="),
        ('<a href="javascript:alert(1)"><g/></a>', "refers to something outside of itself (href=)"),
        ('<a href="&#106;avascript:alert(1)"><g/></a>', "refers to something outside of itself (href=)"),
        ('<a xlink:href="https://other.example/"><g/></a>', "refers to something outside of itself (href=)"),
        ('<image href="//other.example/p.png"/>', "refers to something outside of itself (href=)"),
        ('<image href="data:image/svg+xml,x"/>', "refers to something outside of itself (href=)"),
        ('<use href="other.svg#g"/>', "refers to something outside of itself (href=)"),
        ('<animate attributeName="xlink:href" to="javascript:x()"/>', "changes an address or a script by <animate>"),
        ('<set attributeName="onclick" to="x()"/>', "changes an address or a script by <set>"),
        ("<style>@import 'x.css';</style>", "has styles with @import"),
        ("<style>@\\69mport 'x.css';</style>", "has styles with @import"),
        ("<style>g{fill:u/**/rl(https://other.example/)}</style>", "has styles that refer to something outside of the file"),
        ("<style><![CDATA[g{fill:url(//other.example/)}]]></style>", "has styles that refer to something outside of the file"),
        ('<g style="fill:url(https://other.example/)"/>', "has styles that refer to something outside of the file"),
        ('<g fill="url(https://other.example/x#y)"/>', "has styles that refer to something outside of the file"),
        ("<?xml-stylesheet href='x.css'?>", "holds a processing instruction <?xml-stylesheet?>"),
    ],
)  # fmt: skip
def test_drawing_that_runs_or_loads_something_is_refused(tmp_path: Path, inside: str, words: str) -> None:
    reason = refusal(tmp_path, "p.svg", SVG.format(inside).encode())
    assert reason == f"{words} | export it as a plain SVG, without scripts, links and linked files"


@pytest.mark.parametrize(
    "head",
    ['<!DOCTYPE svg [<!ENTITY x "y">]>', '<!DOCTYPE svg [<!ATTLIST svg onload CDATA "x()">]>'],
)
def test_drawing_with_declarations_of_its_own_is_refused(tmp_path: Path, head: str) -> None:
    assert refusal(tmp_path, "p.svg", (head + SVG.format("")).encode()).startswith(
        "has a document type with declarations"
    )


def test_drawing_that_browsers_would_not_show_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, "p.svg", b'<svg width="9" height="9"/>').startswith(
        'has no xmlns="http://www.w3.org/2000/svg"'
    )


def test_plain_drawing_is_published_as_it_is(tmp_path: Path) -> None:
    inside = '<defs><linearGradient id="g"/></defs><style>.a{fill:url(#g)}</style><use href="#g"/><g style="fill:url( \'#g\' )"/>'
    head = '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    raw = (head + SVG.format(inside)).encode()
    site = site_with(tmp_path, "p.svg", raw)
    site.build()
    assert raw in [content for path, content in site.outputs().items() if path.startswith("assets/images/p.")]
    assert 'width="9" height="9"' in site.text("migraine/a/index.html")
