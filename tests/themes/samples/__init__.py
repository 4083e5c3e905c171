"""One page of every kind, with texts as a community would write them: what the theme's tests look at."""

from generator.ground.model import Body
from generator.views import types as shapes
from tests.themes.samples.articles import article, article_body, plain_body
from tests.themes.samples.odd import odd_pages
from tests.themes.samples.pages import kinds
from tests.themes.samples.parts import THREAD, chrome

__all__ = ["THREAD", "all_pages", "article", "article_body", "chrome", "plain_body"]


def all_pages() -> dict[str, tuple[shapes.AnyPage, Body | None]]:
    """Every page kind by name with its body, then those that hold nothing or too much."""
    return {**kinds(), **odd_pages()}
