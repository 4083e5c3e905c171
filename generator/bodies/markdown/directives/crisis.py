"""``::crisis`` and ``:::crisis[title]``: the crisis lines of the page's locale, alone or below a text."""

from __future__ import annotations

from generator.bodies.markdown.directives.emergency import write_care
from generator.bodies.markdown.directives.form import Call, Directive
from generator.bodies.markdown.directives.note import BOX_ATTRIBUTES
from generator.bodies.markdown.writer import BodyWriter
from generator.ground.model import CrisisSlot


def _write(writer: BodyWriter, call: Call) -> None:
    if call.form == "container":
        write_care(writer, call)
    elif call.label or call.values:
        hint = "write ::crisis alone, or :::crisis[title] … ::: around a text"
        writer.findings.add("directive", call.place, "'::crisis' takes neither label nor attributes", hint)
    writer.out.append(writer.slot(CrisisSlot(call.place.line)) + "\n")
    if call.form == "container":
        writer.out.append("</section>\n")


CRISIS = Directive("crisis", ("container", "leaf"), _write, BOX_ATTRIBUTES, "optional")
