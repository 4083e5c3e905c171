"""All that a template may see: one frozen type per page kind, and the parts that they are made of.

A template gets ``page`` (one of the ``…Page`` types below), ``chrome`` (what all pages of one condition and
language share), ``body`` and ``notes`` (the article's HTML with its slots filled) and ``t`` (the theme's strings
in the page's language). Nothing else: no clock, no site, no globals. Every URL here is ready to be written into
an attribute; every ``…_html`` field is HTML; everything else is plain text that the template escapes.
"""

from __future__ import annotations

from generator.model import Struct


class Link(Struct):
    """A label with somewhere to go; *current* marks the page one is on or in."""

    label: str
    url: str
    current: bool = False
    language: str = ""
    count: int = 0


class Date(Struct):
    """A day: *iso* for machines (``2026-03-14``, or with time and zone), *text* in the page's language."""

    iso: str
    text: str


class ImageSource(Struct):
    """One ``<source>`` of a ``<picture>``: MIME type and a ``srcset`` value."""

    type: str
    srcset: str


class Image(Struct):
    """An image whose size is known, so that nothing jumps; *width* and *height* in CSS pixels, 0 if unknown."""

    src: str
    alt: str = ""
    width: int = 0
    height: int = 0
    sources: tuple[ImageSource, ...] = ()
    sizes: str = ""


class PersonRef(Struct):
    """Somebody who wrote or reviewed; *role* is a key of the strings (``role.advocate``), *url* may be empty."""

    id: str
    name: str
    url: str = ""
    role: str = ""
    credential: str = ""
    photo: Image | None = None
    initials: str = ""


class Event(Struct):
    """When and where; *over* once the end has passed; *calendar_url* is the ``.ics`` file."""

    start: Date
    end: Date | None = None
    place: str = ""
    online_url: str = ""
    organiser: str = ""
    calendar_url: str = ""
    over: bool = False


class Card(Struct):
    """An article as a list shows it; *type* is a key of the strings (``type.story``)."""

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


class Pager(Struct):
    """Where a page of a listing stands: *number* counts from the oldest, 0 is the newest; nobody counts them all."""

    number: int
    newer_url: str = ""
    older_url: str = ""


class Section(Struct):
    """A part of a hub: articles of one *type* (key of the strings ``section.<type>``) and where all of them are."""

    type: str
    cards: tuple[Card, ...]
    more_url: str = ""


class TocEntry(Struct):
    """A heading of the body; *level* is 2 or 3."""

    text: str
    anchor: str
    level: int


class Reference(Struct):
    """A numbered note or source at the article's end; ``ref-{number}`` is its anchor.

    *note* ≥ 0 points into ``notes`` (a footnote's HTML) and the other fields are empty.
    *mentions* are the anchors in the body that cite it, none for further reading.
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


class PollChoice(Struct):
    """One answer with its count and share in whole percent; both are -1 where no tally may be shown."""

    key: str
    html: str
    label: str
    count: int = -1
    percent: int = -1


class Poll(Struct):
    """A poll as a form; *action* is empty where no function is deployed, then only the question shows.

    *total* is -1 without a tally. *as_of* is the moment of the baked tally. *results* is
    ``always``, ``after-vote`` or ``on-close``. *anchor* is the form's id in the page, *article* the page it lies in.
    """

    id: str
    anchor: str
    question_html: str
    choices: tuple[PollChoice, ...]
    action: str = ""
    multiple: bool = False
    minimum: int = 1
    maximum: int = 1
    version: int = 1
    closes: Date | None = None
    closed: bool = False
    results: str = "always"
    sensitive: bool = False
    total: int = -1
    as_of: Date | None = None
    article: Link | None = None


class CrisisLine(Struct):
    """Somewhere to call or write now; *checked* is None where nobody has checked it yet.

    *region* is the country's name in the page's language, empty for lines that serve everywhere.
    """

    name: str
    number: str = ""
    url: str = ""
    hours: str = ""
    note: str = ""
    checked: Date | None = None
    region: str = ""


class TermView(Struct, tag="term"):
    """A glossary term in running text: *label_html* as written, *plain* its meaning in plain words."""

    id: str
    label_html: str
    term: str
    plain: str
    url: str
    popover: str


class UrlValue(Struct, tag="url"):
    """Fills a link's ``href``."""

    url: str


class ImageValue(Struct, tag="image"):
    """Fills an image slot; *attributes* are the writer's, already allowed."""

    image: Image
    title: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    lazy: bool = True


