"""What the path of a Markdown file says of it."""

from __future__ import annotations

import pytest

from generator.content.config import Config
from generator.content.source_path import MAX_CONDITION, Naming, name_source
from generator.ground.errors import Problem

CONFIG = Config(title="Tiny", language="en", languages=("es", "pt-BR"))
LONGEST = "a" * MAX_CONDITION


@pytest.mark.parametrize(
    ("path", "naming"),
    [
        ("content/ms/a.md", Naming("article", "ms", "", "a", "en")),
        ("content/ms/a.es.md", Naming("article", "ms", "", "a", "es")),
        ("content/ms/a.en.md", Naming("article", "ms", "", "a", "en")),
        ("content/ms/a.pt-BR.md", Naming("article", "ms", "", "a", "pt-BR")),
        ("content/ms/a.fr.md", Naming("article", "ms", "", "a.fr", "en")),
        ("content/ms/v1.2.es.md", Naming("article", "ms", "", "v1.2", "es")),
        ("content/ms/es.md", Naming("article", "ms", "", "es", "en")),
        ("content/ms/deep/down/a.md", Naming("article", "ms", "deep/down", "a", "en")),
        ("content/ms/deep/index.es.md", Naming("article", "ms", "deep", "index", "es")),
        ("content/long-covid/_index.md", Naming("hub", "long-covid", "", "_index", "en")),
        ("content/ms/deep/down/_index.es.md", Naming("section", "ms", "deep/down", "_index", "es")),
        ("content/ms/_index.es.md", Naming("hub", "ms", "", "_index", "es")),
        ("content/_people/ana.md", Naming("person", "", "", "ana", "en")),
        ("content/_people/team/ana.es.md", Naming("person", "", "team", "ana", "es")),
        ("content/_pages/about.md", Naming("page", "", "", "about", "en")),
        (f"content/{LONGEST}/a.md", Naming("article", LONGEST, "", "a", "en")),
    ],
)
def test_path_says_kind_condition_folder_name_and_language(path: str, naming: Naming) -> None:
    assert name_source(path, CONFIG) == naming


REFUSED = {
    "content/a.md": ("an article must lie in a condition's folder", "move it to content/<condition>/a.md"),
    "content/ms/_indx.md": ("a name that begins with _ is kept for the generator", "did you mean '_index'?"),
    "content/ms/_zzz.md": ("a name that begins with _ is kept for the generator", "rename the file"),
    "content/_peple/a.md": (
        "'_peple' is not a folder that the generator knows",
        "did you mean '_people'?",
    ),
    f"content/{LONGEST}a/a.md": (
        "the condition's folder has too long a name (101 characters)",
        "use at most 100 characters",
    ),
    "content/Long Covid/a.md": (
        "a condition's folder is named with a-z, 0-9 and hyphens",
        "rename the folder to `long-covid`",
    ),
    "content/偏頭痛/a.md": ("a condition's folder is named with a-z, 0-9 and hyphens", "rename the folder"),
    "content/🎈/a.md": ("a condition's folder is named with a-z, 0-9 and hyphens", "rename the folder"),
}


@pytest.mark.parametrize(("path", "told"), REFUSED.items(), ids=[ascii(path) for path in REFUSED])
def test_path_that_says_nothing_usable_is_a_problem_of_that_file(path: str, told: tuple[str, str]) -> None:
    found = name_source(path, CONFIG)
    assert isinstance(found, Problem)
    assert (found.message, found.hint, found.source_path) == (*told, path)
