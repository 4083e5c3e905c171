"""The numbered list at an article's end."""

from __future__ import annotations

import pytest

from generator.content.front_matter.schema import SourceRef
from generator.ground.model import Citation, Facts, Footnote, Fragment
from generator.views import types as shapes
from generator.views.references import references

ONE, TWO = SourceRef("one", "One"), SourceRef("two", "Two")
NOTE = Footnote("note", Fragment(("A note.",), ()), 9)


def cited(id_: str, number: int, count: int = 1) -> Citation:
    return Citation(id_, number, count, 1, 1)


def test_a_cited_source_is_listed_under_its_number_with_an_anchor_for_each_mention() -> None:
    (found,) = references([ONE], Facts(citations=(cited("one", 1, 3),)))
    assert (found.number, found.title, found.note) == (1, "One", -1)
    assert found.mentions == ("cite-1", "cite-1-2", "cite-1-3")


def test_a_footnote_points_to_its_text() -> None:
    facts = Facts(citations=(cited("one", 1), cited("note", 2)), footnotes=(NOTE,))
    assert references([ONE], facts)[1] == shapes.Reference(2, ("cite-2",), note=0)


def test_sources_that_are_not_cited_follow_in_the_order_written() -> None:
    found = references([ONE, TWO], Facts(citations=(cited("two", 1),)))
    assert [(ref.number, ref.title, ref.mentions) for ref in found] == [
        (1, "Two", ("cite-1",)),
        (2, "One", ()),
    ]


def test_a_citation_of_nothing_leaves_its_number_out() -> None:
    found = references([TWO], Facts(citations=(cited("gone", 1), cited("two", 2))))
    assert [(ref.number, ref.title) for ref in found] == [(2, "Two")]


@pytest.mark.parametrize(
    ("source", "authors", "published_in"),
    [
        (SourceRef("a", "A", authors="Lee", journal="Pain", publisher="P", body="WHO"), "Lee", "Pain"),
        (SourceRef("a", "A", authors="Lee", publisher="P", body="WHO"), "Lee", "P"),
        (SourceRef("a", "A", authors="Lee", body="WHO"), "Lee", "WHO"),
        (SourceRef("a", "A", body="WHO"), "WHO", ""),
        (SourceRef("a", "A"), "", ""),
    ],
)
def test_an_organisation_stands_for_missing_authors(
    source: SourceRef, authors: str, published_in: str
) -> None:
    (found,) = references([source], Facts())
    assert (found.authors, found.source) == (authors, published_in)


@pytest.mark.parametrize("doi", ["10.1000/182", "https://doi.org/10.1000/182"])
def test_a_doi_is_kept_without_its_address(doi: str) -> None:
    (found,) = references([SourceRef("a", "A", doi=doi)], Facts())
    assert found.doi == "10.1000/182"
