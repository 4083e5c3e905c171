"""Documents → site: conditions, articles with their addresses, people, topics, listings, and their status in time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from generator.content.config import Config
from generator.content.front_matter.schema import ArticleFrontMatter, PageFrontMatter
from generator.content.levels import apply_levels
from generator.content.read import Document
from generator.ground.errors import Problem, raise_errors
from generator.ground.text import did_you_mean, slugify
from generator.site.articles import edition_prefixes, make_articles, reserved_slugs, usable_slug
from generator.site.conditions import language_segment, make_conditions, with_all_hubs
from generator.site.crisis_lines import child_problems, crisis_moments, crisis_problems
from generator.site.data_files import CRISIS, DataFiles
from generator.site.languages import condition_of_key, misnamed_languages
from generator.site.neighbours import Neighbours
from generator.site.people import by_person, make_people, unknown_people
from generator.site.permalinks import Permalinks
from generator.ground.reads import Lookups, Reads, of_edition, of_path, of_person
from generator.site.reviews import is_suspended, review_problems
from generator.site.schedule import iso, later_moments, moment_of
from generator.site.sections import make_sections
from generator.site.surveys import make_surveys, survey_editions, survey_moments
from generator.site.taxonomies import make_topics
from generator.site.types import Article, Condition, Edition, Person, Policy, Section, Site, Survey


class _Members(NamedTuple):
    """What a site is made of before anything is listed; *articles* are all, whatever their status."""

    conditions: Mapping[str, Condition]
    permalinks: Permalinks
    people: Mapping[str, Person]
    articles: Sequence[Article]
    policies: Mapping[str, tuple[Policy, ...]]
    sections: Mapping[str, Section]
    surveys: Mapping[str, Survey]


def organize(
    documents: Iterable[Document], config: Config, data: DataFiles, now: dt.datetime, drafts: bool
) -> tuple[Site, list[Problem]]:
    """The site as of *now*, and warnings; raises SiteErrors with everything that is wrong.

    With *drafts*, articles that are drafts, scheduled or expired are shown too.
    """
    members, problems = _make_members(documents, config, data, now, drafts)
    problems = apply_levels(problems, config.checks)
    raise_errors(problems)
    return _make_site(members, config, data, now, drafts), [
        *problems,
        *_crisis_problems(members, config, data, now),
    ]


def organize_all(
    documents: Iterable[Document], config: Config, data: DataFiles, now: dt.datetime, drafts: bool
) -> tuple[Site, list[Problem]]:
    """As :func:`organize`, for checks alone: with errors too, so that two pages may have one address."""
    members, problems = _make_members(documents, config, data, now, drafts)
    problems = apply_levels(problems, config.checks)
    return _make_site(members, config, data, now, drafts), [
        *problems,
        *_crisis_problems(members, config, data, now),
    ]


def _make_site(members: _Members, config: Config, data: DataFiles, now: dt.datetime, drafts: bool) -> Site:
    every, people = members.articles, members.people
    shown = [article for article in every if drafts or article.status == "published"]
    if not drafts:
        shown = _with_suspended(shown, config, now)
    newest_first = _newest_first(shown)
    by_edition = _by_edition(newest_first)
    listed = _listed(by_edition)
    conditions = _complete_conditions(members, listed, config)
    prefixes = edition_prefixes(listed, config, members.permalinks)
    topics = make_topics(listed, prefixes.__getitem__, data.topics, data.spellings)
    withheld = {a.source_path: a for a in every if a.status != "published" and not drafts}
    reads = every[0].reads if every else Reads()
    return Site(
        config=config,
        permalinks=members.permalinks,
        now=now,
        conditions=conditions,
        articles=Lookups({article.source_path: article for article in shown}, reads, of_path),
        withheld=Lookups(withheld, reads, of_path),
        by_edition=Lookups(by_edition, reads, of_edition),
        listed=Lookups(listed, reads, of_edition),
        translations=Lookups(_translations(shown), reads, condition_of_key),
        topics=Lookups(topics, reads, of_edition),
        people=people,
        written=Lookups(by_person(newest_first, people, _authors), reads, of_person),
        reviewed=Lookups(by_person(newest_first, people, _reviewer), reads, of_person),
        policies=members.policies,
        glossary=data.glossary,
        crisis=data.crisis if config.medical else {},
        neighbours=Neighbours(by_edition, reads),
        retracted=data.retracted,
        languages=_languages(config, conditions),
        moments=_all_moments(members, data, config.zone),
        sections=members.sections,
        surveys=members.surveys,
        survey_results=data.reviewed,
        reads=reads,
    )


def _complete_conditions(
    members: _Members, listed: Mapping[Edition, object], config: Config
) -> dict[str, Condition]:
    """Every condition with a hub in each language that it has sections or surveys in, or lists articles in, those of
    other conditions among them.
    """
    sections = ((one.condition, one.language) for one in members.sections.values())
    editions = dict.fromkeys((*listed, *sections, *survey_editions(members.surveys.values())))
    return with_all_hubs(members.conditions, editions, members.permalinks, config)


def _crisis_problems(
    members: _Members, config: Config, data: DataFiles, now: dt.datetime
) -> Iterator[Problem]:
    yield from crisis_problems(
        data.crisis, CRISIS, demonstration=config.demonstration, now=iso(now), zone=config.zone
    )
    # Nobody turns to a demonstration, and without a function nobody writes.
    if not config.demonstration and config.medical and config.widgets.endpoint:
        yield from child_problems(data.crisis, CRISIS, _ages(members.conditions.values()))


def _ages(conditions: Iterable[Condition]) -> dict[str, int]:
    """The lowest age that members say to have, by language, of conditions that ask for one and show crisis lines."""
    ages: dict[str, int] = {}
    for condition in conditions:
        for language, hub in condition.hubs.items():
            if condition.minimum_age and hub.front_matter.crisis:
                ages[language] = min(condition.minimum_age, ages.get(language, condition.minimum_age))
    return ages


def _make_members(
    documents: Iterable[Document],
    config: Config,
    data: DataFiles,
    now: dt.datetime,
    drafts: bool,
) -> tuple[_Members, list[Problem]]:
    by_kind: dict[str, list[Document]] = defaultdict(list)
    told: list[Problem] = []
    for document in documents:
        by_kind[document.kind].append(document)
        told.extend(document.parsed.problems)
    conditions, permalinks, condition_problems = make_conditions(
        by_kind["hub"], (*by_kind["article"], *by_kind["section"]), config
    )
    people, people_problems = make_people(by_kind["person"], config)
    articles, article_problems = make_articles(by_kind["article"], config, permalinks, now, data.spellings)
    surveys, survey_problems = make_surveys(
        data.instruments, conditions, permalinks, config, iso(now), drafts
    )
    policies, policy_problems = _make_policies(by_kind["page"], config, drafts)
    sections, section_problems = make_sections(by_kind["section"], config, permalinks, drafts)
    problems = [
        *told,
        *misnamed_languages(chain.from_iterable(by_kind.values()), config),
        *condition_problems,
        *people_problems,
        *article_problems,
        *_unknown_conditions(articles, conditions),
        *unknown_people(articles, people, _authors, "authors"),
        *unknown_people(articles, people, _reviewer, "reviewer"),
        *policy_problems,
        *section_problems,
        *survey_problems,
        *review_problems(articles, people, config, iso(now)),
    ]
    return _Members(conditions, permalinks, people, articles, policies, sections, surveys), problems


def _all_moments(members: _Members, data: DataFiles, zone: ZoneInfo) -> tuple[str, ...]:
    """Every moment at which anything flips, in order."""
    surveys = survey_moments(members.surveys.values())
    return tuple(sorted({*_moments(members, data, zone), *surveys}))


def _moments(members: _Members, data: DataFiles, zone: ZoneInfo) -> tuple[str, ...]:
    """Every moment at which the status, a page or a finding changes, in order; articles that are drafts have none."""
    dated = [article for article in members.articles if not article.unnoted.draft]
    moments = {article.moment for article in dated if article.moment}
    for article in dated:
        moments.update(later_moments(article.unnoted, zone))
    pages: list[ArticleFrontMatter | PageFrontMatter] = [article.unnoted for article in dated]
    pages += [policy.front_matter for policies in members.policies.values() for policy in policies]
    # A day of change that lies in the future is a finding until it has come.
    moments.update(moment_of(one.updated, zone) for one in pages if one.updated)
    moments.update(crisis_moments(data.crisis, zone))
    return tuple(sorted(moments))


def _with_suspended(articles: Iterable[Article], config: Config, now: dt.datetime) -> list[Article]:
    """The articles, those marked whose text must be reviewed before it is shown."""
    moment = iso(now)
    return [
        msgspec.structs.replace(article, suspended=True)
        if is_suspended(article.unnoted, config, moment)
        else article
        for article in articles
    ]


def _authors(front_matter: ArticleFrontMatter) -> Sequence[str]:
    return front_matter.authors


def _reviewer(front_matter: ArticleFrontMatter) -> Sequence[str]:
    return (front_matter.reviewer,) if front_matter.reviewer else ()


def _unknown_conditions(
    articles: Iterable[Article], conditions: Mapping[str, Condition]
) -> Iterator[Problem]:
    for article in articles:
        for index, name in enumerate(article.unnoted.conditions):
            if name not in conditions:
                hint = did_you_mean(name, conditions) or "write the name of a folder in content/"
                yield article.document.problem(f"conditions.{index}", f"there is no condition '{name}'", hint)


def _newest_first(articles: Iterable[Article]) -> tuple[Article, ...]:
    return tuple(sorted(articles, key=lambda a: (a.moment, a.source_path), reverse=True))


def _by_edition(articles: Iterable[Article]) -> dict[Edition, tuple[Article, ...]]:
    """The articles of each condition and language, in the order given."""
    found: dict[Edition, list[Article]] = defaultdict(list)
    for article in articles:
        found[article.condition, article.language].append(article)
    return {edition: tuple(found[edition]) for edition in sorted(found)}


def _listed(by_edition: Mapping[Edition, Sequence[Article]]) -> dict[Edition, tuple[Article, ...]]:
    """The articles that each edition lists: its own, and those of other conditions that name its condition."""
    guests: dict[Edition, list[Article]] = defaultdict(list)
    for (condition, language), articles in by_edition.items():
        for article in articles:
            for other in article.unnoted.conditions:
                if other != condition:
                    guests[other, language].append(article)
    return {
        edition: _newest_first([*by_edition.get(edition, ()), *guests[edition]])
        if edition in guests
        else tuple(own)
        for edition, own in {**dict.fromkeys(sorted(guests), ()), **by_edition}.items()
    }


def _translations(articles: Iterable[Article]) -> dict[str, dict[str, Article]]:
    """Articles with a translation, by key and language."""
    found: dict[str, dict[str, Article]] = defaultdict(dict)
    for article in articles:
        found[article.key][article.language] = article
    return {key: dict(sorted(versions.items())) for key, versions in found.items() if len(versions) > 1}


def _languages(config: Config, conditions: Mapping[str, Condition]) -> tuple[str, ...]:
    """The languages that have any page, in configured order; the site's own is always among them."""
    used = {language for condition in conditions.values() for language in condition.hubs}
    return tuple(tag for tag in config.all_languages if tag in used or tag == config.language)


def _make_policies(
    documents: Iterable[Document], config: Config, drafts: bool
) -> tuple[dict[str, tuple[Policy, ...]], list[Problem]]:
    """The pages of ``_pages/`` by language, in order of ``order`` and slug; and the problems of their slugs."""
    reserved = reserved_slugs(config)
    found: dict[str, list[Policy]] = defaultdict(list)
    problems: list[Problem] = []
    for document in documents:
        front_matter = document.front_matter
        assert isinstance(front_matter, PageFrontMatter)
        if front_matter.draft and not drafts:
            continue
        slug, refused = usable_slug(document, front_matter.slug or slugify(document.name), reserved)
        problems += refused
        segment = language_segment(document.language, config)
        path = f"/{segment}/{slug}/" if segment else f"/{slug}/"
        found[document.language].append(
            Policy(document, front_matter, document.language, slug, document.name, path)
        )
    return {tag: tuple(sorted(pages, key=_policy_order)) for tag, pages in found.items()}, problems


def _policy_order(policy: Policy) -> tuple[bool, float, str]:
    order = policy.front_matter.order
    return (order is None, order or 0, policy.slug)
