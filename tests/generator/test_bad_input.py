"""Bad input of every kind: said with place, fault and remedy; the earlier output stays as it was."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from generator import write
from generator.cli import main
from generator.errors import OutputError
from tests.sites import TinySite

GOOD = """
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
search: false
== content/migraine/_index.md
---
title: Migraine
---
Welcome.
== content/migraine/a.md
---
title: Article A
date: 2026-01-01
---
Text of A.
"""


@pytest.fixture
def built(site: TinySite) -> TinySite:
    """A site that was built once, so that every test can see what a refusal leaves behind."""
    site.write(GOOD).build()
    return site


def assert_refused(site: TinySite, *expected: str) -> None:
    """The build fails with just these errors, and the output folder holds what it held."""
    before = site.outputs()
    assert site.fails() == list(expected)
    assert site.outputs() == before


UNFIT_FILES: dict[str, tuple[bytes, str]] = {
    "binary": (bytes(range(256)), "1:1: is not text (it holds a NUL byte) | is this an image or a document?"),
    "invalid UTF-8": (
        b"---\ntitle: B\n---\nabc\nd\xe9f\n",
        "5:2: is not UTF-8 text | save the file as UTF-8",
    ),
    "empty": (b"", "1:1: the file is empty | begin it with three lines: `---`, `title: …`, `---`"),
    "text alone": (
        b"Hello.\n",
        "1:1: there is no front matter | begin it with three lines: `---`, `title: …`, `---`",
    ),
    "never closed": (
        b"---\ntitle: B\n\nText.\n",
        "1:1: the front matter is never closed | add a line `---` after the last `key: value`",
    ),
    "control character in the text": (
        b"---\ntitle: B\n---\nOne.\nTwo \x1b[31m.\n",
        "5:5: holds the control character U+001B | remove it; is the file plain UTF-8 text?",
    ),
    "mangled quotes": (
        "---\ntitle: B\n---\nIt\x92s.\n".encode(),
        "4:3: holds the control character U+0092 | remove it; is the file plain UTF-8 text?",
    ),
    "control character by escape": (
        b'---\ntitle: "a\\0b"\n---\n',
        "2:8: holds the control character U+0000 | remove it; it cannot be shown",
    ),
}


@pytest.mark.parametrize(("content", "error"), UNFIT_FILES.values(), ids=UNFIT_FILES)
def test_file_that_is_no_article_is_refused(built: TinySite, content: bytes, error: str) -> None:
    built.put("content/migraine/b.md", content)
    assert_refused(built, f"content/migraine/b.md:{error}")


def test_text_of_100_mb_is_refused_without_being_read(built: TinySite) -> None:
    big = built.root / "content/migraine/big.md"
    big.touch()
    os.truncate(big, 100_000_000)
    assert_refused(
        built,
        "content/migraine/big.md: has 100 MB, an article may have 4 MB"
        " | split the article; images lie beside it as files of their own",
    )


def test_glossary_of_100_mb_is_refused_without_being_read(built: TinySite) -> None:
    big = built.root / "content/_glossary.yaml"
    big.touch()
    os.truncate(big, 100_000_000)
    (error,) = built.fails()
    assert error.startswith("content/_glossary.yaml: has 100 MB")


def test_image_of_100_mb_is_refused_where_it_is_shown(built: TinySite) -> None:
    big = built.root / "content/migraine/big.png"
    big.touch()
    os.truncate(big, 100_000_000)
    built.article("migraine/b.md", "![A map](big.png)")
    (error,) = built.fails()
    assert error.startswith("content/migraine/b.md:4:1: ")
    assert "has 100 MB, an image may have 40 MB | scale it down first" in error


def test_file_that_is_no_image_is_refused_where_it_is_shown(built: TinySite) -> None:
    built.put("content/migraine/b.png", b"junk")
    built.article("migraine/b.md", "![A map](b.png)")
    (error,) = built.fails()
    assert error.startswith("content/migraine/b.md:4:1: ")
    assert "is not an image that can be read | export it again" in error


# --- links on the disk ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "target", "error"),
    [
        ("loop.md", "loop.md", "is a link that leads nowhere or in circles | remove the link"),
        ("gone.md", "nothing.md", "is a link that leads nowhere or in circles | remove the link"),
        ("up", "..", "is a link to a folder | links to folders are not followed; move the folder"),
        (
            "out.md",
            "../../gatherwell.yaml",
            "is a link that leaves content/ | copy the file into content/ instead",
        ),
        ("away", "/", "is a link that leaves content/ | copy the file into content/ instead"),
    ],
)
def test_link_on_the_disk_is_refused(built: TinySite, name: str, target: str, error: str) -> None:
    os.symlink(target, built.root / "content/migraine" / name)
    assert_refused(built, f"content/migraine/{name}: {error}")


def test_link_to_another_article_is_read(built: TinySite) -> None:
    os.symlink("a.md", built.root / "content/migraine/b.md")
    built.build()
    assert "Text of A." in built.text("migraine/b/index.html")


# --- names ----------------------------------------------------------------------------------------

NAMES = {
    "a b": "a-b",
    'it\'s a "test"': "it-s-a-test",
    "🎈 party": "party",
    "100% sure": "100-sure",
    "x" * 252: "x" * 252,
    "é" * 126: "é" * 126,
    "偏頭痛": "偏頭痛",
    "one?two#three": "one-two-three",
    "<b>&": "b",
    "UPPER": "upper",
    "new\nline": "new-line",
    "-dash": "dash",
}


class Addresses(HTMLParser):
    """The values of every href and src."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.extend(value or "" for name, value in attrs if name in ("href", "src"))


