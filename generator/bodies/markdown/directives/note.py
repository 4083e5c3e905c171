"""``:::note[title]``, ``:::tip``, ``:::warning``: remarks set apart from the text."""

from __future__ import annotations

from generator.bodies.markdown.attributes import is_class, is_id, is_language
from generator.bodies.markdown.directives.form import Call, Directive, opening
from generator.bodies.markdown.writer import BodyWriter
from generator.ground.model import StringSlot


def write_title(writer: BodyWriter, call: Call, classes: str, more: str = "") -> None:
    """Write the label as a paragraph, or the theme's name for this kind of directive."""
    writer.out.append(f'<p class="{classes}"{more}>')
    if call.label:
        writer.inline(call.label)
    else:
        writer.out.append(writer.slot(StringSlot(f"note.{call.name}")))
    writer.out.append("</p>\n")


def claim_id(writer: BodyWriter, call: Call) -> None:
    """Claim the id that the writer gave, if any."""
    if "id" in call.values:
        writer.anchors.claim(call.values["id"], call.place)


def _write(writer: BodyWriter, call: Call) -> None:
    claim_id(writer, call)
    # Not <aside>: it would add a complementary landmark to the page's list of landmarks for each note.
    writer.out.append(opening("div", f"note note-{call.name}", call.values, ' role="note"'))
    write_title(writer, call, "note-title")
    writer.blocks(call.start, call.end)
    writer.out.append("</div>\n")


def write_alert(writer: BodyWriter, call: Call) -> None:
    """Write the start and the title of ``> [!NOTE]``, as of the directive of that name."""
    writer.out.append(opening("div", f"note note-{call.name}", {}, ' role="note"'))
    write_title(writer, call, "note-title")


BOX_ATTRIBUTES = {"id": is_id, "class": is_class, "lang": is_language}

NOTE, TIP, WARNING = (
    Directive(name, ("container",), _write, BOX_ATTRIBUTES, "optional") for name in ("note", "tip", "warning")
)
