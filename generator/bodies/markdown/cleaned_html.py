"""Raw HTML where the settings say ``raw_html: clean``: harmless tags stay, the rest is left out, each kind told once."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from markdown_it.common.html_re import HTML_OPEN_CLOSE_TAG_STR
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from generator.bodies.markdown.findings import Findings
from generator.bodies.markdown.harmless_tags import NAMES
from generator.bodies.markdown.raw_html import without_comments
from generator.ground.errors import Position

_TAG = re.compile(HTML_OPEN_CLOSE_TAG_STR.removeprefix("^"))
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
# The tags that Word, Outlook and Google's editors leave: <o:p>, <w:sdt>, <st1:place>.
_OFFICE = re.compile(r"</?(?:o|v|w|m|x|st\d|u\d|mso):[A-Za-z][^<>\n]*>", re.IGNORECASE)
_INLINE = frozenset((*NAMES, "a", "q", "cite", "del", "ins", "dfn", "var", "samp"))
_BLOCK = frozenset(
    (
        *("p", "div", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "pre", "code", "hr", "br"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "figure", "figcaption"),
        *("h2", "h3", "h4", "h5", "h6", "details", "summary"),
    )
)
_KEPT = _INLINE | _BLOCK
# What stands in these is no text for readers.
_WITH_CONTENT = frozenset(
    (
        *("script", "style", "template", "iframe", "object", "embed", "noembed", "noframes", "noscript"),
        *("textarea", "select", "title", "head", "svg", "math", "xmp", "plaintext", "listing"),
        *("audio", "video", "canvas"),
    )
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "details": {"open"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_ADDRESS = re.compile(r"(?:https?|mailto|tel):|#", re.IGNORECASE)


def office_tag(state: StateInline, silent: bool) -> bool:
    """Inline rule: tags of word processors, some of which CommonMark takes for addresses."""
    found = _OFFICE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = _push(state, "shown_tag", found[0])
        token.meta["closes"], token.meta["name"] = found[0].startswith("</"), _name_of(found[0])
    state.pos = found.end()
    return True


def cleaned_tag(state: StateInline, silent: bool) -> bool:
    """Inline rule: a tag as a token; :func:`drop_tags` leaves out what is not harmless or has no partner."""
    found = _TAG.match(state.src, state.pos)
    name = _NAME.match(state.src, state.pos)
    if found is None or name is None or found.end() > state.posMax:
        return False
    tag = name[1].lower()
    if not silent:
        token = _push(state, "line_break" if tag == "br" else "shown_tag", found[0])
        token.meta["closes"] = found[0].startswith("</")
        token.meta["attributes"] = _attributes(found[0])
        if tag in _INLINE:
            token.meta["tag"] = tag
    state.pos = found.end()
    return True


def _push(state: StateInline, kind: str, content: str) -> Token:
    token = state.push(kind, "", 0)
    token.content, token.meta["at"] = content, state.pos
    return token


class _Start(HTMLParser):
    """The tags of some HTML, each with its attributes and its position."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str], tuple[int, int]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}, self.getpos()))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _read(html: str) -> _Start:
    reader = _Start()
    try:
        reader.feed(html)
        reader.close()
    except (AssertionError, ValueError):  # malformed declarations; nh3 reads them as browsers do
        pass
    return reader


def _attributes(tag: str) -> dict[str, str]:
    tags = _read(tag).tags
    return tags[0][1] if tags else {}


def drop_content(state: StateCore) -> None:
    """Core rule, before tags are paired: leaves out what stands in scripts, frames and the like."""
    for token in state.tokens:
        if token.type == "inline" and token.children and "</" in token.content:
            token.children = _without_content(token.children)


def drop_tags(state: StateCore) -> None:
    """Core rule, after tags were paired: makes links of ``<a href>``, leaves out what has no partner or is not
    harmless, and cleans blocks of HTML.
    """
    findings: Findings = state.env["findings"]
    for token in state.tokens:
        if token.type == "inline" and token.children and "<" in token.content:
            _settle(token, findings)
        elif token.type == "html_block":
            place = Position(token.map[0] + 1 if token.map else 1, 1)
            token.type, token.content = "clean_html", clean_block(token.content, findings, place)


