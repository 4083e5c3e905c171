"""Addresses that writers may choose: the segments that are reserved, and aliases."""

from __future__ import annotations

import re
from urllib.parse import unquote

from generator.ground.text import unfit
from generator.schema.convert import Invalid

RESERVED_SLUGS = frozenset(
    (
        *(
            "topics",
            "page",
            "people",
            "api",
            "desk",
            "you",
            "assets",
            "search",
            "archive",
            "polls",
            "glossary",
        ),
        *("surveys", "stories", "questions", "trust", "help", "news", "admin", "insights"),
    )
)
"""Segments of addresses that pages of the site's own have, or will have."""

_OF_PROGRAMS = frozenset({"api", "desk", "assets"})  # nothing of these is a page of ours
# What Netlify's and Cloudflare's _redirects read as a pattern: an asterisk, a placeholder after a slash, braces.
_PATTERN = re.compile(r"[*{}]|(?:^|/):")
# WordPress's short addresses, which have a number and no path of their own. The path is that of the whole old site.
_NUMBERED = re.compile(r"/?((?:[\w.~-]+/)*)\?((?:p|page_id)=[1-9][0-9]{0,11})", re.ASCII)


def query_of(alias: str) -> str:
    """The query of an alias like ``/?p=123``; empty for one that is a path."""
    return alias.partition("?")[2]


def paths_of(aliases: tuple[str, ...]) -> tuple[str, ...]:
    """Those of *aliases* at which a page can lie."""
    return tuple(alias for alias in aliases if not query_of(alias))


def checked_aliases(paths: tuple[str, ...]) -> tuple[str, ...]:
    """Old addresses, decoded, each once; raises Invalid with the index of each that cannot be an alias."""
    found: dict[str, None] = {}
    wrong: list[Invalid] = []
    for index, written in enumerate(paths):
        try:
            found[_alias(written)] = None
        except Invalid as error:
            wrong.append(Invalid(str(error), error.hint, index))
    if wrong:
        wrong[0].others = wrong[1:]
        raise wrong[0]
    return tuple(found)


def _alias(written: str) -> str:
    # Old addresses are copied from browsers, percent-encoded; servers look files up by the decoded name.
    path = _decoded(written)
    if (numbered := _NUMBERED.fullmatch(path)) and not {".", ".."} & {*numbered[1].split("/")}:
        return f"/{numbered[1]}?{numbered[2]}"
    parts = path.strip("/").split("/")
    hint = "write an old address of this site: /old/place/"
    if (
        any(part in (".", "..") for part in parts)
        or unfit(path) >= 0
        or re.search(r"[\r\n\t\\?#]", path)
        or "//" in path
        or not path.strip("/")
    ):
        raise Invalid(f"'{path}' cannot be an alias", hint)
    if _PATTERN.search(path):
        message = f"'{path}' is a pattern, and would take other addresses away"
        raise Invalid(message, f"{hint}, one line for each")
    if parts[0] in RESERVED_SLUGS and (len(parts) == 1 or parts[0] in _OF_PROGRAMS):
        raise Invalid(f"'/{parts[0]}/' is kept for the site itself", hint)
    longest = max(len(part.encode()) for part in parts)
    if longest > 200:
        message = f"an alias is too long for a file name ({longest} bytes between slashes)"
        raise Invalid(message, "use at most 200 bytes")
    return path


def _decoded(path: str) -> str:
    try:
        return unquote(path, errors="strict")
    except UnicodeDecodeError:
        raise Invalid(f"'{path}' cannot be an alias", "its percent escapes are not UTF-8") from None
