"""Comments of WordPress's export: approved ones of public posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from generator.importing.comments.markup import LARGEST, html_as_comment
from generator.importing.comments.old import Old
from generator.importing.entries import Noting, host_of
from generator.importing.xml_stream import read_xml

_ITEM: Final = frozenset(
    {"link", "wp:post_id", "wp:status", "wp:post_type", "wp:post_password", "wp:post_date_gmt"}
)
# Of what tells who wrote, the e-mail address and the user's number are compared in memory; the rest is never taken.
_COMMENT: Final = frozenset(
    {
        *(
            "wp:comment_id",
            "wp:comment_parent",
            "wp:comment_author",
            "wp:comment_author_email",
            "wp:comment_user_id",
        ),
        *(
            "wp:comment_date_gmt",
            "wp:comment_date",
            "wp:comment_content",
            "wp:comment_approved",
            "wp:comment_type",
        ),
    }
)
_PUBLIC: Final = frozenset({"publish", "future", "draft", "pending"})
_WAITING: Final = {"0": "pending", "spam": "spam", "trash": "in the trash", "post-trashed": "in the trash"}
_LARGEST: Final = 400_000
_SITE: Final = ("wp:base_blog_url", "wp:base_site_url", "link")


class WordPressComments:
    """The comments of one export, which may lie in several files."""

    kind = "wordpress"

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = files
        self._reader = _Reader()

    def comments(self, note: Noting, out: Counter[str]) -> Iterator[Old]:
        self._reader = reader = _Reader()
        for file in self._files:
            for _ in read_xml(file, reader, note):
                for item, fields, line in reader.found:
                    old = _comment(item, fields, line, out)
                    if old is not None:
                        yield old
                reader.found.clear()

    def logins(self) -> frozenset[str]:
        return frozenset(self._reader.logins)

    def site(self) -> str:
        found = self._reader.site
        address = next((found[name] for name in _SITE if found.get(name)), "")
        return f"{host_of(address)}{urlsplit(address).path}".rstrip("/")


def _comment(item: dict[str, str], fields: dict[str, str], line: int, out: Counter[str]) -> Old | None:
    def get(name: str) -> str:
        return fields.get(f"wp:comment_{name}", "").strip()

    why = _why_out(item, get("approved"), get("type"))
    written = fields.get("wp:comment_content", "")
    text = "" if why else html_as_comment(written, lines=True)
    if why or not text:
        out[why or "without words"] += 1
        return None
    user, mail, name = get("user_id"), get("author_email"), get("author")
    date = next(
        (one for one in (get("date_gmt"), get("date"), item.get("wp:post_date_gmt", "")) if _is_date(one)), ""
    )
    return Old(
        key=get("id"),
        parent=get("parent").lstrip("0"),
        address=item.get("link", "").strip() or f"?p={item.get('wp:post_id', '').strip()}",
        who=f"user {user}" if user.strip("0") else f"mail {mail}" if mail else f"name {name}",
        name=name,
        created=date,
        text=text,
        line=line,
        cut=len(written) > LARGEST,
    )


def _why_out(item: dict[str, str], approved: str, kind: str) -> str:
    if kind in ("pingback", "trackback"):
        return "pingbacks"
    if kind not in ("", "comment"):
        return "of another type"
    if approved != "1":
        return _WAITING.get(approved, "not approved")
    if item.get("wp:status", "publish").strip() not in _PUBLIC or item.get("wp:post_password", ""):
        return "of posts that are not public"
    return ""


def _is_date(written: str) -> bool:
    return bool(written) and not written.startswith("0000")


class _Reader:
    """Takes comments off the stream: of an item only what stands in front of its comments is known, which is all here."""

    def __init__(self) -> None:
        self.found: list[tuple[dict[str, str], dict[str, str], int]] = []
        self.logins: set[str] = set()
        self.site: dict[str, str] = {}
        self._item: dict[str, str] = {}
        self._fields: dict[str, str] | None = None
        self._line = 0
        self._text: list[str] | None = None
        self._size = 0

    def start(self, path: list[str], attributes: dict[str, str], line: int) -> None:
        name, depth = path[-1], len(path)
        if depth == 3 and name == "item":
            self._item = {}
        elif depth == 4 and name == "wp:comment":
            self._fields, self._line = {}, line
        taken = (
            (depth == 5 and self._fields is not None and name in _COMMENT)
            or (depth == 4 and path[2] == "item" and name in _ITEM)
            or (depth == 4 and path[2] == "wp:author" and name == "wp:author_login")
            or (depth == 3 and name in _SITE)
        )
        self._text, self._size = ([] if taken else None), 0

    def text(self, path: list[str], text: str, line: int) -> None:
        if self._text is not None and self._size < _LARGEST:
            self._size += len(text)
            self._text.append(text)

    def end(self, path: list[str]) -> None:
        name, depth = path[-1], len(path)
        if self._text is not None:
            text = "".join(self._text)
            if depth == 5 and self._fields is not None:
                self._fields[name] = text
            elif depth == 3:
                self.site.setdefault(name, text.strip())
            elif path[2] == "item":
                self._item[name] = text
            else:
                self.logins.add(text.strip().casefold())
        elif depth == 4 and name == "wp:comment" and self._fields is not None:
            self.found.append((self._item, self._fields, self._line))
            self._fields = None
        self._text = None
