"""The pages of one condition in one language: hub, articles, sections, topics, search, archive, polls, surveys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from generator.content.front_matter.addresses import paths_of
from generator.site.pagination import page_path, paginate
from generator.site.surveys import surveys_of
from generator.site.types import Article, Condition, Hub, Topic
from generator.views import listings
from generator.views.aliases import plan_redirect
from generator.views.articles import article_card, article_page, last_change
from generator.views.context import ViewContext
from generator.views.frame import Frame
from generator.views.hubs import hub_page
from generator.views.planned import Frames, Planned, plan_page, sitemap_entry
from generator.views.search import plan_search
from generator.views.sections import plan_sections
from generator.views.selections import polls_of
from generator.views.small_pages import not_found_page
from generator.views.surveys import survey_page, surveys_page, surveys_path
from generator.views.trust import trust_page, trust_path
from generator.views.under_review import under_review_page
from generator.views.voices import plan_voices


def plan_condition(context: ViewContext, frame: Frame, condition: Condition) -> Iterator[Planned]:
    """Every page of *condition* in the frame's language."""
    site, edition = context.site, (condition.id, frame.language)
    hub = condition.hubs[frame.language]
    listed = site.listed.get(edition, ())
    topics = tuple(site.topics.get(edition, {}).values())
    yield from _hub(frame, condition, hub, listed)
    for article in site.by_edition.get(edition, ()):
        yield _article(context, frame, article)
    yield from plan_sections(frame, condition)
    yield from _topics(frame, topics)
    yield plan_search(frame, topics)
    yield from _archive(frame, listed)
    if polls_of(context, condition.id, frame.language):
        url_path = f"{frame.prefix}polls/"
        make = partial(listings.polls_page, frame, condition)
        yield plan_page(frame, url_path, "polls", make, entry=sitemap_entry(frame, url_path))
    yield from _surveys(context, frame, condition)
    yield from plan_voices(frame, condition)
    yield _trust(frame, condition)
    if frame.language != next(iter(condition.hubs)):
        url_path = f"{frame.prefix}404.html"
        yield plan_page(frame, url_path, "404", partial(not_found_page, frame, url_path))
    for alias in paths_of(hub.front_matter.aliases) if hub.document else ():
        yield plan_redirect(frame, alias, hub.url_path, _origin(condition, hub), hub.front_matter.title)


def plan_articles(context: ViewContext, frames: Frames, articles: Iterable[Article]) -> Iterator[Planned]:
    """The pages of some articles alone, as :func:`plan_condition` plans them."""
    for article in articles:
        condition = context.site.conditions[article.condition]
        yield _article(context, frames.get(condition.root, article.language, condition), article)


def _origin(condition: Condition, hub: Hub) -> str:
    return hub.document.source_path if hub.document else f"content/{condition.id}"


def _hub(frame: Frame, condition: Condition, hub: Hub, listed: Sequence[Article]) -> Iterator[Planned]:
    """The hub, and the pages of older articles behind it."""
    size = frame.context.site.config.pagination.per_page
    origin = _origin(condition, hub)
    entry = None
    if not hub.front_matter.noindex:
        dates = (a.front_matter.updated[:10] or a.front_matter.date[:10] for a in listed[:size])
        versions = ((tag, condition.root.permalink(other.url_path)) for tag, other in condition.hubs.items())
        entry = sitemap_entry(frame, hub.url_path, max(dates, default=""), tuple(versions))
    bodies = (origin,) if hub.document else ()
    yield plan_page(frame, hub.url_path, origin, partial(hub_page, frame, condition, hub), bodies, entry)
    for page in paginate(len(listed), size)[1:]:
        make = partial(listings.condition_listing, frame, hub, listed, page)
        yield plan_page(frame, page_path(hub.url_path, page.number), origin, make, traced=True)


def _article(context: ViewContext, frame: Frame, article: Article) -> Planned:
    path, make = article.source_path, partial(article_page, frame, article)
    if article.suspended:
        return plan_page(frame, article.url_path, path, partial(under_review_page, frame, article), (path,))
    front_matter = article.front_matter
    if front_matter.noindex or article.status != "published":
        return plan_page(frame, article.url_path, path, make, (path,), traced=True)
    translations = context.site.translations.get(article.key)
    versions = tuple((tag, other.permalink) for tag, other in translations.items()) if translations else ()
    entry = sitemap_entry(frame, article.url_path, last_change(front_matter), versions)
    card = article_card(frame, article)
    return plan_page(frame, article.url_path, path, make, (path,), entry, traced=True, card=card)


def _topics(frame: Frame, topics: Iterable[Topic]) -> Iterator[Planned]:
    """The listing of each topic, and the list of them all."""
    size = frame.context.site.config.pagination.per_page
    for topic in topics:
        for page in paginate(len(topic.articles), size):
            url_path = page_path(topic.url_path, page.number)
            make = partial(listings.topic_page, frame, topic, page)
            entry = sitemap_entry(frame, topic.url_path) if page.number == 0 else None
            yield plan_page(frame, url_path, f"topic '{topic.label}'", make, entry=entry, traced=True)
    url_path = f"{frame.prefix}topics/"
    make_list = partial(listings.topics_page, frame, topics)
    yield plan_page(frame, url_path, "topics", make_list, entry=sitemap_entry(frame, url_path))


def _surveys(context: ViewContext, frame: Frame, condition: Condition) -> Iterator[Planned]:
    """The page of each survey with words in the frame's language, and the list of them all."""
    surveys = surveys_of(context.site.surveys, condition.id, frame.language)
    for survey in surveys:
        url_path, root = survey.url_path(frame.language), condition.root
        versions = tuple((tag, root.permalink(path)) for tag, path in survey.url_paths.items())
        entry = None if survey.instrument.draft else sitemap_entry(frame, url_path, versions=versions)
        make = partial(survey_page, frame, survey)
        yield plan_page(frame, url_path, survey.words(frame.language).source_path, make, entry=entry)
    if surveys:
        url_path = surveys_path(frame)
        make_list = partial(surveys_page, frame, condition)
        yield plan_page(frame, url_path, "surveys", make_list, entry=sitemap_entry(frame, url_path))


def _trust(frame: Frame, condition: Condition) -> Planned:
    url_path, root = trust_path(frame), condition.root
    versions = tuple((tag, root.permalink(trust_path(frame, tag))) for tag in condition.hubs)
    entry = sitemap_entry(frame, url_path, versions=versions)
    return plan_page(frame, url_path, "trust", partial(trust_page, frame), entry=entry)


def _archive(frame: Frame, listed: Sequence[Article]) -> Iterator[Planned]:
    """The list of years, and the listing of each."""
    by_year: dict[str, list[Article]] = defaultdict(list)
    for article in listed:
        if article.day is not None:
            by_year[f"{article.day.year:04d}"].append(article)
    base = f"{frame.prefix}archive/"
    years = tuple(sorted(by_year, reverse=True))
    make_list = partial(listings.archive_page, frame, years)
    yield plan_page(frame, base, "archive", make_list, entry=sitemap_entry(frame, base))
    size = frame.context.site.config.pagination.per_page * listings.ARCHIVE_FACTOR
    for year in years:
        for page in paginate(len(by_year[year]), size):
            url_path = page_path(f"{base}{year}/", page.number)
            make = partial(listings.year_page, frame, year, years, by_year[year], page)
            yield plan_page(frame, url_path, f"archive {year}", make, traced=True)
