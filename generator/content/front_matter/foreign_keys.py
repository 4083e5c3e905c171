"""Keys of front matter that other generators know, and what is written here instead."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_TOPICS = "write `topics: […]`"
_UPDATED = "write `updated: 2026-03-14`"
_DATE = "write `date: 2026-03-14`"
_DRAFT = "write `draft: true` to hold it back, `draft: false` or nothing to publish it"
_SUMMARY = "write `summary: …`"
_ORDER = "write `order: 1`; the smallest comes first"
_IMAGE = "write `image: file.jpg`, a file beside the article, and `image_alt: …`"
_TEMPLATE = "remove it; templates are chosen by `type`, which is one of ours"
_ADDRESS = "write the last part as `slug: …`, and old addresses as `aliases: [/old/place/]`"
_AUTHORS = "write `authors: […]`"
_OFF = "remove it"

FOREIGN_KEYS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            ("tags", "tag", "categories", "category", "keywords", "series", "taxonomies"), _TOPICS
        ),
        **dict.fromkeys(
            ("lastmod", "last_modified_at", "last_modified", "modified", "updatedDate"), _UPDATED
        ),
        **dict.fromkeys(("updated_at", "date_modified", "lastUpdated", "last_update"), _UPDATED),
        **dict.fromkeys(
            ("pubDate", "pubdate", "publishDate", "publish_date", "created", "created_at"), _DATE
        ),
        **dict.fromkeys(("date_published", "publishedAt", "published_at"), _DATE),
        **dict.fromkeys(("expiryDate", "unpublishDate"), "write `expires: 2026-03-14`"),
        **dict.fromkeys(("published", "isDraft", "status", "post_status"), _DRAFT),
        **dict.fromkeys(
            ("description", "excerpt", "subtitle", "abstract", "teaser", "intro", "lead"), _SUMMARY
        ),
        **dict.fromkeys(
            ("weight", "nav_order", "sidebar_position", "menu_order", "position", "sort"), _ORDER
        ),
        **dict.fromkeys(
            ("cover", "featured_image", "thumbnail", "heroImage", "ogImage", "banner", "images"), _IMAGE
        ),
        **dict.fromkeys(("featuredImage", "hero_image", "header_image", "og_image", "img"), _IMAGE),
        **dict.fromkeys(("layout", "template", "page_layout", "post_type", "kind", "cascade"), _TEMPLATE),
        **dict.fromkeys(("permalink", "url", "path", "slugOverride"), _ADDRESS),
        **dict.fromkeys(("redirect_from", "redirects", "old_url"), "write `aliases: [/old/place/]`"),
        **dict.fromkeys(("authorName", "writer", "byline", "contributors"), _AUTHORS),
        **dict.fromkeys(
            ("lang", "language", "locale"), "put the language into the file's name: `name.es.md`"
        ),
        **dict.fromkeys(("toc", "menu", "menus", "markup", "outputs", "math", "mathjax", "katex"), _OFF),
        **dict.fromkeys(("sitemap", "parent", "has_children", "pagination", "guid", "wordpress_id"), _OFF),
        "robots": "write `noindex: true`",
        "linkTitle": "remove it; a hub has `short_title: …`",
        "name": "write `title: …`",
        "headline": "write `title: …`",
        "sources": "write `references: […]`, each with `id` and `title`",
        "comment": "write `comments: open`, `closed` or `off`",
        "email": "remove it; addresses of people are not published",
    }
)
"""Hints by key."""
