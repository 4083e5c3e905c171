"""The pure rules, one by one."""

from __future__ import annotations

from contextlib import suppress

import pytest
from starlette.requests import Request

from tests.widgets.function.nasty import NASTY
from widgets.contract.problems import Problem
from widgets.function.state.client_address import Addresses
from widgets.rules.claims import Claim, judge_claim
from widgets.rules.crisis import judge_plea
from widgets.rules.harm import judge_harm
from widgets.rules.names import check_pseudonym, skeleton_of
from widgets.rules.personal_data import kinds, personal_data
from widgets.rules.publishing import RULES, Draft, decide
from widgets.rules.text import normalise, render

DRAFT = Draft(
    text="words",
    links=0,
    policy="post",
    approved_before=False,
    proven=True,
    seen_elsewhere=False,
    personal_data=(),
    confirmed=False,
)


def draft(**changes: object) -> Draft:
    from dataclasses import replace

    return replace(DRAFT, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "state", "held"),
    [
        ({}, "published", ()),
        ({"policy": "pre"}, "held", ("policy",)),
        ({"policy": "first"}, "held", ("first",)),
        ({"policy": "first", "approved_before": True}, "published", ()),
        ({"policy": "pre", "approved_before": True}, "held", ("policy",)),
        ({"proven": False}, "held", ("no-proof",)),
        ({"links": 2}, "published", ()),
        ({"links": 3}, "held", ("links",)),
        ({"seen_elsewhere": True}, "held", ("duplicate",)),
        ({"personal_data": ("email",)}, "held", ("personal-data",)),
        ({"personal_data": ("email",), "confirmed": True}, "published", ()),
        ({"state_before": "noted"}, "held", ("edited",)),
        ({"state_before": "published"}, "published", ()),
        ({"state_before": "published", "decided_before": True}, "held", ("edited",)),
        ({"state_before": "held"}, "held", ("edited",)),
        ({"policy": "first", "proven": False, "links": 9}, "held", ("first", "no-proof", "links")),
    ],
)
def test_what_becomes_of_a_draft(changes: dict[str, object], state: str, held: tuple[str, ...]) -> None:
    decision = decide(draft(**changes))
    assert (decision.state, decision.reasons) == (state, held)


@pytest.mark.parametrize(
    ("text", "alert"),
    [
        ("A quiet day.", "none"),
        ("I am going to kill myself tonight.", "at once"),
        ("I want to die.", "coalesced"),
        ("Years ago I attempted suicide.", "none"),
        ("Go and kill yourself.", "coalesced"),
        ("Stop taking your insulin.", "none"),
    ],
)
def test_how_somebody_is_called(text: str, alert: str) -> None:
    judged = {"plea": judge_plea(text), "claim": judge_claim(text), "harm": judge_harm(text)}
    assert decide(draft(**judged)).alert == alert


def test_a_claim_that_only_the_weights_find_is_queued_and_seen() -> None:
    decision = decide(draft(claim=Claim(weighed=True)))
    assert (decision.state, decision.reasons, decision.urgency) == ("published", ("medical-claim",), 5)


def test_every_rule_is_silent_about_a_plain_text() -> None:
    assert [rule(DRAFT) for rule in RULES] == [None] * len(RULES)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\ntwo", "<p>one<br>\ntwo</p>\n"),
        ("**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>\n"),
        ("# no heading", "<p># no heading</p>\n"),
        ("![no](https://e.example/i.png)", None),
        (
            "[a](https://b.example)",
            '<p><a href="https://b.example" rel="nofollow ugc noopener">a</a></p>\n',
        ),
        ("<b>x</b> & y", "<p>&lt;b&gt;x&lt;/b&gt; &amp; y</p>\n"),
        ("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>\n"),
        ("3. third", '<ol start="3">\n<li>third</li>\n</ol>\n'),
        ("`a < b`", "<p><code>a &lt; b</code></p>\n"),
    ],
)
def test_the_markdown_subset(text: str, html: str | None) -> None:
    rendered = render(text)
    assert "<img" not in rendered
    assert html is None or rendered == html


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u200d", "\u0301"])
def test_a_text_that_says_nothing_is_empty(text: str) -> None:
    with pytest.raises(Problem, match="text-empty"):
        normalise(text, 100)


