"""The stages of a plan, from sources to planned outputs; each returns a new value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

import msgspec

from generator.bodies.render import Prerendered, prerender, render_bodies
from generator.bodies.table import BodyTable
from generator.build.inputs import Inputs
from generator.build.run import Run
from generator.build.site_theme import cached_theme, preload_theme
from generator.content.config import CONFIG_NAME, config_place
from generator.content.levels import apply_levels
from generator.content.read import Document, read_documents
from generator.disk.collisions import find_collisions
from generator.disk.content_tree import CONTENT_DIR
from generator.files.assets import Asset, plan_assets
from generator.files.attachments import Attachment, read_attachments
from generator.files.images import ImageFile, Use, WantedImage, read_images
from generator.files.left_copies import left_copies
from generator.files.shown import files_on, shown_files
from generator.files.static import StaticFile, plan_static, published_paths, read_static
from generator.files.unread import unread_files
from generator.ground.errors import Position, Problem, RequestError
from generator.ground.project import PORTFOLIO, Options, Project
from generator.ground.text import did_you_mean, digest
from generator.outputs import OUTPUTS
from generator.outputs.redirects import numbered_redirects
from generator.processes.workers import Workers
from generator.site.context import SiteContext, site_logo
from generator.site.data_files import parse_data_files
from generator.site.first_answers import month_moments
from generator.site.glossary import make_glossary
from generator.site.languages import RULE as LANGUAGES
from generator.site.links import Links
from generator.site.organize import organize
from generator.site.partial import Part, built_documents, part_of, pictured, shown_in_part, with_sharing
from generator.site.permalinks import Root
from generator.site.polls import asked_polls, closing_moment, polls_by_id
from generator.site.results import published_results
from generator.site.schedule import Epoch, epoch_of, iso
from generator.site.statements import statement_moments
from generator.site.types import Site
from generator.site.voices import without_adopted
from generator.theme.types import Theme
from generator.views.condition_pages import plan_articles
from generator.views.context import ViewContext
from generator.views.named_pages import missing_pages
from generator.views.plan import plan_pages
from generator.views.planned import Frames, Planned


class Organized(NamedTuple):
    """The site, the part of it that is built, the documents that have pages in that part (by source path), warnings so
    far, and *every* document, pages or not.
    """

    site: Site
    part: Part
    documents: Mapping[str, Document]
    warnings: tuple[Problem, ...]
    every: tuple[Document, ...]


class Files(NamedTuple):
    """What is published beside the site and its texts: theme, images, attachments, the files of ``static/``; and what
    is wrong with them.
    """

    theme: Theme
    images: Mapping[str, ImageFile]
    attachments: Mapping[str, Attachment]
    static: tuple[StaticFile, ...]
    problems: tuple[Problem, ...]


def prerender_bodies(run: Run, inputs: Inputs) -> Prerendered | None:
    """Where no body is cached, bodies are rendered while their texts are read, and the theme is read meanwhile."""
    if run.options.only:
        return None
    prerendered = prerender(inputs.config.markdown_options, run.cache)
    if prerendered is not None:
        run.workers.meanwhile(lambda: preload_theme(run.project, inputs.config.theme))
    return prerendered


def read_sources(
    run: Run, inputs: Inputs, known: Mapping[str, Document], prerendered: Prerendered | None
) -> tuple[Document, ...]:
    """Every document; *known* ones are not parsed again where their bytes are equal. Raises SiteErrors."""
    also = prerendered.also_render() if prerendered else None
    return read_documents(inputs.tree, inputs.config, run.cache, run.workers, known, also)


def organize_documents(options: Options, inputs: Inputs, documents: tuple[Document, ...]) -> Organized:
    """The site; raises SiteErrors with all that cannot stand beside one another."""
    data = parse_data_files(inputs.data, inputs.config, inputs.snapshot.surveys)
    site, warnings = organize(documents, inputs.config, data, options.now, options.drafts)
    unknown = [name for name in options.only if name not in site.conditions and name != PORTFOLIO]
    if unknown:
        hint = did_you_mean(unknown[0], site.conditions) or f"there are: {', '.join(site.conditions)}"
        raise RequestError(f"--condition: there is no condition '{unknown[0]}'", hint=hint)
    part = part_of(site, options.only)
    return Organized(site, part, built_documents(site, part, documents), tuple(warnings), documents)


def make_bodies(
    run: Run, organized: Organized, wanted: Iterable[Document], prerendered: Prerendered | None
) -> BodyTable:
    """Bodies of the *wanted* documents that have a page; where only a part is built, others are made when asked for."""
    site, root = organized.site, run.project.root
    options = site.config.markdown_options
    documents = chain(wanted, shown_in_part(site, organized.part))
    bodies = render_bodies(root, documents, options, run.cache, run.workers, prerendered)
    if organized.part.whole:
        return BodyTable(bodies.by_path, bodies.rendered, reads=site.reads)
    alone, cache = Workers(1), run.cache
    return BodyTable(
        bodies.by_path,
        bodies.rendered,
        organized.every,
        lambda one: render_bodies(root, (one,), options, cache, alone),
        site.reads,
    )


def read_files(run: Run, inputs: Inputs, organized: Organized, bodies: BodyTable) -> Files:
    """The theme, and the images and files that the documents use; raises on a theme that cannot be read."""
    site, others, root = organized.site, inputs.tree.others, run.project.root
    theme = cached_theme(run, inputs, site)
    shown = shown_files(organized.documents.values(), bodies, pictured(site, organized.part))
    logo = site_logo(site.config)
    if logo:
        shown.images.append(WantedImage(logo, Use(CONFIG_NAME, *config_place(root, "logo"))))
    pictures = others | inputs.tree.static
    images, problems = read_images(
        root, shown.images, pictures, site.config.images, run.cache, run.workers, run.only_looks
    )
    attachments, unreadable = read_attachments(root, shown.files, others, run.cache)
    static, unpublished = read_static(root, inputs.tree.static, run.cache)
    unspoken = _unspoken(
        theme, site, config_place(root, "languages" if site.config.languages else "language")
    )
    unread = unread_files(others, shown.paths) if organized.part.whole else []
    copies = left_copies(organized.documents)
    told = (*problems, *unreadable, *unpublished, *unspoken, *unread, *copies)
    found = apply_levels(told, site.config.checks)
    return Files(theme, images, attachments, static, (*found, *theme.warnings))


def _unspoken(theme: Theme, site: Site, place: Position) -> Iterator[Problem]:
    """A warning for each language of the site whose pages the theme's words are not in."""
    for language in site.languages:
        spoken = theme.language_of_strings(language)
        if spoken.split("-")[0] != language.split("-")[0]:
            message = f"the theme has no words in '{language}': pages in it show '{spoken}' around their text"
            hint = f"write themes/<name>/i18n/{language}.yaml; the document “How to add …” tells how"
            yield Problem(message, *place, hint, CONFIG_NAME, "warning", LANGUAGES)


