"""Hugo: its content in every language, at the addresses that its settings gave it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from generator.disk.names import without_suffix
from generator.ground.errors import ContentError
from generator.ground.text import slugify
from generator.importing.entries import Entry, Links, MenuEntry, Noting, Origin, host_of
from generator.importing.markdown.convert import markdown_to_ours
from generator.importing.markdown.hugo_shortcodes import translate_shortcodes
from generator.importing.menus import hugo_menu, menu_of_page
from generator.importing.sources.folders import anchors_of, text_files
from generator.importing.sources.hugo_settings import (
    KNOWN,
    PICTURES,
    author_names,
    read_hugo_settings,
    why_out,
)
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


class _Place(NamedTuple):
    """What a path says: language, path within the language's content, sections, name."""

    language: str
    path: str
    sections: tuple[str, ...]
    name: str


class Hugo(WrittenSite):
    """A project of Hugo, read from its folder; Hugo itself is not needed."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root
        self._settings = read_hugo_settings(root)
        if not (root / self._content_dir).is_dir():
            hint = "name the folder that holds hugo.toml and content/"
            raise ContentError("is no project of Hugo", root.name, hint=hint)
        self._static = [Folder(root / name) for name in ("static", "assets", self._content_dir)]
        self._names = author_names(root)
        # Each file by its path, and by its name alone, by which `ref` may call it.
        self._files: dict[str, str] = {}
        self._in_menu: list[Mapping[str, Any]] = []

    @property
    def _content_dir(self) -> str:
        return str(self._settings.get("contentdir", "content"))

    @property
    def _default(self) -> str:
        return str(self._settings.get("defaultcontentlanguage", "en"))

    # --- reading -------------------------------------------------------------------------------------

    def entries(self, note: Noting) -> Iterator[Entry]:
        self._withdrawn.clear()
        self._in_menu.clear()
        for folder, language in self._folders():
            for path, text in text_files(self._root, folder, note, (".html",)):
                if language != self._default or not self._belongs_to_other(path):
                    entry = self._entry(path, text, folder, language, note)
                    if entry is not None:
                        yield entry

    def _folders(self) -> list[tuple[Path, str]]:
        """Folders of content with their languages, the default one first."""
        found = {self._default: self._root / self._content_dir}
        for tag, values in self._languages().items():
            if "contentdir" in values:
                found[tag] = self._root / str(values["contentdir"])
        return [(folder, tag) for tag, folder in found.items() if folder.is_dir()]

    def _belongs_to_other(self, path: str) -> bool:
        own = {
            tag: str(values["contentdir"])
            for tag, values in self._languages().items()
            if "contentdir" in values
        }
        return any(tag != self._default and path.startswith(f"{folder}/") for tag, folder in own.items())

    def _languages(self) -> dict[str, dict[str, Any]]:
        languages = self._settings.get("languages")
        found = languages.items() if isinstance(languages, dict) else ()
        return {
            str(tag): {str(key).lower(): each for key, each in values.items()}
            for tag, values in found
            if isinstance(values, dict)
        }

    def _entry(self, path: str, text: str, folder: Path, language: str, note: Noting) -> Entry | None:
        origin = Origin(path)
        matter = read_matter(text)
        if matter is None or matter.fault:
            note(
                "out",
                origin,
                f"its front matter cannot be read: {matter.fault if matter else 'there is none'}",
            )
            return None
        place = self._place(path, folder, language)
        if place.name == "_index":
            if matter.body.strip():
                note(
                    "out", origin, "the text of a list page: its place here is content/<condition>/_index.md"
                )
            return None
        key = f"hugo:{','.join(self.hosts())}:{place.path}:{place.language}"
        if why := why_out(matter):
            self.withdraw(key, origin, why, note)
            return None
        if left := matter.left(KNOWN):
            note("lost", origin, f"keys of its front matter that mean nothing here: {', '.join(left)}")
        self._files[path] = path
        self._files.setdefault(place.name, path)
        if place.language == self._default:
            self._in_menu += menu_of_page(
                matter.first("menus", "menu"), matter.text("linktitle", "title"), path
            )
        date = matter.moment("date", "publishdate")
        order = matter.first("weight")
        slug = matter.text("slug") or place.name
        updated = matter.moment("lastmod", "updated", "modified")
        return Entry(
            key=key,
            origin=origin,
            title=matter.text("title", "linktitle"),
            kind="article" if place.sections else "page",
            slug=slug,
            date=date,
            updated=updated if updated[:10] > date[:10] else "",
            expires=matter.moment("expirydate"),
            draft=is_true(matter.first("draft")),
            authors=self.keys_of(people_of(matter.first("authors", "author"), self._names)),
            categories=terms_of(texts_of(matter.first("categories", "category"))),
            tags=terms_of(texts_of(matter.first("tags", "tag"))),
            section=place.sections[0] if place.sections else "",
            addresses=self._addresses(matter, place, slug, date),
            summary=matter.text("description", "summary"),
            picture=picture_of(matter.first(*PICTURES), matter.text("image_alt", "alt")),
            language="" if place.language == self._default and not self._languages() else place.language,
            group=matter.text("translationkey") or place.path if self._languages() else "",
            order=order if isinstance(order, int) and not isinstance(order, bool) and order else None,
            noindex="noindex" in matter.text("robots"),
            anchors=anchors_of(matter.body),
            short=f"file:{path}",
            body=matter.body,
            body_line=matter.body_line,
        )

    def _place(self, path: str, folder: Path, language: str) -> _Place:
        inside = path.removeprefix(folder.relative_to(self._root).as_posix()).lstrip("/")
        stem = inside.removesuffix(".html") if inside.endswith(".html") else without_suffix(inside)
        base, _, suffix = stem.rpartition(".")
        if base and suffix in {*self._languages(), self._default}:
            stem, language = base, suffix
        parts = stem.split("/")
        if parts[-1] == "index" and len(parts) > 1:
            parts.pop()
        return _Place(language, "/".join(parts), tuple(parts[:-1]), parts[-1])

    # --- addresses -----------------------------------------------------------------------------------

    def _addresses(self, matter: Matter, place: _Place, slug: str, date: str) -> tuple[str, ...]:
        in_folder = is_true(self._settings.get("defaultcontentlanguageinsubdir"))
        prefix = f"/{place.language}" if place.language != self._default or in_folder else ""
        base = urlsplit(str(self._settings.get("baseurl", ""))).path.rstrip("/")
        own = str(matter.first("url") or self._pattern(place, slug, date))
        address = f"{base}{prefix if not matter.first('url') else ''}/{own.lstrip('/')}"
        former = (self._alias(str(each), address, base) for each in texts_of(matter.first("aliases")))
        return tuple(dict.fromkeys((address, *former)))

    def _alias(self, written: str, address: str, base: str) -> str:
        if written.startswith("/"):
            return f"{base}{written}"
        return posixpath.normpath(posixpath.join(posixpath.dirname(address.rstrip("/")), written))

    def _pattern(self, place: _Place, slug: str, date: str) -> str:
        patterns = self._settings.get("permalinks")
        patterns = patterns.get("page", patterns) if isinstance(patterns, dict) else {}
        section = place.sections[0] if place.sections else "/"
        written = patterns.get(section) if isinstance(patterns, dict) else None
        name = place.name.replace(" ", "-").lower()
        if not isinstance(written, str):
            folder = "/".join(part.replace(" ", "-").lower() for part in place.sections)
            ending = ".html" if is_true(self._settings.get("uglyurls")) else "/"
            last = slug if slug != place.name else name
            return f"{folder}/{last}{ending}" if folder else f"{last}{ending}"
        year, month, day = days_of(date)
        values = {
            **{"year": year, "month": month, "day": day, "section": section, "title": slugify(slug)},
            **{"sections": "/".join(place.sections), "slug": slug, "slugorfilename": slug, "filename": name},
            **{"contentbasename": name, "slugorcontentbasename": slug},
        }
        return filled(written, values)

    # --- the rest ------------------------------------------------------------------------------------

    def _file_at(self, path: str, near: str) -> str:
        """The file of a page that a path within the content names, with its suffix or without; empty where there is none."""
        content = f"{self._content_dir}/{path.lstrip('/')}"
        folders = (content,) if path.startswith("/") else (posixpath.join(near, path), content)
        for folder in (posixpath.normpath(each) for each in folders):
            for name in (folder, f"{folder}.md", f"{folder}/index.md"):
                if name in self._files:
                    return name
        return self._files.get(posixpath.basename(path), "") if "/" not in path else ""

    def menu(self) -> tuple[MenuEntry, ...]:
        def page(address: str) -> str:
            file = self._file_at(address, "")
            return f"file:{file}" if file else address

        return hugo_menu(self._settings, self._in_menu, page)

    @property
    def address(self) -> str:
        return str(self._settings.get("baseurl", ""))

    def file_of(self, entry: Entry, address: str) -> Path | None:
        parts = urlsplit(address)
        if parts.netloc and host_of(address) not in self.hosts():
            return None
        near = posixpath.dirname(entry.origin.file)
        if not parts.netloc and not address.startswith("/"):
            found = Folder(self._root).find(posixpath.normpath(posixpath.join(near, parts.path)))
            if found:
                return found
        return next(filter(None, (folder.find(parts.path) for folder in self._static)), None)

    def markdown(self, entry: Entry, links: Links) -> str:
        near = posixpath.dirname(entry.origin.file)

        def absolute(address: str) -> str:
            path, mark, fragment = address.partition("#")
            if not path or "://" in path or "?" in path:
                return address
            file = self._file_at(path, near)
            if not file and path.endswith((".md", ".markdown")):
                file = posixpath.normpath(f"{self._content_dir}/{path.lstrip('/')}")
            return f"file:{file}{mark}{fragment}" if file else address

        return markdown_to_ours(
            entry.body,
            links,
            translate_shortcodes,
            absolute,
            bare_links=True,
        )
