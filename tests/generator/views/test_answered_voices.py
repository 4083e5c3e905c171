"""You said, we did, of what a member sent: a page names a story or question of the snapshot, which can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generator.views.test_voices import SITE, main, pull, voice
from tests.sites import TinySite

ANSWER = """\
== content/migraine/did.md
---
title: What we changed
type: we-did
date: 2026-05-30
because:
- {entry}
---
Text.
"""


def answering(site: TinySite, entry: str = "story: bcdfghjk") -> TinySite:
    site.write(SITE + ANSWER.replace("{entry}", entry))
    return site


def test_page_hub_and_story_name_each_other(site: TinySite) -> None:
    pull(answering(site), voice())
    site.build()
    link = '<span class="small">A member’s story:</span> <a href="/migraine/stories/bcdfghjk/">A &lt;long&gt; winter</a>'
    assert link in main(site, "migraine/did/index.html")
    assert link in main(site, "migraine/index.html")
    assert 'What came of it: <a href="/migraine/did/">What we changed</a>' in main(site)


def test_the_title_of_what_is_not_shared_stays_on_its_own_page(site: TinySite) -> None:
    pull(answering(site), voice(share=False))
    site.build()
    page = site.text("migraine/did/index.html")
    assert '<a href="/migraine/stories/bcdfghjk/">to its page</a>' in page
    assert "winter" not in page + site.text("migraine/index.html")


def test_what_nobody_wrote_is_called_simulated(site: TinySite) -> None:
    pull(answering(site), voice(simulated=True))
    site.build()
    assert "A simulated story:" in main(site, "migraine/did/index.html")


def test_what_was_taken_back_is_a_warning_and_leaves_nothing(site: TinySite, tmp_path: Path) -> None:
    pull(answering(site), voice())
    site.build()
    pull(site)
    [warning] = [str(one) for one in site.build().warnings if "bcdfghjk" in str(one)]
    assert warning.startswith("content/migraine/did.md:6:")
    assert "taken back" in warning
    page = site.text("migraine/did/index.html")
    assert "winter" not in page
    assert "bcdfghjk" not in page
    assert site.outputs() == site.clean_outputs(tmp_path / "clean")


def test_one_that_was_written_into_the_content_is_its_page(site: TinySite) -> None:
    adopted = "== content/migraine/stories/w.md\n---\ntitle: Adopted\ntype: story\nslug: bcdfghjk\nid: migraine~bcdfghjk\n---\nW.\n"
    pull(answering(site), voice())
    site.write(adopted)
    site.build()
    assert '<a href="/migraine/bcdfghjk/">Adopted</a>' in main(site, "migraine/did/index.html")


@pytest.mark.parametrize(
    ("entry", "severity", "said"),
    [
        ("question: bcdfghjk", "warning", "no question 'bcdfghjk' is published"),
        ("story: My story", "error", "'My story' is no id of a story"),
        ("{story: bcdfghjk, poll: x}", "error", "does not name one thing"),
    ],
)
def test_what_cannot_be_found_is_told_at_its_line(
    site: TinySite, entry: str, severity: str, said: str
) -> None:
    pull(answering(site, entry), voice())
    found = site.fails() if severity == "error" else [str(one) for one in site.build().warnings]
    [problem] = [line for line in found if "did.md" in line]
    assert problem.startswith("content/migraine/did.md:6:")
    assert said in problem
