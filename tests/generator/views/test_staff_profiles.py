"""What staff answered leads to who they are."""

from __future__ import annotations

import json

from tests.sites import TinySite


def test_staff_who_answered_lead_to_their_profile(built: TinySite) -> None:
    answer = {
        "id": "01k5q3w8r0c4v7n2x9h6j5t1ma",
        "html": "<p>Ask your own team.</p>",
        "created": "2026-05-01T00:00:00Z",
        "pseudonym": "Dr Lee",
    }
    known = {**answer, "role": {"key": "clinician", "person": "lee"}}
    unknown = {**answer, "id": answer["id"][:-1] + "b", "role": {"key": "clinician", "person": None}}
    thread = {"thread": "migraine~a", "count": 2, "comments": [known, unknown]}
    document = {
        "version": 1,
        "fetched": "2026-05-01T00:00:00Z",
        "polls": {},
        "threads": {"migraine~a": thread},
    }
    built.put("content/_people/lee.md", "---\nname: Dr Lee\nrole: clinician\n---\nA sample.")
    built.put(".gatherwell/private/snapshot.json", json.dumps(document))
    built.article("migraine/a.md")
    built.build()
    page = built.text("migraine/a/index.html")
    assert '<span class="comment-name"><a href="/people/lee/">Dr Lee</a></span>' in page
    assert '<span class="comment-name">Dr Lee</span>' in page


def test_page_tells_where_profiles_lie_for_answers_that_come_later(built: TinySite) -> None:
    built.replace("gatherwell.yaml", "search: false", "search: false\nwidgets: {endpoint: /api/v1}")
    built.put("content/_people/lee.md", "---\nname: Dr Lee\nrole: clinician\n---\nA sample.")
    built.build()
    assert 'data-people="/people/"' in built.text("migraine/a/index.html")
