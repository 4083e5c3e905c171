"""The hub of a condition, and the portfolio above all conditions."""

from __future__ import annotations

from generator.ground.model import Struct
from generator.views.types.bodies import CrisisLine
from generator.views.types.pages import Page
from generator.views.types.parts import Card, ConditionRef, Date, Link, Pager, PersonRef, Said
from generator.views.types.polls import Poll
from generator.views.types.reports import Finding
from generator.views.types.surveys import SurveyRef
from generator.views.types.voices import VoiceRef


class Section(Struct):
    """Articles of one *type* (key of the strings ``section.<type>``); *more_url* leads on where they are not all shown."""

    type: str
    cards: tuple[Card, ...]
    more_url: str = ""


class Conversation(Struct):
    """A comment that the hub shows, in about three lines of *text*; *url* leads to it, *article* is its page."""

    article: Link
    url: str
    name: str
    text: str
    date: Date
    role: str = ""


class Change(Struct):
    """A page that answers members: what they *said*, and the page."""

    said: tuple[Said, ...]
    page: Link


class HubPage(Page, tag="hub"):
    """A condition's home page; what the newly diagnosed need comes first. *surveys* are those that are taken now.

    *trust_url* leads to what the build proves of this condition. *voices* are the newest stories and questions of members that
    may be shared; *voice_lists* lead to all of them and to their forms, each with a key of the theme's words as its label.
    """

    synonyms: tuple[str, ...] = ()
    start_here: tuple[Card, ...] = ()
    sections: tuple[Section, ...] = ()
    stories: tuple[Card, ...] = ()
    upcoming: tuple[Card, ...] = ()
    people: tuple[PersonRef, ...] = ()
    poll: Poll | None = None
    conversations: tuple[Conversation, ...] = ()
    topics: tuple[Link, ...] = ()
    latest: tuple[Card, ...] = ()
    pager: Pager | None = None
    crisis: tuple[CrisisLine, ...] = ()
    editor: PersonRef | None = None
    archive_url: str = ""
    polls_url: str = ""
    surveys: tuple[SurveyRef, ...] = ()
    surveys_url: str = ""
    findings: tuple[Finding, ...] = ()
    trust_url: str = ""
    changes: tuple[Change, ...] = ()
    voices: tuple[VoiceRef, ...] = ()
    voice_lists: tuple[Link, ...] = ()


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
    findings: tuple[Finding, ...] = ()
    trust_url: str = ""
