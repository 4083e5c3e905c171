"""Whether all that moved in stands in its place: every post at its page and its old address, every comment on its page, in its
conversation, under what it answered. Looks at the built site and at the snapshot, and at nothing that the importer says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_CANONICAL: Final = re.compile(r'<link rel="canonical" href="([^"]+)"')
_NUMBER: Final = re.compile(r"number (\d+)\.</p>")
_TOKEN: Final = re.compile(r'<ol class="replies"|</ol>|<article class="comment" |number (\d+)\.</p>')


@dataclass(slots=True)
class Expected:
    """What an export holds that is public: the first words of each post, and of each approved comment its post and the comment
    that it answers, 0 for none. Both by number."""

    openings: dict[int, str] = field(default_factory=dict)
    comments: dict[int, tuple[int, int]] = field(default_factory=dict)

    def root(self, number: int) -> int:
        while parent := self.comments[number][1]:
            number = parent
        return number


@dataclass(slots=True)
class Found:
    """How many stand where they should, and what does not, in words."""

    pages: int = 0
    addresses: int = 0
    comments: int = 0
    answers: int = 0
    faults: list[str] = field(default_factory=list)


def look(site: Path, snapshot: Path, expected: Expected, base: str) -> Found:
    """`base` is the site's base URL, with a slash at its end."""
    found = Found()
    redirects = dict(line.split()[:2] for line in (site / "_redirects").read_text("utf-8").splitlines())
    stands: dict[int, list[tuple[int, int]]] = {}
    for post, opening in expected.openings.items():
        page = _page(site, redirects, post, base, found)
        if f"Post {post}</h1>" in page and opening in page:
            found.pages += 1
        else:
            found.faults.append(f"post {post} has no page with its title and words")
        for number, root in conversations(page):
            stands.setdefault(number, []).append((post, root))
    for number, (post, _) in expected.comments.items():
        place = stands.pop(number, [])
        if place == [(post, expected.root(number))]:
            found.comments += 1
        else:
            found.faults.append(f"comment {number} of post {post} stands at {place or 'no page'}")
    found.faults += [f"comment {number} was not approved, and is shown" for number in stands]
    _answers(json.loads(snapshot.read_bytes()), expected, found)
    return found


def _page(site: Path, redirects: Mapping[str, str], post: int, base: str, found: Found) -> str:
    """The page to which the old address leads, by the page that lies there and by the list for hosts alike."""
    old = f"/2019/post-{post}/"
    try:
        leads = _CANONICAL.search((site / old.strip("/") / "index.html").read_text("utf-8"))
        target = leads[1].removeprefix(base).strip("/") if leads else ""
        page = (site / target / "index.html").read_text("utf-8") if target else ""
    except FileNotFoundError:
        page, target = "", ""
    if page and redirects.get(old, "").strip("/") == target:
        found.addresses += 1
    else:
        found.faults.append(f"{old} leads nowhere, or to two places")
    return page


def conversations(page: str) -> Iterator[tuple[int, int]]:
    """Number of each comment of a page, and of the first comment of its conversation."""
    inside, root = False, 0
    for token in _TOKEN.finditer(page.partition('<ol class="comment-list"')[2]):
        if token[0].startswith("<ol"):
            inside = True
        elif token[0] == "</ol>":
            inside = False
        elif token[1]:
            root = root if inside else int(token[1])
            yield int(token[1]), root


def _answers(
    snapshot: Mapping[str, Mapping[str, Mapping[str, object]]], expected: Expected, found: Found
) -> None:
    parents: dict[int, str | None] = {}
    numbers: dict[str, int] = {}
    for thread in snapshot["threads"].values():
        for comment in thread["comments"]:  # type: ignore[attr-defined]
            if number := _NUMBER.search(comment["html"]):
                numbers[comment["id"]] = int(number[1])
                parents[int(number[1])] = comment["parent"]
    for number, (_, above) in expected.comments.items():
        parent = parents.get(number)
        if number in parents and (numbers.get(parent, -1) if parent else 0) == above:
            found.answers += 1
        else:
            found.faults.append(f"comment {number} does not answer {above or 'the page'}")
