"""A check after a check: it says what a first one says, and looks only at what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import pytest

from generator.build import check, look, plan, stages
from generator.build.check import CheckResult, find_problems
from generator.build.last_build import version_key
from generator.checks import Checked
from generator.content.read import Document
from generator.disk.cache import Cache
from generator.ground.project import Options, Project
from generator.site.context import SiteContext
from tests.generator.pictures import encoded, picture
from tests.sites import NOW, TinySite

SITE = """
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
cards: "off"
== content/_people/ana.md
---
name: Ana
role: clinician
credential: Nurse
---
== content/migraine/_index.md
---
title: Migraine
---
== content/migraine/a.md
---
title: A
---
See [b](b.md#part) and [more](https://b.example/?utm_source=x).
== content/migraine/b.md
---
title: B
type: treatment
reviewer: ana
last_reviewed: 2025-06-02
review_in: 12 months
---
## Part

A first line.

A miracle cure. Send [an answer](c.md).
== content/migraine/c.md
---
title: C
updated: 2026-06-03
---
[To complete]
"""


@pytest.fixture
def tiny(tmp_path: Path) -> TinySite:
    return TinySite(tmp_path / "project", SITE)


def found(site: TinySite, now: dt.datetime = NOW, drafts: bool = False) -> CheckResult:
    options = Options(now=now, jobs=1, search=False, drafts=drafts)
    return find_problems(Project(site.root, site.out), options, lambda _: None)._replace(alive=None)


def found_anew(site: TinySite, now: dt.datetime = NOW, drafts: bool = False) -> CheckResult:
    """What a check says that knows of no other."""
    with Cache(site.root / ".gatherwell", version_key()) as cache:
        cache.forget_state("check")
    return found(site, now, drafts)


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each check comes a second after the last edit, so that the stamps of files prove that these are unchanged."""
    clock = check.clock_ns
    monkeypatch.setattr(check, "clock_ns", lambda: clock() + 1_000_000_000)


def refuse(*_: object) -> None:
    raise AssertionError("it looked again")


def test_nothing_is_looked_at_again_where_nothing_changed(
    tiny: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = found(tiny)
    assert first.problems
    assert first.unfinished == ("content/migraine/c.md",)
    monkeypatch.setattr(look, "look", refuse)
    assert found(tiny) == first


def test_errors_are_not_looked_for_again_either(tiny: TinySite, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny.put("content/migraine/d.md", "---\ntitle: D\ndate: soon\n---\n")
    first = found(tiny)
    assert not first.complete
    monkeypatch.setattr(look, "look", refuse)
    assert found(tiny) == first


def test_a_file_changed_while_it_is_checked_is_looked_at_again(
    tiny: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "clock_ns", lambda: (tiny.root / "content/migraine/c.md").stat().st_mtime_ns)
    found(tiny)
    monkeypatch.setattr(look, "look", refuse)
    with pytest.raises(AssertionError):
        found(tiny)


def test_an_edited_text_is_checked_alone(tiny: TinySite, monkeypatch: pytest.MonkeyPatch) -> None:
    found(tiny)
    seen: list[Collection[str]] = []

    def watched(context: SiteContext, documents: Mapping[str, Document]) -> Checked:
        seen.append(set(documents))
        return run_checks(context, documents)

    run_checks = plan.run_checks
    tiny.replace("content/migraine/b.md", "Send [", "Sent. Send [")
    with monkeypatch.context() as patched:
        patched.setattr(plan, "run_checks", watched)
        patched.setattr(look, "lint_templates", refuse)
        patched.setattr(stages, "plan_outputs", refuse)
        after = found(tiny)
    assert seen == [{"content/migraine/b.md"}]
    assert after == found_anew(tiny)


def image(site: TinySite) -> None:
    site.put("content/migraine/p.png", encoded(picture((40, 30)), "PNG"))


# One after another on one site; each error is mended by the next edit, so that what follows is looked at as a whole.
EDITS: tuple[tuple[str, Callable[[TinySite], object]], ...] = (
    ("a text", lambda site: site.replace("content/migraine/b.md", "miracle", "splendid")),
    ("a text that gets a fault", lambda site: site.replace("content/migraine/b.md", "c.md", "x.md")),
    ("its mending", lambda site: site.replace("content/migraine/b.md", "x.md", "c.md")),
    (
        "a text that is completed",
        lambda site: site.replace("content/migraine/c.md", "[To complete]", "Done."),
    ),
    ("a text to complete", lambda site: site.replace("content/migraine/a.md", "See", "[To complete] See")),
    ("an anchor that others link to", lambda site: site.replace("content/migraine/b.md", "Part", "Other")),
    ("the anchor again", lambda site: site.replace("content/migraine/b.md", "Other", "Part")),
    ("front matter", lambda site: site.replace("content/migraine/b.md", "12 months", "36 months")),
    (
        "an allowance",
        lambda site: site.replace("content/migraine/b.md", "type:", "allow: {doses: why}\ntype:"),
    ),
    ("a profile", lambda site: site.replace("content/_people/ana.md", "role:", "disclosures: none\nrole:")),
    ("a new file with a fault", lambda site: site.article("migraine/e.md", "[no](nowhere.md)")),
    ("it is gone", lambda site: site.delete("content/migraine/e.md")),
    ("a file that cannot be read", lambda site: site.put("content/migraine/f.md", b"\xff\xfe")),
    ("it can", lambda site: site.article("migraine/f.md")),
    ("a picture that is not there", lambda site: site.article("migraine/f.md", "![A hill](p.png)")),
    ("the picture", image),
    ("a picture that is none", lambda site: site.put("content/migraine/p.png", b"none")),
    ("the picture again", image),
    (
        "a text that shows it",
        lambda site: site.replace("content/migraine/b.md", "A first", "![A hill](p.png)\n\nA first"),
    ),
    ("a file that no page names", lambda site: site.put("content/migraine/notes.txt", "x")),
    ("crisis lines", lambda site: site.put("content/_crisis.yaml", CRISIS)),
    ("settings", lambda site: site.replace("gatherwell.yaml", "title", "checks: {links: warning}\ntitle")),
    (
        "a theme with a fault",
        lambda site: site.write(THEME).replace("gatherwell.yaml", "title", "theme: own\ntitle"),
    ),
    (
        "its mending",
        lambda site: site.replace("themes/own/templates/article.html", "page.nothing(", "page.title }}"),
    ),
    ("nothing but times", lambda site: (site.root / "content/migraine/a.md").touch()),
)
CRISIS = "en:\n  - {name: Line, phone: '112'}\n"
THEME = """
== themes/own/theme.yaml
extends: commons
== themes/own/templates/article.html
{{ page.nothing(
"""


def test_a_check_after_an_edit_says_what_a_first_one_says(tiny: TinySite) -> None:
    found(tiny)
    for name, edit in EDITS:
        edit(tiny)
        assert (name, found(tiny)) == (name, found_anew(tiny))


def test_a_broken_picture_is_told_once_where_another_text_shows_it_first(
    tiny: TinySite, tmp_path: Path
) -> None:
    tiny.replace("gatherwell.yaml", "title", "checks: {images: warning}\ntitle")
    tiny.put("content/migraine/p.png", b"none")
    tiny.replace("content/migraine/b.md", "A first", "![A hill](p.png)\n\nA first")
    found(tiny)
    tiny.build()
    tiny.replace("content/migraine/a.md", "See", "![A hill](p.png)\n\nSee")
    told = {(one.source_path, one.message) for one in found(tiny).problems if "p.png" in one.message}
    assert [path for path, _ in told] == ["content/migraine/a.md"]
    built = {(one.source_path, one.message) for one in tiny.build().warnings if "p.png" in one.message}
    assert built == told


@pytest.mark.parametrize(
    ("earlier", "later", "changed"),
    [
        ("2026-06-01T12:00:00+00:00", "2026-06-01T23:59:59+00:00", set()),
        ("2026-06-01T12:00:00+00:00", "2026-06-02T00:00:00+00:00", {"the review was due on 2026-06-02"}),
        (
            "2026-06-02T12:00:00+00:00",
            "2026-06-03T00:00:00+00:00",
            {"`updated` lies in the future: 2026-06-03"},
        ),
    ],
)
@pytest.mark.parametrize("broken", [False, True], ids=["whole", "with an error"])
def test_time_alone_changes_what_is_found(
    tiny: TinySite, earlier: str, later: str, changed: set[str], broken: bool
) -> None:
    if broken:
        tiny.put("content/migraine/d.md", "---\ntitle: D\ndate: soon\n---\n")
    before, moment = found(tiny, dt.datetime.fromisoformat(earlier)), dt.datetime.fromisoformat(later)
    after = found(tiny, moment)
    assert messages_of(before) ^ messages_of(after) == changed
    assert after == found_anew(tiny, moment)


def messages_of(result: CheckResult) -> set[str]:
    return {problem.message for problem in result.problems}


def test_drafts_are_another_question(tiny: TinySite) -> None:
    tiny.article("migraine/draft.md", "[no](nowhere.md)", draft="true")
    assert found(tiny).complete
    assert found(tiny, drafts=True) == found_anew(tiny, drafts=True)
