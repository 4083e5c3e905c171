"""Surveys in the manifest, in the contract's shape and by its schema."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.generator.content.surveys.working_day import ID, INSTRUMENT, PATH, SPANISH, SPANISH_PATH
from tests.sites import TinySite
from widgets.contract.manifest import Manifest, parse_manifest
from widgets.contract.surveys import AskIf, Band, Choice, Question, QuestionWords, SectionWords

SCHEMA = json.loads((Path(__file__).parents[3] / "widgets/contract/manifest.schema.json").read_text("utf-8"))


def manifest(site: TinySite, **options: object) -> Manifest:
    site.build(**options)  # type: ignore[arg-type]
    raw = site.text("manifest.json")
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(raw))
    return parse_manifest(raw.encode())


@pytest.fixture
def surveyed(site: TinySite) -> TinySite:
    site.put("gatherwell.yaml", "title: Tiny\nbase_url: https://tiny.example/health/\nlanguages: [en, es]\n")
    site.article("migraine/a.md")
    site.put(PATH, INSTRUMENT + "interim: 2026-05-01\n")
    site.put(SPANISH_PATH, SPANISH)
    return site


def test_the_function_reads_the_whole_instrument(surveyed: TinySite) -> None:
    survey = manifest(surveyed).survey(ID)
    assert (survey.condition, survey.version, survey.consent, survey.age, survey.months, survey.exact) == (
        "migraine", 1, "2026-03", 16, 24, False
    )  # fmt: skip
    moments = (survey.opens, survey.interim, survey.closes)
    assert [moment.isoformat() if moment else "" for moment in moments] == [
        "2026-03-01T00:00:00+00:00", "2026-05-01T00:00:00+00:00", "2026-09-01T00:00:00+00:00"
    ]  # fmt: skip
    assert survey.breakdowns == (("understood", "years"),)
    assert survey.pages == {
        "en": "/health/migraine/surveys/working-day/",
        "es": "/health/migraine/es/surveys/working-day/",
    }
    assert survey.question("years") == Question(
        "years", "number", least=0, most=90, bands=(Band("under-5", None, 5), Band("from-5", 5, None))
    )
    assert survey.question("helps") == Question(
        "helps",
        "multiple",
        (Choice("breaks"), Choice("light"), Choice("none", True)),
        max=2,
        ask_if=(AskIf("work", ("yes",)),),
    )
    assert survey.question("mood") == Question(
        "mood", "single", (Choice("often"), Choice("never")), sensitive=True
    )


def test_words_are_carried_in_every_language(surveyed: TinySite) -> None:
    words = manifest(surveyed).survey(ID).words
    assert words["es"].sections == (
        SectionWords("La migraña y tú", ("years", "work"), "Dos preguntas cortas."),
        SectionWords("Tu jornada", ("helps", "understood", "mood", "words")),
    )
    assert words["en"].questions["years"] == QuestionWords(
        "For how many years have you had migraine?",
        "Your best guess is fine.",
        {"under-5": "Less than 5 years", "from-5": "5 years or more"},
        "years",
    )


def test_drafts_are_no_part_of_it(surveyed: TinySite) -> None:
    surveyed.put(PATH, INSTRUMENT + "draft: true\n")
    assert manifest(surveyed, drafts=True).surveys == {}
