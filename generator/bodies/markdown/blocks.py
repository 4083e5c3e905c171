"""Writes each kind of block token; line breaks between tags are as markdown-it writes them."""

from __future__ import annotations

from markdown_it.common.utils import escapeHtml, mdTrim, unescapeAll
from markdown_it.token import Token

from generator.bodies.markdown.attributes import checked
from generator.bodies.markdown.cleaned_html import text_of
from generator.bodies.markdown.directives.form import Call
from generator.bodies.markdown.directives.note import write_alert
from generator.bodies.markdown.headings import HEADING_ATTRIBUTES
from generator.bodies.markdown.prose import plain_text
from generator.bodies.markdown.raw_html import inspect, without_comments
from generator.bodies.markdown.writer import BodyWriter, WriteBlock
from generator.ground.errors import Position
from generator.ground.model import StringSlot


def _paragraph(writer: BodyWriter, tokens: list[Token], index: int) -> int:
    token = tokens[index]
    if token.hidden:
        writer.inline(tokens[index + 1])
        return index + 3
    start = len(writer.prose)
    writer.out.append("\n<p>" if index and tokens[index - 1].hidden else "<p>")
    writer.inline(tokens[index + 1])
    writer.out.append("</p>\n")
    if not writer.first_paragraph and not writer.inside and token.level == 0:
        writer.first_paragraph = plain_text(writer.prose[start:])
    return index + 3


def _inline(writer: BodyWriter, tokens: list[Token], index: int) -> int:
    writer.inline(tokens[index])
    return index + 1


def _heading(writer: BodyWriter, tokens: list[Token], index: int) -> int:
    token, inline = tokens[index], tokens[index + 1]
    tag, line = token.tag, _line(token)
    values = _heading_values(writer, token)
    out, start = writer.out, len(writer.prose)
    out.append(f'\n<{tag} id="' if index and tokens[index - 1].hidden else f'<{tag} id="')
    at = len(out)
    out.append(values.get("id", ""))
    rest = "".join(f' {name}="{values[name]}"' for name in ("class", "lang") if name in values)
    out.append(f'"{rest}>')
    writer.inline(inline)
    out.append(f"</{tag}>\n")
    text = plain_text(writer.prose[start:])
    writer.nearest_heading = text
    writer.heading(int(tag[1]), values.get("id", ""), text, line, at)
    if tag == "h1":
        message = "a heading of the first level in the text"
        hint = "the title is the page's first heading; begin with ##"
        writer.findings.add("heading", Position(line, 1), message, hint, "warning")
    return index + 3


def _heading_values(writer: BodyWriter, token: Token) -> dict[str, str]:
    if "attributes" not in token.meta:
        return {}
    place: Position = token.meta["place"]
    values = checked(token.meta["attributes"], HEADING_ATTRIBUTES, "a heading", place, writer.findings)
    if "id" in values:
        writer.anchors.claim(values["id"], place)
    return values


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _tag(writer: BodyWriter, tokens: list[Token], index: int, start: str) -> int:
    """Write the start tag *start*, which lacks its ``>``, with the line breaks that markdown-it writes around it."""
    token = tokens[index]
    before = "\n" if index and tokens[index - 1].hidden else ""
    following = tokens[index + 1]
    close = ">" if following.type == "inline" or following.hidden or _closes(token, following) else ">\n"
    writer.out.append(f"{before}{start}{close}")
    return index + 1


def _closes(token: Token, following: Token) -> bool:
    return following.nesting == -1 and following.tag == token.tag


def _plain_tag(writer: BodyWriter, tokens: list[Token], index: int) -> int:
    return _tag(writer, tokens, index, f"<{tokens[index].tag}")


def _ordered_list(writer: BodyWriter, tokens: list[Token], index: int) -> int:
    first = tokens[index].attrs.get("start")
    return _tag(writer, tokens, index, "<ol" if first is None else f'<ol start="{first}"')


def _list_item(writer: BodyWriter, tokens: list[Token], index: int) -> int:
    checked_off = tokens[index].meta.get("checked")
    if checked_off is None:
        return _tag(writer, tokens, index, "<li")
    after = _tag(writer, tokens, index, '<li class="task-item"')
    state = " checked" if checked_off else ""
    if tokens[after].type == "paragraph_open":
        writer.task = f'<label class="task"><input type="checkbox" disabled{state}> '
    else:
        name = writer.slot(StringSlot("task.done" if checked_off else "task.open"))
        writer.out.append(f'<input type="checkbox" disabled{state} aria-label="{name}">\n')
    return after


def _rule(writer: BodyWriter, tokens: list[Token], index: int) -> int:
    writer.out.append("\n<hr>\n" if index and tokens[index - 1].hidden else "<hr>\n")
    return index + 1


def _code_block(writer: BodyWriter, tokens: list[Token], index: int) -> int:
    writer.out.append(f"<pre><code>{escapeHtml(tokens[index].content)}</code></pre>\n")
    return index + 1


def _fence(writer: BodyWriter, tokens: list[Token], index: int) -> int:
    token = tokens[index]
    language = mdTrim(unescapeAll(token.info)) if token.info else ""
    kind = f' class="language-{escapeHtml(language.split(None, 1)[0])}"' if language else ""
    writer.out.append(f"<pre><code{kind}>{escapeHtml(token.content)}</code></pre>\n")
    return index + 1


