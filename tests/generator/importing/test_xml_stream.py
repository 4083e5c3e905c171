"""XML of strangers: attacks are refused in words, damage is mended or told, memory stays flat."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.ground.errors import ContentError
from generator.importing.entries import Origin
from generator.importing.xml_stream import read_xml

BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><x>&b;</x>"


class Texts:
    """Collects the text of every element by its path, and the names that were met."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.lines: dict[str, int] = {}

    def start(self, path: list[str], attributes: dict[str, str], line: int) -> None:
        self.lines.setdefault("/".join(path), line)

    def text(self, path: list[str], text: str, line: int) -> None:
        key = "/".join(path)
        self.found[key] = self.found.get(key, "") + text

    def end(self, path: list[str]) -> None:
        pass


def read(folder: Path, raw: bytes | str) -> tuple[Texts, list[tuple[str, Origin, str]]]:
    file = folder / "x.xml"
    file.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    texts, notes = Texts(), []
    for _ in read_xml(file, texts, lambda *note: notes.append(note)):
        pass
    return texts, notes


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (BOMB, "has a document type"),
        ("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>", "has a document type"),
        ("<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'><x/>", "has a document type"),
        ("<!DOCTYPE x [<!ENTITY % a SYSTEM 'file:///etc/passwd'> %a;]><x/>", "has a document type"),
        ("<a>" * 300 + "</a>" * 300, "too deep"),
    ],
)
def test_attacks_are_refused_in_words(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ContentError, match=told) as error:
        read(tmp_path, text)
    assert error.value.line == 1
    assert error.value.hint


@pytest.mark.parametrize("text", ["", "Title: x\n", "{}", "PK\x03\x04"])
def test_what_is_no_xml_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ContentError, match="is not XML"):
        read(tmp_path, text)


def test_a_plain_document_type_is_read_over(tmp_path: Path) -> None:
    assert read(tmp_path, "<!DOCTYPE rss><rss>a</rss>")[0].found == {"rss": "a"}


def test_prefixes_that_nobody_declared_are_names(tmp_path: Path) -> None:
    assert read(tmp_path, "<a><wp:b wp:c='1'>d</wp:b></a>")[0].found == {"a/wp:b": "d"}


@pytest.mark.parametrize("before", ["\n", " \r\n\n", "\n\ufeff", "\ufeff\n"])
def test_blank_lines_before_the_declaration_are_read_over(tmp_path: Path, before: str) -> None:
    text = f"{before}<?xml version='1.0'\n encoding='UTF-8'?>\n<a>\n<b>é</b></a>"
    texts, notes = read(tmp_path, text)
    assert texts.found["a/b"] == "é"
    assert texts.lines["a/b"] == before.count("\n") + 4
    assert notes == []


def test_control_characters_are_left_out(tmp_path: Path) -> None:
    assert read(tmp_path, "<a>b\x00\x08\x1b\ufffec\x0b</a>")[0].found == {"a": "bc"}


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("<a>é “x”</a>".encode(), 0),
        (b"\xef\xbb\xbf<a>" + "é “x”</a>".encode(), 0),
        ('<?xml version="1.0" encoding="utf-16"?><a>é “x”</a>'.encode("utf-16"), 0),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?><a>' + "é “x”".encode("cp1252") + b"</a>", 0),
        (b'<?xml version="1.0" encoding="no-such"?><a>' + "é “x”".encode() + b"</a>", 0),
        (b"<a>" + "é “x”".encode("cp1252") + b"</a>", 1),
        (b"<a>" + "é ".encode("cp1252") + "“x”".encode() + b"</a>", 1),
    ],
)
def test_encodings_are_read_as_they_are_not_as_they_are_called(tmp_path: Path, raw: bytes, told: int) -> None:
    texts, notes = read(tmp_path, raw)
    assert texts.found == {"a": "é “x”"}
    assert len({note[1] for note in notes}) == told


def test_characters_across_two_chunks_are_whole(tmp_path: Path) -> None:
    text = "<a>" + "x" * 16_379 + "é€😀" * 20_000 + "</a>"
    texts, notes = read(tmp_path, text)
    assert texts.found["a"] == text[3:-4]
    assert notes == []


@pytest.mark.parametrize(
    "cut", ["<a><b>c</b><d>e", "<a><b>c</b><d", "<a><b>c</b><![CDATA[x", "<a><b>c</b></x>"]
)
def test_a_file_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path, cut: str) -> None:
    texts, notes = read(tmp_path, cut)
    assert texts.found["a/b"] == "c"
    assert [note[0] for note in notes] == ["damaged"]


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    texts, _ = read(tmp_path, "<a>\r\n\r\n<b/>\n" + "x" * 40_000 + "\n<c/></a>")
    assert texts.lines == {"a": 1, "a/b": 3, "a/c": 5}
