"""Texts of others made fit for files of ours: no control characters, no e-mail addresses, no entities in titles."""

from __future__ import annotations

import html
import re
import unicodedata

from generator.schema.convert import Invalid
from generator.schema.dates import canonical_moment

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_C1 = re.compile("[\x80-\x9f]")
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_CRITIC = re.compile(r"\{(?=>>|\+\+|--|~~|==)|<(?=!--)")
# Letters of scripts that part words by spaces, and signs that nobody sees: of Chinese the words before an address would go too.
_OF_NAME = r"[0-9A-Za-z_\u00ad\u00c0-\u052f\u200b\u2060-]"
EMAIL = re.compile(
    rf"(?:mailto:)?(?:{_OF_NAME}|[.+]){{1,64}}(?:@|\uff20|\ufe6b|%40|&#0*64;|&#x0*40;){_OF_NAME}{{1,63}}"
    rf"(?:\.{_OF_NAME}{{1,63}}){{0,5}}\.[A-Za-z\u00ad\u00c0-\u052f\u200b]{{2,24}}",
    re.IGNORECASE,
)
_MARKS_OF_EMAIL = ("@", "\uff20", "\ufe6b", "%40", "64;", "40;")


def fit(text: str) -> str:
    """*text* without characters that HTML or XML forbid; those of Windows-1252 that were read as Latin-1 are mended."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return without_controls(text)


def without_controls(text: str) -> str:
    """:func:`fit` for a part of a text: line ends, which two parts may share, stay."""
    text = _UNFIT.sub("", text)
    return _C1.sub(lambda found: bytes([ord(found[0])]).decode("cp1252", "ignore"), text)


def with_closed_tags(markup: str) -> str:
    """HTML in which each `<` that nothing ends is text, as browsers at last show it. A parser looks for the end of the text anew at
    each of them: some 100 KB of a damaged text would take minutes."""
    comments = markup.rfind("-->") + 1
    markup = markup[:comments] + markup[comments:].replace("<!--", "&lt;!--")
    tags = markup.rfind(">") + 1
    return markup[:tags] + markup[tags:].replace("<", "&lt;")


def without_emails(text: str) -> str:
    return EMAIL.sub("…", text) if holds_email(text) else text


def holds_email(text: str) -> bool:
    return any(mark in text for mark in _MARKS_OF_EMAIL) and EMAIL.search(text) is not None


def plain(text: str) -> str:
    """*text* on one line, without tags, entities, notes among writers and e-mail addresses: for titles and names."""
    text = fit(html.unescape(_TAG.sub("", text))).replace("\u00ad", "")
    return " ".join(_CRITIC.sub("", without_emails(text)).split())


def person_name(text: str) -> str:
    """A name as readers saw it; empty where it is an address, or holds no letter."""
    name = plain(re.sub(r"\s*[<(][^<>()]*@[^<>()]*[>)]", "", fit(text)))
    usable = "…" not in name and any(character.isalpha() for character in name)
    return unicodedata.normalize("NFC", name)[:100].strip() if usable else ""


def moment(text: str) -> str:
    """A date in canonical form; empty where *text* is none."""
    try:
        return canonical_moment(text.strip())
    except Invalid:
        return ""
