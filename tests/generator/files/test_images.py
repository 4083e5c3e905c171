"""Images: what is made of them, what they no longer tell, when they are made again, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from tests.generator.pictures import SECRET, animation, encoded, landscape, opened, photograph, picture
from tests.sites import TinySite

FEW = "== gatherwell.yaml\ntitle: Test\nsearch: false\ncards: 'off'\nimages: {widths: [120, 240, 480], quality: 50}\n"


def site_with(tmp_path: Path, name: str, raw: bytes, config: str = FEW) -> TinySite:
    site = TinySite(tmp_path / "project", config)
    site.put(f"content/migraine/{name}", raw)
    site.article("migraine/a.md", f"Some words.\n\n![What it shows]({name})")
    return site


def made(site: TinySite) -> dict[str, bytes]:
    """The published images, their fingerprints left out of the names."""
    images = {path: raw for path, raw in site.outputs().items() if path.startswith("assets/images/")}
    return {re.sub(r"\.[0-9a-f]{8}", "", path.rpartition("/")[2]): raw for path, raw in images.items()}


def test_photograph_becomes_avif_webp_and_one_jpeg_of_middle_width(tmp_path: Path) -> None:
    site = site_with(tmp_path, "garden.jpg", encoded(landscape((700, 500)), "JPEG"))
    site.build()
    names = {"garden-120.avif", "garden-240.avif", "garden-480.avif", "garden-240.jpg"}
    assert set(made(site)) == names | {"garden-120.webp", "garden-240.webp", "garden-480.webp"}


def test_page_offers_every_width_and_reserves_the_space(tmp_path: Path) -> None:
    site = site_with(tmp_path, "garden.jpg", encoded(landscape((700, 500)), "JPEG"))
    site.build()
    page = re.sub(r"\.[0-9a-f]{8}", "", site.text("migraine/a/index.html"))
    assert (
        'type="image/avif" srcset="/assets/images/garden-120.avif 120w, /assets/images/garden-240.avif 240w'
        in page
    )
    assert (
        '<img src="/assets/images/garden-240.jpg" alt="What it shows" width="480" height="343" loading="lazy"'
        in page
    )


def test_format_that_would_be_heavier_is_left_out(tmp_path: Path) -> None:
    site = site_with(tmp_path, "flat.png", encoded(Image.new("RGB", (700, 500), "teal"), "PNG"))
    site.build()
    images = made(site)
    light = sum(len(raw) for name, raw in images.items() if name.endswith(".webp"))
    heavy = sum(len(raw) for name, raw in images.items() if name.endswith(".avif"))
    assert heavy < light


def test_small_image_is_never_scaled_up(tmp_path: Path) -> None:
    site = site_with(tmp_path, "dot.png", encoded(picture((200, 100)), "PNG"))
    site.build()
    assert max(opened(raw).width for raw in made(site).values()) == 200


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_published_images_tell_nothing_of_place_and_maker(tmp_path: Path, format_: str) -> None:
    raw = photograph(format_=format_)
    assert SECRET.encode() in raw
    site = site_with(tmp_path, f"p.{format_.lower()}", raw)
    site.build()
    for published in made(site).values():
        assert SECRET.encode() not in published
        assert not opened(published).getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & opened(published).info.keys()


@pytest.mark.parametrize("format_", ["GIF", "WEBP", "PNG"])
def test_animation_keeps_moving_without_its_metadata(tmp_path: Path, format_: str) -> None:
    raw = animation(format_)
    assert SECRET.encode() in raw
    site = site_with(tmp_path, f"wave.{format_.lower()}", raw)
    site.build()
    (published,) = made(site).values()
    assert SECRET.encode() not in published
    assert opened(published).n_frames == 2  # type: ignore[attr-defined]


def test_linked_image_is_published_without_metadata_too(tmp_path: Path) -> None:
    site = site_with(tmp_path, "p.jpg", photograph())
    site.article("migraine/a.md", "[The photograph](p.jpg)")
    site.build()
    assert made(site)
    assert all(SECRET.encode() not in raw for raw in made(site).values())


def test_camera_held_upright_gives_an_upright_image(tmp_path: Path) -> None:
    site = site_with(tmp_path, "p.jpg", photograph((700, 500), orientation=6))
    site.build()
    shown = opened(made(site)["p-240.jpg"])
    assert shown.size == (240, 336)
    assert shown.getpixel((120, 20))[0] > 150  # type: ignore[index]
    assert shown.getpixel((120, 320))[2] > 150  # type: ignore[index]


def test_large_photograph_is_scaled_to_the_exact_widths(tmp_path: Path) -> None:
    site = site_with(tmp_path, "p.jpg", photograph((2400, 3200)))
    site.build()
    assert opened(made(site)["p-480.webp"]).size == (480, 640)


def test_colour_profile_is_converted_to_srgb(tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    grey = encoded(picture(), "PNG", icc_profile=lab.tobytes())
    site = site_with(tmp_path, "p.png", grey)
    site.build()
    assert "icc_profile" not in opened(made(site)["p-240.png"]).info


@pytest.mark.parametrize(
    ("mode", "format_"),
    [("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("I;16", "PNG"), ("1", "PNG"), ("LA", "PNG")],
)
def test_every_colour_mode_is_understood(tmp_path: Path, mode: str, format_: str) -> None:
    image = Image.new("I;16", (700, 500), 40_000) if mode == "I;16" else picture().convert(mode)
    site = site_with(tmp_path, f"p.{format_.lower()}", encoded(image, format_))
    site.build()
    shown = opened(next(raw for name, raw in made(site).items() if name.startswith("p-240.")))
    assert shown.size[0] == 240
    if mode == "I;16":
        assert 150 <= shown.convert("L").getpixel((100, 100)) <= 160  # type: ignore[operator]


def test_transparency_stays(tmp_path: Path) -> None:
    site = site_with(tmp_path, "p.png", encoded(picture(mode="RGBA"), "PNG"))
    site.build()
    assert opened(made(site)["p-240.png"]).mode == "RGBA"
    assert opened(made(site)["p-240.webp"]).mode == "RGBA"


def test_only_images_that_pages_use_are_made(tmp_path: Path) -> None:
    site = site_with(tmp_path, "used.png", encoded(picture(), "PNG"))
    site.put("content/migraine/unused.png", encoded(picture((300, 300)), "PNG"))
    site.build()
    assert {name.partition("-")[0] for name in made(site)} == {"used"}


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("p.png", encoded(picture(), "PNG")),
        ("p.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><title>A</title></svg>'),
    ],
    ids=["scaled", "as it is"],
)
def test_copies_of_one_picture_in_several_folders_are_one(tmp_path: Path, name: str, raw: bytes) -> None:
    site = site_with(tmp_path, name, raw)
    site.build()
    alone = made(site)
    site.put(f"content/migraine/days/{name}", raw)
    site.article("migraine/days/b.md", f"![What it shows]({name})")
    site.build()
    assert made(site) == alone
    site.delete("content/migraine/a.md")
    site.delete(f"content/migraine/{name}")
    site.build()
    assert made(site) == alone


def test_second_build_makes_nothing_again(tmp_path: Path) -> None:
    site = site_with(tmp_path, "p.png", encoded(picture(), "PNG"))
    site.build()
    store = site.root / ".gatherwell" / "images"
    before = {path.name: path.stat().st_mtime_ns for path in store.iterdir()}
    site.replace("content/migraine/a.md", "Some words", "Other words")
    site.build()
    assert {path.name: path.stat().st_mtime_ns for path in store.iterdir()} == before


def test_number_of_workers_changes_no_byte(tmp_path: Path) -> None:
    site = site_with(tmp_path, "p.png", encoded(picture(), "PNG"))
    site.put("content/migraine/q.jpg", photograph())
    site.article("migraine/b.md", "![Shown](q.jpg)")
    site.build(jobs=1)
    alone = site.outputs()
    site.build(jobs=2, clean=True)
    assert site.outputs() == alone


def test_lost_and_damaged_files_of_the_store_are_made_again(tmp_path: Path) -> None:
    site = site_with(tmp_path, "p.png", encoded(picture(), "PNG"))
    site.build()
    before = site.outputs()
    lost, damaged, *_ = sorted((site.root / ".gatherwell" / "images").iterdir())
    lost.unlink()
    damaged.write_bytes(b"x" * damaged.stat().st_size)
    for path in (site.out / "assets" / "images").iterdir():
        path.unlink()
    site.build()
    assert site.outputs() == before


def test_quality_changes_the_names_and_the_bytes(tmp_path: Path) -> None:
    site = site_with(tmp_path, "p.jpg", photograph())
    site.build()
    before = {path for path in site.outputs() if path.startswith("assets/images/")}
    site.replace("gatherwell.yaml", "quality: 50", "quality: 80")
    site.build()
    assert before.isdisjoint(site.outputs())


def test_page_says_its_first_image_first_when_it_is_the_front_matters(tmp_path: Path) -> None:
    site = site_with(tmp_path, "p.png", encoded(picture(), "PNG"))
    site.article(
        "migraine/a.md", "![Red and blue](p.png)\n\nSome words.\n\n![Red and blue](p.png)", image="p.png"
    )
    site.build()
    page = site.text("migraine/a/index.html")
    assert page.count('fetchpriority="high"') == 1
    assert page.count("<picture") == 2


def test_front_matters_image_takes_its_words_from_the_body(tmp_path: Path) -> None:
    site = site_with(tmp_path, "p.png", encoded(picture(), "PNG"))
    site.article("migraine/a.md", "![Red and blue](p.png)", image="p.png")
    result = site.build()
    assert not [problem for problem in result.warnings if problem.rule == "alt"]


def test_front_matters_image_without_any_words_is_warned_about(tmp_path: Path) -> None:
    site = site_with(tmp_path, "p.png", encoded(picture(), "PNG"))
    site.article("migraine/a.md", "Some words.", image="p.png")
    (warning,) = [problem for problem in site.build().warnings if problem.rule == "alt"]
    assert (warning.source_path, warning.line) == ("content/migraine/a.md", 3)


def test_writers_size_and_loading_replace_ours(tmp_path: Path) -> None:
    site = site_with(tmp_path, "p.png", encoded(picture((600, 300)), "PNG"))
    site.article("migraine/a.md", "![Shown](p.png){width=200 loading=eager}")
    site.build()
    page = site.text("migraine/a/index.html")
    assert 'width="200" height="100" fetchpriority="high"' in page
    assert 'sizes="min(200px, 100vw)"' in page
