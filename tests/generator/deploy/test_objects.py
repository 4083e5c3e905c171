"""A built site as objects: media types, how long caches keep each, and what is not for readers."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from generator.deploy.objects import FILES, PAGES, cache_control, media_type, read_objects
from generator.ground.errors import OutputError
from generator.outputs.headers import IMMUTABLE


@pytest.mark.parametrize(
    ("path", "kind", "cache"),
    [
        ("index.html", "text/html; charset=utf-8", PAGES),
        ("migraine/feed.atom", "application/atom+xml; charset=utf-8", PAGES),
        ("migraine/feed.json", "application/feed+json", PAGES),
        ("manifest.json", "application/json", PAGES),
        ("search/index/en/filters/stage.json", "application/json", PAGES),
        ("sitemap.xml", "application/xml; charset=utf-8", PAGES),
        ("robots.txt", "text/plain; charset=utf-8", PAGES),
        ("migraine/meet-up/event.ics", "text/calendar; charset=utf-8", PAGES),
        ("assets/site.1a2b3c4d.css", "text/css; charset=utf-8", IMMUTABLE[1]),
        ("assets/comfort.8b8f529d.en.js", "text/javascript; charset=utf-8", IMMUTABLE[1]),
        ("assets/elements.1a2b3c4d/poll.js", "text/javascript; charset=utf-8", IMMUTABLE[1]),
        ("assets/images/waves.a679e45e.svg", "image/svg+xml", IMMUTABLE[1]),
        ("assets/images/waves.a679e45e.webp", "image/webp", IMMUTABLE[1]),
        ("example.org/assets/cards/a.de73be54.png", "image/png", IMMUTABLE[1]),
        ("assets/fonts/river.de73be54.woff2", "font/woff2", IMMUTABLE[1]),
        ("assets/leaflet.pdf", "application/pdf", FILES),
        ("favicon.ico", "image/x-icon", FILES),
        (".well-known/security.txt", "text/plain; charset=utf-8", PAGES),
        ("CNAME", "application/octet-stream", FILES),
        ("tool.unheard-of", "application/octet-stream", FILES),
    ],
)
def test_a_file_has_its_media_type_and_its_time_in_caches(path: str, kind: str, cache: str) -> None:
    assert (media_type(path), cache_control(path)) == (kind, cache)


def test_what_only_hosts_and_builds_read_is_not_sent(tmp_path: Path) -> None:
    for name in (
        *("index.html", "_headers", "_redirects", ".gatherwell-outputs", ".gatherwell-new/index.html"),
        *("own.example/_headers", "own.example/index.html", ".well-known/security.txt"),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    found = read_objects(tmp_path, "health/")
    assert [each.key for each in found] == [
        "health/.well-known/security.txt",
        "health/index.html",
        "health/own.example/index.html",
    ]
    assert found[1].digest == hashlib.md5(b"index.html").hexdigest()


def test_a_folder_without_a_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("private")
    with pytest.raises(OutputError, match="there is no built site"):
        read_objects(tmp_path)
