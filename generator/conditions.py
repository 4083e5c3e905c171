"""Conditions and their hubs: which there are, what they are called, on which host they live."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

import msgspec

from generator.config import Config
from generator.errors import Problem
from generator.matter import RESERVED_SLUGS, HubMatter
from generator.permalinks import Permalinks, make_permalinks
from generator.read import Document
from generator.site import Condition, Edition, Hub
from generator.text import digest

_ACCENTS = ("#2f6f73", "#6a4c93", "#a04a3c", "#33658a", "#7a5c1e", "#86416b", "#3d6b35", "#4a5a9a")


def language_segment(language: str, config: Config) -> str:
    """The URL segment of a language: none for the site's own."""
    return "" if language == config.language else language


def make_conditions(
    hubs: Iterable[Document], articles: Iterable[Document], config: Config, problems: list[Problem]
) -> tuple[dict[str, Condition], Permalinks]:
    documents: dict[str, dict[str, Document]] = defaultdict(dict)
    for hub in hubs:
        documents[hub.condition][hub.language] = hub
    first: dict[str, Document] = {}
    for article in articles:
        first.setdefault(article.condition, article)
    names = sorted({*documents, *first})
    own: dict[str, str] = {}
    for name in names:
        for language, hub in sorted(documents[name].items()):
            matter = hub.matter
            assert isinstance(matter, HubMatter)
            if matter.base_url:
                _own_host(name, language, hub, matter.base_url, own, config, problems)
        if not documents[name]:
            place = first[name].source_path.split("/")[:2]
            problems.append(
                Problem(
                    f"the condition '{name}' has no _index.md; it gets a plain hub",
                    source_path="/".join(place),
                    hint=f"write content/{name}/_index.md with title and description",
                    severity="warning",
                )
            )
        if name in RESERVED_SLUGS or name in config.all_languages:
            problems.append(
                Problem(
                    f"'{name}' is a reserved address", source_path=f"content/{name}", hint="rename the folder"
                )
            )
    permalinks = make_permalinks(config.base_url, own)
    conditions = {}
    for name in names:
        matters = {language: hub.matter for language, hub in documents[name].items()}
        main = matters.get(config.language) or next(iter(matters.values()), None)
        assert main is None or isinstance(main, HubMatter)
        hub_views = {}
        for language in sorted(matters, key=lambda tag: (tag != config.language, tag)):
            matter = matters[language]
            assert isinstance(matter, HubMatter)
            path = permalinks.prefix(name, language_segment(language, config))
            hub_views[language] = Hub(documents[name][language], matter, language, path)
        conditions[name] = Condition(
            id=name,
            root=permalinks.root_of(name),
            hubs=hub_views,
            accent=(main.accent if main else "") or _default_accent(name),
            policy=(main.comments if main else None) or config.comments.policy,
            quiet_hours=(main.quiet_hours if main else "") or config.comments.quiet_hours,
            slow_mode=_slow_mode(main, config),
        )
    return conditions, permalinks


def _slow_mode(main: HubMatter | None, config: Config) -> int:
    """Minutes; a hub's 0 switches the site's off."""
    return config.comments.slow_mode if main is None or main.slow_mode is None else main.slow_mode


def _refuse(problems: list[Problem], hub: Document, key: str, message: str, hint: str) -> None:
    problems.append(hub.problem(key, message, hint))


def _default_accent(name: str) -> str:
    return _ACCENTS[int(digest(name)[:8], 16) % len(_ACCENTS)]


def _own_host(
    name: str,
    language: str,
    hub: Document,
    base_url: str,
    own: dict[str, str],
    config: Config,
    problems: list[Problem],
) -> None:
    host = urlsplit(base_url).netloc.lower()
    if host == urlsplit(config.base_url).netloc.lower():
        _refuse(
            problems,
            hub,
            "base_url",
            "a condition's base_url needs a host of its own",
            "remove the line; it lies under the portfolio",
        )
    elif name in own and own[name] != base_url:
        _refuse(
            problems,
            hub,
            "base_url",
            f"differs from the base_url of the same hub in another language ({own[name]})",
            "write it once",
        )
    elif any(urlsplit(url).netloc.lower() == host for other, url in own.items() if other != name):
        _refuse(
            problems,
            hub,
            "base_url",
            f"the host {host} belongs to another condition",
            "give each condition a host of its own",
        )
    else:
        own[name] = base_url


def with_all_hubs(
    conditions: Mapping[str, Condition],
    by_edition: Mapping[Edition, object],
    permalinks: Permalinks,
    config: Config,
) -> dict[str, Condition]:
    """Every edition with articles has a hub: where no ``_index`` is written, one made from what there is."""
    complete: dict[str, Condition] = {}
    for name, condition in conditions.items():
        hubs = dict(condition.hubs)
        tags = {language for owner, language in by_edition if owner == name} or {config.language}
        for language in sorted(tags - set(hubs), key=lambda tag: (tag != config.language, tag)):
            fallback = next(iter(condition.hubs.values()), None)
            matter = fallback.matter if fallback else HubMatter(title=name.replace("-", " ").capitalize())
            path = permalinks.prefix(name, language_segment(language, config))
            hubs[language] = Hub(None, matter, language, path)
        ordered = {tag: hubs[tag] for tag in sorted(hubs, key=lambda tag: (tag != config.language, tag))}
        complete[name] = msgspec.structs.replace(condition, hubs=ordered)
    return complete
