"""One page of every kind, with texts as a community would write them: what the theme's tests look at."""

from __future__ import annotations

from typing import Any

from generator.model import Body, Facts, Footnote, Fragment, LinkSlot, Slot
from generator.views import shapes
from generator.views.shapes import Card, Date, Event, Link, PersonRef, Poll, PollChoice, SlotValue

SITE = "Gatherwell demonstration"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'"
)

EDITOR = PersonRef("sample-editor", "Sample editor", "/people/sample-editor/", "editor", initials="SE")
ADVOCATE = PersonRef(
    "sample-advocate",
    "Sample advocate (migraine)",
    "/people/sample-advocate/",
    "advocate",
    "Illustrative role; no person stands behind it",
    initials="SA",
)
CLINICIAN = PersonRef(
    "sample-clinician",
    "Sample clinician (neurology)",
    "/people/sample-clinician/",
    "clinician",
    "Illustrative role; the verified profession stands here",
    initials="SC",
)

BASICS = Card(
    "What is migraine?",
    "/migraine/what-is-migraine/",
    "basics",
    "Migraine is a condition of the brain that comes in attacks. The headache is often part of it, "
    "and hardly ever all of it.",
    Date("2026-05-18", "18 May 2026"),
    authors=(EDITOR,),
    minutes=4,
)
DIAGNOSIS = Card(
    "Getting a diagnosis",
    "/migraine/getting-a-diagnosis/",
    "diagnosis",
    "How migraine is diagnosed, what to write down before the appointment, and when to get help at once.",
    Date("2026-04-02", "2 April 2026"),
    authors=(EDITOR,),
    minutes=5,
)
TREATMENT = Card(
    "Treating an attack",
    "/migraine/treating-an-attack/",
    "treatment",
    "What people take and do when an attack begins, and why early and not too often both matter.",
    Date("2026-03-14", "14 March 2026"),
    authors=(EDITOR,),
    minutes=6,
)
QUESTION = Card(
    "Is it just a headache?",
    "/migraine/is-it-just-a-headache/",
    "question",
    "A short answer for the day on which somebody says so.",
    Date("2025-11-03", "3 November 2025"),
    authors=(EDITOR,),
    minutes=2,
)
STORY = Card(
    "When plans have to change",
    "/migraine/when-plans-have-to-change/",
    "story",
    "A birthday, a dark room, and a friend who did not say “again?”.",
    Date("2025-05-12", "12 May 2025"),
    authors=(ADVOCATE,),
    minutes=3,
)
STORY_2 = Card(
    "On the other side of the door",
    "/migraine/on-the-other-side-of-the-door/",
    "story",
    "What somebody who loves a person with migraine may learn to do, and to leave.",
    Date("2025-09-08", "8 September 2025"),
    authors=(PersonRef("c", "Sample caregiver", "/people/c/", "caregiver", initials="SC"),),
    minutes=3,
)
MEET_UP = Card(
    "Low-light meet-up for people with migraine",
    "/migraine/low-light-meet-up/",
    "event",
    "A quiet online evening with cameras off, soft colours and an end that is kept.",
    authors=(),
    event=Event(
        Date("2027-02-11T19:00+00:00", "Thursday 11 February 2027, 19:00"),
        Date("2027-02-11T20:00+00:00", "20:00"),
        "Online",
        "https://gatherwell.example/meet/low-light",
        SITE,
        "/migraine/low-light-meet-up/event.ics",
    ),
)

POLL = Poll(
    id="migraine~weather-trigger",
    anchor="poll-weather-trigger",
    question_html="Does the weather trigger your migraine attacks?",
    choices=(
        PollChoice("often", "Often", "Often", 164, 53),
        PollChoice("sometimes", "Sometimes, <em>but</em> I am not sure", "Sometimes, but I am not sure", 107, 35),
        PollChoice("never", "Never", "Never", 38, 12),
    ),
    action="/api/v1/polls/migraine~weather-trigger/votes",
    closes=Date("2026-12-31", "31 December 2026"),
    total=309,
    as_of=Date("2026-11-20T08:00:00Z", "20 November 2026"),
    article=Link("Finding your triggers", "/migraine/finding-your-triggers/"),
)

CRISIS = (
    shapes.CrisisLine("Emergency services", "112", hours="Day and night", note="Not checked in this demonstration."),
    shapes.CrisisLine(
        "Find a Helpline, a directory of helplines by country",
        url="https://findahelpline.com/",
        hours="The directory is always open; each helpline has its own hours",
        checked=Date("2026-10-01", "1 October 2026"),
    ),
    shapes.CrisisLine("Samaritans", "116 123", hours="Day and night, free", region="United Kingdom"),

)

