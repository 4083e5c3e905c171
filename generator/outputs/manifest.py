"""``manifest.json``: what published pages show, and so what the function may accept; nothing scheduled, no limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import msgspec

from generator import __version__
from generator.site import Condition
from generator.text import shorten
from generator.views import shapes
from generator.views.articles import comments_of, reactions_of
from generator.views.material import Material
from generator.views.planned import Frames, Planned
from generator.views.polls import closing_moment, polls_by_id
from generator.views.slots import crisis_lines

VERSION = 1


def plan_manifest(
    material: Material, frames: Frames, pages: Sequence[Planned], only: Sequence[str]
) -> Iterator[Planned]:
    for root in material.site.permalinks.roots:
        if not only or root.condition in only:
            output_path = root.output_path("/manifest.json")
            yield Planned(
                output_path, "/manifest.json", partial(_manifest_file, material, output_path), root=root
            )


def _manifest_file(material: Material, output_path: str) -> shapes.File:
    """The same bytes on every host, made when they are asked for."""
    if ("manifest",) not in material.memo:
        encoded = msgspec.json.encode(make_manifest(material))
        material.memo["manifest",] = msgspec.json.format(encoded, indent=1) + b"\n"
    return shapes.File(output_path, material.memo["manifest",])


def make_manifest(material: Material) -> dict[str, Any]:
    """The manifest as the contract's schema has it; drafts and what is not yet published are left out."""
    site = material.site
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
                "title": shorten(condition.hub(config.language).matter.title, 300),
                "origin": condition.root.origin,
                "url_path": condition.root.href(condition.hub(config.language).url_path),
                "comments": condition.policy,
                **_pace(condition, config.time_zone),
            }
            for condition in site.conditions.values()
        },
        "polls": _polls(material),
        "threads": _threads(material),
        "help": _help(material),
    }


def _pace(condition: Condition, time_zone: str) -> dict[str, Any]:
    pace: dict[str, Any] = {}
    if condition.quiet_hours != "off":
        begin, _, end = condition.quiet_hours.partition("-")
        pace["quiet"] = {"from": begin, "to": end, "time_zone": time_zone}
    if condition.slow_mode:
        pace["slow"] = condition.slow_mode
    return pace


def _help(material: Material) -> dict[str, list[dict[str, str | None]]]:
    """The crisis lines by language, as pages show them; also of languages that the site does not speak, since
    people write in their own."""
    return {
        language: [
            {
                "name": f"{line.name}, {line.region}" if line.region else line.name,
                "phone": line.number or None,
                "text": None,
                "url": line.url or None,
                "hours": line.hours or None,
            }
            for line in crisis_lines(material, language)
        ]
        for language in sorted({locale.partition("-")[0] for locale in material.site.crisis})
    }


def _polls(material: Material) -> dict[str, Any]:
    polls: dict[str, Any] = {}
    language = material.site.config.language
    for poll_id, every in sorted(polls_by_id(material).items()):
        versions = {tag: asked for tag, asked in every.items() if asked.article.status == "published"}
        if not versions:
            continue
        main = versions.get(language) or next(iter(versions.values()))
        closing = closing_moment(main.poll, material.site)
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


def _threads(material: Material) -> dict[str, Any]:
    config = material.site.config
    threads: dict[str, Any] = {}
    originals_first = sorted(
        material.site.articles.values(), key=lambda a: (a.language != config.language, a.source_path)
    )
    for article in originals_first:
        if article.status != "published":
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
            "title": shorten(article.matter.title, 1000),
            "comments": comments,
            "reactions": list(reactions),
            "pages": {article.language: page},
        }
    return dict(sorted(threads.items()))
