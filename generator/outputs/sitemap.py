"""``sitemap.xml`` after sitemaps.org 0.9; beyond 50,000 pages an index of several sitemaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from generator.ground.text import xml_attribute, xml_text
from generator.outputs.planned_file import planned_file
from generator.site.permalinks import Root
from generator.views import types as shapes
from generator.views.context import ViewContext
from generator.views.planned import Frames, Planned

# Pages in one sitemap (sitemaps.org 0.9).
MOST = 50_000


def plan_sitemaps(context: ViewContext, frames: Frames, pages: Sequence[Planned]) -> Iterator[Planned]:
    for root in context.part.roots:
        entries = [page.entry for page in pages if page.entry is not None and page.root == root]
        yield from _root_sitemaps(root, entries)


def _root_sitemaps(root: Root, entries: list[shapes.SitemapEntry]) -> Iterator[Planned]:
    if len(entries) <= MOST:
        yield _planned(root, "/sitemap.xml", tuple(entries))
        return
    parts = [entries[start : start + MOST] for start in range(0, len(entries), MOST)]
    names = [f"/sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield _planned(root, name, tuple(part))
    lines = [f"<sitemap><loc>{xml_text(root.permalink(name))}</loc></sitemap>\n" for name in names]
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "".join(lines)
        + "</sitemapindex>\n"
    )
    yield planned_file(root, "/sitemap.xml", text.encode())


def _planned(root: Root, url_path: str, entries: tuple[shapes.SitemapEntry, ...]) -> Planned:
    output_path = root.output_path(url_path)
    return Planned(output_path, "sitemap", partial(shapes.Sitemap, output_path, entries), root=root)


def render_sitemap(sitemap: shapes.Sitemap) -> bytes:
    translated = any(entry.alternates for entry in sitemap.entries)
    namespace = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"' if translated else ""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>\n',
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{namespace}>\n',
    ]
    for entry in sitemap.entries:
        modified = f"<lastmod>{entry.updated}</lastmod>" if entry.updated else ""
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang={xml_attribute(tag)} href={xml_attribute(url)}/>'
            for tag, url in entry.alternates
        )
        lines.append(f"<url><loc>{xml_text(entry.permalink)}</loc>{modified}{links}</url>\n")
    lines.append("</urlset>\n")
    return "".join(lines).encode()
