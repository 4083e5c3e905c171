"""`static/` is published as it is, at the root of each host."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import TinySite

SETTINGS = "title: Tiny\nbase_url: https://tiny.example/health/\ncards: 'off'\n"
ICON = b"\x00\x00\x01\x00 an icon, byte for byte"


@pytest.fixture
def built(site: TinySite) -> TinySite:
    site.put("gatherwell.yaml", SETTINGS)
    site.article("migraine/a.md", "Text.")
    site.put("static/favicon.ico", ICON)
    site.put("static/CNAME", "tiny.example\n")
    site.put("static/.well-known/security.txt", "Contact: mailto:a@tiny.example\n")
    site.put("static/leaflets/sleep.pdf", b"%PDF-1.7 sleep")
    site.build()
    return site


@pytest.mark.parametrize("path", ["favicon.ico", "CNAME", ".well-known/security.txt", "leaflets/sleep.pdf"])
def test_file_is_published_under_its_own_name(built: TinySite, path: str) -> None:
    assert (built.out / path).read_bytes() == (built.root / "static" / path).read_bytes()


@pytest.mark.parametrize("path", [".env", ".git/config", ".DS_Store", "notes.txt~"])
def test_hidden_files_and_backups_are_not_published(built: TinySite, path: str) -> None:
    built.put(f"static/{path}", "private")
    built.build()
    assert not (built.out / path).exists()


def test_every_host_has_the_files(built: TinySite) -> None:
    built.put("content/ms/_index.md", "---\ntitle: MS\nbase_url: https://ms.example/\n---\n")
    built.build()
    assert (built.out / "ms.example/favicon.ico").read_bytes() == ICON
    assert (built.out / "tiny.example/favicon.ico").read_bytes() == ICON


def test_changed_file_is_copied_and_no_page_rendered(built: TinySite) -> None:
    built.put("static/favicon.ico", b"another")
    assert built.build().rendered == 0
    assert (built.out / "favicon.ico").read_bytes() == b"another"


def test_new_file_is_noticed_by_a_build_with_nothing_else_to_do(built: TinySite) -> None:
    built.put("static/robots-of-ours.md", "as it is")
    built.build()
    assert built.text("robots-of-ours.md") == "as it is"


def test_deleted_file_is_taken_from_the_site(built: TinySite) -> None:
    built.delete("static/CNAME")
    result = built.build()
    assert not (built.out / "CNAME").exists()
    assert result.removed == 1


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (
            "robots.txt",
            "static/robots.txt: two inputs lead to /robots.txt: /robots.txt and static/robots.txt"
            " | rename static/robots.txt, or take it out",
        ),
        (
            "migraine/a/index.html",
            "content/migraine/a.md: two inputs lead to /migraine/a/: content/migraine/a.md and "
            "static/migraine/a/index.html | rename static/migraine/a/index.html, or take it out",
        ),
        (
            "MIGRAINE",
            "content/migraine/a.md: /migraine/a/ needs a folder where static/MIGRAINE puts a file"
            " | rename static/MIGRAINE, or take it out",
        ),
        (
            "assets/logo.svg",
            "static/assets/logo.svg: /assets/ is the generator's own folder"
            " | move it to another folder of static/",
        ),
    ],
)
def test_file_in_the_place_of_an_output_is_an_error_that_names_both(
    built: TinySite, path: str, told: str
) -> None:
    before = built.outputs()
    built.put(f"static/{path}", "mine")
    assert told in built.fails()
    assert built.outputs() == before


def test_link_that_leaves_the_folder_is_refused(built: TinySite, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (built.root / "static/leak.txt").symlink_to(tmp_path / "secret")
    assert built.fails() == [
        "static/leak.txt: is a link that leaves static/ | copy the file into static/ instead"
    ]


@pytest.mark.parametrize(
    "link", ["/leaflets/sleep.pdf", "/static/leaflets/sleep.pdf", "../../static/leaflets/sleep.pdf"]
)
def test_article_links_to_a_file_of_static(built: TinySite, link: str) -> None:
    built.article("migraine/a.md", f"[The leaflet]({link})")
    built.build()
    assert 'href="/health/leaflets/sleep.pdf"' in built.text("migraine/a/index.html")


def test_link_to_a_file_that_is_gone_is_an_error(built: TinySite) -> None:
    built.article("migraine/a.md", "[The leaflet](/leaflets/sleep.pdf)")
    built.build()
    built.delete("static/leaflets/sleep.pdf")
    (told,) = built.fails()
    assert told.startswith("content/migraine/a.md:4:")
