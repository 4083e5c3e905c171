"""Front matter: where it begins and ends, what bytes it forgives, what it says of its faults."""

from __future__ import annotations

import pytest

from generator.errors import ContentError
from generator.front_matter import parse_document, split
from generator.matter import ArticleMatter, PersonMatter


def article(text: str | bytes) -> ArticleMatter:
    raw = text if isinstance(text, bytes) else text.encode()
    parsed = parse_document(raw, "article", "x.md")
    assert parsed.problems == ()
    assert isinstance(parsed.matter, ArticleMatter)
    return parsed.matter


def faults(text: str, kind: str = "article", extra: frozenset[str] = frozenset()) -> list[str]:
    parsed = parse_document(text.encode(), kind, "x.md", extra)
    return [str(problem).replace("\n    ", " | ") for problem in parsed.problems]


def test_body_is_sliced_and_never_stripped() -> None:
    assert split("---\ntitle: A\n---\n\n  Text \n\n", "x.md") == ("title: A\n", "\n  Text \n\n", 4)


def test_rule_in_the_text_ends_nothing() -> None:
    assert split("---\ntitle: A\n---\nOne\n\n---\n\nTwo\n", "x.md")[1] == "One\n\n---\n\nTwo\n"


def test_block_may_end_with_dots_and_the_file_with_it() -> None:
    assert split("---\ntitle: A\n...", "x.md") == ("title: A\n", "", 3)


def test_file_without_a_block_is_all_body() -> None:
    assert split("Text\n---\n", "x.md") == ("", "Text\n---\n", 1)


def test_unclosed_block_is_refused() -> None:
    with pytest.raises(ContentError, match="the front matter is never closed"):
        split("---\ntitle: A\n", "x.md")


def test_bom_and_crlf_are_forgiven() -> None:
    raw = b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\nText\r\n"
    assert article(raw).title == "A"
    assert (
        parse_document(raw, "article", "x.md").body_digest
        == parse_document(b"---\ntitle: A\n---\nText\n", "article", "x").body_digest
    )


def test_one_text_stands_for_a_list_and_author_for_authors() -> None:
    matter = article("---\ntitle: A\ntopics: sleep\nauthor: ana\nstage: new\n---\n")
    assert (matter.topics, matter.authors, matter.stage) == (("sleep",), ("ana",), ("new",))


def test_key_without_a_value_is_as_good_as_none() -> None:
    assert article("---\ntitle: A\nsummary:\ntopics:\n---\n") == article("---\ntitle: A\n---\n")


def test_title_is_set_on_one_line() -> None:
    assert article("---\ntitle: >\n  Two\n  lines\n---\n").title == "Two lines"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2026-03-14", "2026-03-14"),
        ("2026-03-14 09:30", "2026-03-14T09:30:00"),
        ("2026-03-14T09:30Z", "2026-03-14T09:30:00+00:00"),
        ("2026-03-14T09:30:15+0130", "2026-03-14T09:30:15+01:30"),
    ],
)
def test_moment_is_kept_in_one_form(written: str, kept: str) -> None:
    assert article(f"---\ntitle: A\ndate: {written}\n---\n").date == kept


def test_aliases_are_decoded_as_servers_do_and_kept_once() -> None:
    assert article('---\ntitle: A\naliases: ["/a%20b/", "/a b/", "/100%/"]\n---\n').aliases == (
        "/a b/",
        "/100%/",
    )


def test_profile_has_keys_of_its_own() -> None:
    parsed = parse_document(b"---\nname: Ana\nrole: clinician\nsince: 2019\n---\n", "person", "x.md")
    assert parsed.matter == PersonMatter(name="Ana", role="clinician", since=2019)


FAULTS = {
    "summary: B": "x.md:2:1: 'title' is missing | add a line `title: …`",
    "title:": "x.md:2:7: 'title' is missing | add a line `title: …`",
    "title: [A]": "x.md:2:8: 'title' must be text, not a list | write one value: title: …",
    "title: 2026": "x.md:2:8: 'title' must be text, not a whole number | put it in quotes: title: \"2026\"",
    "title: '  '": "x.md:2:8: 'title': is empty | write some words",
    "title: A\ntopic: B": "x.md:3:1: 'topic' is not a known key | did you mean 'topics'?",
    "title: A\nlayout: B": (
        "x.md:3:1: 'layout' is not a known key"
        " | remove it, or name it under `front_matter: {extra: […]}` in gatherwell.yaml"
    ),
    "title: A\nauthor: a\nauthors: b": "x.md:4:1: 'authors' and 'authors' say the same thing | keep one of them",
    "title: A\ndate: 2026-02-30": (
        "x.md:3:7: 'date': '2026-02-30' is not a day of the calendar (day is out of range for month)"
        " | check month, day and time"
    ),
    "title: A\nreview_in: soon": (
        "x.md:3:12: 'review_in': 'soon' is not a period | write it as `12 months`, `2 years` or `90 days`"
    ),
    "title: A\ntype: storry": "x.md:3:7: 'type' cannot be 'storry' | did you mean 'story'?",
    "title: A\nstage: [new, nwe]": "x.md:3:14: 'stage' cannot be 'nwe' | did you mean 'new'?",
    "title: A\ntopics: [1]": "x.md:3:10: 'topics' must hold text, not a whole number | put it in quotes: \"…\"",
    "title: A\ndraft: no": "x.md:3:8: 'draft' must be true or false, not text",
    "title: A\nslug: ../up": "x.md:3:7: 'slug': '../up' is not one segment of an address | use one word such as `pacing-your-day`",
    "title: A\nslug: a?b": (
        "x.md:3:7: 'slug': 'a?b' holds characters that break addresses | use letters, digits and hyphens"
    ),
    "title: A\naliases: /../up": (
        "x.md:3:10: 'aliases': '/../up' cannot be an alias | write an old address of this site: /old/place/"
    ),
    "title: A\naliases: /%2e%2e/up": (
        "x.md:3:10: 'aliases': '/../up' cannot be an alias | write an old address of this site: /old/place/"
    ),
    "title: A\nonline_url: example.org": (
        "x.md:3:13: 'online_url': 'example.org' is not a web address | write it whole: https://…"
    ),
    "title: A\nreferences:\n- id: a\n- titel: B": "x.md:5:3: 'titel' is not a known key | did you mean 'title'?",
}


@pytest.mark.parametrize(("block", "fault"), FAULTS.items(), ids=FAULTS)
def test_fault_is_told_with_place_and_remedy(block: str, fault: str) -> None:
    assert fault in faults(f"---\n{block}\n---\n")


def test_all_faults_of_a_file_are_told_at_once() -> None:
    found = faults("---\ntitle: [A]\ndate: soon\ntopic: B\n---\n")
    assert [fault.split(": ")[0] for fault in found] == ["x.md:2:8", "x.md:3:7", "x.md:4:1"]


def test_extra_keys_are_let_through() -> None:
    assert faults("---\ntitle: A\nlayout: B\n---\n", extra=frozenset({"layout"})) == []
