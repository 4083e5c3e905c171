"""All that a template may see: one frozen type per page kind, and the parts that they are made of.

A template gets ``page`` (one of the ``…Page`` types), ``chrome`` (what all pages of one root, condition and language
share), ``body`` and ``notes`` (the article's HTML with its slots filled) and ``t`` (the theme's strings in the page's
language). Nothing else: no clock, no site, no globals. Every URL here is ready to be written into an attribute; every
``…_html`` field is HTML; everything else is plain text that the template escapes.

The code imports this package as ``shapes``: ``types`` is a module of the standard library, and ``Poll``, ``Card`` and
others have namesakes in other rooms.
"""

from __future__ import annotations

from generator.views.types.articles import ArticlePage, Correction, Reference, TocEntry, UnderReviewPage
from generator.views.types.bodies import (
    BodyRef,
    Captions,
    CrisisLine,
    CrisisValue,
    FiguresValue,
    ImageValue,
    MediaValue,
    PollValue,
    ResultsValue,
    SlotValue,
    StringValue,
    TermView,
    UrlValue,
    VoiceFormValue,
    VoiceFormView,
)
from generator.views.types.chrome import Assets, Chrome, OrganisationView
from generator.views.types.feeds import AtomFeed, Feed, FeedContent, FeedEntry, JsonFeed
from generator.views.types.figures import Bar, Figure, FigureGroup
from generator.views.types.files import File, Sitemap, SitemapEntry
from generator.views.types.glossary import GlossaryEntry, GlossaryPage
from generator.views.types.hubs import Change, ConditionCard, Conversation, HubPage, PortfolioPage, Section
from generator.views.types.listings import IndexPage, ListingPage, PollsPage
from generator.views.types.pages import Page
from generator.views.types.parts import (
    Card,
    ConditionRef,
    Date,
    Event,
    Image,
    ImageSource,
    Link,
    Pager,
    PersonRef,
    Said,
)
from generator.views.types.people import PeoplePage, PersonCard, PersonPage
from generator.views.types.polls import Poll, PollChoice
from generator.views.types.reports import Finding, Method, Report, ReportSection
from generator.views.types.search import FilterOption, SearchPage
from generator.views.types.small_pages import NotFoundPage, PolicyPage, RedirectPage, YouPage
from generator.views.types.surveys import (
    SurveyCondition,
    SurveyOption,
    SurveyPage,
    SurveyQuestion,
    SurveyRef,
    SurveySection,
    SurveysPage,
)
from generator.views.types.threads import Comment, Reaction, Thread
from generator.views.types.trust import Moderated, Sponsor, TrustPage, TrustScript
from generator.views.types.voices import VoicePage, VoiceRef

AnyPage = (
    ArticlePage
    | UnderReviewPage
    | HubPage
    | PortfolioPage
    | ListingPage
    | IndexPage
    | PersonPage
    | PeoplePage
    | PolicyPage
    | PollsPage
    | SurveyPage
    | SurveysPage
    | VoicePage
    | GlossaryPage
    | TrustPage
    | SearchPage
    | NotFoundPage
    | YouPage
    | RedirectPage
)
# Pages are rendered by templates, the others by generator.outputs.render.
AnyView = AnyPage | AtomFeed | JsonFeed | Sitemap | File

__all__ = [
    "AnyPage",
    "AnyView",
    "ArticlePage",
    "Assets",
    "AtomFeed",
    "Bar",
    "BodyRef",
    "Captions",
    "Card",
    "Change",
    "Chrome",
    "Comment",
    "ConditionCard",
    "ConditionRef",
    "Conversation",
    "Correction",
    "CrisisLine",
    "CrisisValue",
    "Date",
    "Event",
    "Feed",
    "FeedContent",
    "FeedEntry",
    "Figure",
    "FigureGroup",
    "FiguresValue",
    "File",
    "FilterOption",
    "Finding",
    "GlossaryEntry",
    "GlossaryPage",
    "HubPage",
    "Image",
    "ImageSource",
    "ImageValue",
    "IndexPage",
    "JsonFeed",
    "Link",
    "ListingPage",
    "MediaValue",
    "Method",
    "Moderated",
    "NotFoundPage",
    "OrganisationView",
    "Page",
    "Pager",
    "PeoplePage",
    "PersonCard",
    "PersonPage",
    "PersonRef",
    "PolicyPage",
    "Poll",
    "PollChoice",
    "PollValue",
    "PollsPage",
    "PortfolioPage",
    "Reaction",
    "RedirectPage",
    "Reference",
    "Report",
    "ReportSection",
    "ResultsValue",
    "Said",
    "SearchPage",
    "Section",
    "Sitemap",
    "SitemapEntry",
    "SlotValue",
    "Sponsor",
    "StringValue",
    "SurveyCondition",
    "SurveyOption",
    "SurveyPage",
    "SurveyQuestion",
    "SurveyRef",
    "SurveySection",
    "SurveysPage",
    "TermView",
    "Thread",
    "TocEntry",
    "TrustPage",
    "TrustScript",
    "UnderReviewPage",
    "UrlValue",
    "VoiceFormValue",
    "VoiceFormView",
    "VoicePage",
    "VoiceRef",
    "YouPage",
]
