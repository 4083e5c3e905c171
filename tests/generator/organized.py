"""Owns values of the organized site made without a disk, for tests of the rules that read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from generator.bodies.table import BodyTable
from generator.content.config import Config
from generator.content.front_matter.parse import Parsed
from generator.content.front_matter.schema import ArticleFrontMatter, HubFrontMatter, PageFrontMatter
from generator.content.read import Document
from generator.content.snapshot import Snapshot
from generator.ground.reads import Lookups, Reads, of_edition, of_path, of_person
from generator.ground.text import slugify
from generator.schema.dates import local_day
from generator.site.conditions import language_segment
from generator.site.context import SiteContext
from generator.site.glossary import make_glossary
from generator.site.links import Links
from generator.site.neighbours import Neighbours
from generator.site.partial import part_of
from generator.site.permalinks import Permalinks, make_permalinks
from generator.site.schedule import moment_of
from generator.site.types import Article, Condition, Hub, Policy, Site
from generator.theme.types import Theme
from generator.views.context import ViewContext

CONFIG = Config(
    title="Tiny", base_url="https://tiny.example/", languages=("en", "es"), search=False, cards="off"
)
NOW = dt.datetime(2026, 6, 1, 12, 0, tzinfo=dt.UTC)
THEME = Theme("tiny", {}, {}, {"en": {}}, {"en": "ltr"}, (), {}, "")


def document(
    source_path: str,
    front_matter: ArticleFrontMatter | HubFrontMatter | PageFrontMatter,
    kind: str,
    condition: str = "",
) -> Document:
    """A file of which nothing is known but its front matter; ``a.es.md`` is Spanish."""
    name = source_path.rpartition("/")[2].removesuffix(".md")
    stem, _, language = name.partition(".")
    return Document(source_path, kind, condition, "", stem, language or "en", "", Parsed(front_matter))


def article(
    name: str,
    condition: str = "ms",
    config: Config = CONFIG,
    urls: Mapping[str, str] | None = None,
    **front_matter: object,
) -> Article:
    """The article ``content/<condition>/<name>.md``; *urls* are the conditions with a host of their own."""
    front = ArticleFrontMatter(**{"title": name, **front_matter})  # type: ignore[arg-type]
    source = document(f"content/{condition}/{name}.md", front, "article", condition)
    permalinks = make_permalinks(config.base_url, urls or {})
    prefix = permalinks.prefix(condition, language_segment(source.language, config))
    return Article(
        document=source,
        unnoted=front,
        condition=condition,
        language=source.language,
        root=permalinks.root_of(condition),
        url_path=f"{prefix}{source.name}/",
        key=f"{condition}/{source.name}",
        thread=f"{condition}~{source.name}",
        slug=source.name,
        moment=moment_of(front.date, config.zone),
        day=local_day(front.date, config.zone) if front.date else None,
        topics=tuple(slugify(topic) for topic in front.topics),
    )


def hub(condition: str, permalinks: Permalinks, written: bool = True, **front_matter: object) -> Condition:
    """A condition with an English hub; *written* tells whether ``_index.md`` is there."""
    front = HubFrontMatter(**{"title": condition, **front_matter})  # type: ignore[arg-type]
    source = document(f"content/{condition}/_index.md", front, "hub", condition) if written else None
    home = Hub(source, front, "en", permalinks.prefix(condition, ""))
    return Condition(condition, permalinks.root_of(condition), {"en": home}, "#2f6f73", "first")


def policy(name: str, **front_matter: object) -> Policy:
    """The page ``content/_pages/<name>.md``."""
    front = PageFrontMatter(**{"title": name, **front_matter})  # type: ignore[arg-type]
    source = document(f"content/_pages/{name}.md", front, "page")
    prefix = "/" if source.language == "en" else f"/{source.language}/"
    return Policy(source, front, source.language, source.name, source.name, f"{prefix}{source.name}/")


def site(
    articles: Iterable[Article] = (),
    conditions: Iterable[Condition] = (),
    policies: Iterable[Policy] = (),
    config: Config = CONFIG,
    urls: Mapping[str, str] | None = None,
) -> Site:
    """A site of these parts and nothing else."""
    reads = Reads()
    by_language: dict[str, tuple[Policy, ...]] = {}
    for page in policies:
        by_language[page.language] = (*by_language.get(page.language, ()), page)
    return Site(
        config=config,
        permalinks=make_permalinks(config.base_url, urls or {}),
        now=NOW,
        conditions={condition.id: condition for condition in conditions},
        articles=Lookups({found.source_path: found for found in articles}, reads, of_path),
        withheld=Lookups({}, reads, of_path),
        by_edition=Lookups({}, reads, of_edition),
        listed=Lookups({}, reads, of_edition),
        translations=Lookups({}, reads, of_path),
        topics=Lookups({}, reads, of_edition),
        people={},
        written=Lookups({}, reads, of_person),
        reviewed=Lookups({}, reads, of_person),
        policies=by_language,
        glossary={},
        crisis={},
        neighbours=Neighbours({}, reads),
        languages=config.all_languages,
        moments=(),
    )


def context_of(of: Site, only: tuple[str, ...] = ()) -> ViewContext:
    """A site without bodies, images and answers of the function, in a theme without words; *only* as in options."""
    bodies = BodyTable({})
    context = SiteContext(
        site=of,
        part=part_of(of, only),
        bodies=bodies,
        polls={},
        glossary=make_glossary({}, of.languages),
        links=Links(of, bodies, {}, lambda path, root: ""),
        images=(),
        known_files=(),
        snapshot=Snapshot(),
        results={},
        now=NOW.isoformat(),
        searchable=False,
    )
    return ViewContext(context, THEME, {})
