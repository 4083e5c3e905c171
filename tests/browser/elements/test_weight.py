"""How much the elements weigh as they are published: counted, printed, and failing above the budget."""

from __future__ import annotations

import gzip
import re

import pytest

from tests.browser.elements.village import Pages
from widgets import ELEMENTS_DIR

LOADER, ARTICLE, SURVEY_SCRIPT, VOICE_SCRIPT, NEWS_SCRIPT = (
    1_024,
    14 * 1_024,
    3_500,
    3_072,
    1_024,
)  # bytes, each file compressed by itself as a server does


def test_the_elements_keep_to_their_budget(capsys: pytest.CaptureFixture[str]) -> None:
    sizes = {
        path.rpartition("/")[2]: len(gzip.compress(content, 9, mtime=0))
        for path, content in sorted(Pages().files.items())
        if "/elements." in path
    }

    with capsys.disabled():
        print(
            "\nelements, gzipped:",
            ", ".join(f"{name} {size:,}" for name, size in sizes.items()),
            f"= {sum(sizes.values()):,} bytes",
        )

    scripts = {name: size for name, size in sizes.items() if name.endswith(".js")}
    words = max(size for name, size in sizes.items() if name.endswith(".txt"))
    assert set(scripts) == {path.name for path in ELEMENTS_DIR.glob("*.js")}
    assert scripts["loader.js"] <= LOADER
    # An article never loads what belongs to one's own page, to a survey's, or to that of a form; answered.js only where a survey
    # was answered, news.js only where somebody asked to be told; of the words one language.
    elsewhere = ("you.js", "survey.js", "answered.js", "news.js", "feed.js", "voice.js", "voices.js")
    assert sum(scripts.values()) - sum(scripts[name] for name in elsewhere) + words <= ARTICLE
    assert max(scripts["voice.js"], scripts["voices.js"]) <= VOICE_SCRIPT
    assert max(scripts["news.js"], scripts["feed.js"]) <= NEWS_SCRIPT
    assert scripts["survey.js"] <= SURVEY_SCRIPT


def test_the_elements_import_nothing_from_elsewhere() -> None:
    sources = {path.name: path.read_text(encoding="utf-8") for path in ELEMENTS_DIR.rglob("*.js")}
    imports = [
        found
        for text in sources.values()
        for found in re.findall(r"""(?:from|import\()\s*["'`]([^"'`]+)""", text)
    ]

    assert imports
    assert all(name.startswith("./") for name in imports)
