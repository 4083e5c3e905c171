"""Reads theme folders as one Theme: templates, strings, stylesheets, fingerprinted assets."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import msgspec

from generator.ground.conflicts import refuse_conflicts
from generator.ground.errors import ThemeError, raise_errors
from generator.ground.text import digest
from generator.theme.blocks import lost_blocks
from generator.theme.colour import format_hex
from generator.theme.inheritance import ThemeFolder, files_below, read_chain, read_text
from generator.theme.language import directions, read_strings
from generator.theme.replaced import find_replacements
from generator.theme.scripts import bare_script
from generator.theme.scripts_html import ELEMENTS, render_spoken
from generator.theme.stylesheet import CssFile, render_sheet, render_stylesheet
from generator.theme.templates import named_pages, read_templates
from generator.theme.tokens import (
    ACCENT_TOKENS,
    Tokens,
    check_contrast,
    merge_tokens,
    render_accents,
    render_tokens,
)
from generator.theme.types import AssetFile, Theme

_ELEMENT_SUFFIXES = frozenset({".js", ".mjs", ".css", ".svg", ".wasm"})
_EVERY_PAGE = "site.css"
_RELATIVE_IMPORT = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(?\s*)["']\.{1,2}/""")


def read_theme(
    name: str,
    search_path: Sequence[Path],
    accents: Mapping[str, str],
    elements_dir: Path | None,
    bytecode_dir: Path | None = None,
) -> Theme:
    """Read theme *name* and its parents from the first folders of *search_path* that have them.

    *accents* are the conditions' colours by id; *elements_dir* holds ES modules, which are published without comments;
    *bytecode_dir* keeps compiled templates between runs.

    Raises:
        ThemeError, SiteErrors: an error in the theme, with file, line and column.
    """
    chain = read_chain(name, search_path)
    templates, template_paths = read_templates(chain)
    raise_errors(lost_blocks(templates, template_paths))
    strings, lacking = read_strings(chain)
    tokens = merge_tokens(chain)
    coloured = render_accents(chain, tokens, accents)
    scripts_html = render_spoken(templates, template_paths, strings, bytecode_dir)
    replacements = find_replacements(chain)
    assets = _make_assets(chain, render_tokens(tokens) + coloured.css, tokens, scripts_html)
    elements = dict(_read_elements(elements_dir, scripts_html.get(ELEMENTS, {})))
    return Theme(
        name=name,
        templates=templates,
        template_paths=template_paths,
        strings=strings,
        directions=directions(strings),
        files=tuple(sorted([*assets.files, *elements.values()], key=lambda file: file.output_path)),
        urls=assets.urls | {logical: file.output_path for logical, file in elements.items()},
        digest=_digest(templates, strings),
        warnings=(*coloured.warnings, *check_contrast(chain, tokens), *lacking, *replacements.changed),
        unmarked=replacements.unmarked,
        colours={
            name: format_hex(colour)
            for name in tokens.values
            if (colour := tokens.colour(name, "light")) is not None
        },
        accents=coloured.light,
        pages=named_pages(templates, template_paths),
    )


class _Assets(NamedTuple):
    """Files to publish, and their output paths by logical name."""

    files: list[AssetFile]
    urls: dict[str, str]


def _make_assets(
    chain: Sequence[ThemeFolder],
    tokens_css: str,
    tokens: Tokens,
    scripts_html: Mapping[str, Mapping[str, str]],
) -> _Assets:
    """The files under ``assets/`` with fingerprints in their names, stylesheets joined: those right in ``css/`` to one
    for all pages, those in a folder there to one for the pages that name it."""
    owners = _asset_owners(chain)
    files, urls = _fingerprint_files(owners, scripts_html)
    sheets: dict[str, list[CssFile]] = {_EVERY_PAGE: []}
    for path, folder in owners.items():
        if _is_css(path):
            sheets.setdefault(_sheet_of(path), []).append(_read_sheet(folder, path))
    known = dict.fromkeys([*tokens.values, *ACCENT_TOKENS])
    site = render_stylesheet(sheets.pop(_EVERY_PAGE), tokens_css, known, urls)
    rendered = {_EVERY_PAGE: site, **{name: render_sheet(own, known, urls) for name, own in sheets.items()}}
    published = {
        name: _fingerprinted(f"assets/{PurePosixPath(name).name}", css.encode())
        for name, css in rendered.items()
    }
    return _Assets(
        [*files, *published.values()], urls | {name: file.output_path for name, file in published.items()}
    )


def _sheet_of(path: str) -> str:
    """The stylesheet that ``css/20-base.css`` or ``css/charts/10-bars.css`` belongs to."""
    folder, _, rest = path.removeprefix("css/").partition("/")
    return f"css/{folder}.css" if rest else _EVERY_PAGE


