"""The pictures of docs/writers.md, taken from a running preview: ``python -m tests.docs_site.pictures``."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.preview.previews import RunningPreview
from tests.chromium import launch
from tests.docs_site.project import ROOT

PICTURES = ROOT / "docs" / "pictures"
ARTICLE = "content/migraine/living-with/travelling.md"


def first_article() -> str:
    """The article that docs/writers.md begins with."""
    found = re.search(r"```markdown\n(.*?)```", (ROOT / "docs/writers.md").read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        shutil.copytree(ROOT / "content", project / "content")
        shutil.copy(ROOT / "gatherwell.yaml", project)
        article = project / ARTICLE
        article.parent.mkdir(exist_ok=True)
        article.write_text(first_article(), "utf-8")
        preview = RunningPreview(project)
        try:
            _take(preview, article)
        finally:
            preview.stop()


def _take(preview: RunningPreview, article: Path) -> None:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 860, "height": 1500})
        page.goto(f"{preview.url}migraine/travelling/")
        page.wait_for_selector("gatherwell-preview[data-ready]", state="attached")
        page.locator("article.article").screenshot(path=PICTURES / "writers-article.png")
        text = article.read_text("utf-8")
        article.write_text(text.replace("treating-an-attack.md", "treating-an-atack.md"), "utf-8")
        page.wait_for_selector("gatherwell-preview .overlay")
        page.locator("gatherwell-preview .overlay").screenshot(path=PICTURES / "writers-error.png")
        browser.close()


if __name__ == "__main__":
    main()
