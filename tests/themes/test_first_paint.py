"""The scheme that somebody chose is there in the first frame that is painted, and in every one after it."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAPER = {"light": (251, 247, 241), "dark": (27, 24, 21), "low-glare": (42, 39, 35)}


def record_frames(page: Page) -> list[bytes]:
    """The frames that the browser paints from now on, as PNG."""
    session = page.context.new_cdp_session(page)
    frames: list[bytes] = []

    def keep(frame: dict[str, Any]) -> None:
        frames.append(base64.b64decode(frame["data"]))
        session.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

    session.on("Page.screencastFrame", keep)
    session.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1})
    return frames


def paper_of(frame: bytes) -> tuple[int, ...]:
    """The colour that most of a frame has."""
    image = Image.open(io.BytesIO(frame)).convert("RGB")
    colours = image.getcolors(image.width * image.height) or []
    return max(colours)[1]  # type: ignore[return-value]


@pytest.mark.parametrize(("device", "chosen"), [("light", "low-glare"), ("light", "dark"), ("dark", "light")])
def test_no_frame_shows_another_scheme_than_the_one_chosen(
    browser: Browser, address: str, device: str, chosen: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780}, color_scheme=device)  # type: ignore[arg-type]
    context.add_init_script(f"""localStorage.setItem('gw-comfort', '{{"scheme":"{chosen}"}}')""")
    page = context.new_page()
    page.goto(f"{address}/policy.html")
    frames = record_frames(page)
    for kind in ("glossary", "index", "policy"):
        page.goto(f"{address}/{kind}.html", wait_until="networkidle")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    seen = {paper_of(frame) for frame in frames}
    context.close()
    assert len(frames) >= 3
    assert seen == {PAPER[chosen]}
