"""A check's findings by cause, with counts and the lines that let a collection in; and what a baseline accepts."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli.grouped import in_groups, shortened
from generator.ground.errors import Problem
from generator.schema.convert import NESTED
from tests.generator.command_line import Run
from tests.sites import TinySite


def problems(number: int, message: str, rule: str = "keys", hint: str = "Remove it.") -> list[Problem]:
    return [
        Problem(message.format(n), n + 2, 1, hint, f"content/ra/a{n}.md", "error", rule)
        for n in range(number)
    ]


def test_one_cause_in_many_files_is_one_group_with_the_line_to_paste() -> None:
    assert in_groups(problems(700, "'weight' is not a known key")).split("\n") == [
        "700 × error: 'weight' is not a known key",
        "    Remove it.",
        "    content/ra/a0.md:2:1, content/ra/a1.md:3:1, content/ra/a2.md:4:1 and 697 more",
        "Ready for gatherwell.yaml, to go on meanwhile (beside what stands there):",
        "front_matter: {extra: [weight]}",
    ]


def test_keys_whose_values_no_template_sees_are_let_in_by_their_level() -> None:
    found = problems(6, "'weight' is not a known key") + problems(1, "'menu' is not a known key", hint=NESTED)
    assert in_groups(found).split("\n")[-1] == "checks: {keys: warning}"


def test_causes_that_differ_in_a_name_are_one_group_with_examples() -> None:
    assert in_groups(problems(12, "there is no page 'p{}.md'", "links", "")).split("\n") == [
        "12 × error: there is no page …",
        "    content/ra/a0.md:2:1: there is no page 'p0.md'",
        "    content/ra/a1.md:3:1: there is no page 'p1.md'",
        "    content/ra/a2.md:4:1: there is no page 'p2.md'",
        "    and 9 more (`--all` shows every one)",
        "Ready for gatherwell.yaml, to go on meanwhile (beside what stands there):",
        "checks: {links: warning}",
    ]


def test_many_names_of_one_kind_are_one_group_with_the_count_of_each() -> None:
    found = [each for key in "abcdef" for each in problems(10, f"'{key}' is not a known key")]
    assert in_groups(found).split("\n")[:3] == [
        "60 × error: … is not a known key",
        "    Remove it.",
        "    'a' (10), 'b' (10), 'c' (10), 'd' (10), 'e' (10), 'f' (10)",
    ]


def test_few_findings_are_shown_each_by_itself() -> None:
    few = problems(4, "'weight' is not a known key")
    assert in_groups(few) == "\n".join(str(each) for each in few)


@pytest.fixture
def faulty(site: TinySite) -> TinySite:
    for n in range(6):
        site.put(f"content/migraine/w{n}.md", f"---\ntitle: W{n}\nweight: {n}\n---\n")
    return site


def test_check_shows_groups_and_with_all_every_finding(run: Run, faulty: TinySite) -> None:
    grouped, every = run("check", "--jobs", "1"), run("check", "--jobs", "1", "--all")
    assert (grouped.code, every.code) == (1, 1)
    assert "6 × error: 'weight' is not a known key" in grouped.out
    assert "front_matter: {extra: [weight]}" in grouped.out
    assert every.out.count("'weight' is not a known key") == 6


def test_baseline_accepts_what_is_there_and_fails_on_what_is_new(run: Run, faulty: TinySite) -> None:
    first = run("check", "--jobs", "1", "--baseline", "known.json")
    assert (first.code, first.out) == (0, "")
    assert "6 findings accepted in known.json" in first.err
    # A line above moves every place below.
    faulty.replace("content/migraine/w1.md", "title: W1", "title: W1\nsummary: S")
    assert run("check", "--jobs", "1", "--baseline", "known.json").code == 0
    faulty.put("content/migraine/new.md", "---\ntitle: New\n---\n[x](gone.md)\n")
    third = run("check", "--jobs", "1", "--baseline", "known.json")
    assert third.code == 1
    assert third.out.startswith("content/migraine/new.md:4:1: there is no page 'gone.md'")
    assert "weight" not in third.out
    faulty.put("content/migraine/new.md", "---\ntitle: New\n---\n[here](a.md)\n")
    warned = run("check", "--jobs", "1", "--baseline", "known.json")
    assert (warned.code, "0 errors, 1 warning" in warned.err) == (1, True)


def test_baseline_says_what_is_gone(run: Run, faulty: TinySite) -> None:
    run("check", "--jobs", "1", "--baseline", "known.json")
    faulty.delete("content/migraine/w1.md")
    assert "1 finding of known.json gone" in run("check", "--jobs", "1", "--baseline", "known.json").err


def test_baseline_that_is_none_is_told(run: Run, site: TinySite) -> None:
    Path("known.json").write_text("[]")
    told = run("check", "--jobs", "1", "--baseline", "known.json")
    assert told.code == 1
    assert "known.json: this baseline cannot be read" in told.err


def test_a_build_says_many_of_one_cause_as_a_group_and_names_the_command_that_shows_all(
    site: TinySite, run: Run
) -> None:
    site.put(
        "gatherwell.yaml", 'title: T\nbase_url: https://x.example/\ncards: "off"\nchecks: {links: warning}\n'
    )
    site.put("content/ra/_index.md", "---\ntitle: RA\n---\n")
    for number in range(40):
        site.article(f"ra/a{number:02}.md", "[Gone](gone.md)")
    warned = run("build", "--root", str(site.root), "--no-search")
    assert warned.code == 0
    assert warned.err.count("there is no page") == 1
    assert "40 × warning: there is no page 'gone.md'" in warned.err
    assert "40 warnings; `gatherwell check` shows what else is wrong, with `--all` every place" in warned.err

    site.replace("gatherwell.yaml", "links: warning", "links: error")
    failed = run("build", "--root", str(site.root), "--no-search")
    assert failed.code == 1
    assert failed.err.count("there is no page") == 1
    assert "40 errors; `gatherwell check`" in failed.err


def test_few_findings_are_said_line_by_line_and_nothing_more() -> None:
    assert shortened(problems(4, "'weight' is not a known key")) == in_groups(
        problems(4, "'weight' is not a known key")
    )


@pytest.mark.parametrize(("hints", "told"), [(("link to the file",), True), (("write a", "write b"), False)])
def test_group_of_several_names_tells_a_remedy_that_all_share(hints: tuple[str, ...], told: bool) -> None:
    found = [
        Problem(f"there is no page '{name}'", i, 1, hints[i % len(hints)], "content/a.md", "error", "links")
        for name in "abcde"
        for i in range(1, 7)
    ]
    assert (f"    {hints[0]}" in in_groups(found).split("\n")) == told
