"""What links say and carry: texts that lead nowhere by themselves, parameters that follow readers about."""

from __future__ import annotations

import re
from collections.abc import Iterator

LINK_TEXTS, TRACKING, AFFILIATES, RETRACTIONS = "link_texts", "tracking", "sponsors", "retractions"
# The bracket stands first: a search finds it at once.
_LINK = re.compile(r"\[(?<!!\[)([^\[\]\n]{0,60})\]\((<[^>\n]*>|[^\s()]*)")
# WCAG 2.2, 2.4.4 and failure F84: texts that say nothing without what stands around them.
_VAGUE = frozenset(
    """
    here|click here|click|this|this link|this page|link|read more|more|learn more|more info|more information|details|see here
    |aquí|haz clic aquí|haga clic aquí|clic aquí|pincha aquí|pulse aquí|este enlace|enlace|esta página|leer más|más|más información
    |saber más|ver más
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
# What Firefox, Brave and Safari take out of addresses, and campaign parameters.
_TRACKING = re.compile(
    r"[?&;](utm_[a-z]+|fbclid|gclid|gclsrc|dclid|msclkid|mc_cid|mc_eid|igshid|twclid|ttclid|li_fat_id|yclid|_openstat|oly_anon_id"
    r"|oly_enc_id|vero_id|__s|rb_clickid|s_cid|wickedid|mkt_tok|_hsenc|_hsmi|hsctatracking|__hssc|__hstc|__hsfp)=",
    re.IGNORECASE,
)
_AFFILIATE = re.compile(
    r"amazon\.[a-z.]+/[^\s)]*[?&]tag=|[?&](?:aff(?:iliate)?(?:_?id)?|awinaffid|afftrack)=", re.IGNORECASE
)


# At the resolver or at a publisher; a slash may be encoded.
_DOI = re.compile(r"https?://[^\s<>\"\]]{1,200}?[/=]10\.\d{4,9}(?:/|%2f)[^\s<>\"\]]+", re.IGNORECASE)


def link_hits(text: str) -> Iterator[tuple[str, str, int, str]]:
    """Rule, words (parameter, DOI), offset and no key for each link at fault in a text whose code is masked."""
    if "](" in text:
        for match in _LINK.finditer(text):
            words = " ".join(match[1].split()).strip("*_ .…→»>").lower()
            if words in _VAGUE or words.startswith(("http://", "https://", "www.")):
                yield LINK_TEXTS, " ".join(match[1].split()), match.start(), ""
    if "=" in text:
        for match in _TRACKING.finditer(text):
            yield TRACKING, match[1], match.start(1), ""
        for match in _AFFILIATE.finditer(text):
            yield AFFILIATES, "an affiliate link", match.start(), ""
    if "/10." in text or "=10." in text:
        for match in _DOI.finditer(text):
            yield RETRACTIONS, _without_end(match[0]), match.start(), ""


def _without_end(address: str) -> str:
    """An address without what ends the sentence or the link around it."""
    while address[-1] in ".,;:!?*_'" or (address[-1] == ")" and address.count(")") > address.count("(")):
        address = address[:-1]
    return address


def tracking_in(address: str) -> str:
    """The first parameter of an address that follows readers; empty where there is none."""
    match = _TRACKING.search(address)
    return match[1] if match else ""
