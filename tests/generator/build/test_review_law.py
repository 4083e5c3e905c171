"""The law of reviews, row by row: what page, feed, JSON-LD and `check` say of a rule, a role and a date."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.build.check import find_problems
from generator.ground.project import Options, Project
from tests.sites import NOW, TinySite

SETTINGS = """\
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
feeds: {{items: 100}}
checks: {{reviews: {level}}}
== content/ms/_index.md
---
title: MS
---
== content/_people/doc.md
---
name: Dr Doe
role: clinician
credential: Register 1
disclosures: none
---
== content/_people/nurse.md
---
name: Nora Nurse
role: clinician
---
== content/_people/ana.md
---
name: Ana
role: advocate
credential: Lives with it
---
== content/_people/alias.md
---
name: dr Doe
role: advocate
---
== content/_people/ruiz.md
---
name: "Ruiz, José"
role: advocate
---
== content/_people/jose.md
---
name: Dr. Jose​ Ruiz, M.D.
role: clinician
credential: Register 2
disclosures: none
---
== content/_people/doe.md
---
name: Doe
role: advocate
---
"""
DUE, MISSING, CHANGED = "the review was due on", "nobody has reviewed this page", "the page was changed since"
IDLE = "`minor` excuses an update, and there is none"


class Case(NamedTuple):
    """One article at noon of 1 June 2026: *front* matter, and what is said of it with ``checks.reviews: level``.

    *page* is what the page says of its review; *feed* and *claim* whether feed and JSON-LD have article and review;
    *check* the beginnings of the findings, which `check` takes for errors where the level is one.
    """

    name: str
    level: str
    front: str
    page: str
    feed: bool = True
    claim: bool = False
    check: tuple[str, ...] = ()


def shown(level: str, front: str, page: str, claim: bool, *check: str) -> Case:
    return Case("", level, front, page, True, claim, check)


def waits(front: str, *check: str) -> Case:
    return Case("", "error", front, "waits", False, False, check)


def refused(front: str, *check: str) -> Case:
    return Case("", "refused", front, "", False, False, check)


BY, FIXED = "reviewer: doc; last_reviewed: ", "corrections: [{date: "
CASES = [
    # Nobody reviewed it: the types that people act upon say so, the others need not.
    shown("warning", "type: treatment", "missing", False, MISSING),
    shown("warning", "type: symptom", "missing", False, MISSING),
    shown("warning", "type: diagnosis", "missing", False, MISSING),
    shown("warning", "type: basics", "", False),
    shown("warning", "type: story", "", False),
    shown("warning", f"type: article; {BY}2026-01-01", "", True),
    shown("warning", f"type: story; {BY}2026-01-01", "", True),
    shown("warning", f"authors: doe; {BY}2026-01-01", "", True),
    shown("warning", f"type: article; {BY}2023-01-01", "overdue", False, DUE),
    waits("type: treatment", MISSING),
    waits("type: symptom", MISSING),
    waits("type: diagnosis", MISSING),
    shown("error", "type: living-with", "", False),
    shown("error", "type: question", "", False),
    # A review holds for 24 months with treatments, for 36 with all else, or as long as the article says.
    shown("warning", f"type: treatment; {BY}2024-06-02", "", True),
    shown("warning", f"type: treatment; {BY}2024-06-01", "overdue", False, DUE),
    shown("warning", f"type: symptom; {BY}2023-06-02", "", True),
    shown("warning", f"type: symptom; {BY}2023-06-01", "overdue", False, DUE),
    shown("warning", f"type: basics; {BY}2016-01-01", "overdue", False, DUE),
    shown("warning", f"type: basics; {BY}2025-05-01; review_in: 12 months", "overdue", False, DUE),
    shown("warning", f"type: treatment; {BY}2023-01-01; review_in: 5 years", "", True),
    shown("error", f"type: treatment; {BY}2024-06-02", "", True),
    waits(f"type: treatment; {BY}2024-06-01", DUE),
    shown("error", f"type: diagnosis; {BY}2023-06-02", "", True),
    waits(f"type: basics; {BY}2023-06-01", DUE),
    waits(f"type: article; {BY}2025-05-01; review_in: 1 year", DUE),
    # What changed after its review is another text, unless the change is said to be minor.
    shown("warning", f"type: basics; {BY}2026-01-01; updated: 2026-02-01", "changed", False, CHANGED),
    shown("warning", f"type: basics; {BY}2026-01-01; updated: 2026-01-01", "", True),
    shown("warning", f"type: basics; {BY}2026-01-01; updated: 2026-02-01; minor: a comma", "", True),
    shown("warning", f"type: basics; {BY}2026-03-01; updated: 2026-02-01; minor: a comma", "", True, IDLE),
    shown(
        "warning", f"type: basics; {BY}2026-01-01; updated: 2026-02-01; minor: '-'", "changed", False, CHANGED
    ),
    shown(
        "warning",
        f"type: basics; {BY}2026-01-01; updated: 2026-02-01; minor: None.",
        "changed",
        False,
        CHANGED,
    ),
    shown("error", f"type: treatment; {BY}2026-01-01; updated: 2026-02-01", "changed", False, CHANGED),
    waits(f"type: treatment; {BY}2020-01-01; updated: 2020-02-01; minor: a comma", DUE),
    # So is what was corrected after its review.
    shown(
        "warning",
        f"type: basics; {BY}2026-01-01; {FIXED}2026-02-01, what: Grams}}]",
        "changed",
        False,
        CHANGED,
    ),
    shown("warning", f"type: basics; {BY}2026-01-01; {FIXED}2026-01-01, what: Grams}}]", "", True),
    shown(
        "warning", f"type: basics; {BY}2026-01-01; {FIXED}2026-02-01, what: Ana}}]; minor: a name", "", True
    ),
    shown("off", "type: treatment", "missing", False),
    shown("off", f"type: treatment; {BY}2020-01-01", "overdue", False),
    # What can never be right is an error whatever the level.
    refused("reviewer: ana; last_reviewed: 2026-01-01", "'ana' has the role advocate, which may not"),
    refused("reviewer: nurse; last_reviewed: 2026-01-01", "'nurse' has no credential"),
    refused("reviewer: Nobody; last_reviewed: 2026-01-01", "'Nobody' has no profile"),
    refused("authors: doc; reviewer: doc; last_reviewed: 2026-01-01", "'doc' wrote the article"),
    refused("authors: Dr Doe; reviewer: doc; last_reviewed: 2026-01-01", "'doc' wrote the article"),
    refused("authors: [ana, doc]; reviewer: doc; last_reviewed: 2026-01-01", "'doc' wrote the article"),
    refused("authors: alias; reviewer: doc; last_reviewed: 2026-01-01", "'doc' wrote the article"),
    refused("authors: ruiz; reviewer: jose; last_reviewed: 2026-01-01", "'jose' wrote the article"),
    refused(f"{BY}2026-01-01; review_in: 99 years", "the review is said to hold for 99 years"),
    refused(f"{BY}2026-01-01; review_in: 61 months", "the review is said to hold for 61 months"),
    refused("reviewer: doc", "a reviewer is named, but no day"),
    refused("last_reviewed: 2026-01-01", "a review has a day, but nobody"),
    refused(f"{BY}2099-01-01", "the review is dated 2099-01-01"),
    refused(f"{BY}2026-06-02", "the review is dated 2026-06-02"),
]
CASES = [case._replace(name=f"c{number:02d}") for number, case in enumerate(CASES)]
_SAID = {
    "waits": "This page is being reviewed",
    "missing": "Nobody with medical training has reviewed this page yet",
    "overdue": "Review overdue",
    "changed": "Changed since its review",
}


class Seen(NamedTuple):
    """A built site, and what `check` finds by article."""

    site: TinySite
    check: dict[str, list[tuple[str, str]]]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seen]:
    return {
        level: _seen(tmp_path_factory.mktemp("law"), level)
        for level in ("off", "warning", "error", "refused")
    }


def _seen(folder: Path, level: str) -> Seen:
    site = TinySite(folder / "site", SETTINGS.format(level=level.replace("refused", "warning")))
    for case in CASES:
        if case.level == level:
            front = case.front.replace("; ", "\n")
            site.put(
                f"content/ms/{case.name}.md",
                f"---\ntitle: {case.name}\ndate: 2016-01-01\n{front}\n---\nThe text of {case.name}.\n",
            )
    if level != "refused":
        site.build()
    found: dict[str, list[tuple[str, str]]] = {}
    for problem in find_problems(
        Project(site.root, site.out), Options(now=NOW, jobs=1), lambda _: None
    ).problems:
        found.setdefault(Path(problem.source_path).stem, []).append((problem.severity, problem.message))
    return Seen(site, found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.level}-{case.front}")
def test_page_feed_json_ld_and_check_say_the_same(seen: dict[str, Seen], case: Case) -> None:
    site, check = seen[case.level]
    found = [one for one in check.get(case.name, []) if case.level != "refused" or one[0] == "error"]

    assert [message for _, message in found if not message.startswith(case.check)] == []
    assert len(found) == len(case.check)
    if case.level == "refused":
        assert "error" in {severity for severity, _ in found}
        assert site.outputs() == {}
        return
    assert {severity for severity, _ in found} <= {case.level}
    page = site.text(f"ms/{case.name}/index.html")
    assert [kind for kind, words in _SAID.items() if words in page] == ([case.page] if case.page else [])
    assert (f"The text of {case.name}." in page) == (case.page != "waits")
    assert (f">{case.name}</title>" in site.text("ms/feed.atom")) == case.feed
    assert ("reviewedBy" in page and "lastReviewed" in page) == case.claim
    named = 'aria-labelledby="page-review"' in page and ">Dr Doe</a>" in page
    assert named == ("reviewer: doc" in case.front and case.page != "waits")


def test_there_are_at_least_forty_cases() -> None:
    assert len(CASES) >= 40


def test_a_reviewer_whose_name_has_a_slip_is_told_the_profile_that_is_meant(tmp_path: Path) -> None:
    site = TinySite(tmp_path / "site", SETTINGS.format(level="warning"))
    site.put("content/ms/a.md", "---\ntitle: A\nreviewer: nurs\nlast_reviewed: 2026-01-01\n---\nText.\n")
    project, options = Project(site.root, site.out), Options(now=NOW, jobs=1)
    found = find_problems(project, options, lambda _: None).problems
    assert [each.hint for each in found if "has no profile" in each.message] == ["did you mean 'nurse'?"]


def test_who_wrote_the_original_cannot_review_its_translation(tmp_path: Path) -> None:
    site = TinySite(tmp_path / "site", SETTINGS.format(level="warning"))
    settings = site.root / "gatherwell.yaml"
    settings.write_text(settings.read_text() + "languages: [en, es]\n")
    site.put("content/ms/a.md", "---\ntitle: A\nauthors: doc\n---\nText.\n")
    site.put(
        "content/ms/otra.es.md",
        "---\ntitle: A\ntranslation_of: a.md\nauthors: ana\nreviewer: doc\nlast_reviewed: 2026-01-01\n---\nTexto.\n",
    )
    project, options = Project(site.root, site.out), Options(now=NOW, jobs=1)
    found = find_problems(project, options, lambda _: None).problems
    assert [
        each.source_path for each in found if "'doc' wrote the original, content/ms/a.md" in each.message
    ] == ["content/ms/otra.es.md"]


@pytest.mark.parametrize(
    "credential",
    [
        "To complete. Profession",
        "Por completar. Profesión",
        "[To complete]",
        "   ",
        "–",
        "\u200b",
        "N/A",
        "None.",
    ],
)
def test_a_credential_that_nobody_has_written_yet_is_none(tmp_path: Path, credential: str) -> None:
    site = TinySite(tmp_path / "site", SETTINGS.format(level="warning"))
    site.put(
        "content/_people/doc.md", f'---\nname: Dr Doe\nrole: clinician\ncredential: "{credential}"\n---\n'
    )
    site.build()
    assert f">{credential}<" not in site.text("people/doc/index.html")

    site.put("content/ms/a.md", "---\ntitle: A\nreviewer: doc\nlast_reviewed: 2026-01-01\n---\nText.\n")
    project, options = Project(site.root, site.out), Options(now=NOW, jobs=1)
    found = find_problems(project, options, lambda _: None).problems
    assert [each.severity for each in found if "'doc' has no credential" in each.message] == ["error"]


LAPSING = """\
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
checks: {reviews: error}
widgets: {endpoint: /api/v1}
== content/_people/doc.md
---
name: Dr Doe
role: clinician
credential: Register 1
disclosures: none
---
== content/_crisis.yaml
en:
  - {name: Helpline, number: "116 123", kinds: [suicide], checked: 2026-05-01}
