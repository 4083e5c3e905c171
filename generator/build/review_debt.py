"""What there is to review, and by whom: read from front matter alone, no page is made for it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from generator.build import stages
from generator.build.inputs import read_inputs
from generator.build.run import Report, open_run
from generator.disk.lock import build_lock
from generator.ground.project import Options, Project
from generator.site.people import person_id
from generator.site.retracted import doi_of
from generator.site.reviews import lacks_review, review_of
from generator.site.schedule import iso
from generator.site.types import Article, Site

State = Literal["overdue", "missing", "changed", "due"]
# In the order in which they want to be looked at.
STATES: tuple[State, ...] = ("overdue", "missing", "changed", "due")


class Debt(NamedTuple):
    """One article that wants a review: *due* is the day (ISO), empty where none was ever made; *reviewer* is a name."""

    state: State
    due: str
    title: str
    condition: str
    type: str
    reviewer: str
    last_reviewed: str
    source_path: str
    url: str


class Source(NamedTuple):
    """A source and the files that lean on it, in order; *retracted* says what happened to a withdrawn one."""

    id: str
    title: str
    pages: tuple[str, ...]
    retracted: str


def read_site(project: Project, options: Options, report: Report) -> Site:
    """The site without bodies and pages; raises SiteError with all that is wrong in front matter."""
    with (
        build_lock(project.state, lambda: report("a build is at work here; waiting for it")),
        open_run(project, options, report) as run,
    ):
        inputs = read_inputs(project)
        documents = stages.read_sources(run, inputs, {}, None)
        return stages.organize_documents(options, inputs, documents).site


def sources_of(site: Site) -> tuple[Source, ...]:
    """Every source by what names it (DOI, else PubMed number, address or title): withdrawn ones first, then by pages."""
    titles: dict[str, str] = {}
    pages: dict[str, dict[str, None]] = {}
    for path, article in sorted(site.articles.items()):
        for source in article.front_matter.references:
            doi = doi_of(source)
            name = doi or (f"PMID {source.pmid}" if source.pmid else "") or source.url or source.title
            titles.setdefault(name, source.title)
            pages.setdefault(name, {})[path] = None
    found = (
        Source(name, titles[name], tuple(paths), site.retracted.get(name, ""))
        for name, paths in pages.items()
    )
    return tuple(sorted(found, key=lambda source: (not source.retracted, -len(source.pages), source.id)))


def debts_of(site: Site) -> tuple[Debt, ...]:
    """Every article whose review is overdue, missing, outdated or due some day, in that order."""
    found = [debt for article in site.articles.values() if (debt := _debt(site, article)) is not None]
    return tuple(sorted(found, key=lambda debt: (STATES.index(debt.state), debt.due, debt.source_path)))


def _debt(site: Site, article: Article) -> Debt | None:
    front_matter, config = article.front_matter, site.config
    review = review_of(front_matter, config.zone, iso(site.now))
    state: State
    if review.overdue:
        state = "overdue"
    elif lacks_review(front_matter, config):
        state = "missing"
    elif review.changed:
        state = "changed"
    elif review.there:
        state = "due"
    else:
        return None
    person = person_id(front_matter.reviewer, site.people) if front_matter.reviewer else ""
    name = site.people[person].front_matter(article.language).name if person else front_matter.reviewer
    return Debt(
        state=state,
        due=review.due.isoformat() if review.due else "",
        title=front_matter.title,
        condition=article.condition,
        type=front_matter.type,
        reviewer=name,
        last_reviewed=front_matter.last_reviewed[:10],
        source_path=article.source_path,
        url=article.permalink,
    )
