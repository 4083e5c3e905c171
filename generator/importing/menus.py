"""The old site's main menu: read from what each format keeps of it, and written as lines of gatherwell.yaml."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from generator.content.config import CONFIG_NAME
from generator.disk.content_tree import CONTENT_DIR
from generator.disk.replacing import replace_file
from generator.importing.clean import plain
from generator.importing.entries import MenuEntry, Origin, host_of
from generator.importing.linking import short_of
from generator.importing.placing import Placed
from generator.importing.sources.wxr import Item

_MAIN: Final = re.compile(r"main|primary|header|top|principal", re.IGNORECASE)
_MOST: Final = 30


def wordpress_menu(items: list[Item]) -> tuple[MenuEntry, ...]:
    """Of several menus the one that is called like a main one, else the first."""
    menus: dict[str, list[Item]] = {}
    for item in items:
        name = next((slug for kind, slug, _ in item.terms if kind == "nav_menu"), "")
        menus.setdefault(name, []).append(item)
    chosen = next(
        (menu for name, menu in menus.items() if _MAIN.search(name)), next(iter(menus.values()), [])
    )
    ordered = sorted(
        chosen,
        key=lambda item: int(item.get("wp:menu_order") or 0) if item.get("wp:menu_order").isdecimal() else 0,
    )
    found = [MenuEntry(plain(item.get("title")), _wordpress_address(item)) for item in ordered]
    return tuple(found)[:_MOST]


def _wordpress_address(item: Item) -> str:
    def meta(name: str) -> str:
        return next(iter(item.meta.get(f"_menu_item_{name}", ())), "")

    if meta("type") == "post_type":
        return f"?p={meta('object_id')}"
    return meta("url") if meta("type") == "custom" else ""


def hugo_menu(
    settings: Mapping[str, Any], of_pages: Sequence[Mapping[str, Any]], page: Callable[[str], str]
) -> tuple[MenuEntry, ...]:
    """The menu `main` of Hugo's settings, and what pages say of their own place in it; *page* finds the file of a path."""
    menus = settings.get("menus") or settings.get("menu") or {}
    listed = menus.get("main") if isinstance(menus, dict) else None
    entries = [one for one in listed or () if isinstance(one, dict)]

    def weight(entry: Mapping[str, Any]) -> int:
        written = entry.get("weight")
        return written if isinstance(written, int) else 0

    lowered = [
        *({str(key).lower(): value for key, value in one.items()} for one in entries),
        *of_pages,
    ]
    found = (
        MenuEntry(
            plain(str(one.get("name") or "")), str(one.get("url") or page(str(one.get("pageref") or "")))
        )
        for one in sorted(lowered, key=weight)
    )
    return tuple(entry for entry in found if entry.label or entry.address)[:_MOST]


def menu_of_page(written: Any, title: str, file: str) -> list[Mapping[str, Any]]:
    """What the front matter of a page of Hugo says of its place in the menu `main`: a name, a list, or a block."""
    if isinstance(written, dict):
        given = written.get("main", written.get("Main"))
    else:
        given = {} if "main" in (written if isinstance(written, list) else [written]) else None
    if given is None:
        return []
    values = {str(key).lower(): value for key, value in given.items()} if isinstance(given, dict) else {}
    return [{"name": values.get("name") or title, "weight": values.get("weight"), "url": f"file:{file}"}]


def menu_lines(
    entries: tuple[MenuEntry, ...],
    placed: Mapping[str, Placed],
    hosts: frozenset[str],
    note: Callable[[str, Origin, str], None],
) -> tuple[str, ...]:
    """*entries* as lines of ``menu:``; places of the old site that are no page here are left out and noted."""
    lines: dict[str, None] = {}
    for entry in entries:
        target = _target(entry.address, placed, hosts)
        if target and not (target.startswith("url") and not entry.label):
            label = f", label: {json.dumps(entry.label, ensure_ascii=False)}" if entry.label else ""
            lines[f"  - {{{target}{label}}}"] = None
        else:
            name = f"'{entry.label}' in it" if entry.label else "a place in it"
            note("lost", Origin("menu"), f"{name} leads to no page here")
    return ("menu:", *lines) if lines else ()


def _target(address: str, placed: Mapping[str, Placed], hosts: frozenset[str]) -> str:
    if not address:
        return ""
    parts = urlsplit(address)
    path = unquote(parts.path).strip("/")
    named = placed.get(address)  # by its file
    found = named or placed.get(f"{path}{short_of(parts.query)}") or placed.get(path)
    if found is not None:
        return f"page: {found.path.removeprefix(CONTENT_DIR + '/')}"
    host = host_of(address)
    outside = (
        address.startswith(("http://", "https://")) and host and host not in hosts and "@" not in address
    )
    return f"url: {json.dumps(address)}" if outside else ""


def write_menu(root: Path, lines: tuple[str, ...]) -> bool:
    """Begin gatherwell.yaml with *lines* where there is none; whether that was done."""
    file = root / CONFIG_NAME
    if not lines or file.exists():
        return False
    replace_file(file, "\n".join((*lines, "")).encode())
    return True
