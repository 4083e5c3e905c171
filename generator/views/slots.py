"""The values that fill a body's slots: URLs, images, polls, figures of surveys, terms, crisis lines."""

from __future__ import annotations

import msgspec

from generator.content.read import Document
from generator.ground.model import (
    CrisisSlot,
    FiguresSlot,
    ImageSlot,
    LinkSlot,
    MediaSlot,
    PollSlot,
    ResultsSlot,
    Slot,
    StringSlot,
    TermSlot,
    VoiceSlot,
)
from generator.site.context import image_in_body
from generator.site.polls import Asked, find_poll
from generator.site.results import named_survey, report_of
from generator.views import types as shapes
from generator.views.context import ViewContext
from generator.views.crisis import crisis_lines
from generator.views.figures import Shown, figures
from generator.views.frame import Frame
from generator.views.glossary import glossary_path
from generator.views.media import media_value
from generator.views.poll_view import poll_view
from generator.views.shared_parts import image_view
from generator.views.threads import has_forms
from generator.views.voices import form_view

LEADING_LINES = 8
EMPTY_POLL = shapes.Poll("", "", "", ())


def body_ref(frame: Frame, document: Document) -> shapes.BodyRef:
    """The body of *document* with its slots filled for the pages of *frame*."""
    body = frame.context.bodies.of(document.source_path)
    values = tuple(_value(frame, document, slot) for slot in body.slots)
    charts = any(isinstance(value, shapes.FiguresValue) and value.figures for value in values)
    media = any(isinstance(value, shapes.MediaValue) for value in values)
    return shapes.BodyRef(body.key, values, charts, media)


def _value(frame: Frame, document: Document, slot: Slot) -> shapes.SlotValue:
    context = frame.context
    match slot:
        case LinkSlot():
            return shapes.UrlValue(context.links.resolve(document, frame.root, slot)[0])
        case ImageSlot():
            return _image(frame, document, slot)
        case MediaSlot():
            return media_value(frame, document, slot)
        case StringSlot():
            return shapes.StringValue(slot.key)
        case TermSlot():
            return _term(frame, document, slot)
        case CrisisSlot():
            return shapes.CrisisValue(crisis_lines(context, frame.language))
        case VoiceSlot():
            return shapes.VoiceFormValue(form_view(frame, document, slot))
        case PollSlot():
            asked = _own_poll(context, document, slot.poll)
            if asked is None:
                return shapes.PollValue(EMPTY_POLL)
            # One link to one's own contributions is enough beside the forms of a page.
            with_you = asked.poll == context.bodies.of(document.source_path).facts.polls[0] and not has_forms(
                context, asked.article
            )
            return shapes.PollValue(poll_view(context, frame.root, asked, with_you))
        case FiguresSlot():
            return shapes.FiguresValue(_figures(frame, document, slot))
        case ResultsSlot():
            asked = find_poll(context.polls, slot.poll, document.condition, document.language)
            return shapes.ResultsValue(poll_view(context, frame.root, asked) if asked else EMPTY_POLL)


def _own_poll(context: ViewContext, document: Document, slug: str) -> Asked | None:
    """The poll that *document* asks; None in documents that are no articles."""
    article = context.site.articles.get(document.source_path)
    if article is None:
        return None
    polls = context.bodies.of(document.source_path).facts.polls
    return next((Asked(poll, article) for poll in polls if poll.slug == slug), None)


def _figures(frame: Frame, document: Document, slot: FiguresSlot) -> tuple[shapes.Figure, ...]:
    """The figures that *slot* names; none where nothing is published of them."""
    context = frame.context
    name = named_survey(document, slot.survey)
    survey, results = context.site.surveys.get(name), context.results.get(name)
    if survey is None or results is None:
        return ()
    report = report_of(context.site, survey.id, document.language)
    link = None
    if report is not None and report.source_path != document.source_path:
        link = shapes.Link(report.front_matter.title, context.href(frame.root, report.root, report.url_path))
    shown = Shown(survey, results, document.language, link)
    return figures(context, shown, slot.question, slot.by or None)


def _image(frame: Frame, document: Document, slot: ImageSlot) -> shapes.ImageValue:
    path = frame.context.picture(document.source_path, slot.source)
    image = image_view(frame.context, frame.root, path, "" if slot.decorative else slot.alt)
    written = dict(slot.attributes)
    lazy = written.pop("loading", "eager" if _leads(frame, document, slot) else "lazy") == "lazy"
    image = _sized(image or shapes.Image("", slot.alt), written)
    return shapes.ImageValue(image, slot.title, tuple(written.items()), lazy)


def _leads(frame: Frame, document: Document, slot: ImageSlot) -> bool:
    """Whether this is the front matter's image near the beginning of the body: it is loaded eagerly."""
    if slot.line > LEADING_LINES or not getattr(document.front_matter, "image", ""):
        return False
    return image_in_body(frame.context.bodies, document) is slot


def _sized(image: shapes.Image, written: dict[str, str]) -> shapes.Image:
    """*image* in the width and height that its writer gave; a missing one follows from the aspect ratio."""
    width, height = int(written.pop("width", 0)), int(written.pop("height", 0))
    if not width and not height:
        return image
    if image.width and image.height:
        width = width or round(height * image.width / image.height)
        height = height or round(width * image.height / image.width)
    sizes = f"min({width}px, 100vw)" if image.sources and width else image.sizes
    return msgspec.structs.replace(image, width=width, height=height, sizes=sizes)


def _term(frame: Frame, document: Document, slot: TermSlot) -> shapes.TermView:
    context, language = frame.context, frame.language
    found = context.glossary.find(slot.term, language)
    if not found:
        return shapes.TermView("", slot.label, "", "", "", "")
    term = context.site.glossary[found]
    tag = language if language in term.plain else context.site.config.language
    return shapes.TermView(
        id=found,
        label_html=slot.label,
        term=term.term[tag],
        plain=term.plain[tag],
        url=f"{frame.root.href(glossary_path(frame))}#{found}",
        popover=f"term-{found}-{slot.line}-{slot.column}",
    )
