"""Pages that nobody plans and every community makes: nothing on them, or too much of everything."""

from __future__ import annotations

import msgspec

from generator.ground.model import Body, CrisisSlot, Facts, Fragment
from generator.views import types as shapes
from generator.views.types import Card, Date, Link
from tests.themes.samples.articles import article, plain_body
from tests.themes.samples.parts import ADVOCATE, CLINICIAN, EDITOR, STORY, common
from tests.themes.samples.surveys import survey
from tests.themes.samples.voices import voice

LONG_WORD = "Pseudohypoparathyroidismuntersuchungsergebnisbesprechungstermin"
LONG_TITLE = (
    f"{LONG_WORD}: what it is, what it is not, whom to ask about it, and why a title should never be "
    "as long as this one, although now and then somebody has a good reason 🧠💜"
)
LONG_CODE = "gather-" + "well-" * 30 + "end"

ODD_HTML = f"""<p>👩🏽‍⚕️ An emoji opens the text, then a word that no screen holds: {LONG_WORD}{LONG_WORD}.</p>
<p>An address as long as <a href="/{LONG_CODE}">https://gatherwell.example/{LONG_CODE}</a> and
<code>{LONG_CODE}</code> in the middle of a line.</p>
<p lang="ar" dir="rtl">الصداع النصفي مرض في الدماغ، وليس ضعفاً في الإرادة.</p>
<h2 id="deep">{LONG_WORD} in a heading</h2>
<ul><li>one<ul><li>two<ol><li>three<ul><li>four, with {LONG_WORD}</li></ul></li></ol></li></ul></li></ul>
<h3 id="code">Code</h3>
<pre tabindex="0"><code>{LONG_CODE} {LONG_CODE}</code></pre>
<h4 id="small">A small heading</h4>
<div class="table-scroll" tabindex="0" role="region" aria-label="Doses"><table><thead><tr>
{"".join(f'<th scope="col">column {n}</th>' for n in range(12))}</tr></thead><tbody>
{"".join("<tr>" + "<td>a cell with some words</td>" * 12 + "</tr>" for _ in range(30))}
</tbody></table></div>
<blockquote><p>A quotation</p><blockquote><p>in a quotation by {LONG_WORD}</p></blockquote></blockquote>
<dl><dt>{LONG_WORD}</dt><dd><p>A meaning.</p><p>And another.</p></dd></dl>
<hr>
<p><img src="/wide.svg" alt="A picture wider than any screen" width="4000" height="300"></p>"""

CROWD = tuple(
    Card(
        f"{LONG_TITLE} {n}",
        f"/migraine/odd-{n}/",
        "living-with",
        date=Date("2026-05-18", "18 May 2026"),
        authors=(EDITOR, ADVOCATE, CLINICIAN),
        language="de" if n % 2 else "en",
        condition=Link("Migraine", "/migraine/"),
        minutes=1204,
        status="" if n % 3 else "scheduled",
    )
    for n in range(30)
)


def odd_article() -> shapes.ArticlePage:
    """Too much of everything, and no summary and no picture."""
    return article(
        url="/migraine/odd/",
        title=LONG_TITLE,
        summary="",
        description="",
        body=shapes.BodyRef("odd"),
        authors=(EDITOR, ADVOCATE, CLINICIAN) * 3,
        references=tuple(
            shapes.Reference(
                n,
                title=LONG_TITLE,
                authors=", ".join([LONG_WORD] * 3),
                source="A journal with a long name",
                year="2026",
                url=f"https://gatherwell.example/{LONG_CODE}",
                doi="10.1177/" + "0333102417738202" * 4,
                pmid="29368949",
            )
            for n in range(1, 13)
        ),
        topics=tuple(Link(f"{LONG_WORD} {n}", f"/t/{n}/") for n in range(20)),
        also_in=(Link(LONG_TITLE, "/ms/"),),
        toc=(
            shapes.TocEntry(f"{LONG_WORD} in a heading", "deep", 2),
            shapes.TocEntry("Code", "code", 3),
            shapes.TocEntry("A small heading", "small", 3),
        ),
        previous=Link(LONG_TITLE, "/migraine/odd-1/"),
        next=Link(LONG_TITLE, "/migraine/odd-2/"),
        related=CROWD,
        thread=None,
        minutes=1204,
    )


