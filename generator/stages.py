"""The stages as `build` and `serve` both call them: inputs to site, site to material, material to planned outputs."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from generator.assets import Asset, plan_assets
from generator.attachments import Attachment, read_attachments
from generator.bodies import Bodies, Digest, EarlyBodies, render_bodies
from generator.cache import Cache
from generator.collisions import find_collisions
from generator.config import CONFIG_NAME, config_place
from generator.errors import Problem, RequestError, ThemeError, raise_errors
from generator.images import SUFFIXES, ImageFile, Use, read_images
from generator.inputs import Inputs
from generator.links import Links
from generator.lookup import CRISIS, GLOSSARY, TOPICS, parse_crisis, parse_glossary, parse_topics
from generator.model import ImageSlot, LinkSlot
from generator.organize import organize
from generator.outputs import OUTPUTS
from generator.permalinks import Root
from generator.project import Options, Project
from generator.read import Document, read_documents
from generator.schedule import Epoch, epoch_of, iso
from generator.site import Site
from generator.text import did_you_mean
from generator.theme import read_theme
from generator.theme.words import Theme
from generator.views.material import Material, relative
from generator.views.plan import Frames, Planned, plan_pages
from generator.views.polls import asked_polls, closing_moment
from generator.workers import Workers


class Organized(NamedTuple):
    """The site, the documents that have pages (by source path), warnings so far, and *every* document, pages or not."""

    site: Site
    documents: Mapping[str, Document]
    warnings: tuple[Problem, ...]
    every: tuple[Document, ...]


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
    unknown = [name for name in options.only if name not in site.conditions]
    if unknown:
        hint = did_you_mean(unknown[0], site.conditions) or f"there are: {', '.join(site.conditions)}"
        raise RequestError(f"--condition: there is no condition '{unknown[0]}'", hint=hint)
    return Organized(site, shown_documents(site, documents), tuple(warnings), documents)


def shown_documents(site: Site, documents: Iterable[Document]) -> dict[str, Document]:
    """The documents that have a page: not what is withheld, nor drafts among the policies."""
    policies = {policy.document.source_path for group in site.policies.values() for policy in group}
    return {
        document.source_path: document
        for document in documents
        if document.source_path in site.articles
        or document.kind in ("hub", "person")
        or document.source_path in policies
    }


def make_bodies(
    project: Project,
    organized: Organized,
    cache: Cache,
    workers: Workers,
    early: EarlyBodies | None = None,
) -> Bodies:
    """Bodies of all documents that have a page; *early* are those made while reading."""
    options = organized.site.config.markdown_options
    return render_bodies(project.root, organized.documents.values(), options, cache, workers, early)


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
    wanted = _wanted(organized.documents, bodies.by_path)
    images, problems = read_images(project.root, wanted.images, others, site.config.images, cache, workers)
    attachments, unreadable = read_attachments(project.root, wanted.files, others, cache)
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


def _read_theme(project: Project, name: str, accents: Mapping[str, str]) -> Theme:
    try:
        return read_theme(name, project.theme_path, accents, project.elements, project.bytecode)
    except ThemeError as error:
        if error.source_path:
            raise
        raise ThemeError(
            error.message, CONFIG_NAME, *config_place(project.root, "theme"), error.hint
        ) from None


class Wanted(NamedTuple):
    """The files that pages need: images with the place of each use, and all others."""

    images: list[tuple[str, Use]]
    files: list[str]


def _wanted(documents: Mapping[str, Document], bodies: Mapping[str, Digest]) -> Wanted:
    """What is shown or linked to: a linked image tells as much of its maker as one that is shown."""
    wanted = Wanted([], [])
    for path, document in documents.items():
        first = document.parsed.body_line - 1
        for slot in bodies[path].slots:
            if isinstance(slot, ImageSlot):
                wanted.images.append((relative(path, slot.source), Use(path, slot.line + first, slot.column)))
            elif isinstance(slot, LinkSlot) and not slot.target.endswith(".md"):
                target = _linked_file(slot)
                suffix = posixpath.splitext(target)[1].lower()
                if suffix in SUFFIXES:
                    use = Use(path, slot.line + first, slot.column)
                    wanted.images.append((relative(path, target), use))
                elif suffix not in ("", ".md"):
                    wanted.files.append(relative(path, target))
        for key in ("image", "photo"):
            written = getattr(document.matter, key, "")
            if written:
                wanted.images.append((relative(path, written), Use(path, *document.place(key))))
    return wanted


def _linked_file(slot: LinkSlot) -> str:
    """The file that a link names; empty for one that leads elsewhere."""
    return "" if slot.target.startswith(("/", "#")) else slot.target.partition("#")[0].partition("?")[0]


def plan_site(material: Material, only: Sequence[str]) -> list[Planned]:
    """Every output but the copied files, in a fixed order."""
    frames = Frames(material)
    pages = list(plan_pages(material, frames, only))
    others = chain.from_iterable(output(material, frames, pages, only) for output in OUTPUTS)
    return [*pages, *others]


def plan_outputs(
    project: Project, options: Options, material: Material, attachments: Mapping[str, Attachment]
) -> tuple[list[Planned], list[Asset]]:
    """Every output: those to be rendered and those to be copied; raises SiteErrors where two lead to one path."""
    planned = plan_site(material, options.only)
    assets = list(
        plan_assets(project.root, material.site, material.theme, material.images, attachments, options.only)
    )
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