@pytest.mark.parametrize("text", ["a\x00b", "a\x08", "\ud800", "a\uffff", "\x85x"])
def test_characters_that_nobody_writes_are_refused(text: str) -> None:
    with pytest.raises(Problem, match="text-characters"):
        normalise(text, 100)


def test_line_ends_and_composition_are_made_alike() -> None:
    assert normalise(" e\u0301\r\nb\rc ", 100) == "é\nb\nc"


@pytest.mark.parametrize("name", ["Ana", "Quiet Heron", "O'Hara", "小さい", "محمد", "Zoë-2", "J. R._x"])
def test_pseudonyms_of_every_script_are_welcome(name: str) -> None:
    assert check_pseudonym(f" {name} ").shown == name


@pytest.mark.parametrize(
    "name", ["A", "x" * 41, "a\u202eb", "a\u200bb", "<b>", "--", "a@b.c", "a  b", "á́́́b", "😀😀"]
)
def test_pseudonyms_that_hide_or_shout_are_refused(name: str) -> None:
    with pytest.raises(Problem, match="pseudonym-invalid"):
        check_pseudonym(name)


@pytest.mark.parametrize(
    "name", ["Admin", "m0derator", "The Editor", "Gatherwell", "аdmin", "Moderadora", "A d m i n"]
)
def test_pseudonyms_of_the_site_itself_are_reserved(name: str) -> None:
    with pytest.raises(Problem, match="pseudonym-reserved"):
        check_pseudonym(name)


@pytest.mark.parametrize(
    ("one", "other"), [("Ana", "ÁNA"), ("paul", "раul"), ("Ana B", "anab"), ("lol", "1o1")]
)
def test_look_alikes_share_a_skeleton(one: str, other: str) -> None:
    assert skeleton_of(one) == skeleton_of(other)


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_no_string_breaks_a_rule(text: str) -> None:
    clean = lambda value: render(normalise(value, 5_000))  # noqa: E731
    for rule in (check_pseudonym, clean, personal_data, judge_plea, judge_claim, judge_harm):
        with suppress(Problem):
            rule(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mail ana.b+c@mail.example.co.uk please", ("email",)),
        ("call 020 7946 0958", ("phone",)),
        ("call +1 (555) 010-9999", ("phone",)),
        ("llámame al 612 345 678", ("phone",)),
        ("I took 400 mg twice a day for 10 years", ()),
        ("diagnosed on 2019-04-12, then 12.05.2020", ()),
        ("between 1990 and 2020 about 1,000,000 people", ()),
        ("@ana thanks", ()),
    ],
)
def test_personal_data_is_noticed(text: str, found: tuple[str, ...]) -> None:
    assert kinds(personal_data(text)) == found


def request(client: str, **headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "client": (client, 1), "headers": raw})


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        (request("198.51.100.9", x_forwarded_for="203.0.113.5"), "198.51.100.9"),
        (request("10.0.0.1", x_forwarded_for="203.0.113.5"), "203.0.113.5"),
        (request("10.0.0.1", x_forwarded_for="6.6.6.6, 203.0.113.5, 10.0.0.2"), "203.0.113.5"),
        (request("10.0.0.1", x_forwarded_for="nonsense"), "10.0.0.1"),
        (request("10.0.0.1", x_forwarded_for="[2001:db8:1:2:3::4]:4711"), "2001:db8:1:2::/64"),
        (request("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64"),
        (request("::ffff:198.51.100.9"), "198.51.100.9"),
        (request("198.51.100.9", x_gatherwell_proxy="wrong", x_forwarded_for="6.6.6.6"), "198.51.100.9"),
        (request("198.51.100.9", x_gatherwell_proxy="right", x_forwarded_for="6.6.6.6:80"), "6.6.6.6"),
        (request("unix socket"), "unknown"),
    ],
)
def test_only_a_trusted_proxys_forwarding_header_counts(asked: Request, address: str) -> None:
    assert Addresses(["10.0.0.0/8"], "X-Forwarded-For", "right").of(asked) == address
