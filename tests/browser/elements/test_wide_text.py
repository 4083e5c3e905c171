"""No member widens or stretches a page: with hostile texts in it, it is as wide as the screen and no text is taller than a fold."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.elements.conftest import COME_NEAR, OpenPage
from tests.browser.elements.test_hostile_text import approve_all
from tests.browser.elements.village import Village, thread
from tests.browser.wide import WIDE

pytestmark = pytest.mark.browser
TALLEST = 3_600  # CSS pixels: what three thousand letters without any trick take


def test_no_comment_widens_or_stretches_a_page(village: Village, browse: OpenPage) -> None:
    member = village.member()
    ids = [member.write("migraine~weather", text, "W" * 40) for text in WIDE.values()]
    village.do(approve_all(village.store, ids))
    village.pages.page("/weather/", talk=thread("weather"))
    page = browse("/weather/", "gw-comments")
    page.set_viewport_size({"width": 360, "height": 800})
    page.evaluate(COME_NEAR, "gw-comments")
    expect(page.locator(f"#c-{ids[-1]} .comment-text")).to_be_attached()
    measured = page.evaluate(
        """(ids) => ids.map((id) => {
          const text = document.querySelector(`#c-${id} .comment-text`);
          const box = text.getBoundingClientRect();
          return [box.right <= innerWidth && text.scrollWidth <= text.clientWidth + 1, box.height];
        })""",
        ids,
    )
    found = dict(zip(WIDE, measured, strict=True))
    assert [name for name, (fits, _) in found.items() if not fits] == []
    assert {name: height for name, (_, height) in found.items() if height > TALLEST} == {}
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
