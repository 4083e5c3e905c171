"""Typographic quotes by language, dashes and ellipses: markdown-it's typographer without its ``(c)``."""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore
from markdown_it.rules_core.replacements import replace_rare
from markdown_it.rules_core.smartquotes import process_inlines

MARKS = ("--", "..", "+-", ",,", "????", "!!!!")
_MARK = re.compile("|".join(map(re.escape, MARKS)))
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
    """Core rule: ``--`` and ``---`` between words, ``...`` and their kin."""
    for token in state.tokens:
        if token.type == "inline" and token.children and _MARK.search(token.content):
            replace_rare(token.children)


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
