"""Surveys of the organized site: identity, addresses, and whether they are taken now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.content.config import Config
from generator.content.surveys.files import FOLDER, survey_sources
from generator.content.surveys.instrument import Instrument, Words
from generator.content.surveys.read import read_instrument
from generator.content.surveys.rewording import wording_mark
from generator.ground.errors import Problem
from generator.ground.text import did_you_mean
from generator.site.conditions import language_segment
from generator.site.permalinks import Permalinks
from generator.site.schedule import end_of, moment_of
from generator.site.types import Condition, Edition, Survey, SurveyState

RULE = "surveys"


def parse_surveys(raw: Mapping[str, bytes], config: Config) -> tuple[tuple[Instrument, ...], list[Problem]]:
    """The instruments among *raw* (bytes by path), in order of path, and everything that is wrong in their files."""
    sources, problems = survey_sources(raw, config)
    instruments = []
    for source in sources:
        instrument, found = read_instrument(source, config)
        problems += found
        if instrument is not None:
            instruments.append(instrument)
    return tuple(instruments), problems


def make_surveys(
    instruments: Iterable[Instrument],
    conditions: Mapping[str, Condition],
    permalinks: Permalinks,
    config: Config,
    now: str,
    drafts: bool,
) -> tuple[dict[str, Survey], list[Problem]]:
    """Surveys by id as of *now* (UTC ISO text), drafts only with *drafts*; and problems."""
    surveys: dict[str, Survey] = {}
    problems: list[Problem] = []
    for instrument in instruments:
        if instrument.condition not in conditions:
            hint = did_you_mean(instrument.condition, conditions) or f"there are: {', '.join(conditions)}"
            message = f"there is no condition '{instrument.condition}'"
            problems.append(Problem(message, source_path=instrument.source_path, hint=hint))
        elif drafts or not instrument.draft:
            survey = _make(instrument, permalinks, config, now)
            problems += _reworded(survey)
            surveys[instrument.id] = survey
    return dict(sorted(surveys.items())), problems


def _make(instrument: Instrument, permalinks: Permalinks, config: Config, now: str) -> Survey:
    zone = config.zone
    opens, closes = moment_of(instrument.opens, zone), end_of(instrument.closes, zone)
    prefixes = {
        language: permalinks.prefix(instrument.condition, language_segment(language, config))
        for language in instrument.words
    }
    return Survey(
        instrument=instrument,
        root=permalinks.root_of(instrument.condition),
        opens=opens,
        closes=closes,
        interim=moment_of(instrument.interim, zone),
        state=_state(opens, closes, now),
        url_paths={tag: f"{prefix}{FOLDER}/{instrument.name}/" for tag, prefix in prefixes.items()},
    )


def _state(opens: str, closes: str, now: str) -> SurveyState:
    if now < opens:
        return "coming"
    return "open" if now < closes else "closed"


def _reworded(survey: Survey) -> Iterator[Problem]:
    """A warning where questions differ from those that their version was fixed with, and where none were fixed in time."""
    version = survey.instrument.version
    for words in survey.instrument.words.values():
        if words.marked and words.marked != words.mark:
            message = f"the questions are not those that version {version} was fixed with"
            anew = wording_mark(version + 1, survey.instrument.questions, words)
            stepped = f"was a slip mended, or is version {version} new" if version > 1 else "was only a slip mended"
            hint = (
                f"{stepped}, write `wording: {words.mark}` here; did their meaning change under version {version}, "
                f"write `version: {version + 1}`, and `wording: {anew}` here"
            )
            yield _warning(message, words, hint)
        elif not words.marked and survey.state != "coming":
            message = "the wording is not fixed, so that nobody will notice if a question changes while people answer"
            yield _warning(message, words, f"add a line `wording: {words.mark}`")


def _warning(message: str, words: Words, hint: str) -> Problem:
    return Problem(message, words.mark_line, 1, hint, words.source_path, "warning", RULE)


def survey_moments(surveys: Iterable[Survey]) -> set[str]:
    """The moments at which surveys open and close, in UTC ISO text."""
    return {moment for survey in surveys for moment in (survey.opens, survey.closes)}


def survey_editions(surveys: Iterable[Survey]) -> Iterator[Edition]:
    """The editions (condition, language) in which surveys have a page."""
    for survey in surveys:
        for language in survey.url_paths:
            yield survey.condition, language


def surveys_of(surveys: Mapping[str, Survey], condition: str, language: str) -> tuple[Survey, ...]:
    """A condition's surveys with words in *language*: open ones first, then coming ones, closed ones last."""
    order = {"open": 0, "coming": 1, "closed": 2}
    found = [each for each in surveys.values() if each.condition == condition and language in each.url_paths]
    newest_first = sorted(found, key=lambda each: (each.opens, each.id), reverse=True)
    return tuple(sorted(newest_first, key=lambda each: order[each.state]))


def open_surveys(surveys: Mapping[str, Survey], condition: str, language: str) -> tuple[Survey, ...]:
    """Those of :func:`surveys_of` that are taken now; the one that closes first stands first."""
    found = [each for each in surveys_of(surveys, condition, language) if each.state == "open"]
    return tuple(sorted(found, key=lambda each: each.closes))