def _settle(inline: Token, findings: Findings) -> None:
    for child in inline.children or ():
        if child.type == "harmless_tag" and child.meta["tag"] == "a":
            child.type = "link_close" if child.meta["closes"] else "link_open"
            if not child.meta["closes"]:
                child.attrs = {"href": child.meta["attributes"].get("href", "#top")}
                child.meta["attributes"] = ()
                continue
        elif child.type == "shown_tag":
            child.type = "dropped_tag"
            _tell(findings, findings.place(inline, child.meta["at"]), _name_of(child.content))
        for name in child.meta.get("attributes", ()) if child.type in ("harmless_tag", "line_break") else ():
            _tell_attribute(findings, findings.place(inline, child.meta["at"]), name)


def _without_content(children: list[Token]) -> list[Token]:
    """*children* without what stands between the tags of a script, a frame and the like, where that nests."""
    kept: list[Token] = []
    index = 0
    while index < len(children):
        child = children[index]
        kept.append(child)
        name = _name_of(child.content) if child.type == "shown_tag" and not child.meta["closes"] else ""
        end = _end_of(children, index + 1, name) if name in _WITH_CONTENT else 0
        index = end or index + 1
    return kept


def _end_of(children: list[Token], index: int, name: str) -> int:
    """The index of the closing tag of *name*, if all that is opened before it is closed before it; else 0."""
    depth = 0
    for at in range(index, len(children)):
        child = children[at]
        depth += child.nesting
        if depth < 0:
            return 0
        if child.type == "shown_tag" and child.meta["closes"] and _name_of(child.content) == name:
            return at if depth == 0 else 0
    return 0


def _name_of(tag: str) -> str:
    return tag.strip("</>").split(None, 1)[0].lower() if tag.strip("</> ") else ""


def clean_block(html: str, findings: Findings, place: Position) -> str:
    """A block of HTML as nh3 leaves it; what is left out is reported, each kind once."""
    # Imported here: most sites have no raw HTML.
    import nh3

    html = _OFFICE.sub("", without_comments(html, findings, place))
    for tag, attributes, (line, column) in _read(html).tags:
        where = Position(place.line + line - 1, column + (place.column if line == 1 else 1))
        if tag not in _KEPT:
            _tell(findings, where, tag)
            continue
        for name, value in attributes.items():
            if _kept(tag, name, value) is None:
                _tell_attribute(findings, where, name)
    return nh3.clean(
        html,
        tags=set(_KEPT),
        clean_content_tags=set(_WITH_CONTENT),
        attributes=_ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes=_SCHEMES,
        link_rel=None,
    )


def _kept(tag: str, name: str, value: str) -> str | None:
    """The attribute's value, if it stays: addresses only as a whole, since paths are followed in Markdown alone."""
    if name not in _ATTRIBUTES.get(tag, ()):
        return None
    return value if name != "href" or _ADDRESS.match(value.strip()) else None


def text_of(html: str) -> str:
    """The plain text of some HTML."""
    return " ".join("".join(_read(html).text).split())


def _tell(findings: Findings, place: Position, tag: str) -> None:
    if findings.once(f"<{tag}>"):
        more = " with all that is in it" if tag in _WITH_CONTENT else "; its text stays"
        hint = "write it in Markdown, if readers should see it; the document “Writing in Markdown” tells which tags are kept"
        findings.add("html", place, f"<{tag}> is left out{more}", hint, "warning")


def _tell_attribute(findings: Findings, place: Position, name: str) -> None:
    if findings.once(f"{name}="):
        hint = "pages take their look from the theme; links and pictures are written in Markdown"
        findings.add("html", place, f"the attribute '{name}' is left out", hint, "warning")
