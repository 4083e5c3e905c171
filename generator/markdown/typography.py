"""Typographic quotes by language, dashes and ellipses: markdown-it's typographer without its ``(c)``."""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore
from markdown_it.rules_core.smartquotes import process_inlines
from markdown_it.token import Token

MARKS = ("--", "..", "+-", ",,", "????", "!!!!")
_ELLIPSIS = re.compile(r"\.{2,}")
_EXCITED = re.compile(r"([?!]){4,}")
_COMMAS = re.compile(r",{2,}")
_DASHES = re.compile(r"-{2,}")
# Between two letters or digits only an apostrophe can stand; most quotes of a text are of this kind.
# The mark comes first in the pattern, since it is the rarest thing in it.
_APOSTROPHE = re.compile(r"'(?<=[^\W_]')(?=[^\W_])")

_NNBSP = "\u202f"
_ENGLISH = ("“", "”", "‘", "’")
_GUILLEMETS = ("«", "»", "“", "”")
_LOW_HIGH = ("„", "“", "‚", "‘")
_CJK = ("「", "」", "『", "』")
_QUOTES: dict[str, tuple[str, str, str, str]] = {
    "ar": _GUILLEMETS,
    "bg": ("„", "“", "’", "’"),
    "ca": _GUILLEMETS,
    "cs": _LOW_HIGH,
    "da": ("»", "«", "›", "‹"),
    "de": _LOW_HIGH,
    "de-ch": ("«", "»", "‹", "›"),
    "el": _GUILLEMETS,
    "es": _GUILLEMETS,
    "et": ("„", "“", "«", "»"),
    "eu": _GUILLEMETS,
    "fa": ("«", "»", "‹", "›"),
    "fi": ("”", "”", "’", "’"),
    "fr": (f"«{_NNBSP}", f"{_NNBSP}»", "“", "”"),
    "fr-ch": ("«", "»", "‹", "›"),
    "gl": _GUILLEMETS,
    "hr": ("„", "”", "‘", "’"),
    "hu": ("„", "”", "»", "«"),
    "is": _LOW_HIGH,
    "it": _GUILLEMETS,
    "ja": _CJK,
    "lt": _LOW_HIGH,
    "lv": ("«", "»", "„", "”"),
    "nb": ("«", "»", "‘", "’"),
    "nn": ("«", "»", "‘", "’"),
    "no": ("«", "»", "‘", "’"),
    "pl": ("„", "”", "«", "»"),
    "pt": _GUILLEMETS,
    "pt-br": _ENGLISH,
    "ro": ("„", "”", "«", "»"),
    "ru": ("«", "»", "„", "“"),
    "sk": _LOW_HIGH,
    "sl": _LOW_HIGH,
    "sr": ("„", "”", "’", "’"),
    "sv": ("”", "”", "’", "’"),
    "uk": ("«", "»", "„", "“"),
    "zh-hant": _CJK,
    "zh-hk": _CJK,
    "zh-tw": _CJK,
}


def quotes_of(language: str) -> tuple[str, str, str, str]:
    """Opening and closing double, then single quotes; English where nothing better is known."""
    code = language.replace("_", "-").lower()
    return _QUOTES.get(code) or _QUOTES.get(code.partition("-")[0]) or _ENGLISH


def dashes(state: StateCore) -> None:
    """Core rule: ``--`` and ``---`` between words, ``...`` and their kin, as markdown-it's ``replace_rare`` has them."""
    marks = [mark for mark in MARKS if mark in state.src]
    for token in state.tokens:
        if token.type != "inline" or not token.children:
            continue
        content = token.content
        for mark in marks:
            if mark in content:
                _replace(token.children)
                break


def _replace(tokens: list[Token]) -> None:
    in_address = False
    for token in tokens:
        if token.type == "text" and not in_address:
            token.content = dashed(token.content)
        elif token.info == "auto":
            in_address = token.type == "link_open"


def dashed(text: str) -> str:
    """*text* with dashes, ellipses and shortened rows of marks: the replacements of ``replace_rare``, in its order.

    Each is looked for by its own mark alone, which is found fifty times as fast as a pattern that begins with any
    character.
    """
    if not any(mark in text for mark in MARKS):
        return text
    text = text.replace("+-", "±")
    if ".." in text:
        text = _ELLIPSIS.sub("…", text)
    text = text.replace("?…", "?..").replace("!…", "!..")
    if "?" in text or "!" in text:
        text = _EXCITED.sub(r"\1\1\1", text)
    if ",," in text:
        text = _COMMAS.sub(",", text)
    if "--" in text:
        text = _DASHES.sub(_dash, text)
    return text


def _dash(found: re.Match[str]) -> str:
    """Two hyphens between blanks or between words, and three anywhere, are a dash; all others stay as they are."""
    hyphens, text = found.group(), found.string
    if len(hyphens) == 3:
        return "—"
    if len(hyphens) != 2:
        return hyphens
    start, end = found.span()
    before, after = text[start - 1 : start] if start else "\n", text[end : end + 1] or "\n"
    # The edge of a line counts as a blank and as a word.
    alike = before == "\n" or after == "\n" or before.isspace() == after.isspace()
    return "–" if alike else hyphens


def quotes(state: StateCore) -> None:
    """Core rule: straight quotes and apostrophes become those of the language."""
    for token in state.tokens:
        if token.type != "inline" or not token.children:
            continue
        content = token.content
        if "'" not in content and '"' not in content:
            continue
        left = False
        for child in token.children:
            if child.type == "text":
                if "'" in child.content:
                    child.content = _APOSTROPHE.sub("’", child.content)
                left = left or "'" in child.content or '"' in child.content
        if left:
            process_inlines(token.children, state)
