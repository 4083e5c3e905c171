"""Small parts that many views share: links, dates, images, people, events, cards, conditions."""

from __future__ import annotations

from generator.content.front_matter.extra import Extra
from generator.ground.model import Struct


class Link(Struct):
    """A link and its label; *current* marks the page that is shown, *language* is the target's, ``""`` for the page's own."""

    label: str
    url: str
    current: bool = False
    language: str = ""
    count: int = 0


class Said(Struct):
    """What members said: *kind* is ``poll``, ``survey``, ``page``, ``story``, ``question``, or one of the last two with
    ``-simulated``; *link* leads to where they said it, without a label where its writer does not share the title."""

    kind: str
    link: Link


class Date(Struct):
    """A day: *iso* for machines (``2026-03-14``, or with time and zone), *text* in the page's language."""

    iso: str
    text: str


class ImageSource(Struct):
    """One ``<source>`` of a ``<picture>``: MIME type and a ``srcset`` value."""

    type: str
    srcset: str


class Image(Struct):
    """An image; *width* and *height* are in CSS pixels, 0 if unknown.

    They reserve its space, so that the page does not shift while it loads.
    """

    src: str
    alt: str = ""
    width: int = 0
    height: int = 0
    sources: tuple[ImageSource, ...] = ()
    sizes: str = ""


class PersonRef(Struct):
    """A person in a byline; *role* is a key of the strings (``role.advocate``), *url* is empty without a profile."""

    id: str
    name: str
    url: str = ""
    role: str = ""
    credential: str = ""
    photo: Image | None = None
    initials: str = ""


class Event(Struct):
    """When and where an event is; *over* once its end has passed; *calendar_url* is the ``.ics`` file."""

    start: Date
    end: Date | None = None
    place: str = ""
    online_url: str = ""
    organiser: str = ""
    calendar_url: str = ""
    over: bool = False


class Card(Struct):
    """An article as a list shows it; *type* is a key of the strings (``type.story``), *extra* as in pages."""

    title: str
    url: str
    type: str
    summary: str = ""
    date: Date | None = None
    language: str = ""
    authors: tuple[PersonRef, ...] = ()
    condition: Link | None = None
    image: Image | None = None
    minutes: int = 0
    event: Event | None = None
    status: str = ""
    extra: Extra = Extra()


class Pager(Struct):
    """Links between the pages of a listing; *number* counts from the oldest, 0 is the first page with the newest items.

    There is no total: a new article would change it on every page.
    """

    number: int
    newer_url: str = ""
    older_url: str = ""


class ConditionRef(Struct):
    """A condition in the page's language; *accent* names the CSS class ``accent-<id>``."""

    id: str
    title: str
    short_title: str
    url: str
    accent: str = ""
