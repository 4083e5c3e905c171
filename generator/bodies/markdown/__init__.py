"""Markdown to bodies: CommonMark with the site's extensions and directives."""

from generator.bodies.markdown.headings import PAGE_IDS
from generator.bodies.markdown.parser import core_parser
from generator.bodies.markdown.render import render_body
from generator.bodies.markdown.version import rules_version

RULES_VERSION: str = rules_version()

__all__ = ["PAGE_IDS", "RULES_VERSION", "core_parser", "render_body"]
