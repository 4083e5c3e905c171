"""``trust.json``: what the build counted of a site, for machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from generator.site.permalinks import Root
from generator.views import types as shapes
from generator.views.context import ViewContext
from generator.views.planned import Frames, Planned
from generator.views.trust import trust_data


def plan_trust(context: ViewContext, frames: Frames, pages: Sequence[Planned]) -> Iterator[Planned]:
    """One file for each host; that of the portfolio holds the figures of every condition too."""
    for root in context.part.roots:
        yield _planned(context, root)


def _planned(context: ViewContext, root: Root) -> Planned:
    # Counting reads every article, so it is done when the file is rendered and not in each plan.
    output_path = root.output_path("/trust.json")

    def make() -> shapes.File:
        conditions = () if root.condition else context.site.conditions.values()
        text = msgspec.json.format(msgspec.json.encode(trust_data(context, conditions, root.condition)))
        return shapes.File(output_path, text + b"\n")

    return Planned(output_path, "/trust.json", make, root=root)
