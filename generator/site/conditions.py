"""Conditions and their hubs: which there are, their settings, and the host of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from generator.content.config import Config
from generator.content.front_matter.addresses import RESERVED_SLUGS
from generator.content.front_matter.schema import HubFrontMatter
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.ground.text import digest
from generator.site.permalinks import Permalinks, make_permalinks
from generator.site.types import Condition, Edition, Hub

_ACCENTS = ("#2f6f73", "#6a4c93", "#a04a3c", "#33658a", "#7a5c1e", "#86416b", "#3d6b35", "#4a5a9a")


def language_segment(language: str, config: Config) -> str:
    """The URL segment of a language; empty for the site's own."""
    return "" if language == config.language else language


class Conditions(NamedTuple):
    """All conditions by name, each with the hubs that have a file; the addresses of their pages; and all problems."""

    by_name: dict[str, Condition]
    permalinks: Permalinks
    problems: list[Problem]


def make_conditions(hubs: Iterable[Document], articles: Iterable[Document], config: Config) -> Conditions:
    """A condition for each folder that has a hub or an article."""
    hubs_of: dict[str, dict[str, Document]] = defaultdict(dict)
    for hub in hubs:
        hubs_of[hub.condition][hub.language] = hub
    first_article: dict[str, Document] = {}
    for article in articles:
        first_article.setdefault(article.condition, article)
    names = sorted({*hubs_of, *first_article})
    base_urls: dict[str, str] = {}
    problems: list[Problem] = []
    for name in names:
        for _, hub in sorted(hubs_of[name].items()):
            url = _front_matter(hub).base_url
            problem = _host_problem(hub, url, base_urls, config) if url else None
            if problem is not None:
                problems.append(problem)
            elif url:
                base_urls[name] = url
        if not hubs_of[name]:
            problems.append(_no_hub(name, first_article[name]))
        if name in RESERVED_SLUGS or name in config.all_languages:
            message = f"'{name}' is a reserved address"
            problems.append(Problem(message, source_path=f"content/{name}", hint="rename the folder"))
    permalinks = make_permalinks(config.base_url, base_urls)
    conditions = {name: _make_condition(name, hubs_of[name], config, permalinks) for name in names}
    return Conditions(conditions, permalinks, problems)


def _make_condition(
    name: str, hubs: Mapping[str, Document], config: Config, permalinks: Permalinks
) -> Condition:
    """A condition; its settings are those of the hub in the site's language, else of the first hub."""
    main = hubs.get(config.language) or next(iter(hubs.values()), None)
    settings = _front_matter(main) if main else HubFrontMatter(title=name)
    return Condition(
        id=name,
        root=permalinks.root_of(name),
        hubs={
            tag: Hub(
                hubs[tag],
                _front_matter(hubs[tag]),
                tag,
                permalinks.prefix(name, language_segment(tag, config)),
            )
            for tag in _own_language_first(hubs, config)
        },
        accent=settings.accent or _default_accent(name),
        policy=settings.comments or config.comments.policy,
        quiet_hours=settings.quiet_hours or config.comments.quiet_hours,
        # A hub's 0 turns the site's slow mode off.
        slow_mode=config.comments.slow_mode if settings.slow_mode is None else settings.slow_mode,
        minimum_age=config.comments.minimum_age if settings.minimum_age is None else settings.minimum_age,
    )


def _front_matter(hub: Document) -> HubFrontMatter:
    front_matter = hub.front_matter
    assert isinstance(front_matter, HubFrontMatter)
    return front_matter


def _own_language_first(tags: Iterable[str], config: Config) -> list[str]:
    """Language tags in order, the site's own before all others."""
    return sorted(tags, key=lambda tag: (tag != config.language, tag))


def _no_hub(name: str, article: Document) -> Problem:
    return Problem(
        f"the condition '{name}' has no _index.md; it gets a plain hub",
        source_path="/".join(article.source_path.split("/")[:2]),
        hint=f"write content/{name}/_index.md with title and description",
        severity="warning",
    )


def _default_accent(name: str) -> str:
    return _ACCENTS[int(digest(name)[:8], 16) % len(_ACCENTS)]


def _host_problem(
    hub: Document, base_url: str, base_urls: Mapping[str, str], config: Config
) -> Problem | None:
    """Why a hub cannot have *base_url*, given the *base_urls* of the conditions so far; None where it can."""
    name, host = hub.condition, _host_of(base_url)
    if host == _host_of(config.base_url):
        message = "a condition's base_url needs a host of its own"
        return hub.problem("base_url", message, "remove the line; the condition is then published under the portfolio")
    if base_urls.get(name, base_url) != base_url:
        message = f"differs from the base_url of the same hub in another language ({base_urls[name]})"
        return hub.problem("base_url", message, "write it once")
    if any(_host_of(url) == host for other, url in base_urls.items() if other != name):
        message = f"the host {host} belongs to another condition"
        return hub.problem("base_url", message, "give each condition a host of its own")
    return None


def _host_of(url: str) -> str:
    return urlsplit(url).netloc.lower()


def with_all_hubs(
    conditions: Mapping[str, Condition],
    by_edition: Mapping[Edition, object],
    permalinks: Permalinks,
    config: Config,
) -> dict[str, Condition]:
    """*conditions* with a hub in each language that they have articles in; one without a file copies another's front
    matter, or has the folder's name as title.
    """
    complete: dict[str, Condition] = {}
    for name, condition in conditions.items():
        hubs = dict(condition.hubs)
        tags = {language for owner, language in by_edition if owner == name} or {config.language}
        for language in _own_language_first(tags - set(hubs), config):
            fallback = next(iter(condition.hubs.values()), None)
            front_matter = fallback.front_matter if fallback else HubFrontMatter(title=name.replace("-", " ").capitalize())
            path = permalinks.prefix(name, language_segment(language, config))
            hubs[language] = Hub(None, front_matter, language, path)
        ordered = {tag: hubs[tag] for tag in _own_language_first(hubs, config)}
        complete[name] = msgspec.structs.replace(condition, hubs=ordered)
    return complete