def _read_sheet(folder: ThemeFolder, path: str) -> CssFile:
    label = f"{folder.label}/assets/{path}"
    return CssFile(path, label, read_text(folder.path / "assets" / path, label))


def _asset_owners(chain: Sequence[ThemeFolder]) -> dict[str, ThemeFolder]:
    """The folder that each asset is read from, by path; a child's asset replaces its parent's."""
    # A dict keeps the position of a replaced key, so that a child's stylesheet comes where its parent's came.
    owners: dict[str, ThemeFolder] = {}
    for folder in chain:
        for path in files_below(folder.path / "assets"):
            owners[path] = folder
    return owners


def _fingerprint_files(
    owners: Mapping[str, ThemeFolder], scripts_html: Mapping[str, Mapping[str, str]]
) -> _Assets:
    files: list[AssetFile] = []
    urls: dict[str, str] = {}
    scripts: dict[str, list[bytes]] = {}
    for path, folder in sorted(owners.items()):
        if _is_css(path):
            continue
        content = _read_bytes(folder, path)
        if path.startswith("js/"):
            # The files of a folder are one script, joined in the order of their names.
            name = path.removeprefix("js/").partition("/")[0].removesuffix(".js")
            scripts.setdefault(name, []).append(_script(content, f"{folder.label}/assets/{path}"))
        else:
            files.append(_fingerprinted(f"assets/{path}", content))
            urls[path] = files[-1].output_path
    for name, parts in scripts.items():
        files += _with_html(name, b"\n".join(parts), scripts_html.get(name, {}))
        urls[f"js/{name}.js"] = files[-1].output_path
    return _Assets(files, urls)


def _with_html(name: str, script: bytes, html: Mapping[str, str]) -> list[AssetFile]:
    """A script, last, and before it its HTML in each language, as modules with the same fingerprint in their names.

    These are modules, because a page's content security policy may forbid scripts to fetch anything else.
    """
    modules = {language: f"export default {json.dumps(text)}".encode() for language, text in html.items()}
    mark = _hash8(b"".join([script, *modules.values()]))
    return [
        *(
            AssetFile(f"assets/{name}.{mark}.{language}.js", content=content)
            for language, content in modules.items()
        ),
        AssetFile(f"assets/{name}.{mark}.js", content=script),
    ]


def _script(content: bytes, label: str) -> bytes:
    text = content.decode("utf-8", "replace").replace("\r\n", "\n")
    refuse_conflicts(text, label, ThemeError)
    found = _RELATIVE_IMPORT.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise ThemeError(
            "a theme's script cannot import other scripts",
            label,
            line,
            1,
            "their names are fingerprinted; use one file",
        )
    return bare_script(text).encode()


def _read_elements(folder: Path | None, html: Mapping[str, str]) -> list[tuple[str, AssetFile]]:
    """The elements' files by logical name, and their HTML in each language, in one folder with a fingerprint.

    Modules import one another by name, so the folder has the fingerprint and not each file.
    """
    if folder is None or not folder.is_dir():
        return []
    paths = [
        path
        for path in files_below(folder)
        if PurePosixPath(path).suffix in _ELEMENT_SUFFIXES and not path.endswith((".test.js", ".test.mjs"))
    ]
    words = {f"words.{language}.txt": text.encode() for language, text in html.items()}
    contents = {path: _published(folder / path) for path in paths} | words
    mark = _hash8(b"".join(msgspec.msgpack.encode((path, contents[path])) for path in sorted(contents)))
    home = f"assets/elements.{mark}"
    return [
        (f"elements/{path}", AssetFile(f"{home}/{path}", content=content))
        for path, content in contents.items()
    ]


def _published(path: Path) -> bytes:
    content = path.read_bytes()
    return bare_script(content.decode()).encode() if path.suffix in (".js", ".mjs") else content


def _read_bytes(folder: ThemeFolder, path: str) -> bytes:
    try:
        return (folder.path / "assets" / path).read_bytes()
    except OSError as error:
        raise ThemeError(f"cannot be read: {error.strerror}", f"{folder.label}/assets/{path}") from None


def _fingerprinted(path: str, content: bytes) -> AssetFile:
    pure = PurePosixPath(path)
    return AssetFile(str(pure.with_name(f"{pure.stem}.{_hash8(content)}{pure.suffix}")), content=content)


def _hash8(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=4).hexdigest()


def _is_css(path: str) -> bool:
    return path.startswith("css/") and path.endswith(".css")


def _digest(templates: Mapping[str, str], strings: Mapping[str, Mapping[str, str]]) -> str:
    encoder = msgspec.msgpack.Encoder(order="deterministic")
    return digest(encoder.encode(templates), encoder.encode(strings))
