"""Listings of articles, and the pages that list topics, years or polls."""

from __future__ import annotations

from generator.views.types.pages import Page
from generator.views.types.parts import Card, Link, Pager
from generator.views.types.polls import Poll
from generator.views.types.voices import VoiceRef


class ListingPage(Page, tag="listing"):
    """One page of a listing of articles; *kind* is ``topic``, ``section``, ``year``, ``condition`` or ``person``.
    *voices* are what members told or asked, in the lists of stories and questions."""

    kind: str = "topic"
    subject: str = ""
    items: tuple[Card, ...] = ()
    pager: Pager | None = None
    siblings: tuple[Link, ...] = ()
    voices: tuple[VoiceRef, ...] = ()


class IndexPage(Page, tag="index"):
    """A–Z of *kind* ``topics``, or the ``archive``'s years; *groups* are (initial or year, links)."""

    kind: str = "topics"
    groups: tuple[tuple[str, tuple[Link, ...]], ...] = ()


class PollsPage(Page, tag="polls"):
    """The poll archive of a condition, newest article first."""

    polls: tuple[Poll, ...] = ()
