"""``/trust/``: what the build can prove of the site, and who stands behind it."""

from __future__ import annotations

from generator.ground.model import Struct
from generator.views.types.pages import Page
from generator.views.types.parts import Date, Link, PersonRef


class TrustScript(Struct):
    """A script that pages can load: its file's *name* and its size in bytes."""

    name: str
    size: int


class Moderated(Struct):
    """How comments are published: *policy* is ``pre``, ``first`` or ``post``, *quiet* are hours in which all wait.

    *label* is the condition's name where the page is about several.
    """

    policy: str
    label: str = ""
    quiet: str = ""


class Sponsor(Struct):
    """Who pays for *pages* pages."""

    name: str
    pages: int


class TrustPage(Page, tag="trust"):
    """What the build proves of a site or of one condition, and who answers for it; every number is counted by the build.

    *origins* are other hosts that a page may ask, *cookies* scripts that can set one, *storing* scripts that store on
    reading: none in the bundled theme. *scripts* are all that pages can load. *pages* state facts; the review of *reviewed* of them holds. *sources* is the
    median number of references of a page, *unsourced* are pages without any. *answers* says how long most questions
    wait (``day``, ``two-days``, ``week``, ``longer``), empty where too few were asked. *moderation* is empty where nobody
    can write. *statement* is the accessibility statement, checked on the day *statement_checked*. *parts* lead to the
    same page of each condition.
    """

    origins: tuple[str, ...] = ()
    cookies: tuple[str, ...] = ()
    storing: tuple[str, ...] = ()
    scripts: tuple[TrustScript, ...] = ()
    pages: int = 0
    reviewed: int = 0
    percent: int = 0
    reviewers: tuple[PersonRef, ...] = ()
    oldest: Date | None = None
    sources: int = 0
    unsourced: int = 0
    moderation: tuple[Moderated, ...] = ()
    answers: str = ""
    answers_since: Date | None = None
    answers_until: Date | None = None
    funding: str = ""
    sponsors: tuple[Sponsor, ...] = ()
    statement: Link | None = None
    statement_checked: Date | None = None
    parts: tuple[Link, ...] = ()
    data_url: str = ""
