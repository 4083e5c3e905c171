"""Owns what stands at the address of an article that waits for a review: its title, the way to its hub, and help."""

from __future__ import annotations

from generator.site.types import Article
from generator.views import types as shapes
from generator.views.frame import Frame, alternates
from generator.views.shared_parts import condition_link


def under_review_page(frame: Frame, article: Article) -> shapes.UnderReviewPage:
    """A page without the article's text, summary, pictures, sources, comments and structured data."""
    translations = frame.context.site.translations.get(article.key, {})
    versions = ((tag, other.permalink) for tag, other in translations.items())
    fields = frame.common(
        article.url_path,
        "under-review.html",
        article.front_matter.title,
        description=frame.words("under-review.title"),
        noindex=True,
        alternates=alternates(versions, article.language),
        breadcrumbs=frame.crumbs(),
    )
    condition = condition_link(frame.context, frame.root, article.condition, article.language)
    return shapes.UnderReviewPage(**fields, condition=condition)
