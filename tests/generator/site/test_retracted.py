"""Sources that were withdrawn: the list, the finding, and what readers are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build.review_debt import read_site, sources_of
from generator.ground.project import Options, Project
from generator.site.retracted import doi_in, parse_retracted, plain_doi, retraction_of
from tests.sites import NOW, TinySite

LIST = '"10.1016/S0140-6736(97)11096-0": retracted on 6 February 2010\n'


@pytest.mark.parametrize(
    "written",
    [
        "10.1016/s0140-6736(97)11096-0",
        "https://doi.org/10.1016/S0140-6736(97)11096-0",
        "http://dx.doi.org/10.1016/S0140-6736(97)11096-0",
        "doi: 10.1016/S0140-6736(97)11096-0 ",
        "https://www.doi.org/10.1016/S0140-6736%2897%2911096-0",
        "https://doi.org/10.1016%2FS0140-6736(97)11096-0",
        "HTTPS://DX.DOI.ORG/10.1016/S0140-6736(97)11096-0?utm_source=x#t",
        "doi.org/10.1016/S0140-6736(97)11096-0",
    ],
)
def test_a_doi_is_one_however_it_is_written(written: str) -> None:
    assert plain_doi(written) == "10.1016/s0140-6736(97)11096-0"
    assert retraction_of(written, parse_retracted(LIST.encode())[0]) == "retracted on 6 February 2010"


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        ("https://www.thelancet.com/doi/10.1016/S0140-6736(97)11096-0/fulltext", "10.1016/s0140-6736(97)11096-0"),
        ("https://onlinelibrary.wiley.com/doi/full/10.1111/head.14153", "10.1111/head.14153"),
        ("https://www.nejm.org/doi/10.1056/NEJMoa2007621?query=x#t", "10.1056/nejmoa2007621"),
        ("https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0001234&x=1", "10.1371/journal.pone.0001234"),
        ("https://www.biorxiv.org/content/10.1101/2020.01.30.927871v1.full.pdf", "10.1101/2020.01.30.927871v1"),
        ("https://link.springer.com/article/10.1186/s10194-020-01208-0/", "10.1186/s10194-020-01208-0"),
        ("https://example.org/news/10.2024/", ""),
        ("https://example.org/v10.1016/x", ""),
        ("https://pubmed.ncbi.nlm.nih.gov/9500320/", ""),
        ("", ""),
    ],
)
def test_a_publishers_address_holds_the_doi(address: str, doi: str) -> None:
    assert doi_in(address) == doi


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("pmid1: why", "'pmid1' is not a DOI"),
        ('"10.1016/x": ""', "what happened to '10.1016/x' is not said"),
        ('"10.1016/x": [a]', "what happened to '10.1016/x' is not said"),
    ],
)
def test_what_is_wrong_with_the_list_is_told(text: str, message: str) -> None:
    found, problems = parse_retracted(text.encode())
    assert found == {}
    assert [(problem.message, problem.line) for problem in problems] == [(message, 1)]


def test_a_page_that_leans_on_a_withdrawn_source_says_so(site: TinySite, tmp_path: Path) -> None:
    site.put("gatherwell.yaml", "title: Tiny\nbase_url: https://tiny.example/\n")
    site.article("ms/a.md", "See.[^w]", references='[{id: w, title: A study, doi: "10.1016/S0140-6736(97)11096-0"}]')
    site.article("ms/b.md")
    assert [problem.rule for problem in site.build().warnings if problem.rule] == []

    site.put("content/_retracted.yaml", LIST)
    (warning,) = [problem for problem in site.build().warnings if problem.rule]

    assert (warning.rule, warning.source_path, warning.line) == ("retractions", "content/ms/a.md", 3)
    assert "Withdrawn: retracted on 6 February 2010" in site.text("ms/a/index.html")
    assert site.outputs() == site.clean_outputs(tmp_path / "clean")


LINK = "https://doi.org/10.1016/S0140-6736(97)11096-0"
PUBLISHER = "https://www.thelancet.com/doi/10.1016/S0140-6736(97)11096-0/fulltext"


@pytest.mark.parametrize("address", [LINK, LINK.replace("https://doi", "http://dx.doi"), PUBLISHER])
def test_a_source_by_the_address_of_its_doi_is_found_as_by_its_doi(site: TinySite, address: str) -> None:
    site.put("content/_retracted.yaml", LIST)
    site.article("ms/a.md", "See.[^w]", references=f'[{{id: w, title: A study, url: "{address}"}}]')
    (warning,) = [problem for problem in site.build().warnings if problem.rule == "retractions"]
    assert (warning.source_path, warning.line) == ("content/ms/a.md", 3)
    assert "Withdrawn: retracted on 6 February 2010" in site.text("ms/a/index.html")


@pytest.mark.parametrize(
    "text",
    [f"As [a study]({LINK}) says.", f"As a study says ({LINK}).", f"See <{LINK}>.", f"[a]: {LINK}\n\nAs [a] says.", f"See [a study]({PUBLISHER})."],
)
def test_a_link_to_a_withdrawn_source_is_found_where_it_stands(site: TinySite, text: str) -> None:
    site.put("content/_retracted.yaml", LIST)
    site.article("ms/a.md", text)
    (warning,) = [problem for problem in site.build().warnings if problem.rule == "retractions"]
    assert (warning.line, warning.column) == (4, text.index("https") + 1)


def test_a_link_to_another_source_or_in_code_is_none(site: TinySite) -> None:
    site.put("content/_retracted.yaml", LIST)
    site.article("ms/a.md", f"See {LINK}1, and `{LINK}`.")
    assert [problem for problem in site.build().warnings if problem.rule == "retractions"] == []


def test_a_source_by_doi_and_by_address_is_one(site: TinySite) -> None:
    site.article("ms/a.md", "See.", references=f'[{{id: w, title: A study, url: "{LINK}"}}]')
    site.article("ms/b.md", "See.", references='[{id: w, title: A study, doi: "10.1016/S0140-6736(97)11096-0"}]')
    site.put("content/_retracted.yaml", LIST)
    found = sources_of(read_site(Project(site.root, site.out), Options(now=NOW, jobs=1), lambda _: None))
    assert [(len(one.pages), one.retracted) for one in found] == [(2, "retracted on 6 February 2010")]
