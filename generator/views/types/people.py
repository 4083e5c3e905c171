"""The page of one person, and the page of all people."""

from __future__ import annotations

from generator.ground.model import Struct
from generator.views.types.pages import Page
from generator.views.types.parts import Card, Link, Pager, PersonRef


class PersonPage(Page, tag="person"):
    """A person's profile, what they wrote and what they reviewed."""

    person: PersonRef | None = None
    since: str = ""
    disclosures: str = ""
    conditions: tuple[Link, ...] = ()
    items: tuple[Card, ...] = ()
    reviewed: tuple[Card, ...] = ()
    pager: Pager | None = None


class PersonCard(Struct):
    """A person on the people page."""

    person: PersonRef
    summary: str = ""
    conditions: tuple[Link, ...] = ()


class PeoplePage(Page, tag="people"):
    """Everybody with a profile, grouped by role (a key of the strings)."""

    groups: tuple[tuple[str, tuple[PersonCard, ...]], ...] = ()
