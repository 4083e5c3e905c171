"""gatherwell.yaml: strict, with defaults, every fault at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.content.config import Config, config_place, localized, parse_config, read_config
from generator.ground.errors import ConfigError, SiteError


def faults(text: str) -> list[str]:
    with pytest.raises(SiteError) as raised:
        parse_config(text)
    return str(raised.value).replace("\n    ", " | ").split("\n")


def test_title_is_enough() -> None:
    assert parse_config("title: Ours") == Config(title="Ours")


def test_project_without_settings_is_called_after_its_folder(tmp_path: Path) -> None:
    assert read_config(tmp_path) == (Config(title=tmp_path.name), b"")


FAULTS = {
    "": "gatherwell.yaml:1:1: 'title' is missing | add a line `title: …`",
    "title: A\nbase_ulr: x": "gatherwell.yaml:2:1: 'base_ulr' is not a known key | did you mean 'base_url'?",
    "title: A\nchecks: {lnks: off}": "gatherwell.yaml:2:10: 'lnks' is not a known key | did you mean 'links'?",
    "title: A\nchecks: {links: maybe}": "gatherwell.yaml:2:17: 'links' cannot be 'maybe' | known are: error, off, warning",
    "title: A\nbase_url: a.example": "gatherwell.yaml:2:11: 'base_url': 'a.example' is not a web address | write it whole: https://…",
    "title: A\nbase_url: https://a.example:0/": (
        "gatherwell.yaml:2:11: 'base_url': 'a.example:0' is not a host"
        " | write scheme, host and perhaps a path: https://example.org/health/"
    ),
    "title: A\nlanguage: english": (
        "gatherwell.yaml:2:11: 'language': 'english' is not a language tag | write it as `en`, `es` or `pt-BR`"
    ),
    "title: A\ntime_zone: Mars/Base": (
        "gatherwell.yaml:2:12: 'time_zone': 'Mars/Base' is not a time zone"
        " | write it as `Europe/London`; `UTC` always works"
    ),
    "title: A\npagination: {per_page: 0}": "gatherwell.yaml:2:24: 'per_page': 0 is too small | write 1 or more",
    "title: A\nfeeds: 3": "gatherwell.yaml:2:8: 'feeds' must be a block of keys, not a whole number",
    "title: A\ncomments: {reactions: [Hug!]}": (
        "gatherwell.yaml:2:23: 'reactions': 'Hug!' cannot be a reaction's key"
        " | use a-z, 0-9 and hyphens, such as `me-too`"
    ),
    "title: A\ncomments: {quiet_hours: 7 to 9}": (
        "gatherwell.yaml:2:25: 'quiet_hours': '7 to 9' is not a span of hours"
        " | write `22:00-07:00`, or `off` for none"
    ),
    "title: A\ncomments: {slow_mode: -5}": (
        "gatherwell.yaml:2:23: 'slow_mode': -5 minutes are not between 0 and a day"
        " | write 0 to 1440; 0 is off"
    ),
    "title: A\nwidgets: {endpoint: api}": (
        "gatherwell.yaml:2:21: 'endpoint': 'api' is not an address"
        " | write `/api/v1`, or the whole https address of the function"
    ),
    "- title": "gatherwell.yaml:1:1: this must be `key: value` lines, not a list | write `key: value`, one a line",
}


@pytest.mark.parametrize(("text", "fault"), FAULTS.items(), ids=FAULTS)
def test_fault_is_told_with_place_and_remedy(text: str, fault: str) -> None:
    assert faults(text) == [fault]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"title: A\nnotice: \xff", "gatherwell.yaml:2:1: is not UTF-8 text\n    save the file as UTF-8"),
        (b"title: a\x00b", "gatherwell.yaml:1:1: character 0 is not allowed here"),
    ],
)
def test_damaged_settings_are_refused(tmp_path: Path, raw: bytes, fault: str) -> None:
    (tmp_path / "gatherwell.yaml").write_bytes(raw)
    with pytest.raises(SiteError) as raised:
        read_config(tmp_path)
    assert str(raised.value).startswith(fault)


def test_settings_that_are_a_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "gatherwell.yaml").mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        read_config(tmp_path)


def test_place_of_a_setting(tmp_path: Path) -> None:
    (tmp_path / "gatherwell.yaml").write_text("title: A\ntheme: mine\n")
    assert config_place(tmp_path, "theme") == (2, 8)
    assert config_place(tmp_path / "nowhere", "theme") == (1, 1)


@pytest.mark.parametrize(
    ("language", "words"), [("es", "Hola"), ("es-MX", "Hola"), ("fr", "Hello"), ("en", "Hello")]
)
def test_words_fall_back_to_the_language_then_to_the_sites_own(language: str, words: str) -> None:
    assert localized({"en": "Hello", "es": "Hola"}, language, "en") == words


def test_site_language_comes_first_and_once() -> None:
    assert parse_config("title: A\nlanguage: es\nlanguages: [en, es]").all_languages == ("es", "en")
