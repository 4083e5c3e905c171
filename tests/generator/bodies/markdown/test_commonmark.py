"""CommonMark stays CommonMark: our list of rules and our loops change nothing that the specification says."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from markdown_it import MarkdownIt

from generator.bodies.markdown.parser import core_parser
from generator.ground.model import Body, MarkdownOptions

from .samples import COMMON, texts
from .shown import Fixture, body_of, fill, read_fixtures

CASES = read_fixtures("commonmark")
PLAIN_QUOTES = MarkdownOptions(typographer=False)
_IDS = re.compile(r'(<h[1-6]) id="[^"]*"')
# What the site's dialect reads otherwise: definition lists, tasks, and images in images' descriptions,
# where markdown-it loses escaped characters.
_OTHERWISE = re.compile(r"^[ \t>]*[:~][ \t]|::|\[[ xX]\]|!\[.*!\[", re.MULTILINE | re.DOTALL)


def _drops_links(body: Body) -> bool:
    """Whether a link was refused: one within a link, or one that leads nowhere."""
    return any(problem.rule in ("inline", "link") for problem in body.facts.problems)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_core_parser_gives_what_the_specification_says(case: Fixture) -> None:
    assert core_parser().render(case.source) == case.expected


def test_every_section_of_the_specification_has_cases() -> None:
    sections = {case.title.partition(",")[0] for case in CASES}
    assert len(sections) == 26
    assert len(CASES) >= 250


@given(texts(COMMON))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_core_parser_gives_what_markdown_it_gives(text: str) -> None:
    ours = core_parser().render(text)
    theirs = MarkdownIt("commonmark").render(text)
    assert ours.replace("<blockquote>\n</blockquote>", "<blockquote></blockquote>") == theirs


@given(texts(COMMON))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_writer_gives_what_markdown_its_renderer_gives(text: str) -> None:
    assume(not _OTHERWISE.search(text))
    options = {"html": False, "xhtmlOut": False, "maxNesting": 100}
    body = body_of(text, "en", PLAIN_QUOTES)
    assume(not _drops_links(body))
    assert _IDS.sub(r"\1", fill(body)) == MarkdownIt("commonmark", options).enable("strikethrough").render(
        text
    )


@given(texts(COMMON))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_typographer_gives_what_markdown_its_gives(text: str) -> None:
    assume(not _OTHERWISE.search(text))
    options = {"html": False, "xhtmlOut": False, "maxNesting": 100, "typographer": True}
    body = body_of(text)
    assume(not _drops_links(body))
    theirs = MarkdownIt("commonmark", options).enable(["replacements", "smartquotes", "strikethrough"])
    assert _IDS.sub(r"\1", fill(body)) == theirs.render(text)
