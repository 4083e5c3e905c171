"""Renders an article's text as its body: HTML with slots, and facts."""

from __future__ import annotations

from typing import Any

from generator.bodies.markdown.blocks import BLOCKS, FIXED_BLOCKS
from generator.bodies.markdown.findings import Findings
from generator.bodies.markdown.parser import site_parser
from generator.bodies.markdown.rules import needed
from generator.bodies.markdown.spans import FIXED_SPANS, SPANS
from generator.bodies.markdown.writer import BodyWriter
from generator.ground.model import Body, MarkdownOptions

FIXED = {**FIXED_BLOCKS, **FIXED_SPANS}


def render_body(text: str, language: str, options: MarkdownOptions) -> Body:
    """The body of *text*: a pure function of its arguments, which raises for no text.

    The problems of the text are in ``facts.problems``; lines count from the body's first line, columns from the line's
    first character, both from 1. *language* (``en``, ``pt-BR``) selects the quotation marks.
    """
    text = readable(text)
    return render_with(text, language, options, needed(text))


def render_with(text: str, language: str, options: MarkdownOptions, bits: int) -> Body:
    """:func:`render_body` of a readable text with the rules of *bits*, which must include all that it needs."""
    findings = Findings(text)
    env: dict[str, Any] = {"findings": findings}
    tokens = site_parser(language, options, bits).parse(text, env)
    return BodyWriter(tokens, findings, BLOCKS, SPANS, FIXED).body(defines_notes="footnotes" in env)


def readable(text: str) -> str:
    """*text* with line feeds only; NUL and single surrogates are replaced by U+FFFD."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