def bare_article() -> shapes.ArticlePage:
    """A title, a text, and nothing else."""
    return shapes.ArticlePage(
        **common("article.html", "/migraine/bare/", "A note", body=shapes.BodyRef("bare"))
    )


def odd_figures() -> tuple[shapes.Figure, ...]:
    """Words that no chart has room for, points that no bar has room for, groups that no table has room for."""
    points = tuple(
        shapes.Bar(str(n), LONG_TITLE if n == 1 else str(n), 123_456, 9, 9 * n - 9, 9, max(2, n - 1), str(n))
        for n in range(1, 12)
    )
    groups = tuple(shapes.FigureGroup(f"{LONG_WORD} {n}", 1_234_567, points, 99, 1) for n in range(7))
    kept = tuple(shapes.Bar(f"b{n}", LONG_WORD) for n in range(20))
    nothing = (shapes.FigureGroup("", -1, kept, kept_back=True),)
    return (
        shapes.Figure("a", "stack", LONG_TITLE, groups, LONG_WORD, LONG_WORD, multiple=True, base=1),
        shapes.Figure("b", "bars", LONG_TITLE, groups, LONG_WORD, LONG_WORD),
        shapes.Figure("c", "histogram", LONG_WORD, groups[:1], unit=LONG_WORD),
        shapes.Figure("d", "bars", LONG_WORD, nothing, kept_back=True),
        shapes.Figure("e", "stack", LONG_WORD, nothing, kept_back=True),
        shapes.Figure("f", "histogram", LONG_WORD, nothing, kept_back=True),
    )


def odd_report() -> tuple[shapes.AnyPage, Body]:
    """Figures that are too large, and a survey of which nothing is published."""
    body = Body(Fragment(("<p>Odd.</p>", ""), (0,)), (CrisisSlot(1),), Facts())
    day = Date("2026-03-01", "1 March 2026")
    method = shapes.Method(LONG_WORD, LONG_TITLE, "", "", LONG_CODE, LONG_WORD, "1", 16, day, day, 1, 1, 1)
    page = article(
        url="/migraine/odd-report/",
        body=shapes.BodyRef("o", (shapes.FiguresValue(odd_figures()),), True),
        references=(),
        toc=(),
        type="survey-report",
        report=shapes.Report(Link(LONG_TITLE, "/migraine/surveys/odd/"), method),
    )
    return page, body


def odd_pages() -> dict[str, tuple[shapes.AnyPage, Body | None]]:
    """Full and empty pages by name."""
    listing = shapes.ListingPage(
        **common("listing.html", "/migraine/topics/odd/", LONG_WORD), kind="topic", subject=LONG_WORD
    )
    year = shapes.ListingPage(
        **common("listing.html", "/migraine/archive/2026/", "2026"),
        kind="year",
        subject="2026",
        items=(*CROWD, STORY),
        siblings=tuple(
            Link(str(one), f"/migraine/archive/{one}/", one == 2026) for one in range(2026, 1990, -1)
        ),
    )
    return {
        "odd-article": (odd_article(), plain_body(ODD_HTML)),
        "odd-report": odd_report(),
        "bare-article": (bare_article(), plain_body()),
        "bare-hub": (shapes.HubPage(**common("hub.html", "/migraine/", "Migraine")), None),
        "odd-year": (year, None),
        "odd-listing": (msgspec.structs.replace(listing, items=CROWD), None),
        "bare-listing": (listing, None),
        "bare-polls": (shapes.PollsPage(**common("polls.html", "/migraine/polls/", "Polls")), None),
        "closed-survey": (
            survey(state="closed", action="", crisis=(), sponsor="", ethics="", recruitment=""),
            None,
        ),
        "bare-surveys": (shapes.SurveysPage(**common("surveys.html", "/migraine/surveys/", "Surveys")), None),
        "bare-voice": (
            voice(html="", name="", carer=False, content_notes=(), note_html="", you_url=""),
            None,
        ),
        "bare-portfolio": (shapes.PortfolioPage(**common("portfolio.html", "/", "A new portfolio")), None),
    }
