"""WordPress: the entries of an export in WXR; private, password-protected and trashed posts stay out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from bs4.element import Tag as Element

from generator.ground.text import slugify
from generator.importing.clean import fit, moment, person_name, plain
from generator.importing.entries import (
    Entry,
    Links,
    MenuEntry,
    Noting,
    Person,
    Picture,
    Term,
    Withdrawn,
    host_of,
)
from generator.importing.html.blocks import fill_blocks
from generator.importing.html.convert import html_to_markdown
from generator.importing.html.shortcodes import GalleryItem, translate
from generator.importing.html.tree import classes_of
from generator.importing.menus import wordpress_menu
from generator.importing.sources.uploads import Folder
from generator.importing.sources.wxr import Item, Wxr

_PUBLIC = {"publish": False, "future": False, "draft": True, "pending": True}
_SILENT = frozenset({"auto-draft", "inherit", ""})
_HEADING_ID = re.compile(r"<h[1-6]\b[^>]*?\bid=[\"']([\w:-]+)[\"']", re.IGNORECASE)
_SHOWN_TYPES = {"post": "article", "page": "page"}
_LARGEST_BLOCK = 200_000
_MOST_MENU_ITEMS = 500


class _Attachment(NamedTuple):
    address: str
    alt: str
    caption: str
    parent: str


class WordPress:
    """An export, which may lie in several files, and, if there is one, the folder ``wp-content/uploads`` that belongs to it."""

    def __init__(self, files: Sequence[Path], uploads: Path | None) -> None:
        self._wxr = Wxr(files)
        self._folder = Folder(uploads, ("/wp-content/uploads/", "/uploads/", "/files/")) if uploads else None
        self._attachments: dict[str, _Attachment] = {}
        self._blocks: dict[str, str] = {}
        self._withdrawn: list[Withdrawn] = []
        self._menu: list[Item] = []

    # --- reading -------------------------------------------------------------------------------------

    def entries(self, note: Noting) -> Iterator[Entry]:
        others: Counter[str] = Counter()
        self._withdrawn.clear()
        self._menu.clear()
        for item in self._wxr.items(note):
            kind = item.get("wp:post_type") or "post"
            if kind == "attachment":
                self._attachments[item.get("wp:post_id")] = _attachment(item)
            elif kind == "wp_block":
                self._blocks[item.get("wp:post_id")] = item.fields.get("content:encoded", "")[:_LARGEST_BLOCK]
            elif kind == "nav_menu_item":
                if len(self._menu) < _MOST_MENU_ITEMS:
                    self._menu.append(item)
            elif kind not in _SHOWN_TYPES:
                others[kind] += 1
            elif (entry := self._entry(item, kind, note)) is not None:
                yield entry
        for kind, number in sorted(others.items()):
            what = f"{number:,} of the type '{plain(kind)[:60]}' (no posts or pages)"
            note("out", self._wxr.origin(), what)

    def _entry(self, item: Item, kind: str, note: Noting) -> Entry | None:
        origin = self._wxr.origin(item.line)
        key = f"wordpress:{self._site()}:{item.get('wp:post_id') or item.get('wp:post_name')}"
        status = item.get("wp:status") or "publish"
        why = _why_out(item, status)
        if why:
            if status not in _SILENT:
                note("out", origin, f"number {item.get('wp:post_id')} is {why}")
                self._withdrawn.append(Withdrawn(key, origin, why))
            return None
        slug, address = item.get("wp:post_name"), _path(item.get("link"))
        date = _date(item, "wp:post_date")
        if kind == "post" and not date and not _PUBLIC[status]:
            note("look", origin, f"number {item.get('wp:post_id')} has no date that can be read; write it")
        return Entry(
            key=key,
            origin=origin,
            title=plain(item.get("title")),
            kind="page" if kind == "page" else "article",
            slug=slug,
            date=date,
            updated=_later(_date(item, "wp:post_modified"), date),
            draft=_PUBLIC[status],
            authors=tuple(filter(None, [item.get("dc:creator")])),
            categories=_terms(item, "category"),
            tags=_terms(item, "post_tag"),
            addresses=_addresses(item, slug, address),
            numbered=self._numbered(item, kind),
            summary=plain(item.get("excerpt:encoded")),
            picture=self._picture(item),
            language=_one_term(item, "language"),
            group=_one_term(item, "post_translations"),
            order=_order(item) if kind == "page" else None,
            comments="closed" if kind == "post" and item.get("wp:comment_status") == "closed" else "",
            anchors=tuple(dict.fromkeys(_HEADING_ID.findall(item.get("content:encoded")))),
            short=f"?p={item.get('wp:post_id')}",
            body=item.fields.get("content:encoded", ""),
            body_line=item.lines.get("content:encoded", item.line),
            notes=next(iter(item.meta.get("footnotes", ())), ""),
        )

    def _numbered(self, item: Item, kind: str) -> tuple[str, ...]:
        """The short addresses, which hold with every setting of permalinks. Those of drafts led nowhere."""
        number = item.get("wp:post_id").lstrip("0")
        if not number.isdecimal() or _PUBLIC.get(item.get("wp:status"), False):
            return ()
        home = _path(self._address()).strip("/")
        names = ("page_id", "p") if kind == "page" else ("p",)
        return tuple(f"/{home}{'/' if home else ''}?{name}={number}" for name in names)

    def _site(self) -> str:
        """The old site's address without scheme: two sites give one number to different posts."""
        address = self._address()
        return f"{host_of(address)}{_path(address)}".rstrip("/")

    def _address(self) -> str:
        names = ("wp:base_blog_url", "wp:base_site_url", "link")
        return next((self._wxr.site[name] for name in names if self._wxr.site.get(name)), "")

    def _picture(self, item: Item) -> Picture | None:
        found = self._attachments.get(next(iter(item.meta.get("_thumbnail_id", ())), ""))
        return Picture(found.address, found.alt or found.caption) if found else None

    def people(self) -> tuple[Person, ...]:
        found = filter(None, (_person(author.fields) for author in self._wxr.authors))
        return tuple({person.key: person for person in found}.values())  # each file of an export names all

    def menu(self) -> tuple[MenuEntry, ...]:
        return wordpress_menu(self._menu)

    def hosts(self) -> frozenset[str]:
        found = (host_of(address) for address in self._wxr.site.values())
        return frozenset(host for host in found if host)

    def withdrawn(self) -> tuple[Withdrawn, ...]:
        return tuple(self._withdrawn)

    # --- converting ----------------------------------------------------------------------------------

    def file_of(self, entry: Entry, address: str) -> Path | None:
        address = _CDN.sub("//", address)
        host = host_of(address)
        if self._folder is None or (host and host not in self.hosts()):
            return None
        return self._folder.find(address)

    def markdown(self, entry: Entry, links: Links) -> str:
        def gallery(ids: tuple[str, ...]) -> tuple[GalleryItem, ...]:
            own = (number for number, each in self._attachments.items() if f"?p={each.parent}" == entry.short)
            found = (self._attachments.get(number) for number in ids or own)
            return tuple(GalleryItem(each.address, each.alt, each.caption) for each in found if each)

        body = fill_blocks(entry.body, self._blocks, links.note)
        html = translate(fit(body), gallery, links.note)
        classic = "<!-- wp:" not in body
        return html_to_markdown(html, links, classic=classic, notes=entry.notes, describe=self._describe)

    def _describe(self, image: Element) -> None:
        """Give a picture the description that the media library has of it."""
        if str(image.get("alt") or "").strip():
            return
        found = _IMAGE_CLASS.search(" ".join(classes_of(image)))
        known = self._attachments.get(found[1]) if found else None
        if known and known.alt:
            image["alt"] = known.alt


