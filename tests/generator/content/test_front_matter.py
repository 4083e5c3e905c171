"""Front matter: where it begins and ends, what bytes it forgives, what it says of its faults."""

from __future__ import annotations

import pytest

from generator.content.front_matter.parse import parse_document, split
from generator.content.front_matter.schema import ArticleFrontMatter, PersonFrontMatter
from generator.ground.errors import ContentError


def article(text: str | bytes) -> ArticleFrontMatter:
    raw = text if isinstance(text, bytes) else text.encode()
    parsed = parse_document(raw, "article", "x.md")
    assert parsed.problems == ()
    assert isinstance(parsed.front_matter, ArticleFrontMatter)
    return parsed.front_matter


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
    front_matter = article("---\ntitle: A\ntopics: sleep\nauthor: ana\nstage: new\n---\n")
    assert (front_matter.topics, front_matter.authors, front_matter.stage) == (("sleep",), ("ana",), ("new",))


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


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("/?p=7", ("/?p=7",)),
        ("?page_id=7", ("/?page_id=7",)),
        ("/blog/?p=7", ("/blog/?p=7",)),
        ("/?q=7", ()),
        ("/?p=07", ()),
        ("/?p=7&x=1", ()),
        ("/../?p=7", ()),
        ("/a b/?p=7", ()),
    ],
)
def test_aliases_by_number_are_those_of_wordpress_alone(written: str, kept: tuple[str, ...]) -> None:
    text = f'---\ntitle: A\naliases: ["{written}"]\n---\n'
    front_matter = parse_document(text.encode(), "article", "x.md").front_matter
    assert (front_matter.aliases if front_matter else ()) == kept


def test_profile_has_keys_of_its_own() -> None:
    parsed = parse_document(b"---\nname: Ana\nrole: clinician\nsince: 2019\n---\n", "person", "x.md")
    assert parsed.front_matter == PersonFrontMatter(name="Ana", role="clinician", since=2019)


FAULTS = {
    "summary: B": "x.md:2:1: 'title' is missing | add a line `title: …`",
    "title:": "x.md:2:7: 'title' is missing | add a line `title: …`",
    "title: [A]": "x.md:2:8: 'title' must be text, not a list | write one value: title: …",
    "title: 2026": "x.md:2:8: 'title' must be text, not a whole number | put it in quotes: title: \"2026\"",
    "title: '  '": "x.md:2:8: 'title': is empty | write some words",
    "title: A\ntopic: B": "x.md:3:1: 'topic' is not a known key | did you mean 'topics'?",
    "title: A\nqwxy: B": (
        "x.md:3:1: 'qwxy' is not a known key"
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
    "title: A\ntopics: [1]": "x.md:3:10: 'topics' must hold text, not a whole number | put it in quotes: \"1\"",
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


OTHER_FORMS = {
    '+++\ntitle = "A"\n+++\nx': "x.md:1:1: this front matter is TOML",
    '{\n"title": "A"\n}\nx': "x.md:1:1: this front matter is JSON",
    "---toml\ntitle = 1\n---\n": "x.md:1:1: this front matter is TOML",
    "\n\n---\ntitle: A\n---\nx": "x.md:3:1: the front matter does not begin on the first line",
    "<!-- by Ana -->\n---\ntitle: A\n---\nx": "x.md:2:1: the front matter does not begin on the first line",
}


@pytest.mark.parametrize(("text", "told"), OTHER_FORMS.items())
def test_front_matter_of_another_form_is_known_by_name(text: str, told: str) -> None:
    (fault,) = faults(text)
    assert fault.startswith(told)


FOREIGN = {
    "tags: [x]": "write `topics: […]`",
    "lastmod: 2026-01-01": "write `updated: ",
    "published: true": "write `draft: true`",
    "description: x": "write `summary: …`",
    "weight: 3": "write `order: 1`",
    "featured_image: a.jpg": "write `image: ",
    "layout: post": "remove it; templates",
    "lang: es": "put the language into the file's name",
}


@pytest.mark.parametrize(("line", "hint"), FOREIGN.items(), ids=FOREIGN)
def test_key_of_another_generator_is_told_with_ours(line: str, hint: str) -> None:
    (fault,) = faults(f"---\ntitle: A\n{line}\n---\n")
    assert f" is not a known key | {hint}" in fault


def test_advice_names_no_key_that_this_kind_of_file_lacks() -> None:
    (fault,) = faults("---\nname: Ana\ntags: [x]\n---\n", kind="person")
    assert "topics" not in fault


ALIASES = {
    '["/ra/*"]': "x.md:3:11: 'aliases': '/ra/*' is a pattern",
    '[/a/, "/ra/:slug"]': "x.md:3:16: 'aliases': '/ra/:slug' is a pattern",
    '[/a/, "/{x}/"]': "x.md:3:16: 'aliases': '/{x}/' is a pattern",
    "[/a/, %2a]": "x.md:3:",
    "[/desk/]": "x.md:3:11: 'aliases': '/desk/' is kept for the site itself",
    "[desk/in]": "x.md:3:11: 'aliases': '/desk/' is kept for the site itself",
    "[/people]": "x.md:3:11: 'aliases': '/people/' is kept for the site itself",
    "[/a/./b/]": "x.md:3:11: 'aliases': '/a/./b/' cannot be an alias",
}


@pytest.mark.parametrize(("written", "told"), ALIASES.items(), ids=ALIASES)
def test_alias_that_would_take_other_addresses_away_is_refused(written: str, told: str) -> None:
    (fault,) = faults(f"---\ntitle: A\naliases: {written}\n---\n")
    assert fault.startswith(told)


def test_every_alias_at_fault_is_told() -> None:
    found = faults('---\ntitle: A\naliases: ["/ra/*", /old/, /desk/, /a/../b/]\n---\n')
    assert [fault.partition(":")[2].partition(": '")[0] for fault in found] == ["3:11", "3:27", "3:35"]


@pytest.mark.parametrize("path", ["/news/2020/a/", "/a:b/", "/old/help.html", "/a.b/c/"])
def test_old_address_may_be_an_alias(path: str) -> None:
    assert faults(f"---\ntitle: A\naliases: ['{path}']\n---\n") == []


def test_item_of_a_list_has_a_place_of_its_own() -> None:
    parsed = parse_document(b"---\ntitle: A\nauthor: [a,\n  b]\n---\n", "article", "x.md")
    assert (parsed.place("authors.1"), parsed.place("author"), parsed.place("none.2")) == (
        (4, 3),
        (3, 9),
        (1, 1),
    )


@pytest.mark.parametrize(
    "line", ['date: ""', "updated: ''", "slug: ''", "image: ''", "topics: ''", "type: ''", "order: ''"]
)
def test_empty_value_is_absent(line: str) -> None:
    parsed = parse_document(f"---\ntitle: A\n{line}\n---\n".encode(), "article", "x.md")
    assert parsed.problems == ()
    assert parsed.front_matter == parse_document(b"---\ntitle: A\n---\n", "article", "x.md").front_matter


def test_empty_title_is_missing() -> None:
    assert "title" in faults("---\ntitle: ''\n---\n")[0]
