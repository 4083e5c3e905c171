"""Withdrawn words taken off built pages without a build: what is left where nothing can be rendered.

``build --withdrawals`` renders the last good inputs (``last_good_build``), which brings every page, feed and list in step and
withdraws articles too. It needs inputs that were kept or a commit. Where only a built site is there (a CI machine that
fetched it, a cache that was lost), or where the last good inputs cannot be rendered any more (another version, a fault in what
is installed), members' comments are taken off its HTML here, and stories and questions with what leads to
them (``withdrawn_voices``); articles stay until a build succeeds.

The next build renders these pages again: their files are not the ones that it wrote.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
from markupsafe import escape

from generator.build.forget_words import forget_words_in
from generator.build.withdrawn_voices import built_files, take_voices
from generator.content.simulated import SIMULATED, simulated_ids
from generator.content.snapshot import CommentAnswer, Snapshot, read_snapshot
from generator.disk.lock import build_lock
from generator.disk.replacing import replace_file
from generator.disk.write import disk_error
from generator.ground.errors import OutputError, Problem
from generator.ground.project import Project

# The innermost articles of a page: comments, and the conversations on a hub, hold no others.
_ARTICLE: Final = re.compile(r"<article\b[^>]*>(?:(?!<article\b).)*?</article>", re.DOTALL)
_OWN: Final = re.compile(r'<article\b[^>]*\bid="c-([0-9a-z]+)"')
_NAMED: Final = re.compile(r'#c-([0-9a-z]{26})(?=["\\&])|\bid="c-([0-9a-z]{26})"')
_ACCEPTED: Final = re.compile(r'<article\b[^>]*\bid="page-accepted"')
_PLACE: Final = '<a href="#page-accepted">'
_SHOWN: Final = re.compile(r'<p class="said-text">(.*?)</p>', re.DOTALL)
_DATA: Final = re.compile(r'(<script type="application/ld\+json">)(.*?)(</script>)', re.DOTALL)
_TAG: Final = re.compile(r"<[^>]+>")


class Taken(NamedTuple):
    """How many comments went, and from how many pages; how many stories and questions; what could not be taken off."""

    comments: int
    pages: int
    voices: int
    left: list[Problem]


def take_withdrawn(project: Project) -> Taken:
    """Take every comment, story and question that the snapshot has not, or has in other words, off the output folder.

    What is *left*: pages whose theme shows comments in another way and that still hold some, a search index that had to go,
    files that still name a story; each is named.

    Raises:
        ContentError: the snapshot is damaged.
        OutputError: there is no built site, or no snapshot that could say what may stay.
    """
    with build_lock(project.state, lambda: None):
        snapshot, raw = read_snapshot(project.root)
        if not raw:
            raise OutputError("there is no snapshot", "", hint="run `gatherwell results pull` first")
        if not project.out.is_dir():
            raise OutputError("there is no built site", str(project.out), hint="nothing is to be taken off")
        taken: set[str] = set()
        pages, left = 0, []
        stay = standing(snapshot)
        simulated = _simulated(project.root)
        gone = take_voices(project.out, snapshot.voices, simulated, _replace)
        for path in built_files(project.out, "*.html"):
            if path.parent.name in simulated:
                continue  # nobody wrote what stands below it
            text = path.read_text("utf-8")
            found = without_withdrawn(text, stay)
            if found.text != text:
                _replace(path, found.text)
                pages += 1
            taken |= found.taken
            if found.left:
                place = path.relative_to(project.out).as_posix()
                message = f"still holds words that were withdrawn or changed ({len(found.left)})"
                left.append(
                    Problem(
                        message, hint="take the page off the host until a build succeeds", source_path=place
                    )
                )
        forget_words_in(project.state, snapshot)
    return Taken(len(taken), pages, gone.pages, [*gone.left, *left])


def standing(snapshot: Snapshot) -> dict[str, CommentAnswer]:
    """The comments that may stay, by id; one without words is a withdrawn one that others have answered."""
    return {comment.id: comment for thread in snapshot.threads.values() for comment in thread.comments}


class Without(NamedTuple):
    """A page's text, the ids of the comments that went from it, and of those that could not be taken off."""

    text: str
    taken: frozenset[str]
    left: tuple[str, ...]


