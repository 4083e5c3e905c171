"""Pages with few fields of their own: policies, 404, ``/you/``, redirects."""

from __future__ import annotations

from generator.views.types.pages import Page
from generator.views.types.parts import ConditionRef, Date, Link


class PolicyPage(Page, tag="policy"):
    """A page of ``_pages/``: about, policies, rules. On the day *checked* somebody compared it with the site."""

    changed: Date | None = None
    checked: Date | None = None
    siblings: tuple[Link, ...] = ()


class NotFoundPage(Page, tag="not-found"):
    """404, with links to the conditions.

    *others* say the same in other languages, for hosts that know one such page only; each leads to that language's home.
    """

    conditions: tuple[ConditionRef, ...] = ()
    others: tuple[Link, ...] = ()


class YouPage(Page, tag="you"):
    """``/you/``: what this device wrote; empty without the elements' script."""


class RedirectPage(Page, tag="redirect"):
    """An address that moved; *target* is its new permalink."""

    target: str = ""
