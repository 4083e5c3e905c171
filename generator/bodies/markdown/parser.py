"""Builds markdown-it parsers from the list of rules."""

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

from generator.bodies.markdown.block_rules import BlockParser, BlockRules
from generator.bodies.markdown.inline import InlineByCharacter
from generator.bodies.markdown.links import any_address, raw_address
from generator.bodies.markdown.rules import ALL, RULES, Mode, Rule
from generator.bodies.markdown.states import Helpers
from generator.bodies.markdown.typography import quotes_of
from generator.ground.model import MarkdownOptions

# CommonMark's preset has 20 levels. Articles nest lists in quotes in notes, but hardly 100 levels deep.
_NESTING = 100


def _preset(mode: Mode, language: str) -> PresetType:
    options: dict[str, Any] = {
        "maxNesting": 20 if mode == "core" else _NESTING,
        "html": mode != "site",
        "linkify": False,
        "typographer": True,  # without it, the typographic rules are left out of the list
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
    """A markdown-it parser that keeps addresses as written; the body's writer checks and resolves them."""

    normalizeLink = staticmethod(raw_address)  # noqa: N815 - the parent's names
    validateLink = staticmethod(any_address)  # noqa: N815


def _build(parser: MarkdownIt, rules: list[Rule]) -> MarkdownIt:
    """Replace the parser's rules by *rules*, in their order."""
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
    """The parser of the site's dialect with the rules of *bits*, as ``rules.needed`` returns them."""
    mode: Mode = "clean" if options.raw_html == "clean" else "raw" if options.raw_html else "site"
    rules = [
        rule
        for index, rule in enumerate(RULES)
        if bits >> index & 1
        and mode in rule.modes
        and (options.typographer or not rule.typographic)
        and (not rule.option or getattr(options, rule.option))
    ]
    return _build(SiteParser(_preset(mode, language)), rules)


def _blockquote_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """An empty quote with a line break inside, as CommonMark's examples write it."""
    tag = renderer.renderToken(tokens, index, options, env)
    return f"{tag}\n" if tokens[index + 1].type == "blockquote_close" else tag


def core_parser() -> MarkdownIt:
    """Plain CommonMark: without the site's extensions, with raw HTML, links unchecked.

    It is made of the same rules and loops as the site's parsers, so that CommonMark's examples test these too.
    """
    parser = MarkdownIt(_preset("core", "en"))
    parser.validateLink = any_address  # type: ignore[method-assign]
    parser.add_render_rule("blockquote_open", _blockquote_open)
    return _build(
        parser, [rule for index, rule in enumerate(RULES) if ALL >> index & 1 and "core" in rule.modes]
    )
