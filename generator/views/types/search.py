"""The search page."""

from __future__ import annotations

from generator.ground.model import Struct
from generator.views.types.bodies import CrisisLine
from generator.views.types.pages import Page
from generator.views.types.parts import Link


class FilterOption(Struct):
    """One value by which results can be filtered, as the index has it, and what readers see."""

    value: str
    label: str


class SearchPage(Page, tag="search"):
    """Search; without JavaScript its topics A–Z lead on.

    *index_url* is the folder of the index in the page's language, empty where no index was built. *types* and *stages*
    are keys of the strings (``type.story``, ``stage.new``); *topics* are labels, as the index has them. *crisis* are the
    crisis lines of the language, or of the site's other languages where it has none, shown first where a query holds one of
    *crisis_words*: phrases, folded as the index folds words.
    """

    index_url: str = ""
    groups: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    types: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    conditions: tuple[FilterOption, ...] = ()
    topics: tuple[str, ...] = ()
    crisis_words: tuple[str, ...] = ()
    crisis: tuple[CrisisLine, ...] = ()
