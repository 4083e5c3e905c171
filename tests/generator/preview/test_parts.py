"""The preview's small parts: when to look, what is put into a page, how findings and texts are reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.bodies.wording.reading import spanish_syllables
from generator.ground.errors import Problem
from generator.preview.addresses import host_allowed, open_host_ports
from generator.preview.debounce import Debounce, git_at_work
from generator.preview.inject import allowed, with_client
from generator.preview.reading_level import plain_text, reading_grade
from generator.preview.reports import Reporter


def test_one_saved_file_is_looked_at_almost_at_once() -> None:
    debounce = Debounce()
    debounce.note("a.md", True, now=10.0)

    assert debounce.wait(10.0) == pytest.approx(0.004)
    assert debounce.wait(10.005) == 0
    assert debounce.take() == {"a.md"}
    assert debounce.wait(10.005) is None


def test_a_file_that_is_still_written_waits_for_quiet() -> None:
    debounce = Debounce()
    debounce.note("a.md", False, now=10.0)
    debounce.note("a.md", False, now=10.04)

    assert debounce.wait(10.06) == pytest.approx(0.03)


def test_many_files_wait_for_the_last_of_them_but_not_for_ever() -> None:
    debounce = Debounce()
    for number in range(100):
        debounce.note(f"{number}.md", True, now=10 + number / 50)

    assert debounce.wait(11.99) == pytest.approx(0.01)
    assert debounce.wait(12.0) == 0


def test_nothing_is_looked_at_while_git_rewrites_the_tree(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    lock = tmp_path / ".git" / "index.lock"
    lock.touch()
    debounce = Debounce(git_at_work(tmp_path))
    debounce.note("a.md", True, now=10.0)

    assert debounce.wait(15.0)
    lock.unlink()
    assert debounce.wait(15.0) == 0


def test_a_lock_that_git_left_behind_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "index.lock").touch()
    debounce = Debounce(git_at_work(tmp_path))
    debounce.note("a.md", True, now=10.0)

    assert debounce.wait(41.0) == 0


def test_git_is_found_from_a_worktree(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / ".git").write_text(f"gitdir: {tmp_path / 'real'}\n")
    (tmp_path / "real" / "index.lock").touch()

    assert git_at_work(tmp_path / "tree")()


def test_a_policy_that_lets_nothing_connect_is_widened_by_its_own_origin_alone() -> None:
    assert (
        allowed("default-src 'none'; script-src 'self'")
        == "default-src 'none'; script-src 'self'; connect-src 'self'"
    )
    assert allowed("connect-src https://api.example") == "connect-src 'self' https://api.example"
    assert allowed("connect-src 'none'") == "connect-src 'self'"
    assert (
        allowed("connect-src 'self' https://a.example; img-src 'self'")
        == "connect-src 'self' https://a.example; img-src 'self'"
    )


def test_a_page_gets_one_script_before_its_end_and_nothing_else() -> None:
    page = b"<!doctype html><html><body><p>Words of </body> in text</p>\n</body></html>"

    served = with_client(page, "a/index.html", "e7", 3)

    script = (
        b'<script type="module" src="/__preview/client.js" data-output="a/index.html" data-etag="e7" data-version="3">'
        b"</script>\n"
    )
    assert served == page.replace(b"\n</body>", b"\n" + script + b"</body>")


def test_a_finding_is_reported_with_the_lines_around_it_and_a_way_to_the_editor(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a b.md").write_text("one\ntwo\nthree\nfour\nfive\nsix\n")
    problem = Problem("is wrong", 3, 2, "mend it", "content/a b.md")

    report = Reporter(tmp_path, "vscode").report(problem, with_links=True)

    assert (report["first"], report["excerpt"]) == (1, ["one", "two", "three", "four", "five"])
    assert report["edit"] == f"vscode://file{tmp_path.resolve().as_posix()}/content/a%20b.md:3:2"


def test_another_device_is_told_no_path_of_this_machine(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one\n")

    (report,) = Reporter(tmp_path, "vscode").reports(
        [Problem("is wrong", 1, 1, "", "a.md")], with_links=False
    )

    assert str(tmp_path) not in str(report)


@pytest.mark.parametrize(
    ("header", "bound", "arrived", "expected"),
    [
        ("localhost:8000", "127.0.0.1", "127.0.0.1", True),
        ("127.0.0.1:8000", "127.0.0.1", "127.0.0.1", True),
        ("[::1]:8000", "::1", "::1", True),
        ("evil.example:8000", "127.0.0.1", "127.0.0.1", False),
        ("localhost.evil.example", "127.0.0.1", "127.0.0.1", False),
        ("", "127.0.0.1", "127.0.0.1", False),
        ("192.168.1.5:8000", "0.0.0.0", "192.168.1.5", True),
        ("192.168.1.6:8000", "0.0.0.0", "192.168.1.5", False),
        ("evil.example", "0.0.0.0", "192.168.1.5", False),
        ("192.168.1.5:8000", "127.0.0.1", "127.0.0.1", False),
        ("preview.lan:80", "preview.lan", "10.0.0.1", True),
    ],
)
def test_only_our_own_names_lead_here(header: str, bound: str, arrived: str, expected: bool) -> None:
    assert host_allowed(header, bound, arrived) is expected


def test_a_taken_port_gives_the_next_and_every_host_of_the_site_one_of_its_own() -> None:
    first = open_host_ports("127.0.0.1", 0, ())
    taken = first.port_of("")
    assert taken is not None
    second = open_host_ports("127.0.0.1", taken, ("migraine",))
    try:
        ports = second.port_of(""), second.port_of("migraine")
        assert None not in ports
        assert taken not in ports
        assert ports[0] != ports[1]
    finally:
        for door in (*first.sockets, *second.sockets):
            door.close()


def test_plain_sentences_have_a_low_grade_and_long_words_a_high_one() -> None:
    plain = reading_grade("Rest when you are tired. Drink some water. Go to bed at ten. " * 8, "en")
    hard = reading_grade(
        "Pharmacological prophylaxis necessitates individualised consideration of comorbidities. " * 12, "en"
    )

    assert plain is not None
    assert hard is not None
    assert plain.plain
    assert not hard.plain
    assert plain.value < 4 < 15 < hard.value


def test_spanish_is_read_on_its_own_scale() -> None:
    grade = reading_grade("Descansa antes de cansarte. Bebe agua. Duerme bien por la noche. " * 8, "es-MX")

    assert grade is not None
    assert (grade.scale, grade.plain) == ("inflesz", True)
    assert [spanish_syllables(word) for word in ("agua", "caer", "migraña", "país")] == [2, 2, 3, 2]


def test_short_texts_and_other_languages_have_no_grade() -> None:
    assert reading_grade("Too short.", "en") is None
    assert reading_grade("Ein Satz mit Wörtern. " * 40, "de") is None


def test_the_end_of_a_block_ends_a_sentence() -> None:
    assert (
        plain_text("<h2>Rest</h2><p>One. Two &amp; three!</p><ul><li>four</li></ul>")
        == "Rest. One. Two & three! four."
    )
