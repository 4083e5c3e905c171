"""The benchmark's corpus: the same bytes from one seed, and nothing in it that Gatherwell would refuse."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import pytest
import yaml

from benchmarks.bodies import Poll, draw_article
from benchmarks.builds import find_fault, find_shirked, read_record
from benchmarks.corpus import write_corpus
from benchmarks.dialects import HugoDialect
from benchmarks.portfolio import CorpusPlan, plan_portfolio
from benchmarks.prose import Prose, words_of
from benchmarks.report import Budget, Reading, Row, table_lines
from benchmarks.tools import Options, Site

PLAN = CorpusPlan(articles=60, conditions=3, words=200, images=0.1)
ARTICLE_KEYS = frozenset(
    words_of(
        "title date updated expires draft slug aliases id order type summary authors topics stage conditions "
        "reviewer last_reviewed review_in references content_notes sponsor image comments reactions noindex"
    )
)
HUB_KEYS = frozenset(
    words_of("title short_title description synonyms codes accent base_url editor crisis start_here")
)
PERSON_KEYS = {"name", "role", "conditions", "credential", "disclosures", "photo", "since"}
TYPES = {"article", "story", "basics", "symptom", "diagnosis", "treatment", "living-with", "question"}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "made"
    write_corpus(PLAN, folder)
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def front_matter(path: Path) -> dict[str, object]:
    front_matter = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    assert isinstance(front_matter, dict)
    return front_matter


def articles(corpus: Path) -> list[Path]:
    content = corpus / "gatherwell" / "content"
    return [
        path
        for path in content.rglob("*.md")
        if path.name != "_index.md" and not path.relative_to(content).parts[0].startswith("_")
    ]


def test_the_same_seed_writes_the_same_bytes(corpus: Path, tmp_path: Path) -> None:
    write_corpus(PLAN, tmp_path / "again")

    assert tree(tmp_path / "again") == tree(corpus)


def test_another_seed_writes_other_articles(corpus: Path, tmp_path: Path) -> None:
    write_corpus(CorpusPlan(60, 3, 200, 0.1, seed=7), tmp_path / "other")

    assert tree(tmp_path / "other").keys() != tree(corpus).keys()


def test_a_corpus_is_never_written_over_another(corpus: Path) -> None:
    with pytest.raises(FileExistsError, match="not empty"):
        write_corpus(PLAN, corpus)


def test_every_generator_gets_every_article(corpus: Path) -> None:
    written = {
        "gatherwell": len(articles(corpus)),
        "hugo": len([path for path in (corpus / "hugo/content").glob("*/*") if "-" in path.name]),
        "eleventy": len(list((corpus / "eleventy/content").glob("*/*.md"))),
    }
    people = len(list((corpus / "hugo/content/authors").iterdir()))
    topics = len([path for path in (corpus / "hugo/content/topics").iterdir() if "-" in path.name])

    assert written["gatherwell"] == written["eleventy"] == 60
    assert written["hugo"] == 60 + people + topics


def test_internal_links_lead_to_files_of_the_corpus(corpus: Path) -> None:
    content = corpus / "gatherwell" / "content"
    targets = [
        (path, target)
        for path in articles(corpus)
        for target in re.findall(r"\]\(((?!https:)[^)]+)\)", path.read_text(encoding="utf-8"))
    ]

    assert len(targets) > 60
    for path, target in targets:
        here = path.relative_to(content).parent.as_posix()
        assert (content / posixpath.normpath(posixpath.join(here, target))).is_file(), (
            f"{path.name}: {target}"
        )


def test_links_of_the_peers_are_addresses_of_articles(corpus: Path) -> None:
    addresses = {f"/{address}" for address in read_record(corpus)["addresses"]}
    linked = {
        target
        for path in (corpus / "hugo/content").rglob("*.md")
        for target in re.findall(r"\]\((/[^)]+)\)", path.read_text(encoding="utf-8"))
    }

    assert linked
    assert linked <= addresses


def test_front_matter_of_articles_holds_only_what_the_contract_knows(corpus: Path) -> None:
    matters = [front_matter(path) for path in articles(corpus)]

    assert set().union(*matters) <= ARTICLE_KEYS
    assert {front_matter["type"] for front_matter in matters} <= TYPES
    assert all(front_matter["title"] and front_matter["summary"] for front_matter in matters)


def test_front_matter_of_hubs_and_people_holds_only_what_the_contract_knows(corpus: Path) -> None:
    content = corpus / "gatherwell" / "content"
    hubs = [front_matter(path) for path in content.glob("*/_index.md")]
    people = [front_matter(path) for path in content.glob("_people/*.md")]

    assert len(hubs) == 3
    assert set().union(*hubs) <= HUB_KEYS
    assert set().union(*people) <= PERSON_KEYS


def test_authors_and_reviewers_are_people_of_the_corpus(corpus: Path) -> None:
    known = {path.stem for path in (corpus / "gatherwell/content/_people").iterdir()}
    matters = [front_matter(path) for path in articles(corpus)]
    named = {name for front_matter in matters for name in front_matter["authors"]}  # type: ignore[attr-defined]
    reviewers = {front_matter["reviewer"] for front_matter in matters if "reviewer" in front_matter}

    assert reviewers
    assert named | reviewers <= known


def test_every_note_that_is_cited_is_there(corpus: Path) -> None:
    for path in articles(corpus):
        body = path.read_text(encoding="utf-8")
        references = front_matter(path).get("references", [])
        defined = set(re.findall(r"^\[\^([^]]+)\]:", body, re.M)) | {item["id"] for item in references}  # type: ignore[attr-defined]
        assert set(re.findall(r"\[\^([^]]+)\](?!:)", body)) == defined


def test_bodies_have_the_length_that_was_asked_for() -> None:
    prose = Prose(PLAN.seed)
    portfolio = plan_portfolio(CorpusPlan(150, 1, words=800), prose)
    writer = HugoDialect(portfolio)
    texts = [writer.article(draw_article(portfolio, outline, prose)) for outline in portfolio.outlines]
    lengths = [
        len(re.findall(r"[A-Za-z']+", re.sub(r"\]\([^)]*\)|^---.*?^---", "", text, flags=re.M | re.S)))
        for text in texts
    ]

    assert 740 < sum(lengths) / len(lengths) < 860


def test_polls_have_four_different_answers() -> None:
    prose = Prose(PLAN.seed)
    portfolio = plan_portfolio(CorpusPlan(150, 1, words=100), prose)
    drawn = [draw_article(portfolio, outline, prose) for outline in portfolio.outlines]
    polls = [part for article in drawn for part in article.parts if isinstance(part, Poll)]

    assert polls
    assert all(len(dict(poll.options)) == 4 for poll in polls)


def test_an_output_without_one_article_is_incomplete(corpus: Path, tmp_path: Path) -> None:
    record = read_record(corpus)
    site = Site(corpus, corpus, tmp_path, tmp_path)
    for address in record["addresses"]:
        page = tmp_path / address / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(record["sample"]["closing"])
    whole = find_fault(site, record, (record["sample"]["closing"],))
    stale = find_fault(site, record, ("Edited once more",))
    (tmp_path / record["addresses"][0] / "index.html").unlink()

    assert whole == ""
    assert stale.startswith("stale")
    assert find_fault(site, record, ()) == "incomplete: 59 of 60 articles"


def test_a_build_cannot_win_the_search_row_without_an_index(corpus: Path, tmp_path: Path) -> None:
    site = Site(corpus, corpus, tmp_path, tmp_path)
    without = find_shirked(site, read_record(corpus), Options(search=True))
    (tmp_path / "pagefind.en_1.pf_meta").touch()

    assert without == "no search index in the output"
    assert find_shirked(site, read_record(corpus), Options(search=True)) == ""


def test_a_row_with_a_fault_has_no_median_and_no_budget_met() -> None:
    sound = [Reading(2.0), Reading(3.0), Reading(9.0)]
    row = Row("cold", "s", {"gatherwell": sound, "hugo": [Reading(2.0)]}, Budget(1.0, relative=True))
    broken = Row("cold", "s", {"gatherwell": [Reading(0.1, "incomplete: 1 of 2 articles")]}, Budget(1.0))

    assert (row.ratio, row.verdict()) == (1.5, "**no**")
    assert (broken.value("gatherwell"), broken.verdict()) == (None, "**no**")
    assert "incomplete: 1 of 2 articles" in "\n".join(table_lines([broken], {"gatherwell": "Gatherwell"}))
