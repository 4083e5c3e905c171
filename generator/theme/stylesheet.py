"""Stylesheets from a chain's CSS files: checked, made small, their addresses fingerprinted."""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Mapping, Sequence

import msgspec

from generator.ground.errors import Problem, raise_errors
from generator.ground.text import did_you_mean

# Strings and addresses pass untouched; comments and runs of space are what is looked for.
_PIECE = re.compile(
    r"""(?P<kept>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|url\([^)"']*\))"""
    r"""|(?P<comment>/\*.*?\*/)|(?P<space>\s+)""",
    re.DOTALL,
)
_AROUND = re.compile(r" ?([{};,]) ?")
_AFTER_COLON = re.compile(r"(?<=[\w-]): ")
# What stands before a block, if it is no at-rule: there, and nowhere else, the space around combinators says nothing.
_SELECTOR = re.compile(r"(?<=[{}])[^{}@;]+(?=\{)")
_COMBINATOR = re.compile(r" ?([>~+]) ?")
_URL = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<path>[^)"']+)(?P=quote)\s*\)""")
_USED = re.compile(r"var\(\s*--(?P<name>[\w-]+)\s*(?P<end>[,)])")
_DECLARED = re.compile(r"--(?P<name>[\w-]+)\s*:")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class CssFile(msgspec.Struct, frozen=True):
    """A file of ``assets/css/``; *path* is ``css/20-layout.css``, *label* names it in errors."""

    path: str
    label: str
    text: str


def render_stylesheet(
    files: Sequence[CssFile], tokens_css: str, known: Mapping[str, object], urls: Mapping[str, str]
) -> str:
    """The text of the stylesheet that every page loads, without comments and needless space.

    *known* are the declared tokens; *urls* map logical asset names to output paths under ``assets/``.

    Raises:
        SiteErrors: a ``var()`` of an unknown token, or a ``url()`` of no asset of the theme.
    """
    order, rest = _split_layer_order(_checked(files, known, urls))
    return f"{order}@layer tokens{{{tokens_css}}}{minify(''.join(rest))}"


def render_sheet(files: Sequence[CssFile], known: Mapping[str, object], urls: Mapping[str, str]) -> str:
    """The text of a stylesheet that some pages load after the one of every page, whose layers and tokens it uses.

    Raises SiteErrors as :func:`render_stylesheet` does.
    """
    return minify("\n".join(_checked(files, known, urls)))


def _checked(files: Sequence[CssFile], known: Mapping[str, object], urls: Mapping[str, str]) -> list[str]:
    """The texts of *files* with the published addresses of assets; raises SiteErrors."""
    problems: list[Problem] = []
    declared = {*known, *(found["name"] for file in files for found in _DECLARED.finditer(file.text))}
    parts = []
    for file in files:
        bare = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), file.text)
        problems += _check_tokens(file, bare, declared)
        parts.append(_rewrite_urls(file, urls, problems))
    raise_errors(problems)
    return parts


@functools.lru_cache(maxsize=64)
def minify(css: str) -> str:
    """*css* without comments and needless white space; strings, addresses and ``calc()`` stay as they are.

    Results are remembered: a first build reads its theme twice, and a preview at every edit.
    rcssmin would turn ``.body :is(ul)`` into ``.body:is(ul)`` within ``@layer`` and ``@media``: docs/decisions/0020.
    """
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        if found["kept"]:
            kept.append(found["kept"])
            return f"\x00{len(kept) - 1}\x00"
        return " "

    text = _PIECE.sub(keep, css)
    text = re.sub(r" +", " ", text)
    text = _AROUND.sub(r"\1", text)
    text = _AFTER_COLON.sub(":", text).replace(";}", "}").strip()
    text = _SELECTOR.sub(lambda found: _COMBINATOR.sub(r"\1", found[0]), text)
    return re.sub(r"\x00(\d+)\x00", lambda found: kept[int(found[1])], text)


def _split_layer_order(parts: Sequence[str]) -> tuple[str, list[str]]:
    # The first statement that names the layers must stay before the tokens' layer, or the order changes.
    order = ""
    rest = []
    for part in parts:
        found = re.search(r"@layer\s+[\w\s,.-]+;", part) if not order else None
        if found:
            order = minify(found[0])
            part = part[: found.start()] + part[found.end() :]
        rest.append(part + "\n")
    return order, rest


def _check_tokens(file: CssFile, bare: str, declared: set[str]) -> list[Problem]:
    problems = []
    for found in _USED.finditer(bare):
        if found["end"] == ")" and found["name"] not in declared:
            problems.append(
                _problem(
                    file,
                    found.start("name"),
                    f"unknown token '{found['name']}'",
                    did_you_mean(found["name"], declared),
                )
            )
    return problems


def _rewrite_urls(file: CssFile, urls: Mapping[str, str], problems: list[Problem]) -> str:
    def rewrite(found: re.Match[str]) -> str:
        path = found["path"].strip()
        if path.startswith(("data:", "#")):
            return found[0]
        logical = posixpath.normpath(posixpath.join(posixpath.dirname(file.path), path))
        if logical not in urls:
            hint = (
                did_you_mean(logical, urls) or "write it relative to this file; other origins are not allowed"
            )
            problems.append(_problem(file, found.start("path"), f"no asset '{path}' in the theme", hint))
            return found[0]
        return f'url("{posixpath.relpath(urls[logical], "assets")}")'

    return _URL.sub(rewrite, file.text)


def _problem(file: CssFile, offset: int, message: str, hint: str) -> Problem:
    line = file.text.count("\n", 0, offset) + 1
    column = offset - (file.text.rfind("\n", 0, offset) + 1) + 1
    return Problem(message, line, column, hint, file.label, rule="theme")
