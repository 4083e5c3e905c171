"""Pages that nobody plans and every community makes: nothing on them, or too much of everything."""

from __future__ import annotations

import msgspec

from generator.model import Body
from generator.views import shapes
from generator.views.shapes import Card, Date, Link
from tests.themes.samples.articles import article, plain_body
from tests.themes.samples.parts import ADVOCATE, CLINICIAN, EDITOR, STORY, common

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
        "bare-article": (bare_article(), plain_body()),
        "bare-hub": (shapes.HubPage(**common("hub.html", "/migraine/", "Migraine")), None),
        "odd-year": (year, None),
        "odd-listing": (msgspec.structs.replace(listing, items=CROWD), None),
        "bare-listing": (listing, None),
        "bare-polls": (shapes.PollsPage(**common("polls.html", "/migraine/polls/", "Polls")), None),
        "bare-portfolio": (shapes.PortfolioPage(**common("portfolio.html", "/", "A new portfolio")), None),
    }
