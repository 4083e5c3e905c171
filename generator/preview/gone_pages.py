"""Pages that a reader may still have open although the newest plan lacks them, and where they went."""

from __future__ import annotations

from collections.abc import Mapping

from generator.build.plan import Plan
from generator.site.types import Article

# So many are remembered.
_MOST = 500


def gone_pages(before: Plan, after: Plan, known: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Pages that were there once: by output path the source, and where an article with its title or text is now."""
    gone = {path: told for path, told in known.items() if path not in after.planned}
    for path in before.planned.keys() - after.planned.keys():
        output = before.planned[path]
        if output.bodies and len(gone) < _MOST:
            gone[path] = output.bodies[0], _moved_to(before.site.articles.get(output.bodies[0]), after)
    return gone


def _moved_to(old: Article | None, after: Plan) -> str:
    if old is None:
        return ""
    for article in after.site.articles.values():
        same_text = article.document.parsed.body_digest == old.document.parsed.body_digest
        if article.language == old.language and (
            same_text or article.front_matter.title == old.front_matter.title
        ):
            return article.root.href(article.url_path)
    return ""
