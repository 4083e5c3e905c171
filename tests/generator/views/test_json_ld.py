"""JSON-LD is safe inside a script element, leaves out what is empty, and says of each page what it is."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from generator.views import json_ld
from generator.views import types as shapes
from generator.views.json_ld import encode


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("</script><script>", r"\u003c/script\u003e\u003cscript\u003e"),
        ("<!-- -->", r"\u003c!-- --\u003e"),
        ("a < b", r"a \u003c b"),
        ("a > b", r"a \u003e b"),
        ("a & b", r"a \u0026 b"),
        ("&lt;", r"\u0026lt;"),
        ('"quoted"\\', r"\"quoted\"\\"),
        ("é偏🎈", "é偏🎈"),
    ],
)
def test_nothing_in_a_text_ends_the_script_element(text: str, written: str) -> None:
    encoded = encode({"@type": "Thing", "name": text})
    assert encoded == (
        f'{{"@context":"https://schema.org","@graph":[{{"@type":"Thing","name":"{written}"}}]}}'
    )
    assert json.loads(encoded)["@graph"][0]["name"] == text


def test_keys_are_escaped_too() -> None:
    assert not set("<>&") & set(encode({"<a>&": "b"}))


@pytest.mark.parametrize(
    ("thing", "kept"),
    [
        ({"a": "", "b": None, "c": [], "d": {}, "e": "x"}, {"e": "x"}),
        ({"a": {"b": "", "c": {"d": None}}, "e": "x"}, {"e": "x"}),
        ({"a": ["x", {"b": "", "c": "y"}]}, {"a": ["x", {"c": "y"}]}),
        ({"a": ({"b": None, "c": "y"},)}, {"a": [{"c": "y"}]}),
        ({"a": 0, "b": False, "c": ""}, {"a": 0, "b": False}),
    ],
)
def test_empty_values_are_left_out_and_zero_stays(thing: dict[str, Any], kept: dict[str, Any]) -> None:
    assert json.loads(encode(thing))["@graph"] == [kept]


def test_nothing_to_say_is_no_script() -> None:
    assert encode() == encode(None) == encode({}) == ""


def test_things_that_are_not_there_leave_no_gap() -> None:
    assert json.loads(encode(None, {"a": "x"}, {}, {"b": "y"}))["@graph"] == [{"a": "x"}, {"b": "y"}]


ORIGIN = "https://tiny.example"
ANA = shapes.PersonRef("ana", "Ana", "/people/ana/")
BEN = shapes.PersonRef("ben", "Ben", "https://tiny.example/people/ben/")
DAY = shapes.Date("2026-01-05", "5 January 2026")
LATER = shapes.Date("2026-02-05", "5 February 2026")
CONDITION = {"@type": "MedicalCondition", "name": "MS"}
PAGE = shapes.ArticlePage(
    template="article.html",
    output_path="ms/a/index.html",
    url="/ms/a/",
    permalink="https://tiny.example/ms/a/",
    canonical="https://tiny.example/ms/a/",
    language="en",
    chrome_id="",
    title="A",
    head_title="A – MS",
    description="Of A.",
    authors=(ANA, BEN),
    published=DAY,
)


def page(**changes: Any) -> shapes.ArticlePage:
    return msgspec.structs.replace(PAGE, **changes)


def said(thing: dict[str, Any] | None) -> dict[str, Any]:
    """What a thing says once encoded: empty values are gone."""
    (only,) = json.loads(encode(thing))["@graph"]
    assert isinstance(only, dict)
    return only


PLAIN: dict[str, Any] = {
    "@type": "Article",
    "headline": "A",
    "name": "A",
    "description": "Of A.",
    "url": "https://tiny.example/ms/a/",
    "inLanguage": "en",
    "datePublished": "2026-01-05",
    "dateModified": "2026-01-05",
    "author": [
        {"@type": "Person", "name": "Ana", "url": "https://tiny.example/people/ana/"},
        {"@type": "Person", "name": "Ben", "url": "https://tiny.example/people/ben/"},
    ],
    "publisher": {"@type": "Organization", "name": "Tiny"},
}
MEDICAL: dict[str, Any] = {key: value for key, value in PLAIN.items() if key != "headline"} | {
    "@type": "MedicalWebPage",
    "about": CONDITION,
    "audience": {"@type": "Patient"},
}
DOI = "https://doi.org/10.1000/1"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, PLAIN),
        ({"changed": LATER}, PLAIN | {"dateModified": "2026-02-05"}),
        ({"image": shapes.Image("/a.jpg")}, PLAIN | {"image": "https://tiny.example/a.jpg"}),
        ({"image": shapes.Image("https://b.example/a.jpg")}, PLAIN | {"image": "https://b.example/a.jpg"}),
        (
            {"references": (shapes.Reference(1, title="T"), shapes.Reference(2))},
            PLAIN | {"citation": [{"@type": "CreativeWork", "name": "T"}]},
        ),
        (
            {"references": (shapes.Reference(1, title="T", doi="10.1000/1", journal="J", publisher="P"),)},
            PLAIN
            | {
                "citation": [
                    {
                        "@type": "ScholarlyArticle",
                        "name": "T",
                        "url": DOI,
                        "isPartOf": {"@type": "Periodical", "name": "J"},
                        "publisher": {"@type": "Organization", "name": "P"},
                    }
                ]
            },
        ),
        (
            {"references": (shapes.Reference(1, title="T", doi="10.1000/1", url="https://p.example/"),)},
            PLAIN
            | {
                "citation": [
                    {"@type": "CreativeWork", "name": "T", "url": "https://p.example/", "sameAs": DOI}
                ]
            },
        ),
        (
            {"references": (shapes.Reference(1, title="T", doi="10.1000/1", url=DOI),)},
            PLAIN | {"citation": [{"@type": "CreativeWork", "name": "T", "url": DOI}]},
        ),
        ({"type": "basics", "stages": ("new", "caregiver")}, MEDICAL),
        (
            {"type": "basics", "stages": ("caregiver",)},
            MEDICAL | {"audience": {"@type": "MedicalAudience", "audienceType": "caregivers"}},
        ),
        (
            {"reviewer": ANA, "last_reviewed": LATER, "review_holds": True},
            MEDICAL | {"lastReviewed": "2026-02-05", "reviewedBy": PLAIN["author"][0]},
        ),
        ({"reviewer": ANA, "last_reviewed": LATER}, PLAIN),
        ({"type": "basics"}, MEDICAL),
        (
            {"type": "treatment", "reviewer": ANA, "last_reviewed": LATER, "review_holds": True},
            MEDICAL | {"lastReviewed": "2026-02-05", "reviewedBy": PLAIN["author"][0]},
        ),
        ({"type": "treatment", "reviewer": ANA, "last_reviewed": LATER}, MEDICAL),
        (
            {"corrections": (shapes.Correction(LATER, "A unit."),)},
            PLAIN
            | {
                "dateModified": "2026-02-05",
                "correction": [
                    {"@type": "CorrectionComment", "text": "A unit.", "datePublished": "2026-02-05"}
                ],
            },
        ),
    ],
)
def test_article_says_what_it_is(changes: dict[str, Any], expected: dict[str, Any]) -> None:
    assert said(json_ld.article(page(**changes), ORIGIN, "Tiny", CONDITION)) == expected


def test_article_without_a_day_says_none() -> None:
    found = said(json_ld.article(page(published=None), ORIGIN, "Tiny", None))
    assert found == {key: value for key, value in PLAIN.items() if not key.startswith("date")}


@pytest.mark.parametrize(
    ("kind", "medical"),
    [
        *((kind, True) for kind in ("basics", "symptom", "diagnosis", "treatment", "living-with")),
        *((kind, False) for kind in ("article", "story", "question", "survey-report", "we-did")),
    ],
)
def test_factual_pages_alone_are_medical(kind: str, medical: bool) -> None:
    found = json_ld.article(page(type=kind), ORIGIN, "Tiny", CONDITION)
    assert found["@type"] == ("MedicalWebPage" if medical else "Article")


START, END = shapes.Date("2026-03-01T18:00:00+00:00", "…"), shapes.Date("2026-03-01T19:00:00+00:00", "…")
EVENT = {
    "@type": "Event",
    "name": "A",
    "description": "Of A.",
    "url": "https://tiny.example/ms/a/",
    "startDate": START.iso,
    "eventStatus": "https://schema.org/EventScheduled",
}
HALL = {"@type": "Place", "name": "Hall", "address": "Hall"}
CALL = {"@type": "VirtualLocation", "url": "https://call.example/"}


def attended(mode: str, *places: dict[str, str]) -> dict[str, Any]:
    mode = f"https://schema.org/{mode}EventAttendanceMode"
    return EVENT | {"eventAttendanceMode": mode, "location": list(places)}


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (shapes.Event(START), EVENT),
        (shapes.Event(START, END), EVENT | {"endDate": END.iso}),
        (shapes.Event(START, place="Hall"), attended("Offline", HALL)),
        (
            shapes.Event(START, place="Hall", online_url="https://call.example/"),
            attended("Mixed", HALL, CALL),
        ),
        (shapes.Event(START, online_url="https://call.example/"), attended("Online", CALL)),
        (shapes.Event(START, place="Online", online_url="https://call.example/"), attended("Online", CALL)),
        (
            shapes.Event(START, organiser="Friends"),
            EVENT | {"organizer": {"@type": "Organization", "name": "Friends"}},
        ),
    ],
)
def test_event_says_when_and_where(event: shapes.Event, expected: dict[str, Any]) -> None:
    assert said(json_ld.article(page(event=event, type="basics"), ORIGIN, "Tiny", CONDITION)) == expected


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        (
            json_ld.organization("Tiny", "https://tiny.example/"),
            {"@type": "Organization", "name": "Tiny", "url": "https://tiny.example/"},
        ),
        (
            json_ld.web_site("Tiny", "https://tiny.example/", "en"),
            {"@type": "WebSite", "name": "Tiny", "url": "https://tiny.example/", "inLanguage": "en"},
        ),
        (
            json_ld.condition("MS", ("Multiple sclerosis",), [("ICD-10", "G35")]),
            {
                "@type": "MedicalCondition",
                "name": "MS",
                "alternateName": ["Multiple sclerosis"],
                "code": [{"@type": "MedicalCode", "codingSystem": "ICD-10", "codeValue": "G35"}],
            },
        ),
        (
            json_ld.profile(ANA, "https://tiny.example/people/ana/", ORIGIN),
            {
                "@type": "ProfilePage",
                "url": "https://tiny.example/people/ana/",
                "mainEntity": PLAIN["author"][0],
            },
        ),
        (
            json_ld.breadcrumbs(
                (shapes.Link("Tiny", "/"), shapes.Link("MS", "https://ms.example/")),
                ORIGIN,
                "A",
                PAGE.permalink,
            ),
            {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "position": 1, "name": "Tiny", "item": "https://tiny.example/"},
                    {"@type": "ListItem", "position": 2, "name": "MS", "item": "https://ms.example/"},
                    {"@type": "ListItem", "position": 3, "name": "A"},
                ],
            },
        ),
    ],
    ids=["organization", "web site", "condition", "profile", "breadcrumbs"],
)
def test_other_things_say_what_they_are(thing: dict[str, Any], expected: dict[str, Any]) -> None:
    assert said(thing) == expected


def test_page_without_a_way_has_no_breadcrumbs() -> None:
    assert json_ld.breadcrumbs((), ORIGIN, "A", PAGE.permalink) is None


POLL = shapes.Poll("ms~weather", "poll-weather", "Q?", (shapes.PollChoice("a", "<b>A</b>", "A"),))


@pytest.mark.parametrize("total", [0, 12])
def test_poll_with_a_tally_is_a_dataset(total: int) -> None:
    poll = msgspec.structs.replace(POLL, total=total)
    found = json_ld.dataset(poll, PAGE.permalink, "Q?")
    assert found == {
        "@type": "Dataset",
        "name": "Q?",
        "description": f"Q? n = {total}, people who chose to answer",
        "url": "https://tiny.example/ms/a/#poll-weather",
        "isAccessibleForFree": True,
        "variableMeasured": "Q?",
    }


def test_poll_without_a_tally_is_no_dataset() -> None:
    assert json_ld.dataset(POLL, PAGE.permalink, "Q?") is None


REPLY = shapes.Comment("c2", "Ben", "<p>Yes</p>", "Yes", LATER)
COMMENT = shapes.Comment("c1", "Ana", "<p>Hello</p>", "Hello", DAY, replies=(REPLY,))


def comment(id_: str, name: str, text: str, date: str, *replies: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "Comment",
        "url": f"https://tiny.example/ms/a/#c-{id_}",
        "datePublished": date,
        "author": {"@type": "Person", "name": name},
        "text": text,
        "comment": list(replies),
    }


@pytest.mark.parametrize(("count", "counted"), [(7, 7), (0, 0), (-1, 0)])
def test_baked_comments_are_a_discussion(count: int, counted: int) -> None:
    thread = shapes.Thread("ms~a", "open", count=count, baked=(COMMENT,))
    assert json_ld.discussion(page(thread=thread)) == {
        "@type": "DiscussionForumPosting",
        "headline": "A",
        "url": "https://tiny.example/ms/a/#comments",
        "datePublished": "2026-01-05",
        "author": [{"@type": "Person", "name": "Ana"}, {"@type": "Person", "name": "Ben"}],
        "commentCount": counted,
        "comment": [comment("c1", "Ana", "Hello", "2026-01-05", comment("c2", "Ben", "Yes", "2026-02-05"))],
    }


@pytest.mark.parametrize("thread", [None, shapes.Thread("ms~a", "open", count=3)], ids=["none", "not baked"])
def test_page_without_baked_comments_is_no_discussion(thread: shapes.Thread | None) -> None:
    assert json_ld.discussion(page(thread=thread)) is None