def without_withdrawn(text: str, stay: Mapping[str, CommentAnswer]) -> Without:
    """A page without the comments that are not in *stay* as the page has them."""
    if not _NAMED.search(text):
        return Without(text, frozenset(), ())
    taken: set[str] = set()

    def article(found: re.Match[str]) -> str:
        gone = _gone(found[0], stay, taken)
        taken.update(gone)
        return "" if gone else found[0]

    text = _ARTICLE.sub(article, text)
    text = _DATA.sub(lambda found: found[1] + _data(found[2], stay) + found[3], text)
    named = {one or other for one, other in _NAMED.findall(text)}
    return Without(text, frozenset(taken), tuple(sorted(named - stay.keys())))


def _gone(article: str, stay: Mapping[str, CommentAnswer], taken: Collection[str]) -> set[str]:
    """The id of the comment that an article shows and that may not stay so; empty for all others."""
    own = _OWN.match(article)
    if own and _PLACE in article:  # the words of an accepted answer stand above, and have been looked at
        return {own[1]} if own[1] not in stay or own[1] in taken else set()
    if own:
        return set() if own[1] in stay and _is_as(article, stay[own[1]]) else {own[1]}
    shown = _SHOWN.search(article)
    named = {one for one, _ in _NAMED.findall(article) if one}
    if len(named) != 1:
        return set()
    (id_,) = named
    if _ACCEPTED.match(article):
        return set() if id_ in stay and _is_as(article, stay[id_]) else {id_}
    if not shown:
        return set()
    beginning = html.unescape(shown[1]).rstrip("… ").strip()
    return set() if id_ in stay and _plain(stay[id_]).startswith(beginning) else {id_}


def _is_as(article: str, answer: CommentAnswer) -> bool:
    """Whether an article shows a comment with the very words, name and note that it has."""
    words = answer.html or '<div class="comment-text"></div>'
    note = answer.note.html if answer.note else ""
    return all(part in article for part in (words, note, escape(answer.pseudonym or "")))


def _plain(answer: CommentAnswer) -> str:
    """The words of a comment as pages show them in one line."""
    return " ".join(html.unescape(_TAG.sub(" ", answer.html)).split())


def _data(text: str, stay: Mapping[str, CommentAnswer]) -> str:
    """JSON-LD without the comments that are gone."""
    try:
        kept = _kept(msgspec.json.decode(text), stay)
    except msgspec.DecodeError:
        return text
    encoded = msgspec.json.encode(kept).decode()
    return encoded.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _kept(value: Any, stay: Mapping[str, CommentAnswer]) -> Any:
    if isinstance(value, list):
        return [_kept(item, stay) for item in value if not _is_gone(item, stay)]
    if isinstance(value, dict):
        return {key: _kept(item, stay) for key, item in value.items()}
    return value


def _is_gone(item: Any, stay: Mapping[str, CommentAnswer]) -> bool:
    if not isinstance(item, dict) or item.get("@type") != "Comment":
        return False
    answer = stay.get(str(item.get("url", "")).rpartition("#c-")[2])
    shown = item.get("text", ""), item.get("author", {}).get("name", "")
    return answer is None or shown != (_plain(answer), answer.pseudonym or "")


def _simulated(root: Path) -> frozenset[str]:
    """The ids of what a demonstration simulates: no snapshot has them."""
    path = root / SIMULATED
    return simulated_ids(path.read_bytes()) if path.is_file() else frozenset()


def _replace(path: Path, text: str) -> None:
    """Put a page's new text in its place in one step."""
    try:
        replace_file(path, text.encode())
    except OSError as error:
        raise disk_error(path, error) from None
