"""What an import needs of Hugo's settings, in all the places and forms that they may have; the keys of front matter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generator.importing.sources.folders import read_settings
from generator.importing.sources.matter import Matter, is_true

_NAMES = [f"{name}{suffix}" for name in ("hugo", "config", "config/_default/hugo", "config/_default/config")
          for suffix in (".toml", ".yaml", ".yml", ".json")]  # fmt: skip


# Keys of front matter: those of a picture, and all that an import reads.
PICTURES = (
    "image",
    "featured_image",
    "featuredimage",
    "cover",
    "thumbnail",
    "banner",
    "images",
    "heroimage",
    "header",
)

KNOWN = frozenset(
    {
        *PICTURES,
        *(
            "title",
            "date",
            "publishdate",
            "lastmod",
            "updated",
            "modified",
            "expirydate",
            "draft",
            "slug",
            "url",
            "aliases",
        ),
        *(
            "authors",
            "author",
            "categories",
            "category",
            "tags",
            "tag",
            "description",
            "summary",
            "image_alt",
            "alt",
        ),
        *("translationkey", "weight", "robots"),
    }
)


def read_hugo_settings(root: Path) -> dict[str, Any]:
    """Hugo's settings with keys in small letters, those of ``config/_default/languages.*`` and so on among them."""
    found: dict[str, Any] = {}
    for name in _NAMES:
        found = {**{str(key).lower(): value for key, value in read_settings(root / name).items()}, **found}
    for part in ("languages", "permalinks", "menus", "menu"):
        for suffix in (".toml", ".yaml", ".yml", ".json"):
            if values := read_settings(root / "config/_default" / f"{part}{suffix}"):
                found.setdefault(part, values)
    return found


def author_names(root: Path) -> dict[str, str]:
    """Names by key of ``data/authors/<key>.*``; nothing else of these files is read."""
    files = sorted((root / "data/authors").glob("*.*"))
    return {file.stem: str(read_settings(file).get("name", file.stem)) for file in files}


def why_out(matter: Matter) -> str:
    """Why an entry may not be published; empty where it may."""
    if is_true(matter.first("private")) or matter.first("password"):
        return "private or protected by a password"
    build = matter.first("build", "_build")
    if is_true(matter.first("headless")) or (
        isinstance(build, dict) and build.get("render") in ("never", False)
    ):
        return "never shown as a page"
    return ""
