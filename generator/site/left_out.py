"""How many articles a build leaves out, and why: drafts, scheduled and expired ones."""

from __future__ import annotations

from collections import Counter

from generator.site.partial import Part
from generator.site.types import Site

ORDER = ("draft", "scheduled", "expired")


def left_out(site: Site, part: Part) -> dict[str, int]:
    """Articles of *part* without a page, by status, in a fixed order; nothing of statuses that none has."""
    counts = Counter(str(article.status) for article in site.withheld.values() if part.has(article.condition))
    return {status: counts[status] for status in (*ORDER, *sorted(counts.keys() - set(ORDER))) if counts[status]}