THREAD = shapes.Thread(
    id="migraine~finding-your-triggers",
    comments="open",
    reactions=(shapes.Reaction("me-too", 41), shapes.Reaction("thank-you", 12), shapes.Reaction("helpful", 0)),
    comments_action="/api/v1/threads/migraine~finding-your-triggers/comments",
    reactions_action="/api/v1/threads/migraine~finding-your-triggers/reactions",
    count=3,
    baked=(
        shapes.Comment(
            "k1",
            "quiet-heron",
            "<p>The diary helped me to see that it is nearly always <em>two</em> things at once.</p>",
            "(the same as plain text)",
            Date("2026-10-02", "2 October 2026"),
            replies=(
                shapes.Comment(
                    "k2",
                    "Sample advocate",
                    "<p>Same here: little sleep and a storm. One alone I can mostly carry.</p>",
                    "(the same as plain text)",
                    Date("2026-10-03", "3 October 2026"),
                    role="advocate",
                ),
            ),
        ),
        shapes.Comment(
            "k3",
            "blue-door",
            "<p>I stopped coffee from one day to the next, and it was awful.</p>",
            "(the same as plain text)",
            Date("2026-10-09", "9 October 2026"),
            edited=True,
            note_html="<p>Leaving out coffee all at once can itself bring on a headache. Less day by day is kinder.</p>",
        ),
    ),
)


def chrome(theme_urls: dict[str, str] | None = None, **changes: Any) -> shapes.Chrome:
    """The chrome of the condition *migraine* in English, with the assets of a theme."""
    urls = {name: f"/{path}" for name, path in (theme_urls or {}).items()}
    fields: dict[str, Any] = {
        "site_title": SITE,
        "home_url": "/",
        "language": "en",
        "direction": "ltr",
        "assets": shapes.Assets(
            css=urls.get("site.css", "/assets/site.css"),
            scheme_script=urls.get("js/scheme.js", "/assets/scheme.js"),
            comfort_script=urls.get("js/comfort.js", "/assets/comfort.js"),
            icon=urls.get("icons/icon.svg", "/assets/icon.svg"),
        ),
        "condition": shapes.ConditionRef("migraine", "Migraine", "Migraine", "/migraine/", "migraine"),
        "places": tuple(
            Link(key, f"/migraine/{place}")
            for key, place in (
                ("title.start", "#start"),
                ("section.basics", "#section-basics"),
                ("section.treatment", "#section-treatment"),
                ("section.living-with", "#section-living-with"),
                ("title.stories", "#stories"),
                ("title.topics", "topics/"),
                ("title.polls", "polls/"),
            )
        ),
        "navigation": (
            Link("Migraine", "/migraine/"),
            Link("MS", "/multiple-sclerosis/"),
            Link("RA", "/rheumatoid-arthritis/"),
        ),
        "footer": (
            Link("About this portfolio", "/about/"),
            Link("Editorial policy", "/editorial-policy/"),
            Link("Community rules", "/community-rules/"),
            Link("Privacy", "/privacy/"),
            Link("Accessibility", "/accessibility/"),
            Link("you", "/you/"),
        ),
        "search_url": "/migraine/search/",
        "feeds": (Link("New pages (Atom feed)", "/migraine/feed.atom"),),
        "notice": "A demonstration: these pages are not medically reviewed, and all people are sample roles.",
        "endpoint": "/api/v1",
        "generator": "Gatherwell",
    }
    return shapes.Chrome(**{**fields, **changes})


def common(template: str, url: str, title: str, **changes: Any) -> dict[str, Any]:
    """What every page kind has."""
    permalink = f"https://gatherwell.example{url}"
    fields: dict[str, Any] = {
        "template": template,
        "output_path": f"{url.strip('/')}/index.html",
        "url": url,
        "permalink": permalink,
        "canonical": permalink,
        "language": "en",
        "chrome_id": "migraine-en",
        "title": title,
        "head_title": f"{title} – Migraine – {SITE}",
        "csp": CSP,
        "json_ld": '{"@context":"https://schema.org","@type":"WebPage"}',
        "breadcrumbs": (
            Link(SITE, "/"),
            Link("Migraine", "/migraine/"),
        ),
    }
    return {**fields, **changes}


