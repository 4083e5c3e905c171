"""``manifest.json``: the polls, surveys and threads of published pages, and so what the function may accept.

Scheduled and draft pages are left out; limits are the function's own settings.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import msgspec

from generator import __version__
from generator.content.config import localized
from generator.ground.text import shorten
from generator.outputs.manifest_surveys import manifest_surveys
from generator.outputs.manifest_voices import manifest_voices, question_threads
from generator.site.polls import closing_moment
from generator.site.types import Condition
from generator.views import types as shapes
from generator.views.context import ViewContext
from generator.views.crisis import crisis_lines
from generator.views.planned import Frames, Planned
from generator.views.shared_parts import language_prefix
from generator.views.threads import comments_of, reactions_of

VERSION = 1


def plan_manifest(context: ViewContext, frames: Frames, pages: Sequence[Planned]) -> Iterator[Planned]:
    # The bytes are the same on every host: they are made once, when the first of them is needed.
    content = functools.cache(lambda: _encode(make_manifest(context)))
    for root in context.part.roots:
        output_path = root.output_path("/manifest.json")
        yield Planned(output_path, "/manifest.json", partial(_file, output_path, content), root=root)


def _file(output_path: str, content: Callable[[], bytes]) -> shapes.File:
    return shapes.File(output_path, content())


def _encode(manifest: dict[str, Any]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


def make_manifest(context: ViewContext) -> dict[str, Any]:
    """The manifest as ``manifest.schema.json`` of the contract defines it."""
    site = context.site
    config = site.config
    origins = dict.fromkeys(root.origin for root in site.permalinks.roots)
    return {
        "version": VERSION,
        "generated_by": f"gatherwell {__version__}",
        "origins": list(origins),
        "default_language": config.language,
        "languages": list(site.languages),
        "conditions": {
            condition.id: {
                "title": shorten(condition.hub(config.language).front_matter.title, 300),
                "origin": condition.root.origin,
                "url_path": condition.root.href(condition.hub(config.language).url_path),
                "comments": condition.policy,
                **_pace(condition, config.time_zone),
            }
            for condition in site.conditions.values()
        },
        "polls": _polls(context),
        "threads": _threads(context),
        "surveys": manifest_surveys(context),
        "voices": manifest_voices(context),
        "help": _help(context),
        "title": shorten(localized(config.title, config.language, config.language), 300),
        "people": _people(context),
        **_own_pages(context),
    }


def _own_pages(context: ViewContext) -> dict[str, Any]:
    """Where ``/you/`` lies on each host, by language: what a device keeps, it keeps for one host."""
    if not context.site.config.widgets.endpoint:
        return {}
    found: dict[str, dict[str, str]] = {}
    for root in context.site.permalinks.roots:
        condition = context.site.conditions.get(root.condition)
        languages = sorted(condition.hubs) if condition else context.site.languages
        paths = {tag: root.href(f"{language_prefix(context, tag)}/you/") for tag in languages}
        found.setdefault(root.origin, paths)
    return {"you": found}


def _people(context: ViewContext) -> list[str]:
    """The names on published profiles, in every language: the function lets nobody else write under them."""
    people = context.site.people.values()
    return sorted({shorten(one.name, 300) for person in people for one in person.front_matters.values()})


def _pace(condition: Condition, time_zone: str) -> dict[str, Any]:
    """Quiet hours, slow mode and the age of writers, each where it is set."""
    pace: dict[str, Any] = {}
    if condition.quiet_hours != "off":
        begin, _, end = condition.quiet_hours.partition("-")
        pace["quiet"] = {"from": begin, "to": end, "time_zone": time_zone}
    if condition.slow_mode:
        pace["slow"] = condition.slow_mode
    if condition.minimum_age:
        pace["minimum_age"] = condition.minimum_age
    return pace


def _help(context: ViewContext) -> dict[str, list[dict[str, Any]]]:
    """The crisis lines by language, as pages show them.

    Languages in which the site has no pages are included: people write comments in their own.
    """
    return {
        language: [
            {
                "name": f"{line.name}, {line.region}" if line.region else line.name,
                "phone": line.number or None,
                "text": line.text or None,
                "url": line.url or None,
                "hours": line.hours or None,
                **({"kinds": list(line.kinds)} if line.kinds else {}),
                **({"region": line.territory} if line.territory else {}),
            }
            for line in crisis_lines(context, language)
        ]
        for language in sorted({locale.partition("-")[0] for locale in context.site.crisis})
    }


def _polls(context: ViewContext) -> dict[str, Any]:
    polls: dict[str, Any] = {}
    language = context.site.config.language
    for poll_id, every in sorted(context.polls.items()):
        versions = {tag: asked for tag, asked in every.items() if asked.article.is_public}
        if not versions:
            continue
        main = versions.get(language) or next(iter(versions.values()))
        closing = closing_moment(main.poll, context.site)
        polls[poll_id] = {
            "condition": main.article.condition,
            "question": shorten(main.poll.question, 1000),
            "options": [
                {"key": option.key, "label": shorten(option.label, 500)} for option in main.poll.options
            ],
            "multiple": main.poll.multiple,
            "min": main.poll.minimum,
            "max": main.poll.maximum,
            "version": main.poll.version,
            "closes": closing.replace("+00:00", "Z") if closing else None,
            "results": main.poll.results,
            "sensitive": main.poll.sensitive,
            "pages": {
                tag: asked.article.root.href(asked.article.url_path)
                for tag, asked in sorted(versions.items())
            },
        }
    return polls


def _threads(context: ViewContext) -> dict[str, Any]:
    config = context.site.config
    threads: dict[str, Any] = {}
    originals_first = sorted(
        context.site.articles.values(), key=lambda a: (a.language != config.language, a.source_path)
    )
    for article in originals_first:
        if not article.is_public:
            continue
        comments = comments_of(article, config.comments.default)
        reactions = reactions_of(article, config.comments.reactions)
        if comments == "off" and not reactions:
            continue
        page = article.root.href(article.url_path)
        if article.thread in threads:
            threads[article.thread]["pages"].setdefault(article.language, page)
            continue
        threads[article.thread] = {
            "condition": article.condition,
            "title": shorten(article.front_matter.title, 1000),
            "comments": comments,
            "reactions": list(reactions),
            "pages": {article.language: page},
        }
    return dict(sorted({**threads, **question_threads(context)}.items()))
