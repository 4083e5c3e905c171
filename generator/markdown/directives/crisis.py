"""``::crisis`` and ``:::crisis[title]``: the crisis lines of the page's locale, alone or below a text."""

from __future__ import annotations

from generator.markdown.directives.emergency import write_care
from generator.markdown.directives.form import Call, Directive
from generator.markdown.directives.note import BOX_ATTRIBUTES
from generator.markdown.writer import BodyWriter
from generator.model import CrisisSlot


def _write(writer: BodyWriter, call: Call) -> None:
    if call.form == "container":
        write_care(writer, call)
    elif call.label or call.values:
        hint = "write ::crisis alone, or :::crisis[title] … ::: around a text"
        writer.findings.add("directive", call.place, "'::crisis' takes neither label nor attributes", hint)
    writer.out.append(writer.slot(CrisisSlot(call.place[0])) + "\n")
    if call.form == "container":
        writer.out.append("</section>\n")


CRISIS = Directive("crisis", ("container", "leaf"), _write, BOX_ATTRIBUTES, "optional")
