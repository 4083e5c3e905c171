"""What views are made from, and the small parts that many of them share: dates, people, cards, images, addresses."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from typing import Any, NamedTuple

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_timezone_name

from generator.bodies import Digest
from generator.conditions import language_segment
from generator.config import localized
from generator.images import ImageFile
from generator.links import Links
from generator.model import ImageSlot
from generator.moments import instant, local_day
from generator.people import person_id
from generator.permalinks import Root
from generator.read import Document
from generator.schedule import event_end
from generator.site import Article, Site, serves_person
from generator.snapshot import Snapshot
from generator.text import reading_minutes, shorten
from generator.theme.words import Theme
from generator.tree import relative
from generator.views import shapes


class Material(NamedTuple):
    """Everything that views are made from; read-only, but for *memo*: parts that were made already."""

    site: Site
    bodies: Mapping[str, Digest]
    images: Mapping[str, ImageFile]
    snapshot: Snapshot
    theme: Theme
    links: Links
    now: str
    searchable: bool
    known_files: Mapping[str, object]
    memo: dict[tuple[object, ...], Any]

    def href(self, from_root: Root, to_root: Root, url_path: str) -> str:
        return self.site.permalinks.link(from_root, to_root, url_path)


@functools.lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """Babel's locale for a language tag; English where Babel knows none."""
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def language_name(language: str) -> str:
    """A language as its own speakers call it: ``Español``."""
    name = locale_of(language).get_display_name() or language
    return name[:1].upper() + name[1:]


@functools.lru_cache(maxsize=20_000)
def day_view(day: dt.date, language: str) -> shapes.Date:
    """A day written out: ``14 March 2026``."""
    locale = locale_of(language)
    # The world writes the day first; only American English is asked for by its own tag.
    pattern = "d MMMM y" if language == "en" else "long"
    return shapes.Date(day.isoformat(), format_date(day, pattern, locale=locale))


def date_view(text: str, language: str, material: Material) -> shapes.Date | None:
    """The local day of a canonical moment; None for an empty one."""
    return day_view(local_day(text, material.site.config.zone), language) if text else None


def time_view(text: str, language: str, material: Material, after: str = "") -> shapes.Date:
    """A moment with its time of day, or a bare day where no time was written; the time alone on the day of *after*."""
    zone = material.site.config.zone
    if len(text) == 10:
        return day_view(dt.date.fromisoformat(text), language)
    local = instant(text, zone).astimezone(zone)
    date = day_view(local.date(), language).text
    clock = format_time(local, "HH:mm", locale=locale_of(language))
    zone_name = _zone_name(local, language)
    same_day = len(after) > 10 and instant(after, zone).astimezone(zone).date() == local.date()
    return shapes.Date(
        local.isoformat(), f"{clock} {zone_name}" if same_day else f"{date}, {clock} {zone_name}"
    )


def _zone_name(local: dt.datetime, language: str) -> str:
    """What people call the time: ``GMT``, ``BST``; ``UTC+5:30`` where the language has no short name for it."""
    # Babel's plain English is that of the United States; the islands' and Australia's know their own summers.
    for locale in (language, "en-GB", "en-AU") if language == "en" else (language,):
        name = get_timezone_name(local, "short", locale=locale_of(locale), uncommon=True)
        if name.isalpha() and name.isupper():
            return name
    name = get_timezone_name(local, "short", locale=locale_of(language), uncommon=True)
    if name[:1] not in "+-":
        return name
    hours, minutes = divmod(int(name[1:]), 100)
    return f"UTC{name[0]}{hours}" + (f":{minutes:02d}" if minutes else "")


# How wide an image stands in the page, for browsers to choose by: in running text, in a list's card, as a face.
IN_TEXT = "(min-width: 46rem) 43rem, 100vw"
IN_CARD = "(min-width: 44rem) 22rem, 100vw"
AS_FACE = "5rem"


def image_view(
    material: Material, root: Root, path: str, alt: str, sizes: str = IN_TEXT
) -> shapes.Image | None:
    """The image at a source path as pages on *root* show it; None where there is none."""
    image = material.images.get(path)
    if image is None:
        return None
    sources = tuple(
        shapes.ImageSource(
            found.type, ", ".join(f"{root.href(name)} {width}w" for name, width in found.files)
        )
        for found in image.sets
    )
    return shapes.Image(
        root.href(image.output_path), alt, image.width, image.height, sources, sizes if sources else ""
    )


def image_alt(material: Material, document: Document) -> str | None:
    """What the front matter's image shows: its own words, else those of the same image in the body; None without any."""
    matter: Any = document.matter
    if matter.image_alt:
        return str(matter.image_alt)
    slot = image_in_body(material, document)
    return None if slot is None else "" if slot.decorative else slot.alt