def test_odd_file_names_give_well_formed_addresses(built: TinySite) -> None:
    for name in NAMES:
        built.article(f"migraine/{name}.md", title="Odd")
    built.build()
    for slug in NAMES.values():
        assert (built.out / f"migraine/{slug}/index.html").exists()
    addresses = Addresses(built.text("migraine/index.html")).found
    internal = [urlsplit(address).path for address in addresses if address.startswith("/")]
    assert {unquote(path) for path in internal} >= {f"/migraine/{slug}/" for slug in NAMES.values()}
    assert all(path.isascii() and not set(path) & set(' "<>\\^`{|}') for path in internal)


def test_file_name_without_letters_needs_a_slug(built: TinySite) -> None:
    built.article("migraine/🎈.md", title="Balloon")
    assert_refused(
        built,
        "content/migraine/🎈.md:1:1: the file's name cannot become an address | add a line `slug: a-few-words`",
    )


def test_file_name_that_is_not_utf8_is_refused(built: TinySite) -> None:
    path = os.fsencode(built.root / "content/migraine") + b"/\xff.md"
    try:
        with open(path, "wb") as file:
            file.write(b"---\ntitle: B\n---\n")
    except (OSError, UnicodeDecodeError):  # macOS and Windows refuse such names themselves
        return
    assert_refused(built, "content/migraine/?.md: the file's name is not UTF-8 | rename the file")


REFUSED_PLACES = {
    "content/lost.md": ": an article must lie in a condition's folder | move it to content/<condition>/lost.md",
    "content/_poeple/ana.md": ": '_poeple' is not a folder that the generator knows | did you mean '_people'?",
    "content/My Migraine/b.md": (
        ": a condition's folder is named with a-z, 0-9 and hyphens | rename the folder to `my-migraine`"
    ),
    f"content/{'m' * 101}/b.md": ": the condition's folder has too long a name | use at most 100 characters",
    "content/migraine/deep/_index.md": (
        ": _index.md belongs to a condition's folder only | name the file index.md, or move it up"
    ),
    "content/migraine/_indx.md": ": a name that begins with _ is kept for the generator | did you mean '_index'?",
    "content/migraine/topics.md": (
        ":1:1: 'topics' is a reserved address | add a line `slug: about-topics`, or rename the file"
    ),
    "content/_pages/people.md": (
        ":1:1: 'people' is a reserved address | add a line `slug: about-people`, or rename the file"
    ),
}


@pytest.mark.parametrize(
    ("path", "error"), REFUSED_PLACES.items(), ids=[path[:40] for path in REFUSED_PLACES]
)
def test_file_in_the_wrong_place_is_refused(built: TinySite, path: str, error: str) -> None:
    built.put(path, "---\ntitle: B\n---\n")
    assert_refused(built, path + error)


@pytest.mark.parametrize("name", ["topics", "people", "assets", "desk", "en"])
def test_condition_with_a_reserved_name_is_refused(built: TinySite, name: str) -> None:
    built.article(f"{name}/b.md")
    assert built.fails() == [f"content/{name}: '{name}' is a reserved address | rename the folder"]


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
    "an alias below an alias": (
        {"migraine/b.md": "title: B\naliases: [/x.html, /x.html/y]"},
        "/x.html/y/ needs a folder where content/migraine/b.md puts a file",
    ),
}


@pytest.mark.parametrize(("files", "error"), COLLISIONS.values(), ids=COLLISIONS)
def test_two_inputs_with_one_output_are_refused_by_name(
    built: TinySite, files: dict[str, str], error: str
) -> None:
    for path, matter in files.items():
        built.put(f"content/{path}", f"---\n{matter}\n---\n")
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
        ("<p>\n{{ page.titel }}\n", "2:1: ArticlePage has no field 'titel' | did you mean 'title'?"),
        ("<p>\n\n{% if %}\n", "3:1: Expected an expression, got 'end of statement block'"),
        ("{% include 'partials/hedder.html' %}\n", "1:1: there is no template 'partials/hedder.html'"),
        ("\n{{ 1 / 0 }}\n", "2:1: ZeroDivisionError: division by zero"),
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
    built.put(".gatherwell/snapshot.json", "{junk")
    before = built.outputs()
    (error,) = built.fails()
    assert error.startswith(".gatherwell/snapshot.json: is not a snapshot")
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
