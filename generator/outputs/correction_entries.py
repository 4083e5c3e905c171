"""Owns the feed entries of corrections: who read the earlier text is told what was wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from generator.ground.text import shorten
from generator.schema.dates import with_offset
from generator.site.types import Article
from generator.views import types as shapes
from generator.views.context import ViewContext


def correction_entries(
    context: ViewContext, article: Article, entry: shapes.FeedEntry
) -> Iterator[shapes.FeedEntry]:
    """An entry for each correction of *article*, whose own one is *entry*; ids count from the oldest and stay."""
    title = context.theme.strings_for(article.language).get("corrections.entry", "{title}")
    oldest = sorted(article.front_matter.corrections, key=lambda each: each.date)
    for number, correction in enumerate(oldest, 1):
        moment = with_offset(correction.date, context.site.config.zone)
        yield msgspec.structs.replace(
            entry,
            id=f"{entry.id}#correction-{number}",
            title=title.replace("{title}", entry.title),
            url=f"{entry.url}#page-corrections",
            summary=shorten(correction.what, 400),
            published=moment,
            changed=moment,
            content=None,
        )
