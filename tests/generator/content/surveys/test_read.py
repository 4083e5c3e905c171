"""An instrument's file becomes typed questions and words; each fault is told with its place and a remedy."""

from __future__ import annotations

import pytest

from generator.content.config import Config
from generator.content.surveys.instrument import AskIf, Band, Instrument
from generator.content.surveys.read import Source, read_instrument
from tests.generator.content.surveys.working_day import ID, INSTRUMENT, PATH, SPANISH, SPANISH_PATH

FOLDER = PATH.removesuffix("working-day.yaml")
CONFIG = Config(title="Tiny", languages=("en", "es"))


def read(text: str = INSTRUMENT, spanish: str = "") -> tuple[Instrument | None, list[str]]:
    wordings = {"es": (SPANISH_PATH, spanish.encode())} if spanish else {}
    instrument, problems = read_instrument(
        Source("migraine", "working-day", PATH, text.encode(), wordings), CONFIG
    )
    return instrument, [str(each).replace("\n    ", " | ").replace(FOLDER, "") for each in problems]


def good(text: str = INSTRUMENT, spanish: str = "") -> Instrument:
    instrument, problems = read(text, spanish)
    assert problems == []
    assert instrument is not None
    return instrument


def swapped(old: str, new: str, text: str = INSTRUMENT) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_an_instrument_is_typed() -> None:
    found = good()
    years, work, helps, understood, mood, words = found.questions
    assert found.id == ID
    assert (found.opens, found.closes, found.age, found.months, found.version) == (
        "2026-03-01", "2026-08-31", 16, 24, 1
    )  # fmt: skip
    assert (years.kind, years.least, years.most) == ("number", 0, 90)
    assert years.bands == (Band("under-5", None, 5), Band("from-5", 5, None))
    assert (work.choices, work.required) == (("yes", "no"), True)
    assert (helps.choices, helps.exclusive, helps.min, helps.max) == (
        ("breaks", "light", "none"),
        ("none",),
        0,
        2,
    )
    assert (understood.choices, understood.ask_if[1]) == (
        ("1", "2", "3", "4", "5"),
        AskIf("years", ("from-5",)),
    )
    assert mood.sensitive
    assert (words.choices, words.ask_if) == ((), (AskIf("understood", ("1", "2")),))
    assert found.breakdowns == (("understood", "years"),)


def test_words_are_apart_from_what_is_counted() -> None:
    words = good().words["en"]
    assert [(section.key, section.questions) for section in words.sections] == [
        ("you", ("years", "work")),
        ("day", ("helps", "understood", "mood", "words")),
    ]
    assert words.questions["understood"].options == {"1": "Not at all", "5": "Completely"}
    assert words.questions["years"].options == {"under-5": "Less than 5 years", "from-5": "5 years or more"}
    assert words.questions["years"].unit == "years"


def test_questions_need_no_sections() -> None:
    head, _, sections = INSTRUMENT.partition("sections:\n")
    work = sections[sections.index("      - key: work") : sections.index("  - key: day")]
    found = good(f"{head}questions:\n{work}")
    assert ([each.key for each in found.questions], found.words["en"].sections) == (["work"], ())


def test_a_wording_has_the_same_keys_in_the_instruments_order() -> None:
    spanish = good(spanish=SPANISH).words["es"]
    assert spanish.title == "La migraña y tu jornada"
    assert list(spanish.questions["helps"].options.items())[-1] == ("none", "Nada de esto")
    assert spanish.questions["understood"].options == {"1": "Nada", "5": "Por completo"}
    assert spanish.sections[0].questions == ("years", "work")


