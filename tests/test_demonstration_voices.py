"""The demonstration's stories and questions: simulated, through the function's and the desk's own rules."""

from __future__ import annotations

import yaml

from generator.content.simulated import SIMULATED, parse_simulated
from tests.demonstration_voices import CLINICIAN, MEMBER, ROOT, made

RAW = (ROOT / SIMULATED).read_bytes()


def test_the_file_is_what_the_function_would_publish() -> None:
    assert RAW.decode() == made(), "run: python -m tests.demonstration_voices"


def test_a_story_and_an_answered_question_are_in_it_in_both_languages() -> None:
    entries, problems = parse_simulated(RAW, demonstration=True)
    assert problems == []
    assert {(entry.kind, entry.lang) for entry in entries.values()} == {
        (kind, lang) for kind in ("story", "question") for lang in ("en", "es")
    }
    accepted = [
        answer.name
        for entry in entries.values()
        for answer in entry.answers
        if answer.id == entry.accepted and answer.role == "clinician"
    ]
    assert accepted == [CLINICIAN, CLINICIAN]


def test_nobody_is_invented() -> None:
    """Names are roles: a member's is none at all, staff have a sample profile."""
    entries = yaml.safe_load(RAW).values()
    people = {path.stem for path in (ROOT / "content/_people").glob("*.md")}
    answers = [answer for entry in entries for answer in entry.get("answers", ())]
    assert {entry["name"] for entry in entries} <= set(MEMBER.values())
    for answer in answers:
        assert answer["name"] in MEMBER.values() or answer["person"] in people
