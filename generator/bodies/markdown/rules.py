"""The rules of the Markdown dialect in one ordered list, and which of them a text may need."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from markdown_it import MarkdownIt, rules_block, rules_core, rules_inline
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote.index import footnote_def

from generator.bodies.markdown.alerts import alerts
from generator.bodies.markdown.bare_addresses import SIGNS as ADDRESS_SIGNS
from generator.bodies.markdown.bare_addresses import STARTS as ADDRESS_STARTS
from generator.bodies.markdown.bare_addresses import bare_address
from generator.bodies.markdown.citations import citation, inline_note
from generator.bodies.markdown.cleaned_html import cleaned_tag, drop_content, drop_tags, office_tag
from generator.bodies.markdown.comments import comment_block, comment_inline
from generator.bodies.markdown.details import SIGNS as DETAILS_SIGNS
from generator.bodies.markdown.details import details_line, pair_details
from generator.bodies.markdown.directives import TEXTS
from generator.bodies.markdown.directives.syntax import directive_line, pair_directives, text_directive
from generator.bodies.markdown.foreign import SIGNS as FOREIGN_SIGNS
from generator.bodies.markdown.foreign import find_foreign
from generator.bodies.markdown.harmless_tags import harmless_tag, pair_tags
from generator.bodies.markdown.headings import heading_attributes
from generator.bodies.markdown.inline import emphasis, parse_inlines
from generator.bodies.markdown.leftover_marks import SIGNS as LEFTOVER_SIGNS
from generator.bodies.markdown.leftover_marks import find_leftover_marks
from generator.bodies.markdown.links import placed_autolink, placed_image, placed_link
from generator.bodies.markdown.lost_signs import SIGNS as NUMBER_SIGNS
from generator.bodies.markdown.lost_signs import find_lost_signs
from generator.bodies.markdown.raw_html import shown_tag
from generator.bodies.markdown.tables import MISSED_SIGNS, missed_tables, table
from generator.bodies.markdown.typography import MARKS, dashes, punctuation_of, quotes
from generator.bodies.markdown.unparsed_comments import SIGNS, find_comments
from generator.bodies.markdown.unparsed_links import SIGNS as LINK_SIGNS
from generator.bodies.markdown.unparsed_links import find_unparsed_links

Mode = Literal["core", "site", "raw", "clean"]
"""CommonMark alone; the site's dialect; the site's dialect with raw HTML, as it is or cleaned."""

Chain = Literal["core", "block", "inline", "pairs"]

_EVERY: tuple[Mode, ...] = ("core", "site", "raw", "clean")
_SITE: tuple[Mode, ...] = ("site", "raw", "clean")
_CORE: tuple[Mode, ...] = ("core",)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the parser.

    The rule cannot change a text that contains none of ``signs``, or that the pattern ``shape`` does not match; it is
    then left out. ``starts`` are the characters that an inline rule begins at, or that a line begins with for a block
    rule (empty: any line). ``ends`` are the kinds of block that a block rule can interrupt. ``option``
    names the Markdown option that turns the rule on.
    """

    chain: Chain
    name: str
    run: Callable[..., Any]
    signs: tuple[str, ...] = ()
    shape: re.Pattern[str] | None = None
    starts: str = ""
    ends: tuple[str, ...] = ()
    modes: tuple[Mode, ...] = _EVERY
    typographic: bool = False
    option: str = ""


_PARAGRAPH = ("paragraph", "reference")
_QUOTE = (*_PARAGRAPH, "blockquote")
_LIST = (*_QUOTE, "list")

# A line that consists of = or - below another line, at any depth of quotes.
_UNDERLINE = re.compile(r"\n[ \t>]*(?:=+|-+)[ \t]*(?=\n|\Z)")
# A line that begins with : or ~ and a space or tab.
_DEFINITION = re.compile(r"\n[ \t>]*[:~][ \t]")
_EMPHASIS = ("*", "_", "~~")


def _definition_list() -> Callable[..., Any]:
    """The rule for definition lists, which mdit-py-plugins only exports inside the function that installs it."""
    parser = MarkdownIt("zero")
    deflist_plugin(parser)
    return next(rule.fn for rule in parser.block.ruler.__rules__ if rule.name == "deflist")


