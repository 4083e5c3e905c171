"""Whether the address of a new article or condition belongs to another file: its own, its alias, a section, a page or a copied file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from generator.cli.asking import front_matter_of
from generator.content.config import Config
from generator.content.source_path import Naming, name_source
from generator.disk.content_tree import CONTENT_DIR
from generator.ground.errors import OutputError
from generator.ground.text import slugify
from generator.site.conditions import language_segment

_STATIC: Final = "static"


def refuse_taken(root: Path, config: Config, path: str) -> None:
    """Raises OutputError where *path*, a new article or condition that is not there yet, would lie at another file's address."""
    new = name_source(path, config)
    if not isinstance(new, Naming):
        return  # the build says what is wrong with the path
    hosts = _own_hosts(root, config)
    address = _own_address(new, {}, hosts, config)
    copied = root / _STATIC / address.strip("/") / "index.html"
    owners = _owners(root, config, hosts, new, address, path)
    owner = f"{_STATIC}{address}index.html" if copied.is_file() else next(owners, "")
    if owner:
        message = f"the address {address} belongs to {owner}; nothing was written"
        raise OutputError(message, path, hint="choose another name or --slug, or free the address there")


def _owners(
    root: Path, config: Config, hosts: frozenset[str], new: Naming, address: str, new_path: str
) -> Iterator[str]:
    """The files that lie at *address*, or have an alias there; only those are parsed that may."""
    wanted = address.strip("/").rpartition("/")[2].casefold()
    for file in sorted((root / CONTENT_DIR).rglob("*.md")):
        path = file.relative_to(root).as_posix()
        naming = name_source(path, config)
        if path == new_path or not isinstance(naming, Naming) or naming.kind == "person":
            continue
        if not _shares_host(naming, new, hosts):
            continue
        head = _head(file).casefold()
        if wanted not in path.casefold() and wanted not in head and "%" not in head:
            continue
        front_matter = front_matter_of(file)
        if _own_address(naming, front_matter, hosts, config).casefold() == address.casefold():
            yield path
        elif address.casefold() in _aliases(front_matter):
            yield f"{path}, as an alias"


def _head(file: Path) -> str:
    """The front matter, as far as `front_matter_of` reads it; empty where the file cannot be read."""
    try:
        with file.open(encoding="utf-8-sig", errors="replace") as opened:
            return opened.read(8192).partition("\n---")[0]
    except OSError:
        return ""


def _own_hosts(root: Path, config: Config) -> frozenset[str]:
    """The conditions that have hosts of their own."""
    found = set()
    for file in (root / CONTENT_DIR).glob("*/_index*.md"):
        naming = name_source(file.relative_to(root).as_posix(), config)
        if isinstance(naming, Naming) and front_matter_of(file).get("base_url"):
            found.add(naming.condition)
    return frozenset(found)


def _shares_host(one: Naming, other: Naming, hosts: frozenset[str]) -> bool:
    if one.kind == "page" or one.condition == other.condition:
        return True  # the site's pages stand on every host
    return one.condition not in hosts and other.condition not in hosts


def _own_address(
    naming: Naming, front_matter: dict[str, object], hosts: frozenset[str], config: Config
) -> str:
    if naming.kind == "hub":
        return _address(naming, "", hosts, config)
    if naming.kind == "section":
        return _address(naming, "/".join(map(slugify, naming.folder.split("/"))), hosts, config)
    name = naming.folder.rpartition("/")[2] if naming.name == "index" and naming.folder else naming.name
    return _address(naming, str(front_matter.get("slug") or slugify(name)), hosts, config)


def _address(naming: Naming, last: str, hosts: frozenset[str], config: Config) -> str:
    condition = "" if naming.kind == "page" or naming.condition in hosts else naming.condition
    parts = (condition, language_segment(naming.language, config), last)
    return "".join(f"/{part}" for part in parts if part) + "/"


def _aliases(front_matter: dict[str, object]) -> set[str]:
    written = front_matter.get("aliases")
    listed = written if isinstance(written, list) else [written] if written else []
    return {f"/{unquote(str(alias)).strip('/')}/".casefold() for alias in listed}
