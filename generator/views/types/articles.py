"""The page of one article."""

from __future__ import annotations

from generator.ground.model import Struct
from generator.views.types.pages import Page
from generator.views.types.parts import Card, Date, Event, Image, Link, PersonRef, Said
from generator.views.types.reports import Report
from generator.views.types.threads import Thread


class TocEntry(Struct):
    """A heading of the body; *level* is 2 or 3."""

    text: str
    anchor: str
    level: int


class Reference(Struct):
    """A numbered note or source at the article's end; ``ref-{number}`` is its anchor.

    *note* ≥ 0 points into ``notes`` (a footnote's HTML) and the other fields are empty.
    *mentions* are the anchors in the body that cite it, none for further reading. *retracted* says what happened to a
    source that is no longer to be leaned on. *source* is what is shown of *journal* and *publisher*.
    """

    number: int
    mentions: tuple[str, ...] = ()
    note: int = -1
    title: str = ""
    authors: str = ""
    source: str = ""
    year: str = ""
    url: str = ""
    doi: str = ""
    pmid: str = ""
    retracted: str = ""
    journal: str = ""
    publisher: str = ""


class Correction(Struct):
    """What was corrected on a day."""

    date: Date
    what: str


class UnderReviewPage(Page, tag="under-review"):
    """What stands at an article's address while it waits for a review that the site demands: nothing of its text."""

    condition: Link | None = None


class ArticlePage(Page, tag="article"):
    """An article of any type (``basics``, ``story``, ``event`` …).

    *surveys_url* leads to the condition's surveys while one is taken.
    *review_missing* says that nobody reviewed a page that needs it, *changed_since_review* that the review is of an
    earlier text, *review_holds* that it is of this text and recent enough: only then it is claimed to machines.
    *because* is what members said that the page answers, *answer* the page that answers this one.
    *review_sample* says that the reviewer is one of a demonstration.
    """

    type: str = "article"
    summary: str = ""
    condition: Link | None = None
    authors: tuple[PersonRef, ...] = ()
    reviewer: PersonRef | None = None
    published: Date | None = None
    changed: Date | None = None
    last_reviewed: Date | None = None
    next_review: Date | None = None
    review_overdue: bool = False
    review_missing: bool = False
    changed_since_review: bool = False
    review_holds: bool = False
    review_sample: bool = False
    corrections: tuple[Correction, ...] = ()
    because: tuple[Said, ...] = ()
    answer: Link | None = None
    newer_original: Link | None = None
    references: tuple[Reference, ...] = ()
    content_notes: tuple[str, ...] = ()
    sponsor: str = ""
    image: Image | None = None
    topics: tuple[Link, ...] = ()
    stages: tuple[str, ...] = ()
    also_in: tuple[Link, ...] = ()
    minutes: int = 0
    toc: tuple[TocEntry, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    related: tuple[Card, ...] = ()
    event: Event | None = None
    thread: Thread | None = None
    surveys_url: str = ""
    report: Report | None = None