def make_context(
    options: Options, inputs: Inputs, organized: Organized, bodies: BodyTable, files: Files
) -> ViewContext:
    """Site, bodies and files in one place."""
    site, others, images, attachments = organized.site, inputs.tree.others, files.images, files.attachments

    def attach(path: str, root: Root) -> str:
        if path in images:
            return root.href(images[path].widest_path)
        return root.href(attachments[path].output_path) if path in attachments else ""

    context = SiteContext(
        site=site,
        part=organized.part,
        bodies=bodies,
        polls=polls_by_id(asked_polls(site, bodies)),
        glossary=make_glossary(site.glossary, site.config.all_languages),
        links=Links(site, bodies, others, attach, published_paths(files.static)),
        images=images.keys(),
        known_files=others.keys() | inputs.tree.static.keys(),
        snapshot=without_adopted(inputs.snapshot, site),
        results=published_results(site.surveys, site.survey_results, inputs.snapshot),
        now=iso(site.now),
        searchable=options.search,
    )
    return ViewContext(context, files.theme, images)


def plan_outputs(context: ViewContext) -> list[Planned]:
    """Every output that is rendered, in a fixed order."""
    frames, reads = Frames(context), context.site.reads
    reads.begin_plan()
    pages = list(plan_pages(context, frames, context.part))
    listed = pages
    if context.part.portfolio:
        listed = list(plan_pages(context, frames, with_sharing(context.site, context.part)))
    others: list[Planned] = []
    for output in OUTPUTS:
        reads.begin_group()
        others += output(context, frames, listed)
    reads.begin()
    return [*pages, *others]


