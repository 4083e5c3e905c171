"""Which pages there are; each view is made only when it is needed."""

from __future__ import annotations

from collections.abc import Iterator

from generator.site.partial import Part
from generator.views.condition_pages import plan_condition
from generator.views.context import ViewContext
from generator.views.host_pages import plan_host
from generator.views.planned import Frames, Planned


def plan_pages(context: ViewContext, frames: Frames, part: Part) -> Iterator[Planned]:
    """Every page of *part*: those of its conditions, then those of its hosts."""
    for condition in part.conditions:
        for language in condition.hubs:
            context.site.reads.begin_group()
            yield from plan_condition(context, frames.get(condition.root, language, condition), condition)
    for root in part.roots:
        context.site.reads.begin_group()
        yield from plan_host(context, frames, root)
