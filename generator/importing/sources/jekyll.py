"""Jekyll: posts, drafts, pages and collections, at the addresses that its settings gave them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from generator.disk.names import without_suffix
from generator.ground.errors import ContentError
from generator.ground.text import slugify
from generator.importing.entries import Entry, Links, MenuEntry, Noting, Origin, host_of
from generator.importing.html.convert import html_to_markdown
from generator.importing.markdown.code import Code, Tools
from generator.importing.markdown.convert import markdown_to_ours
from generator.importing.markdown.liquid import translate_liquid
from generator.importing.sources.folders import anchors_of, read_settings, text_files
from generator.importing.sources.jekyll_settings import KNOWN, PICTURES, STYLES, author_names
from generator.importing.sources.matter import (
    Matter,
    is_true,
    people_of,
    picture_of,
    read_matter,
    terms_of,
    texts_of,
)
from generator.importing.sources.uploads import Folder
from generator.importing.sources.written import WrittenSite, days_of, filled

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)")
_ROOT_FILES = frozenset({"readme", "license", "changelog", "contributing", "404", "index", "code_of_conduct"})


class Jekyll(WrittenSite):
    """A project of Jekyll, read from its folder; neither Jekyll nor Ruby is needed."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        if not (root / "_config.yml").is_file() and not (root / "_posts").is_dir():
            hint = "name the folder that holds _config.yml and _posts/"
            raise ContentError("is no project of Jekyll", root.name, hint=hint)
        self._root = root
        self._settings = read_settings(root / "_config.yml")
        self._folder = Folder(root)
        self._posts: dict[str, str] = {}
        self._names = author_names(root)

    # --- reading -------------------------------------------------------------------------------------

    def entries(self, note: Noting) -> Iterator[Entry]:
        self._withdrawn.clear()
        for path, text in text_files(self._root, self._root, note, (".html",)):
            group = self._group(path)
            matter = read_matter(text) if group else None
            if matter is None:
                if group in ("posts", "drafts"):
                    note("out", Origin(path), "has no front matter")
                continue
            if matter.fault:
                note("out", Origin(path), f"its front matter cannot be read: {matter.fault}")
            elif why := self._why_never(path, group):
                note("out", Origin(path), why)
            elif (entry := self._entry(path, group, matter, note)) is not None:
                yield entry

    def _why_never(self, path: str, group: str) -> str:
        """Why Jekyll made no page of a file; empty where it made one."""
        if group == "posts" and not _DATED.fullmatch(without_suffix(posixpath.basename(path))):
            return "has no date in its name, so that it had no page there either"
        if group not in ("posts", "drafts", "pages") and not is_true(
            self._collections()[group].get("output")
        ):
            return f"is of the collection '{group}', which has no pages there"
        return ""

    def _with_defaults(self, matter: Matter, path: str, group: str) -> Matter:
        """Values that the settings give to all files of a folder or a type, below those of the file."""
        values: dict[str, Any] = {}
        for each in self._settings.get("defaults") or ():
            scope = each.get("scope") if isinstance(each, dict) else None
            given = each.get("values") if isinstance(each, dict) else None
            if not isinstance(scope, dict) or not isinstance(given, dict):
                continue
            folder = str(scope.get("path") or "").strip("/")
            if scope.get("type") in (None, "", group) and (not folder or f"{path}/".startswith(f"{folder}/")):
                values |= {str(key).lower(): value for key, value in given.items()}
        return matter._replace(values={**values, **matter.values})

    def _group(self, path: str) -> str:
        """What a file is: posts, drafts, pages, the name of a collection; empty for what is not published."""
        parts = path.split("/")
        for name in ("posts", "drafts"):
            if f"_{name}" in parts[:-1]:
                return name
        hidden = [part for part in parts[:-1] if part.startswith("_")]
        if hidden:
            return hidden[0][1:] if hidden[0][1:] in self._collections() else ""
        return "" if len(parts) == 1 and without_suffix(parts[0]).lower() in _ROOT_FILES else "pages"

    def _collections(self) -> dict[str, dict[str, Any]]:
        found = self._settings.get("collections")
        if isinstance(found, list):
            return {str(name): {} for name in found}
        named = found.items() if isinstance(found, dict) else ()
        return {str(name): values if isinstance(values, dict) else {} for name, values in named}

    def _entry(self, path: str, group: str, matter: Matter, note: Noting) -> Entry | None:
        origin, key = Origin(path), f"jekyll:{','.join(self.hosts())}:{path}"
        left = matter.left(KNOWN)
        matter = self._with_defaults(matter, path, group)
        if is_true(matter.first("private")) or matter.first("password"):
            self.withdraw(key, origin, "private or protected by a password", note)
            return None
        if group == "pages" and path.endswith(".html") and "{%" in matter.body:
            note("out", origin, "is a template that lists other pages")
            return None
        stem = without_suffix(posixpath.basename(path)).removesuffix(".html")
        dated = _DATED.fullmatch(stem)
        name = dated[2] if dated else stem
        if name == "index" and "/" in path:
            name = posixpath.basename(posixpath.dirname(path))
        date = matter.moment("date") or (dated[1] if dated else "")
        if left:
            note("lost", origin, f"keys of its front matter that mean nothing here: {', '.join(left)}")
        if group == "posts":
            self._posts.update(dict.fromkeys((stem, posixpath.join(*_categories_of(path), stem)), path))
        categories = (*_categories_of(path), *texts_of(matter.first("categories", "category"), split=True))
        updated = matter.moment("last_modified_at", "updated", "modified")
        return Entry(
            key=key,
            origin=origin,
            title=matter.text("title") or name.replace("-", " ").capitalize(),
            kind="page" if group == "pages" else "article",
            slug=matter.text("slug") or name,
            date=date,
            updated=updated if updated[:10] > date[:10] else "",
            draft=group == "drafts"
            or matter.values.get("published") is False
            or is_true(matter.first("draft")),
            authors=self.keys_of(people_of(matter.first("authors", "author"), self._names)),
            categories=terms_of(categories),
            tags=terms_of(texts_of(matter.first("tags", "tag"), split=True)),
            section=group,
            addresses=self._addresses(matter, path, group, name, date, categories),
            summary=matter.text("description", "excerpt", "summary"),
            picture=picture_of(matter.first(*PICTURES), matter.text("image_alt", "alt")),
            language=matter.text("lang", "locale")[:2] if matter.first("ref") else "",
            group=matter.text("ref"),
            noindex=is_true(matter.first("noindex")) or matter.values.get("sitemap") is False,
            anchors=anchors_of(matter.body),
            short=f"file:{path}",
            body=matter.body,
            body_line=matter.body_line,
        )

    # --- addresses -----------------------------------------------------------------------------------

    def _addresses(
        self, matter: Matter, path: str, group: str, name: str, date: str, categories: tuple[str, ...]
    ) -> tuple[str, ...]:
        if group == "drafts":
            return ()
        base = str(self._settings.get("baseurl") or "").rstrip("/")
        written = str(matter.first("permalink") or self._pattern(path, group))
        year, month, day = days_of(date)
        values = {
            **{
                "year": year,
                "month": month,
                "day": day,
                "i_month": month.lstrip("0"),
                "i_day": day.lstrip("0"),
            },
            **{
                "short_year": year[2:],
                "title": matter.text("slug") or name,
                "slug": slugify(name),
                "name": name,
            },
            **{"categories": "/".join(map(slugify, categories)), "output_ext": ".html", "basename": name},
            **{"collection": group, "path": without_suffix(path).removeprefix(f"_{group}/")},
        }
        written = filled(STYLES.get(written, written), values)
        address = f"{base}/{re.sub(r'/{2,}', '/', written).lstrip('/')}"
        former = (f"{base}/{each.lstrip('/')}" for each in texts_of(matter.first("redirect_from")))
        return tuple(dict.fromkeys((address, *former)))

    def _pattern(self, path: str, group: str) -> str:
        written = str(self._settings.get("permalink") or "date")
        if group == "posts":
            return written
        pretty = written == "pretty" or written.endswith("/")
        if group != "pages":
            values = self._collections().get(group, {})
            return str(values.get("permalink") or "/:collection/:path:output_ext")
        stem = without_suffix(path).removesuffix(".html")
        if posixpath.basename(stem) == "index":
            return f"/{posixpath.dirname(stem)}/"
        return f"/{stem}/" if pretty else f"/{stem}.html"

    # --- the rest ------------------------------------------------------------------------------------

    def menu(self) -> tuple[MenuEntry, ...]:
        return ()  # themes of Jekyll keep theirs each in another place

    @property
    def address(self) -> str:
        return str(self._settings.get("url") or "")

    def file_of(self, entry: Entry, address: str) -> Path | None:
        parts = urlsplit(address)
        if parts.netloc and host_of(address) not in self.hosts():
            return None
        base = str(self._settings.get("baseurl") or "").rstrip("/")
        path = parts.path.removeprefix(base) if base else parts.path
        if not path.startswith("/"):
            near = posixpath.normpath(posixpath.join(posixpath.dirname(entry.origin.file), path))
            if found := self._folder.find(near):
                return found
        return self._folder.find(path)

    def markdown(self, entry: Entry, links: Links) -> str:
        base = str(self._settings.get("baseurl") or "").rstrip("/")

        def absolute(address: str) -> str:
            name, mark, fragment = address.partition("#")
            if base and name.startswith(f"{base}/"):
                name = name.removeprefix(base)
            if name.startswith("post:"):
                return f"file:{self._posts.get(name[5:].lstrip('/'), name[5:])}{mark}{fragment}"
            if "://" in name or not name.endswith((".md", ".markdown")):
                return address
            near = posixpath.dirname(entry.origin.file)
            file = (
                name.lstrip("/") if name.startswith("/") else posixpath.normpath(posixpath.join(near, name))
            )
            return f"file:{file}{mark}{fragment}"

        if entry.origin.file.endswith(".html"):
            code = Code()
            tools = Tools(code, lambda html, line: html, links.note)
            return html_to_markdown(code.show(translate_liquid(entry.body, tools, base)), links)
        return markdown_to_ours(
            entry.body, links, lambda text, tools: translate_liquid(text, tools, base), absolute
        )


def _categories_of(path: str) -> tuple[str, ...]:
    """The folders above ``_posts``, which are categories too."""
    before = path.partition("_posts/")[0] if "_posts/" in path else ""
    return tuple(part for part in before.split("/") if part)