ARTICLE_PARTS = (
    """<p>A trigger is something that can set off an attack in a brain that is ready for one. It is not the
cause of the condition, and it is not your fault. Most people have several, and they <strong>add up</strong>: a short
night alone may do nothing; a short night, a storm and a skipped lunch may be too much. See
<a href=\"""",
    """\">what migraine is</a> and what happens in the phase called """,
    """.<sup class="cite" id="cite-1"><a href="#ref-1" aria-label="Source 1">1</a></sup></p>
<div class="note note-tip"><p class="note-title">""",
    """</p><p>Look for patterns over weeks, not for a culprit after each attack.</p></div>
<h2 id="diary">Keep a small diary</h2>
<p>Three lines a day are plenty. On bad days one word is enough.</p>
<ol><li><strong>How was the day?</strong> Good, so-so, attack.</li><li><strong>Sleep, meals, stress.</strong> A tick each.</li>
<li><strong>What did you take?</strong> And did it help?</li></ol>
<h3 id="diary-app">Paper or app?</h3>
<p>Whatever you will still be using in six weeks. Paper needs no light.<sup class="cite" id="cite-2"><a href="#ref-2"
aria-label="Note 2">2</a></sup></p>
<h2 id="common">What people often name</h2>
<div class="table" tabindex="0" role="region" aria-label="Table"><table><thead><tr><th scope="col">trigger</th><th scope="col"
class="align-end">how many name it</th><th scope="col">what may help</th></tr></thead>
<tbody><tr><td>stress, and the day after it</td><td class="align-end">many</td><td>breaks before they are needed</td></tr>
<tr><td>changes of sleep</td><td class="align-end">many</td><td>the same hour, also on Sundays</td></tr>
<tr><td>the days around a period</td><td class="align-end">many who have periods</td><td>ask about short-term
prevention</td></tr></tbody></table></div>
<div class="note note-warning"><p class="note-title">Before you leave things out</p><p>Leaving out many foods at once can
do harm. Speak to your care team first.</p></div>
<h2 id="ask">What others say</h2>
""",
    """
<h2 id="urgent">When it is not the usual attack</h2>
<div class="note note-emergency"><p class="note-title">""",
    """</p><ul><li>a headache that is the worst of your life within a minute,</li><li>weakness, confusion, trouble
speaking for the first time,</li><li>fever with a stiff neck.</li></ul></div>
""",
    """
<ul class="task-list"><li class="task"><input type="checkbox" disabled aria-label="To do"> Choose a notebook</li>
<li class="task"><input type="checkbox" checked disabled aria-label="Done"> Tell one person</li></ul>
<dl><dt>Premonitory phase</dt><dd>Hours before the pain: yawning, cravings, a stiff neck. What looks like a trigger may
already be the attack.</dd></dl>
<blockquote><p>I stopped asking what I had done wrong. I began to ask what my brain needs.</p></blockquote>
""",
)


def article_body() -> tuple[Body, tuple[SlotValue, ...]]:
    """A body with a slot of every kind but images, and what fills them."""
    link: Slot = LinkSlot("../basics/what-is-migraine.md", 1, 1)
    slots = (link,) * 6
    note = Footnote("paper", Fragment(("<p>A notebook in the kitchen has no notifications.</p>",)), 40)
    body = Body(Fragment(ARTICLE_PARTS, (0, 1, 2, 3, 4, 5)), slots, Facts(footnotes=(note,)))
    term = shapes.TermView(
        "aura",
        "aura",
        "aura",
        "Changes in sight, feeling or speech that some people notice before or during a migraine attack.",
        "/migraine/glossary/#aura",
        "term-1",
    )
    values: tuple[SlotValue, ...] = (
        shapes.UrlValue("/migraine/what-is-migraine/?a=1&b=2"),
        term,
        shapes.StringValue("note.tip"),
        shapes.PollValue(POLL),
        shapes.StringValue("note.emergency"),
        shapes.CrisisValue(CRISIS),
    )
    return body, values


