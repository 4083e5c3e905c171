"""The stages as `build` and `serve` both call them: inputs to site, site to material, material to planned outputs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from generator.assets import Asset, plan_assets
from generator.attachments import Attachment, read_attachments
from generator.bodies import Bodies, EarlyBodies, render_bodies
from generator.cache import Cache
from generator.collisions import find_collisions
from generator.config import CONFIG_NAME, config_place
from generator.errors import Problem, RequestError, SiteError, ThemeError, raise_errors
from generator.images import ImageFile, read_images
from generator.inputs import Inputs
from generator.links import Links
from generator.lookup import CRISIS, GLOSSARY, TOPICS, parse_crisis, parse_glossary, parse_topics
from generator.organize import organize
from generator.outputs import OUTPUTS
from generator.permalinks import Root
from generator.project import PORTFOLIO, Options, Project
from generator.read import Document, read_documents
from generator.schedule import Epoch, epoch_of, iso
from generator.shards import LateBodies, built_documents, built_roots, neighbours, pictured, sharing
from generator.shown_files import files_on, shown_files
from generator.site import Site
from generator.text import did_you_mean, digest
from generator.theme import read_theme
from generator.theme.words import Theme
from generator.views.material import Material
from generator.views.plan import plan_pages
from generator.views.planned import Frames, Planned
from generator.views.polls import asked_polls, closing_moment
from generator.workers import Workers


class Organized(NamedTuple):
    """The site, the documents that have pages in this build (by source path), warnings so far, *every* document, pages
    or not, and the conditions to which this build is limited.
    """

    site: Site
    documents: Mapping[str, Document]
    warnings: tuple[Problem, ...]
    every: tuple[Document, ...]
    only: tuple[str, ...] = ()


class Parts(NamedTuple):
    """What views show beside the site and its texts: theme, images and attachments, and what is wrong with them."""

    theme: Theme
    images: Mapping[str, ImageFile]
    attachments: dict[str, Attachment]
    problems: tuple[Problem, ...]


def organize_site(
    project: Project,
    options: Options,
    inputs: Inputs,
    cache: Cache,
    workers: Workers,
    known_documents: Mapping[str, Document] = MappingProxyType({}),
    early: EarlyBodies | None = None,
) -> Organized:
    """read → organize; raises SiteErrors with all that is wrong in any file."""
    beside = early.beside() if early else None
    documents = read_documents(
        project.root, inputs.tree, inputs.config, cache, workers, known_documents, beside
    )
    return organize_documents(options, inputs, documents)


def organize_documents(options: Options, inputs: Inputs, documents: tuple[Document, ...]) -> Organized:
    """organize; raises SiteErrors with all that cannot stand beside one another."""
    glossary, glossary_problems = parse_glossary(inputs.data[GLOSSARY], inputs.config)
    crisis, crisis_problems = parse_crisis(inputs.data[CRISIS])
    topics, topic_problems = parse_topics(inputs.data[TOPICS], inputs.config)
    raise_errors((*glossary_problems, *crisis_problems, *topic_problems))
    site, warnings = organize(documents, inputs.config, options.now, options.drafts, glossary, crisis, topics)
    unknown = [name for name in options.only if name not in site.conditions and name != PORTFOLIO]
    if unknown:
        hint = did_you_mean(unknown[0], site.conditions) or f"there are: {', '.join(site.conditions)}"
        raise RequestError(f"--condition: there is no condition '{unknown[0]}'", hint=hint)
    built = built_documents(site, documents, options.only)
    return Organized(site, built, tuple(warnings), documents, options.only)


def make_bodies(
    project: Project,
    organized: Organized,
    cache: Cache,
    workers: Workers,
    early: EarlyBodies | None = None,
) -> Bodies:
    """Bodies of all documents that have a page; *early* are those made while reading.

    Where only some conditions are built, those of others are made as they are asked for.
    """
    site, root = organized.site, project.root
    markdown = site.config.markdown_options
    wanted = chain(organized.documents.values(), neighbours(site, organized.only))
    bodies = render_bodies(root, wanted, markdown, cache, workers, early)
    if not organized.only:
        return bodies
    alone = Workers(1)
    late = LateBodies(
        bodies.by_path, organized.every, lambda one: render_bodies(root, (one,), markdown, cache, alone)
    )
    return bodies._replace(by_path=late)


def make_material(
    project: Project,
    options: Options,
    organized: Organized,
    inputs: Inputs,
    bodies: Bodies,
    cache: Cache,
    workers: Workers,
) -> tuple[Material, dict[str, Attachment], list[Problem]]:
    """Everything that views are made from; raises on a theme that cannot be read."""
    parts = read_parts(project, organized, inputs, bodies, cache, workers)
    return join_material(options, organized, inputs, bodies, parts), parts.attachments, [*parts.problems]


def read_parts(
    project: Project, organized: Organized, inputs: Inputs, bodies: Bodies, cache: Cache, workers: Workers
) -> Parts:
    """The theme, and the images and files that the documents use; raises on a theme that cannot be read."""
    site, others = organized.site, inputs.tree.others
    accents = {condition.id: condition.accent for condition in site.conditions.values()}
    theme = _read_theme(project, site.config.theme, accents)
    shown = shown_files(organized.documents.values(), bodies.by_path, pictured(site, organized.only))
    images, problems = read_images(project.root, shown.images, others, site.config.images, cache, workers)
    attachments, unreadable = read_attachments(project.root, shown.files, others, cache)
    return Parts(theme, images, attachments, (*problems, *unreadable, *theme.warnings))


def join_material(
    options: Options, organized: Organized, inputs: Inputs, bodies: Bodies, parts: Parts
) -> Material:
    """Site, bodies and parts in one place."""
    site, others, images, attachments = organized.site, inputs.tree.others, parts.images, parts.attachments

    def attach(path: str, root: Root) -> str:
        if path in images:
            return root.href(images[path].widest_path)
        return root.href(attachments[path].output_path) if path in attachments else ""

    return Material(
        site=site,
        bodies=bodies.by_path,
        images=images,
        snapshot=inputs.snapshot,
        theme=parts.theme,
        links=Links(site, bodies.by_path, others, attach),
        now=iso(site.now),
        searchable=options.search,
        known_files=others,
        memo={},
    )


def preload_theme(project: Project, name: str) -> None:
    """Compile ahead what the theme's scripts say, so that :func:`read_parts` finds it; faults are told there."""
    with suppress(SiteError):
        _read_theme(project, name, {})