RULES: tuple[Rule, ...] = (
    Rule("core", "normalize", rules_core.normalize, ("\r", "\0")),
    Rule("core", "block", rules_core.block),
    Rule("core", "details", pair_details, DETAILS_SIGNS, modes=_SITE),
    Rule("core", "directives", pair_directives, (":::",), modes=_SITE),
    Rule("core", "alerts", alerts, ("[!",), modes=_SITE),
    Rule("core", "heading_attributes", heading_attributes, ("{#", "{.", "="), modes=_SITE),
    Rule("core", "inline", parse_inlines),
    Rule("core", "drop_content", drop_content, ("</",), modes=("clean",)),
    Rule("core", "pair_tags", pair_tags, ("</",), modes=("site", "clean")),
    Rule("core", "drop_tags", drop_tags, ("<",), modes=("clean",)),
    Rule("core", "unparsed_comments", find_comments, SIGNS, modes=_SITE),
    Rule("core", "foreign", find_foreign, FOREIGN_SIGNS, modes=_SITE),
    Rule("core", "unparsed_links", find_unparsed_links, LINK_SIGNS, modes=_SITE),
    Rule("core", "missed_tables", missed_tables, MISSED_SIGNS, modes=_SITE),
    Rule("core", "lost_signs", find_lost_signs, NUMBER_SIGNS, modes=_SITE),
    Rule("core", "leftover_marks", find_leftover_marks, LEFTOVER_SIGNS, modes=_SITE),
    Rule("core", "dashes", dashes, MARKS, modes=_SITE, typographic=True),
    Rule("core", "quotes", quotes, ("'", '"'), modes=_SITE, typographic=True),
    Rule("core", "text_join", rules_core.text_join, ("\\", "&")),
    Rule("block", "table", table, ("|",), ends=_PARAGRAPH, modes=_SITE),
    Rule("block", "code", rules_block.code, ("    ", "\t")),
    Rule("block", "fence", rules_block.fence, ("```", "~~~"), starts="`~", ends=_LIST),
    Rule("block", "directive", directive_line, ("::",), starts=":", ends=_LIST, modes=_SITE),
    Rule("block", "blockquote", rules_block.blockquote, (">",), starts=">", ends=_LIST),
    Rule("block", "hr", rules_block.hr, ("*", "-", "_"), starts="*-_", ends=_LIST),
    Rule("block", "list", rules_block.list_block, starts="*+-0123456789", ends=_QUOTE),
    Rule("block", "footnote", footnote_def, ("[^",), starts="[", ends=_PARAGRAPH, modes=_SITE),
    Rule("block", "reference", rules_block.reference, ("]:",), starts="["),
    Rule("block", "details", details_line, DETAILS_SIGNS, starts="<", ends=_QUOTE, modes=_SITE),
    Rule("block", "comment", comment_block, ("<!--",), starts="<", ends=_QUOTE, modes=_SITE),
    Rule(
        "block",
        "html_block",
        rules_block.html_block,
        ("<",),
        starts="<",
        ends=_QUOTE,
        modes=("core", "raw", "clean"),
    ),
    Rule("block", "heading", rules_block.heading, ("#",), starts="#", ends=_QUOTE),
    Rule("block", "lheading", rules_block.lheading, shape=_UNDERLINE),
    Rule("block", "deflist", _definition_list(), shape=_DEFINITION, ends=_QUOTE, modes=_SITE),
    Rule("block", "paragraph", rules_block.paragraph),
    Rule("inline", "newline", rules_inline.newline, ("\n",), starts="\n"),
    Rule("inline", "escape", rules_inline.escape, ("\\",), starts="\\"),
    Rule("inline", "backticks", rules_inline.backtick, ("`",), starts="`"),
    Rule("inline", "strikethrough", rules_inline.strikethrough.tokenize, ("~~",), starts="~", modes=_SITE),
    Rule("inline", "emphasis", emphasis, ("*", "_"), starts="*_"),
    Rule("inline", "citation", citation, ("[^",), starts="[", modes=_SITE),
    Rule("inline", "inline_note", inline_note, ("^[",), starts="^", modes=_SITE),
    Rule(
        "inline", "directive", text_directive, tuple(f":{name}[" for name in TEXTS), starts=":", modes=_SITE
    ),
    Rule("inline", "link", rules_inline.link, ("[",), starts="[", modes=_CORE),
    Rule("inline", "link", placed_link, ("[",), starts="[", modes=_SITE),
    Rule("inline", "image", rules_inline.image, ("![",), starts="!", modes=_CORE),
    Rule("inline", "image", placed_image, ("![",), starts="!", modes=_SITE),
    Rule("inline", "office_tag", office_tag, ("<",), starts="<", modes=_SITE),
    Rule("inline", "autolink", rules_inline.autolink, ("<",), starts="<", modes=_CORE),
    Rule("inline", "autolink", placed_autolink, ("<",), starts="<", modes=_SITE),
    Rule(
        "inline",
        "bare_address",
        bare_address,
        ADDRESS_SIGNS,
        starts=ADDRESS_STARTS,
        modes=_SITE,
        option="bare_addresses",
    ),
    Rule("inline", "comment", comment_inline, ("<!--",), starts="<", modes=_SITE),
    Rule("inline", "html_inline", rules_inline.html_inline, ("<",), starts="<", modes=("core", "raw")),
    Rule("inline", "harmless_tag", harmless_tag, ("<",), starts="<", modes=("site", "clean")),
    Rule("inline", "cleaned_tag", cleaned_tag, ("<",), starts="<", modes=("clean",)),
    Rule("inline", "shown_tag", shown_tag, ("<",), starts="<", modes=("site",)),
    Rule("inline", "entity", rules_inline.entity, ("&",), starts="&"),
    Rule("pairs", "balance_pairs", rules_inline.link_pairs, _EMPHASIS),
    Rule("pairs", "strikethrough", rules_inline.strikethrough.postProcess, ("~~",), modes=_SITE),
    Rule("pairs", "emphasis", rules_inline.emphasis.postProcess, ("*", "_")),
    Rule("pairs", "fragments_join", rules_inline.fragments_join, _EMPHASIS),
)