def article(**changes: Any) -> shapes.ArticlePage:
    """An article of the type *living-with* with everything on it."""
    body, values = article_body()
    del body
    fields = common(
        "article.html",
        "/migraine/finding-your-triggers/",
        "Finding your triggers",
        description="What sets off an attack differs from person to person. How to find yours.",
        alternates=(
            Link("", "https://gatherwell.example/migraine/finding-your-triggers/", True, "en"),
            Link("", "https://gatherwell.example/migraine/es/encontrar-tus-desencadenantes/", False, "es"),
        ),
        body=shapes.BodyRef("abc", values),
        og_type="article",
        edit_url="https://example.org/edit/finding-your-triggers.md",
        type="living-with",
        summary="What sets off an attack differs from person to person. How to find yours with patience and "
        "without blame.",
        condition=Link("Migraine", "/migraine/"),
        authors=(EDITOR, ADVOCATE),
        reviewer=CLINICIAN,
        published=Date("2024-07-01", "1 July 2024"),
        changed=Date("2026-06-12", "12 June 2026"),
        last_reviewed=Date("2024-09-02", "2 September 2024"),
        next_review=Date("2025-09-02", "2 September 2025"),
        review_overdue=True,
        references=(
            shapes.Reference(
                1,
                ("cite-1",),
                title="The International Classification of Headache Disorders, 3rd edition (ICHD-3)",
                authors="Headache Classification Committee of the International Headache Society",
                source="Cephalalgia",
                year="2018",
                url="https://ichd-3.org/",
                doi="10.1177/0333102417738202",
                pmid="29368949",
            ),
            shapes.Reference(2, ("cite-2",), note=0),
            shapes.Reference(3, title="Migraine", source="National Institute of Neurological Disorders and Stroke"),
        ),
        content_notes=("periods", "feelings of guilt"),
        topics=(
            Link("Triggers", "/migraine/topics/triggers/"),
            Link("Sleep", "/migraine/topics/sleep/"),
            Link("Food and drink", "/migraine/topics/food/"),
        ),
        stages=("new", "long-term"),
        minutes=4,
        toc=(
            shapes.TocEntry("Keep a small diary", "diary", 2),
            shapes.TocEntry("Paper or app?", "diary-app", 3),
            shapes.TocEntry("What people often name", "common", 2),
            shapes.TocEntry("What others say", "ask", 2),
            shapes.TocEntry("When it is not the usual attack", "urgent", 2),
        ),
        previous=Link("Migraine and work", "/migraine/migraine-and-work/"),
        next=Link("A kit for the bad hours", "/migraine/migraine-kit/"),
        related=(TREATMENT, STORY, DIAGNOSIS),
        thread=THREAD,
    )
    return shapes.ArticlePage(**{**fields, **changes})


STORY_HTML = """<p>The cake was in the oven when the first zigzag came. It sat in the corner of the recipe, small and silver,
and ate the word <em>butter</em>.</p>
<p>There is a minute in which you bargain. Perhaps it is only the lamp. Perhaps, if I do not look at it. Then the zigzag had
grown a second row of teeth and I turned the oven off.</p>
<p>I used to make the phone call late. I would wait until it was certain, and then I would apologise for ten minutes with my
eyes closed. It cost me more than the party would have. This time I had the sentence ready. It was on the fridge, in my own
handwriting from a good day: <em>An attack is starting. I cannot come. It is nobody’s fault. I will call you when it is
over.</em> I sent it word for word.</p>
<p>What came back was short. “Got it. Cake can wait, I am saving you a candle.”</p>
<h2 id="meaning">What this story is meant to show</h2>
<p>No “again?”, no “have you tried”. I lay in the dark with a cold cloth and noticed, between two waves, that one thing was
missing. I was in pain, and I was not ashamed.</p>"""


def plain_body(html: str = "<p>Reading sets no cookie and stores nothing on your device.</p>") -> Body:
    return Body(Fragment((html,)), (), Facts())


def story() -> shapes.ArticlePage:
    return article(
        url="/migraine/when-plans-have-to-change/",
        title=STORY.title,
        type="story",
        summary=STORY.summary,
        authors=(ADVOCATE,),
        reviewer=None,
        last_reviewed=None,
        next_review=None,
        review_overdue=False,
        references=(),
        content_notes=("cancelled plans and feelings of guilt",),
        stages=("long-term",),
        toc=(),
        minutes=3,
        body=shapes.BodyRef("story"),
    )


def event() -> shapes.ArticlePage:
    return article(
        url="/migraine/low-light-meet-up/",
        title=MEET_UP.title,
        type="event",
        summary=MEET_UP.summary,
        event=MEET_UP.event,
        reviewer=None,
        last_reviewed=None,
        next_review=None,
        references=(),
        content_notes=(),
        stages=(),
        toc=(),
        body=shapes.BodyRef("event"),
        thread=None,
    )


HUB_HTML = """<p>Migraine is a condition of the brain that comes in attacks. It is common, it is real, and you did not bring it
on yourself. More than one billion people live with it. You are in large company.</p>
<p>If the light of this screen is too much today, come back later. Nothing here runs away.</p>
<div class="note note-note"><p class="note-title">This portfolio is a demonstration</p><p>These pages are <strong>not medically
reviewed</strong>, and all people named on them are sample roles. <a href="/about/">More about this demonstration</a></p></div>
<p>If your head started to hurt suddenly and worse than ever before, read <a href="/migraine/getting-a-diagnosis/#urgent">when to
get help at once</a> first.</p>"""


