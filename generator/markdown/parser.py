"""Builds markdown-it parsers out of the list of rules."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_core import RuleFuncCoreType
from markdown_it.renderer import RendererHTML
from markdown_it.ruler import Ruler
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict, PresetType

from generator.markdown.block_rules import BlockParser, BlockRules
from generator.markdown.inline import InlineByCharacter
from generator.markdown.links import any_address, raw_address
from generator.markdown.rules import ALL, RULES, Mode, Rule
from generator.markdown.states import Helpers
from generator.markdown.typography import quotes_of
from generator.model import MarkdownOptions

# 20 levels are CommonMark's preset; articles nest lists in quotes in notes, but never 100 deep.
_NESTING = 100


def _preset(mode: Mode, language: str) -> PresetType:
    options: dict[str, Any] = {
        "maxNesting": 20 if mode == "core" else _NESTING,
        "html": mode != "site",
        "linkify": False,
        "typographer": True,  # the rules are in the list or not
        "quotes": quotes_of(language),
        "xhtmlOut": mode == "core",
        "breaks": False,
        "langPrefix": "language-",
        "highlight": None,
        "tasklists": mode != "core",
    }
    preset: PresetType = {"options": options, "components": {}}  # type: ignore[typeddict-item]
    return preset


class SiteParser(MarkdownIt):
    """A markdown-it parser that keeps addresses as written: what becomes of them is the writer's business."""

    normalizeLink = staticmethod(raw_address)  # noqa: N815 - the parent's names
    validateLink = staticmethod(any_address)  # noqa: N815


def _build(parser: MarkdownIt, rules: list[Rule]) -> MarkdownIt:
    """Put *rules*, in their order, in the place of the parser's own."""
    parser.core.ruler = Ruler[RuleFuncCoreType]()
    for rule in rules:
        if rule.chain == "core":
            parser.core.ruler.push(rule.name, rule.run)
    parser.helpers = Helpers  # type: ignore[assignment]
    parser.block = BlockParser(
        BlockRules((rule.name, rule.run, rule.starts, rule.ends) for rule in rules if rule.chain == "block")
    )
    parser.inline = InlineByCharacter(
        [(rule.name, rule.run, rule.starts) for rule in rules if rule.chain == "inline"],
        [(rule.name, rule.run) for rule in rules if rule.chain == "pairs"],
    )
    return parser


@lru_cache(maxsize=512)
def site_parser(language: str, options: MarkdownOptions, bits: int) -> MarkdownIt:
    """The parser of the site's dialect with the rules of *bits*, which come from ``rules.needed``."""
    mode: Mode = "raw" if options.raw_html else "site"
    rules = [
        rule
        for index, rule in enumerate(RULES)
        if bits >> index & 1 and mode in rule.modes and (options.typographer or not rule.typographic)
    ]
    return _build(SiteParser(_preset(mode, language)), rules)


def _blockquote_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """An empty quote as CommonMark's examples have it, which break the line within."""
    tag = renderer.renderToken(tokens, index, options, env)
    return f"{tag}\n" if tokens[index + 1].type == "blockquote_close" else tag


def core_parser() -> MarkdownIt:
    """CommonMark and nothing else: site extensions off, raw HTML on, links unchecked.

    It is built from the same list and the same loops as the site's parsers, so CommonMark's examples say
    something about those.
    """
    parser = MarkdownIt(_preset("core", "en"))
    parser.validateLink = any_address  # type: ignore[method-assign]
    parser.add_render_rule("blockquote_open", _blockquote_open)
    return _build(
        parser, [rule for index, rule in enumerate(RULES) if ALL >> index & 1 and "core" in rule.modes]
    )
