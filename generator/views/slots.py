"""What fills the slots of a body: addresses, images, polls, terms, crisis lines."""

from __future__ import annotations

import msgspec

from generator.lookup import glossary_ids
from generator.model import (
    CrisisSlot,
    ImageSlot,
    LinkSlot,
    PollSlot,
    ResultsSlot,
    Slot,
    StringSlot,
    TermSlot,
)
from generator.moments import MOMENT
from generator.read import Document
from generator.text import slugify
from generator.tree import relative
from generator.views import shapes
from generator.views.frame import Frame
from generator.views.material import Material, date_view, image_in_body, image_view, locale_of
from generator.views.polls import Asked, find_poll, poll_id, poll_view, polls_by_id

LEADING_LINES = 8
EMPTY_POLL = shapes.Poll("", "", "", ())


def body_ref(frame: Frame, document: Document) -> shapes.BodyRef:
    """The body of *document* with its slots filled for the pages of *frame*."""
    digest = frame.material.bodies[document.source_path]
    return shapes.BodyRef(digest.key, tuple(_value(frame, document, slot) for slot in digest.slots))


def _value(frame: Frame, document: Document, slot: Slot) -> shapes.SlotValue:
    material = frame.material
    match slot:
        case LinkSlot():
            return shapes.UrlValue(material.links.resolve(document, frame.root, slot)[0])
        case ImageSlot():
            return _image(frame, document, slot)
        case StringSlot():
            return shapes.StringValue(slot.key)
        case TermSlot():
            return _term(frame, document, slot)
        case CrisisSlot():
            return shapes.CrisisValue(crisis_lines(material, frame.language))
        case PollSlot():
            asked = _own_poll(material, document, slot.poll)
            return shapes.PollValue(poll_view(material, frame.root, asked) if asked else EMPTY_POLL)
        case ResultsSlot():
            asked = find_poll(material, slot.poll, document.condition, document.language)
            return shapes.ResultsValue(poll_view(material, frame.root, asked) if asked else EMPTY_POLL)


def _own_poll(material: Material, document: Document, slug: str) -> Asked | None:
    article = material.site.articles.get(document.source_path)
    digest = material.bodies[document.source_path]
    if article is None:
        return None
    versions = polls_by_id(material).get(poll_id(document.condition, slug), {})
    own = versions.get(document.language)
    if own is not None and own.article.source_path == document.source_path:
        return own
    return next((Asked(poll, article) for poll in digest.facts.polls if poll.slug == slug), None)


def _image(frame: Frame, document: Document, slot: ImageSlot) -> shapes.ImageValue:
    path = relative(document.source_path, slot.source)
    image = image_view(frame.material, frame.root, path, "" if slot.decorative else slot.alt)
    written = dict(slot.attributes)
    lazy = written.pop("loading", "eager" if _leads(frame, document, slot) else "lazy") == "lazy"
    image = _sized(image or shapes.Image("", slot.alt), written)
    return shapes.ImageValue(image, slot.title, tuple(written.items()), lazy)


def _leads(frame: Frame, document: Document, slot: ImageSlot) -> bool:
    """Whether this is the front matter's image near the body's beginning: what a reader waits for."""
    if slot.line > LEADING_LINES or not getattr(document.matter, "image", ""):
        return False
    return image_in_body(frame.material, document) is slot


def _sized(image: shapes.Image, written: dict[str, str]) -> shapes.Image:
    """*image* in the size that its writer asks for; a side that was not written follows the image's own shape."""
    width, height = int(written.pop("width", 0)), int(written.pop("height", 0))
    if not width and not height:
        return image
    if image.width and image.height:
        width = width or round(height * image.width / image.height)
        height = height or round(width * image.height / image.width)
    sizes = f"min({width}px, 100vw)" if image.sources and width else image.sizes
    return msgspec.structs.replace(image, width=width, height=height, sizes=sizes)


def term_words(material: Material, language: str) -> dict[str, str]:
    """Term ids by every word that means them in *language*."""
    key = ("terms", language)
    if key not in material.memo:
        material.memo[key] = glossary_ids(dict(material.site.glossary), language)
    known: dict[str, str] = material.memo[key]
    return known


def find_term(material: Material, written: str, language: str) -> str:
    """The id of the glossary term that a word or an id means, or ``""``."""
    if written in material.site.glossary:
        return written
    words = term_words(material, language)
    return words.get(written.casefold()) or next((i for w, i in words.items() if slugify(w) == written), "")


def _term(frame: Frame, document: Document, slot: TermSlot) -> shapes.TermView:
    material, language = frame.material, frame.language
    found = find_term(material, slot.term, language)
    if not found:
        return shapes.TermView("", slot.label, "", "", "", "")
    term = material.site.glossary[found]
    tag = language if language in term.plain else material.site.config.language
    return shapes.TermView(
        id=found,
        label_html=slot.label,
        term=term.term[tag],
        plain=term.plain[tag],
        url=f"{frame.root.href(glossary_path(frame))}#{found}",
        popover=f"term-{found}-{slot.line}-{slot.column}",
    )


def glossary_path(frame: Frame) -> str:
    """The url_path of the glossary in the frame's language, on its own root."""
    segment = "" if frame.language == frame.material.site.config.language else f"/{frame.language}"
    return f"{segment}/glossary/"


def crisis_lines(material: Material, language: str) -> tuple[shapes.CrisisLine, ...]:
    """The lines of a language: those for everywhere first, then each country's."""
    lines: list[shapes.CrisisLine] = []
    for locale in sorted(material.site.crisis):
        if locale.split("-")[0] != language.split("-")[0]:
            continue
        territory = locale.partition("-")[2].rpartition("-")[2]
        region = locale_of(language).territories.get(territory, territory) if territory else ""
        for entry in material.site.crisis[locale]:
            checked = date_view(MOMENT.function(entry.checked), language, material) if entry.checked else None
            lines.append(
                shapes.CrisisLine(
                    entry.name, entry.number, entry.url, entry.hours, entry.note, checked, region
                )
            )
    return tuple(lines)