def hub() -> shapes.HubPage:
    return shapes.HubPage(
        **common(
            "hub.html",
            "/migraine/",
            "Migraine",
            description="Plain pages about living with migraine, from the first questions to everyday tricks, with "
            "sources you can check.",
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
        topics=(Link("Sleep", "/t/sleep/"), Link("Triggers", "/t/triggers/"), Link("Work", "/t/work/")),
        latest=(BASICS, DIAGNOSIS, MEET_UP),
        pager=shapes.Pager(0, 2, older_url="/migraine/page/1/"),
        crisis=CRISIS,
        editor=EDITOR,
        archive_url="/migraine/archive/",
        polls_url="/migraine/polls/",
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
            description="Community pages for people who live with a long-term condition: plain words, sources you can "
            "check, and room for each other.",
            breadcrumbs=(),
            chrome_id="portfolio-en",
            body=shapes.BodyRef("portfolio"),
        ),
        conditions=(
            condition("migraine", "Migraine", "From the first questions to everyday tricks."),
            condition("multiple-sclerosis", "Multiple sclerosis", "From the day of the diagnosis to pacing and work."),
            condition("rheumatoid-arthritis", "Rheumatoid arthritis", "From stiff mornings to treatment and flares."),
        ),
        latest=tuple(_in(card, in_migraine) for card in (BASICS, DIAGNOSIS, TREATMENT)),
        stories=tuple(_in(card, in_migraine) for card in (STORY, STORY_2)),
        upcoming=(_in(MEET_UP, in_migraine),),
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
        ("A", (shapes.GlossaryEntry("aura", "aura", "Changes in sight, feeling or speech before an attack."),)),
        (
            "B",
            (
                shapes.GlossaryEntry(
                    "brain-fog", "brain fog", "A word for feeling slow, forgetful or unable to find words.", ("cog fog",)
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
            pager=shapes.Pager(0, 3, older_url="/migraine/topics/sleep/page/2/"),
            siblings=(Link("Sleep", "/t/sleep/", True), Link("Triggers", "/t/triggers/"), Link("Work", "/t/work/")),
        ),
        "index": shapes.IndexPage(**common("index.html", "/migraine/topics/", "topics"), groups=groups),
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
            **common("people.html", "/people/", "people", description="Who writes, checks and looks after these pages."),
            groups=(
                ("advocate", (shapes.PersonCard(ADVOCATE, "Lives with migraine.", (Link("Migraine", "/migraine/"),)),)),
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
            siblings=(Link("About", "/about/"), Link("Privacy", "/privacy/", True), Link("Accessibility", "/a/")),
        ),
        "polls": shapes.PollsPage(**common("polls.html", "/migraine/polls/", "polls"), polls=(POLL,)),
        "glossary": shapes.GlossaryPage(**common("glossary.html", "/glossary/", "glossary"), groups=glossary),
        "search": shapes.SearchPage(
            **common("search.html", "/search/", "search", noindex=True), index_url="/pagefind/", groups=groups, types=("basics", "story")
        ),
        "not-found": shapes.NotFoundPage(
            **common("not-found.html", "/404.html", "not-found", breadcrumbs=()),
            conditions=(shapes.ConditionRef("migraine", "Migraine", "Migraine", "/migraine/", "migraine"),),
        ),
        "you": shapes.YouPage(**common("you.html", "/you/", "you")),
        "redirect": shapes.RedirectPage(
            **common("redirect.html", "/old/", "Moved"), target="https://gatherwell.example/migraine/"
        ),
    }


def all_pages() -> dict[str, tuple[shapes.AnyPage, Body | None]]:
    """Every page kind by name, with the body that belongs to it."""
    body = article_body()[0]
    pages: dict[str, tuple[shapes.AnyPage, Body | None]] = {
        "article": (article(), body),
        "story": (story(), plain_body(STORY_HTML)),
        "event": (event(), plain_body("<p>An hour among people who know. Nobody has to speak.</p>")),
        "hub": (hub(), plain_body(HUB_HTML)),
        "portfolio": (portfolio(), plain_body("<p>Three conditions live on these pages.</p>")),
    }
    for name, page in other_pages().items():
        pages[name] = (page, plain_body() if page.body else None)
    return pages
