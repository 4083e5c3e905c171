"""Articles with everything on them: information, a story, an event."""

from __future__ import annotations

from typing import Any

from generator.ground.model import Body, Facts, Footnote, Fragment, LinkSlot, Slot
from generator.views import types as shapes
from generator.views.types import Date, Link, SlotValue
from tests.themes.samples.parts import (
    ADVOCATE,
    CLINICIAN,
    CRISIS,
    DIAGNOSIS,
    EDITOR,
    MEET_UP,
    POLL,
    STORY,
    THREAD,
    TREATMENT,
    common,
)

ARTICLE_PARTS = (
    """<p>A trigger is something that can set off an attack in a brain that is ready for one. It is not the
cause of the condition, and it is not your fault. Most people have several, and they <strong>add
up</strong>: a short
night alone may do nothing; a short night, a storm and a skipped lunch may be too much. See
<a href=\"""",
    """\">what migraine is</a> and what happens in the phase called """,
    """.<sup class="cite" id="cite-1"><a href="#ref-1" role="doc-noteref" aria-label="[1]">1</a></sup></p>
<div class="note note-tip" role="note"><p class="note-title">""",
    """</p><p>Look for patterns over weeks, not for a culprit after each attack.</p></div>
<h2 id="diary">Keep a small diary</h2>
<p>Three lines a day are plenty. On bad days one word is enough.</p>
<ol><li><strong>How was the day?</strong> Good, so-so, attack.</li><li><strong>Sleep, meals,
stress.</strong> A tick each.</li>
<li><strong>What did you take?</strong> And did it help?</li></ol>
<h3 id="diary-app">Paper or app?</h3>
<p>Whatever you will still be using in six weeks. Paper needs no light.<sup class="cite" id="cite-2"><a
href="#ref-2" role="doc-noteref" aria-label="[2]">2</a></sup></p>
<h2 id="common">What people often name</h2>
<div class="table-scroll" tabindex="0" role="region" aria-label="What people often
name"><table><thead><tr><th scope="col">trigger</th><th scope="col"
class="align-right">how many name it</th><th scope="col">what may help</th></tr></thead>
<tbody><tr><td>stress, and the day after it</td><td class="align-right">many</td><td>breaks before they are
needed</td></tr>
<tr><td>changes of sleep</td><td class="align-right">many</td><td>the same hour, also on Sundays</td></tr>
<tr><td>the days around a period</td><td class="align-right">many who have periods</td><td>ask about
short-term
prevention</td></tr></tbody></table></div>
<div class="note note-warning" role="note"><p class="note-title">Before you leave things out</p><p>Leaving
out many foods at once can
do harm. Speak to your care team first.</p></div>
<h2 id="ask">What others say</h2>
""",
    """
<h2 id="urgent">When it is not the usual attack</h2>
<section class="care care-emergency" aria-labelledby="care.1"><p class="care-title" id="care.1">""",
    """</p><ul><li>a headache that is the worst of your life within a minute,</li>
<li>weakness, confusion, trouble
speaking for the first time,</li><li>fever with a stiff neck.</li></ul></section>
""",
    """
<ul><li class="task-item"><label class="task"><input type="checkbox" disabled> Choose a
notebook</label></li>
<li class="task-item"><label class="task"><input type="checkbox" disabled checked> Tell one
person</label></li></ul>
<dl><dt>Premonitory phase</dt><dd>Hours before the pain: yawning, cravings, a stiff neck. What looks like a
trigger may
already be the attack.</dd></dl>
<figure class="quote"><blockquote><p>I stopped asking what I had done wrong. I began to ask what my brain
needs.</p></blockquote>
<figcaption class="quote-source"><span class="quote-author">Sample advocate</span>, a sample
voice</figcaption></figure>
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
        review_missing=True,
        changed_since_review=True,
        review_sample=True,
        corrections=(
            shapes.Correction(Date("2026-06-12", "12 June 2026"), "A dose was given in the wrong unit."),
        ),
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
            shapes.Reference(
                3, title="Migraine", source="National Institute of Neurological Disorders and Stroke"
            ),
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


STORY_HTML = """<p>The cake was in the oven when the first zigzag came. It sat in the corner of the recipe,
small and silver,
and ate the word <em>butter</em>.</p>
<p>There is a minute in which you bargain. Perhaps it is only the lamp. Perhaps, if I do not look at it.
Then the zigzag had
grown a second row of teeth and I turned the oven off.</p>
<p>I used to make the phone call late. I would wait until it was certain, and then I would apologise for
ten minutes with my
eyes closed. It cost me more than the party would have. This time I had the sentence ready. It was on the
fridge, in my own
handwriting from a good day: <em>An attack is starting. I cannot come. It is nobody’s fault. I will call
you when it is
over.</em> I sent it word for word.</p>
<p>What came back was short. “Got it. Cake can wait, I am saving you a candle.”</p>
<h2 id="meaning">What this story is meant to show</h2>
<p>No “again?”, no “have you tried”. I lay in the dark with a cold cloth and noticed, between two waves,
that one thing was
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
