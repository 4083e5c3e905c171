"""Owns accounts elsewhere by which a person can be found: `@name`, a name after the network's, an address of a profile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from widgets.rules.personal_data.place import Place, before

_NETWORKS: Final = (
    r"instagram|insta|ig|facebook|fb|twitter|tiktok|tik tok|snapchat|snap|telegram|whatsapp|discord|kik|signal|"
    r"skype|reddit|linkedin|youtube|threads|mastodon|bluesky|bsky|wechat|twitch|strava"
)
_NETWORK: Final = re.compile(rf"\b(?:{_NETWORKS})", re.IGNORECASE)
_NAME: Final = r"[\w][\w.\-]{2,30}(?:#\d{4})?"
# `@name` that is no part of an address.
_AT: Final = re.compile(
    r"(?<![\w.@/+-])@(?=[\w.]{0,30}[A-Za-z])[\w][\w.]{2,30}(?:@[\w-]{1,40}(?:\.[\w-]{1,20}){1,3})?"
)
_NAMED: Final = re.compile(
    rf"\b(?:my|mi|our|nuestro|add me|find me|follow me|me on|me in|sigueme|b[uú]scame|soy|i am|im|i’m|i'm)\b[^.\n\d]{{0,20}}?"
    rf"\b(?:{_NETWORKS})\b(?: (?:is|es|handle|user|usuario|name|id|account|cuenta)){{0,3}} ?[:=]? ?@?({_NAME})",
    re.IGNORECASE,
)
_COLON: Final = re.compile(
    rf"\b(?:{_NETWORKS})(?: (?:id|user|usuario|handle))? ?[:=] ?@?({_NAME})", re.IGNORECASE
)
_AS: Final = re.compile(rf"\b({_NAME}) (?:on|en) (?:{_NETWORKS})\b", re.IGNORECASE)
_PROFILE: Final = re.compile(
    r"\b(?:instagram\.com|facebook\.com|fb\.com|twitter\.com|x\.com|tiktok\.com|t\.me|wa\.me|snapchat\.com|discord\.gg|"
    r"linkedin\.com/in|reddit\.com/u(?:ser)?|youtube\.com)/@?([\w.\-]{2,40})",
    re.IGNORECASE,
)
_CALLED: Final = re.compile(
    r"\b(?:i am|im|i'm|i’m|my name is|find me as|soy|me llamo|estoy como)\b", re.IGNORECASE
)
# What stands where a name would and is none.
_WORDS: Final = frozenset(
    (
        *(
            "account",
            "page",
            "group",
            "too",
            "and",
            "but",
            "for",
            "the",
            "here",
            "instead",
            "please",
            "posts",
            "post",
        ),
        *(
            "live",
            "stories",
            "story",
            "feed",
            "app",
            "says",
            "has",
            "was",
            "about",
            "where",
            "there",
            "community",
            "reels",
        ),
        *(
            "cuenta",
            "grupo",
            "pagina",
            "para",
            "pero",
            "que",
            "las",
            "los",
            "una",
            "donde",
            "app",
            "message",
            "marketplace",
        ),
    )
)
# Members are addressed with `@name` too: only what leads elsewhere is an account.
_LEADS: Final = re.compile(
    rf"\b(?:{_NETWORKS}|find me|add me|follow me|message me|dm me|write to me|contact me|reach me|i am|i'm|im|my|soy|b[uú]scame|"
    r"escr[ií]beme|a[nñ][aá]deme|agr[eé]game|s[ií]gueme|mi|me llamo)\b",
    re.IGNORECASE,
)
_ELSEWHERE: Final = re.compile(rf"\s{{1,3}}(?:on|in|en|at) (?:{_NETWORKS})\b", re.IGNORECASE)


def handles(text: str) -> Iterator[Place]:
    for match in _AT.finditer(text) if "@" in text else ():
        if _LEADS.search(before(text, match.start(), 30)) or _ELSEWHERE.match(text, match.end()):
            yield Place("handle", *match.span())
    if _NETWORK.search(text):
        yield from _named(text)
    for match in _PROFILE.finditer(text) if "/" in text else ():
        yield Place("handle", *match.span())


def _named(text: str) -> Iterator[Place]:
    for pattern in (_NAMED, _COLON):
        for match in pattern.finditer(text):
            if _is_name(match[1]):
                yield Place("handle", *match.span(1))
    for match in _AS.finditer(text):
        if _is_name(match[1]) and _CALLED.search(before(text, match.start(), 20)):
            yield Place("handle", *match.span(1))


def _is_name(word: str) -> bool:
    return word.casefold().strip(".-") not in _WORDS
