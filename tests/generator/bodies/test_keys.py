"""What a body's key and its face depend on, and where its problems lie in the file."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from generator.bodies.keys import body_key, face_of
from generator.bodies.render import body_problems
from generator.content.front_matter.parse import Parsed
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.ground.model import Facts, Heading, MarkdownOptions, Poll, PollOption

TEXT = "0123456789abcdef0123456789abcdef"
PLAIN = MarkdownOptions()


def test_same_text_language_and_options_have_the_same_key() -> None:
    assert body_key(TEXT, "en", PLAIN) == body_key(TEXT, "en", MarkdownOptions())


def test_each_thing_that_changes_a_body_changes_its_key() -> None:
    options = [
        MarkdownOptions(raw_html=raw_html, typographer=typographer)
        for raw_html, typographer in itertools.product((False, True), repeat=2)
    ]
    texts = (TEXT, TEXT[:-1] + "0")
    keys = [body_key(*parts) for parts in itertools.product(texts, ("en", "es", "en-GB"), options)]
    assert len(set(keys)) == len(keys) == 24


def test_every_markdown_option_is_in_the_key() -> None:
    for field in msgspec.structs.fields(MarkdownOptions):
        other = msgspec.structs.replace(PLAIN, **{field.name: not getattr(PLAIN, field.name)})
        assert body_key(TEXT, "en", other) != body_key(TEXT, "en", PLAIN), field.name


POLL = Poll("weather", "Q?", "<p>Q?</p>", (PollOption("a", "A", "A"),), line=3)
FACTS = Facts(anchors=("start",), polls=(POLL,), summary="A summary.", word_count=440)


@pytest.mark.parametrize(
    "changed",
    [
        {"anchors": ("begin",)},
        {"anchors": ("start", "more")},
        {"polls": ()},
        {"polls": (msgspec.structs.replace(POLL, version=2),)},
        {"polls": (msgspec.structs.replace(POLL, question="R?"),)},
        {"summary": "Another."},
        {"word_count": 660},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_face_changes_with_all_that_other_pages_see(changed: dict[str, object]) -> None:
    assert face_of(msgspec.structs.replace(FACTS, **changed)) != face_of(FACTS)


@pytest.mark.parametrize(
    "changed",
    [
        {"polls": (msgspec.structs.replace(POLL, line=9),)},
        {"headings": (Heading(2, "Start", "start", 5),)},
        {"word_count": 441},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_face_stays_where_only_the_own_page_changes(changed: dict[str, object]) -> None:
    assert face_of(msgspec.structs.replace(FACTS, **changed)) == face_of(FACTS)


@pytest.mark.parametrize(
    ("body_line", "line", "told"), [(1, 1, 1), (1, 7, 7), (5, 1, 5), (5, 7, 11), (5, 0, 0)]
)
def test_problem_of_a_body_has_its_line_in_the_file(body_line: int, line: int, told: int) -> None:
    document = Document("content/ms/a.md", "article", "ms", "", "a", "en", "", Parsed(body_line=body_line))
    found = body_problems(document, Facts(problems=(Problem("wrong", line, 4, "mend it", rule="alt"),)))
    assert found == [Problem("wrong", told, 4, "mend it", "content/ms/a.md", rule="alt")]
