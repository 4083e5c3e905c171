"""Which settings are taken, in which form they are kept, and which are refused."""

from __future__ import annotations

from typing import Any

import pytest

from generator.content.config import Checks, Config, Localized, localized, parse_config
from generator.ground.errors import SiteErrors


@pytest.mark.parametrize(
    ("text", "path", "kept"),
    [
        ("widgets: {endpoint: /api/v1/}", "widgets.endpoint", "/api/v1"),
        ('widgets: {endpoint: ""}', "widgets.endpoint", ""),
        (
            "widgets: {endpoint: 'https://fn.example/api/v1/'}",
            "widgets.endpoint",
            "https://fn.example/api/v1",
        ),
        ("widgets: {endpoint: 'http://127.0.0.1:8001/api'}", "widgets.endpoint", "http://127.0.0.1:8001/api"),
        ("language: pt-BR", "language", "pt-BR"),
        ("language: zh-Hant-TW", "language", "zh-Hant-TW"),
        ("language: es-419", "language", "es-419"),
        ("languages: [es, en, es]", "languages", ("es", "en")),
        ("languages: es", "languages", ("es",)),
        ("time_zone: Europe/London", "time_zone", "Europe/London"),
        ("pagination: {per_page: 1}", "pagination.per_page", 1),
        ("feeds: {items: 1}", "feeds.items", 1),
        ("images: {widths: [960, 16, 960, 8192]}", "images.widths", (16, 960, 8192)),
        ("images: {quality: 1}", "images.quality", 1),
        ("images: {quality: 100}", "images.quality", 100),
        ("comments: {reactions: [a, me-too, x2]}", "comments.reactions", ("a", "me-too", "x2")),
        (f"comments: {{reactions: [{'a' * 31}]}}", "comments.reactions", ("a" * 31,)),
    ],
)
def test_setting_is_kept_in_one_form(text: str, path: str, kept: object) -> None:
    value: Any = parse_config(f"title: A\n{text}")
    for name in path.split("."):
        value = getattr(value, name)
    assert value == kept


@pytest.mark.parametrize(
    "text",
    [
        "widgets: {endpoint: //fn.example/api}",
        "widgets: {endpoint: 'ftp://fn.example/api'}",
        "widgets: {endpoint: 'https://'}",
        "widgets: {endpoint: api/v1}",
        *(
            f"language: {tag}"
            for tag in ("EN", "english", "en_GB", "en-gb", "e", "pt-br", "zh-hant", "x-klingon")
        ),
        "languages: [en, EN]",
        *(f"time_zone: {zone}" for zone in ("Mars/Base", "../etc", "''")),
        *(f"pagination: {{per_page: {number}}}" for number in (0, -1)),
        "feeds: {items: 0}",
        *(f"images: {{widths: {widths}}}" for widths in ("[]", "[15]", "[8193]", "[480, 0]")),
        *(f"images: {{quality: {number}}}" for number in (0, 101)),
        *(f"comments: {{reactions: [{key}]}}" for key in ("Hug", "-a", "2a", "a b", "a_b", "a" * 32)),
        "comments: {policy: never}",
        "comments: {default: maybe}",
        "cards: none",
        "checks: {alt: sometimes}",
    ],
)
def test_other_setting_is_refused(text: str) -> None:
    with pytest.raises(SiteErrors) as raised:
        parse_config(f"title: A\n{text}")
    assert [problem.line for problem in raised.value.problems] == [2]


def test_settings_that_are_not_written() -> None:
    config = Config(title="A")
    assert (config.base_url, config.language, config.time_zone) == ("http://localhost:8000/", "en", "UTC")
    assert (config.theme, config.cards, config.search) == ("commons", "condition", True)
    assert (config.widgets.endpoint, config.widgets.polls) == ("", True)
    assert (config.comments.policy, config.comments.default) == ("first", "open")
    assert config.comments.reactions == ("me-too", "thank-you", "helpful")
    assert (config.comments.quiet_hours, config.comments.slow_mode) == ("off", 0)
    assert (config.pagination.per_page, config.feeds.items) == (20, 20)
    assert (config.images.widths, config.images.quality) == ((480, 960, 1440), 62)
    assert (config.checks.summaries, config.checks.reading) == ("off", "off")
    chosen = {name: getattr(config.checks, name) for name in Checks.__struct_fields__}
    assert {name for name, level in chosen.items() if level is not None} == {"summaries", "reading"}


@pytest.mark.parametrize("raw_html", [True, False])
@pytest.mark.parametrize("typographer", [True, False])
def test_markdown_options_are_those_of_the_settings(raw_html: bool, typographer: bool) -> None:
    text = f"title: A\nmarkdown: {{raw_html: {raw_html}, typographer: {typographer}}}"
    options = parse_config(text).markdown_options
    assert (options.raw_html, options.typographer) == (raw_html, typographer)


@pytest.mark.parametrize(
    ("value", "language", "words"),
    [
        ("Hello", "es", "Hello"),
        ({"en": "Hello", "es": "Hola", "es-MX": "Qué tal"}, "es-MX", "Qué tal"),
        ({"en": "Hello", "es": "Hola"}, "es-MX", "Hola"),
        ({"en": "Hello", "es": "Hola"}, "de", "Hello"),
        ({"fr": "Bonjour", "es": "Hola"}, "de", "Bonjour"),
        ({}, "de", ""),
    ],
)
def test_words_for_a_language(value: Localized, language: str, words: str) -> None:
    assert localized(value, language, "en") == words