class PollValue(Struct, tag="poll"):
    """Fills a poll's slot with its form."""

    poll: Poll


class ResultsValue(Struct, tag="results"):
    """Fills a slot with a poll's results."""

    poll: Poll


class CrisisValue(Struct, tag="crisis"):
    """Fills a slot with crisis lines."""

    lines: tuple[CrisisLine, ...]


class StringValue(Struct, tag="string"):
    """Fills a slot with the theme's string of that key."""

    key: str


SlotValue = UrlValue | ImageValue | PollValue | ResultsValue | TermView | CrisisValue | StringValue


class BodyRef(Struct):
    """Which body to show, and what fills its slots, in order."""

    digest: str
    slots: tuple[SlotValue, ...] = ()


class Comment(Struct):
    """A published comment as the snapshot has it; *html* is clean, *text* plain, *replies* one level deep.

    *reacted* counts the first of the page's reactions, which is the one that its comments have. *profile* is
    the page of a member of staff, where the site has one.
    """

    id: str
    name: str
    html: str
    text: str
    date: Date
    role: str = ""
    edited: bool = False
    note_html: str = ""
    replies: tuple[Comment, ...] = ()
    reacted: int = 0
    profile: str = ""


class Reaction(Struct):
    """*key* is a key of the strings (``reaction.me-too``); *count* is -1 without a snapshot."""

    key: str
    count: int = -1


class Thread(Struct):
    """Comments and reactions of one page; *comments* is ``open``, ``closed`` or ``off``.

    *actions* are the endpoints of the forms: ``comments`` and ``reactions``, empty without a function. *people_url* is
    where profiles lie by id, for answers of staff that come after the build.
    """

    id: str
    comments: str
    reactions: tuple[Reaction, ...] = ()
    comments_action: str = ""
    reactions_action: str = ""
    count: int = -1
    baked: tuple[Comment, ...] = ()
    people_url: str = ""


class Assets(Struct):
    """Fingerprinted URLs of what every page may load from its own origin."""

    css: str
    scheme_script: str = ""
    loader_script: str = ""
    comfort_script: str = ""
    search_script: str = ""
    icon: str = ""
    others: tuple[tuple[str, str], ...] = ()


class ConditionRef(Struct):
    """A condition in the page's language; *accent* names the CSS class ``accent-<id>``."""

    id: str
    title: str
    short_title: str
    url: str
    accent: str = ""


class Chrome(Struct):
    """What all pages of one root, condition and language share; it counts nothing and names no article.

    *places* are the parts of the condition (or of the portfolio) that its menu names: a label there is a key
    of the strings (``section.basics``, ``title.topics``). *navigation* are the conditions.
    """

    site_title: str
    home_url: str
    language: str
    direction: str
    assets: Assets
    condition: ConditionRef | None = None
    places: tuple[Link, ...] = ()
    navigation: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()
    search_url: str = ""
    feeds: tuple[Link, ...] = ()
    notice: str = ""
    endpoint: str = ""
    generator: str = ""


class Page(Struct, tag_field="page"):
    """Common to every page kind.

    *template* is the template's file name; *head_title* stands in ``<title>``, *title* in the ``<h1>``;
    *canonical* is absolute; *alternates* are the translations (hreflang), the page itself among them;
    *csp* is the content of the policy's ``<meta>``; *json_ld* is ready to stand in a script element;
    *chrome_id* names the shared part. *updated* is the page's last change, for the sitemap.
    """

    template: str
    output_path: str
    url: str
    permalink: str
    canonical: str
    language: str
    chrome_id: str
    title: str
    head_title: str
    description: str = ""
    noindex: bool = False
    alternates: tuple[Link, ...] = ()
    feeds: tuple[Link, ...] = ()
    breadcrumbs: tuple[Link, ...] = ()
    og_type: str = "website"
    og_image: str = ""
    json_ld: str = ""
    csp: str = ""
    updated: str = ""
    edit_url: str = ""
    body: BodyRef | None = None
    status: str = ""


class ArticlePage(Page, tag="article"):
    """An article of any type (``basics``, ``story``, ``event`` …)."""

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


class HubPage(Page, tag="hub"):
    """A condition's home, for the newly diagnosed first."""

    synonyms: tuple[str, ...] = ()
    start_here: tuple[Card, ...] = ()
    sections: tuple[Section, ...] = ()
    stories: tuple[Card, ...] = ()
    upcoming: tuple[Card, ...] = ()
    people: tuple[PersonRef, ...] = ()
    poll: Poll | None = None
    topics: tuple[Link, ...] = ()
    latest: tuple[Card, ...] = ()
    pager: Pager | None = None
    crisis: tuple[CrisisLine, ...] = ()
    editor: PersonRef | None = None
    archive_url: str = ""
    polls_url: str = ""


