"""The manifest: what published pages show and nothing else, always as the contract's schema has it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.sites import NOW, TinySite

SCHEMA = json.loads((Path(__file__).parents[3] / "widgets/contract/manifest.schema.json").read_text("utf-8"))
CONFIG = (
    "title: Tiny\nbase_url: https://tiny.example/health/\nlanguages: [en, es]\n"
    'search: false\ncards: "off"\nwidgets: {endpoint: /api/v1}\n'
)
POLL = ":::poll{#rain}\nDoes *rain* matter?\n- Yes {#yes}\n- No {#no}\n:::"
POLL_ES = ":::poll{#rain}\n¿Importa la lluvia?\n- Sí {#yes}\n- No {#no}\n:::"


@pytest.fixture
def tiny(site: TinySite) -> TinySite:
    site.put("gatherwell.yaml", CONFIG)
    return site


def manifest(site: TinySite, now: dt.datetime = NOW, **options: Any) -> dict[str, Any]:
    """The manifest of a build, valid."""
    site.build(now=now, **options)
    value: dict[str, Any] = json.loads(site.text("manifest.json"))
    jsonschema.Draft202012Validator(SCHEMA).validate(value)
    return value


def test_poll_is_asked_once_for_all_its_languages(tiny: TinySite) -> None:
    tiny.article("ms/a.md", POLL)
    tiny.article("ms/a.es.md", POLL_ES)
    assert manifest(tiny)["polls"] == {
        "ms~rain": {
            "condition": "ms",
            "question": "Does rain matter?",
            "options": [{"key": "yes", "label": "Yes"}, {"key": "no", "label": "No"}],
            "multiple": False,
            "min": 1,
            "max": 1,
            "version": 1,
            "closes": None,
            "results": "always",
            "sensitive": False,
            "pages": {"en": "/health/ms/a/", "es": "/health/ms/es/a/"},
        }
    }


def test_crisis_lines_are_carried_by_language_with_their_country(tiny: TinySite) -> None:
    tiny.put(
        "content/_crisis.yaml",
        "en-GB: [{name: Line, number: 1 2, hours: Always}]\nen: [{name: All, url: https://a.example/}]\n"
        "fr: [{name: Écoute, number: '3', text: '4', kinds: [suicide]}]\n",
    )
    tiny.article("ms/a.md")
    nothing = {"phone": None, "text": None, "url": None, "hours": None}
    assert manifest(tiny)["help"] == {
        "en": [
            nothing | {"name": "All", "url": "https://a.example/"},
            nothing | {"name": "Line, United Kingdom", "phone": "1 2", "hours": "Always", "region": "GB"},
        ],
        "fr": [nothing | {"name": "Écoute", "phone": "3", "text": "4", "kinds": ["suicide"]}],
    }


def test_named_day_closes_a_poll_at_its_end(tiny: TinySite) -> None:
    tiny.article("ms/a.md", POLL.replace("#rain", "#rain closes=2026-12-31"))
    assert manifest(tiny)["polls"]["ms~rain"]["closes"] == "2027-01-01T00:00:00Z"


@pytest.mark.parametrize(
    "front_matter",
    [{"draft": "true"}, {"date": "2026-06-02"}, {"expires": "2026-05-31"}],
    ids=["draft", "scheduled", "expired"],
)
@pytest.mark.parametrize("drafts", [False, True])
def test_what_is_not_published_is_not_accepted(
    tiny: TinySite, front_matter: dict[str, str], drafts: bool
) -> None:
    tiny.article("ms/a.md", POLL, **front_matter)
    tiny.article("ms/b.md")
    found = manifest(tiny, drafts=drafts)
    assert found["polls"] == {}
    assert list(found["threads"]) == ["ms~b"]


def test_scheduled_article_is_accepted_from_its_moment_on(tiny: TinySite) -> None:
    tiny.article("ms/a.md", POLL, date="2026-06-02")
    assert manifest(tiny)["threads"] == {}
    assert list(manifest(tiny, now=NOW + dt.timedelta(days=1))["threads"]) == ["ms~a"]


def test_thread_has_no_place_where_nothing_can_be_said(tiny: TinySite) -> None:
    tiny.article("ms/a.md", comments='"off"', reactions="false")
    tiny.article("ms/b.md", comments="closed", reactions="[thank-you]")
    assert manifest(tiny)["threads"] == {
        "ms~b": {
            "condition": "ms",
            "title": "b",
            "comments": "closed",
            "reactions": ["thank-you"],
            "pages": {"en": "/health/ms/b/"},
        }
    }


def test_policy_of_a_condition_stands_above_the_sites(tiny: TinySite) -> None:
    tiny.article("ms/a.md")
    tiny.put("content/migraine/_index.md", "---\ntitle: Migraine\ncomments: pre\n---\n")
    found = manifest(tiny)["conditions"]
    assert (found["ms"]["comments"], found["migraine"]["comments"]) == ("first", "pre")
    assert found["ms"]["url_path"] == "/health/ms/"


def test_pace_of_a_condition_stands_above_the_sites(tiny: TinySite) -> None:
    tiny.put(
        "gatherwell.yaml",
        CONFIG + "time_zone: Europe/London\ncomments: {quiet_hours: 22:00 - 07:00, slow_mode: 5}\n",
    )
    tiny.article("ms/a.md")
    tiny.put(
        "content/migraine/_index.md", "---\ntitle: M\nquiet_hours: off\nslow_mode: 0\nminimum_age: 0\n---\n"
    )
    tiny.put("content/lupus/_index.md", '---\ntitle: L\nquiet_hours: "01:00-02:30"\nminimum_age: 13\n---\n')
    found = manifest(tiny)["conditions"]
    quiet = {"from": "22:00", "to": "07:00", "time_zone": "Europe/London"}
    assert (found["ms"]["quiet"], found["ms"]["slow"]) == (quiet, 5)
    assert found["lupus"]["quiet"] == quiet | {"from": "01:00", "to": "02:30"}
    assert found["migraine"].keys() == {"title", "origin", "url_path", "comments"}
    assert (found["ms"]["minimum_age"], found["lupus"]["minimum_age"]) == (16, 13)


def test_manifest_stays_valid_at_every_extreme(tiny: TinySite) -> None:
    long = "word " * 500
    tiny.put(f"content/{'c' * 100}/_index.md", f"---\ntitle: {long}\n---\n")
    tiny.article(f"{'c' * 100}/{'x' * 250}.md", POLL.replace("Does *rain* matter?", long), title=long)
    tiny.article(f"{'c' * 100}/{'偏' * 80}.md", title="'🎈'")
    found = manifest(tiny)
    assert len(found["threads"]) == 2
    assert all(len(thread) <= 200 for thread in found["threads"])


def test_manifest_holds_no_date_of_its_own(tiny: TinySite) -> None:
    tiny.article("ms/a.md", POLL)
    first = manifest(tiny)
    assert manifest(tiny, now=NOW + dt.timedelta(days=9), clean=True) == first


def test_title_and_names_of_profiles_are_told(tiny: TinySite) -> None:
    tiny.article("ms/a.md", "Words.")
    tiny.put("content/_people/lee.md", "---\nname: Dr Ana Lee\nrole: clinician\n---\n")
    tiny.put("content/_people/lee.es.md", "---\nname: Dra. Ana Lee\n---\n")
    told = manifest(tiny)
    assert told["title"] == "Tiny"
    assert told["people"] == ["Dr Ana Lee", "Dra. Ana Lee"]
