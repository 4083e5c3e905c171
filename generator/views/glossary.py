"""The glossary page and its path."""

from __future__ import annotations

from generator.site.types import Term
from generator.views import types as shapes
from generator.views.alphabet import group_by_initial
from generator.views.frame import Frame
from generator.views.shared_parts import language_prefix


def glossary_path(frame: Frame) -> str:
    """The url_path of the glossary in the frame's language, on its own root."""
    return f"{language_prefix(frame.context, frame.language)}/glossary/"


def glossary_page(frame: Frame) -> shapes.GlossaryPage:
    """All terms A–Z, each in the site's own language where it is not translated."""
    entries = [_entry(frame, term) for term in frame.context.site.glossary.values()]
    fields = frame.common(
        glossary_path(frame),
        "glossary.html",
        frame.words("title.glossary"),
        description=frame.describe("glossary"),
        breadcrumbs=frame.crumbs(),
    )
    return shapes.GlossaryPage(**fields, groups=group_by_initial(entries, lambda entry: entry.term))


def _entry(frame: Frame, term: Term) -> shapes.GlossaryEntry:
    tag = frame.language if frame.language in term.term else frame.context.site.config.language
    return shapes.GlossaryEntry(term.id, term.term[tag], term.plain[tag], term.also.get(tag, ()))
