"""Which files are instruments, and what is said of those that cannot be used."""

from __future__ import annotations

import pytest

from generator.content.config import Config
from generator.content.surveys.files import survey_sources

CONFIG = Config(title="Tiny", languages=("en", "es"))
A = "content/migraine/surveys/a.yaml"


def test_an_instrument_has_its_wordings_by_language() -> None:
    raw = {
        A: b"1",
        "content/migraine/surveys/a.es.yaml": b"2",
        "content/ms/surveys/a.yaml": b"3",
        "content/_topics.yaml": b"4",
    }
    sources, problems = survey_sources(raw, CONFIG)
    assert problems == []
    assert [(each.condition, each.name, each.raw) for each in sources] == [
        ("migraine", "a", b"1"),
        ("ms", "a", b"3"),
    ]
    assert sources[0].wordings == {"es": ("content/migraine/surveys/a.es.yaml", b"2")}


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("content/migraine/surveys/b.yml", "the name of an instrument ends in .yaml | rename it to b.yaml"),
        ("content/migraine/surveys/old/b.yaml",
         "an instrument lies in no folder of its own | move it to content/migraine/surveys/b.yaml"),
        ("content/migraine/surveys/My Survey.yaml",
         "'My Survey' cannot be the id of a survey | rename it to my-survey.yaml"),
        ("content/migraine/surveys/page.yaml", "'page' is a reserved address | rename the file"),
        ("content/migraine/surveys/es.yaml", "'es' is a reserved address | rename the file"),
        ("content/migraine/surveys/a.en.yaml", "'en' is the language of the instrument itself | rename it to a.yaml"),
        ("content/migraine/surveys/a.fr.yaml",
         "'fr' is not a language of this site | add it to `languages` in gatherwell.yaml"),
        ("content/migraine/surveys/b.es.yaml", "this is the wording of an instrument that is not there "
         "| write the instrument: content/migraine/surveys/b.yaml"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_told(path: str, told: str) -> None:
    sources, problems = survey_sources({A: b"", path: b""}, CONFIG)
    assert [source.path for source in sources] == [A]
    assert [f"{each.message} | {each.hint}" for each in problems] == [told]
    assert problems[0].source_path == path
