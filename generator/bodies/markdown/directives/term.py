"""``:term[word]`` and ``:term[word]{id=…}``: a word that the glossary explains."""

from __future__ import annotations

from generator.bodies.markdown.attributes import is_id
from generator.bodies.markdown.directives.form import Call, Directive
from generator.bodies.markdown.writer import BodyWriter
from generator.ground.model import TermSlot
from generator.ground.text import slugify


def _write(writer: BodyWriter, call: Call) -> None:
    if call.label is None:
        return
    html, text = writer.captured(call.label.children or [], call.label, "a term")
    writer.prose.append(text)
    term = call.values.get("id") or slugify(text)
    if term:
        writer.out.append(writer.slot(TermSlot(term, html, *call.place)))
    else:
        hint = "name its entry in the glossary: :term[…]{id=aura}"
        writer.findings.add("term", call.place, "this term has no letters to look it up by", hint)


TERM = Directive("term", ("text",), _write, {"id": is_id}, "required")
