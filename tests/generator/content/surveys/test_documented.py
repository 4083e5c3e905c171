"""The surveys that the documentation, the demonstration and `gatherwell new survey` show are ones."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest

from generator.cli.schema import kind_schema
from generator.content.config import Config
from generator.content.surveys.read import Source, read_instrument
from generator.content.surveys.review_file import format_reviewed
from generator.schema.yaml_source import parse_yaml
from tests.generator.command_line import Run
from tests.generator.content.surveys.test_reviewed import EVERYTHING
from tests.sites import TinySite

ROOT = Path(__file__).parents[4]
CONFIG = Config(title="Tiny", languages=("en", "es"))


def test_the_example_of_the_documentation_is_a_whole_survey() -> None:
    text = (ROOT / "docs" / "surveys.md").read_text("utf-8")
    files = dict(re.findall(r"```yaml\n# (content/\S+)\n(.*?)```", text, re.DOTALL))
    english, spanish = files
    source = Source(
        "migraine",
        "working-day",
        english,
        files[english].encode(),
        {"es": (spanish, files[spanish].encode())},
    )
    instrument, problems = read_instrument(source, CONFIG)
    assert problems == []
    assert instrument is not None
    assert {question.kind for question in instrument.questions} == {
        "single",
        "multiple",
        "scale",
        "number",
        "text",
    }


@pytest.mark.parametrize(
    "path", sorted((ROOT / "content").glob("*/surveys/*.yaml")), ids=lambda path: path.name
)
def test_the_schema_takes_the_demonstration(path: Path) -> None:
    kind = "survey-wording" if path.name.count(".") > 1 else "survey"
    value = parse_yaml(path.read_text("utf-8"), "x").value
    jsonschema.Draft202012Validator(kind_schema(kind)).validate(value)


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    text = (ROOT / "content/rheumatoid-arthritis/surveys/mornings.yaml").read_text("utf-8")
    validator = jsonschema.Draft202012Validator(kind_schema("survey"))
    for old, new in (
        ("kind: single", "kind: some"),
        ("key: stage", "key: Stage!"),
        ("title:", "titel:"),
        ("least: 0", "least: zero"),
    ):
        assert not validator.is_valid(parse_yaml(text.replace(old, new, 1), "x").value), new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (": kept back", ": keptback"),
        ("responses: ", "responses: -"),
        ("moment: ", "moment: some day in "),
        ("tables:", "table:"),
        ("- question: ", "- asked: "),
    ],
)
def test_the_schema_of_reviewed_results_takes_what_is_written_and_no_slip(old: str, new: str) -> None:
    text = format_reviewed(EVERYTHING)
    validator = jsonschema.Draft202012Validator(kind_schema("survey-results"))
    validator.validate(parse_yaml(text, "x").value)
    for path in (ROOT / "content/_results").glob("*.yaml"):
        validator.validate(parse_yaml(path.read_text("utf-8"), "x").value)
    assert old in text
    assert not validator.is_valid(parse_yaml(text.replace(old, new, 1), "x").value)


def test_a_new_survey_is_a_draft_that_builds(site: TinySite, run: Run) -> None:
    site.article("migraine/a.md")
    told = run("new", "survey", "migraine", "Your: days", "--root", str(site.root))
    assert (told.code, told.out.strip()) == (0, "content/migraine/surveys/your-days.yaml")
    assert site.build(drafts=True).warnings == ()
    assert "<h1>Your: days</h1>" in site.text("migraine/surveys/your-days/index.html")
    site.build()
    assert not (site.out / "migraine/surveys").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["migraine", "Page"], "'page' is a reserved address; choose another with --id."),
        (["migraine", "Two", "words"], 'a title of several words needs quotes: `gatherwell new survey CONDITION "A title"`'),
        (["migrane", "A title"], "there is no condition 'migrane'; did you mean 'migraine'?"),
    ],
)  # fmt: skip
def test_what_cannot_be_begun_is_told(site: TinySite, run: Run, arguments: list[str], told: str) -> None:
    site.article("migraine/a.md")
    result = run("new", "survey", *arguments, "--root", str(site.root))
    assert result.code == 2
    assert told in result.err