FAULTS = [
    # what is written instead, and what is told
    ("closes: 2026-08-31", "closes: 2026-02-01",
     "yaml:4:9: this survey closes before it opens | write a day after 2026-03-01"),
    ("closes: 2026-08-31", "closes: 31.8.2026",
     "yaml:4:9: 'closes': '31.8.2026' is not a date | write it as 2026-03-14, or 2026-03-14T10:00; "
     "which of the two is the day differs from country to country"),
    ("closes: 2026-08-31\n", "", "yaml:1:1: 'closes' is missing | add a line `closes: …`"),
    ("closes: 2026-08-31", "closes: 2026-08-31\ninterim: 2027-01-01",
     "yaml:5:10: 'interim' is not between opening and closing | write a day between 2026-03-01 and 2026-08-31"),
    ("closes: 2026-08-31", "closes: 2026-08-31\nmonth: 12", "yaml:5:1: 'month' is not a known key | did you mean 'months'?"),
    ("collection: My answers may be kept and counted.", "collection: ' '",
     "yaml:7:15: 'collection': is empty | write some words"),
    ("key: words", "key: Words!",
     "yaml:50:14: 'key': 'Words!' cannot be a key | use a-z, 0-9 and hyphens, such as `days-lost`"),
    ("kind: number", "kind: numbr", "yaml:17:15: 'kind' cannot be 'numbr' | did you mean 'number'?"),
    ("        most: 90\n", "", "yaml:14:9: 'years' has no 'most' | write the largest number that is possible: most: 100"),
    ("least: 0", "least: 95", "yaml:20:15: 'most' is not above 'least' (95) | swap them"),
    ("least: 5}", "least: 4}", "yaml:23:58: the band 'from-5' overlaps the one before | begin it there: least: 5"),
    ("least: 5}", "least: 6}",
     "yaml:23:58: the band 'from-5' leaves a hole after the one before | begin it there: least: 5"),
    ("least: 5}", "least: 5, below: 90}",
     "yaml:23:68: no band holds 90, which may be answered | leave `below` out in the last band"),
    ("below: 5}", "least: 1, below: 5}",
     "yaml:22:61: no band holds 0, which may be answered | write least: 0, or leave it out"),
    ("most: 90", "most: 4", "yaml:23:13: no number can fall into the band 'from-5' "
     "| numbers lie between 0 and 4; remove it, or change its ends"),
    ("below: 5}\n", "below: 5}\n          - {key: odd, label: Odd, least: 5, below: 5}\n",
     "yaml:23:13: no number can fall into the band 'odd' | numbers lie between 0 and 90; remove it, or change its ends"),
    ("key: from-5", "key: under-5", "yaml:23:19: two bands have the key 'under-5' | rename one"),
    ("options: {yes: I do, no: I do not}", "options: {yes: I do}", "yaml:28:18: 'work' has 1 option | write 2 to 30"),
    ("options: {yes: I do, no: I do not}", "options: {yes: 1, no: I do not}",
     'yaml:28:24: \'yes\' must be text, not a whole number | put it in quotes: yes: "1"'),
    ("yes: I do, no: I do not", "yes: I do, no: I DO",
     "yaml:28:34: 'yes' and 'no' have the same words | reword one of them"),
    ("exclusive: none", "exclusive: nothing",
     "yaml:36:20: there is no option 'nothing' | its options are: breaks, light, none"),
    ("max: 2", "max: 3", "yaml:37:14: between 0 and 3 of 2 options cannot be chosen together "
     "| min and max lie between 0 and 2, min not above max"),
    ("points: 5", "points: 50", "yaml:42:17: 'points': 50 is not possible here | write a number from 2 to 11"),
    ("ends: [Not at all, Completely]", "ends: [Not at all]",
     "yaml:43:15: 'ends': a scale has two ends | write both: [Not at all, Completely]"),
    ("kind: text", "kind: text\n        unit: words",
     "yaml:53:9: 'unit' is not for a question of the kind 'text' | it belongs to `number`; remove it, or change the kind"),
    ("key: mood", "key: helps", "yaml:45:14: two questions have the key 'helps' | rename one; keys never change later"),
    ("ask_if: {work: yes}", "ask_if: {wrok: yes}", "yaml:38:18: there is no question 'wrok' | did you mean 'work'?"),
    ("ask_if: {work: yes}", "ask_if: {helps: light}",
     "yaml:38:18: 'helps' waits for its own answer | name an earlier question"),
    ("ask_if: {work: yes}", "ask_if: {mood: often}",
     "yaml:38:18: 'mood' is asked later than 'helps' | move 'mood' before 'helps'"),
    ("ask_if: {work: yes}", "ask_if: {work: maybe}", "yaml:38:24: 'work' has no answer 'maybe' | its answers are: yes, no"),
    ("ask_if: {work: yes}", "ask_if: {work: []}",
     "yaml:38:24: no answer to 'work' is listed, so 'helps' is never asked | list one or more"),
    ("ask_if: {understood: [1, 2]}", "ask_if: {understood: 1, work: no}",
     "yaml:53:39: 'words' can never be asked: no answer to 'work' meets all that leads here "
     "| compare the `ask_if` of the questions before it about 'work'"),
    ("question: understood", "question: understod",
     "yaml:55:16: there is no question 'understod' | did you mean 'understood'?"),
    ("question: understood", "question: words",
     "yaml:55:16: 'words' is free text, which is never published | name a question with answers"),
    ("by: years", "by: helps",
     "yaml:55:32: 'helps' takes several answers, so its groups overlap | break down by a question with one answer"),
    ("by: years", "by: understood",
     "yaml:55:5: 'understood' cannot be broken down by itself | name another question"),
    ("    text: Two short questions.\n", "    text: Two\n    page: 2\n", "yaml:13:5: 'page' is not a known key | "
     "known are: key, questions, text, title"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), FAULTS)