_CDN = re.compile(r"^(?:https?:)?//i\d\.wp\.com/")
_IMAGE_CLASS = re.compile(r"\bwp-image-(\d+)\b")


def _why_out(item: Item, status: str) -> str:
    """Why an item may not be published; empty where it may."""
    if item.too_large:
        return "larger than 4 MB"
    if status not in _PUBLIC:
        return {"private": "private", "trash": "in the trash"}.get(
            status, f"of the status '{plain(status)[:40]}'"
        )
    return "protected by a password" if item.fields.get("wp:post_password", "") else ""


def _attachment(item: Item) -> _Attachment:
    alt = next(iter(item.meta.get("_wp_attachment_image_alt", ())), "")
    caption = plain(item.get("excerpt:encoded"))
    return _Attachment(item.get("wp:attachment_url"), plain(alt), caption, item.get("wp:post_parent"))


def _person(fields: dict[str, str]) -> Person | None:
    """An author under the name that readers saw, unless it is the login name or an address."""
    login = fields.get("wp:author_login", "")
    whole = " ".join(filter(None, (fields.get("wp:author_first_name"), fields.get("wp:author_last_name"))))
    for written in (fields.get("wp:author_display_name", ""), whole):
        name = person_name(written)
        if name and name.casefold() != login.casefold():
            return Person(login, name, addresses=(f"author/{slugify(login)}",))
    return None


def _date(item: Item, name: str) -> str:
    """A moment in UTC where the export has one, else the day and time as they were set there."""
    universal = item.get(f"{name}_gmt")
    if universal and not universal.startswith("0000") and (known := moment(f"{universal}Z")):
        return known
    local = item.get(name)
    return "" if local.startswith("0000") else moment(local)


def _later(updated: str, date: str) -> str:
    """*updated* where it is a later day than *date*."""
    return updated if updated[:10] > date[:10] else ""


def _order(item: Item) -> int | None:
    written = item.get("wp:menu_order")
    return int(written) if written.isdecimal() and len(written) < 7 and int(written) else None


def _terms(item: Item, domain: str) -> tuple[Term, ...]:
    found = (
        Term(plain(name), unquote(slug)) for kind, slug, name in item.terms if kind == domain and plain(name)
    )
    return tuple(dict.fromkeys(found))


def _one_term(item: Item, domain: str) -> str:
    """The slug of a term of which an item has one: its language, its group of translations."""
    return next((slug for kind, slug, _ in item.terms if kind == domain), "")


def _path(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return "" if parts.query else parts.path


def _addresses(item: Item, slug: str, address: str) -> tuple[str, ...]:
    """The path of an item, and those that it had under slugs of former times."""
    if not address:
        return ()
    former = [
        address.replace(f"/{slug}", f"/{old}") for old in item.meta.get("_wp_old_slug", ()) if slug and old
    ]
    return (address, *former)