def image_in_body(material: Material, document: Document) -> ImageSlot | None:
    """The front matter's image where the body shows it too."""
    matter: Any = document.matter
    path = document.source_path
    wanted = relative(path, matter.image)
    slots = (slot for slot in material.bodies[path].slots if isinstance(slot, ImageSlot))
    return next((slot for slot in slots if relative(path, slot.source) == wanted), None)


def shown_images(source_path: str, digest: Digest) -> set[str]:
    """The source paths of the images that a body shows."""
    return {relative(source_path, slot.source) for slot in digest.slots if isinstance(slot, ImageSlot)}


def language_prefix(material: Material, language: str) -> str:
    segment = language_segment(language, material.site.config)
    return f"/{segment}" if segment else ""


def person_languages(material: Material, person: str) -> tuple[str, ...]:
    """The languages in which somebody's profile page exists."""
    site = material.site
    profile = site.people[person]
    used = set(profile.documents) | {article.language for article in site.written.get(person, ())}
    used |= {article.language for article in site.reviewed.get(person, ())}
    return tuple(tag for tag in site.languages if tag in used or tag == site.config.language)


def person_path(material: Material, person: str, language: str) -> str:
    tag = language if language in person_languages(material, person) else material.site.config.language
    return language_prefix(material, tag) + material.site.people[person].url_path


def person_ref(material: Material, root: Root, name: str, language: str) -> shapes.PersonRef:
    """Somebody as bylines show them; a name without a profile stands alone."""
    key = ("person", root.folder, name, language)
    if key not in material.memo:
        material.memo[key] = _person_ref(material, root, name, language)
    known: shapes.PersonRef = material.memo[key]
    return known


def _person_ref(material: Material, root: Root, name: str, language: str) -> shapes.PersonRef:
    site = material.site
    person = person_id(name, site.people)
    if not person:
        return shapes.PersonRef("", name, initials=initials(name))
    profile = site.people[person]
    matter = profile.matter(language)
    document = profile.documents.get(language) or next(iter(profile.documents.values()))
    photo = None
    if matter.photo:
        photo = image_view(
            material, root, relative(document.source_path, matter.photo), matter.photo_alt, AS_FACE
        )
    home = root if serves_person(site, root, person) else site.permalinks.portfolio
    return shapes.PersonRef(
        id=person,
        name=matter.name,
        url=material.href(root, home, person_path(material, person, language)),
        role=matter.role,
        credential=matter.credential,
        photo=photo,
        initials=initials(matter.name),
    )


def initials(name: str) -> str:
    words = [word for word in name.replace("(", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper()


def summary_of(material: Material, article: Article) -> str:
    """The front matter's summary, else the body's first words."""
    if article.matter.summary:
        return shorten(article.matter.summary, 400)
    digest = material.bodies.get(article.source_path)
    return digest.facts.summary if digest else ""


def event_view(material: Material, article: Article) -> shapes.Event | None:
    """When and where an event is; None for anything that has no start."""
    matter = article.matter
    if matter.type != "event" or not matter.start:
        return None
    language = article.language
    return shapes.Event(
        start=time_view(matter.start, language, material),
        end=time_view(matter.end, language, material, matter.start) if matter.end else None,
        place=matter.place,
        online_url=matter.online_url,
        organiser=matter.organiser,
        calendar_url=article.root.href(f"{article.url_path}event.ics"),
        over=event_end(matter, material.site.config.zone) <= material.now,
    )


def condition_link(material: Material, root: Root, condition: str, language: str) -> shapes.Link:
    owner = material.site.conditions[condition]
    hub = owner.hub(language)
    label = hub.matter.short_title or hub.matter.title
    return shapes.Link(label, material.href(root, owner.root, hub.url_path), language=hub.language)


def card(material: Material, root: Root, article: Article, with_condition: bool = False) -> shapes.Card:
    """An article as a list on *root* shows it."""
    key = ("card", root.folder, article.source_path, with_condition)
    if key not in material.memo:
        material.memo[key] = _card(material, root, article, with_condition)
    known: shapes.Card = material.memo[key]
    return known


def _card(material: Material, root: Root, article: Article, with_condition: bool) -> shapes.Card:
    matter = article.matter
    digest = material.bodies.get(article.source_path)
    image = None
    if matter.image:
        # Beside its own title an image adds nothing that a screen reader should say.
        image = image_view(material, root, relative(article.source_path, matter.image), "", IN_CARD)
    return shapes.Card(
        title=matter.title,
        url=material.href(root, article.root, article.url_path),
        type=matter.type,
        summary=summary_of(material, article),
        date=day_view(article.day, article.language) if article.day else None,
        language=article.language,
        authors=tuple(person_ref(material, root, name, article.language) for name in matter.authors),
        condition=condition_link(material, root, article.condition, article.language)
        if with_condition
        else None,
        image=image,
        minutes=reading_minutes(digest.facts.word_count) if digest else 0,
        event=event_view(material, article),
        status="" if article.status == "published" else article.status,
    )


def site_title(material: Material, language: str) -> str:
    config = material.site.config
    return localized(config.title, language, config.language)