class ConditionCard(Struct):
    """A condition on the portfolio."""

    condition: ConditionRef
    description: str = ""
    synonyms: tuple[str, ...] = ()
    start_here: tuple[Card, ...] = ()


class PortfolioPage(Page, tag="portfolio"):
    """The page above all conditions."""

    conditions: tuple[ConditionCard, ...] = ()
    latest: tuple[Card, ...] = ()
    stories: tuple[Card, ...] = ()
    upcoming: tuple[Card, ...] = ()


class ListingPage(Page, tag="listing"):
    """A page of pages; *kind* is ``topic``, ``section``, ``year``, ``condition`` or ``person``."""

    kind: str = "topic"
    subject: str = ""
    items: tuple[Card, ...] = ()
    pager: Pager | None = None
    siblings: tuple[Link, ...] = ()


class IndexPage(Page, tag="index"):
    """A–Z of *kind* ``topics``, or the ``archive``'s years; *groups* are (initial or year, links)."""

    kind: str = "topics"
    groups: tuple[tuple[str, tuple[Link, ...]], ...] = ()


class PersonPage(Page, tag="person"):
    """Somebody's profile and what they wrote."""

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


class PolicyPage(Page, tag="policy"):
    """A page of ``_pages/``: about, policies, rules."""

    changed: Date | None = None
    siblings: tuple[Link, ...] = ()


class PollsPage(Page, tag="polls"):
    """The poll archive of a condition, newest article first."""

    polls: tuple[Poll, ...] = ()


class GlossaryEntry(Struct):
    """A term in plain words; its anchor is the *id*."""

    id: str
    term: str
    plain: str
    also: tuple[str, ...] = ()


class GlossaryPage(Page, tag="glossary"):
    """The glossary A–Z: *groups* are (initial, entries)."""

    groups: tuple[tuple[str, tuple[GlossaryEntry, ...]], ...] = ()


class SearchPage(Page, tag="search"):
    """Search; without JavaScript its topics A–Z lead on. *index_url* is empty where no index was built.

    *types* are keys of the strings (``type.story``); *conditions* and *topics* are labels, as the index has them.
    """

    index_url: str = ""
    groups: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    types: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


class NotFoundPage(Page, tag="not-found"):
    """404: says so kindly and leads to the conditions."""

    conditions: tuple[ConditionRef, ...] = ()


class YouPage(Page, tag="you"):
    """``/you/``: what this device wrote; empty without the elements' script."""


class RedirectPage(Page, tag="redirect"):
    """An address that moved; *target* is its new permalink."""

    target: str = ""


class FeedEntry(Struct):
    """An article in a feed; *published* and *changed* are RFC 3339, *changed* never empty."""

    id: str
    title: str
    url: str
    summary: str
    published: str
    changed: str
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


class Feed(Struct):
    """What an Atom or a JSON feed says; all URLs absolute."""

    output_path: str
    title: str
    description: str
    language: str
    page_url: str
    feed_url: str
    changed: str
    entries: tuple[FeedEntry, ...]
    icon: str = ""
    generator: str = ""


class AtomFeed(Feed, tag="atom", tag_field="page"):
    """``feed.atom``: RFC 4287."""


class JsonFeed(Feed, tag="json-feed", tag_field="page"):
    """``feed.json``: JSON Feed 1.1."""


class SitemapEntry(Struct):
    """A page in the sitemap; *alternates* are its translations, as (language, permalink)."""

    permalink: str
    updated: str = ""
    alternates: tuple[tuple[str, str], ...] = ()


class Sitemap(Struct, tag="sitemap", tag_field="page"):
    """At most 50,000 pages."""

    output_path: str
    entries: tuple[SitemapEntry, ...]


class File(Struct, tag="file", tag_field="page"):
    """An output whose text is known already: robots.txt, ``_headers``, the manifest."""

    output_path: str
    content: bytes


AnyPage = (
    ArticlePage
    | HubPage
    | PortfolioPage
    | ListingPage
    | IndexPage
    | PersonPage
    | PeoplePage
    | PolicyPage
    | PollsPage
    | GlossaryPage
    | SearchPage
    | NotFoundPage
    | YouPage
    | RedirectPage
)
AnyView = AnyPage | AtomFeed | JsonFeed | Sitemap | File
