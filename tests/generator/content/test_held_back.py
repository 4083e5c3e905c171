"""Keys with which other generators hold a page back: never read as nothing."""

from __future__ import annotations

import pytest

from generator.cli.grouped import in_groups
from generator.content.front_matter.held_back import REMEDY, holds_back, may_hold_back
from generator.content.front_matter.parse import parse_document
from generator.ground.errors import Problem
from tests.sites import TinySite

HELD = [
    "published: false",
    "published: 'no'",
    "publish: False",
    "private: true",
    "hidden: yes",
    "unlisted: true",
    "is_draft: true",
    "isDraft: 'true'",
    "Draft: true",
    "status: draft",
    "post_status: Private",
    "state: in review",
    "visibility: members-only",
    "access: paid",
    "password: x",
    "embargo: 2099-01-01",
    "expiryDate: 2020-01-01",
    "unpublish_date: 2020-01-01",
    "publishDate: 2099-01-01",
    "publish_on: 2027-03-01T09:00:00Z",
    "scheduled_for: '2030-01-01 08:00'",
    "_build: {render: never}",
    "build: {render: false}",
    "drfat: true",
    "drafts: yes",
    "privat: true",
    "unpublised: 'yes'",
    "publised: false",
]
OPEN = [
    "published: true",
    "published: 2019-03-14",
    "private: false",
    "hidden: 'no'",
    "isDraft: false",
    "status: publish",
    "status: current",
    "visibility: public",
    "password:",
    "embargo: none",
    "expiryDate: ''",
    "build: {list: never}",
    "publishDate: 2019-01-01",
    "scheduled: false",
    "drafted_by: Ann",
    "drafted_by: true",
    "private_notes: true",
    "drfat: false",
]


def problems_of(line: str) -> list[Problem]:
    raw = f"---\ntitle: A\n{line}\n---\nText\n".encode()
    return list(parse_document(raw, "article", "content/ra/a.md").problems)


@pytest.mark.parametrize("line", HELD)
def test_key_that_holds_a_page_back_elsewhere_is_no_matter_of_level(line: str) -> None:
    (problem,) = problems_of(line)
    assert (problem.rule, problem.severity, problem.line, problem.column) == ("", "error", 3, 1)
    assert "would be published" in problem.message
    assert problem.hint == REMEDY


@pytest.mark.parametrize("line", OPEN)
def test_same_keys_that_hold_nothing_back_are_unknown_keys(line: str) -> None:
    assert [problem.rule for problem in problems_of(line)] == ["keys"]


@pytest.mark.parametrize(
    ("line", "held"),
    [("private: true", True), ("status: draft", True), ("private: false", False), ("graft: true", False)],
)
def test_key_of_a_theme_that_holds_a_page_back_publishes_nothing_in_silence(line: str, held: bool) -> None:
    raw = f"---\ntitle: A\n{line}\n---\nText\n".encode()
    extra = frozenset({"private", "status", "graft"})
    assert bool(parse_document(raw, "article", "content/ra/a.md", extra).problems) is held


def test_title_of_a_page_holds_nothing_back() -> None:
    assert not holds_back("display_title", "draft")
    assert not may_hold_back("display_title")


def test_lowered_keys_publish_no_page_that_was_held_back(site: TinySite) -> None:
    site.write("== content/ms/_index.md\n---\ntitle: MS\n---\nWelcome.")
    site.put("gatherwell.yaml", "title: T\nbase_url: https://x.example/\nchecks: {keys: off}\n")
    site.put("content/ms/a.md", "---\ntitle: A\nstatus: draft\n---\nText\n")
    site.put("content/ms/b.md", "---\ntitle: B\nweight: 1\n---\nText\n")
    site.build(keep_going=True)
    assert not (site.out / "ms/a/index.html").exists()
    assert (site.out / "ms/b/index.html").exists()


def test_line_to_paste_keeps_no_key_that_can_hold_a_page_back() -> None:
    unknown = [
        Problem(f"'{key}' is not a known key", 2, 1, "remove it", f"content/ra/{i}.md", "error", "keys")
        for i in range(6)
        for key in ("spoke", "private", "status")
    ]
    assert in_groups(unknown).split("\n")[-1] == "front_matter: {extra: [spoke]}"
