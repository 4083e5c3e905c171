"""The sitemap, and outputs whose bytes are known already."""

from __future__ import annotations

from generator.ground.model import Struct


class SitemapEntry(Struct):
    """A page in the sitemap; *alternates* are its translations, as (language, permalink)."""

    permalink: str
    updated: str = ""
    alternates: tuple[tuple[str, str], ...] = ()


class Sitemap(Struct, tag="sitemap", tag_field="page"):
    """One file of the sitemap: at most 50,000 pages (sitemaps.org 0.9)."""

    output_path: str
    entries: tuple[SitemapEntry, ...]


class File(Struct, tag="file", tag_field="page"):
    """An output whose text is known already: robots.txt, ``_headers``, the manifest."""

    output_path: str
    content: bytes
