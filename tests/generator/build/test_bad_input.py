"""Bad files of every kind: said with place, fault and remedy; the earlier output stays as it was."""

from __future__ import annotations

import os
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

from tests.generator.refusals import assert_refused
from tests.sites import TinySite

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
    "letters turned around": (
        "---\ntitle: B\n---\nTake \u202e05 mg\u202c.\n".encode(),
        "4:6: holds the control character U+202E | remove it; is the file plain UTF-8 text?",
    ),
    "letters turned around in the title": (
        "---\ntitle: B \u202d05 mg\n---\n".encode(),
        "2:10: holds the control character U+202D | remove it; is the file plain UTF-8 text?",
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
        ("loop.md", "loop.md", "is a symbolic link that is broken or circular | remove the link"),
        ("gone.md", "nothing.md", "is a symbolic link that is broken or circular | remove the link"),
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
    f"content/{'m' * 101}/b.md": ": the condition's folder has too long a name (101 characters) | use at most 100 characters",
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
