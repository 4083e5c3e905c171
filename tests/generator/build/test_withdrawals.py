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
    return {
        "id": id_,
        "root": id_,
        "html": html,
        "created": "2026-05-01T00:00:00Z",
        "pseudonym": name,
        **more,
    }


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


def voice(id_: str, title: str, text: str, **more: Any) -> dict[str, Any]:
    given = {
        "id": id_,
        "kind": "story",
        "condition": "migraine",
        "lang": "en",
        "title": title,
        "html": f"<p>{text}</p>\n",
    }
    return {**given, "pseudonym": "Quiet Heron", "published": "2026-05-21", "share": True, **more}


STORIES = (
    voice("bcdfghjk", "A winter & a half", "It was a zebrafinch."),
    voice("bcdfghjm", "Does it pass, at last?", "I wonder about a zebrafinch.", kind="question"),
    voice("bcdfghjn", "A story that stays", "It was a heron."),
)


def pull_voices(site: TinySite, *voices: dict[str, Any]) -> None:
    document = {
        "version": 1,
        "fetched": "2026-05-01T00:00:00Z",
        "threads": {},
        "voices": {one["id"]: one for one in voices},
    }
    site.put(".gatherwell/private/snapshot.json", json.dumps(document))


@pytest.fixture
def told(site: TinySite) -> TinySite:
    """A built site with two stories and a question, and no inputs kept."""
    site.replace("gatherwell.yaml", "title: Tiny", "title: Tiny\nwidgets: {endpoint: /api/v1}")
    pull_voices(site, *STORIES)
    site.build()
    shutil.rmtree(site.root / ".gatherwell/last-good")
    return site


def naming(site: TinySite, *words: str) -> list[str]:
    """The files of the built site that hold one of the words."""
    files = {
        path.relative_to(site.out).as_posix(): path.read_bytes()
        for path in site.out.rglob("*")
        if path.is_file()
    }
    del files[".gatherwell-outputs"]
    return [name for name, content in files.items() if any(word.encode() in content for word in words)]


def test_stories_and_questions_that_were_taken_back_leave_the_built_site(run: Run, told: TinySite) -> None:
    pull_voices(told, STORIES[2])
    done = run("build", "--withdrawals")
    assert (
        done.out
        == "0 comments taken off 0 pages, 2 pages of stories and questions removed; nothing else was built\n"
    )
    assert naming(told, "a zebrafinch", "bcdfghjk", "bcdfghjm", "A winter", "Does it pass") == []
    assert not (told.out / "migraine/stories/bcdfghjk").exists()
    for path in (
        "migraine/stories/index.html",
        "migraine/index.html",
        "migraine/stories/feed.atom",
        "sitemap.xml",
    ):
        assert "/migraine/stories/bcdfghjn/" in told.text(path), path
    for path in ("migraine/questions/feed.json", "manifest.json"):
        json.loads(told.text(path))


def test_a_search_index_that_had_to_go_is_named_and_fails(run: Run, told: TinySite) -> None:
    told.replace("gatherwell.yaml", "search: false\n", "")
    told.build(search=True)
    shutil.rmtree(told.root / ".gatherwell/last-good")
    pull_voices(told, STORIES[2])
    done = run("build", "--withdrawals")
    assert done.code == 1
    assert "search/index/en: was removed, since it held words that were taken back" in done.err
    assert not (told.out / "search/index/en").exists()
    assert naming(told, "a zebrafinch", "bcdfghjk", "A winter") == []
    assert run("build", "--withdrawals").code == 0


def test_a_build_after_that_is_as_a_clean_one(run: Run, told: TinySite, tmp_path: Path) -> None:
    pull_voices(told, STORIES[2])
    run("build", "--withdrawals")
    told.build()
    assert told.outputs() == told.clean_outputs(tmp_path / "clean")


@pytest.mark.parametrize(
    "change", [{"html": "<p>It was […].</p>\n"}, {"title": "Another"}, {"pseudonym": "Reed"}]
)
def test_a_story_in_other_words_leaves_too(run: Run, told: TinySite, change: dict[str, Any]) -> None:
    pull_voices(told, {**STORIES[0], **change}, *STORIES[1:])
    run("build", "--withdrawals")
    assert naming(told, "bcdfghjk", "A winter") == []


def test_nothing_of_a_story_that_stands_is_touched(run: Run, told: TinySite) -> None:
    before = told.outputs()
    assert run("build", "--withdrawals").code == 0
    assert told.outputs() == before


def test_what_was_interrupted_after_the_page_is_done_the_next_time(run: Run, told: TinySite) -> None:
    (told.out / "migraine/stories/bcdfghjk/index.html").unlink()
    pull_voices(told, *STORIES[1:])
    run("build", "--withdrawals")
    assert naming(told, "bcdfghjk", "A winter") == []


def test_a_page_that_shows_a_title_in_another_way_is_named(run: Run, told: TinySite) -> None:
    path = told.out / "migraine/a/index.html"
    path.write_text(path.read_text("utf-8").replace("<main", "<p>A winter &amp; a half</p><main"), "utf-8")
    pull_voices(told, *STORIES[1:])
    done = run("build", "--withdrawals")
    assert (
        "migraine/a/index.html: still names a story or question that was taken back: the title “A winter & a half”"
        in done.err
    )


def test_a_title_that_another_story_has_as_well_is_no_mention(run: Run, told: TinySite) -> None:
    namesake = voice("bcdfghjp", "A winter & a half, and one more", "It was a heron.")
    pull_voices(told, *STORIES, namesake)
    told.build()
    shutil.rmtree(told.root / ".gatherwell/last-good")
    pull_voices(told, *STORIES[1:], namesake)
    done = run("build", "--withdrawals")
    assert "the title" not in done.err
    assert naming(told, "bcdfghjk") == []


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


ACCEPTED = (
    '<article id="page-accepted" class="note"><p><a href="#c-{id}">Dr Lee</a></p><div>{html}</div></article><ol><li>'
    '<article class="comment" id="c-{id}"><p>Dr Lee</p><div><p><a href="#page-accepted">Above.</a></p></div></article></li></ol>'
)


@pytest.mark.parametrize(
    ("answer", "stays"),
    [
        (CommentAnswer(FIRST, "<p>x</p>", "", "Dr Lee"), True),
        (CommentAnswer(FIRST, "<p>y</p>", "", "Dr Lee"), False),
        (CommentAnswer(SECOND, "<p>x</p>", "", "Dr Lee"), False),
    ],
)
def test_an_accepted_answer_goes_with_its_place_in_the_list(answer: CommentAnswer, stays: bool) -> None:
    page = ACCEPTED.format(id=FIRST, html="<p>x</p>")
    found = without_withdrawn(page, {answer.id: answer})
    assert (found.text, found.left) == (page if stays else "<ol><li></li></ol>", ())


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
