"""Cards, people, a poll, a thread and the chrome: what sample pages are made of."""

from __future__ import annotations

from typing import Any

from generator.views import types as shapes
from generator.views.types import Card, Date, Event, Link, PersonRef, Poll, PollChoice

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
        PollChoice(
            "sometimes", "Sometimes, <em>but</em> I am not sure", "Sometimes, but I am not sure", 107, 35
        ),
        PollChoice("never", "Never", "Never", 38, 12),
    ),
    action="/api/v1/polls/migraine~weather-trigger/votes",
    closes=Date("2026-12-31", "31 December 2026"),
    total=309,
    as_of=Date("2026-11-20T08:00:00Z", "20 November 2026"),
    article=Link("Finding your triggers", "/migraine/finding-your-triggers/"),
)

CRISIS = (
    shapes.CrisisLine(
        "Emergency services", "112", hours="Day and night", note="Not checked in this demonstration."
    ),
    shapes.CrisisLine(
        "Find a Helpline, a directory of helplines by country",
        url="https://findahelpline.com/",
        hours="The directory is always open; each helpline has its own hours",
        checked=Date("2026-10-01", "1 October 2026"),
    ),
    shapes.CrisisLine(
        "Samaritans", "116 123", text="85258", hours="Day and night, free", region="United Kingdom"
    ),
)

THREAD = shapes.Thread(
    id="migraine~finding-your-triggers",
    comments="open",
    reactions=(
        shapes.Reaction("me-too", 41),
        shapes.Reaction("thank-you", 12),
        shapes.Reaction("helpful", 0),
    ),
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
            note_html="<p>Leaving out coffee all at once can itself bring on a headache.</p>",
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
            others=tuple(sorted(urls.items())),
        ),
        "condition": shapes.ConditionRef("migraine", "Migraine", "Migraine", "/migraine/", "migraine"),
        "places": tuple(
            Link(key, f"/migraine/{place}")
            for key, place in (
                ("title.start", "#page-start"),
                ("section.basics", "#page-section-basics"),
                ("section.treatment", "#page-section-treatment"),
                ("section.living-with", "#page-section-living-with"),
                ("title.stories", "#page-stories"),
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
            Link("Your contributions", "/you/"),
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
