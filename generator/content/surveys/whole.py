"""What must hold of an instrument as a whole: its dates in order, and breakdowns of questions that can be crossed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from generator.content.surveys.instrument import Question
from generator.content.surveys.written import SurveyFile
from generator.ground.text import did_you_mean
from generator.schema.convert import Reader
from generator.schema.dates import instant
from generator.schema.yaml_source import Path


class Asked(NamedTuple):
    """The sound questions of a file by key, and the keys of all that it holds."""

    sound: Mapping[str, Question]
    keys: Sequence[str]


def check_whole(file: SurveyFile, asked: Asked, reader: Reader, zone: ZoneInfo) -> None:
    """Refuse dates out of order and breakdowns that name no question or none that is counted."""
    opens, closes = instant(file.opens, zone), instant(file.closes, zone)
    if closes < opens or (closes == opens and len(file.closes) != 10):
        reader.refuse(("closes",), "this survey closes before it opens", f"write a day after {file.opens}")
    if file.interim and not opens < instant(file.interim, zone) < closes:
        hint = f"write a day between {file.opens} and {file.closes}"
        reader.refuse(("interim",), "'interim' is not between opening and closing", hint)
    seen: set[tuple[str, str]] = set()
    for index, one in enumerate(file.breakdowns):
        path: Path = ("breakdowns", index)
        _check_crossed(one.question, "question", asked, reader, path)
        if one.question == one.by:
            reader.refuse(path, f"'{one.by}' cannot be broken down by itself", "name another question")
        else:
            _check_crossed(one.by, "by", asked, reader, path)
        if (one.question, one.by) in seen:
            reader.refuse(path, "this breakdown stands here twice", "remove one")
        seen.add((one.question, one.by))


def _check_crossed(name: str, key: str, asked: Asked, reader: Reader, path: Path) -> None:
    question, path = asked.sound.get(name), (*path, key)
    if question is None:
        # One that stands in the file has faults of its own, which are told there.
        if name not in asked.keys:
            hint = did_you_mean(name, asked.keys) or f"questions are: {', '.join(asked.keys)}"
            reader.refuse(path, f"there is no question '{name}'", hint)
    elif question.kind == "text":
        reader.refuse(
            path, f"'{name}' is free text, which is never published", "name a question with answers"
        )
    elif key == "by" and question.kind == "multiple":
        message = f"'{name}' takes several answers, so its groups overlap"
        reader.refuse(path, message, "break down by a question with one answer")
