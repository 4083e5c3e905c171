"""Comments of Disqus's export: posts that are neither deleted nor spam, under the addresses of their threads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from generator.ground.errors import ContentError
from generator.importing.comments.markup import LARGEST, html_as_comment
from generator.importing.comments.old import Old
from generator.importing.entries import Noting, host_of
from generator.importing.xml_stream import read_xml

_FIELDS: Final = frozenset({"id", "link", "message", "createdAt", "isDeleted", "isSpam", "isApproved"})
_AUTHOR: Final = frozenset({"name", "username", "email"})
_LARGEST: Final = 400_000


class DisqusComments:
    """The comments of one export. Threads stand in front of the posts."""

    kind = "disqus"

    def __init__(self, file: Path) -> None:
        self._file = file
        self._reader = _Reader()

    def comments(self, note: Noting, out: Counter[str]) -> Iterator[Old]:
        self._reader = reader = _Reader()
        for _ in read_xml(self._file, reader, note):
            for fields, line in reader.posts:
                old = self._comment(fields, line, out)
                if old is not None:
                    yield old
            reader.posts.clear()
        if not reader.is_disqus:
            hint = "export it in Disqus: Moderation, Export; unpack the .gz that comes by e-mail"
            raise ContentError("is no export of Disqus", self._file.name, hint=hint)

    def _comment(self, fields: dict[str, str], line: int, out: Counter[str]) -> Old | None:
        address = self._reader.threads.get(fields.get("thread", ""))
        why = _why_out(fields, address)
        written = fields.get("message", "")
        text = "" if why else html_as_comment(written, lines=False)
        if why or not text:
            out[why or "without words"] += 1
            return None
        login, mail, name = (
            fields.get(f"author/{each}", "").strip() for each in ("username", "email", "name")
        )
        return Old(
            key=fields.get("key", ""),
            parent=fields.get("parent", ""),
            address=address or "",
            who=f"user {login}" if login else f"mail {mail}" if mail else f"name {name}",
            name="" if name.casefold() == login.casefold() else name,
            created=fields.get("createdAt", "").strip(),
            text=text,
            line=line,
            cut=len(written) > LARGEST,
        )

    def logins(self) -> frozenset[str]:
        return frozenset()

    def site(self) -> str:
        return self._reader.site


def _why_out(fields: dict[str, str], address: str | None) -> str:
    if fields.get("isSpam", "").strip() == "true":
        return "spam"
    if fields.get("isDeleted", "").strip() == "true":
        return "in the trash"
    if fields.get("isApproved", "true").strip() == "false":
        return "pending"
    return "of threads that are not public" if address is None else ""


class _Reader:
    """Takes posts off the stream, and keeps the address of every thread."""

    def __init__(self) -> None:
        self.threads: dict[str, str] = {}
        self.posts: list[tuple[dict[str, str], int]] = []
        self.site = ""
        self.is_disqus = False
        self._fields: dict[str, str] | None = None
        self._line = 0
        self._text: list[str] | None = None
        self._size = 0

    def start(self, path: list[str], attributes: dict[str, str], line: int) -> None:
        name, depth = path[-1], len(path)
        self.is_disqus = self.is_disqus or path[0] == "disqus"
        number = attributes.get("dsq:id", "")
        if depth == 2 and name in ("thread", "post"):
            self._fields, self._line = {"key": number}, line
        elif depth == 3 and self._fields is not None and name in ("thread", "parent") and number:
            self._fields[name] = number
        taken = self._fields is not None and (
            (depth == 3 and name in _FIELDS) or (depth == 4 and path[2] == "author" and name in _AUTHOR)
        )
        self._text, self._size = ([] if taken else None), 0

    def text(self, path: list[str], text: str, line: int) -> None:
        if self._text is not None and self._size < _LARGEST:
            self._size += len(text)
            self._text.append(text)

    def end(self, path: list[str]) -> None:
        name, depth = path[-1], len(path)
        if self._text is not None and self._fields is not None:
            self._fields[f"author/{name}" if depth == 4 else name] = "".join(self._text)
        elif depth == 2 and self._fields is not None:
            if name == "post":
                self.posts.append((self._fields, self._line))
            elif name == "thread" and self._fields.get("isDeleted", "").strip() != "true":
                link = self._fields.get("link", "").strip()
                self.threads[self._fields["key"]] = link
                self.site = self.site or host_of(link)
            self._fields = None
        self._text = None