== content/ms/_index.md
---
title: MS
start_here: [pill.md]
---
== content/ms/pill.md
---
title: The pill
type: treatment
date: 2024-05-01
summary: SECRET summary
reviewer: doc
last_reviewed: 2024-06-02
---
## Start {#start}

SECRET text.

:::poll{#taken}
SECRET question?
- Yes {#yes}
- No {#no}
:::
== content/ms/guide.md
---
title: Guide
date: 2024-05-02
---
Read [the pill](pill.md#start) first.
"""
LATER = NOW + dt.timedelta(days=2)


@pytest.fixture
def lapsing(site: TinySite) -> TinySite:
    site.search = True
    return site.write(LAPSING)


def test_a_lapsed_page_keeps_its_address_and_loses_its_text(lapsing: TinySite) -> None:
    lapsing.build()
    assert "SECRET text." in lapsing.text("ms/pill/index.html")
    assert '"ms~taken"' in lapsing.text("manifest.json")

    result = lapsing.build(now=LATER)

    page = lapsing.text("ms/pill/index.html")
    assert "This page is being reviewed" in page
    assert 'href="/ms/"' in page
    assert "116 123" in page
    assert "ld+json" not in page
    assert [path for path, content in lapsing.outputs().items() if b"SECRET" in content] == []
    assert 'href="/ms/pill/#start"' in lapsing.text("ms/guide/index.html")
    assert re.search(r"ms~(taken|pill)", lapsing.text("manifest.json")) is None
    assert "/ms/pill/" not in lapsing.text("sitemap.xml")
    assert [warning.severity for warning in result.warnings if warning.rule == "reviews"] == ["warning"]


def test_time_alone_takes_the_text_off_and_brings_it_back(lapsing: TinySite, tmp_path: Path) -> None:
    for now in (NOW, LATER, NOW):
        lapsing.build(now=now)
        assert lapsing.outputs() == lapsing.clean_outputs(tmp_path / "clean", now=now)


def test_an_edit_of_a_text_that_waits_changes_no_output(lapsing: TinySite, tmp_path: Path) -> None:
    lapsing.build(now=LATER)
    before = lapsing.outputs()
    lapsing.replace("content/ms/pill.md", "SECRET text.", "SECRET words.")
    assert lapsing.build(now=LATER).rendered == 0
    assert lapsing.outputs() == before == lapsing.clean_outputs(tmp_path / "clean", now=LATER)


def test_with_drafts_reviewers_see_the_text(lapsing: TinySite) -> None:
    lapsing.build(now=LATER, drafts=True)
    assert "SECRET text." in lapsing.text("ms/pill/index.html")


def test_corrections_are_shown_newest_first_fed_and_claimed(site: TinySite) -> None:
    site.article(
        "ms/a.md",
        date="2020-01-01",
        corrections="[{date: 2026-02-02, what: The unit was wrong.}, {date: 2026-03-03, what: So was the name.}]",
    )
    site.article("ms/b.md", date="2026-02-20")
    site.build()
    page = site.text("ms/a/index.html")
    assert page.index("So was the name.</dd>") < page.index("The unit was wrong.</dd>")
    assert page.count('"@type":"CorrectionComment"') == 2
    ids = re.findall(r"<entry>\n<id>tag:[^:]*:en/(.*?)</id>", site.text("ms/feed.atom"))
    assert ids == ["ms~a#correction-2", "ms~b", "ms~a#correction-1", "ms~a"]


def test_a_demonstration_claims_no_review(site: TinySite) -> None:
    site.write(LAPSING)
    site.replace("gatherwell.yaml", "checks: {reviews: error}", "demonstration: true")
    site.build()
    page = site.text("ms/pill/index.html")
    assert "the reviewer is a sample" in page
    assert "reviewedBy" not in page
