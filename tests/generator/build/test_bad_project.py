"""Bad projects, themes and disks: refused before anything is changed, by name and with a remedy."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from generator.disk import write
from generator.ground.errors import OutputError
from tests.generator.refusals import GOOD, assert_refused
from tests.sites import TinySite

# --- two inputs, one output -----------------------------------------------------------------------

COLLISIONS: dict[str, tuple[dict[str, str], str]] = {
    "two files with one slug": (
        {"migraine/x/b.md": "title: B", "migraine/y/b.md": "title: B"},
        "two inputs lead to /migraine/b/: content/migraine/y/b.md and content/migraine/x/b.md",
    ),
    "names that differ in case alone": (
        {"migraine/B.md": "title: B", "migraine/b.md": "title: B"},
        "two inputs lead to /migraine/b/: content/migraine/b.md and content/migraine/B.md",
    ),
    "an alias on a page": (
        {"migraine/b.md": "title: B\naliases: /migraine/a/"},
        "two inputs lead to /migraine/a/: content/migraine/a.md and content/migraine/b.md",
    ),
    "an alias on a hub": (
        {"migraine/b.md": "title: B\naliases: /migraine"},
        "two inputs lead to /migraine/: content/migraine/_index.md and content/migraine/b.md",
    ),
    "a policy on a condition": (
        {"_pages/migraine.md": "title: B"},
        "two inputs lead to /migraine/: content/migraine/_index.md and content/_pages/migraine.md",
    ),
    "an alias on a generated file": (
        {"migraine/b.md": "title: B\naliases: /robots.txt"},
        "/robots.txt/ needs a folder where /robots.txt puts a file",
    ),
    "two aliases of one number": (
        {"migraine/b.md": "title: B\naliases: '/?p=7'", "migraine/c.md": "title: C\naliases: '/?p=7'"},
        "two inputs lead to /?p=7: content/migraine/b.md and content/migraine/c.md",
    ),
    "an alias below an alias": (
        {"migraine/b.md": "title: B\naliases: [/x.html, /x.html/y]"},
        "/x.html/y/ needs a folder where content/migraine/b.md puts a file",
    ),
}


@pytest.mark.parametrize(("files", "error"), COLLISIONS.values(), ids=COLLISIONS)
def test_two_inputs_with_one_output_are_refused_by_name(
    built: TinySite, files: dict[str, str], error: str
) -> None:
    for path, front_matter in files.items():
        built.put(f"content/{path}", f"---\n{front_matter}\n---\n")
    before = built.outputs()
    (found,) = built.fails()
    place, _, message = found.partition(": ")
    assert message.partition(" | ")[0] == error
    assert (built.root / place).is_file()
    assert "slug" in message.partition(" | ")[2]
    assert built.outputs() == before


def test_two_people_with_one_id_are_refused(built: TinySite) -> None:
    built.put("content/_people/Ana.md", "---\nname: Ana\n---\n")
    built.put("content/_people/ana.md", "---\nname: Ana\n---\n")
    assert_refused(
        built,
        "content/_people/ana.md:1:1: is the same person as content/_people/Ana.md | rename one of the files",
    )


# --- merge conflicts ------------------------------------------------------------------------------

CONFLICT = "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n"
IN_CONFLICT: dict[str, tuple[str, int]] = {
    "content/migraine/b.md": ("---\ntitle: B\n---\n\n" + CONFLICT.format("\nA\n", "\nB\n"), 5),
    "content/migraine/_index.md": ("---\n" + CONFLICT.format("title: A", "title: B") + "---\n", 2),
    "content/_people/ana.md": ("---\nname: Ana\n---\n" + CONFLICT.format("A", "B"), 4),
    "content/_glossary.yaml": (CONFLICT.format("# a", "# b"), 1),
    "content/_crisis.yaml": ("en:\n" + CONFLICT.format("- name: A", "- name: B"), 2),
    "content/_topics.yaml": (CONFLICT.format("a: A", "a: B"), 1),
    "gatherwell.yaml": ("title: A\n" + CONFLICT.format("language: en", "language: es"), 2),
    "themes/quiet/theme.yaml": ("extends: commons\n" + CONFLICT.format("title: A", "title: B"), 2),
    "themes/quiet/i18n/en.yaml": (CONFLICT.format("", ""), 1),
    "themes/quiet/templates/article.html": ("<p>\n" + CONFLICT.format("A", "B"), 2),
    "themes/quiet/assets/css/90-a.css": (CONFLICT.format("a {}", "b {}"), 1),
    "themes/quiet/assets/js/a.js": ("a()\n" + CONFLICT.format("b()", "c()"), 2),
}


@pytest.mark.parametrize(("path", "text", "line"), [(path, *of) for path, of in IN_CONFLICT.items()])
def test_merge_conflict_is_refused_in_every_file(built: TinySite, path: str, text: str, line: int) -> None:
    if path.startswith("themes/"):
        built.put("themes/quiet/theme.yaml", "extends: commons\n")
        built.put("gatherwell.yaml", "title: A\ntheme: quiet\n")
    built.put(path, text)
    hint = "keep what is right, and delete the lines with <<<<<<<, ======= and >>>>>>>"
    assert_refused(built, f"{path}:{line}:1: an unsolved merge conflict | {hint}")


# --- themes ---------------------------------------------------------------------------------------


def with_theme(site: TinySite, **files: str) -> None:
    site.put("gatherwell.yaml", "title: Tiny\nbase_url: https://tiny.example/\ntheme: mine\n")
    for path, text in files.items():
        site.put(f"themes/mine/{path}", text)


def test_unknown_theme_is_refused_where_it_is_named(built: TinySite) -> None:
    built.replace("gatherwell.yaml", "title: Tiny", "title: Tiny\ntheme: comons")
    assert_refused(built, "gatherwell.yaml:2:8: there is no theme 'comons' | did you mean 'commons'?")


def test_themes_in_a_circle_are_refused(built: TinySite) -> None:
    with_theme(built, **{"theme.yaml": "extends: yours\n"})
    built.put("themes/yours/theme.yaml", "# a circle\nextends: mine\n")
    assert_refused(
        built,
        "themes/yours/theme.yaml:2:10: themes extend each other in a circle: mine → yours → mine"
        " | remove one 'extends'",
    )


@pytest.mark.parametrize(
    ("template", "error"),
    [
        ("<p>\n{{ page.titel }}\n", "2:9: ArticlePage has no field 'titel' | did you mean 'title'?"),
        ("<p>\n\n{% if %}\n", "3:1: Expected an expression, got 'end of statement block'"),
        ("{% include 'partials/hedder.html' %}\n", "1:13: there is no template 'partials/hedder.html'"),
        ("\n{{ 1 / 0 }}\n", "2:1: ZeroDivisionError: division by zero"),
        (
            "{% extends 'article.html' %}\n{% block aftr_text %}x{% endblock %}\n",
            "2:10: 'article.html' has no block 'aftr_text': what stands in it would show nowhere"
            " | did you mean 'after_text'?",
        ),
    ],
)
def test_fault_of_a_template_is_told_with_its_line(built: TinySite, template: str, error: str) -> None:
    with_theme(built, **{"theme.yaml": "extends: commons\n", "templates/article.html": template})
    before = built.outputs()
    (found,) = built.fails()
    assert found.startswith(f"themes/mine/templates/article.html:{error}")
    assert built.outputs() == before


# --- the project itself ---------------------------------------------------------------------------


def test_project_without_content_is_refused(built: TinySite) -> None:
    shutil.rmtree(built.root / "content")
    assert_refused(
        built,
        "content: there is no folder content/ here | run this in a Gatherwell project, name one with --root,"
        " or begin one with `gatherwell init`",
    )


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("content/out", "would lie over the project's own files"),
        (".", "would lie over the project's own files"),
        ("..", "would lie over the project's own files"),
        ("themes", "would lie over the project's own files"),
        (".gatherwell/out", "would lie over the project's own files"),
    ],
)
def test_output_over_the_project_is_refused(built: TinySite, path: str, error: str) -> None:
    with pytest.raises(OutputError, match=error) as found:
        built.build(out=built.root / path)
    assert found.value.hint == "choose a folder such as site/"


def test_snapshot_that_is_none_is_refused(built: TinySite) -> None:
    built.put(".gatherwell/private/snapshot.json", "{junk")
    before = built.outputs()
    (error,) = built.fails()
    assert error.startswith(".gatherwell/private/snapshot.json: is not a snapshot")
    assert error.endswith("| run `gatherwell results pull` again, or delete the file")
    assert built.outputs() == before


# --- the disk -------------------------------------------------------------------------------------

STANDING_IN_THE_WAY: dict[str, tuple[Callable[[Path], object], str]] = {
    "a file where a folder must be": (
        lambda out: (out / "migraine/b").write_text("mine"),
        "'migraine/b' stands where the build must write; nothing was changed"
        " | move it away: the generator did not write it",
    ),
    "a folder where a file must be": (
        lambda out: (out / "migraine/b/index.html/mine").mkdir(parents=True),
        "'migraine/b/index.html' stands where the build must write; nothing was changed"
        " | move it away: the generator did not write it",
    ),
}


@pytest.mark.parametrize(("stand", "error"), STANDING_IN_THE_WAY.values(), ids=STANDING_IN_THE_WAY)
def test_what_others_left_in_the_way_is_named(
    built: TinySite, stand: Callable[[Path], object], error: str
) -> None:
    stand(built.out)
    built.replace("content/migraine/a.md", "Text of A.", "New text.")
    built.article("migraine/b.md")
    assert_refused(built, f"{built.out}: {error}")


def test_output_that_is_a_file_is_refused(site: TinySite) -> None:
    site.write(GOOD).put("site", "mine")
    (error,) = site.fails()
    assert error.startswith(f"{site.out}: cannot be used as a folder")
    assert (site.root / "site").read_text() == "mine"


@pytest.mark.parametrize("path", [".gatherwell", ".gatherwell/lock.sqlite/x", ".gatherwell/cache.sqlite/x"])
def test_cache_that_cannot_be_used_is_told(site: TinySite, path: str) -> None:
    site.write(GOOD).put(path, "mine")
    (error,) = site.fails()
    assert error.startswith(f"{site.root / '.gatherwell'}: cannot be ")
    assert not site.out.exists()


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (errno.ENOSPC, "the disk is full; nothing was changed | free some space, then build again"),
        (errno.EROFS, "cannot be written | check its permissions, or choose another --out"),
    ],
)
@pytest.mark.parametrize("page", ["migraine/index.html", "robots.txt"])
def test_disk_that_takes_no_more_leaves_the_earlier_site(
    built: TinySite, monkeypatch: pytest.MonkeyPatch, number: int, error: str, page: str
) -> None:
    def refusing(path: str, content: bytes) -> None:
        if path.endswith(page):
            raise OSError(number, os.strerror(number), path)
        real(path, content)

    real = write._write
    built.replace("gatherwell.yaml", "https://tiny.example/", "https://other.example/")
    monkeypatch.setattr(write, "_write", refusing)
    before = built.outputs()
    assert built.fails() == [f"{built.out}: {error}"]
    assert built.outputs() == before
    monkeypatch.undo()
    built.build()
    assert "https://other.example/" in built.text("migraine/index.html")


def test_refusal_exits_with_1_and_tells_everything_at_once(
    built: TinySite, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    built.put("content/migraine/b.md", b"\xff")
    built.put("content/migraine/c.md", "---\ntitel: C\n---\n")
    monkeypatch.chdir(built.root)
    with pytest.raises(SystemExit) as stop:
        main(["build", "--jobs", "1"])
    assert stop.value.code == 1
    told = capsys.readouterr().err
    assert "content/migraine/b.md:1:1: is not UTF-8 text\n    save the file as UTF-8\n" in told
    assert "content/migraine/c.md:2:1: 'titel' is not a known key\n    did you mean 'title'?\n" in told
    assert "content/migraine/c.md:2:1: 'title' is missing\n    add a line `title: …`\n" in told
