"""`gatherwell new survey`: begins a survey with a question of each kind, as a draft."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from generator.cli.new_paths import find_condition
from generator.cli.options import root_option
from generator.cli.starting_texts import slug_of, write_new, yaml_text
from generator.cli.typed import as_typed
from generator.content.config import read_config
from generator.content.surveys.files import FOLDER, RESERVED
from generator.disk.content_tree import CONTENT_DIR

_OPENS_IN, _OPEN_FOR = dt.timedelta(weeks=2), dt.timedelta(weeks=12)
_MOST_LETTERS = 64
_START = """\
title: {title}
purpose: Say in two or three plain sentences what you want to know, and what will come of it.
draft: true  # take this line out when everything is right
opens: {opens}
closes: {closes}
# Who asks, and how: a report on the answers needs all three.
sponsor: Say who pays for this survey, or that nobody does.
ethics: Say what an ethics committee said, or why none was asked.
recruitment: Say who can answer, and how they hear of it.
consent:
  version: "{month}"
  collection: >-
    I have read what happens to my answers, and I agree that they are kept and counted. I know that they tell something
    about my health, and that I can take them back.
  publication: >-
    My answers may count in tables that are published on these pages. When I take them back they are erased at once.
    Numbers that are published already change later, once enough answers have come or gone that nobody can be recognised.
# Keys (years, helps, under-5 …) are what is counted: they never change once people have answered. Words may be mended.
sections:
  - key: you
    title: You
    questions:
      - key: years
        ask: For how many years have you lived with it?
        kind: number
        unit: years
        least: 0
        most: 90
        bands:  # what is published; every possible number falls into one of them
          - {{key: under-5, label: Less than 5 years, below: 5}}
          - {{key: from-5, label: 5 years or more, least: 5}}
      - key: stage
        ask: Which of these fits you best?
        kind: single
        options:
          new: It is new to me
          long: I know it well
  - key: days
    title: Your days
    questions:
      - key: helps
        ask: What helps on a hard day?
        kind: multiple
        options:
          rest: Rest
          people: People around me
          none: None of these
        exclusive: none
      - key: heard
        ask: How well do others understand it?
        kind: scale
        points: 5
        ends: [Not at all, Completely]
        ask_if: {{helps: people}}  # asked only after this answer
      - key: words
        ask: What should others know?
        kind: text  # read by editors alone, never published
# Answers that may be published by the answers to another question; the fewer, the more can be shown.
breakdowns:
  - {{question: helps, by: stage}}
"""


@click.command("survey")
@click.argument("subject", nargs=-1, required=True, metavar="[CONDITION] TITLE")
@root_option
@click.option(
    "--condition", metavar="C", help="The condition's folder, if it does not stand before the title."
)
@click.option("--id", "survey_id", metavar="ID", help="The file's name; by default made from the title.")
def command(subject: tuple[str, ...], root: Path, condition: str | None, survey_id: str | None) -> None:
    """Begin a survey called TITLE, as a draft."""
    *before, title = subject
    if len(before) > 1 or (before and condition is not None):
        raise click.UsageError(
            as_typed('a title of several words needs quotes: `gatherwell new survey CONDITION "A title"`')
        )
    config = read_config(root)[0]
    folder = find_condition(root, before[0] if before else condition)
    name = slug_of(title, survey_id, "--id", ascii_only=True)[:_MOST_LETTERS].strip("-")
    if name in RESERVED or name in config.all_languages:
        raise click.UsageError(f"'{name}' is a reserved address; choose another with --id.")
    today = dt.datetime.now(config.zone).date()
    opens = today + _OPENS_IN
    text = _START.format(
        title=yaml_text(title), opens=opens, closes=opens + _OPEN_FOR, month=opens.isoformat()[:7]
    )
    write_new(root, f"{CONTENT_DIR}/{folder}/{FOLDER}/{name}.yaml", text)
    said = "    a draft: `gatherwell serve --drafts` shows it; the document “Surveys” tells the rest"
    click.echo(as_typed(said), err=True)
