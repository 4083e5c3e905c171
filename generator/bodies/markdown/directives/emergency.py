"""``:::emergency[title]``: when to call for help at once."""

from __future__ import annotations

from generator.bodies.markdown.directives.form import Call, Directive, opening
from generator.bodies.markdown.directives.note import BOX_ATTRIBUTES, claim_id, write_title
from generator.bodies.markdown.writer import BodyWriter


def write_care(writer: BodyWriter, call: Call) -> None:
    """Write the start of a section and its content; of several sections with equal titles, only the first is a landmark
    named by its title.
    """
    claim_id(writer, call)
    title = call.label.content if call.label else call.name
    if writer.unique(f"care {title}"):
        named = title_id = ""
    else:
        anchor = writer.care_id()
        named, title_id = f' aria-labelledby="{anchor}"', f' id="{anchor}"'
    writer.out.append(opening("section", f"care care-{call.name}", call.values, named))
    write_title(writer, call, "care-title", title_id)
    writer.blocks(call.start, call.end)


def _write(writer: BodyWriter, call: Call) -> None:
    write_care(writer, call)
    writer.out.append("</section>\n")


EMERGENCY = Directive("emergency", ("container",), _write, BOX_ATTRIBUTES, "optional")
