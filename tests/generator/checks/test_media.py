"""Films and recordings: what they need is asked for, and the page, its policy and its feed show them."""

from __future__ import annotations

import pytest

from generator.bodies.markdown.directives.media import SUFFIXES
from generator.deploy.objects import media_type
from tests.sites import TinySite

SITE = """
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/sub/
cards: "off"
feeds: {content: full}
== content/ra/_index.md
---
title: RA
---
== content/ra/film.mp4
moving
== content/ra/film.es.vtt
WEBVTT
== static/rain.mp3
rain
"""
DATED = "2026-01-01"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("::video[A]{src=film.mp4 captions=film.es.vtt transcript=#said}\n\n## Said {#said}", []),
        ("::video[A]{src=film.mp4 silent transcript=_index.md}", []),
        (":::audio[A]{src=/rain.mp3}\nRain.\n:::", []),
        ("::video[A]{src=https://film.example/1}", []),
        ("::video[A]{src=film.mp4 transcript=_index.md}", ["this video has no captions"]),
        ("::video[A]{src=film.mp4 captions=film.es.vtt}", ["this video has no transcript"]),
        ("::audio[A]{src=/rain.mp3}", ["this audio has no transcript"]),
        (":::audio[A]{src=rain.mp3}\nRain.\n:::", ["there is no file 'rain.mp3'"]),
        ("::video[A]{src=Film.mp4 silent transcript=_index.md}", ["there is no file 'Film.mp4' … write 'film.mp4'"]),
        (
            "::video[A]{src=film.mp4 captions=film.en.vtt transcript=_index.md}",
            ["there is no file 'film.en.vtt' … did you mean 'film.es.vtt'?"],
        ),
        (
            "::video[A]{src=film.mp4 silent transcript=_index.md poster=p.png}",
            ["there is no image 'p.png'"],
        ),
    ],
)  # fmt: skip
def test_what_a_film_needs_is_asked_for(site: TinySite, written: str, found: list[str]) -> None:
    site.write(SITE).article("ra/a.md", f"Words.\n\n{written}", date=DATED)
    if not found:
        site.build()
        return
    errors = site.fails()
    assert len(errors) == len(found)
    for error, wanted in zip(errors, found, strict=True):
        message, _, hint = wanted.partition(" … ")
        assert error.startswith("content/ra/a.md:7:1: ")
        assert message in error
        assert hint in error


def test_page_plays_its_films_and_allows_nothing_to_other_pages(site: TinySite) -> None:
    site.write(SITE).article(
        "ra/a.md",
        "::video[A *film*]{src=film.mp4 captions=film.es.vtt transcript=b.md width=640}\n\n"
        ":::audio[Rain]{src=/rain.mp3}\nDrops.\n:::",
        date=DATED,
    )
    site.article("ra/b.md", "::video[Talk]{src=https://film.example/1}", date=DATED)
    site.build()
    page, other = site.text("ra/a/index.html"), site.text("ra/b/index.html")

    assert 'aria-label="A film" width="640" height="360">' in page
    assert 'srclang="es" label="Español" default>' in page
    assert '<audio controls preload="none" src="/sub/rain.mp3" aria-label="Rain">' in page
    assert "media-src 'self'; " in page
    assert "media.css" not in page
    assert "/sub/assets/media." in page
    assert "media-src" not in other
    assert "/sub/assets/media." not in other
    film = page.split('<video controls preload="none" playsinline src="/sub/')[1].split('"')[0]
    assert site.text(film) == "moving\n"

    feed = site.text("ra/feed.json")
    assert "<video" not in feed
    assert "<audio" not in feed
    assert "Drops." in feed
    assert '<a href=\\"https://tiny.example/sub/ra/a/\\">Watch the video on its page</a>' in feed


def test_a_film_that_is_missing_leaves_its_label_where_settings_lower_that(site: TinySite) -> None:
    site.write(SITE).replace("gatherwell.yaml", 'cards: "off"', 'cards: "off"\nchecks: {media: warning}')
    site.article("ra/a.md", "::video[A film]{src=gone.mp4}", date=DATED)
    site.build()
    page = site.text("ra/a/index.html")
    assert "<video" not in page
    assert "A film" in page


@pytest.mark.parametrize("suffix", [suffix for of_kind in SUFFIXES.values() for suffix in of_kind])
def test_buckets_are_told_what_each_kind_of_file_is(suffix: str) -> None:
    # Browsers play nothing of an unknown type, since pages forbid them to guess.
    assert media_type(f"assets/files/a{suffix}").startswith(("video/", "audio/"))
