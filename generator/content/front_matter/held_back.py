"""Keys by which other generators hold a page back, and which nobody reads here: the page would be published."""

from __future__ import annotations

import difflib
import re

_LOUD = frozenset({"published", "publish", "public", "visible", "ispublished"})
_QUIET = frozenset(
    {"private", "hidden", "unpublished", "isdraft", "draft", "unlisted", "headless", "ishidden", "isprivate"}
)
_STATES = frozenset(
    {
        "status",
        "poststatus",
        "publishstatus",
        "publicationstatus",
        "state",
        "workflowstate",
        "visibility",
        "access",
    }
)
_SECRETS = frozenset({"password", "postpassword", "embargo", "embargodate", "embargoeduntil", "embargountil"})
_ENDS = frozenset(
    {"expirydate", "unpublishdate", "unpublishon", "unpublishat", "expiresat", "expireson", "expirationdate"}
)
_STARTS = frozenset(
    {"publishdate", "publishon", "publishat", "scheduled", "scheduledfor", "scheduledat", "scheduledon"}
)
_BUILDS = frozenset({"build"})
_NOT_PUBLIC = frozenset(
    [
        "draft",
        "autodraft",
        "pending",
        "future",
        "private",
        "unpublished",
        "hidden",
        "protected",
        "password",
        "passwordprotected",
        "members",
        "membersonly",
        "paid",
        "restricted",
        "internal",
        "trash",
        "deleted",
        "withdrawn",
        "embargoed",
        "review",
        "inreview",
        "needsreview",
        "wip",
    ]
)
_SLIPS = (
    "draft",
    "private",
    "hidden",
    "unpublished",
    "unlisted",
    "published",
)  # what a slip of the keys may have meant
_LIKE = 0.8  # of `difflib`: one letter missing, one too many, or two in each other's place
_NO = frozenset({"false", "no", "off", "n", "0", "never", "none"})
_YES = frozenset({"true", "yes", "on", "y", "1"})
_SIGNS = re.compile(r"[\W_]+")
# No clock is asked here, since what is read is kept: a day before this year is past, any other may be to come.
_TO_COME = "2026"
_YEAR = re.compile(r"\d{4}(?!\d)")

REMEDY = (
    "write `draft: true` to hold it back, `date: 2026-03-14` to publish it on that day, `expires: 2026-03-14` to end it, `noindex: true` to keep it from search engines "
    "alone; or remove it"
)


def holds_back(key: str, value: object) -> bool:
    """Whether *key* with *value* keeps a page from readers elsewhere: ``published: false``, ``status: draft``.

    *key* is one that no field of ours has; letter case and signs between words do not matter. A day of 2026 or later
    under a key such as ``publishDate`` may be to come, and is taken for one.
    """
    name = _SIGNS.sub("", key).lower()
    if name in _BUILDS and isinstance(value, dict):
        return _plain(value.get("render")) in _NO - {"none"}
    if value is None or value == "" or isinstance(value, (dict, list)):
        return False
    if name in _LOUD:
        return _plain(value) in _NO
    if name in _QUIET:
        return _plain(value) not in _NO
    if name in _STATES:
        return _SIGNS.sub("", _plain(value)) in _NOT_PUBLIC
    if name in _STARTS:
        year = _YEAR.match(_plain(value))
        return year is not None and year[0] >= _TO_COME
    return name in _ENDS or (name in _SECRETS and _plain(value) not in _NO)


def looks_like_it(key: str, value: object) -> bool:
    """Whether *key* is a slip for one that holds a page back (``drfat: true``): like it as a whole, where ``drafted_by`` begins
    like it, and with a value of its kind."""
    near = difflib.get_close_matches(_SIGNS.sub("", key).lower(), _SLIPS, n=1, cutoff=_LIKE)
    return bool(near) and _plain(value) in (_NO if near[0] == "published" else _YES)


def may_hold_back(key: str) -> bool:
    """Whether there is a value with which *key* keeps a page from readers elsewhere."""
    return _SIGNS.sub("", key).lower() in _LOUD | _QUIET | _STATES | _SECRETS | _STARTS | _ENDS | _BUILDS


def _plain(value: object) -> str:
    return str(value).strip().lower()
