"""Times a first `gatherwell check` of 63 pages with 281 large pictures: ``python -m benchmarks.check_pictures [FOLDER]``."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image

PAGES, PICTURES = 63, 281
SIZE = (3600, 2400)
WANTED_SECONDS = 2.0
_ROUNDS = 3
_WORDS = "What is seen here is told in a few plain words, for those who cannot see it. " * 4


class Timed(NamedTuple):
    """Seconds on the clock, and of processors, workers included."""

    wall: float
    cpu: float


def write_site(root: Path) -> int:
    """Write the site; returns the bytes of all its pictures, no two of which are alike."""
    folder = root / "content" / "migraine"
    folder.mkdir(parents=True)
    (root / "gatherwell.yaml").write_text("title: Pictures\nbase_url: https://pictures.example/\n")
    (folder / "_index.md").write_text("---\ntitle: Migraine\n---\nWelcome.\n")
    base, written = _photograph(), 0
    named = [f"p{number:03}.jpg" for number in range(PICTURES)]
    for number, name in enumerate(named):
        written += (folder / name).write_bytes(_commented(base, f"picture {number}"))
    for page in range(PAGES):
        shown = (f"![Picture {name}]({name})\n\n{_WORDS}\n" for name in named[page::PAGES])
        text = f"---\ntitle: Page {page}\ndate: 2026-01-01\n---\n" + "\n".join(shown)
        (folder / f"page-{page:02}.md").write_text(text)
    return written


def _photograph() -> bytes:
    """A picture with as much detail as a camera's."""
    detail = Image.effect_noise((SIZE[0] // 4, SIZE[1] // 4), 60).resize(SIZE)
    shades = Image.linear_gradient("L").resize(SIZE)
    file = io.BytesIO()
    Image.merge("RGB", (detail, shades, detail.rotate(180))).save(file, "JPEG", quality=75)
    return file.getvalue()


def _commented(jpeg: bytes, text: str) -> bytes:
    """The same picture with a comment (a COM segment right after the start), so that its bytes are its own."""
    return jpeg[:2] + b"\xff\xfe" + (len(text) + 2).to_bytes(2, "big") + text.encode() + jpeg[2:]


def first_checks(root: Path) -> Iterator[Timed]:
    """The times of checks that find nothing known."""
    for _ in range(_ROUNDS):
        shutil.rmtree(root / ".gatherwell", ignore_errors=True)
        before, started = os.times(), time.perf_counter()
        subprocess.run([sys.executable, "-m", "generator.cli", "check", "--root", str(root)], check=True)
        after = os.times()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        yield Timed(time.perf_counter() - started, cpu)


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(sys.argv[1]) if sys.argv[1:] else Path(scratch) / "site"
        size = write_site(root)
        times = sorted(first_checks(root))
    print(f"{PAGES} pages, {PICTURES} pictures of {SIZE[0]} × {SIZE[1]}, {size / 1e6:.0f} MB")
    for wall, cpu in times:
        print(f"first check: {wall:.2f} s, {cpu:.2f} CPU seconds")
    return 0 if times[0].wall <= WANTED_SECONDS else 1


if __name__ == "__main__":
    raise SystemExit(main())
