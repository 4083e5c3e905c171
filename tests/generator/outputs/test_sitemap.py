"""What a sitemap says of a page: its address, the day of its last change, its translations where it has any."""

from __future__ import annotations

import pytest

from generator.outputs.sitemap import plan_sitemaps, render_sitemap
from generator.site.permalinks import make_permalinks
from generator.views import types as shapes
from generator.views.planned import Frames, Planned, sitemap_entry
from tests.generator.organized import CONFIG, context_of, hub, site

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
XHTML = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
EN, ES = ("en", "https://tiny.example/a/"), ("es", "https://tiny.example/es/a/")


@pytest.mark.parametrize(
    ("entry", "written"),
    [
        (shapes.SitemapEntry(EN[1]), "<url><loc>https://tiny.example/a/</loc></url>\n"),
        (
            shapes.SitemapEntry(EN[1], "2026-03-14"),
            "<url><loc>https://tiny.example/a/</loc><lastmod>2026-03-14</lastmod></url>\n",
        ),
        (
            shapes.SitemapEntry("https://tiny.example/a&b/"),
            "<url><loc>https://tiny.example/a&amp;b/</loc></url>\n",
        ),
        (
            shapes.SitemapEntry(EN[1], "", (EN, ("es", 'https://tiny.example/"&<'))),
            "<url><loc>https://tiny.example/a/</loc>"
            '<xhtml:link rel="alternate" hreflang="en" href="https://tiny.example/a/"/>'
            '<xhtml:link rel="alternate" hreflang="es" href="https://tiny.example/&quot;&amp;&lt;"/></url>\n',
        ),
    ],
    ids=["address", "day", "escaped", "translated"],
)
def test_entry_as_it_is_written(entry: shapes.SitemapEntry, written: str) -> None:
    namespace = XHTML if entry.alternates else ""
    expected = f"{HEAD}{namespace}>\n{written}</urlset>\n"
    assert render_sitemap(shapes.Sitemap("sitemap.xml", (entry,))).decode() == expected


@pytest.mark.parametrize(
    ("versions", "named"), [((), ()), ((EN,), ()), ((ES,), ()), ((EN, ES), (EN, ES)), ((ES, EN), (ES, EN))]
)
def test_page_without_a_translation_names_none(
    versions: tuple[tuple[str, str], ...], named: tuple[tuple[str, str], ...]
) -> None:
    made = context_of(site())
    frame = Frames(made).get(made.site.permalinks.portfolio, "en")
    assert sitemap_entry(frame, "/a/", "2026-03-14", versions) == shapes.SitemapEntry(
        EN[1], "2026-03-14", named
    )


def test_each_host_lists_its_own_pages_that_may_be_found() -> None:
    urls = {"ms": "https://ms.example/"}
    permalinks = make_permalinks(CONFIG.base_url, urls)
    portfolio, own = permalinks.roots
    of = site(conditions=[hub("ms", permalinks)], urls=urls)
    pages = [
        Planned(path, path, lambda: shapes.File("", b""), entry=entry, root=root)
        for path, entry, root in (
            ("a", shapes.SitemapEntry("https://tiny.example/a/"), portfolio),
            ("hidden", None, portfolio),
            ("b", shapes.SitemapEntry("https://ms.example/b/"), own),
        )
    ]

    def listed(only: tuple[str, ...]) -> dict[str, list[str]]:
        made = context_of(of, only)
        views = [planned.make() for planned in plan_sitemaps(made, Frames(made), pages)]
        sitemaps = [view for view in views if isinstance(view, shapes.Sitemap)]
        return {view.output_path: [entry.permalink for entry in view.entries] for view in sitemaps}

    hosts = {
        "tiny.example/sitemap.xml": ["https://tiny.example/a/"],
        "ms.example/sitemap.xml": ["https://ms.example/b/"],
    }
    assert listed(()) == hosts
    assert listed(("ms",)) == {"ms.example/sitemap.xml": hosts["ms.example/sitemap.xml"]}


INDEX = """\
<?xml version="1.0" encoding="utf-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://tiny.example/sitemap-1.xml</loc></sitemap>
<sitemap><loc>https://tiny.example/sitemap-2.xml</loc></sitemap>
</sitemapindex>
"""


@pytest.mark.parametrize(
    ("pages", "parts"),
    [
        (0, {"sitemap.xml": 0}),
        (50_000, {"sitemap.xml": 50_000}),
        (50_001, {"sitemap-1.xml": 50_000, "sitemap-2.xml": 1, "sitemap.xml": INDEX}),
    ],
)
def test_one_sitemap_holds_fifty_thousand_pages(pages: int, parts: dict[str, int | str]) -> None:
    made = context_of(site())
    root = made.site.permalinks.portfolio
    entry = shapes.SitemapEntry("https://tiny.example/a/")
    page = Planned("a", "a", lambda: shapes.File("", b""), entry=entry, root=root)
    found: dict[str, int | str] = {}
    for planned in plan_sitemaps(made, Frames(made), [page] * pages):
        view = planned.make()
        if isinstance(view, shapes.Sitemap):
            found[view.output_path] = len(view.entries)
        else:
            assert isinstance(view, shapes.File)
            found[view.output_path] = view.content.decode()
    assert found == parts
