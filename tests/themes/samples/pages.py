"""One page of every other kind, and all of them by name."""

from __future__ import annotations

from generator.ground.model import Body
from generator.views import types as shapes
from generator.views.types import Card, Date, Link
from tests.themes.samples.articles import STORY_HTML, article, article_body, event, plain_body, story
from tests.themes.samples.parts import (
    ADVOCATE,
    BASICS,
    CLINICIAN,
    CRISIS,
    DIAGNOSIS,
    EDITOR,
    MEET_UP,
    POLL,
    QUESTION,
    STORY,
    STORY_2,
    TREATMENT,
    common,
)
from tests.themes.samples.reports import FINDINGS, report
from tests.themes.samples.surveys import SURVEY, survey, surveys
from tests.themes.samples.voices import question, voice

HUB_HTML = """<p>Migraine is a condition of the brain that comes in attacks. It is common, it is real, and
you did not bring it
on yourself. More than one billion people live with it. You are in large company.</p>
<p>If the light of this screen is too much today, come back later. Nothing here runs away.</p>
<div class="note note-note" role="note"><p class="note-title">This portfolio is a demonstration</p><p>These
pages are <strong>not medically
reviewed</strong>, and all people named on them are sample roles. <a href="/about/">More about this
demonstration</a></p></div>
<p>If your head started to hurt suddenly and worse than ever before, read <a
href="/migraine/getting-a-diagnosis/#urgent">when to
get help at once</a> first.</p>"""


def hub() -> shapes.HubPage:
    return shapes.HubPage(
        **common(
            "hub.html",
            "/migraine/",
            "Migraine",
            description="Plain pages about living with migraine, from the first questions to daily tricks, "
            "with sources you can check.",
            breadcrumbs=(),
            body=shapes.BodyRef("hub"),
        ),
        synonyms=("migraine headache", "sick headache", "hemicrania"),
        start_here=(BASICS, DIAGNOSIS, TREATMENT, QUESTION),
        sections=(
            shapes.Section("basics", (BASICS, DIAGNOSIS), "/migraine/sections/basics/"),
            shapes.Section("symptom", (QUESTION, BASICS), "/migraine/sections/symptom/"),
            shapes.Section("treatment", (TREATMENT,), "/migraine/sections/treatment/"),
            shapes.Section("living-with", (BASICS, TREATMENT, QUESTION), "/migraine/sections/living-with/"),
        ),
        stories=(STORY, STORY_2),
        upcoming=(MEET_UP,),
        people=(EDITOR, ADVOCATE, CLINICIAN),
        poll=POLL,
        conversations=(
            shapes.Conversation(
                Link("Migraine and work", "/migraine/migraine-and-work/"),
                "/migraine/migraine-and-work/#c-1",
                "Quiet Heron",
                "I asked for a quieter desk, and nobody laughed. It took three weeks and one letter.",
                Date("2026-03-14T08:00:00Z", "14 March 2026"),
                "caregiver",
            ),
        ),
        topics=(Link("Sleep", "/t/sleep/"), Link("Triggers", "/t/triggers/"), Link("Work", "/t/work/")),
        latest=(BASICS, DIAGNOSIS, MEET_UP),
        pager=shapes.Pager(0, older_url="/migraine/page/1/"),
        crisis=CRISIS,
        editor=EDITOR,
        archive_url="/migraine/archive/",
        polls_url="/migraine/polls/",
        findings=FINDINGS,
        trust_url="/migraine/trust/",
        surveys=(SURVEY,),
        surveys_url="/migraine/surveys/",
    )


def portfolio() -> shapes.PortfolioPage:
    def condition(slug: str, title: str, text: str) -> shapes.ConditionCard:
        reference = shapes.ConditionRef(slug, title, title, f"/{slug}/", slug)
        return shapes.ConditionCard(reference, text, ("also this", "and that"), (BASICS, DIAGNOSIS))

    in_migraine = Link("Migraine", "/migraine/")
    return shapes.PortfolioPage(
        **common(
            "portfolio.html",
            "/",
            "You are not the only one",
            description="Community pages for people with a long-term condition: plain words, sources you "
            "can check, and room for each other.",
            breadcrumbs=(),
            chrome_id="portfolio-en",
            body=shapes.BodyRef("portfolio"),
        ),
        conditions=(
            condition("migraine", "Migraine", "From the first questions to everyday tricks."),
            condition(
                "multiple-sclerosis",
                "Multiple sclerosis",
                "From the day of the diagnosis to pacing and work.",
            ),
            condition(
                "rheumatoid-arthritis", "Rheumatoid arthritis", "From stiff mornings to treatment and flares."
            ),
        ),
        latest=tuple(_in(card, in_migraine) for card in (BASICS, DIAGNOSIS, TREATMENT)),
        stories=tuple(_in(card, in_migraine) for card in (STORY, STORY_2)),
        upcoming=(_in(MEET_UP, in_migraine),),
        findings=FINDINGS[:1],
    )


def _in(card: Card, condition: Link) -> Card:
    return Card(
        card.title,
        card.url,
        card.type,
        card.summary,
        card.date,
        card.language,
        card.authors,
        condition,
        card.image,
        card.minutes,
        card.event,
    )


