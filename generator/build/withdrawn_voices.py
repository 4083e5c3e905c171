"""Stories and questions of members that were withdrawn, taken off a built site without a build: the page, and what leads to it.

A page stays where the newest snapshot has its story or question in the very words of the page. Else its file goes, and with it
its lines in lists and on hubs, its entries in feeds and sitemaps, and its thread in the manifest. A search index holds words
that cannot be taken out of it one by one: the whole index goes, and the page of the search says that it does not work.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from generator.content.snapshot import VoiceAnswer
from generator.content.voice_text import clean_voice, plain_text
from generator.disk.write import TEMPORARY, disk_error
from generator.ground.errors import Problem

_OF_MEMBER: Final = re.compile(r'<body class="page-voice\b')
_ADDRESS: Final = re.compile(r"/(?:stories|questions)/([bcdfghjkmnpqrstvwxz]{8})/")
_TITLE: Final = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
# A line of a list or a hub, a line of "You said", any other link; in each the address.
_LINE: Final = re.compile(
    r'<li><a class="line" href="([^"]*)"(?:(?!</li>).)*</li>\n?'
    r'|<li><span class="small">[^<]*</span> <a href="([^"]*)"[^>]*>[^<]*</a></li>\n?'
    r'|<a\b[^>]*\bhref="([^"]*)"[^>]*>.*?</a>',
    re.DOTALL,
)
_ENTRY: Final = re.compile(r"<entry>.*?</entry>\n?", re.DOTALL)
_PLACE: Final = re.compile(r"<url>.*?</url>\n?", re.DOTALL)
_INDEX: Final = "search/index/*/pages/*.json"
_SUFFIXES: Final = frozenset({".html", ".atom", ".xml", ".json"})
_LEAST: Final = 12  # characters of a title that no other page has by chance


class Gone(NamedTuple):
    """What was taken off: the pages, how many other files lost a mention, and what could not be mended."""

    pages: int
    files: int
    left: list[Problem]


def take_voices(
    out: Path,
    voices: Mapping[str, VoiceAnswer],
    simulated: Collection[str],
    replace: Callable[[Path, str], None],
) -> Gone:
    """Take every story and question off *out* that is not in *voices* as its page has it; *replace* puts a text in a file's place.

    The pages go first, since they hold most. What leads to an address without a page goes after them, so that what was
    interrupted is done by the next call.
    """
    gone = {
        path.parent.name: _taken_off(path, text, out) for path, text in _withdrawn(out, voices, simulated)
    }
    stay = ({path.parent.name for path in _pages(out)} | voices.keys() | set(simulated)) - gone.keys()
    files = 0
    for path in _texts(out):
        text = path.read_text("utf-8")
        dead = _named_in(text) - stay
        if dead and (mended := without_voices(path.name, text, dead)) != text:
            replace(path, mended)
            files += 1
    standing = [voice.title for id_, voice in voices.items() if id_ in stay]
    titles = {title for title in gone.values() if not any(title in one for one in standing)}
    left = [*_without_indexes(out, stay), *_still_there(out, stay, titles)]
    return Gone(len(gone), files, left)


def without_voices(name: str, text: str, ids: Collection[str]) -> str:
    """The text of a file called *name* without what leads to the stories and questions *ids*."""

    def kept(found: re.Match[str]) -> str:
        return "" if _names(found[0], ids) else found[0]

    def kept_line(found: re.Match[str]) -> str:
        return "" if _names("".join(filter(None, found.groups())), ids) else found[0]

    if name.endswith(".html"):
        return _LINE.sub(kept_line, text)
    if name.endswith(".atom"):
        return _ENTRY.sub(kept, text)
    if name.endswith(".xml"):
        return _PLACE.sub(kept, text)
    document = msgspec.json.decode(text)
    if isinstance(document, dict) and isinstance(document.get("items"), list):
        document["items"] = [item for item in document["items"] if not _names(str(item.get("url", "")), ids)]
    elif isinstance(document, dict) and isinstance(document.get("threads"), dict):
        threads: dict[str, Any] = document["threads"]
        document["threads"] = {id_: one for id_, one in threads.items() if id_.rpartition("~")[2] not in ids}
    else:
        return text
    return msgspec.json.format(msgspec.json.encode(document), indent=1).decode()


def _named_in(text: str) -> set[str]:
    return set(_ADDRESS.findall(text))


def _names(text: str, ids: Collection[str]) -> bool:
    return not _named_in(text).isdisjoint(ids)


def _pages(out: Path) -> Iterator[Path]:
    """The files below the addresses of stories and questions, pages that lead elsewhere included."""
    for path in built_files(out, "index.html"):
        if _ADDRESS.fullmatch(f"/{path.parent.parent.name}/{path.parent.name}/"):
            yield path


def _withdrawn(
    out: Path, voices: Mapping[str, VoiceAnswer], simulated: Collection[str]
) -> Iterator[tuple[Path, str]]:
    """The pages that do not stay, with their texts."""
    for path in list(_pages(out)):
        text, id_ = path.read_text("utf-8"), path.parent.name
        if _OF_MEMBER.search(text) and id_ not in simulated:
            voice = voices.get(id_)
            if voice is None or not _is_as(text, voice):
                yield path, text


def _is_as(page: str, voice: VoiceAnswer) -> bool:
    """Whether a page shows a story or question with the very title, words, name and note that it has."""
    note = clean_voice(voice.note.html) if voice.note else ""
    words = html.unescape(page)
    return (
        clean_voice(voice.html) in page
        and note in page
        and voice.title in words
        and (voice.pseudonym or "") in words
    )


def _taken_off(path: Path, text: str, out: Path) -> str:
    """Remove a page; its title."""
    found = _TITLE.search(text)
    try:
        path.unlink()
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
    except OSError as error:
        raise disk_error(out, error) from None
    return plain_text(found[1]) if found else ""


def _without_indexes(out: Path, stay: set[str]) -> Iterator[Problem]:
    """Remove each search index that knows an address that does not stay: its directory first, so that no search begins."""
    for record in sorted(out.rglob(_INDEX)):
        folder = record.parent.parent
        if not record.is_file() or _named_in(record.read_text("utf-8")) <= stay:
            continue
        try:
            (folder / "directory.json").unlink(missing_ok=True)
            for path in sorted(folder.rglob("*"), reverse=True):
                path.rmdir() if path.is_dir() else path.unlink()
            folder.rmdir()
        except OSError as error:
            raise disk_error(out, error) from None
        yield Problem(
            "was removed, since it held words that were taken back: nobody can search there",
            hint="searching works again once a build succeeds",
            source_path=folder.relative_to(out).as_posix(),
        )


def _still_there(out: Path, stay: set[str], titles: Collection[str]) -> Iterator[Problem]:
    """Files that name a story or question, by its address or its title, though its page is gone."""
    long = {title for title in titles if len(title) >= _LEAST}
    for path in _texts(out):
        text = path.read_text("utf-8")
        dead = sorted(_named_in(text) - stay)
        shown = sorted(title for title in long if title in text or html.escape(title) in text)
        if dead or shown:
            what = ", ".join(
                [*(f"its address {id_}" for id_ in dead), *(f"the title “{title}”" for title in shown)]
            )
            yield Problem(
                f"still names a story or question that was taken back: {what}",
                hint="take the file off the host until a build succeeds",
                source_path=path.relative_to(out).as_posix(),
            )


def _texts(out: Path) -> Iterator[Path]:
    """What may name a story or question, without the search index."""
    for path in built_files(out, "*"):
        if path.suffix in _SUFFIXES and "search/index/" not in path.as_posix():
            yield path


def built_files(out: Path, pattern: str) -> Iterator[Path]:
    """The files of a built site, without those that a build is just writing."""
    for path in sorted(out.rglob(pattern)):
        if TEMPORARY not in path.parts and path.is_file():
            yield path
