"""``:::quote[source]{author= cite= url=}``: a quotation with its source."""

from __future__ import annotations

from markdown_it.common.utils import escapeHtml

from generator.bodies.markdown.attributes import is_class, is_id, is_language, is_text
from generator.bodies.markdown.directives.form import Call, Directive, opening
from generator.bodies.markdown.directives.note import claim_id
from generator.bodies.markdown.links import DANGEROUS, external_href, local_target, scheme_of
from generator.bodies.markdown.writer import BodyWriter
from generator.ground.model import LinkSlot


def _write(writer: BodyWriter, call: Call) -> None:
    claim_id(writer, call)
    address = _address(writer, call)
    writer.out.append(opening("figure", "quote", call.values))
    writer.out.append("<blockquote>\n")
    writer.blocks(call.start, call.end)
    writer.out.append("</blockquote>\n")
    _write_source(writer, call, address)
    writer.out.append("</figure>\n")


def _address(writer: BodyWriter, call: Call) -> str:
    url = call.values.get("url", "")
    scheme = scheme_of(url)
    if scheme in DANGEROUS:
        message = f"links of the kind '{scheme}:' are not allowed"
        writer.findings.add("link", call.place, message, "link to a page: https://… or a file")
        return ""
    if scheme:
        return external_href(url)
    return writer.slot(LinkSlot(local_target(url), *call.place)) if url else ""


def _write_source(writer: BodyWriter, call: Call, address: str) -> None:
    author, cite = escapeHtml(call.values.get("author", "")), escapeHtml(call.values.get("cite", ""))
    if not (author or cite or call.label):
        if address:
            hint = 'name it: author="…", cite="…" or a label in brackets'
            writer.findings.add("directive", call.place, "'quote' has an address but no source", hint)
        return
    before, after = (f'<a href="{address}">', "</a>") if address else ("", "")
    writer.out.append('<figcaption class="quote-source">')
    named = [f'<span class="quote-author">{author}</span>'] if author else []
    if cite:
        named.append(f"{before}<cite>{cite}</cite>{after}")
    elif author and address:
        named = [f'{before}<span class="quote-author">{author}</span>{after}']
    writer.out.append(", ".join(named))
    if call.label:
        linked = bool(address) and not named
        writer.out.append(", " if named else before if linked else "")
        if linked:
            writer.open_links.append(after)
        writer.inline(call.label)
        if linked:
            writer.out.append(writer.open_links.pop())
    writer.out.append("</figcaption>\n")


QUOTE = Directive(
    "quote",
    ("container",),
    _write,
    {
        "author": is_text,
        "cite": is_text,
        "url": is_text,
        "id": is_id,
        "class": is_class,
        "lang": is_language,
    },
    "optional",
)