def other_pages() -> dict[str, shapes.AnyPage]:
    groups = (
        ("A", (Link("Aura", "/t/aura/", count=3), Link("Anxiety", "/t/anxiety/", count=1))),
        ("S", (Link("Sleep", "/t/sleep/", count=1204), Link("School", "/t/school/", count=2))),
        ("W", (Link("Work", "/t/work/", count=7),)),
    )
    glossary = (
        (
            "A",
            (shapes.GlossaryEntry("aura", "aura", "Changes in sight, feeling or speech before an attack."),),
        ),
        (
            "B",
            (
                shapes.GlossaryEntry(
                    "brain-fog",
                    "brain fog",
                    "A word for feeling slow, forgetful or unable to find words.",
                    ("cog fog",),
                ),
            ),
        ),
    )
    return {
        "listing": shapes.ListingPage(
            **common("listing.html", "/migraine/topics/sleep/", "Sleep"),
            kind="topic",
            subject="sleep",
            items=(BASICS, DIAGNOSIS, STORY, MEET_UP, QUESTION),
            pager=shapes.Pager(0, older_url="/migraine/topics/sleep/page/2/"),
            siblings=(
                Link("Sleep", "/t/sleep/", True),
                Link("Triggers", "/t/triggers/"),
                Link("Work", "/t/work/"),
            ),
        ),
        "index": shapes.IndexPage(
            **common("index.html", "/migraine/topics/", "Topics A to Z"), groups=groups
        ),
        "person": shapes.PersonPage(
            **common("person.html", "/people/sample-advocate/", ADVOCATE.name, body=shapes.BodyRef("person")),
            person=ADVOCATE,
            since="2024-01-15",
            disclosures="None. This profile belongs to a demonstration.",
            conditions=(Link("Migraine", "/migraine/"),),
            items=(STORY,),
            reviewed=(TREATMENT,),
        ),
        "people": shapes.PeoplePage(
            **common(
                "people.html",
                "/people/",
                "People",
                description="Who writes, checks and looks after these pages.",
            ),
            groups=(
                (
                    "advocate",
                    (shapes.PersonCard(ADVOCATE, "Lives with migraine.", (Link("Migraine", "/migraine/"),)),),
                ),
                ("clinician", (shapes.PersonCard(CLINICIAN),)),
                ("editor", (shapes.PersonCard(EDITOR, "Looks after sources and dates."),)),
            ),
        ),
        "policy": shapes.PolicyPage(
            **common(
                "policy.html",
                "/privacy/",
                "Privacy",
                description="Reading leaves no trace. Taking part is possible without an account.",
                body=shapes.BodyRef("policy"),
            ),
            changed=Date("2026-07-11", "11 July 2026"),
            siblings=(
                Link("About", "/about/"),
                Link("Privacy", "/privacy/", True),
                Link("Accessibility", "/a/"),
            ),
        ),
        "polls": shapes.PollsPage(**common("polls.html", "/migraine/polls/", "Polls"), polls=(POLL,)),
        "survey": survey(),
        "surveys": surveys(),
        "member-story": voice(),
        "member-question": question(),
        "glossary": shapes.GlossaryPage(**common("glossary.html", "/glossary/", "Glossary"), groups=glossary),
        "trust": trust(),
        "search": shapes.SearchPage(
            **common("search.html", "/search/", "Search", noindex=True),
            index_url="/search/index/en/",
            groups=groups,
            types=("basics", "story"),
        ),
        "not-found": shapes.NotFoundPage(
            **common("not-found.html", "/404.html", "This page is not here", breadcrumbs=()),
            conditions=(shapes.ConditionRef("migraine", "Migraine", "Migraine", "/migraine/", "migraine"),),
        ),
        "under-review": shapes.UnderReviewPage(
            **common(
                "under-review.html", "/migraine/preventing-attacks/", "Preventing attacks", noindex=True
            ),
            condition=Link("Migraine", "/migraine/"),
        ),
        "you": shapes.YouPage(**common("you.html", "/you/", "Your contributions")),
        "redirect": shapes.RedirectPage(
            **common("redirect.html", "/old/", "Moved"), target="https://gatherwell.example/migraine/"
        ),
    }


def trust() -> shapes.TrustPage:
    return shapes.TrustPage(
        **common(
            "trust.html", "/trust/", "What this site can prove", description="Counted anew by every build."
        ),
        scripts=(shapes.TrustScript("js/comfort.js", 2885), shapes.TrustScript("js/scheme.js", 1406)),
        pages=38,
        reviewed=31,
        percent=81,
        reviewers=(CLINICIAN,),
        oldest=Date("2024-11-02", "2 November 2024"),
        sources=3,
        unsourced=1,
        moderation=(
            shapes.Moderated("first", "Migraine", "22:00-07:00"),
            shapes.Moderated("pre", "MS"),
            shapes.Moderated("post", "RA"),
        ),
        answers="two-days",
        answers_since=Date("2026-03-03", "3 March 2026"),
        answers_until=Date("2026-06-01", "1 June 2026"),
        funding="Members give what they can.",
        sponsors=(shapes.Sponsor("River Trust", 2),),
        statement=Link("Accessibility", "/accessibility/"),
        statement_checked=Date("2026-05-28", "28 May 2026"),
        parts=(Link("Migraine", "/migraine/trust/"), Link("MS", "/ms/trust/")),
        data_url="/trust.json",
    )


def kinds() -> dict[str, tuple[shapes.AnyPage, Body | None]]:
    """Every page kind by name, with the body that belongs to it."""
    body = article_body()[0]
    pages: dict[str, tuple[shapes.AnyPage, Body | None]] = {
        "article": (article(), body),
        "story": (story(), plain_body(STORY_HTML)),
        "event": (event(), plain_body("<p>An hour among people who know. Nobody has to speak.</p>")),
        "survey-report": report(),
        "hub": (hub(), plain_body(HUB_HTML)),
        "portfolio": (portfolio(), plain_body("<p>Three conditions live on these pages.</p>")),
    }
    for name, page in other_pages().items():
        pages[name] = (page, plain_body() if page.body else None)
    return pages
