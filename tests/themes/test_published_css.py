"""A browser reads the same rules from a stylesheet of ours and from its published form."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.theme.stylesheet import minify
from tests.themes.conftest import THEMES

pytestmark = pytest.mark.browser

SHEETS = sorted((THEMES / "commons/assets/css").rglob("*.css"))
# Each rule with the conditions around it. White space is left out where it separates nothing in a value that the
# browser keeps as it was written (one with a custom property).
RULES = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const tight = text => text.replace(/([,:]) /g, "$1");
  const walk = (rule, around) => rule.cssRules?.length && !rule.selectorText
    ? [...rule.cssRules].flatMap(inner => walk(inner, `${around}${tight(rule.conditionText ?? rule.name ?? "")}|`))
    : [around + (rule.selectorText ?? "") + tight(rule.cssText.slice(rule.selectorText?.length ?? 0))];
  return [...sheet.cssRules].flatMap(rule => walk(rule, ""));
}"""


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_a_published_stylesheet_has_the_rules_of_its_source(browser: Browser, path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    page = browser.new_page()

    wanted, found = page.evaluate(RULES, source), page.evaluate(RULES, minify(source))
    page.close()

    assert wanted
    assert found == wanted
