"""One page of every kind, with texts as a community would write them: what the theme's tests look at."""

from tests.themes.samples.articles import article, article_body, plain_body
from tests.themes.samples.pages import all_pages
from tests.themes.samples.parts import THREAD, chrome

__all__ = ["THREAD", "all_pages", "article", "article_body", "chrome", "plain_body"]
