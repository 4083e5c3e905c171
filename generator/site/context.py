"""The organized site with what is known of its bodies and files: what checks ask and views are made from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from generator.bodies.render import BodyInfo
from generator.bodies.table import BodyTable
from generator.content.config import Config
from generator.content.read import Document
from generator.content.snapshot import Snapshot
from generator.disk.content_tree import CONTENT_DIR, places, relative
from generator.ground.model import ImageSlot, picture_of
from generator.site.glossary import Glossary
from generator.site.links import Links
from generator.site.partial import Part
from generator.site.polls import Polls
from generator.site.results import Results
from generator.site.types import Site


class SiteContext(NamedTuple):
    """Everything that is known of a site before its pages are made.

    *part* is what this build makes of it. *images* are the source paths of images that could be read, *known_files*
    those of all files beside the articles. *results* are those of surveys, by id. *now* is UTC ISO text. *searchable* says whether the build was asked for a
    search index.
    """

    site: Site
    part: Part
    bodies: BodyTable
    polls: Polls
    glossary: Glossary
    links: Links
    images: Collection[str]
    known_files: Collection[str]
    snapshot: Snapshot
    results: Results
    now: str
    searchable: bool


def image_alt(bodies: BodyTable, document: Document) -> str | None:
    """What the front matter's image shows: its own words, else those of the same image in the body; None without any."""
    written: str = getattr(document.front_matter, "image_alt", "")
    if written:
        return written
    slot = image_in_body(bodies, document)
    return None if slot is None else "" if slot.decorative else slot.alt


def image_in_body(bodies: BodyTable, document: Document) -> ImageSlot | None:
    """The front matter's image where the body shows it too."""
    path = document.source_path
    wanted = set(places(path, getattr(document.front_matter, "image", "")))
    slots = (slot for slot in bodies.of(path).slots if isinstance(slot, ImageSlot))
    return next((slot for slot in slots if wanted.intersection(places(path, slot.source))), None)


def shown_images(source_path: str, body: BodyInfo) -> set[str]:
    """The source paths of the images that a body shows; all that each may have."""
    shown = filter(None, map(picture_of, body.slots))
    return {place for written in shown for place in places(source_path, written)}


def site_logo(config: Config) -> str:
    """The source path of the site's logo; empty where it has none."""
    return relative(f"{CONTENT_DIR}/", config.logo) if config.logo else ""


def accents(site: Site) -> Mapping[str, str]:
    """The accent colour of each condition, as its hub names it."""
    return {condition.id: condition.accent for condition in site.conditions.values()}
