"""The page of a section: the text of its ``_index.md``, and a listing of the articles in its folder."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.content.front_matter.addresses import paths_of
from generator.site.pagination import Slice, page_path, paginate
from generator.site.sections import articles_in, sections_of, text_above, translations
from generator.site.types import Article, Condition, Section
from generator.views import types as shapes
from generator.views.aliases import plan_redirect
from generator.views.frame import Frame, alternates
from generator.views.listings import Listing, listing_page
from generator.views.planned import Planned, plan_page, sitemap_entry
from generator.views.slots import body_ref
from generator.views.voices import voice_refs


def plan_sections(frame: Frame, condition: Condition) -> Iterator[Planned]:
    """The pages of every section of *condition* in the frame's language, and redirects from their old addresses."""
    site = frame.context.site
    for section in sections_of(site, condition.id, frame.language):
        path, articles = section.document.source_path, articles_in(site, section)
        for page in paginate(len(articles), site.config.pagination.per_page):
            entry = None
            if page.number == 0 and not (section.front_matter.noindex or section.front_matter.draft):
                versions = tuple((tag, link) for tag, link in _versions(frame, section))
                entry = sitemap_entry(frame, section.url_path, versions=versions)
            make = partial(_section_page, frame, section, articles, page)
            bodies = (path,) if page.number == 0 else ()
            yield plan_page(frame, page_path(section.url_path, page.number), path, make, bodies, entry)
        for alias in paths_of(section.front_matter.aliases):
            yield plan_redirect(frame, alias, section.url_path, path, section.front_matter.title)


def text_of(frame: Frame, folder: str) -> shapes.BodyRef | None:
    """The text that a site's own list of *folder* begins with, in a condition's frame: ``body=text_of(frame, "surveys")``.

    The page that shows it names :func:`source_of` among its bodies.
    """
    section = _text_above(frame, folder)
    return body_ref(frame, section.document) if section else None


def source_of(frame: Frame, folder: str) -> tuple[str, ...]:
    """The source path of that text, if there is one."""
    section = _text_above(frame, folder)
    return (section.document.source_path,) if section else ()


def _text_above(frame: Frame, folder: str) -> Section | None:
    condition = frame.condition
    return text_above(frame.context.site, condition.id, frame.language, folder) if condition else None


def _versions(frame: Frame, section: Section) -> tuple[tuple[str, str], ...]:
    """The section in each of its languages, as (language, permalink)."""
    found = translations(section, frame.context.site.sections)
    return tuple((one.language, one.root.permalink(one.url_path)) for one in found)


def _section_page(
    frame: Frame, section: Section, articles: tuple[Article, ...], page: Slice
) -> shapes.ListingPage:
    front_matter, document = section.front_matter, section.document
    listing = Listing(
        "section",
        front_matter.title,
        section.url_path,
        articles,
        _parents(frame, section),
        _beside(frame, section),
    )
    if page.number:
        return listing_page(frame, listing, page)
    summary = front_matter.summary or frame.context.bodies.of(document.source_path).facts.summary
    edit_url = frame.context.site.config.edit_url.replace("{path}", document.source_path)
    return listing_page(
        frame,
        listing,
        page,
        document,
        **({"description": summary} if summary else {}),
        noindex=front_matter.noindex,
        alternates=alternates(_versions(frame, section), frame.language),
        body=body_ref(frame, document),
        edit_url=edit_url,
        voices=voice_refs(frame, section.folder),
    )


def _parents(frame: Frame, section: Section) -> tuple[shapes.Link, ...]:
    """The sections that hold this one, the outermost first."""
    every = sections_of(frame.context.site, section.condition, section.language)
    around = (one for one in every if one is not section and section.folder.startswith(f"{one.folder}/"))
    return tuple(_link(frame, one) for one in around)


def _beside(frame: Frame, section: Section) -> tuple[shapes.Link, ...]:
    """The sections in the same folder, this one among them, and those directly below it."""
    every = sections_of(frame.context.site, section.condition, section.language)
    holder = section.folder.rpartition("/")[0]
    return tuple(
        _link(frame, one, one is section)
        for one in every
        if one.folder.rpartition("/")[0] in (holder, section.folder)
    )


def _link(frame: Frame, section: Section, current: bool = False) -> shapes.Link:
    return shapes.Link(section.front_matter.title, frame.root.href(section.url_path), current)
