"""Films and recordings exist, and serve those who cannot hear or see them: captions and a transcript (WCAG 2.2, 1.2.1 to 1.2.3)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from generator.content.read import Document
from generator.disk.content_tree import relative
from generator.ground.errors import Problem
from generator.ground.model import MediaSlot
from generator.site.context import SiteContext
from generator.site.links import near_path

RULE = "media"


def check_media(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for path, document in documents.items():
        first = document.parsed.body_line - 1
        for slot in context.bodies.of(path).slots:
            if isinstance(slot, MediaSlot):
                for message, hint in _faults(context, document, slot):
                    yield Problem(message, slot.line + first, slot.column, hint, path, rule=RULE)


def _near(context: SiteContext, path: str, written: str) -> str:
    """The hint with the file of the same kind that was probably meant."""
    suffix = posixpath.splitext(written)[1].lower()
    alike = (known for known in context.known_files if known.lower().endswith(suffix))
    return near_path(path, relative(path, written), alike)


def _faults(context: SiteContext, document: Document, slot: MediaSlot) -> Iterator[tuple[str, str]]:
    """What is wrong with one film or recording, each with its remedy."""
    root = context.site.permalinks.root_of(document.condition)
    for written in (slot.source, *slot.captions):
        if not context.links.file_address(document, root, written):
            near = _near(context, document.source_path, written)
            yield f"there is no file '{written}'", near or "put the file beside the article, or into static/"
    if slot.kind == "video" and not slot.captions and not slot.silent:
        hint = "add captions=film.en.vtt for those who cannot hear it; where nothing is heard in it, add the word silent"
        yield "this video has no captions", hint
    if not slot.transcribed:
        hint = f":::{slot.kind}[…]{{…}}, what is said and seen in it, and ::: below; or name its page: transcript=page.md"
        yield f"this {slot.kind} has no transcript", hint
