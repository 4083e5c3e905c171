"""From theme folders to one :class:`Theme`: templates, strings, one stylesheet, fingerprinted assets."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from generator.errors import ThemeError
from generator.text import digest
from generator.theme.chain import ThemeFolder, read_chain, read_text
from generator.theme.colour import format_hex
from generator.theme.language import directions, read_strings
from generator.theme.scripts import bare_script
from generator.theme.spoken import ELEMENTS, render_spoken
from generator.theme.stylesheet import CssFile, render_stylesheet
from generator.theme.tokens import ACCENT_TOKENS, check_contrast, merge_tokens, render_accents, render_tokens
from generator.theme.words import AssetFile, Theme

_ELEMENT_SUFFIXES = frozenset({".js", ".mjs", ".css", ".svg", ".wasm"})
_RELATIVE_IMPORT = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(?\s*)["']\.{1,2}/""")


def read_theme(
    name: str,
    search_path: Sequence[Path],
    accents: Mapping[str, str],
    elements_dir: Path | None,
    bytecode_dir: Path | None = None,
) -> Theme:
    """Read theme *name* and its parents from the folders of *search_path*, the first that has it winning.

    *accents* are the conditions' colours by id; *elements_dir* holds ES modules, published without comments;
    *bytecode_dir* keeps compiled templates between runs.

    Raises:
        ThemeError, SiteErrors: with file, line and column; nothing half-read is returned.
    """
    chain = read_chain(name, search_path)
    templates, template_paths = _read_templates(chain)
    strings = read_strings(chain)
    tokens = merge_tokens(chain)
    coloured = render_accents(chain, tokens, accents)
    assets = _merge_assets(chain)
    spoken = render_spoken(templates, template_paths, strings, bytecode_dir)
    files, urls = _fingerprint_files(assets, spoken)
    sheets = [_read_sheet(folder, path) for path, folder in assets.items() if _is_css(path)]
    known = dict.fromkeys([*tokens.values, *ACCENT_TOKENS])
    css = render_stylesheet(sheets, render_tokens(tokens) + coloured.css, known, urls)
    files.append(_fingerprinted("assets/site.css", css.encode()))
    urls["site.css"] = files[-1].output_path
    for logical, file in _read_elements(elements_dir, spoken.get(ELEMENTS, {})):
        files.append(file)
        urls[logical] = file.output_path
    return Theme(
        name=name,
        templates=templates,
        template_paths=template_paths,
        strings=strings,
        directions=directions(strings),
        files=tuple(sorted(files, key=lambda file: file.output_path)),
        urls=urls,
        digest=_digest(templates, strings),
        warnings=(*coloured.warnings, *check_contrast(chain, tokens)),
        colours={
            name: format_hex(colour)
            for name in tokens.values
            if (colour := tokens.colour(name, "light")) is not None
        },
        accents=coloured.light,
    )


def _read_templates(chain: Sequence[ThemeFolder]) -> tuple[dict[str, str], dict[str, str]]:
    texts: dict[str, str] = {}
    paths: dict[str, str] = {}
    for folder in chain:
        for path in _files_below(folder.path / "templates"):
            label = f"{folder.label}/templates/{path}"
            texts[path] = read_text(folder.path / "templates" / path, label)
            paths[path] = label
    if not texts:
        raise ThemeError(
            "the theme has no templates", f"{chain[-1].label}/templates", hint="add 'extends: commons'"
        )
    return texts, paths


def _read_sheet(folder: ThemeFolder, path: str) -> CssFile:
    label = f"{folder.label}/assets/{path}"
    return CssFile(path, label, read_text(folder.path / "assets" / path, label))


def _merge_assets(chain: Sequence[ThemeFolder]) -> dict[str, ThemeFolder]:
    # A dict keeps a key's first place: an overriding stylesheet stands where its parent's stood.
    owners: dict[str, ThemeFolder] = {}
    for folder in chain:
        for path in _files_below(folder.path / "assets"):
            owners[path] = folder
    return owners


def _fingerprint_files(
    assets: Mapping[str, ThemeFolder], spoken: Mapping[str, Mapping[str, str]]
) -> tuple[list[AssetFile], dict[str, str]]:
    files: list[AssetFile] = []
    urls: dict[str, str] = {}
    for path, folder in sorted(assets.items()):
        if _is_css(path):
            continue
        content = _read_bytes(folder, path)
        if path.startswith("js/"):
            script = _script(content, f"{folder.label}/assets/{path}")
            name = path.removeprefix("js/").removesuffix(".js")
            files += _with_spoken(name, script, spoken.get(name, {}))
        else:
            files.append(_fingerprinted(f"assets/{path}", content))
        urls[path] = files[-1].output_path
    return files, urls


def _with_spoken(name: str, script: bytes, spoken: Mapping[str, str]) -> list[AssetFile]:
    """A script, last, and its markup in each language as modules under the same fingerprint.

    Modules, because a page's policy may forbid it to fetch anything else.
    """
    said = {language: f"export default {json.dumps(html)}".encode() for language, html in spoken.items()}
    mark = _hash8(b"".join([script, *said.values()]))
    return [
        *(
            AssetFile(f"assets/{name}.{mark}.{language}.js", content=content)
            for language, content in said.items()
        ),
        AssetFile(f"assets/{name}.{mark}.js", content=script),
    ]


def _script(content: bytes, label: str) -> bytes:
    text = content.decode("utf-8", "replace").replace("\r\n", "\n")
    found = _RELATIVE_IMPORT.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise ThemeError(
            "a theme's script cannot import its neighbours",
            label,
            line,
            1,
            "their names are fingerprinted; use one file",
        )
    return bare_script(text).encode()


def _read_elements(folder: Path | None, spoken: Mapping[str, str]) -> list[tuple[str, AssetFile]]:
    # The words that the elements say lie beside them, below the same fingerprint: modules find them by name.
    if folder is None or not folder.is_dir():
        return []
    paths = [
        path
        for path in _files_below(folder)
        if PurePosixPath(path).suffix in _ELEMENT_SUFFIXES and not path.endswith((".test.js", ".test.mjs"))
    ]
    words = {f"words.{language}.txt": html.encode() for language, html in spoken.items()}
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


def _files_below(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(
        p.as_posix()
        for p in paths
        if not any(part.startswith((".", "_")) or part.endswith("~") for part in p.parts)
    )


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
