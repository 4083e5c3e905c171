"""The pages that each host has once: portfolio, search, people, glossary, policies, ``/you/``, 404.

A condition's own host repeats people, glossary and policies, so that it is complete by itself; its sitemap names only the
portfolio's copies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from generator.site.pagination import page_path, paginate
from generator.site.permalinks import Root
from generator.site.types import Person, Policy, serves_person
from generator.views.context import ViewContext
from generator.views.frame import Frame
from generator.views.glossary import glossary_page, glossary_path
from generator.views.people import people_page, person_page
from generator.views.planned import Frames, Planned, plan_page, sitemap_entry
from generator.views.portfolio import portfolio_page
from generator.views.search import plan_search
from generator.views.shared_parts import language_prefix, person_languages, person_path, profile_document
from generator.views.small_pages import not_found_page, policy_page, you_page
from generator.views.trust import trust_page, trust_path


def plan_host(context: ViewContext, frames: Frames, root: Root) -> Iterator[Planned]:
    """Every page that belongs to the host itself."""
    site = context.site
    condition = site.conditions.get(root.condition)
    languages = tuple(condition.hubs) if condition else site.languages
    people = [person for person in site.people.values() if serves_person(site, root, person.id)]
    for language in languages:
        frame = frames.get(root, language, condition)
        if condition is None:
            yield from site.reads.apart(_portfolio(context, frame))
        yield from _people(context, frame, people)
        yield from _glossary(frame)
        for policy in site.policies.get(language, ()):
            yield _policy(frame, policy, indexed=condition is None and not policy.front_matter.noindex)
        if site.config.widgets.endpoint:
            url_path = f"{language_prefix(context, language)}/you/"
            yield plan_page(frame, url_path, "you", partial(you_page, frame))
    for language in site.policies:
        if language not in languages:
            for policy in site.policies[language]:
                yield _policy(frames.get(root, language, condition), policy, indexed=False)
    own, *others = (frames.get(root, language, condition) for language in languages)
    yield plan_page(own, "/404.html", "404", partial(not_found_page, own, "/404.html", others))
    if condition is None:
        for frame in others:
            url_path = f"{language_prefix(context, frame.language)}/404.html"
            yield plan_page(frame, url_path, "404", partial(not_found_page, frame, url_path))


def _portfolio(context: ViewContext, frame: Frame) -> Iterator[Planned]:
    """The portfolio, and the search page over all conditions on its host."""
    site, url_path = context.site, f"{language_prefix(context, frame.language)}/"
    versions = tuple(
        (tag, frame.root.permalink(f"{language_prefix(context, tag)}/")) for tag in site.languages
    )
    entry = sitemap_entry(frame, url_path, versions=versions)
    yield plan_page(frame, url_path, "portfolio", partial(portfolio_page, frame), entry=entry)
    topics = [
        topic
        for (name, language), group in site.topics.items()
        if language == frame.language and not site.conditions[name].root.condition
        for topic in group.values()
    ]
    yield plan_search(frame, topics)
    url_path = trust_path(frame)
    versions = tuple((tag, frame.root.permalink(trust_path(frame, tag))) for tag in site.languages)
    entry = sitemap_entry(frame, url_path, versions=versions)
    yield plan_page(frame, url_path, "trust", partial(trust_page, frame), entry=entry)


def _people(context: ViewContext, frame: Frame, people: Sequence[Person]) -> Iterator[Planned]:
    """The page of all *people*, and the pages of each; nothing where there are none."""
    if not people:
        return
    url_path = f"{language_prefix(context, frame.language)}/people/"
    entry = sitemap_entry(frame, url_path) if frame.condition is None else None
    yield plan_page(frame, url_path, "people", partial(people_page, frame, people), entry=entry)
    for person in people:
        if frame.language in person_languages(context, person.id):
            yield from context.site.reads.apart(_person(context, frame, person))


def _person(context: ViewContext, frame: Frame, person: Person) -> Iterator[Planned]:
    base = person_path(context, person.id, frame.language)
    path = profile_document(person, frame.language).source_path
    items = [
        article for article in context.site.written.get(person.id, ()) if article.language == frame.language
    ]
    if frame.condition is not None:
        items = [article for article in items if article.condition == frame.condition.id]
    indexed = frame.condition is None and not person.front_matter(frame.language).noindex
    for page in paginate(len(items), context.site.config.pagination.per_page):
        first = page.number == 0
        yield plan_page(
            frame,
            page_path(base, page.number),
            path,
            partial(person_page, frame, person, items, page),
            (path,) if first else (),
            sitemap_entry(frame, base) if first and indexed else None,
            traced=True,
        )


def _glossary(frame: Frame) -> Iterator[Planned]:
    if frame.context.site.glossary:
        url_path = glossary_path(frame)
        entry = sitemap_entry(frame, url_path) if frame.condition is None else None
        make = partial(glossary_page, frame)
        yield plan_page(frame, url_path, "content/_glossary.yaml", make, entry=entry)


def _policy(frame: Frame, policy: Policy, indexed: bool) -> Planned:
    path, make = policy.document.source_path, partial(policy_page, frame, policy)
    updated = policy.front_matter.updated[:10]
    entry = sitemap_entry(frame, policy.url_path, updated) if indexed else None
    return plan_page(frame, policy.url_path, path, make, (path,), entry)
