"""What a body tells about itself, and where in the text its slots stand."""

from __future__ import annotations

import pytest

from generator.ground.model import Citation, Heading, ImageSlot, LinkSlot, Poll, PollOption, TermSlot

from .shown import body_of


def test_headings_carry_level_plain_text_anchor_and_line() -> None:
    facts = body_of('Intro.\n\n## "First" *days*[^a] {#first}\n\ntext\n\nNext\n----\n').facts
    assert facts.headings == (
        Heading(level=2, text="“First” days", anchor="first", line=3),
        Heading(level=2, text="Next", anchor="next", line=7),
    )


def test_anchors_are_all_ids_of_the_body() -> None:
    source = (
        "## A\n\n[b](c.md){#link} ![d](e.svg){#picture}\n\n:::note{#note}\nx\n:::\n\n"
        ":::poll{#p}\nQ?\n- A {#a}\n- B {#b}\n:::\n"
    )
    assert set(body_of(source).facts.anchors) == {"a", "link", "picture", "note", "poll-p"}


def test_citations_carry_their_first_mention_and_their_count() -> None:
    facts = body_of("One.[^b]\n\n> Two[^a] and[^b]\n").facts
    assert facts.citations == (
        Citation(id="b", number=1, count=2, line=1, column=5),
        Citation(id="a", number=2, count=1, line=3, column=6),
    )


def test_poll_facts_hold_all_that_its_form_needs() -> None:
    source = (
        ":::poll{#help multiple min=2 max=3 version=4 closes=2027-03-31T18:00+02:00 "
        "results=after-vote sensitive}\n"
        "What *helps*?\n- Light {#light}\n- **Rest** {#rest}\n- Both {#both}\n:::\n"
    )
    assert body_of(source).facts.polls == (
        Poll(
            slug="help",
            question="What helps?",
            question_html="What <em>helps</em>?",
            options=(
                PollOption("light", "Light", "Light"),
                PollOption("rest", "Rest", "<strong>Rest</strong>"),
                PollOption("both", "Both", "Both"),
            ),
            line=1,
            multiple=True,
            minimum=2,
            maximum=3,
            closes="2027-03-31T18:00+02:00",
            version=4,
            results="after-vote",
            sensitive=True,
        ),
    )


def test_several_answers_without_limits_may_all_be_chosen() -> None:
    (poll,) = body_of(":::poll{#p multiple}\nQ?\n- A {#a}\n- B {#b}\n:::\n").facts.polls
    assert (poll.minimum, poll.maximum) == (1, 2)


@pytest.mark.parametrize(
    ("source", "summary"),
    [
        (
            "## Title\n\nThe *first* `code` [link](x.md)[^a] ![i](j.svg)\nline.\n\nSecond.",
            "The first code link line.",
        ),
        (":::note[Label]\nIn a note.\n:::\n\n- in a list\n\n> in a quote\n\nReal.", "Real."),
        ("![only an image](a.svg)\n\nText.", "Text."),
        ("A :term[word] here.", "A word here."),
        ("| a |\n|---|\n| b |\n", ""),
    ],
)
def test_summary_is_the_first_real_paragraph(source: str, summary: str) -> None:
    assert body_of(source).facts.summary == summary


def test_long_summaries_end_at_a_word_with_an_ellipsis() -> None:
    summary = body_of("word " * 100).facts.summary
    assert len(summary) <= 200
    assert summary.endswith("word…")


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("One two\nthree *fo*ur `five`.", 5),
        ("## One two\n\n- three\n\n| four |\n|---|\n| five |\n\n> six", 6),
        ("One[^a] two ![three](x.svg).\n\n    code here\n\n[^a]: Not counted.", 3),
        ("片頭痛とは何ですか。", 5),
        ("", 0),
    ],
)
def test_words_of_the_prose_are_counted(source: str, count: int) -> None:
    assert body_of(source).facts.word_count == count


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("[a](b.md)", 1, 1),
        ("one\ntwo [a](b.md)", 2, 5),
        ("# A [a](b.md)", 1, 5),
        ("- one\n  - two *x* [a](b.md)", 2, 13),
        ("> > [a](b.md)", 1, 5),
        ("| x | [a](b.md) |\n|---|---|", 1, 7),
        ("Term\n: [a](b.md)", 2, 3),
        ("x[^n]\n\n[^n]: [a](b.md)", 3, 7),
        ("x^[see [a](b.md)]", 1, 8),
        (":::note[see [a](b.md)]\n:::", 1, 13),
        ("\tx\n\n1.\t[a](b.md)", 3, 4),
        ("x\r\ny [a](b.md)", 2, 3),
        ("<!-- x -->\n\n[a][r]\n\n[r]: b.md", 3, 1),
    ],
)
def test_links_know_where_they_stand(source: str, line: int, column: int) -> None:
    (slot,) = [slot for slot in body_of(source).slots if isinstance(slot, LinkSlot)]
    assert (slot.target, slot.line, slot.column) == ("b.md", line, column)


def test_images_and_terms_know_where_they_stand() -> None:
    slots = body_of("x ![a](b.svg)\n:term[c]").slots
    assert [(type(slot), slot.line, slot.column) for slot in slots if not hasattr(slot, "key")] == [
        (ImageSlot, 1, 3),
        (TermSlot, 2, 1),
    ]


def test_a_link_in_a_cell_with_an_escaped_bar_keeps_its_line() -> None:
    slots = body_of("| x |\n|---|\n| \\| [a](b.md) |").slots
    assert [slot.line for slot in slots if isinstance(slot, LinkSlot)] == [3]


def test_problems_are_sorted_by_place() -> None:
    source = "[a](#x)\n\n![](b.svg)\n\n:::nope\n:::\n\n[c](javascript:d)"
    places = [(problem.line, problem.column) for problem in body_of(source).facts.problems]
    assert places == sorted(places)
    assert len(places) == 4


def test_unknown_words_of_long_texts_cost_few_suggestions() -> None:
    source = "".join(f"## Heading {number}\n\n[a](#heading{number})\n\n" for number in range(40))
    hints = [problem.hint for problem in body_of(source).facts.problems]
    assert sum(hint.startswith("did you mean") for hint in hints) == 20
    assert len(hints) == 40


def test_line_ends_nul_and_broken_pairs_are_mended() -> None:
    body = body_of("a\r\nb\rc\0d\ud800")
    assert body.html.parts == ("<p>a\nb\nc\ufffdd\ufffd</p>\n",)