def _html_block(writer: BodyWriter, tokens: list[Token], index: int) -> int:
    token = tokens[index]
    for name, place in inspect(token.content, writer.findings, Position(_line(token), 1)):
        writer.anchors.claim(name, place)
    html = without_comments(token.content, writer.findings, Position(_line(token), 1))
    writer.out.append(html)
    return index + 1


def _clean_html(writer: BodyWriter, tokens: list[Token], index: int) -> int:
    html = tokens[index].content
    text = text_of(html)
    writer.out.append(html)
    writer.prose += (text, "\n")
    if not writer.first_paragraph and not writer.inside and tokens[index].level == 0:
        writer.first_paragraph = text
    return index + 1


def _details(writer: BodyWriter, tokens: list[Token], index: int) -> int:
    writer.out.append("<details open>\n<summary>" if tokens[index].meta["open"] else "<details>\n<summary>")
    writer.inline(tokens[index + 1])
    writer.out.append("</summary>\n")
    writer.inside += 1
    return index + 2


def _details_end(writer: BodyWriter, tokens: list[Token], index: int) -> int:
    if index and tokens[index - 1].hidden:
        writer.out.append("\n")
    writer.out.append("</details>\n")
    writer.inside -= 1
    return index + 1


def _table(writer: BodyWriter, tokens: list[Token], index: int) -> int:
    before = "\n" if index and tokens[index - 1].hidden else ""
    label = writer.nearest_heading
    number = writer.unique(label)
    name = escapeHtml(label) if label else writer.slot(StringSlot("table.label"))
    writer.out.append(f'{before}<div class="table-scroll" tabindex="0" role="region"')
    writer.out.append(f' aria-label="{name}{number}">\n<table>\n')
    return index + 1


def _cell(writer: BodyWriter, tokens: list[Token], index: int) -> int:
    token = tokens[index]
    # The parser gives alignment as a style attribute, which the content security policy forbids.
    side = str(token.attrs.get("style", "")).removeprefix("text-align:")
    align = f' class="align-{side}"' if side else ""
    tag = _tag_of_cell(token, tokens[index + 1])
    scope = ' scope="col"' if tag == "th" else ""
    writer.out.append(f"<{tag}{scope}{align}>")
    return index + 1


def _cell_end(writer: BodyWriter, tokens: list[Token], index: int) -> int:
    writer.out.append(f"</{_tag_of_cell(tokens[index], tokens[index - 1])}>\n")
    return index + 1


def _tag_of_cell(token: Token, inside: Token) -> str:
    """An empty header names no column: a screen reader would announce a header without a word."""
    return "td" if token.tag == "th" and not inside.content else token.tag


def _directive(writer: BodyWriter, tokens: list[Token], index: int) -> int:
    call: Call = tokens[index].meta["call"]
    writer.inside += 1
    if tokens[index - 1].hidden and index:
        writer.out.append("\n")
    if call.directive:
        call.directive.write(writer, call)
    elif call.form == "container":
        writer.blocks(call.start, call.end)
    writer.inside -= 1
    return call.end if call.form == "container" else index + (2 if call.label else 1)


def _alert(writer: BodyWriter, tokens: list[Token], index: int) -> int:
    call: Call = tokens[index].meta["call"]
    if index and tokens[index - 1].hidden:
        writer.out.append("\n")
    write_alert(writer, call)
    return index + (2 if call.label else 1)


def _footnote(writer: BodyWriter, tokens: list[Token], index: int) -> int:
    end: int = tokens[index].meta["end"]
    return end + 1


BLOCKS: dict[str, WriteBlock] = {
    "paragraph_open": _paragraph,
    "inline": _inline,
    "heading_open": _heading,
    "bullet_list_open": _plain_tag,
    "ordered_list_open": _ordered_list,
    "list_item_open": _list_item,
    "blockquote_open": _plain_tag,
    "alert_open": _alert,
    "dl_open": _plain_tag,
    "dt_open": _plain_tag,
    "dd_open": _plain_tag,
    "hr": _rule,
    "code_block": _code_block,
    "fence": _fence,
    "html_block": _html_block,
    "clean_html": _clean_html,
    "details_open": _details,
    "details_close": _details_end,
    "table_open": _table,
    "th_open": _cell,
    "td_open": _cell,
    "th_close": _cell_end,
    "directive_open": _directive,
    "directive_leaf": _directive,
    "footnote_reference_open": _footnote,
}

FIXED_BLOCKS: dict[str, str] = {
    "blockquote_close": "</blockquote>\n",
    "alert_close": "</div>\n",
    "bullet_list_close": "</ul>\n",
    "ordered_list_close": "</ol>\n",
    "list_item_close": "</li>\n",
    "dl_close": "</dl>\n",
    "dt_close": "</dt>\n",
    "dd_close": "</dd>\n",
    "thead_open": "<thead>\n",
    "thead_close": "</thead>\n",
    "tbody_open": "<tbody>\n",
    "tbody_close": "</tbody>\n",
    "tr_open": "<tr>\n",
    "tr_close": "</tr>\n",
    "td_close": "</td>\n",
    "table_close": "</table>\n</div>\n",
    "directive_close": "",
}
"""Block tokens that are always written in the same way."""
