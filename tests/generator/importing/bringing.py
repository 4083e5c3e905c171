"""A project into which tests import, and what they import: fixtures as files on disk."""

from __future__ import annotations

from pathlib import Path

from generator.content.config import read_config
from generator.importing.entries import Source
from generator.importing.report import Report
from generator.importing.run import Settings, rules_of, run_import
from generator.importing.sources.hugo import Hugo
from generator.importing.sources.jekyll import Jekyll
from generator.importing.sources.wordpress import WordPress
from tests.generator.importing import hugo_project, jekyll_project
from tests.generator.pictures import encoded, photograph, picture
from tests.sites import TinySite

WXR = (Path(__file__).parent / "fixtures/wordpress.xml").read_text("utf-8")
PROJECT = """
== gatherwell.yaml
title: New
base_url: https://new.example/
languages: [es]
cards: "off"
== content/migraine/_index.md
---
title: Migraine
---
== content/sleep/_index.md
---
title: Sleep
---
"""
ITEM = """<item><title>{title}</title><link>https://old.example/{slug}/</link><content:encoded><![CDATA[{body}]]></content:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date_gmt>2019-01-02 00:00:00</wp:post_date_gmt><wp:post_name>{slug}</wp:post_name>
<wp:status>{status}</wp:status><wp:post_type>post</wp:post_type></item>
"""


def wxr(*items: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    """A small export with *items*, each made by :func:`item`."""
    site = "<wp:base_site_url>https://old.example</wp:base_site_url>"
    return f"{head}\n<rss><channel>{site}\n{''.join(items)}</channel></rss>\n"


def item(
    body: str = "Words.", number: int = 1, slug: str = "", title: str = "A", status: str = "publish"
) -> str:
    return ITEM.format(body=body, number=number, slug=slug or f"post-{number}", title=title, status=status)


class Bringing:
    """A project below *folder*, beside what it imports."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.site = TinySite(folder / "project", PROJECT)
        self.uploads = folder / "uploads"
        for path, content in {
            "2019/03/bucket.png": encoded(picture((60, 40)), "PNG"),
            "2019/03/other.jpg": photograph((60, 40), orientation=6),
            "2019/03/leaflet.pdf": b"%PDF-1.4",
        }.items():
            (self.uploads / path).parent.mkdir(parents=True, exist_ok=True)
            (self.uploads / path).write_bytes(content)

    def export(self, text: str | bytes) -> Path:
        file = self.folder / "export.xml"
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def wordpress(self, text: str | bytes = WXR, **given: object) -> Report:
        return self.bring(WordPress((self.export(text),), self.uploads), **given)

    def hugo(self, listing: str = hugo_project.LISTING, **given: object) -> Report:
        old = TinySite(self.folder / "old", listing)
        old.put("content/posts/pacing/bucket.png", encoded(picture((60, 40)), "PNG"))
        return self.bring(Hugo(old.root), **given)

    def jekyll(self, listing: str = jekyll_project.LISTING, **given: object) -> Report:
        old = TinySite(self.folder / "old", listing)
        old.put("images/bucket.png", encoded(picture((60, 40)), "PNG"))
        return self.bring(Jekyll(old.root), **given)

    def bring(
        self,
        source: Source,
        condition: str = "migraine",
        maps: tuple[tuple[str, str], ...] = (("sleep", "sleep"),),
        topics: dict[str, tuple[str, ...]] | None = None,
        since: str = "",
        dry_run: bool = False,
    ) -> Report:
        config = read_config(self.site.root)[0]
        rules = rules_of(condition, maps, topics or {})
        settings = Settings(self.site.root, config, rules, ("migraine", "sleep"), since, dry_run)
        return run_import(source, settings).report

    def text(self, path: str) -> str:
        return (self.site.root / "content" / path).read_text("utf-8")

    def files(self) -> dict[str, bytes]:
        """Every file of the project by path."""
        root = self.site.root
        return {
            p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()
        }


def told(report: Report, cause: str) -> list[str]:
    """The notes of one cause, each as ``line: what``."""
    return [f"{note.origin.line}: {note.what}" for note in report.notes if note.cause == cause]