def test_a_fault_is_told_with_its_place(old: str, new: str, told: str) -> None:
    instrument, problems = read(swapped(old, new))
    assert instrument is None
    assert problems == [f"working-day.{told}"]


def test_all_faults_are_told_at_once() -> None:
    text = INSTRUMENT
    for old, new, _ in (FAULTS[0], FAULTS[10], FAULTS[16], FAULTS[20], FAULTS[24]):
        text = swapped(old, new, text)
    assert len(read(text)[1]) == 5


@pytest.mark.parametrize(("decimals", "problems"), [(0, 1), (1, 0)])
def test_a_band_between_two_whole_numbers_needs_decimals(decimals: int, problems: int) -> None:
    between = "below: 4.2}\n          - {key: odd, label: Odd, least: 4.2, below: 4.8}"
    text = swapped("below: 5}", between, swapped("least: 5}", "least: 4.8}"))
    assert len(read(swapped("most: 90", f"most: 90\n        decimals: {decimals}", text))[1]) == problems


def test_several_conditions_on_several_answers_must_fit_the_number_that_may_be_chosen() -> None:
    both = swapped("max: 2", "max: 1")
    both = swapped("ask_if: {work: yes, years: from-5}", "ask_if: {helps: [light]}", both)
    both = swapped("ask_if: {understood: [1, 2]}", "ask_if: {understood: [1], helps: [breaks]}", both)
    assert read(both)[1] == [
        "working-day.yaml:53:42: 'words' can never be asked: no answer to 'helps' meets all that leads here "
        "| compare the `ask_if` of the questions before it about 'helps'"
    ]
    assert good(swapped("max: 1", "max: 2", both)).questions[-1].key == "words"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  words:\n    ask: ¿Qué deberían saber los demás?\n", "",
         "yaml:9:1: not translated among the questions: 'words' | add it below `questions:`"),
        ("bands: {under-5: Menos de 5 años, from-5: 5 años o más}", "bands: {under-5: Menos de 5 años}",
         "yaml:14:5: not translated among the bands: 'from-5' | add it below `bands:`"),
        ("    unit: años\n", "", "yaml:10:3: 'unit' is not translated | add a line `unit: …`"),
        ("unit: años", "units: años", "yaml:13:5: 'units' is not a known key | did you mean 'unit'?"),
        ("{yes: Sí, no: No}", "{yes: Sí, no: No, maybe: Quizá}",
         "yaml:17:32: the instrument has no 'maybe' among its options | remove it; wording has the keys of its instrument"),
        ("title: La", "version: 2\ntitle: La", "yaml:1:1: 'version' is not a known key | "
         "it stands in working-day.yaml alone; remove it here"),
        ("ask: ¿Qué ayuda", "help: Elige dos.\n    ask: ¿Qué ayuda",
         "yaml:19:5: the instrument has no 'help' here | remove it here, or write it in working-day.yaml too"),
        ("{title: Tu jornada}", "{title: Tu jornada, text: Así}",
         "yaml:8:28: the instrument has no 'text' here | remove it here, or write it in working-day.yaml too"),
    ],
)  # fmt: skip
def test_a_wording_is_complete_and_holds_nothing_else(old: str, new: str, told: str) -> None:
    instrument, problems = read(spanish=swapped(old, new, SPANISH))
    assert instrument is None
    assert problems == [f"working-day.es.{told}"]
