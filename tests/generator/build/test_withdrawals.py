"""`build --withdrawals` where no good inputs are kept: withdrawn words leave the pages though the content has an error; the next build is as any other."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generator.build.withdrawals import without_withdrawn
from generator.content.snapshot import CommentAnswer, Note
from tests.generator.command_line import Run
from tests.sites import TinySite

FIRST, SECOND, THIRD, REPLY = (f"01k5q3w8r0c4v7n2x9h6j5t1m{end}" for end in "abcd")


def comment(id_: str, text: str, name: str | None = "Quiet Heron", **more: Any) -> dict[str, Any]:
    html = f"<p>{text}</p>\n" if text else ""
    return {"id": id_, "html": html, "created": "2026-05-01T00:00:00Z", "pseudonym": name, **more}


def pull(site: TinySite, *comments: dict[str, Any]) -> None:
    """What `results pull` leaves."""
    thread = {"thread": "migraine~a", "count": len(comments), "comments": comments}
    document = {
        "version": 1,
        "fetched": "2026-05-01T00:00:00Z",
        "threads": {"migraine~a": thread},
        "hub": {"migraine": [FIRST, SECOND]},
    }
    site.put(".gatherwell/private/snapshot.json", json.dumps(document))


BAKED = (
    comment(FIRST, "Precious first words."),
    comment(SECOND, "Call me under 0123 please."),
    comment(THIRD, "Words that stay & stand."),
    comment(REPLY, "An answer to the first.", "Reed", parent=FIRST, root=FIRST),
)
LATER = (
    comment(FIRST, "", None, state="withdrawn"),
    comment(SECOND, "Call me under […] please."),
    comment(THIRD, "Words that stay & stand."),
    comment(REPLY, "An answer to the first.", "Reed", parent=FIRST, root=FIRST),
)


@pytest.fixture
def talked(run: Run, site: TinySite) -> TinySite:
    """A built site with a conversation, and an error that has crept into its content since."""
    site.replace(
        "gatherwell.yaml",
        "title: Tiny",
        "title: Tiny\nwidgets: {endpoint: /api/v1}\ncomments: {structured: true}",
    )
    pull(site, *BAKED)
    site.build()
    shutil.rmtree(site.root / ".gatherwell/last-good")  # as where `site/` was brought from elsewhere
    site.put("content/migraine/b.md", "---\ntitel: B\n---\n")
    return site


def everything(site: TinySite) -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(site.out.rglob("*.html")))


def test_withdrawn_and_redacted_words_leave_every_page_though_the_build_fails(
    run: Run, talked: TinySite
) -> None:
    assert everything(talked).count("Precious first words.") == 3  # the article, its JSON-LD, the hub
    pull(talked, *LATER)
    assert run("build", "--jobs", "1").code == 1
    assert "Precious" in everything(talked)
    told = run("build", "--withdrawals")
    assert (told.code, told.out) == (0, "2 comments taken off 2 pages; nothing else was built\n")
    text = everything(talked)
    for gone in ("Precious", "0123"):
        assert gone not in text
    for kept in ("<p>Words that stay &amp; stand.</p>", "<p>An answer to the first.</p>"):
        assert kept.replace("&amp;", "&") in text.replace("&amp;", "&")
    (data,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', talked.text("migraine/a/index.html")
    )
    assert "Words that stay" in str(json.loads(data))
    assert run("build", "--withdrawals").out == "0 comments taken off 0 pages; nothing else was built\n"


def test_the_next_build_is_as_a_clean_one(run: Run, talked: TinySite, tmp_path: Path) -> None:
    pull(talked, *LATER)
    run("build", "--withdrawals")
    talked.delete("content/migraine/b.md")
    talked.build()
    assert talked.outputs() == talked.clean_outputs(tmp_path / "clean")


def test_nothing_is_touched_where_nothing_was_withdrawn(run: Run, talked: TinySite) -> None:
    before = talked.outputs()
    assert run("build", "--withdrawals").out.startswith("0 comments taken off 0 pages")
    assert talked.outputs() == before


def test_without_a_snapshot_nothing_is_taken_off(run: Run, talked: TinySite) -> None:
    (talked.root / ".gatherwell/private/snapshot.json").unlink()
    told = run("build", "--withdrawals")
    assert told.code == 1
    assert "there is no snapshot" in told.err
    assert "Precious" in everything(talked)


def test_a_theme_that_shows_comments_in_another_way_is_named(run: Run, talked: TinySite) -> None:
    path = talked.out / "migraine/a/index.html"
    path.write_text(
        path.read_text("utf-8").replace("<article", "<div").replace("</article", "</div"), "utf-8"
    )
    pull(talked, *LATER[1:])
    told = run("build", "--withdrawals")
    assert told.code == 1
    assert "migraine/a/index.html: still holds words that were withdrawn or changed (1)" in told.err


def test_a_story_that_was_taken_back_is_named_and_fails(run: Run, talked: TinySite) -> None:
    path = talked.out / "migraine/stories/bcdfghjk/index.html"
    path.parent.mkdir(parents=True)
    path.write_text('<body class="page-voice voice">Words of a member</body>', "utf-8")
    told = run("build", "--withdrawals")
    assert told.code == 1
    assert (
        "migraine/stories/bcdfghjk/index.html: is the story or question of a member who took it back"
        in told.err
    )


ARTICLE = '<article class="comment" id="c-{id}"><b>{name}</b><div>{note}</div><div class="comment-text">{html}</div></article>'


@pytest.mark.parametrize(
    ("answer", "stays"),
    [
        (CommentAnswer(FIRST, "<p>x</p>", "", "Heron"), True),
        (CommentAnswer(FIRST, "<p>y</p>", "", "Heron"), False),
        (CommentAnswer(FIRST, "<p>x</p>", "", "Other"), False),
        (CommentAnswer(FIRST, "", "", None), False),
        (CommentAnswer(FIRST, "<p>x</p>", "", "Heron", note=Note("<p>n</p>")), False),
        (CommentAnswer(SECOND, "<p>x</p>", "", "Heron"), False),
    ],
)
def test_a_comment_stays_as_it_is_or_goes(answer: CommentAnswer, stays: bool) -> None:
    page = "<main>" + ARTICLE.format(id=FIRST, name="Heron", note="", html="<p>x</p>") + "</main>"
    found = without_withdrawn(page, {answer.id: answer})
    assert found.text == (page if stays else "<main></main>")
    assert found.taken == (set() if stays else {FIRST})
    assert found.left == ()


def test_what_others_answered_stands_without_words() -> None:
    page = ARTICLE.format(id=FIRST, name="Withdrawn", note="", html="")
    assert without_withdrawn(page, {FIRST: CommentAnswer(FIRST, "", "", None)}).text == page


def test_there_must_be_a_site(run: Run, site: TinySite) -> None:
    pull(site, *BAKED)
    assert "there is no built site" in run("build", "--withdrawals").err


def test_the_unit_of_one_small_server_takes_them_off_and_fails(talked: TinySite) -> None:
    unit = (Path(__file__).parents[3] / "deploy/single-machine/gatherwell-build.service").read_text("utf-8")
    (line,) = re.findall(r"^ExecStart=/bin/sh -c '(.*)'$", unit, re.MULTILINE)
    for place, here in (
        ("/opt/gatherwell/.venv/bin/gatherwell", f"{sys.executable} -m generator.cli"),
        ("/var/www/gatherwell/site", str(talked.out)),
        ("/srv/gatherwell", str(talked.root)),
    ):
        assert place in line
        line = line.replace(place, here)
    pull(talked, *LATER)
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "'titel' is not a known key" in done.stderr
    assert "2 comments taken off 2 pages" in done.stdout
    talked.delete("content/migraine/b.md")
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, check=False)
    assert (done.returncode, "taken off" in done.stdout) == (0, False), done.stderr


def test_words_are_taken_off_where_the_last_good_inputs_cannot_be_rendered_either(
    run: Run, talked: TinySite
) -> None:
    state = talked.root / ".gatherwell" / "last-good"
    state.mkdir()
    (state / "files.sqlite").write_bytes(b"damaged")
    pull(talked, *LATER)

    told = run("build", "--withdrawals")

    assert (told.code, told.out) == (1, "2 comments taken off 2 pages; nothing else was built\n")
    assert "members' words alone are taken off" in told.err
    assert "Precious" not in everything(talked)
