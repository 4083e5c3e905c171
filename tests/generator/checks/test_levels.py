"""How seriously findings are taken is the configuration's to say."""

from __future__ import annotations

import pytest

from generator.build.check import find_problems
from generator.content.config import CheckLevel, Checks
from generator.content.levels import apply_levels
from generator.ground.errors import Problem, Severity
from generator.ground.project import Options, Project
from tests.sites import NOW, TinySite

SETTINGS = "== content/ms/_index.md\n---\ntitle: MS\n---\nWelcome."


@pytest.mark.parametrize(
    ("level", "found", "shown"),
    [
        ("off", "error", []),
        ("off", "warning", []),
        ("warning", "error", ["warning"]),
        ("warning", "warning", ["warning"]),
        ("error", "error", ["error"]),
        ("error", "warning", ["error"]),
        (None, "error", ["error"]),
        (None, "warning", ["warning"]),
    ],
)
def test_level_of_a_rule_drops_lowers_or_raises_its_findings(
    level: CheckLevel | None, found: Severity, shown: list[Severity]
) -> None:
    problems = apply_levels([Problem("Gone", severity=found, rule="links")], Checks(links=level))
    assert [problem.severity for problem in problems] == shown


@pytest.mark.parametrize("rule", ["", "polls"])
def test_finding_of_a_rule_without_a_level_stays_as_it_is(rule: str) -> None:
    problem = Problem("Gone", 3, 4, "Mend it", "content/a.md", "error", rule)
    assert apply_levels([problem], Checks(links="off", alt="off")) == [problem]


def test_lowered_finding_keeps_its_place_and_remedy() -> None:
    problem = Problem("Gone", 3, 4, "Mend it", "content/a.md", "error", "links")
    (lowered,) = apply_levels([problem], Checks(links="warning"))
    assert lowered == Problem("Gone", 3, 4, "Mend it", "content/a.md", "warning", "links")


UNKNOWN = (
    "== content/ms/a.md\n---\ntitle: A\nauthor: Nobody\nweight: 3\n---\n[x](/posts/bee) and ![x](gone.png)\n"
)
STAGES = {
    "people": ("warning", "nobody in _people/"),
    "keys": ("error", "'weight' is not a known key"),
    "links": ("error", "there is no page '/posts/bee'"),
    "images": ("error", "there is no image 'gone.png'"),
}


def told(site: TinySite, levels: dict[str, str]) -> list[tuple[str, str]]:
    """What `check` says of the article under *levels*, each as severity and message."""
    chosen = ", ".join(f'{name}: "{level}"' for name, level in levels.items())
    site.write(SETTINGS).put(
        "gatherwell.yaml", f"title: T\nbase_url: https://x.example/\nchecks: {{{chosen}}}\n"
    )
    project = Project(site.root, site.out)
    found = find_problems(project, Options(now=NOW, jobs=1, search=False), lambda _: None).problems
    return [(each.severity, each.message) for each in found if each.source_path == "content/ms/a.md"]


@pytest.mark.parametrize("level", ["error", "warning", "off"])
@pytest.mark.parametrize("rule", STAGES)
def test_every_stage_obeys_the_levels(site: TinySite, rule: str, level: str) -> None:
    site.write(UNKNOWN)
    others = {name: "off" for name in STAGES if name != rule}
    found = told(site, {**others, rule: level})
    if level == "off":
        assert found == []
    else:
        ((severity, message),) = found
        assert severity == level
        assert STAGES[rule][1] in message


def test_lapsed_review_can_be_an_error(site: TinySite) -> None:
    site.put("content/_people/x.md", "---\nname: X\nrole: clinician\ncredential: Register 1\n---\n")
    site.article("ms/a.md", last_reviewed="2020-01-01", review_in="1 year", reviewer="x")
    assert ("error", "the review was due on 2021-01-01") in told(site, {"reviews": "error"})


def test_lowered_dead_link_keeps_its_address(site: TinySite) -> None:
    site.write(SETTINGS).put(
        "gatherwell.yaml", "title: T\nbase_url: https://x.example/\nchecks: {links: warning}\n"
    )
    site.article("ms/a.md", "[a](/posts/bee#c) [b](gone.md) [c](b.md#none)")
    site.article("ms/b.md")
    site.build()
    html = site.text("ms/a/index.html")
    assert 'href=""' not in html
    assert all(f'href="{address}"' in html for address in ("/posts/bee#c", "gone.md", "/ms/b/#none"))