def _read_theme(project: Project, name: str, accents: Mapping[str, str]) -> Theme:
    try:
        return read_theme(name, project.theme_path, accents, project.elements, project.bytecode)
    except ThemeError as error:
        if error.source_path:
            raise
        raise ThemeError(
            error.message, CONFIG_NAME, *config_place(project.root, "theme"), error.hint
        ) from None


def plan_site(material: Material, only: Sequence[str]) -> list[Planned]:
    """Every output but the copied files, in a fixed order."""
    frames = Frames(material)
    pages = list(plan_pages(material, frames, only))
    listed = pages
    if PORTFOLIO in only:
        listed = list(plan_pages(material, frames, (*only, *sharing(material.site))))
    others = chain.from_iterable(output(material, frames, listed, only) for output in OUTPUTS)
    return [*pages, *others]


def plan_outputs(
    project: Project, organized: Organized, material: Material, attachments: Mapping[str, Attachment]
) -> tuple[list[Planned], list[Asset]]:
    """Every output: those to be rendered and those to be copied; raises SiteErrors where two lead to one path."""
    planned = plan_site(material, organized.only)
    assets: list[Asset] = []
    site, documents = material.site, organized.documents.values()
    theme_files = [(file, digest(file.content)) for file in material.theme.files]
    for root in built_roots(site, organized.only):
        needed = files_on(root, site, documents, material.bodies)
        assets += plan_assets(project.root, root, theme_files, material.images, attachments, needed)
    assets += _cards(project, planned)
    outputs = [(plan.output_path, plan.origin) for plan in planned]
    raise_errors(find_collisions([*outputs, *((asset.output_path, asset.origin) for asset in assets)]))
    return planned, assets


def _cards(project: Project, planned: Iterable[Planned]) -> Iterator[Asset]:
    """The social cards that pages name, each once on its root."""
    wanted = {
        (plan.root.output_path(plan.card.output_path), plan.card)
        for plan in planned
        if plan.root and plan.card
    }
    for output_path, card in sorted(wanted, key=lambda pair: pair[0]):
        yield Asset(output_path, "a social card", card.key, source=str(project.root), card=card)


def site_epoch(material: Material) -> Epoch:
    """The stretch of time in which nothing flips: articles' moments and polls' closings."""
    closings = (
        closing_moment(asked.poll, material.site) for asked in asked_polls(material.site, material.bodies)
    )
    return epoch_of(material.now, [*material.site.moments, *(moment for moment in closings if moment)])
