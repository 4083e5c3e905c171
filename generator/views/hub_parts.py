"""The parts of a condition's home that menus lead to: which of them a hub shows, and their anchors."""

from __future__ import annotations

from typing import Final, NamedTuple

from generator.site.types import Condition
from generator.views.context import ViewContext
from generator.views.selections import SECTION_TYPES, STORY_TYPE

START: Final = "page-start"


class HubPart(NamedTuple):
    """*label* is a key of the theme's strings, *anchor* an id in the hub's page."""

    label: str
    anchor: str


def hub_parts(context: ViewContext, condition: Condition, language: str) -> tuple[HubPart, ...]:
    """The parts that the hub of *condition* shows in *language*, in the page's order."""
    document = condition.hub(language).document
    start = bool(document and condition.hub(language).front_matter.start_here)
    types = listed_types(context, condition, language)
    found = [("title.start", START, start)]
    found += [(f"section.{kind}", f"page-section-{kind}", kind in types) for kind in SECTION_TYPES]
    found.append(("title.stories", "page-stories", STORY_TYPE in types))
    return tuple(HubPart(label, anchor) for label, anchor, there in found if there)


def listed_types(context: ViewContext, condition: Condition, language: str) -> set[str]:
    """The types of the articles that a condition lists in *language*."""
    listed = context.site.listed.get((condition.id, language), ())
    return {article.front_matter.type for article in listed}