def plan_some(context: ViewContext, paths: Iterable[str]) -> list[Planned]:
    """The pages of the articles at *paths* alone."""
    articles = context.site.articles
    return list(plan_articles(context, Frames(context), (articles[path] for path in sorted(paths))))


def plan_copies(
    project: Project, context: ViewContext, organized: Organized, files: Files, planned: Iterable[Planned]
) -> list[Asset]:
    """Every output that is copied, in a fixed order."""
    assets: list[Asset] = []
    theme_files = [(file, digest(file.content)) for file in files.theme.files]
    for root in context.part.asset_roots:
        needed = files_on(root, context.site, organized.documents.values(), context.bodies)
        assets += plan_assets(project.root, root, theme_files, files.images, files.attachments, needed)
    static = plan_static(project.root, context.part.roots, files.static)
    return [*assets, *static, *_cards(project, planned)]


def collisions(planned: Iterable[Planned], assets: Iterable[Asset], site: Site) -> list[Problem]:
    """A problem for each two outputs that lead to one path, and for two aliases of one number.

    Copies of one file in several folders have one name, which is made of their bytes: they are one output.
    """
    rendered = ((output.output_path, output.origin) for output in planned)
    copies: dict[tuple[str, str], str] = {}
    for asset in assets:
        copies.setdefault((asset.output_path, asset.digest), asset.origin)
    copied = ((path, origin) for (path, _), origin in copies.items())
    numbered = (
        (f"{one.root.folder}{one.path}?{one.query}".lstrip("/"), one.origin)
        for one in numbered_redirects(site)
    )
    return find_collisions([*rendered, *copied, *numbered])


def unnamed(project: Project, context: ViewContext) -> list[Problem]:
    """What the settings and the templates name and is not there: pages, and the site's logo."""
    problems = []
    for problem, way in missing_pages(context):
        if way:
            line, column = config_place(project.root, *way)
            problem = msgspec.structs.replace(problem, line=line, column=column)
        problems.append(problem)
    logo = site_logo(context.site.config)
    if logo and logo not in context.site_context.known_files:
        hint = f"write the path of a picture below {CONTENT_DIR}/"
        place = config_place(project.root, "logo")
        problems.append(Problem(f"there is no image '{logo}'", *place, hint, CONFIG_NAME))
    return problems


def site_epoch(context: SiteContext) -> Epoch:
    """The stretch of time in which nothing flips, neither a page nor a finding: articles' moments and polls' closings."""
    site = context.site
    closings = (
        closing_moment(asked.poll, site) for versions in context.polls.values() for asked in versions.values()
    )
    months = month_moments(site.articles.values(), site.config.zone, context.now)
    pages = chain.from_iterable(site.policies.values())
    checked = statement_moments(pages, site.config.zone)
    return epoch_of(
        context.now, [*site.moments, *months, *checked, *(moment for moment in closings if moment)]
    )


def _cards(project: Project, planned: Iterable[Planned]) -> Iterator[Asset]:
    """The social cards that pages name, each once on its root."""
    named = {
        (output.root.folder, output.card): output.root for output in planned if output.root and output.card
    }
    wanted = {(root.output_path(card.output_path), card) for (_, card), root in named.items()}
    for output_path, card in sorted(wanted, key=lambda pair: pair[0]):
        yield Asset(output_path, "a social card", card.key, source=str(project.root), card=card)
