"""What Jekyll gives names to: patterns of addresses, keys of front matter, people."""

from __future__ import annotations

from pathlib import Path

from generator.importing.sources.folders import read_settings

STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
PICTURES = ("image", "header", "featured_image", "cover", "thumbnail", "feature-img", "img")

KNOWN = frozenset(
    {
        *PICTURES,
        *(
            "title",
            "date",
            "last_modified_at",
            "updated",
            "modified",
            "published",
            "draft",
            "slug",
            "permalink",
        ),
        *(
            "redirect_from",
            "authors",
            "author",
            "categories",
            "category",
            "tags",
            "tag",
            "description",
            "excerpt",
        ),
        *("summary", "image_alt", "alt", "lang", "locale", "ref", "noindex"),
    }
)


def author_names(root: Path) -> dict[str, str]:
    """Names by key of ``_data/authors.yml``; nothing else of it is read."""
    found = read_settings(root / "_data/authors.yml")
    return {
        str(key): str(each["name"])
        for key, each in found.items()
        if isinstance(each, dict) and each.get("name")
    }
