"""Markdown to bodies: CommonMark with the site's extensions and directives.

The rules are imported when a body is first rendered: most builds find all bodies in the cache.
"""

from generator.bodies.markdown.version import rules_version
from generator.ground.model import Body, MarkdownOptions

RULES_VERSION: str = rules_version()

__all__ = ["RULES_VERSION", "load_rules", "render_body"]


def load_rules() -> None:
    """Import the rules, so that processes that are forked later need not."""
    import generator.bodies.markdown.render  # noqa: F401


def render_body(text: str, language: str, options: MarkdownOptions) -> Body:
    """See :func:`generator.bodies.markdown.render.render_body`."""
    from generator.bodies.markdown.render import render_body as render

    return render(text, language, options)