ALL = (1 << len(RULES)) - 1


def _masks() -> tuple[int, dict[str, int], dict[re.Pattern[str], int]]:
    """The bits of the rules that every text needs; of those that need a sign, by sign; and by shape."""
    always = 0
    signs: dict[str, int] = {}
    shapes: dict[re.Pattern[str], int] = {}
    for index, rule in enumerate(RULES):
        bit = 1 << index
        if rule.shape:
            shapes[rule.shape] = shapes.get(rule.shape, 0) | bit
        for sign in rule.signs:
            signs[sign] = signs.get(sign, 0) | bit
        if not rule.signs and not rule.shape:
            always |= bit
    return always, signs, shapes


_ALWAYS, _SIGNS, _SHAPES = _masks()
# The punctuation of each sign. A text whose punctuation does not contain it does not contain the sign.
_MARKS = {sign: punctuation_of(sign) for sign in _SIGNS}

_EACH_MARK = "".join(sorted(set("".join(_MARKS.values()))))


@functools.lru_cache(maxsize=512)
def _possible(punctuation: str) -> tuple[tuple[str, str, int], ...]:
    """Each sign that a text may hold in which only these characters of signs stand, with its punctuation and its rules."""
    held = set(punctuation)
    return tuple((sign, _MARKS[sign], mask) for sign, mask in _SIGNS.items() if held.issuperset(_MARKS[sign]))


def needed(text: str) -> int:
    """The rules that *text* may need, as bits of their positions in :data:`RULES`."""
    bits = _ALWAYS
    punctuation = punctuation_of(text)
    for sign, marks, mask in _possible("".join([mark for mark in _EACH_MARK if mark in punctuation])):
        if mask & ~bits and marks in punctuation and sign in text:
            bits |= mask
    for shape, mask in _SHAPES.items():
        if shape.search(text):
            bits |= mask
    return bits
