"""A second import: nothing changes where nothing changed, and nothing that was written here is lost."""

from __future__ import annotations

import pytest

from generator.importing.record import RECORD
from tests.generator.importing.bringing import Bringing, item, told, wxr
from tests.generator.importing.test_wordpress import problems

PATH = "content/migraine/post-1.md"


@pytest.mark.parametrize("format_", ["wordpress", "hugo", "jekyll"])
def test_importing_twice_changes_nothing(bringing: Bringing, format_: str) -> None:
    first = getattr(bringing, format_)()
    before = bringing.files()
    second = getattr(bringing, format_)()
    assert bringing.files() == before
    assert second.counts.written == 0
    assert second.counts.unchanged == first.counts.written
    assert set(second.notes) <= set(first.notes)


@pytest.mark.parametrize("format_", ["wordpress", "hugo", "jekyll"])
def test_a_dry_run_writes_nothing_and_tells_the_same(bringing: Bringing, format_: str) -> None:
    before = bringing.files()
    dry = getattr(bringing, format_)(dry_run=True)
    assert bringing.files() == before
    wet = getattr(bringing, format_)()
    assert (dry.notes, dry.counts) == (wet.notes, wet.counts)


def test_what_was_edited_here_is_kept(bringing: Bringing) -> None:
    bringing.wordpress(wxr(item("Old.")))
    bringing.site.replace(PATH, "Old.", "Mine.")
    assert told(bringing.wordpress(wxr(item("Old."))), "kept") == []
    assert told(bringing.wordpress(wxr(item("New."))), "kept") == [
        f"3: {PATH} was edited here, and has changed there since"
    ]
    assert "Mine." in bringing.text("migraine/post-1.md")


def test_what_was_deleted_here_stays_deleted(bringing: Bringing) -> None:
    bringing.wordpress(wxr(item("Old.")))
    bringing.site.delete(PATH)
    bringing.wordpress(wxr(item("New.")))
    assert PATH not in bringing.files()


def test_what_was_made_here_is_not_overwritten(bringing: Bringing) -> None:
    bringing.site.put(PATH, "---\ntitle: Mine\n---\n")
    report = bringing.wordpress(wxr(item("Theirs.")))
    assert "Mine" in bringing.text("migraine/post-1.md")
    assert told(report, "kept") == [
        f"3: {PATH} exists and was made by no import; rename it to import this one"
    ]


def test_an_address_that_is_taken_deeper_in_the_folder_is_not_given_twice(bringing: Bringing) -> None:
    bringing.site.put("content/migraine/living/post-1.md", "---\ntitle: Mine\n---\n")
    bringing.wordpress(wxr(item("Theirs.")))
    assert "content/migraine/post-1-2.md" in bringing.files()


def test_what_changed_there_is_written_again(bringing: Bringing) -> None:
    bringing.wordpress(wxr(item("Old."), item("Other.", 2)))
    report = bringing.wordpress(wxr(item("New."), item("Other.", 2)))
    assert report.counts.written == 1
    assert "New." in bringing.text("migraine/post-1.md")


def test_entries_keep_their_paths_whatever_comes_before_them(bringing: Bringing) -> None:
    bringing.wordpress(wxr(item("First.", 1, "same")))
    bringing.wordpress(wxr(item("Second.", 2, "same"), item("First.", 1, "same")))
    assert "First." in bringing.text("migraine/same.md")
    assert "Second." in bringing.text("migraine/same-2.md")


def test_what_is_private_there_now_is_told(bringing: Bringing) -> None:
    bringing.wordpress(wxr(item("Old.")))
    report = bringing.wordpress(wxr(item("Old.", status="private")))
    assert told(report, "gone") == [f"3: {PATH} is private there now"]


def test_since_writes_what_is_newer_and_links_to_the_rest(bringing: Bringing) -> None:
    late = item("<a href='/post-1/'>x</a>", 2).replace("2019-01-02", "2021-01-02")
    report = bringing.wordpress(wxr(item("Old."), late), since="2020-01-01")
    assert report.counts.articles == 1
    assert "[x](post-1.md)" in bringing.text("migraine/post-2.md")


@pytest.mark.parametrize("damage", [b"", b"{", b'{"version": 9}', b'{"files": 3}', b"\xff"])
def test_a_damaged_record_overwrites_nothing(bringing: Bringing, damage: bytes) -> None:
    bringing.wordpress(wxr(item("Old.")))
    (bringing.site.root / RECORD).write_bytes(damage)
    bringing.wordpress(wxr(item("New.")))
    assert "Old." in bringing.text("migraine/post-1.md")


def test_without_a_record_equal_files_count_as_imported(bringing: Bringing) -> None:
    bringing.wordpress(wxr(item("Old.")))
    (bringing.site.root / RECORD).unlink()
    assert told(bringing.wordpress(wxr(item("Old."))), "kept") == []
    bringing.wordpress(wxr(item("New.")))
    assert "New." in bringing.text("migraine/post-1.md")


def test_two_sites_with_equal_numbers_do_not_overwrite_each_other(bringing: Bringing) -> None:
    bringing.wordpress(wxr(item("First.", 1, "same")))
    bringing.wordpress(wxr(item("Second.", 1, "same")).replace("old.example", "other.example"))
    assert "First." in bringing.text("migraine/same.md")
    assert "Second." in bringing.text("migraine/same-2.md")


def test_an_old_address_that_a_page_made_here_has_is_told_and_left(bringing: Bringing) -> None:
    bringing.site.put("content/_pages/about.md", "---\ntitle: Mine\n---\n")
    text = wxr(item("Theirs.", 1, "theirs")).replace("old.example/theirs/", "old.example/about/")
    report = bringing.wordpress(text)
    assert told(report, "lost") == ["3: /about/ is the address of another page now"]
    assert problems(bringing.site) == []


def test_old_addresses_that_differ_in_case_alone_lead_to_the_first(bringing: Bringing) -> None:
    text = wxr(item("First.", 1, "Notes/Case"), item("Second.", 2, "notes/case"))
    report = bringing.wordpress(text)
    assert told(report, "lost") == ["6: /notes/case/ was the address of another entry too"]
    assert problems(bringing.site) == []
