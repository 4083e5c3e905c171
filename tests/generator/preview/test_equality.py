"""What the preview serves is what `build` writes, byte for byte, after every edit."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.ground.errors import SiteError
from tests.generator.histories import CONFIG, article, edits, names, perform, put, restore
from tests.generator.preview.workbench import Workbench
from tests.sites import NOW, TinySite

texts = st.sampled_from(
    [
        "More words.",
        "Fewer.",
        "See [it](a.md).",
        "An ![image](pic.svg).",
        "Notes[^s].\n\n[^s]: Of it.",
        "## A\n\nB",
        "x " * 300,
    ]
)
ACCENTS = {"Home": "#7b3fa0", "House": "#0b6e4f"}
_OUT_OF_SIGHT = {"no cache", "short cache", "damage"}
one = st.one_of(
    edits.filter(lambda edit: edit[0] not in _OUT_OF_SIGHT),
    st.builds(lambda n, t: put(*article("migraine", n, 1, "sleep", t)), names, texts),
    st.builds(
        lambda n, t: put(*article("migraine", n, 1, "sleep", "Seen.", f"image: pic.svg\nsummary: {t}\n")),
        names,
        st.sampled_from(["Short.", "Long."]),
    ),
    st.builds(
        lambda c, t: put(f"content/{c}/_index.md", f"---\ntitle: {t}\naccent: '{ACCENTS[t]}'\n---\nA hub.\n"),
        st.sampled_from(["migraine", "ms"]),
        st.sampled_from(["Home", "House"]),
    ),
    st.builds(
        lambda draft: put("content/_pages/rules.md", f"---\ntitle: Rules\ndraft: {draft}\n---\nBe kind.\n"),
        st.sampled_from(["true", "false"]),
    ),
)
# An editor saves one file at a time, a script or git several.
history = st.lists(st.lists(one, min_size=1, max_size=2), min_size=8, max_size=8)


# A history that fails is told as it is: to shrink it takes many minutes.
_WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    phases=_WITHOUT_SHRINKING,
    suppress_health_check=list(HealthCheck),
)
@given(history)
def test_after_any_edit_the_preview_serves_what_a_build_writes(
    history: list[list[tuple[str, str, str]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = TinySite(Path(folder) / "project")
        site.put("gatherwell.yaml", CONFIG)
        site.put(*article("migraine", "a", 1, "sleep", "Begin."))
        site.put(*article("ms", "a", 2, "work", "Begin."))
        bench = Workbench(site)
        for saved in history:
            sources = {
                path: path.read_bytes() for path in (site.root / "content").rglob("*") if path.is_file()
            }
            before = bench.outputs()
            for edit in saved:
                bench.now = perform(site, edit, bench.now)
            bench.look()
            if any(edit[0] == "clock" for edit in saved):
                bench.session.refresh(None)
            try:
                built = bench.built(Path(folder) / "clean")
            except SiteError:
                assert bench.session.errors, saved
                # The last good site stays, or what a preview that begins now would show.
                if bench.outputs() != before:
                    assert bench.outputs() == bench.anew(Path(folder) / "anew").outputs(), saved
                restore(site, sources)
                bench.look()
                bench.session.refresh(None)
                continue
            assert bench.session.errors == ()
            assert bench.outputs() == built, saved
            then = bench.now + dt.timedelta(days=9)
            assert bench.outputs(bench.session.at(then)) == bench.built(Path(folder) / "clean", now=then), (
                saved
            )


def test_a_text_edit_makes_no_new_proof_and_changes_one_page(site: TinySite, tmp_path: Path) -> None:
    for name in "abcde":
        site.article(f"migraine/{name}.md", "Words of it.\n\nAnd then some.", date="2026-05-01")
    bench = Workbench(site)
    bench.outputs()
    made, rendered = bench.session.plans_made, bench.page_renderer.count
    site.replace("content/migraine/c.md", "And then some.", "And then others.")

    news = bench.look()

    assert news.pages == ("migraine/c/index.html",)
    assert bench.session.plans_made == made
    assert bench.outputs() == bench.built(tmp_path / "clean")
    assert bench.page_renderer.count == rendered + 1


def test_an_edit_that_lists_can_see_makes_a_new_proof(site: TinySite, tmp_path: Path) -> None:
    site.article("migraine/a.md", "The first words are the summary.", date="2026-05-01")
    bench = Workbench(site)
    site.replace("content/migraine/a.md", "The first words", "These words")

    news = bench.look()

    assert news.pages is None
    assert "These words" in bench.text("migraine/feed.atom")
    assert bench.outputs() == bench.built(tmp_path / "clean")


def test_an_edit_of_front_matter_looks_at_no_other_file(site: TinySite, tmp_path: Path) -> None:
    site.article("migraine/a.md", "Words.", date="2026-05-01")
    site.article("migraine/b.md", "Others.", date="2026-05-02", title="Before")
    bench = Workbench(site)
    before = bench.plan
    site.replace("content/migraine/b.md", "title: Before", "title: After")

    bench.look()

    assert bench.plan.inputs is before.inputs
    assert bench.plan.files is before.files
    assert "After" in bench.text("migraine/index.html")
    assert bench.outputs() == bench.built(tmp_path / "clean")


def test_a_text_edited_before_another_moment_is_asked_for_is_shown_there(site: TinySite) -> None:
    site.article("migraine/a.md", "Words.\n\nOld.", date="2026-05-03")
    bench = Workbench(site)
    site.replace("content/migraine/a.md", "Old.", "New.")
    bench.look()

    then = bench.session.at(NOW + dt.timedelta(days=3))

    assert b"New." in bench.outputs(then)["migraine/a/index.html"]


def test_a_new_image_in_a_text_is_served(site: TinySite, tmp_path: Path) -> None:
    site.put(
        "content/migraine/pic.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'
    )
    site.article("migraine/a.md", "Words.\n\nMore.")
    bench = Workbench(site)
    site.replace("content/migraine/a.md", "More.", "More. ![A](pic.svg)")

    bench.look()

    assert any(path.endswith(".svg") and "pic" in path for path in bench.outputs())
    assert bench.outputs() == bench.built(tmp_path / "clean")


def test_a_scheduled_article_appears_when_its_moment_comes(site: TinySite) -> None:
    site.article("migraine/soon.md", date="2026-06-03")
    site.article("migraine/a.md", date="2026-05-03")
    bench = Workbench(site)
    assert "migraine/soon/index.html" not in bench.plan.planned

    bench.now = NOW + dt.timedelta(days=3)
    bench.session.refresh(None)

    assert "migraine/soon/index.html" in bench.plan.planned


def test_another_moment_is_shown_without_touching_now(site: TinySite) -> None:
    site.article("migraine/soon.md", date="2026-06-03")
    site.article("migraine/a.md", "Old words.\n\nAnd more.", date="2026-05-03")
    bench = Workbench(site)

    then = bench.session.at(NOW + dt.timedelta(days=3))

    assert then is not None
    assert "migraine/soon/index.html" in then.planned
    assert "migraine/soon/index.html" not in bench.plan.planned
    site.replace("content/migraine/a.md", "And more.", "And new ones.")
    bench.look()
    again = bench.session.at(NOW + dt.timedelta(days=3))
    assert again is not None
    assert b"And new ones." in bench.outputs(again)["migraine/a/index.html"]


def test_drafts_and_a_site_that_is_searched_equal_their_build_too(site: TinySite, tmp_path: Path) -> None:
    site.article("migraine/a.md", date="2026-05-03")
    site.article("migraine/b.md", draft="true")
    site.article("migraine/soon.md", date="2026-06-03")
    bench = Workbench(site, drafts=True, search=True)

    assert bench.outputs() == bench.built(tmp_path / "clean")
