"""Small pictures, no two alike: soft gradients with shapes, as PNG (960 × 640 pixels) or as SVG."""

from __future__ import annotations

import io
from random import Random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 960, 640


def draw_picture(seed: str, suffix: str) -> bytes:
    """The bytes of a ``.png`` or ``.svg``; equal seeds give equal bytes with one version of Pillow."""
    rng = Random(f"{seed}/picture")
    return _svg(rng) if suffix == ".svg" else _png(rng)


def _png(rng: Random) -> bytes:
    gradient = Image.linear_gradient("L").rotate(rng.choice((0, 90, 180, 270)))
    bands = [gradient.point([min(255, value + shift) for value in range(256)]) for shift in _colour(rng, 90)]
    picture = Image.merge("RGB", bands).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(picture)
    for _ in range(12):
        left, top, size = rng.randrange(WIDTH), rng.randrange(HEIGHT), rng.randint(30, 260)
        draw.ellipse(
            (left, top, left + size, top + size), fill=_colour(rng, 255), outline=_colour(rng, 255), width=4
        )
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=6)
    return file.getvalue()


def _svg(rng: Random) -> bytes:
    circles = "".join(
        f'<circle cx="{rng.randrange(WIDTH)}" cy="{rng.randrange(HEIGHT)}" r="{rng.randint(20, 160)}" '
        f'fill="rgb{_colour(rng, 255)}"/>'.replace(", ", ",")
        for _ in range(12)
    )
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{circles}</svg>\n'.encode()


def _colour(rng: Random, limit: int) -> tuple[int, int, int]:
    return rng.randint(0, limit), rng.randint(0, limit), rng.randint(0, limit)
