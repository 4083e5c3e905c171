"""From an article's text to its body: HTML with slots, and facts."""

from __future__ import annotations

from typing import Any

from generator.markdown.blocks import BLOCKS, FIXED_BLOCKS
from generator.markdown.findings import Findings
from generator.markdown.parser import site_parser
from generator.markdown.rules import needed
from generator.markdown.spans import FIXED_SPANS, SPANS
from generator.markdown.writer import BodyWriter
from generator.model import Body, MarkdownOptions

FIXED = {**FIXED_BLOCKS, **FIXED_SPANS}


def render_body(text: str, language: str, options: MarkdownOptions) -> Body:
    """The body of *text*, a pure function of its arguments that raises on no text.

    What is wrong with the text stands in ``facts.problems``: lines count from the body's first line,
    columns from the line's first character, both from 1. *language* (``en``, ``pt-BR``) chooses the
    quotation marks.
    """
    text = readable(text)
    return render_with(text, language, options, needed(text))


def render_with(text: str, language: str, options: MarkdownOptions, bits: int) -> Body:
    """:func:`render_body` of a readable text with the rules of *bits*, which must hold all that it needs."""
    findings = Findings(text)
    env: dict[str, Any] = {"findings": findings}
    tokens = site_parser(language, options, bits).parse(text, env)
    return BodyWriter(tokens, findings, BLOCKS, SPANS, FIXED).body(defines_notes="footnotes" in env)


def readable(text: str) -> str:
    """*text* with line feeds only, without NUL and without halves of surrogate pairs."""
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
