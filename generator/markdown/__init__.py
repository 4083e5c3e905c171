"""Markdown: CommonMark, the site's extensions and directives, and the bodies that come out of them."""

from generator.markdown.headings import PAGE_IDS
from generator.markdown.parser import core_parser
from generator.markdown.render import render_body
from generator.markdown.version import rules_version

RULES_VERSION: str = rules_version()

__all__ = ["PAGE_IDS", "RULES_VERSION", "core_parser", "render_body"]
